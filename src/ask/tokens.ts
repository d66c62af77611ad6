import { createPairTable } from './tables.ts';

/** A text that may get a number: -1 until then. One object has a number in one table only. */
export interface Token {
  readonly text: string;
  number: number;
}

export function createToken(text: string): Token {
  return { text, number: -1 };
}

/**
 * Tokens by number, so that what is kept of ten thousand articles are a few typed arrays. A token keeps its number as long
 * as the table lives; tokens that nobody uses anymore stay, which is a few kilobytes a month.
 */
export interface Tokens {
  /** The number of a token that is no pair; the next free one for a new token. */
  numberOf(token: Token): number;
  /** The number of a pair of Han characters: pairs are most tokens, and never need a text of their own. */
  pairOf(first: Token, second: Token): number;
  /** The number of a token that has one, pair or not. */
  find(token: string): number | undefined;
  /** How much each counts, at the place of its number; grows. See `weightOf`. */
  readonly weights: readonly number[];
}

export function createTokens(): Tokens {
  const numbers = new Map<string, number>();
  const pairs = createPairTable();
  const weights: number[] = [];

  function numberOf(token: Token): number {
    if (token.number < 0) {
      token.number = numbers.get(token.text) ?? weights.push(weightOf(token.text)) - 1;
      numbers.set(token.text, token.number);
    }
    return token.number;
  }

  function findPair([first = '', second = '', ...more]: readonly string[]): number | undefined {
    const [one, other] = [numbers.get(first), numbers.get(second)];
    return one === undefined || other === undefined || more.length > 0 ? undefined : pairs.find(one, other);
  }

  return {
    numberOf,
    pairOf(first, second) {
      const [one, other] = [numberOf(first), numberOf(second)];
      const known = pairs.find(one, other);
      if (known !== undefined) return known;
      pairs.add(one, other, weights.length);
      return weights.push(pairWeight) - 1;
    },
    find: (token) => numbers.get(token) ?? (isHan(token) ? findPair([...token]) : undefined),
    weights,
  };
}

/** Whether a text begins with a Han character. */
export function isHan(text: string): boolean {
  const code = text.charCodeAt(0);
  // Nearly all are in one block; the expression is for the rest.
  return (code >= 0x4e00 && code <= 0x9fff) || (code > 127 && /^\p{Script=Han}/u.test(text));
}

const pairWeight = 0.5;

/** How much a token of the question counts: a pair of Han characters is half a word, the type of a question says little. */
export function weightOf(token: string): number {
  if (isHan(token)) return pairWeight;
  if (token.charAt(1) !== ':') return 1;
  if (token.startsWith('l:')) return 1.5;
  // A family stands beside the word or the exact license that named it.
  if (token.startsWith('f:')) return 0.5;
  return token.startsWith('c:q_') ? 0.5 : 1;
}

/** Adds to a number of an array; what was there before comes back. */
export function increase(array: Int32Array, at: number, by = 1): number {
  const before = array[at] ?? 0;
  array[at] = before + by;
  return before;
}
