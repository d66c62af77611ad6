import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastQuestion } from '../../src/core/links.ts';
import {
  type Gap,
  isOpen,
  type KnownGap,
  resolve,
  sortInto,
  sumOf,
  viewOf,
  withoutPeople,
  withoutQuestion,
} from '../../src/curating/gap.ts';
import { groupOf, likeness, noMeaning, withQuestion } from '../../src/curating/grouping.ts';
import { day, mei, open, start } from './world.ts';

const even = () => 1;
const sorting = { tokensOf: (text: string) => text.split(' ').filter((word) => word !== ''), rarity: even };

function asked(id: string, text: string, more: Partial<PastQuestion> = {}): PastQuestion {
  return { id, person: mei, text, locale: 'en', at: start, ...more };
}

function sort(known: readonly KnownGap[], ...fresh: readonly PastQuestion[]): readonly KnownGap[] {
  let count = known.length;
  const changed = sortInto(known, fresh, sorting, () => `G${++count}`);
  return [...new Map([...known, ...changed].map((gap) => [gap.id, gap])).values()];
}

describe('likeness', () => {
  it.each<readonly [string, string, number]>([
    ['a b c', 'a b c', 1],
    ['a b c', 'd e f', 0],
    ['a b', 'a b c d', Math.SQRT1_2],
  ])('of "%s" and "%s" is %d', (one, other, expected) => {
    const group = withQuestion(noMeaning, other.split(' '));

    expect(likeness(one.split(' '), group, even)).toBeCloseTo(expected, 3);
  });

  it('counts rare words more: what everybody says tells nothing', () => {
    const rarity = (token: string) => (token === 'rare' ? 3 : 0.5);
    const group = withQuestion(noMeaning, ['open', 'source', 'rare']);

    expect(likeness(['rare', 'x', 'y'], group, rarity)).toBeGreaterThan(0.9);
    expect(likeness(['open', 'source', 'z'], group, rarity)).toBeLessThan(0.3);
  });

  it('is never over 1, and no group is like nothing', () => {
    const words = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 });
    const property = fc.property(words, fc.array(words, { minLength: 1 }), (question, others) => {
      const group = others.reduce(withQuestion, noMeaning);

      const like = likeness(question, group, even);

      expect(like).toBeGreaterThanOrEqual(0);
      expect(like).toBeLessThanOrEqual(1 + 1e-9);
      expect(groupOf([], [group], even)).toBeUndefined();
    });

    fc.assert(property, { seed: 20261122 });
  });
});

describe('groups', () => {
  it('take what means the same, and count it by month', () => {
    const groups = sort(
      [],
      asked('Q1', 'stickers for a meetup'),
      asked('Q2', 'stickers for the meetup', { at: start + 10 * day, feedback: 'unhelpful' }),
      asked('Q3', 'fridge sourdough'),
    );

    expect(groups).toMatchObject([
      { questions: ['Q1', 'Q2'], asked: { '2026-11': 1, '2026-12': 1 }, unhelpful: { '2026-12': 1 }, size: 2 },
      { questions: ['Q3'], asked: { '2026-11': 1 }, unhelpful: {} },
    ]);
  });

  it('hold every question exactly once, however it comes in', () => {
    const words = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { minLength: 1, maxLength: 6 });
    const property = fc.property(fc.array(words, { maxLength: 30 }), fc.nat(30), (texts, cut) => {
      const all = texts.map((text, at) => asked(`Q${at}`, text.join(' '), { at: start + at * day }));

      const groups = sort(sort([], ...all.slice(0, cut)), ...all.slice(cut));

      const found = groups.flatMap(({ questions }) => questions);
      expect(found.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
      expect(groups.reduce((sum, gap) => sum + sumOf(gap.asked), 0)).toBe(all.length);
      expect(sort([], ...all).map(({ tokens }) => tokens)).toEqual(groups.map(({ tokens }) => tokens));
    });

    fc.assert(property, { seed: 20261122 });
  });

  it('keep numbers and tokens when a question is forgotten, and nothing else of it', () => {
    const [gap] = sort([], asked('Q1', 'stickers meetup'));

    const after = withoutQuestion(gap as KnownGap, 'Q1');

    expect(after).toMatchObject({ questions: [], asked: { '2026-11': 1 }, tokens: { stickers: 1, meetup: 1 } });
    expect(JSON.stringify(after)).not.toMatch(/Q1|U0MEI/);
  });

  it('are done with until three more ask', () => {
    const [first] = sort([], asked('Q1', 'stickers meetup'));
    const done = { ...resolve(first as Gap, { kind: 'alias', at: start, by: 'U1', article: 'x' }), id: 'G1' };
    const more = (count: number) =>
      sort(
        [done],
        ...Array.from({ length: count }, (_, at) => asked(`M${at}`, 'stickers meetup', { at: start + at + 1 })),
      );

    expect(isOpen(done)).toBe(false);
    expect(more(2).map(isOpen)).toEqual([false]);
    expect(more(3).map(isOpen)).toEqual([true]);
  });
});

