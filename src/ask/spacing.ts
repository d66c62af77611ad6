import { stopWords } from './words.ts';

/** What is known of words, lower case. */
interface Words {
  /** How often a word occurs in our texts; 0 for one that does not. */
  count(word: string): number;
  /** Whether it is a word at all: ours, of every day, or a name. */
  isKnown(word: string): boolean;
}

/** Spaces that were forgotten, and those that slipped in. */
export interface Spacing {
  /** "thelicense" as "the license"; undefined when it is not two of our words, or one and a word that says nothing. */
  takeApart(word: string): string | undefined;
  /** "main tainer" as "maintainer" throughout a text; `mended` hears of each. */
  join(text: string, mended: (from: string, to: string) => void): string;
}

// Two letters may be "we" or "to"; a single one is no word that was run together.
const shortest = 2;

// A shorter word falls into pieces that may be anything. One that our texts hold once may be a slip of theirs.
const joined = { letters: 6, count: 2 };

// As for typos: parts of paths, addresses and identifiers are names. The second word is looked at once more as a first one.
const neighbors = /(?<![a-z0-9_./@#-])([a-z]{2,}) (?=([a-z]{2,})(?![a-z0-9_/@-]|\.[a-z]))/g;

export function createSpacing({ count, isKnown }: Words): Spacing {
  function isOne(first: string, second: string): boolean {
    const word = first + second;
    if (word.length < joined.letters || count(word) < joined.count) return false;
    // "sign off" and "front end" are meant as they stand.
    return !(isKnown(first) && isKnown(second));
  }

  return {
    takeApart(word) {
      const splits = Array.from({ length: Math.max(0, word.length - 2 * shortest + 1) }, (_, at) => {
        const parts = [word.slice(0, at + shortest), word.slice(at + shortest)] as const;
        return { text: parts.join(' '), parts, often: count(parts[0]) + count(parts[1]) };
      });
      return splits
        .filter(({ parts, often }) => often > 0 && parts.every((part) => count(part) > 0 || stopWords.has(part)))
        .sort((a, b) => b.often - a.often)[0]?.text;
    },
    join: (text, mended) =>
      text.replace(neighbors, (whole, first: string, second: string) => {
        if (!isOne(first, second)) return whole;
        mended(whole + second, first + second);
        return first;
      }),
  };
}
