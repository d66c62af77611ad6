import { z } from 'zod';
import type { DueThing } from '../core/links.ts';
import type { Collection } from '../core/ports.ts';

const isoDate = z.iso.date();

/** What somebody was told of one thing. */
export const Told = z.strictObject({
  /** How often. */
  times: z.int().nonnegative(),
  /** The day of the last time, or on which it was among those that did not fit; by the clock of the person. */
  on: isoDate.exactOptional(),
  /** They asked for it on that day. */
  later: isoDate.exactOptional(),
});
export type Told = z.infer<typeof Told>;

/** The reminder that stands. */
export const Standing = z.strictObject({
  /** Counts the reminders of the person, from 1. */
  number: z.int().positive(),
  on: isoDate,
  /** What it names, by key, in this order. */
  keys: z.array(z.string()).min(1),
  /** How many more were due and are not named. */
  rest: z.int().nonnegative(),
  /** What was told of these things before it, for the case that it never went out; absent = nothing. */
  before: z.record(z.string(), Told),
  /** What it counts for in the budget (ms); absent where it names something mandatory. */
  spent: z.number().exactOptional(),
});
export type Standing = z.infer<typeof Standing>;

/** How often somebody wants to hear of what is not mandatory. */
export const rhythms = ['daily', 'weekly'] as const;
export const Rhythm = z.enum(rhythms);
export type Rhythm = z.infer<typeof Rhythm>;

/** Everything that is kept of reminding one person. */
export const ReminderBook = z.strictObject({
  /** When to look next at what is due (ms); null = when a source says so. */
  next: z.number().nullable(),
  /** The clock that `next` was worked out by: an IANA zone. */
  zone: z.string().exactOptional(),
  /** By key, see `Due`. */
  told: z.record(z.string(), Told),
  /** Topics that are turned off, see `Due`. */
  muted: z.array(z.string()),
  rhythm: Rhythm,
  /** Nothing that is not mandatory before that day. */
  pausedUntil: isoDate.exactOptional(),
  /** The messages that nobody asked for, of the last seven days (ms). */
  unasked: z.array(z.number()),
  standing: Standing.exactOptional(),
  /** How many reminders there were. */
  count: z.int().nonnegative(),
  /** The day of the last one: there is one a day. */
  lastOn: isoDate.exactOptional(),
});
export type ReminderBook = z.infer<typeof ReminderBook>;

/** One document for each person that there ever was something for; its id is the person's. */
export const reminderBooks: Collection<ReminderBook> = {
  name: 'reminder',
  schema: ReminderBook,
  shape: 1,
  index: () => [],
  due: ({ next }) => next,
};

export const emptyBook: ReminderBook = { next: null, told: {}, muted: [], rhythm: 'daily', unasked: [], count: 0 };

/** Something due, named among all sources. */
export interface Due extends Omit<DueThing, 'key' | 'topic'> {
  /** `<source>:<key of the source>` */
  readonly key: string;
  /** `<source>:<topic of the source>` */
  readonly topic: string;
}

/** What is due first comes first: by its last day, then mandatory, then what is due longest. */
export function inOrder(things: readonly Due[]): readonly Due[] {
  const rank = ({ due, mandatory, since, key }: Due) =>
    [due ?? '9999', mandatory ? '0' : '1', String(since).padStart(16, '0'), key].join(' ');
  return things.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** What is due by now and was not put off: what Home shows. @param today ISO date, by the clock of the person */
export function dueNow(things: readonly Due[], book: ReminderBook, now: number, today: string): readonly Due[] {
  return inOrder(things).filter(({ key, since }) => since <= now && (book.told[key]?.later ?? '') <= today);
}

/** What was put off, and until when. */
export function putOff(
  things: readonly Due[],
  book: ReminderBook,
  today: string,
): readonly (Due & { until: string })[] {
  return inOrder(things).flatMap((thing) => {
    const until = book.told[thing.key]?.later;
    return until !== undefined && until > today ? [{ ...thing, until }] : [];
  });
}
