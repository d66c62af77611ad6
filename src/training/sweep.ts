import { z } from 'zod';
import { dateAfter, dateAt } from '../core/business-time.ts';
import type { Collection } from '../core/ports.ts';

/** The walk through everybody by which rules are followed: after a change of people or tracks, and every night for the dates. */
export const Sweep = z.strictObject({
  /**
   * When the first walk was over, ms: whoever is new from then on has joined. Until then everybody was here already, since nobody
   * joins by the bot being installed.
   */
  settledAt: z.number().exactOptional(),
  /** The last person of the walk under way. */
  cursor: z.string().exactOptional(),
  /** Something changed behind the cursor: walk again. */
  again: z.boolean(),
  wakeAt: z.number(),
});
export type Sweep = z.infer<typeof Sweep>;

export const sweeps: Collection<Sweep> = {
  name: 'training_sweep',
  schema: Sweep,
  shape: 1,
  index: () => [],
  due: ({ wakeAt }) => wakeAt,
};

/** There is one. */
export const sweepId = 'all';

/** Something changed: a walk begins now, or after the one under way. */
export function sweepSoon(before: Sweep | undefined, now: number): Sweep {
  if (!before) return { again: false, wakeAt: now };
  return { ...before, again: before.cursor !== undefined, wakeAt: Math.min(before.wakeAt, now) };
}

/**
 * The walk after a stretch of it.
 * @param last the last person of the stretch; undefined when nobody was left
 * @param sawAnybody false while the directory is empty: that is no first walk
 */
export function sweptTo(before: Sweep, last: string | undefined, sawAnybody: boolean, now: number): Sweep {
  if (last !== undefined) return { ...before, cursor: last, wakeAt: now };
  const { cursor: _, ...rest } = before;
  const settled = sawAnybody && before.settledAt === undefined ? { settledAt: now } : {};
  return { ...rest, ...settled, again: false, wakeAt: before.again ? now : nextNight(now) };
}

// Midnight has passed nearly everywhere by noon UTC, and dates of training are days.
const hour = 'T12:00:00Z';

function nextNight(now: number): number {
  const today = dateAt(now, 'UTC');
  const noon = Date.parse(`${today}${hour}`);
  return noon > now ? noon : Date.parse(`${dateAfter(today, 'P1D')}${hour}`);
}
