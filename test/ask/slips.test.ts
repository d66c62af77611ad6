import { beforeAll, describe, expect, it } from 'vitest';
import { createSearch, type Search } from '../../src/ask/search.ts';
import { shippedBase, shippedCalibration, shippedLines } from './shipped.ts';

/** Numbers that look random and are the same in every run. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
type Dice = ReturnType<typeof createDice>;

/** How fingers slip, in a word of five letters and more. */
const slips: Readonly<Record<string, (word: string, dice: Dice) => string>> = {
  'a letter left out': (word, dice) => without(word, 1 + dice(word.length - 1)),
  'the first letter left out': (word) => without(word, 0),
  'two neighbors swapped': (word, dice) => {
    const at = dice(word.length - 1);
    return `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`;
  },
  'a letter typed twice': (word, dice) => {
    const at = dice(word.length);
    return word.slice(0, at) + word.charAt(at) + word.slice(at);
  },
  'another letter': (word, dice) => {
    const at = dice(word.length);
    return word.slice(0, at) + 'etaoinsr'.charAt(dice(8)) + word.slice(at + 1);
  },
  'a space too many': (word, dice) => {
    const at = 2 + dice(word.length - 3);
    return `${word.slice(0, at)} ${word.slice(at)}`;
  },
};

function without(word: string, at: number): string {
  return word.slice(0, at) + word.slice(at + 1);
}

/** A question with one slip in it. */
function spoil(question: string, slip: (word: string, dice: Dice) => string, dice: Dice): string {
  const words = [...question.matchAll(/[a-z]{5,}/g)];
  const hit = words[dice(words.length)];
  if (!hit) return question;
  return question.slice(0, hit.index) + slip(hit[0], dice) + question.slice(hit.index + hit[0].length);
}

describe('a slip of the finger', () => {
  let search: Search;
  let asked: readonly { readonly q: string; readonly topics: readonly string[] }[];
  beforeAll(async () => {
    search = createSearch(await shippedBase(), await shippedCalibration());
    const lines = await shippedLines('golden/tuning.jsonl');
    asked = lines.flatMap((line) =>
      'expect' in line && line.kind !== 'typo' && /[a-z]{5}/.test(line.q)
        ? [{ q: line.q, topics: [...line.expect, ...line.also] }]
        : [],
    );
  });

  function rightWith(change: (question: string) => string): number {
    const right = asked.filter(({ q, topics }) => topics.includes(search.find(change(q)).ranking[0]?.id ?? ''));
    return right.length / asked.length;
  }

  it.each([
    ['a letter left out', 0.03],
    ['the first letter left out', 0.05],
    ['two neighbors swapped', 0.03],
    ['a letter typed twice', 0.03],
    ['another letter', 0.03],
    ['a space too many', 0.05],
  ])('costs little: %s', (name, cost) => {
    const dice = createDice(20_261_122);
    const clean = rightWith((question) => question);

    const spoiled = rightWith((question) => spoil(question, slips[name] ?? ((word) => word), dice));

    expect(asked.length).toBeGreaterThan(100);
    expect(spoiled).toBeGreaterThanOrEqual(clean - cost);
    expect(spoiled).toBeLessThan(1);
  });

  it('costs little: a space left out', () => {
    const dice = createDice(20_261_122);
    const clean = rightWith((question) => question);

    const spoiled = rightWith((question) => {
      const spaces = [...question.matchAll(/(?<=[a-z]{3}) (?=[a-z]{3})/g)];
      const at = spaces[dice(spaces.length)]?.index;
      return at === undefined ? question : without(question, at);
    });

    expect(spoiled).toBeGreaterThanOrEqual(clean - 0.05);
  });
});
