import { type Calendar, momentOn, nextWorkingMoment } from '../core/business-time.ts';
import type { Hours } from '../core/organization.ts';
import type { Timing } from './announcement.ts';

/** The zone where every wall clock shows a time first. */
const firstZone = 'Pacific/Kiritimati';

/** When an announcement begins to go out, ms: for a local time, when it is that late anywhere. */
export function startOf(timing: Timing | undefined, now: number): number {
  if (!timing) return now;
  return timing.kind === 'moment' ? timing.at : momentOn(timing.date, timing.time, firstZone);
}

/**
 * When one reader may get it, ms.
 * @param started when it began to go out
 * @param hours working days and quiet hours of the reader; undefined where nothing is quiet: an alert, a channel
 * @param zone the reader's, or that of the office for a channel
 */
export function readerStart(
  timing: Timing | undefined,
  started: number,
  zone: string,
  hours: { readonly calendar: Calendar; readonly quiet: Hours } | undefined,
): number {
  const wanted = timing?.kind === 'local' ? momentOn(timing.date, timing.time, zone) : started;
  // Who joined a zone where the time is over gets it now.
  const from = Math.max(started, wanted);
  return hours ? nextWorkingMoment(from, hours.calendar, hours.quiet) : from;
}
