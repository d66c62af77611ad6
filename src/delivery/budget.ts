import { z } from 'zod';
import { Conflict } from '../core/errors.ts';
import {
  type AnyJob,
  type Collection,
  type Group,
  type Op,
  type Place,
  put,
  remove,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { createLine, type Line, type Standing } from './line.ts';

/** How far the calls of one kind, or the messages to one channel, are spent. */
const Pace = z.strictObject({
  /** The first moment that nobody has reserved (ms). */
  next: z.number(),
  /** Slack asked for silence until then (ms). */
  pausedUntil: z.number(),
});
type Pace = z.infer<typeof Pace>;

// A day after the last use a pace says nothing any more.
const keepMs = 24 * 60 * 60_000;

export const paces: Collection<Pace> = {
  name: 'pace',
  schema: Pace,
  shape: 1,
  index: () => [],
  due: (doc) => Math.max(doc.next, doc.pausedUntil) + keepMs,
  retain: { days: 1, end: 'delete' },
};

/** Forgets the channels that nobody has written to for a day. */
export const forgetPaces: AnyJob = {
  collection: paces,
  run: async (doc) => ({ ops: [remove(paces, doc)], say: [] }),
};

/**
 * Calls in any sliding minute, by kind; up to `burst` of them without a gap. Slack takes "several hundred" posts a
 * minute per workspace and about 50 updates and reads of history (Tier 3); looking is shared between the two lanes.
 */
export const budgets = {
  post: { perMinute: 200, burst: 8 },
  update: { perMinute: 45, burst: 10 },
  find: { perMinute: 35, burst: 5 },
  'answers.post': { perMinute: 100, burst: 40 },
  'answers.find': { perMinute: 10, burst: 3 },
} as const satisfies Record<string, { readonly perMinute: number; readonly burst: number }>;
export type Bucket = keyof typeof budgets;

/** Slack takes one message a second in a channel; a tenth more, for clocks and networks. */
export const channelGapMs = 1_100;

/** Kept in the store and shared by all replicas. */
export interface Budget {
  /** Waits until a call may be made at once. @returns false when its `signal` aborted first */
  take(bucket: Bucket, standing: Standing): Promise<boolean>;
  /** Slack asked for silence: nobody calls before `ms` have passed. */
  pause(bucket: Bucket, ms: number): Promise<void>;
  /**
   * When a message to this channel may be sent (ms), and the operation that takes the moment `now`, for the caller's
   * own commit. Undefined for people: a broadcast would write one document for each, and a lane keeps its own distance.
   */
  channel(place: Place | Group): Promise<{ readonly freeAt: number; take(now: number): Op } | undefined>;
}

export function createBudget({ store, clock }: { readonly store: Store; readonly clock: Clock }): Budget {
  const lines = new Map<Bucket, Line>();

  function lineOf(bucket: Bucket): Line {
    const found = lines.get(bucket);
    if (found) return found;
    const line = createLine({
      clock,
      gapMs: gapOf(bucket),
      earlyMs: budgets[bucket].burst * gapOf(bucket),
      reserve: (count) => reserve(bucket, count),
      // Read again each time: a pause may be news from another replica.
      pausedUntil: async () => (await store.get(paces, bucket))?.pausedUntil ?? 0,
    });
    lines.set(bucket, line);
    return line;
  }

  /** The moments of `count` calls, the first one first. */
  async function reserve(bucket: Bucket, count: number): Promise<readonly number[]> {
    const gap = gapOf(bucket);
    const { next } = await change(bucket, (pace) => {
      const first = Math.max(pace.next, pace.pausedUntil, clock.now());
      return { next: first + count * gap, pausedUntil: pace.pausedUntil };
    });
    return Array.from({ length: count }, (_, index) => next - (count - index) * gap);
  }

  /** Every conflict means that another replica got on, so this ends. */
  async function change(bucket: Bucket, to: (pace: Pace) => Pace): Promise<Pace> {
    for (;;) {
      const doc = await store.get(paces, bucket);
      const pace = to({ next: doc?.next ?? 0, pausedUntil: doc?.pausedUntil ?? 0 });
      try {
        await store.commit([put(paces, bucket, pace, doc?.version ?? 0)]);
        return pace;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }
  }

  return {
    take: (bucket, standing) => lineOf(bucket).take(standing),

    async pause(bucket, ms) {
      const until = clock.now() + ms;
      await change(bucket, (pace) => ({ ...pace, pausedUntil: Math.max(pace.pausedUntil, until) }));
    },

    async channel(place) {
      if (!('channel' in place)) return undefined;
      const id = `channel/${place.channel}`;
      const doc = await store.get(paces, id);
      return {
        freeAt: doc?.next ?? 0,
        take: (now) => put(paces, id, { next: now + channelGapMs, pausedUntil: 0 }, doc?.version ?? 0),
      };
    },
  };
}

/**
 * The distance between moments that keeps any window of a minute within the budget: a slot is used within
 * [at - burst * gap, at + gap), so a minute holds at most 60 s / gap + burst + 1 calls.
 */
function gapOf(bucket: Bucket): number {
  const { perMinute, burst } = budgets[bucket];
  return Math.ceil(60_000 / (perMinute - burst - 1));
}

/** Calls a minute that a mailing gets while nobody else wants any. */
export const mailingPace = {
  post: 60_000 / gapOf('post'),
  update: 60_000 / gapOf('update'),
};
