/**
 * Tokens by number, so that what is kept of ten thousand articles are a few typed arrays. A token keeps its number as long
 * as the table lives; tokens that nobody uses anymore stay, which is a few kilobytes a month.
 */
export interface Tokens {
  /** The number of a token; the next free one for a new token. */
  numberOf(token: string): number;
  /** The number of a token that has one. */
  find(token: string): number | undefined;
  /** Every token at the place of its number; grows. */
  readonly all: readonly string[];
}

export function createTokens(): Tokens {
  // By first character: one map of a million entries halts everything for half a second when it grows.
  const numbers = new Map<number, Map<string, number>>();
  const all: string[] = [];
  return {
    numberOf(token) {
      const first = token.charCodeAt(0);
      const alike = numbers.get(first) ?? new Map<string, number>();
      if (alike.size === 0) numbers.set(first, alike);
      const known = alike.get(token);
      if (known !== undefined) return known;
      alike.set(token, all.length);
      return all.push(token) - 1;
    },
    find: (token) => numbers.get(token.charCodeAt(0))?.get(token),
    all,
  };
}

/** Whether a text begins with a Han character. */
export function isHan(text: string): boolean {
  const code = text.charCodeAt(0);
  // Nearly all are in one block; the expression is for the rest.
  return (code >= 0x4e00 && code <= 0x9fff) || (code > 127 && /^\p{Script=Han}/u.test(text));
}

/** How much a token of the question counts: a pair of Han characters is half a word, the type of a question says little. */
export function weightOf(token: string): number {
  if (isHan(token)) return 0.5;
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
