import { describe, expect, it } from 'vitest';
import type { Edition } from '../../src/ask/article.ts';
import { articleModal, askModal, replyModal } from '../../src/ask/modals.ts';
import type { Question } from '../../src/ask/question.ts';
import type { Reply } from '../../src/ask/reply.ts';
import type { Setting, Surface } from '../../src/ask/view-parts.ts';
import { replyMessage, replyText, sharedMessage } from '../../src/ask/views.ts';
import { locales } from '../../src/core/i18n.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { start } from '../delivery/world.ts';
import { baseWith, reply } from './replies.ts';

const setting: Setting = { now: start, human: true, deskLink: () => undefined };
const surfaces: readonly Surface[] = ['conversation', 'ephemeral', 'shared'];
const said = (what: unknown) => JSON.stringify(what);
const smuggled = '<!channel> <@U1> <https://evil.example|bank> & *bold*';

/** What an article could say at worst. */
function hostile(edition: Edition): Edition {
  return {
    ...edition,
    title: smuggled.slice(0, 150),
    short: smuggled,
    body: `${smuggled}\n\n`.repeat(400),
    scope: smuggled,
  };
}
const hostileBase = baseWith('agpl-saas', (one) => ({
  ...one,
  owner: smuggled,
  related: ['mentorship', 'mentorship', 'cla'],
  editions: { ...one.editions, en: hostile(one.editions.en) },
}));

const outcomes: readonly [string, Partial<Question>][] = [
  ['an answer', {}],
  ['an answer to an edit', { via: 'edit' }],
  [
    'an answer read differently',
    { corrections: [{ from: smuggled, to: 'agpl' }], assumed: { said: smuggled, spdx: ['AGPL-3.0-only'] } },
  ],
  ['a long question', { text: 'x'.repeat(2_000) }],
  ['choices', { outcome: 'choices' }],
  ['choices that are gone', { outcome: 'choices', offered: ['removed'] }],
  ['nothing', { outcome: 'unknown', offered: [] }],
  ['nothing but something close', { outcome: 'unknown' }],
  ['a desk', { outcome: 'unknown', desk: 'it' }],
  ['help', { outcome: 'help', offered: [] }],
  ['gone', { shown: { id: 'removed' } }],
];

describe.each(locales)('in %s', (locale) => {
  const cases = outcomes.flatMap(([name, asked]) =>
    surfaces.map((surface) => [name, surface, { ...asked, locale }] as const),
  );

  it.each(cases)('%s, %s: within limits, with text, and nothing smuggled', (_, surface, asked) => {
    const shown = replyMessage(reply(asked, hostileBase), surface, setting);

    expect(shown.text.length).toBeGreaterThan(10);
    expect(shown.text.length).toBeLessThanOrEqual(4_000);
    expect(shown.blocks.length).toBeLessThanOrEqual(50);
    for (const control of ['<!channel>', '<@U1>']) {
      expect(shown.text).not.toContain(control);
      expect(said(shown.blocks.filter((block) => 'text' in block && said(block).includes('mrkdwn')))).not.toContain(
        control,
      );
    }
  });

  it.each(outcomes)('%s fits a modal', (_, asked) => {
    const view = replyModal(reply({ ...asked, locale }, hostileBase), setting);

    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(said(view).length).toBeLessThan(250_000);
  });
});

describe('an answer that leads to a request', () => {
  const request = { label: 'Request component use', value: 'component?useCase=server' };
  const leading: Reply = { ...reply({}), ...(reply({}).kind === 'answer' ? { request } : {}) };

  it.each<readonly [Surface, boolean]>([
    ['conversation', true],
    ['ephemeral', true],
    // Whoever reads it there did not ask, and may ask for other things.
    ['shared', false],
  ])('offers it to the asker: %s', (surface, offered) => {
    const [with_, without] = [leading, reply({})].map((one) => said(replyMessage(one, surface, setting)));

    expect(with_?.includes('"value":"component?useCase=server"')).toBe(offered);
    expect(without).not.toContain('requests.open');
  });

  it('offers it in a modal, too', () => {
    expect(said(replyModal(leading, setting))).toContain('Request component use');
  });
});

describe('an answer', () => {
  const answer = reply({ offered: [] });
  const buttonsOf = (shown: Reply, surface: Surface, human = true) =>
    [...said(replyMessage(shown, surface, { ...setting, human }).blocks).matchAll(/"action_id":"([^"]+)"/g)].map(
      ([, id]) => id,
    );

  it.each<[Surface, readonly string[]]>([
    ['conversation', ['ask.human', 'ask.more', 'ask.feedback']],
    ['ephemeral', ['ask.share', 'ask.keep', 'ask.human']],
    ['shared', []],
  ])('has the buttons that make sense in %s', (surface, ids) => {
    expect(buttonsOf(answer, surface)).toEqual(ids);
  });

  it.each(surfaces)('promises no person when none can be reached: %s', (surface) => {
    for (const [, asked] of outcomes) expect(buttonsOf(reply(asked), surface, false)).not.toContain('ask.human');
  });

  it.each([
    ['2026-11-01', 'reviewed 1 Nov 2026'],
    ['2026-01-01', '1 Jul 2026'],
  ])('reviewed %s says how fresh it is', (reviewed, words) => {
    const base = baseWith('agpl-saas', (one) => ({ ...one, editions: { en: { ...one.editions.en, reviewed } } }));

    expect(replyText(reply({}, base), setting)).toContain(words);
  });

  it('shared names who shared it', () => {
    expect(said(sharedMessage(answer, 'U2' as PersonId, setting).blocks.at(-1))).toContain('<@U2>');
  });

  it('names a desk with its link where the organization has one', () => {
    const desk = reply({ outcome: 'unknown', desk: 'it' });

    expect(replyText(desk, { ...setting, deskLink: () => 'https://it.example.com' })).toContain('it.example.com');
    expect(replyText(desk, setting)).toContain('the it desk');
  });
});

describe('modals', () => {
  it('ask with the words of a message, cut to what the field takes', () => {
    const view = said(askModal('en', 'why '.repeat(2_000)));
    const [, initial = ''] = /"initial_value":"([^"]*)"/.exec(view) ?? [];

    expect(initial.length).toBeGreaterThan(900);
    expect(initial.length).toBeLessThanOrEqual(1_000);
  });

  it('ask with an empty field when there is nothing to start from', () => {
    expect(said(askModal('en'))).not.toContain('initial_value');
  });

  it('show an article of any length', () => {
    const answer = reply({}, hostileBase);
    if (answer.kind !== 'answer') throw new Error('no answer');

    const view = articleModal(answer.shelf, 'en', start);

    expect(view.blocks.length).toBeLessThanOrEqual(100);
  });
});
