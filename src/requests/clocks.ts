import {
  addBusinessDays,
  addBusinessHours,
  businessMsBetween,
  type Calendar,
  calendarOf,
  dateAfter,
  dateAt,
  isWorkingDay,
} from '../core/business-time.ts';
import type { Organization } from '../core/organization.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { StageClock, StageRest } from './request.ts';
import type { Stage } from './type.ts';

// Late enough that most are decided by then, early enough that there is time left to decide.
const nudgeShare = 0.8;
// Business days after the promise at which those who are waited for hear of it again; then the weekly digest carries it.
const nudgesLate = [1, 2, 4];
// A paper that arrives on the day of a meeting is not read by it.
const daysBeforeMeeting = 1;
// Meetings that fall on a weekend each time are a slip of the pen: then the days of the stage count.
const mostMeetings = 20;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What clocks need of the organization. */
export interface ClockWorld {
  readonly people: People;
  readonly organization: Organization;
}

/**
 * The calendar by which people are given time: of the office most of them work in, so that one person elsewhere neither
 * hurries nor holds up the others.
 */
export function calendarFor(persons: readonly PersonId[], { people, organization }: ClockWorld): Calendar {
  const offices = persons.flatMap((id) => people.get(id)?.office ?? []);
  const counts = new Map<string, number>();
  for (const office of offices) counts.set(office, (counts.get(office) ?? 0) + 1);
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return calendarOfOffice(most, organization);
}

/** @param id of an office; the organization's first where it is not known */
export function calendarOfOffice(id: string | undefined, { offices }: Organization): Calendar {
  const office = offices.find((one) => one.id === id) ?? offices[0];
  if (!office) throw new Error('an organization has at least one office');
  return calendarOf(office);
}

/**
 * The promise of a stage that is asked at `now`, and when it is reminded of first.
 * @param persons who are asked; where all or one of each must agree, the slowest calendar counts
 */
export function openClock(stage: Stage, persons: readonly PersonId[], now: number, world: ClockWorld): StageClock {
  const calendar = calendarFor(persons, world);
  const meeting = meetingOf(stage, now, calendar, world.organization);
  if (meeting !== undefined) return { due: meeting, nudgeAt: nudgeBefore(now, meeting, calendar) };
  const calendars = waitsForAll(stage) ? persons.map((id) => calendarFor([id], world)) : [];
  const due = Math.max(...[calendar, ...calendars].map((one) => addBusinessDays(now, stage.days, one)));
  return { due, nudgeAt: nudgeBefore(now, due, calendar) };
}

function waitsForAll({ decide, vote }: Stage): boolean {
  return vote === undefined && decide !== 'any';
}

function nudgeBefore(now: number, due: number, calendar: Calendar): number {
  return addBusinessHours(now, (businessMsBetween(now, due, calendar) * nudgeShare) / hourMs, calendar);
}

/** The close of the day of the next meeting of those who are asked; undefined when none of them meets. */
function meetingOf(stage: Stage, now: number, calendar: Calendar, organization: Organization): number | undefined {
  const roles = 'roles' in stage.who ? stage.who.roles : [];
  const meetings = roles.flatMap((role) => organization.requests.meetings[role] ?? []);
  const earliest = dateAt(addBusinessDays(now, daysBeforeMeeting, calendar), calendar.zone);
  const dates = meetings.flatMap(({ first, everyDays }) => nextOf(first, everyDays, earliest, calendar) ?? []);
  const [date] = dates.toSorted();
  return date === undefined ? undefined : closeOf(date, calendar);
}

/** The first meeting on a working day from a date on: one that falls on a holiday is not held. */
function nextOf(first: string, everyDays: number, earliest: string, calendar: Calendar): string | undefined {
  const daysBetween = Math.round((Date.parse(earliest) - Date.parse(first)) / dayMs);
  let date = dateAfter(first, `P${Math.max(0, Math.ceil(daysBetween / everyDays)) * everyDays}D`);
  for (let tries = 0; tries < mostMeetings; tries += 1) {
    if (isWorkingDay(date, calendar)) return date;
    date = dateAfter(date, `P${everyDays}D`);
  }
  return undefined;
}

/** The end of work on a working day, ms: working time counted from its first moment. */
function closeOf(date: string, calendar: Calendar): number {
  const midnight = startOf(date, calendar);
  return addBusinessDays(midnight, 1, calendar);
}

/** The last hour before a date begins in the office's zone: too late to work, so the next working time is that date's. */
function startOf(date: string, calendar: Calendar): number {
  let moment = Date.parse(`${date}T00:00:00Z`) + 14 * hourMs;
  while (dateAt(moment, calendar.zone) >= date) moment -= hourMs;
  return moment;
}

/** Working time left when the clock stops at `now`; what is over is not less than nothing. */
export function pause(clock: StageClock, now: number, calendar: Calendar): StageRest {
  const left = (moment: number) => Math.max(0, businessMsBetween(now, moment, calendar));
  return { due: left(clock.due), ...(clock.nudgeAt === undefined ? {} : { nudge: left(clock.nudgeAt) }) };
}

/** The clock when it runs again from `now`. */
export function resume(rest: StageRest, now: number, calendar: Calendar): StageClock {
  const after = (ms: number) => addBusinessHours(now, ms / hourMs, calendar);
  return { due: after(rest.due), ...(rest.nudge === undefined ? {} : { nudgeAt: after(rest.nudge) }) };
}

/**
 * When those who are waited for hear of it again, after they heard of it at `now`: at the promise itself, where it is
 * escalated, then 1, 2 and 4 business days after it. Those that were missed fold into one.
 * @returns undefined when they have been reminded for the last time
 */
export function nextNudge(due: number, now: number, calendar: Calendar): number | undefined {
  return [due, ...nudgesLate.map((days) => addBusinessDays(due, days, calendar))].find((moment) => moment > now);
}

/** The end of an approval that holds for so many months, ms: the same day of the month, or its last. */
export function monthsAfter(now: number, months: number, zone: string): number {
  const date = dateAfter(dateAt(now, zone), `P${months}M`);
  return now + (Date.parse(date) - Date.parse(dateAt(now, zone)));
}
