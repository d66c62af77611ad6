import type { PersonId } from '../core/ports.ts';
import { inSteps, type Steps } from '../core/steps.ts';
import { assign } from './assignment.ts';
import { type Fit, fitOf, type Partner } from './fit.ts';
import type { Program } from './program.ts';

/** Somebody who waits for a mentor. */
export interface Waiting extends Partner {
  /** Since when, ms. */
  readonly since: number;
}

/** Somebody who guides others. */
export interface Guiding extends Partner {
  /** How many they take in all, and how many of these places are free. */
  readonly places: number;
  readonly free: number;
}

/** A pair that fits. */
export interface Match extends Fit {
  readonly mentee: PersonId;
  readonly mentor: PersonId;
}

type Rules = Pick<Program, 'hours' | 'overlapHours' | 'weights'>;

const dayMs = 24 * 60 * 60_000;
// Comparing two people takes some microseconds: this many mentees with a hundred mentors are about a millisecond.
const rowsAtOnce = 2;
// The work grows with the square of them: more join at once only when a program begins, and the rest are in the next round.
const mostAtOnce = 500;

// Three times the best fit: with a third of the places more taken in one language than in the other, no fit outweighs it.
const mostKept = 300;

/** A free place: the one of a mentor who has many left is worth a little more, so that load is spread. */
interface Slot {
  readonly mentor: Guiding;
  readonly bonus: number;
}

/**
 * The best pairs of everybody who waits and every free place, in this order:
 *
 * 1. Nobody waits who could be paired: as many pairs as there can be.
 * 2. Who gets one is decided by waiting alone: whoever waited longest comes first, by whole days.
 * 3. Who gets whom is decided by fit, over all pairs together.
 *
 * Sets of people who can be paired at the same time are the independent sets of a matroid, so taking the longest waiting first
 * never costs a pair: 1 and 2 agree, and weights that grow with waiting find both at once.
 */
export function* match(
  all: readonly Waiting[],
  mentors: readonly Guiding[],
  rules: Rules,
  now: number,
): Steps<readonly Match[]> {
  const candidates = yield* candidatesOf(all, mentors, rules);
  const mentees = candidates.map(({ mentee }) => mentee);
  const slots = mentors.flatMap((mentor) => slotsOf(mentor, mentees.length, rules));

  // More than all fits together can come to, so that one day of waiting outweighs them.
  const step = (mentees.length + 1) * (mostKept + 2 * 103);
  const ranks = ranksOf(mentees, now);
  const pressure = pressuresOf(all, mentors);
  const worths: Float64Array[] = [];
  yield* inSteps(candidates, rowsAtOnce, ({ mentee, fits }, at) => {
    const rank = (ranks[at] ?? 1) * step;
    worths.push(
      Float64Array.from(slots, ({ mentor, bonus }) => {
        const fit = fits.get(mentor.id);
        return fit ? rank + mostKept + 1 + fit.score + bonus - keptFor(mentee, mentor, fit, pressure) : 0;
      }),
    );
  });
  const assigned = yield* assign(worths);
  return assigned.flatMap(([row, column]) => {
    const [candidate, slot] = [candidates[row], slots[column]];
    const fit = slot && candidate?.fits.get(slot.mentor.id);
    return candidate && slot && fit ? [{ mentee: candidate.mentee.id, mentor: slot.mentor.id, ...fit }] : [];
  });
}

/** Somebody who waits, with all mentors with a free place that fit. */
interface Candidate {
  readonly mentee: Waiting;
  readonly fits: ReadonlyMap<PersonId, Fit>;
}

/** Those whom somebody fits; where these are very many, the ones who waited longest. */
function* candidatesOf(
  mentees: readonly Waiting[],
  mentors: readonly Guiding[],
  rules: Rules,
): Steps<readonly Candidate[]> {
  const open = mentors.filter(({ free }) => free > 0);
  const candidates: Candidate[] = [];
  yield* inSteps(mentees, rowsAtOnce, (mentee) => {
    const fits = open.flatMap((mentor): readonly [PersonId, Fit][] => {
      const fit = fitOf(mentee, mentor, rules);
      return typeof fit === 'object' ? [[mentor.id, fit]] : [];
    });
    if (fits.length > 0) candidates.push({ mentee, fits: new Map(fits) });
  });
  return candidates.toSorted((a, b) => a.mentee.since - b.mentee.since).slice(0, mostAtOnce);
}

function slotsOf(mentor: Guiding, mentees: number, { weights }: Rules): readonly Slot[] {
  const whole = Object.values(weights).reduce((sum, one) => sum + one, 0);
  const most = (weights.room / Math.max(1, whole)) * 100;
  return Array.from({ length: Math.min(mentor.free, mentees) }, (_, at) => ({
    mentor,
    bonus: Math.floor((most * (mentor.free - at)) / Math.max(1, mentor.places)),
  }));
}

/** Of the places of mentors who speak a language, the share that is taken or wanted by those who speak no other. */
function pressuresOf(mentees: readonly Waiting[], mentors: readonly Guiding[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { places: number; wanted: number }>();
  const add = (language: string, places: number, wanted: number): void => {
    const sum = sums.get(language) ?? { places: 0, wanted: 0 };
    sums.set(language, { places: sum.places + places, wanted: sum.wanted + wanted });
  };
  for (const { languages, places, free } of mentors) {
    for (const language of languages) add(language, places, places - free);
  }
  for (const { languages } of mentees) {
    const [only, ...others] = languages;
    if (only !== undefined && others.length === 0) add(only, 0, 1);
  }
  return new Map([...sums].map(([language, { places, wanted }]) => [language, wanted / Math.max(1, places)]));
}

/**
 * From 0 on: a mentor who speaks a language in which places are scarcer than in the one that is shared is kept for those who have no
 * other. Without it whoever speaks a rarer language waits longer, since those who could go elsewhere take their mentors.
 */
function keptFor(mentee: Partner, mentor: Partner, { language }: Fit, pressure: ReadonlyMap<string, number>): number {
  const own = pressure.get(language) ?? 0;
  const others = mentor.languages.filter((one) => !mentee.languages.includes(one));
  const scarcest = others.reduce((most, one) => Math.max(most, pressure.get(one) ?? 0), 0);
  return Math.round(Math.min(1, Math.max(0, scarcest - own)) * mostKept);
}

/** 1 for whoever came last, one more for each day of waiting that somebody has. */
function ranksOf(mentees: readonly Waiting[], now: number): readonly number[] {
  const waited = mentees.map(({ since }) => Math.floor((now - since) / dayMs));
  const days = [...new Set(waited)].toSorted((a, b) => a - b);
  const rank = new Map(days.map((day, at) => [day, at + 1]));
  return waited.map((day) => rank.get(day) ?? 1);
}
