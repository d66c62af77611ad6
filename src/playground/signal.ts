import { systemClock } from '../core/time.ts';

/** Wakes everybody who waits for something to change. */
export interface Signal {
  changed(): void;
  /** Calls `wake` on every change. Returns how to stop. */
  on(wake: () => void): () => void;
}

export function createSignal(): Signal {
  const sleepers = new Set<() => void>();
  return {
    changed() {
      for (const wake of [...sleepers]) wake();
    },
    on(wake) {
      sleepers.add(wake);
      return () => sleepers.delete(wake);
    },
  };
}

export interface Waiting {
  /** Real milliseconds; default 20,000, which a busy machine needs and only a failure waits for. */
  readonly withinMs?: number;
  /** What is waited for, for the error message. */
  readonly what?: string;
}

/**
 * Resolves with what `find` returns as soon as that is neither undefined, null nor false. Asked after every change, and
 * every 25 ms for conditions outside the workspace.
 * @throws Error after `withinMs` of real time, with `describe()` in its message
 */
export async function waitUntil<T>(
  signal: Signal,
  find: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { withinMs = 20_000, what = 'the condition' }: Waiting = {},
  describe: () => string = () => '',
): Promise<T> {
  const until = systemClock.now() + withinMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== null && found !== false) return found;
    if (systemClock.now() >= until) throw new Error(`${what}: nothing after ${withinMs} ms. ${describe()}`.trim());
    const nap = new AbortController();
    const off = signal.on(() => nap.abort());
    await systemClock.sleep(25, nap.signal);
    off();
  }
}
