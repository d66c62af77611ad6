import type { Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Guiding, Waiting } from './matching.ts';
import { members } from './member.ts';

/** Everybody who waits, and everybody who guides. */
export interface Crowd {
  readonly waiting: readonly Waiting[];
  readonly guiding: readonly Guiding[];
}

// What changes without a member changing: offices, roles, clocks. Who waits reads days.
const longestMs = 60_000;

/**
 * Keeps what was read for those who only look at it: a program of two thousand takes a tenth of a second to read, and everybody who
 * waits opens Home. Read again after any change of a member, and each minute.
 */
export function keepCrowd(
  store: Pick<Store, 'changed'>,
  clock: Pick<Clock, 'now'>,
  read: () => Promise<Crowd>,
): () => Promise<Crowd> {
  let kept: { readonly crowd: Promise<Crowd>; readonly until: number } | undefined;
  store.changed([members.name], () => {
    kept = undefined;
  });
  return () => {
    const now = clock.now();
    if (kept && now < kept.until) return kept.crowd;
    const crowd = read();
    const own = { crowd, until: now + longestMs };
    kept = own;
    crowd.catch(() => {
      if (kept === own) kept = undefined;
    });
    return crowd;
  };
}
