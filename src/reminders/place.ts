import {
  type Calendar,
  calendarOf,
  dateAt,
  isWorkingDay,
  momentOn,
  mondayOf,
  nextWorkingMoment,
} from '../core/business-time.ts';
import type { Hours, Office, Organization } from '../core/organization.ts';
import type { Person } from '../core/ports.ts';

/** Where and when somebody works, as far as reminding them goes. */
export interface Place {
  /** The holidays and hours of the office, on the clock of the person. */
  readonly calendar: Calendar;
  readonly quiet: Hours;
  /** How long after the opening this person is reminded: the same every day, different for each, so that an office is not told all at once. */
  readonly spreadMs: number;
}

// Within the first hour a day is still being planned; twelve thousand people at 200 posts a minute take one.
const spreadMinutes = 60;
const minuteMs = 60_000;

// Whole organizations share a few calendars, and spelling out the holidays of one is the costly part.
const calendars = new WeakMap<Organization, Map<string, Calendar>>();

/**
 * The place of a person: the holidays of their office, or of the organization's first one where it is not known, by their own
 * clock. A clock that Slack does not know counts as that of the office.
 */
export function placeOf(person: Person, organization: Organization): Place {
  const office = officeOf(person, organization);
  return {
    calendar: calendarIn(office, zoneOf(person, office), organization),
    quiet: office.quiet,
    spreadMs: (hashOf(person.id) % spreadMinutes) * minuteMs,
  };
}

function officeOf({ office }: Person, { offices }: Organization): Office {
  const found = offices.find(({ id }) => id === office) ?? offices[0];
  if (!found) throw new Error('an organization has at least one office');
  return found;
}

/** The directory writes UTC for whoever has no clock; who really lives by it belongs to an office that does, too. */
function zoneOf({ zone }: Person, office: Office): string {
  return zone === 'UTC' ? office.zone : zone;
}

function calendarIn(office: Office, zone: string, organization: Organization): Calendar {
  const known = calendars.get(organization) ?? new Map<string, Calendar>();
  calendars.set(organization, known);
  const key = `${office.id} ${zone}`;
  const calendar = known.get(key) ?? { ...calendarOf(office), zone };
  known.set(key, calendar);
  return calendar;
}

/** FNV-1a: the same in every process. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Whether this person may be written to unasked at this moment: on a working day, within the hours, outside quiet ones. */
export function isFit(ms: number, place: Place): boolean {
  const { calendar } = place;
  const closed: Hours = { from: calendar.hours.to, to: calendar.hours.from };
  if (nextWorkingMoment(ms, calendar, closed) !== ms) return false;
  return !quietEnds(dateAt(ms, calendar.zone), place) || nextWorkingMoment(ms, calendar, place.quiet) === ms;
}

/** Whether quiet hours leave anything of this day. Where they contradict the working hours, the working hours count. */
function quietEnds(date: string, { calendar, quiet }: Place): boolean {
  const opening = momentOn(date, calendar.hours.from, calendar.zone);
  return nextWorkingMoment(opening, calendar, quiet) < momentOn(date, calendar.hours.to, calendar.zone);
}

/** How a working day begins. */
interface Morning {
  /** The first moment at which somebody may be written to. */
  readonly first: number;
  /** Whether the whole spread lies within the hours as well. */
  readonly isRoomy: boolean;
}

const mornings = new WeakMap<Calendar, Map<string, Morning>>();

/** The moment at which somebody is reminded on a working day. @param date ISO date of a working day */
export function slotOn(date: string, place: Place): number {
  const known = mornings.get(place.calendar) ?? new Map<string, Morning>();
  mornings.set(place.calendar, known);
  const key = `${date} ${place.quiet.from} ${place.quiet.to}`;
  const morning = known.get(key) ?? morningOf(date, place);
  known.set(key, morning);
  return morning.isRoomy ? morning.first + place.spreadMs : morning.first;
}

function morningOf(date: string, place: Place): Morning {
  const { calendar, quiet } = place;
  const opening = momentOn(date, calendar.hours.from, calendar.zone);
  const first = quietEnds(date, place) ? nextWorkingMoment(opening, calendar, quiet) : opening;
  return { first, isRoomy: isFit(first + spreadMinutes * minuteMs, place) };
}

const dayMs = 24 * 60 * minuteMs;

/** The date so many days later. Days without a clock are all as long: no need for a calendar, and this is done a hundred times a look. */
export function daysAfter(date: string, count: number): string {
  return new Date(Date.parse(date) + count * dayMs).toISOString().slice(0, 10);
}

const working = new WeakMap<Calendar, Map<string, boolean>>();

function isWorked(date: string, { calendar }: Place): boolean {
  const known = working.get(calendar) ?? new Map<string, boolean>();
  working.set(calendar, known);
  const is = known.get(date) ?? isWorkingDay(date, calendar);
  known.set(date, is);
  return is;
}

/** The first working day from a date on. @param date ISO date */
export function workingFrom(date: string, place: Place): string {
  let day = date;
  while (!isWorked(day, place)) day = daysAfter(day, 1);
  return day;
}

/** The working day that lies so many of them after a date. */
export function workingAfter(date: string, count: number, place: Place): string {
  let day = date;
  for (let left = count; left > 0; left -= 1) day = workingFrom(daysAfter(day, 1), place);
  return day;
}

/** The last working day before a date. */
export function workingBefore(date: string, place: Place): string {
  let day = daysAfter(date, -1);
  while (!isWorked(day, place)) day = daysAfter(day, -1);
  return day;
}

/** The first day from a date on that is the first working day of its week, Monday to Sunday. */
export function weekFrom(date: string, place: Place): string {
  const monday = mondayOf(date);
  const thisWeek = workingFrom(monday, place);
  return thisWeek >= date ? thisWeek : workingFrom(daysAfter(monday, 7), place);
}

/** The first day whose slot lies at `ms` or after it. */
export function dayFrom(ms: number, place: Place): string {
  const today = workingFrom(dateAt(ms, place.calendar.zone), place);
  return slotOn(today, place) >= ms ? today : workingAfter(today, 1, place);
}
