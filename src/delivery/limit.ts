import type { Clock } from '../core/time.ts';

/** `work`, or what `late` makes of it after `ms`. The work itself cannot be stopped and goes on unheard. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  const over = new AbortController();
  const limit = clock.sleep(ms, over.signal).then(() => {
    throw late();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    over.abort();
  }
}

/** Waits for `work`, but no longer than `ms`. */
export async function atMost(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([work, clock.sleep(ms, over.signal)]);
  } finally {
    over.abort();
  }
}
