import Fuse from 'fuse.js';
import { stemmer } from 'stemmer';
import { inSteps, type Steps } from '../core/steps.ts';
import { brands } from './brands.ts';
import { commonWords } from './common-words.ts';
import { createSpacing } from './spacing.ts';
import { spell, stopWords } from './words.ts';

export interface Correction {
  readonly from: string;
  readonly to: string;
}

export interface Corrector {
  /** Cleaned text in, the same text with typos of known words mended out. */
  correct(text: string): { readonly text: string; readonly corrections: readonly Correction[] };
}

// Shorter words have too many neighbors; longer "words" are pasted identifiers, and fuse.js cuts patterns at 32.
const lengths = { most: 24, twoEdits: 6, otherFirst: 6, noFirst: 5 };

// An edit is worth so much that only a word that occurs many thousand times as often is likelier a whole edit further away.
const editWorth = 12;

// Bitap knows no transposition, so the net is wide and the distance below decides.
const net = { threshold: 0.5, distance: 10, ignoreFieldNorm: true, includeScore: true };
const netLimit = 60;

/** A question has a few typos at most; more unknown words than this is another language or a paste. */
const mostLookups = 24;

// A word takes about a microsecond.
const atOnce = 1_000;

/** A word with the set of its letters, one bit a letter. */
interface Known {
  readonly word: string;
  readonly letters: number;
}

/** A word of our texts: lower case, four or more letters. */
export interface Counted {
  readonly word: string;
  readonly stem: string;
  /** How often it occurs in titles, aliases, tags, thesaurus and license names. */
  readonly count: number;
}

/** A word that may have been meant. */
interface Close {
  readonly item: string;
  readonly distance: number;
}

/** @param words each once; those of answers stay out, since a rare word there would attract typos of frequent ones */
export function* createCorrector(words: readonly Counted[]): Steps<Corrector> {
  const counts = new Map<string, number>();
  // By first letter: people rarely miss it, and a bucket is searched many times faster than the whole.
  const byLetter = new Map<string, Counted[]>();
  // By all but the first letter, for when it is that one.
  const byRest = new Map<string, string[]>();
  yield* inSteps(words, atOnce, (counted) => {
    const letter = counted.word.charAt(0);
    counts.set(counted.word, counted.count);
    const alike = byLetter.get(letter);
    if (alike) alike.push(counted);
    else byLetter.set(letter, [counted]);
    const rest = counted.word.slice(1);
    const sameRest = byRest.get(rest);
    if (sameRest) sameRest.push(counted.word);
    else byRest.set(rest, [counted.word]);
  });
  const buckets = new Map<string, Bucket>();
  for (const [letter, alike] of byLetter) buckets.set(letter, yield* createBucket(alike));

  function bucketOf(word: string): Bucket {
    return buckets.get(word.charAt(0)) ?? emptyBucket;
  }

  function isKnown(word: string): boolean {
    return (
      counts.has(word) ||
      commonWords.has(word) ||
      stopWords.has(word) ||
      brands.has(word) ||
      spell(word) !== word ||
      bucketOf(word).stems.has(stemmer(word))
    );
  }

  /** Mistakes in the first letter move a word into another bucket: swapped, missing, too many, or another one. */
  function withOtherFirst(word: string): readonly string[] {
    const rest = word.slice(1);
    const ours = [`${word[1]}${word[0]}${word.slice(2)}`, rest].filter((other) => counts.has(other));
    const missing = word.length >= lengths.noFirst ? (byRest.get(word) ?? []) : [];
    const another = word.length >= lengths.otherFirst ? (byRest.get(rest) ?? []) : [];
    return [...ours, ...missing, ...another];
  }

  /** What a typo was likelier meant to be is less: fingers slip seldom, and people write what is written often. */
  function unlikeliness({ item, distance }: Close): number {
    return editWorth * distance - Math.log1p(counts.get(item) ?? 0);
  }

  function nearest(word: string): Close | undefined {
    const allowed = word.length >= lengths.twoEdits ? 2 : 1;
    const close = [...withOtherFirst(word), ...neighbors(word, bucketOf(word).words)];
    if (close.length === 0) return undefined;
    return new Fuse(close, net)
      .search(word, { limit: netLimit })
      .map(({ item }) => ({ item, distance: editDistance(word, item) }))
      .filter(({ distance }) => distance <= allowed)
      .sort((a, b) => unlikeliness(a) - unlikeliness(b) || (a.item < b.item ? -1 : 1))[0];
  }

  /** Two words run together are likelier than two slips in one. */
  function mend(word: string): string | undefined {
    const close = nearest(word);
    return close && close.distance <= 1 ? close.item : (spacing.takeApart(word) ?? close?.item);
  }

  const spacing = createSpacing({ count: (word) => counts.get(word) ?? 0, isKnown });

  return {
    correct(text) {
      const corrections = new Map<string, string>();
      const seen = new Set<string>();
      // Parts of paths, addresses and identifiers are names, not words.
      const joined = spacing.join(text, (from, to) => corrections.set(from, to));
      const corrected = joined.replace(/(?<![a-z0-9_./@#])[a-z]{4,}(?![a-z0-9_/@]|\.[a-z])/g, (word) => {
        const known = corrections.get(word);
        if (known) return known;
        if (seen.has(word) || seen.size >= mostLookups || word.length > lengths.most || isKnown(word)) return word;
        seen.add(word);
        const better = mend(word);
        if (!better) return word;
        corrections.set(word, better);
        return better;
      });
      return { text: corrected, corrections: [...corrections].map(([from, to]) => ({ from, to })) };
    },
  };
}

/** Words with the same first letter, frequent ones first; a stem keeps that letter. */
interface Bucket {
  readonly words: readonly Known[];
  readonly stems: ReadonlySet<string>;
}

const emptyBucket: Bucket = { words: [], stems: new Set() };

function* createBucket(counted: readonly Counted[]): Steps<Bucket> {
  const sorted = counted.toSorted((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
  yield;
  const words: Known[] = [];
  const stems = new Set<string>();
  yield* inSteps(sorted, atOnce, ({ word, stem }) => {
    words.push({ word, letters: lettersOf(word) });
    stems.add(stem);
  });
  return { words, stems };
}

/** Words that two edits may reach: an edit changes the length by one and the set of letters by two at most. */
function neighbors(word: string, bucket: readonly Known[]): readonly string[] {
  const letters = lettersOf(word);
  return bucket
    .filter((known) => Math.abs(known.word.length - word.length) <= 2 && bitsOf(known.letters ^ letters) <= 4)
    .map((known) => known.word);
}

function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) - 97);
  return letters;
}