describe('what is shown of a group', () => {
  const [gap] = sort([], asked('Q1', 'stickers meetup'));
  const from = (unit: string, people: number) =>
    Array.from({ length: people }, (_, at) => ({ text: 'stickers', person: `${unit}${at}`, unit }));

  it('names a unit from five askers on, however often four of them ask', () => {
    const four = [...from('payments', 4), ...from('payments', 4), ...from('payments', 4)];

    const shown = [four, from('payments', 5)].map((all) => viewOf(gap as KnownGap, all, 5, even).units);

    expect(shown).toEqual([[], [{ unit: 'payments', askers: 5 }]]);
  });

  it('has no names, no ids and no persons', () => {
    const view = viewOf(gap as KnownGap, from('payments', 9), 5, even);

    expect(JSON.stringify(view)).not.toMatch(/payments\d|U0MEI/);
  });

  it('is what it was about, once the questions are forgotten', () => {
    const view = viewOf(gap as KnownGap, [], 5, even);

    expect(view).toMatchObject({ example: undefined, about: ['meetup', 'stickers'] });
  });

  it.each([
    ['ask <@U0MEI00001> about stickers', 'ask … about stickers'],
    ['mail mei.lin@example.com or @mei.lin', 'mail … or …'],
    ['see https://jira.example.com/browse/ABC-12 please', 'see … please'],
    ['ticket ABC-1234 of customer +49 30 1234567', 'ticket … of customer …'],
    ['is CVE-2024-1234 in our ISO 5230 list', 'is CVE-2024-1234 in our ISO 5230 list'],
    ['is GPL-3.0 fine with C++17 on 2 hosts', 'is GPL-3.0 fine with C++17 on 2 hosts'],
    ['贴纸找 @小林 要吗', '贴纸找 … 要吗'],
  ])('of "%s" is "%s"', (text, expected) => {
    expect(withoutPeople(text)).toBe(expected);
  });
});

describe('the list of gaps', () => {
  it('sorts what is new, once, and leaves out what is another desk’s or sounds like a violation', async () => {
    const world = await open();
    await world.asked('Q1', 'how long does a sourdough starter keep');
    await world.asked('Q2', 'does a sourdough starter keep long', { person: 'U0OTHER001' });
    await world.asked('Q3', 'my laptop is broken', { desk: 'it' });
    await world.asked('Q4', 'we shipped stolen code', { concern: true });
    await world.asked('Q5', 'can we use agpl', { outcome: 'answer', shown: { id: 'agpl' }, feedback: 'unhelpful' });

    await world.gaps.sort();
    await world.gaps.sort();
    const { views, total } = await world.gaps.open(9);

    expect(total).toBe(2);
    expect(views.map(({ asked: times, unhelpful, example }) => [times, unhelpful, example])).toEqual([
      [2, 0, expect.stringContaining('sourdough starter')],
      [1, 1, 'can we use agpl'],
    ]);
  });

  it('keeps the numbers of forgotten questions: an article counts the same before and after', async () => {
    const world = await open();
    await world.asked('Q1', 'can we use agpl', { outcome: 'answer', shown: { id: 'agpl' }, feedback: 'helpful' });
    await world.asked('Q2', 'affero', { outcome: 'answer', shown: { id: 'agpl' }, feedback: 'unhelpful' });
    await world.asked('Q3', 'agpl stickers', { offered: ['agpl'] });
    await world.gaps.sort();
    const before = await world.counting.history('agpl', 3, start);

    await world.forget('Q1', 'Q2', 'Q3');

    expect(before[0]).toEqual({ month: '2026-11', shown: 2, helpful: 1, unhelpful: 1, missed: 1 });
    expect(await world.counting.history('agpl', 3, start)).toEqual(before);
    expect((await world.gaps.open(9)).views.map(({ example }) => example)).toEqual([undefined, undefined]);
  });
});
