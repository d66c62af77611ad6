import { addBusinessDays, dateAt, isWorkingDay, workingMoment } from '../core/business-time.ts';
import type { Doc, PersonId, Say } from '../core/ports.ts';
import { type ClockWorld, calendarFor } from './clocks.ts';
import type { Digest, Reminder } from './records.ts';

// What comes due at the same hour is gathered: requests that were asked together are late together.
const gatherMs = 10 * 60_000;
// No more than one such message a working day.
const restDays = 1;
// More lines than this are a list, and Home has the list.
const mostKept = 50;

/** Somebody's reminder with more requests in it; said after a while, so that others that come due can join. */
export function withMore(
  before: Reminder | undefined,
  ids: readonly string[],
  now: number,
  person: PersonId,
  world: ClockWorld,
): Reminder {
  const requests = [...new Set([...(before?.requests ?? []), ...ids])].slice(0, mostKept);
  if (before?.wakeAt) return { ...before, requests };
  const calendar = calendarFor([person], world);
  const rested = before?.saidAt ? addBusinessDays(before.saidAt, restDays, calendar) : 0;
  const wakeAt = workingMoment(Math.max(now + gatherMs, rested), calendar);
  return { requests, said: before?.said ?? [], saidAt: before?.saidAt ?? null, wakeAt };
}

/** Says what was gathered, in the working hours of whom it is for. */
export function stepReminder(
  doc: Doc<Reminder>,
  world: ClockWorld,
  now: number,
): { readonly value: Reminder; readonly say: readonly Say[] } {
  const person = doc.id as PersonId;
  const moment = workingMoment(now, calendarFor([person], world));
  if (moment > now) return { value: { ...doc, wakeAt: moment }, say: [] };
  const value = { requests: [], said: doc.requests, saidAt: now, wakeAt: null };
  if (doc.requests.length === 0) return { value: { ...value, said: doc.said, saidAt: doc.saidAt }, say: [] };
  const say: Say = {
    kind: 'notice',
    key: `req-reminder:${doc.id}:${now}`,
    card: 'request.reminder',
    id: doc.id,
    place: { person },
    lost: 'may',
  };
  return { value, say: [say] };
}

// ISO weekday of the digest: at the beginning of the week there is still time to do something about it.
const digestDay = 1;

/** When a lead reads the next digest after `now`: the opening of the first working day of a week. */
export function nextDigest(person: PersonId, now: number, world: ClockWorld): number {
  const calendar = calendarFor([person], world);
  const dayMs = 24 * 60 * 60_000;
  let moment = now + dayMs;
  while (weekdayOf(dateAt(moment, calendar.zone)) !== digestDay) moment += dayMs;
  while (!isWorkingDay(dateAt(moment, calendar.zone), calendar)) moment += dayMs;
  const date = dateAt(moment, calendar.zone);
  // Back to before the opening of that day, then forward to it.
  while (dateAt(moment, calendar.zone) === date) moment -= dayMs / 24;
  return workingMoment(moment + dayMs / 24, calendar);
}

/** Who reads the weekly digest. */
export const digestRole = 'ospo-lead';

/** The weekly digest of a lead: a card that is drawn when it is sent, so that it says what holds then. */
export function stepDigest(
  doc: Doc<Digest>,
  world: ClockWorld,
  now: number,
): { readonly value: Digest; readonly say: readonly Say[] } {
  const person = doc.id as PersonId;
  const leads = world.people.withRole(digestRole).some(({ id, active }) => id === person && active);
  if (!leads) return { value: { wakeAt: null }, say: [] };
  const date = dateAt(now, calendarFor([person], world).zone);
  const say: Say = {
    kind: 'notice',
    key: `req-digest:${doc.id}:${date}`,
    card: 'request.digest',
    id: `${doc.id}/${date}`,
    place: { person },
    lost: 'may',
  };
  return { value: { wakeAt: nextDigest(person, now, world) }, say: [say] };
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
