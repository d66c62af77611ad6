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

  function nearest(word: string): { readonly item: string; readonly distance: number } | undefined {
    const allowed = word.length >= lengths.twoEdits ? 2 : 1;
    const close = [...withOtherFirst(word), ...neighbors(word, bucketOf(word).words)];
    if (close.length === 0) return undefined;
    return new Fuse(close, net)
      .search(word, { limit: netLimit })
      .map(({ item }) => ({ item, distance: editDistance(word, item) }))
      .filter(({ distance }) => distance <= allowed)
      .sort(
        (a, b) =>
          a.distance - b.distance ||
          (counts.get(b.item) ?? 0) - (counts.get(a.item) ?? 0) ||
          (a.item < b.item ? -1 : 1),
      )[0];
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

/**
 * Optimal string alignment: insert, delete and replace cost 1, a swap of neighbors 0.7, because fingers swap more often
 * than they miss.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 0.7);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
