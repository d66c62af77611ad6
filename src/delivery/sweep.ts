import { z } from 'zod';
import { insertOnce } from '../core/attempts.ts';
import { type AnyJob, type Collection, type Op, put, remove, type Store } from '../core/ports.ts';
import { calls } from './calls.ts';
import { answers, copies, type Entry, mailings, notices } from './entry.ts';

/** When entries that are over are looked for again (ms). */
const Sweep = z.strictObject({ nextAt: z.number() });
type Sweep = z.infer<typeof Sweep>;

export const sweeps: Collection<Sweep> = {
  name: 'sweep',
  schema: Sweep,
  shape: 1,
  index: () => [],
  due: ({ nextAt }) => nextAt,
};

const only = 'delivery';
const dayMs = 24 * 60 * 60_000;
// A commit takes a thousand operations and blocks the loop for about 15 ms with them.
const together = 500;
const pauseMs = 1_000;

// What is over. An entry that the operator was to decide on, and did not, is over as well.
const ended = ['done', 'failed', 'unknown'] as const satisfies readonly Entry['state'][];

/** Puts the first sweep on the calendar, where there is none. */
export function beginSweeping(store: Store, now: number): Promise<void> {
  return insertOnce(store, sweeps, only, { nextAt: now });
}

/** Removes entries whose message was said, or given up, longer ago than their collection keeps them. */
export function sweepDelivered(store: Store): AnyJob {
  return {
    collection: sweeps,
    async run({ id, version }, now) {
      const ops = await removals(store, now);
      const nextAt = now + (ops.length < together ? dayMs : pauseMs);
      return { ops: [put(sweeps, id, { nextAt }, version), ...ops], say: [] };
    },
  };
}

const swept: readonly Collection<unknown>[] = [answers, copies, notices, mailings, calls];

async function removals(store: Store, now: number): Promise<readonly Op[]> {
  const ops: Op[] = [];
  for (const collection of swept) {
    const to = now - (collection.retain?.days ?? 0) * dayMs;
    for (const state of ended) {
      const limit = together - ops.length;
      if (limit <= 0) return ops;
      const { docs } = await store.list(collection, { key: `state:${state}`, to, order: 'asc', limit });
      ops.push(...docs.map((doc) => remove(collection, doc)));
    }
  }
  return ops;
}
