import { type Op, put, type Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { requestCounter } from './records.ts';

export const requestCounterId = 'requests';
// A commit takes some milliseconds; one that has not come by then failed, and its number is still free.
const patienceMs = 500;

/** A number that becomes the caller's with the commit that carries `op`. */
export interface Numbered {
  readonly number: number;
  readonly op: Op;
}

/**
 * Gives out request numbers, without gaps. Two that are asked for at once would get the same one, and one of the commits
 * would fail: each waits until the number before it is committed, or was given up.
 */
export function createNumbers(store: Store, clock: Clock): { next(): Promise<Numbered> } {
  let before: Promise<void> = Promise.resolve();

  async function read(): Promise<Numbered> {
    const counter = await store.get(requestCounter, requestCounterId);
    const number = (counter?.last ?? 0) + 1;
    return { number, op: put(requestCounter, requestCounterId, { last: number }, counter?.version ?? 0) };
  }

  /** Resolves when the counter has changed, or patience is over. */
  function committed(): Promise<void> {
    const done = new AbortController();
    const stop = store.changed([requestCounter.name], () => done.abort());
    return clock.sleep(patienceMs, done.signal).finally(stop);
  }

  return {
    next() {
      const given = before.then(read);
      before = given.then(committed).catch(() => undefined);
      return given;
    },
  };
}
