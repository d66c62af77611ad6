import { z } from 'zod';
import { type Calendar, dateAfter, dateAt, nextWorkingMoment } from '../core/business-time.ts';
import type { Hours } from '../core/organization.ts';
import type { Collection } from '../core/ports.ts';

/** When a recipient was reminded last, how often in a row, and of what. */
const Told = z.strictObject({ at: z.number(), times: z.int().positive(), names: z.array(z.string()) });
export type Told = z.infer<typeof Told>;

/** The two things that come round by themselves: the digest of gaps, and the reminders of reviews. */
export const CuratingClock = z.discriminatedUnion('kind', [
  /** `since`: what the last digest knew. */
  z.strictObject({ kind: z.literal('gaps'), wakeAt: z.number(), since: z.number() }),
  /** By recipient, see `Recipient`; whoever has nothing due is not there. */
  z.strictObject({ kind: z.literal('reviews'), wakeAt: z.number(), told: z.record(z.string(), Told) }),
]);
export type CuratingClock = z.infer<typeof CuratingClock>;

/** Two documents, `gaps` and `reviews`. */
export const curatingClocks: Collection<CuratingClock> = {
  name: 'curating_clock',
  schema: CuratingClock,
  shape: 1,
  index: () => [],
  due: ({ wakeAt }) => wakeAt,
};

/** The next opening of the office after `now`, on a working day: when people plan their day. */
export function nextMorning(now: number, calendar: Calendar): number {
  const { from } = calendar.hours;
  // All but the first minute of the working day is quiet.
  return nextWorkingMoment(now + 60_000, calendar, { from: minuteAfter(from), to: from });
}

function minuteAfter(time: Hours['from']): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const next = (hour * 60 + minute + 1) % (24 * 60);
  return [Math.floor(next / 60), next % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The Monday of the week that a moment lies in, in the office's zone: names the week. */
export function weekOf(ms: number, calendar: Calendar): string {
  const date = dateAt(ms, calendar.zone);
  // Days since Monday; 1 January 1970 was a Thursday.
  const day = (((Date.parse(date) / 86_400_000 + 3) % 7) + 7) % 7;
  return dateAfter(date, `-P${day}D`);
}

/** An article whose review is due, or soon will be. */
export interface DueArticle {
  readonly name: string;
  /** ISO date. */
  readonly due: string;
}

/** Reviews are announced so long before they are due. */
const noticeDays = 14;
// From 14 days before to the day itself; then half as often each time: what was not done twice is not a matter of reminding.
const pauseDays = [14, 28, 56] as const;
const dayMs = 24 * 60 * 60_000;

/** Those of which somebody is told by now. @param today ISO date */
export function isDueSoon({ due }: DueArticle, today: string): boolean {
  return due <= dateAfter(today, `P${noticeDays}D`);
}

/**
 * Whether a recipient is reminded now of what is due.
 * @param told what they were told last
 * @param due everything that is due for them, not empty
 */
export function isTimeFor(told: Told | undefined, due: readonly DueArticle[], now: number): boolean {
  if (!told) return true;
  const known = new Set(told.names);
  const isNews = due.some(({ name }) => !known.has(name));
  const pause = isNews ? pauseDays[0] : (pauseDays[told.times - 1] ?? pauseDays[2]);
  // Mornings are not exactly a day apart where clocks change.
  return now - told.at >= (pause - 0.5) * dayMs;
}

/** What is remembered of a reminder that goes out now. */
export function tellAgain(told: Told | undefined, due: readonly DueArticle[], now: number): Told {
  const known = new Set(told?.names);
  const same = due.every(({ name }) => known.has(name));
  return { at: now, times: told && same ? told.times + 1 : 1, names: due.map(({ name }) => name) };
}
