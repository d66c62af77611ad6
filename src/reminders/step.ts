import { dateAt } from '../core/business-time.ts';
import { type Due, inOrder, type ReminderBook, type Standing, type Told } from './book.ts';
import { daysAfter, isFit, type Place, slotOn, workingAfter, workingFrom } from './place.ts';
import { dayFor, hasRoom, type Limits, recent } from './plan.ts';

/** What a look at one person needs beside their book. */
export interface LookFacts {
  /** Whether they work here at the moment. */
  readonly active: boolean;
  readonly place: Place;
  readonly limits: Limits;
  /** Everything that is open, also what begins later. */
  readonly things: readonly Due[];
  /** Some source did not answer: what it has is asked for again soon. */
  readonly incomplete: boolean;
  /** Do Not Disturb is on until then (ms). */
  readonly undisturbedUntil: number | undefined;
  /** The reminder that stands never went out, and never will: its things were not told. */
  readonly lost: boolean;
}

/** A reminder names so many things: what a phone shows at once. The rest is counted. */
export const mostNamed = 5;

const dayMs = 24 * 60 * 60_000;
// Whoever left may come back, and no source says so.
const awayMs = 7 * dayMs;
const incompleteMs = 60 * 60_000;
// More than a year: what comes back every year under the same key is still known.
const rememberedDays = 400;

/** What comes of a look: the book, and whether its reminder is new and to be sent. Always moves or clears the next look. */
export interface Look {
  readonly book: ReminderBook;
  readonly tells: boolean;
}

/** One look at what is due for a person. Missed ones fold: what was due in a week of downtime comes as one reminder. */
export function look(before: ReminderBook, facts: LookFacts, now: number): Look {
  if (!facts.active) return { book: { ...before, next: now + awayMs }, tells: false };
  const { place } = facts;
  const today = dateAt(now, place.calendar.zone);
  const book = tidy(facts.lost ? takeBack(before) : before, facts.things, today, now);

  const dueToday = inOrder(facts.things).filter((thing) => isDue(thing, book, place, today));
  const mayTell = dueToday.length > 0 && isMoment(book, facts, today, now);
  const isFree = mayTell && (dueToday.some(({ mandatory }) => mandatory) || hasRoomNow(book, facts, now));
  const told = isFree ? tell(book, dueToday, today, now) : book;
  const next = nextLook(told, facts, today, now);
  return { book: { ...told, next, zone: place.calendar.zone }, tells: isFree };
}

function isDue(thing: Due, book: ReminderBook, place: Place, today: string): boolean {
  const day = dayFor(thing, book.told[thing.key], book, place);
  return day !== undefined && day <= today;
}

/** One reminder a day, not before its slot, and only while the person may be written to. */
function isMoment(book: ReminderBook, { place, undisturbedUntil }: LookFacts, today: string, now: number): boolean {
  if (!isFit(now, place) || (undisturbedUntil ?? now) > now) return false;
  return slotOn(today, place) <= now && (book.lastOn ?? '') < today;
}

function hasRoomNow(book: ReminderBook, { limits, place }: LookFacts, now: number): boolean {
  return hasRoom(book.unasked, now, limits, (ms) => dateAt(ms, place.calendar.zone));
}

/** The new reminder. What did not fit comes after the first distance: more messages in a row would be what it is to prevent. */
function tell(book: ReminderBook, due: readonly Due[], on: string, now: number): ReminderBook {
  const named = due.slice(0, mostNamed);
  const rest = due.slice(mostNamed);
  const told: Record<string, Told> = { ...book.told };
  for (const { key } of named) told[key] = { times: (told[key]?.times ?? 0) + 1, on };
  for (const { key } of rest) told[key] = { times: told[key]?.times ?? 0, on };
  const counts = !due.some(({ mandatory }) => mandatory);
  const standing: Standing = {
    number: book.count + 1,
    on,
    keys: named.map(({ key }) => key),
    rest: rest.length,
    before: Object.fromEntries(due.flatMap(({ key }) => entryOf(book.told, key))),
    ...(counts ? { spent: now } : {}),
  };
  const unasked = counts ? [...book.unasked, now] : book.unasked;
  return { ...book, told, unasked, standing, count: standing.number, lastOn: on };
}

function entryOf(told: Readonly<Record<string, Told>>, key: string): [string, Told][] {
  const entry = told[key];
  return entry ? [[key, entry]] : [];
}

/** As if the reminder that stands had never been: it never went out. What was put off since then stays put off. */
function takeBack(book: ReminderBook): ReminderBook {
  const { standing, ...rest } = book;
  if (!standing) return book;
  const told = Object.entries(book.told).flatMap(([key, entry]): [string, Told][] => {
    if (entry.on !== standing.on) return [[key, entry]];
    const before = standing.before[key] ?? { times: 0 };
    const { later } = entry;
    return [[key, later === undefined ? before : { ...before, later }]];
  });
  return { ...rest, told: Object.fromEntries(told), unasked: book.unasked.filter((at) => at !== standing.spent) };
}

/** Forgets what does not matter any more. */
function tidy(book: ReminderBook, things: readonly Due[], today: string, now: number): ReminderBook {
  const open = new Set(things.map(({ key }) => key));
  const from = daysAfter(today, -rememberedDays);
  const kept = Object.entries(book.told).filter(([key, { on, later }]) => open.has(key) || (on ?? later ?? '') > from);
  return { ...book, told: Object.fromEntries(kept), unasked: recent(book.unasked, now) };
}

function nextLook(book: ReminderBook, facts: LookFacts, today: string, now: number): number | null {
  const { place, things, incomplete, undisturbedUntil = now } = facts;
  const days = things.flatMap((thing) => dayFor(thing, book.told[thing.key], book, place) ?? []);
  // The morning after a reminder shows whether it went out.
  if (book.standing?.on === today) days.push(daysAfter(today, 1));
  const [first] = days.toSorted();
  const looks = [
    ...(first === undefined ? [] : [lookOn(first, book, place, Math.max(now, undisturbedUntil))]),
    ...(first !== undefined && first <= today && isLaterToday(undisturbedUntil, book, place, now)
      ? [undisturbedUntil]
      : []),
    ...(incomplete ? [now + incompleteMs] : []),
  ];
  return looks.length === 0 ? null : Math.min(...looks);
}

/** Somebody who is not to be disturbed until then can still be told today. */
function isLaterToday(until: number, book: ReminderBook, place: Place, now: number): boolean {
  const [today, then] = [now, until].map((ms) => dateAt(ms, place.calendar.zone));
  return until > now && then === today && isFit(until, place) && (book.lastOn ?? '') < (then ?? '');
}

/** The slot in which something that is due on a day is told: not in one that is over, and after the day of the last reminder. */
function lookOn(day: string, book: ReminderBook, place: Place, now: number): number {
  const today = dateAt(now, place.calendar.zone);
  const from = book.lastOn !== undefined && book.lastOn >= today ? daysAfter(book.lastOn, 1) : today;
  let date = workingFrom(day > from ? day : from, place);
  while (slotOn(date, place) <= now) date = workingAfter(date, 1, place);
  return slotOn(date, place);
}
