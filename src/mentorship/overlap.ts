import type { Hours } from '../core/organization.ts';

const dayMinutes = 24 * 60;

/** Minutes that clocks in a zone are ahead of UTC at a moment (ms); a zone that is none counts as UTC. */
export function offsetOf(zone: string, now: number): number {
  try {
    const named = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(now);
    const shown = named.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):(\d{2})/.exec(shown) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  } catch {
    return 0;
  }
}

/**
 * Hours of a day in which both are at work, when each works `hours` by their own clock.
 * @param one @param other minutes ahead of UTC
 */
export function sharedHours(one: number, other: number, hours: Hours): number {
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
  const length = to - from;
  const apart = Math.abs(one - other) % dayMinutes;
  // Around the globe the other way, the end of one day may meet the beginning of the next.
  const shared = Math.max(0, length - apart) + Math.max(0, length - (dayMinutes - apart));
  return Math.min(length, shared) / 60;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
