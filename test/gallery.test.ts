import { beforeAll, describe, expect, it, vi } from 'vitest';
import { gallery } from '../src/cli/gallery.ts';
import { locales } from '../src/core/i18n.ts';
import type { Sample } from '../src/feature.ts';
import { checkBlocks } from '../src/playground/check-blocks.ts';
import { checkView } from '../src/playground/check-views.ts';
import { Refusal } from '../src/playground/refusal.ts';

// A notification shows about this much; what follows is the rest of the message, for screen readers.
const firstSentence = 150;
// https://docs.slack.dev/reference/methods/chat.postMessage: longer texts are cut.
const longestText = 4_000;

/** "ask: help (zh-CN)" as what it shows, and in which language. */
const nameShape = /^(?<what>.+) \((?<locale>[^()]+)\)$/su;

/** What Slack would refuse in a sample, and what a phone would show badly. */
function problemsOf({ surface, payload }: Sample): readonly string[] {
  if (!('text' in payload)) return surface === 'message' ? ['no text'] : problemsOfView(payload, surface);
  const { problems, tooLong } = checkBlocks(payload.blocks, 'message', '/blocks');
  return [...problems, ...(tooLong ? ['too long for a message'] : []), ...problemsOfText(payload.text)];
}

function problemsOfView(view: unknown, surface: 'modal' | 'home'): readonly string[] {
  try {
    checkView(view, surface);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [`${error.code} ${JSON.stringify(error.details)}`];
  }
}

function problemsOfText(text: string): readonly string[] {
  const [line = ''] = text.split('\n', 1);
  const [sentence = line] = /^.*?(?:[.?:](?=\s|$)|[。？：])/u.exec(line) ?? [];
  return [
    ...(text.trim() === '' ? ['an empty text'] : []),
    ...(text.length > longestText ? [`a text of ${text.length} characters`] : []),
    ...(sentence.length > firstSentence ? [`a first sentence of ${sentence.length} characters: ${sentence}`] : []),
    ...(/^[\s\p{P}\p{S}]*$/u.test(sentence) ? ['a first sentence without words'] : []),
  ];
}

let samples: readonly Sample[];
beforeAll(async () => {
  vi.stubEnv('STATE_DIR', '/nonexistent');
  vi.stubEnv('CONTENT_DIR', '');
  samples = await gallery();
  return () => vi.unstubAllEnvs();
});

describe('everything that the bot can show', () => {
  it('is there: messages, modals and Home', () => {
    const surfaces = new Set(samples.map(({ surface }) => surface));

    expect(surfaces).toEqual(new Set(['message', 'modal', 'home']));
    expect(samples.length).toBeGreaterThan(200);
  });

  it('is drawn from what ships, licenses and their policy included', () => {
    const verdict = samples.find(({ name }) => name === 'licensing: a verdict (en)');

    const said = JSON.stringify(verdict?.payload);

    expect(said).toContain('Goes to review');
    expect(said).toContain('Section 13');
  });

  it('has a name of its own', () => {
    const names = samples.map(({ name }) => name);

    const twice = names.filter((name, index) => names.indexOf(name) !== index);

    expect(twice).toEqual([]);
  });

  it('is taken by Slack, and read well on a phone', () => {
    const refused = samples.flatMap((sample) => problemsOf(sample).map((problem) => `${sample.name}: ${problem}`));

    expect(refused).toEqual([]);
  });

  it('exists in both languages', () => {
    const shown = samples.map(({ name }) => nameShape.exec(name)?.groups);
    const count = (locale: string, surface: Sample['surface'], feature: string) =>
      samples.filter(
        (sample, index) =>
          shown[index]?.locale === locale && sample.surface === surface && sample.name.startsWith(`${feature}: `),
      ).length;
    const kinds = [...new Set(samples.map(({ name, surface }) => `${name.split(': ', 1)[0]}/${surface}`))];

    const [first, second] = locales.map((locale) =>
      kinds.map((kind) => {
        const [feature = '', surface] = kind.split('/');
        return `${kind}: ${count(locale, surface as Sample['surface'], feature)}`;
      }),
    );

    expect(samples.filter((_, index) => !locales.some((locale) => locale === shown[index]?.locale))).toEqual([]);
    expect(first).toEqual(second);
  });
});

describe('the checks', () => {
  const text = (text: string): Sample => ({ name: 'x', surface: 'message', payload: { text, blocks: [] } });

  it.each<readonly [string, Sample, RegExp]>([
    [
      'a block that Slack refuses',
      {
        name: 'x',
        surface: 'message',
        payload: { text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] },
      },
      /json-pointer:\/blocks\/0/,
    ],
    [
      'a modal with a long title',
      {
        name: 'x',
        surface: 'modal',
        payload: { type: 'modal', title: { type: 'plain_text', text: 'x'.repeat(25) }, blocks: [] },
      },
      /^invalid_arguments/,
    ],
    ['an empty text', text(' '), /an empty text/],
    ['a text that Slack cuts', text(`Short.\n${'x'.repeat(4_000)}`), /a text of 4007 characters/],
    ['a first sentence that no phone shows', text('x'.repeat(151)), /a first sentence of 151 characters/],
    ['a first sentence of signs', text('⏳\nIt is late.'), /without words/],
  ])('find %s', (_, sample, expected) => {
    expect(problemsOf(sample)[0]).toMatch(expected);
  });
});
