import { describe, expect, it } from 'vitest';
import { planExport, planReviewDays } from '../../src/curating/export.ts';
import { hashOf, type PublishedText, standingOf } from '../../src/curating/published.ts';

function text(words: string, over?: string): PublishedText {
  const file = `knowledge/using/${words}.en.md`;
  return {
    file,
    text: `${words}\n`,
    hash: hashOf(`${words}\n`),
    ...(over === undefined ? {} : { over: hashOf(over) }),
  };
}

describe('a text from Slack, held against a folder', () => {
  it.each<readonly [string, string | undefined, string | undefined, string]>([
    ['a new one that the folder has not got', undefined, undefined, 'write'],
    ['a new one that somebody else has put there too', undefined, 'theirs\n', 'conflict'],
    ['one over a file that is as it was', 'old\n', 'old\n', 'write'],
    ['one over a file that changed', 'old\n', 'newer\n', 'conflict'],
    ['one over a file that is gone', 'old\n', undefined, 'write'],
    ['the very same', 'old\n', 'topic\n', 'there'],
    ['the same with other line ends', 'old\n', 'topic\r\n\r\n', 'there'],
  ])('%s', (_, over, lies, step) => {
    const plan = planExport([text('topic', over)], () => lies);

    expect(plan.map((one) => one.step)).toEqual([step]);
  });

  it('is written in the order of the files', () => {
    const plan = planExport([text('b'), text('a')], () => undefined);

    expect(plan.map((one) => one.text.text)).toEqual(['a\n', 'b\n']);
  });

  it('is there where the file has a later day of review, and not where it has an earlier one', () => {
    const at = (day: string) => `---\nid: topic\nreviewed: ${day}\n---\n**Yes.**\n`;
    const written = { file: 'knowledge/using/topic.en.md', text: at('2026-11-22'), hash: hashOf(at('2026-11-22')) };

    const steps = ['2026-11-22', '2027-05-01', '2026-01-01'].map(
      (day) => planExport([written], () => at(day))[0]?.step,
    );

    expect(steps).toEqual(['there', 'there', 'conflict']);
  });

  it('stands as an export would find it', () => {
    expect(standingOf(text('a'), { is: 'same' })).toBe('arrived');
  });
});

describe('the days of reviews', () => {
  const at = (day: string, end = '\n') =>
    `---\nid: topic\nreviewed: ${day} # by two\n---\n**Yes.**\n\nreviewed: 2020-01-01 is no field.${end}`;
  const file = 'knowledge/using/topic.en.md';
  const review = (text: string, on: string) => ({ editions: { en: { hash: hashOf(text), on } } });

  it('go into the file that was read, to the letter, and once', () => {
    const before = at('2026-11-22', '\n\n');
    const reviews = [review(before, '2027-05-01'), review('another\n', '2027-06-01')];

    const [dated] = planReviewDays([{ file, text: before }], reviews);

    expect(dated).toEqual({ file, text: at('2027-05-01', '\n\n') });
    expect(planReviewDays(dated ? [dated] : [], reviews)).toEqual([]);
  });

  it.each([
    { why: 'the text changed since', text: at('2026-11-22').replace('Yes', 'No'), on: '2027-05-01' },
    { why: 'the file says a later day', text: at('2027-06-01'), on: '2027-05-01' },
    { why: 'the file has no day', text: 'reviewed: 2026-11-22\n', on: '2027-05-01' },
  ])('stay out where $why', ({ text, on }) => {
    const reviews = [review(at('2026-11-22'), on), ...(text.startsWith('---\nid') ? [] : [review(text, on)])];

    expect(planReviewDays([{ file, text }], reviews)).toEqual([]);
  });

  it('keep the line ends of the file', () => {
    const before = at('2026-11-22').replaceAll('\n', '\r\n');

    const [dated] = planReviewDays([{ file, text: before }], [review(before, '2027-05-01')]);

    expect(dated?.text).toBe(at('2027-05-01').replaceAll('\n', '\r\n'));
  });
});
