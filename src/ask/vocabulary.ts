import type { Token } from './tokens.ts';

/** The English words that a typo may be mended to, by number. */
export interface Vocabulary {
  /** The number of a word; the next free one for a new word. */
  numberOf(word: Token): number;
  /** Every word at the place of its number; grows. */
  readonly all: readonly string[];
}

export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const all: string[] = [];
  return {
    numberOf(word) {
      if (word.number < 0) {
        word.number = numbers.get(word.text) ?? all.push(word.text) - 1;
        numbers.set(word.text, word.number);
      }
      return word.number;
    },
    all,
  };
}