function bitsOf(set: number): number {
  let rest = set;
  let count = 0;
  for (; rest !== 0; count += 1) rest &= rest - 1;
  return count;
}

const vowels = new Set('aeiou');

/** What fingers and ears do more often costs less: a letter once instead of twice or the other way round, one vowel for another. */
const costs = { letter: 0.9, double: 0.6, replace: 1, vowel: 0.8, swap: 0.7 };

/** Optimal string alignment: how much it takes to make one word of the other, by the costs above. */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last = rowFrom(0, b, (before, column) => before + costOf(b, column));
  for (let i = 1; i <= a.length; i += 1) {
    const [above, twoAbove] = [last, beforeLast];
    last = rowFrom((above[0] ?? 0) + costOf(a, i - 1), b, (before, column) => {
      const [one, other] = [a.charAt(i - 1), b.charAt(column)];
      const cost = Math.min(
        before + costOf(b, column),
        (above[column + 1] ?? 0) + costOf(a, i - 1),
        (above[column] ?? 0) + replaceCost(one, other),
      );
      const isSwap = i > 1 && column > 0 && one === b[column - 1] && a[i - 2] === other;
      return isSwap ? Math.min(cost, (twoAbove[column - 1] ?? 0) + costs.swap) : cost;
    });
    beforeLast = above;
  }
  return last[b.length] ?? 0;
}

/** A row of the table: its first cell, and each further one from the one before it. */
function rowFrom(first: number, word: string, next: (before: number, column: number) => number): readonly number[] {
  const row = [first];
  for (let column = 0; column < word.length; column += 1) row.push(next(row[column] ?? 0, column));
  return row;
}

function costOf(word: string, at: number): number {
  return word[at] === word[at - 1] || word[at] === word[at + 1] ? costs.double : costs.letter;
}

function replaceCost(one: string, other: string): number {
  if (one === other) return 0;
  return vowels.has(one) && vowels.has(other) ? costs.vowel : costs.replace;
}
