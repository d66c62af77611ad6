import { fitOf } from './fit.ts';
import type { Guiding, Waiting } from './matching.ts';
import type { KnownMember } from './member.ts';
import { introducedAt, isTogether, type Pair } from './pair.ts';
import type { Program } from './program.ts';

/** What the program comes to: counts over all pairs, also of those whose people are forgotten. */
export interface Numbers {
  readonly active: number;
  /** Check-ins that were answered or missed, and those of them after a meeting. */
  readonly checkIns: number;
  readonly kept: number;
  readonly goals: number;
  readonly goalsMet: number;
  readonly reviews: number;
  /** Mentees with something merged upstream. */
  readonly merged: number;
  readonly waiting: number;
  readonly free: number;
  /** Up to how many days half of those who got a mentor had waited, by the language they meet in. */
  readonly waits: readonly { readonly language: string; readonly days: number }[];
  /** Languages of people who wait, with how many of them find no mentor who speaks any of theirs. */
  readonly missing: readonly { readonly language: string; readonly count: number }[];
}

// Fewer would tell of single people.
const fewest = 5;

export function numbersOf(
  pairs: readonly Pair[],
  mentors: readonly KnownMember[],
  { waiting, guiding }: { readonly waiting: readonly Waiting[]; readonly guiding: readonly Guiding[] },
  rules: Pick<Program, 'hours' | 'overlapHours' | 'weights'>,
): Numbers {
  const events = pairs.flatMap((pair) => pair.events);
  const answers = events.filter(({ kind }) => kind === 'answered' || kind === 'missed');
  const goals = pairs.flatMap((pair) => pair.goals).filter(({ state }) => state !== 'dropped');
  return {
    active: pairs.filter(isTogether).length,
    checkIns: answers.length,
    kept: answers.filter((event) => event.kind === 'answered' && event.answer === 'met').length,
    goals: goals.length,
    goalsMet: goals.filter(({ state }) => state === 'met').length,
    reviews: mentors.reduce((sum, { mentor }) => sum + (mentor?.read.length ?? 0), 0),
    merged: pairs.filter((pair) => pair.events.some(({ kind }) => kind === 'merged')).length,
    waiting: waiting.length,
    free: guiding.reduce((sum, { free }) => sum + free, 0),
    waits: waitsOf(pairs),
    missing: missingOf(waiting, guiding, rules),
  };
}

function waitsOf(pairs: readonly Pair[]): Numbers['waits'] {
  const met = pairs.filter((pair) => introducedAt(pair) !== undefined);
  const languages = [...new Set(met.map(({ language }) => language))].toSorted();
  return languages.flatMap((language) => {
    const days = met.filter((pair) => pair.language === language).map(({ fit }) => fit.waitedDays);
    const half = days.toSorted((a, b) => a - b)[Math.ceil(days.length / 2) - 1];
    return days.length >= fewest && half !== undefined ? [{ language, days: half }] : [];
  });
}

/** Somebody whom nobody speaks with is seen by the leads, however few they are: only the language is named. */
function missingOf(
  waiting: readonly Waiting[],
  guiding: readonly Guiding[],
  rules: Pick<Program, 'hours' | 'overlapHours' | 'weights'>,
): Numbers['missing'] {
  const counts = new Map<string, number>();
  for (const person of waiting) {
    const [language] = person.languages;
    const barred = guiding.every((mentor) => fitOf(person, mentor, rules) === 'language');
    if (language !== undefined && barred) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].map(([language, count]) => ({ language, count }));
}
