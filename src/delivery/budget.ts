import { z } from 'zod';
import { Conflict } from '../core/errors.ts';
import { type AnyJob, type Collection, type Op, type Place, put, remove, type Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';

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
  post: { perMinute: 200, burst: 0 },
  update: { perMinute: 45, burst: 10 },
  find: { perMinute: 35, burst: 5 },
  'answers.post': { perMinute: 100, burst: 40 },
  'answers.find': { perMinute: 10, burst: 3 },
} as const satisfies Record<string, { readonly perMinute: number; readonly burst: number }>;
export type Bucket = keyof typeof budgets;

/** Slack takes one message a second in a channel; a tenth more, for clocks and networks. */
export const channelGapMs = 1_100;

// Six seconds of posts: few commits for a broadcast, and little lost when a process stops.
const largestSlice = 20;

/** A moment reserved for one call: not before `from`, and worthless from `until` on, lest late calls pile up. */
interface Slot {
  readonly from: number;
  readonly until: number;
}

/** Kept in the store and shared by all replicas. */
export interface Budget {
  /**
   * Waits until a call may be made at once.
   * @param ahead how many calls of this kind stand in line here: so many moments are reserved in one commit
   * @returns false when `signal` aborted first
   */
  take(bucket: Bucket, ahead: number, signal: AbortSignal): Promise<boolean>;
  /** Slack asked for silence: nobody calls before `ms` have passed. */
  pause(bucket: Bucket, ms: number): Promise<void>;
  /**
   * When a message to this channel may be sent (ms), and the operation that takes the moment `now`, for the caller's
   * own commit. Undefined for people: a broadcast would write one document for each, and a lane keeps its own distance.
   */
  channel(place: Place): Promise<{ readonly freeAt: number; take(now: number): Op } | undefined>;
}

export function createBudget({ store, clock }: { readonly store: Store; readonly clock: Clock }): Budget {
  const reserved = new Map<Bucket, Slot[]>();
  const lines = new Map<Bucket, Promise<unknown>>();

  /** One at a time and in order: who asks first gets the earliest moment. */
  function nextSlot(bucket: Bucket, ahead: number): Promise<Slot> {
    const before = lines.get(bucket) ?? Promise.resolve();
    const mine = before.then(() => slotOf(bucket, ahead));
    lines.set(
      bucket,
      mine.catch(() => undefined),
    );
    return mine;
  }

  async function slotOf(bucket: Bucket, ahead: number): Promise<Slot> {
    const [first, ...rest] = reserved.get(bucket) ?? [];
    if (first) {
      reserved.set(bucket, rest);
      return first;
    }
    const { one, more } = await reserve(bucket, Math.min(Math.max(ahead, 1), largestSlice));
    reserved.set(bucket, more);
    return one;
  }

  async function reserve(bucket: Bucket, count: number): Promise<{ readonly one: Slot; readonly more: Slot[] }> {
    const gap = gapOf(bucket);
    const early = budgets[bucket].burst * gap;
    const start = await change(bucket, ({ next, pausedUntil }) => {
      const first = Math.max(next, pausedUntil, clock.now());
      return { next: first + count * gap, pausedUntil };
    });
    const slot = (index: number): Slot => {
      const at = start.next - (count - index) * gap;
      return { from: at - early, until: at + gap };
    };
    return { one: slot(0), more: Array.from({ length: count - 1 }, (_, index) => slot(index + 1)) };
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

  /** Read again each time: a pause may be news from another replica. */
  async function silence(bucket: Bucket, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pausedUntil = (await store.get(paces, bucket))?.pausedUntil ?? 0;
      if (pausedUntil <= clock.now()) return;
      await sleepUntil(pausedUntil, signal);
    }
  }

  async function sleepUntil(at: number, signal: AbortSignal): Promise<void> {
    const ms = at - clock.now();
    if (ms > 0) await clock.sleep(ms, signal);
  }

  return {
    async take(bucket, ahead, signal) {
      while (!signal.aborted) {
        const slot = await nextSlot(bucket, ahead);
        await sleepUntil(slot.from, signal);
        await silence(bucket, signal);
        if (!signal.aborted && clock.now() < slot.until) return true;
      }
      return false;
    },

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
