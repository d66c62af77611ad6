import { Conflict } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import type { AnyJob, Doc, Log, Op, Outbox, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { within } from './limit.ts';
import { createLoop, type Loop } from './loop.ts';

/** A document whose step failed: left alone until `until` (ms), or until somebody changes it. */
interface Resting {
  readonly version: number;
  readonly failures: number;
  readonly until: number;
}

// A stop waits for one batch at most.
const batch = 50;
// A step reads a few documents; what takes longer hangs, and holds up the others of its job meanwhile.
const stepMs = 10_000;
const firstRestMs = 10_000;
const longestRestMs = 60 * 60_000;
// A conflict on another document than the one stepped is mended by stepping again; the third in a row is no accident.
const conflictsInARow = 3;

/** Steps what is due in the job's collection, oldest first, and sleeps until the next due time or change. */
export function createJobLoop(
  deps: {
    readonly store: Store;
    readonly outbox: Outbox;
    readonly clock: Clock;
    readonly log: Log;
  },
  job: AnyJob,
): Loop {
  const { store, outbox, clock, log } = deps;
  const { collection } = job;
  const resting = new Map<string, Resting>();

  async function turn(): Promise<number> {
    // What rests is still due and stands first: the page must reach beyond it.
    const limit = batch + resting.size;
    const due = await store.due(collection, { now: clock.now(), limit });
    if (due.length < limit) forgetAllBut(due);
    const awake = due.filter((doc) => !isResting(doc));
    for (const doc of awake) await step(doc);
    return awake.length > 0 ? 0 : (await nextAt()) - clock.now();
  }

  async function step(doc: Doc<unknown>): Promise<void> {
    try {
      const work = job.run(doc, clock.now());
      const { ops, say } = await within(
        clock,
        job.longestMs ?? stepMs,
        work,
        () => new Error('the step took too long'),
      );
      if (!movesOn(doc, ops)) {
        if (await isStale(doc)) return;
        throw new Error('the step neither moved nor cleared the due time');
      }
      await store.commit([...ops, ...(await outbox.ops(say))]);
      resting.delete(doc.id);
    } catch (error) {
      rest(doc, error);
    }
  }

  /** Strictly later, cleared or removed; anything else would be due again at once, for ever. */
  function movesOn(doc: Doc<unknown>, ops: readonly Op[]): boolean {
    const own = ops.find((op) => op.in.name === collection.name && op.id === doc.id && !('check' in op));
    if (!own) return false;
    const after = 'put' in own ? (collection.due?.(own.put) ?? null) : null;
    return after === null || after > dueOf(doc);
  }

  async function isStale(doc: Doc<unknown>): Promise<boolean> {
    const found = await store.get(collection, doc.id);
    return found?.version !== doc.version;
  }

  function rest(doc: Doc<unknown>, error: unknown): void {
    // Another scheduler was quicker: the document is no longer the one that we read.
    if (error instanceof Conflict && error.collection === collection.name && error.id === doc.id) return;

    const before = resting.get(doc.id);
    const failures = before?.version === doc.version ? before.failures + 1 : 1;
    const atOnce = error instanceof Conflict && failures < conflictsInARow;
    const restMs = atOnce ? 0 : Math.min(firstRestMs * 2 ** (failures - 1), longestRestMs);
    resting.set(doc.id, { version: doc.version, failures, until: clock.now() + restMs });
    if (atOnce) return;
    const reference = randomId(6);
    log.error(
      { reference, collection: collection.name, id: doc.id, restMs, err: error },
      'a step failed and is put off',
    );
  }

  function isResting(doc: Doc<unknown>): boolean {
    const found = resting.get(doc.id);
    return found !== undefined && found.version === doc.version && found.until > clock.now();
  }

  function forgetAllBut(due: readonly Doc<unknown>[]): void {
    const ids = new Set(due.map(({ id }) => id));
    for (const id of resting.keys()) if (!ids.has(id)) resting.delete(id);
  }

  /** The next due time of a document that does not rest, or the end of a rest. */
  async function nextAt(): Promise<number> {
    const wakings = [...resting.values()].map(({ until }) => until).filter((until) => until > clock.now());
    const coming = await store.due(collection, { now: Number.MAX_SAFE_INTEGER, limit: resting.size + 1 });
    const next = coming.find((doc) => !isResting(doc));
    return Math.min(...wakings, next ? dueOf(next) : Number.POSITIVE_INFINITY);
  }

  function dueOf(doc: Doc<unknown>): number {
    return collection.due?.(doc) ?? Number.POSITIVE_INFINITY;
  }

  return createLoop({ name: `job ${collection.name}`, clock, log, turn });
}
