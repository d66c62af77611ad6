import { Temporal } from 'temporal-polyfill';
import type { Hours, Office, Weekday } from './organization.ts';

/** An office's working time, ready for counting. */
export interface Calendar {
  /** IANA time zone. */
  readonly zone: string;
  /** ISO weekdays that are worked: 1 is Monday. */
  readonly week: ReadonlySet<number>;
  /** Working hours of a day, wall clock. */
  readonly hours: Hours;
  /** ISO dates. */
  readonly holidays: ReadonlySet<string>;
  /** ISO dates that are worked though the week says otherwise. */
  readonly worked: ReadonlySet<string>;
  /** The years whose holidays are known; others count by the week alone. */
  readonly years: ReadonlySet<number>;
}

const isoWeekday: Readonly<Record<Weekday, number>> = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 };

/** The calendar of an office, its ranges of days spelled out. For a person elsewhere: `{ ...calendar, zone: person.zone }`. */
export function calendarOf(office: Office): Calendar {
  const years = Object.values(office.years);
  return {
    zone: office.zone,
    week: new Set(office.week.map((day) => isoWeekday[day])),
    hours: office.hours,
    holidays: new Set(years.flatMap((year) => year.holidays.flatMap(daysIn))),
    worked: new Set(years.flatMap((year) => year.worked.flatMap(daysIn))),
    years: new Set(Object.keys(office.years).map(Number)),
  };
}

/** `2026-02-15/2026-02-17` as three dates, a single date as itself. */
function daysIn(range: string): readonly string[] {
  const [first = range, last = first] = range.split('/');
  const days: string[] = [];
  for (let day = first; day <= last; day = dateAfter(day, 'P1D')) days.push(day);
  return days;
}

/**
 * @param date ISO date
 * @param duration ISO 8601 duration in days, months or years; a month that is too short ends on its last day
 * @returns ISO date
 */
export function dateAfter(date: string, duration: string): string {
  return Temporal.PlainDate.from(date).add(duration).toString();
}

/** The ISO date on the wall at `ms` (milliseconds since 1970) in an IANA zone. */
export function dateAt(ms: number, zone: string): string {
  return zoned(ms, zone).toPlainDate().toString();
}

/**
 * The moment at which a clock on the wall shows this time; where spring leaves it out, the moment after the gap.
 * @param date ISO date
 * @param time `09:00`
 * @returns milliseconds since 1970
 */
export function momentOn(date: string, time: string, zone: string): number {
  return momentOf(Temporal.PlainDate.from(date), time, zone);
}

/** Monday of the week of a day. @param date ISO date */
export function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

/**
 * A holiday is never worked, a weekend day that makes up for one is (China's State Council publishes both lists each year).
 * @param date ISO date
 */
export function isWorkingDay(date: string, calendar: Calendar): boolean {
  return isWorked(Temporal.PlainDate.from(date), calendar);
}

function isWorked(day: Temporal.PlainDate, calendar: Calendar): boolean {
  const date = day.toString();
  if (calendar.holidays.has(date)) return false;
  return calendar.worked.has(date) || calendar.week.has(day.dayOfWeek);
}

/**
 * Counts whole working days: one that starts on Friday 17:00 ends on Monday 17:00; one that starts outside working hours
 * starts with the next opening and ends with that day's close.
 * @param from milliseconds since 1970
 * @param days zero or more
 * @returns milliseconds since 1970
 * @throws RangeError when `days` is negative
 */
export function addBusinessDays(from: number, days: number, calendar: Calendar): number {
  return addBusinessMs(from, days * dayLength(calendar), calendar);
}

/** As `addBusinessDays`, in working hours. @throws RangeError when `hours` is negative */
export function addBusinessHours(from: number, hours: number, calendar: Calendar): number {
  return addBusinessMs(from, hours * 3_600_000, calendar);
}

/**
 * Working time between two moments, in milliseconds; negative when `to` lies before `from`.
 * Inverse of adding: the time between `from` and `addBusinessHours(from, n)` is n hours.
 */
export function businessMsBetween(from: number, to: number, calendar: Calendar): number {
  if (to < from) return -businessMsBetween(to, from, calendar);
  const last = dateAt(to, calendar.zone);
  let sum = 0;
  for (let day = zoned(from, calendar.zone).toPlainDate(); day.toString() <= last; day = day.add({ days: 1 })) {
    if (!isWorked(day, calendar)) continue;
    const { open, close } = windowOf(day, calendar);
    sum += Math.max(0, Math.min(close, to) - Math.max(open, from));
  }
  return sum;
}

/**
 * The first moment from `ms` on that is on a working day and outside quiet hours, both by the calendar's zone.
 * @param quiet may go over midnight; nothing is quiet when it ends where it starts
 */
export function nextWorkingMoment(ms: number, calendar: Calendar, quiet: Hours): number {
  for (let moment = ms; ; ) {
    const here = zoned(moment, calendar.zone);
    if (!isWorked(here.toPlainDate(), calendar)) {
      moment = here.add({ days: 1 }).startOfDay().epochMilliseconds;
    } else if (isQuiet(here, quiet)) {
      moment = endOfQuiet(here, quiet);
    } else {
      return moment;
    }
  }
}

/** The first moment from `now` on within working hours: nobody is written to before or after work. */
export function workingMoment(now: number, calendar: Calendar): number {
  return nextWorkingMoment(now, calendar, { from: calendar.hours.to, to: calendar.hours.from });
}

function addBusinessMs(from: number, ms: number, calendar: Calendar): number {
  if (!(ms >= 0)) throw new RangeError('Business time is only added forward.');
  let left = ms;
  for (let day = zoned(from, calendar.zone).toPlainDate(); ; day = day.add({ days: 1 })) {
    if (!isWorked(day, calendar)) continue;
    const { open, close } = windowOf(day, calendar);
    const start = Math.max(open, from);
    // The close itself belongs to the time before it: a day counted from the opening ends with the close.
    if (start >= close) continue;
    if (start + left <= close) return start + left;
    left -= close - start;
  }
}

/** Opening and close of a day as moments. Daylight saving changes the night, so offices' days keep their length. */
function windowOf(day: Temporal.PlainDate, calendar: Calendar): { readonly open: number; readonly close: number } {
  return {
    open: momentOf(day, calendar.hours.from, calendar.zone),
    close: momentOf(day, calendar.hours.to, calendar.zone),
  };
}

function momentOf(day: Temporal.PlainDate, time: string, zone: string): number {
  return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

function dayLength(calendar: Calendar): number {
  return Temporal.PlainTime.from(calendar.hours.to).since(calendar.hours.from).total('milliseconds');
}

function isQuiet(here: Temporal.ZonedDateTime, quiet: Hours): boolean {
  const time = here.toPlainTime().toString({ smallestUnit: 'minute' });
  if (quiet.from <= quiet.to) return quiet.from <= time && time < quiet.to;
  return time >= quiet.from || time < quiet.to;
}

function endOfQuiet(here: Temporal.ZonedDateTime, quiet: Hours): number {
  const today = here.toPlainDate();
  const isOver = here.toPlainTime().toString({ smallestUnit: 'minute' }) >= quiet.to;
  const end = (isOver ? today.add({ days: 1 }) : today).toPlainDateTime(quiet.to);
  const first = end.toZonedDateTime(here.timeZoneId).epochMilliseconds;
  // In the hour that a night of autumn has twice, the first such moment may already be over.
  if (first > here.epochMilliseconds) return first;
  return end.toZonedDateTime(here.timeZoneId, { disambiguation: 'later' }).epochMilliseconds;
}

function zoned(ms: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
}
