import { inSteps, type Steps } from '../core/steps.ts';
import { type Entry, fieldBoosts, fieldExamples } from './entry.ts';
import { increase } from './tokens.ts';

/**
 * How much each token speaks for each entry, summed over fields: the part of BM25+ that does not depend on the question.
 * A question then only adds up a few short lists, which keeps ten thousand articles within milliseconds.
 */
export interface Impacts {
  /** In how many entries a token occurs. */
  occurrences(token: number): number;
  /** Where a token occurs and how much that counts, by ascending entry. Worked out when it is asked for first. */
  get(token: number): Posting;
  /** By entry: what a token of the question takes off when the entry does not know it; see `Posting.evidence`. */
  readonly absence: Float64Array;
}

interface Posting {
  readonly entries: Int32Array;
  readonly impacts: Float64Array;
  /**
   * How much more usual the token is where this entry is asked for than anywhere: log P(token | entry) / P(token), as naive
   * Bayes has it, with `absence` left out, which all tokens share.
   */
  readonly evidence: Float64Array;
}

// Saturation and length as usual for short texts; the floor is what "+" adds for occurring at all, so that a long
// article that has the word stays ahead of a short one that has not.
const bm25 = { saturation: 1.2, length: 0.7, floor: 0.5 };

/** An entry is believed to be asked for like any other until it has shown about this many questions of its own. */
const prior = 40;

/** Every token is believed to have been asked this often elsewhere: one alias with a chance word is no habit. */
const unseen = 6;

const fields = fieldBoosts.length;
const atOnce = 16;

/**
 * Fields are scored each for itself and added up: a word that is in title and aliases and answer counts more than a
 * chance hit, which one common saturation would hide.
 * @param size above all numbers of tokens
 */
export function* buildImpacts(entries: readonly Entry[], size: number): Steps<Impacts> {
  // Length counts different tokens: aliases that all name the same thing are not made less of for it.
  const lengths = new Int32Array(entries.length * fields);
  // First how many uses each token has, then where they start, then where the next one goes.
  const places = new Int32Array(size + 1);
  yield* inSteps(entries, atOnce, ({ uses }, entry) => {
    for (const token of uses.tokens) increase(places, token);
    for (const field of uses.fields) increase(lengths, entry * fields + field);
  });

  let total = 0;
  for (let token = 0; token <= size; token += 1) total += increase(places, token, total - (places[token] ?? 0));
  yield;

  // All uses by token, then by entry and field: entry * fields + field, and how often.
  const where = new Int32Array(total);
  const counts = new Uint16Array(total);
  yield* inSteps(entries, atOnce, ({ uses }, entry) => {
    uses.tokens.forEach((token, at) => {
      const place = increase(places, token);
      where[place] = entry * fields + (uses.fields[at] ?? 0);
      counts[place] = uses.counts[at] ?? 0;
    });
  });
  // What a token filled ends where the next one begins.
  const usesOf = (token: number) => [token > 0 ? (places[token - 1] ?? 0) : 0, places[token] ?? 0] as const;

  function occurrences(token: number): number {
    const [from, to] = usesOf(token);
    let count = 0;
    let last = -1;
    for (let at = from; at < to; at += 1) {
      const entry = Math.floor((where[at] ?? 0) / fields);
      if (entry !== last) count += 1;
      last = entry;
    }
    return count;
  }

  // Empty fields count too, so that a field that few entries fill weighs no more for it.
  const sums = new Float64Array(fields);
  lengths.forEach((length, at) => {
    sums[at % fields] = (sums[at % fields] ?? 0) + length;
  });
  const questions = entries.reduce((sum, { asked }) => sum + asked, 0);
  const means = sums.map((sum) => sum / Math.max(1, entries.length));

  function work(token: number): Posting {
    const [from, to] = usesOf(token);
    const spread = new Int32Array(fields);
    for (let at = from; at < to; at += 1) increase(spread, (where[at] ?? 0) % fields);
    const rarities = Array.from(spread, (count) => Math.log(1 + (entries.length - count + 0.5) / (count + 0.5)));

    const found = new Int32Array(occurrences(token));
    const impacts = new Float64Array(found.length);
    const examples = new Float64Array(found.length);
    let last = -1;
    for (let at = from; at < to; at += 1) {
      const code = where[at] ?? 0;
      const field = code % fields;
      const entry = (code - field) / fields;
      if (last < 0 || found[last] !== entry) last += 1;
      found[last] = entry;
      const length = (lengths[code] ?? 0) / (means[field] || 1);
      const saturated = saturate(counts[at] ?? 0, length);
      examples[last] = (examples[last] ?? 0) + (fieldExamples[field] ?? 0) * (counts[at] ?? 0);
      impacts[last] = (impacts[last] ?? 0) + (fieldBoosts[field] ?? 0) * (rarities[field] ?? 0) * saturated;
    }
    const usual = (unseen + examples.reduce((sum, count) => sum + count, 0)) / Math.max(1, questions);
    return { entries: found, impacts, evidence: examples.map((count) => Math.log(1 + count / (prior * usual))) };
  }

  const known = new Map<number, Posting>();
  return {
    occurrences,
    absence: Float64Array.from(entries, ({ asked }) => Math.log(1 + asked / prior)),
    get(token) {
      const posting = known.get(token) ?? work(token);
      known.set(token, posting);
      return posting;
    },
  };
}

/** @param length as a multiple of the mean */
function saturate(count: number, length: number): number {
  const { saturation, length: share, floor } = bm25;
  return floor + (count * (saturation + 1)) / (count + saturation * (1 - share + share * length));
}
