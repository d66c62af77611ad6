import { dateAfter } from '../core/business-time.ts';
import type { TrackRecord } from './learner.ts';
import { type Module, modulesFor, type Track } from './track.ts';

/**
 * Where somebody stands in a track on a day. `free`: it is neither assigned nor completed. `off`: they said it is not for them.
 * `asked`: they asked to be excused. `renew`: it counts, and its end is near. `expired`: it counted until `until`.
 */
export type Standing =
  | { readonly is: 'free' | 'off' }
  | { readonly is: 'asked' }
  | { readonly is: 'exempt'; readonly until?: string }
  | { readonly is: 'current'; readonly until?: string }
  | { readonly is: 'renew'; readonly until: string }
  | { readonly is: 'expired'; readonly until: string }
  | { readonly is: 'due'; readonly due?: string }
  | { readonly is: 'overdue'; readonly due: string };

/** @param today ISO date, by the person's clock */
export function standingOf(record: TrackRecord, track: Track, today: string): Standing {
  const { exempt, completed, assigned } = record;
  if (exempt && (exempt.until === undefined || today <= exempt.until)) {
    return { is: 'exempt', ...(exempt.until ? { until: exempt.until } : {}) };
  }
  const counts = completed && !isStartedOver(track, completed.on, today) ? completed : undefined;
  if (counts && (counts.until === undefined || today <= counts.until)) return inForce(counts.until, track, today);
  if (record.asked) return { is: 'asked' };
  if (counts?.until) return { is: 'expired', until: counts.until };
  if (assigned) return assignedStanding(assigned.due, today);
  return { is: record.off ? 'off' : 'free' };
}

function inForce(until: string | undefined, track: Track, today: string): Standing {
  if (until === undefined) return { is: 'current' };
  return today >= renewableFrom(track, until) ? { is: 'renew', until } : { is: 'current', until };
}

function assignedStanding(due: string | undefined, today: string): Standing {
  if (due === undefined) return { is: 'due' };
  return due < today ? { is: 'overdue', due } : { is: 'due', due };
}

/** Whether the track asked everybody to start over after this completion. */
export function isStartedOver({ startOver }: Track, on: string, today: string): boolean {
  return startOver !== undefined && startOver <= today && on < startOver;
}

// Thousands of people share a few hundred days, and counting one costs more than everything else here.
const renewable = new WeakMap<Track, Map<string, string>>();

/** The first day on which what ends on `until` may be renewed. */
export function renewableFrom(track: Track, until: string): string {
  const known = renewable.get(track) ?? new Map<string, string>();
  renewable.set(track, known);
  const from = known.get(until) ?? dateAfter(until, `-${track.renewal.before}`);
  known.set(until, from);
  return from;
}

/** Whether quick approvals may rest on it: an exemption is a decision that it is not needed. */
export function isGood({ is }: Standing): boolean {
  return is === 'current' || is === 'renew' || is === 'exempt';
}

/** Whether the person has something to do. */
export function isOpen({ is }: Standing): boolean {
  return is === 'due' || is === 'overdue' || is === 'renew' || is === 'expired';
}

/** Late: the last day is over, whether it was never done or has run out. */
export function isLate({ is }: Standing): boolean {
  return is === 'overdue' || is === 'expired';
}

/** Whether what is to be done renews what was done before. */
export function isRenewal({ completed }: TrackRecord, track: Track, today: string): boolean {
  return completed !== undefined && !isStartedOver(track, completed.on, today);
}

/** The modules that are still to be done in this round. */
export function modulesLeft(record: TrackRecord, track: Track, today: string): readonly Module[] {
  return modulesFor(track, isRenewal(record, track, today)).filter(({ id }) => !Object.hasOwn(record.done, id));
}
