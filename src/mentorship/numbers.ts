import type { Store } from '../core/ports.ts';
import { members, mentorKeys } from './member.ts';
import { pairKeys, pairs } from './pair.ts';
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
// Whoever looks at the languages of so many knows what is missing.
const mostLooked = 200;
// Eleven years: nobody waits longer.
const longestWait = 4_095;

/** Counted where the index has them together, without reading a pair or a mentor: a program of thousands costs what one of ten does. */
export async function countNumbers(
  store: Pick<Store, 'count' | 'list'>,
  { languages }: Pick<Program, 'languages'>,
): Promise<Numbers> {
  const ofPairs = (key: string, to?: number) => store.count(pairs, { key, ...(to === undefined ? {} : { to }) });
  const ofMembers = (key: string) => store.count(members, { key });

  /** Up to how many days half of those had waited: the first number of days that so many did not outlast. */
  async function halfOf(key: string, half: number): Promise<number> {
    let [low, high] = [0, longestWait];
    while (low < high) {
      const days = Math.floor((low + high) / 2);
      if ((await ofPairs(key, days + 1)) >= half) high = days;
      else low = days + 1;
    }
    return low;
  }

  const waits: Numbers['waits'][number][] = [];
  const untaught: string[] = [];
  for (const { id: language } of languages) {
    const count = await ofPairs(pairKeys.waited(language));
    if (count >= fewest) waits.push({ language, days: await halfOf(pairKeys.waited(language), Math.ceil(count / 2)) });
    if ((await ofMembers(mentorKeys.speaks(language))) === 0) untaught.push(language);
  }
  const missing: Numbers['missing'][number][] = [];
  for (const language of untaught) {
    const key = mentorKeys.waits(language);
    const { docs } = await store.list(members, { key, order: 'asc', limit: mostLooked });
    // Somebody whom nobody speaks with is seen by the leads, however few they are: only the language is named.
    const count = docs.filter((member) => member.languages.every((one) => untaught.includes(one))).length;
    if (count > 0) missing.push({ language, count });
  }
  const together = await Promise.all(
    (['confirmed', 'active', 'paused'] as const).map((state) => ofPairs(`state:${state}`)),
  );
  return {
    active: together.reduce((sum, count) => sum + count, 0),
    checkIns: await ofPairs(pairKeys.checkIn),
    kept: await ofPairs(pairKeys.kept),
    goals: await ofPairs(pairKeys.goal),
    goalsMet: await ofPairs(pairKeys.goalMet),
    reviews: await ofMembers(mentorKeys.read),
    merged: await ofPairs(pairKeys.merged),
    waiting: await ofMembers('waiting'),
    free: await ofMembers(mentorKeys.room),
    waits,
    missing,
  };
}
