/** The only source of time for everything that can be tested: the one place in the code that reads a clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The wall clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      // Node fires at once above 2^31-1 ms; whoever sleeps longer looks again anyway.
      const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
      signal?.addEventListener('abort', done);
    }),
};

/** A clock that tests and the playground move by hand, or that runs beside the wall clock with an offset. */
export interface MovableClock extends Clock {
  /** Moves forward by `ms`; everybody whose sleep ends by then wakes, in order. */
  advance(ms: number): Promise<void>;
}

/**
 * @param start milliseconds since 1970
 * @param running true: time also passes by itself (playground); false: it stands until `advance` (tests)
 */
export function movableClock(start: number, running = false): MovableClock {
  const born = systemClock.now();
  let offset = 0;
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  const now = () => start + offset + (running ? systemClock.now() - born : 0);

  return {
    now,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const ownTimer = new AbortController();
        const sleeper = {
          until: now() + ms,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            ownTimer.abort();
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake);
        if (running) void systemClock.sleep(ms, ownTimer.signal).then(sleeper.wake);
      });
    },
    async advance(ms) {
      const target = now() + ms;
      for (;;) {
        const next = [...sleepers].sort((a, b) => a.until - b.until)[0];
        if (!next || next.until > target) break;
        offset += Math.max(0, next.until - now());
        next.wake();
        // Let what was woken run, and perhaps sleep again, before the clock moves on.
        await new Promise((resolve) => setImmediate(resolve));
      }
      offset += Math.max(0, target - now());
    },
  };
}
