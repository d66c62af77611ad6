import { setMaxListeners } from 'node:events';
import { Conflict } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import { type Collection, type Doc, type Group, type Log, type Place, put, type Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { channelGapMs } from './budget.ts';
import type { Courier } from './courier.ts';
import { type Entry, holdBack } from './entry.ts';
import { createLoop } from './loop.ts';
import { placeKey } from './outbox.ts';

/** A queue with its own pace: what stands in one never waits for what stands in another. */
export interface Lane {
  start(): void;
  /** Takes nothing new; resolves when the calls under way are over. */
  stop(): Promise<void>;
}

/** An entry that was claimed and waits for its turn here. */
interface Waiting {
  readonly id: string;
  /** Where it goes, when it may have to keep its distance from the message before. */
  readonly place: string | undefined;
  readonly notBefore: number;
}

// Wide enough that messages to one busy channel do not hold up those to others.
const mostWaiting = 200;
// Of those to one channel; the others are held back until their turn comes near, lest they fill the room of everybody.
const mostOfOnePlace = 20;
// How long a dead process keeps others from its queue. A slow one may lose part of it: versions still decide.
const claimMs = 30_000;
// What is due and not to be had is leased to another replica, which may have died.
const lookAgainMs = 1_000;

export function createLane(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly courier: Courier;
  readonly collection: Collection<Entry>;
  /** How many calls may be under way at once. */
  readonly width: number;
  readonly owner: string;
}): Lane {
  const { store, clock, log, courier, collection, width, owner } = deps;
  const waiting = new Map<string, Waiting>();
  const running = new Map<string, Promise<void>>();
  const freeAt = new Map<string, number>();
  /** When the next one to a place comes that is held back. */
  const heldUntil = new Map<string, number>();
  const stopping = new AbortController();
  // Every call under way may wait on it; Node warns from eleven on.
  setMaxListeners(width, stopping.signal);
  const loop = createLoop({ name: collection.name, clock, log, turn });
  const unwatch = store.changed([collection.name], loop.ring);

  async function turn(): Promise<number> {
    forgetFreePlaces();
    if (ready().length < width) await claim();
    for (const item of ready()) {
      if (running.size >= width) return Number.POSITIVE_INFINITY;
      // The one before may have gone to the same place.
      if (readyAt(item) <= clock.now()) begin(item);
    }
    return (await nextAt()) - clock.now();
  }

  async function claim(): Promise<void> {
    const limit = mostWaiting - waiting.size;
    if (limit <= 0) return;
    const claimed = await store.claim(collection, { now: clock.now(), limit, leaseMs: claimMs, owner });
    const surplus: { readonly doc: Doc<Entry>; readonly due: number }[] = [];
    for (const doc of claimed) {
      const place = doc.at ? undefined : conversationOf(doc.place);
      const due = place && doc.state === 'pending' ? heldBackUntil(doc.id, place) : undefined;
      if (due === undefined) waiting.set(doc.id, { id: doc.id, place, notBefore: 0 });
      else surplus.push({ doc, due });
    }
    if (surplus.length > 0) await holdBackAll(surplus);
  }

  /** When the turn of one more message to a place comes, where so many are waiting for theirs that it is far. */
  function heldBackUntil(id: string, place: string): number | undefined {
    const others = [...waiting.values()].filter((item) => item.place === place && item.id !== id).length;
    if (others < mostOfOnePlace) return undefined;
    const due = Math.max(heldUntil.get(place) ?? 0, clock.now() + others * channelGapMs);
    heldUntil.set(place, due + channelGapMs);
    return due;
  }

  async function holdBackAll(surplus: readonly { readonly doc: Doc<Entry>; readonly due: number }[]): Promise<void> {
    try {
      await store.commit(
        surplus.map(({ doc: { id, version, ...entry }, due }) => put(collection, id, holdBack(entry, due), version)),
      );
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // One of them moved: they are claimed again when their leases are over.
    }
  }

  function begin(item: Waiting): void {
    const { id, place } = item;
    waiting.delete(id);
    if (place) freeAt.set(place, Number.POSITIVE_INFINITY);
    const run = advance(item).then(() => {
      running.delete(id);
      if (place) freeAt.set(place, clock.now() + channelGapMs);
      loop.ring();
    });
    running.set(id, run);
  }

  async function advance(item: Waiting): Promise<void> {
    try {
      const again = await courier.advance(item.id, ready().length + 1, stopping.signal);
      if (again !== undefined) waiting.set(item.id, { ...item, notBefore: again });
    } catch (error) {
      const reference = randomId(6);
      log.error({ reference, collection: collection.name, id: item.id, err: error }, 'a message waits for its lease');
    }
  }

  function ready(): readonly Waiting[] {
    const now = clock.now();
    return [...waiting.values()].filter((item) => readyAt(item) <= now);
  }

  function readyAt({ id, place, notBefore }: Waiting): number {
    if (running.has(id)) return Number.POSITIVE_INFINITY;
    return Math.max(notBefore, (place && freeAt.get(place)) || 0);
  }

  async function nextAt(): Promise<number> {
    const here = Math.min(...[...waiting.values()].map(readyAt));
    const due = await store.nextDue(collection);
    if (due === undefined) return here;
    const now = clock.now();
    return Math.min(here, due > now ? due : now + lookAgainMs);
  }

  function forgetFreePlaces(): void {
    const now = clock.now();
    for (const places of [freeAt, heldUntil]) {
      for (const [place, at] of places) if (at <= now) places.delete(place);
    }
  }

  return {
    start: loop.start,
    async stop() {
      unwatch();
      stopping.abort();
      await loop.stop();
      await Promise.all(running.values());
    },
  };
}

/** Slack counts messages by conversation: threads share their channel's pace. */
function conversationOf(place: Place | Group): string {
  return placeKey('channel' in place ? { channel: place.channel } : place);
}
