import { stemOf } from './atoms.ts';
import type { Token } from './tokens.ts';

/** The English words that a typo may be mended to, by number. */
export interface Vocabulary {
  /** The number of a word; the next free one for a new word. */
  numberOf(word: Token): number;
  /** Every word with its stem, at the place of its number; grows. */
  readonly all: readonly { readonly word: string; readonly stem: string }[];
}

export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const all: { readonly word: string; readonly stem: string }[] = [];
  return {
    numberOf(token) {
      if (token.number < 0) {
        const word = token.text;
        token.number = numbers.get(word) ?? all.push({ word, stem: stemOf(word) }) - 1;
        numbers.set(word, token.number);
      }
      return token.number;
    },
    all,
  };
}
