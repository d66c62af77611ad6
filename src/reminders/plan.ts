import type { Due, ReminderBook, Told } from './book.ts';
import { dayFrom, type Place, weekFrom, workingAfter, workingBefore, workingFrom } from './place.ts';

/**
 * Working days between one telling and the next. They grow: whoever did not act on two reminders does not need a third soon.
 * After the last there is one word more, and it says so.
 */
const gaps = [3, 5, 10] as const;
const mostTold = gaps.length + 1;

type Wishes = Pick<ReminderBook, 'muted' | 'rhythm' | 'pausedUntil'>;

/**
 * The day on which somebody is to be told of a thing; it may be over, after downtime or a pause.
 * @returns ISO date of a working day; undefined when nothing more is said of it
 */
export function dayFor(thing: Due, told: Told | undefined, wishes: Wishes, place: Place): string | undefined {
  if (!thing.mandatory && wishes.muted.includes(thing.topic)) return undefined;
  if (told?.later !== undefined) return workingFrom(told.later, place);
  const day = ownDay(thing, told, place);
  if (day === undefined || thing.mandatory) return day && workingFrom(day, place);
  const free = later(day, wishes.pausedUntil);
  return wishes.rhythm === 'weekly' ? weekFrom(free, place) : workingFrom(free, place);
}

/** What the thing itself asks for: when it begins, then at growing distances, and the day before its last one. */
function ownDay(thing: Due, told: Told | undefined, place: Place): string | undefined {
  if (told?.on === undefined) return dayFrom(thing.since, place);
  const gap = gaps[Math.max(told.times, 1) - 1];
  const again = gap === undefined ? undefined : workingAfter(told.on, gap, place);
  const eve = eveOf(thing, place);
  if (eve === undefined || told.on >= eve) return again;
  return again === undefined || eve < again ? eve : again;
}

/** The working day before the last one: there is time left to do it. */
function eveOf({ due }: Due, place: Place): string | undefined {
  return due === undefined ? undefined : workingBefore(due, place);
}

/** Whether a telling on that day is the last of a thing. @param times how often it was told, this time included */
export function isLastWord(thing: Due, times: number, on: string, place: Place): boolean {
  return times >= mostTold && !(on < (eveOf(thing, place) ?? ''));
}

function later(day: string, other: string | undefined): string {
  return other !== undefined && other > day ? other : day;
}

// A budget of a week counts the seven days before: no Monday begins a new one right after a busy Friday.
const weekMs = 7 * 24 * 60 * 60_000;

export interface Limits {
  readonly unaskedPerDay: number;
  readonly unaskedPerWeek: number;
}

/** The messages that still count. */
export function recent(unasked: readonly number[], now: number): number[] {
  return unasked.filter((at) => at > now - weekMs);
}

/** Whether one more message that nobody asked for fits. @param dateOf the day of a moment where the person is */
export function hasRoom(unasked: readonly number[], now: number, limits: Limits, dateOf: (ms: number) => string) {
  const counted = recent(unasked, now);
  const today = dateOf(now);
  const ofToday = counted.filter((at) => dateOf(at) === today).length;
  return ofToday < limits.unaskedPerDay && counted.length < limits.unaskedPerWeek;
}
