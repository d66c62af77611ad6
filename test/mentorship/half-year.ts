import type { PersonId } from '../../src/core/ports.ts';
import { finish } from '../../src/core/steps.ts';
import { fitOf } from '../../src/mentorship/fit.ts';
import { type Guiding, type Match, match, type Waiting } from '../../src/mentorship/matching.ts';
import { dayMs, guiding, randomFrom, rules, waiting } from './people.ts';

/** How long everybody waited, in days, by the languages they speak. */
export interface Waits {
  readonly zh: readonly number[];
  readonly en: readonly number[];
  readonly both: readonly number[];
}

/** One day of matching. */
export type MatchDay = (mentees: readonly Waiting[], mentors: readonly Guiding[], now: number) => readonly Match[];

export const ours: MatchDay = (mentees, mentors, now) => finish(match(mentees, mentors, rules, now));

/** What bots for coffee do: whoever comes first gets the best mentor who is left. */
export const firstCome: MatchDay = (mentees, mentors) => {
  const left = new Map(mentors.map(({ id, free }) => [id, free]));
  return mentees
    .toSorted((a, b) => a.since - b.since)
    .flatMap((mentee) => {
      const found = mentors
        .filter(({ id }) => (left.get(id) ?? 0) > 0)
        .flatMap((mentor) => {
          const fit = fitOf(mentee, mentor, rules);
          return typeof fit === 'object' ? [{ mentee: mentee.id, mentor: mentor.id, ...fit }] : [];
        })
        .toSorted((a, b) => b.score - a.score)[0];
      if (found) left.set(found.mentor, (left.get(found.mentor) ?? 1) - 1);
      return found ? [found] : [];
    });
};

const topics = ['rust', 'java', 'kernel', 'docs', 'k8s', 'python', 'c', 'js'];
const pairDays = 90;

/**
 * Five hundred people: 120 mentors, and 380 who come to look for one within half a year; more than there are places at once. Two of
 * five speak Chinese alone, half of them English alone. Of the mentors a fifth speaks Chinese alone and a quarter both: as many
 * places in Chinese as there are people who need them, as long as they are kept for them.
 */
export function halfYear(day: MatchDay, seed: number): Waits {
  const random = randomFrom(seed);
  const among = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] ?? (all[0] as T);
  const some = (count: number) => new Set(Array.from({ length: count }, () => among(topics)));
  const speaking = (share: number, chinese: number, both: number): readonly string[] => {
    if (share < chinese) return ['zh'];
    return share < chinese + both
      ? among([
          ['zh', 'en'],
          ['en', 'zh'],
        ])
      : ['en'];
  };
  const anybody = (languages: readonly string[], count: number) => ({
    languages,
    topics: some(count),
    offset: among([60, 120, 330, 480]),
  });

  const mentors = Array.from({ length: 120 }, (_, at) => ({
    ...guiding(`M${at}`, { ...anybody(speaking(at / 120, 0.2, 0.25), 3), places: 1 + (at % 3 === 0 ? 1 : 0) }),
    busyUntil: [] as number[],
  }));
  const arrivals = Array.from({ length: 380 }, (_, at) =>
    waiting(`E${at}`, { ...anybody(speaking(at / 380, 0.4, 0.1), 2), since: Math.floor(random() * 180) * dayMs }),
  );
  const waits = { zh: [] as number[], en: [] as number[], both: [] as number[] };
  const kindOf = ({ languages }: Waiting) => (languages.length > 1 ? 'both' : languages[0] === 'zh' ? 'zh' : 'en');

  const got = new Set<PersonId>();
  for (let date = 0; date < 540; date += 1) {
    const now = date * dayMs;
    const there = arrivals.filter(({ id, since }) => since <= now && !got.has(id));
    const free = mentors.map((mentor) => ({
      ...mentor,
      free: mentor.places - mentor.busyUntil.filter((until) => until > now).length,
    }));
    for (const { mentee, mentor } of day(there, free, now)) {
      const person = there.find(({ id }) => id === mentee);
      if (!person) continue;
      got.add(mentee);
      waits[kindOf(person)].push((now - person.since) / dayMs);
      mentors.find(({ id }) => id === mentor)?.busyUntil.push(now + pairDays * dayMs);
    }
  }
  for (const person of arrivals.filter(({ id }) => !got.has(id)))
    waits[kindOf(person)].push(540 - person.since / dayMs);
  return waits;
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
}
