import type { Clock } from '../core/time.ts';

// Six seconds of posts: few commits for many notices, and little lost when a process stops.
const largestSlice = 20;
// Less than the burst of what is urgent, which in another replica comes after what is reserved here.
const patientSlice = 5;

/** How a call stands in line. */
export interface Standing {
  /** How many calls of this kind stand in line here: so many moments are reserved in one commit. */
  readonly ahead: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Lets everybody else go first, and leaves the burst to them: a mailing to thousands delays nobody. */
  readonly patient?: true;
}

/** Those who wait for calls of one kind, in this process. */
export interface Line {
  /** @returns false when the signal aborted first @throws what reserving throws */
  take(standing: Standing): Promise<boolean>;
}

interface Waiting {
  readonly ahead: number;
  go(taken: boolean): void;
  fail(error: unknown): void;
}

/**
 * Whoever may go first does so at the first moment that is reserved: not before it, or by `earlyMs` earlier for whoever is in a
 * hurry, and not `gapMs` after it or later, lest late calls pile up.
 * @param deps.reserve moments (ms) for so many calls, `gapMs` apart
 * @param deps.pausedUntil until when nobody calls (ms)
 */
export function createLine(deps: {
  readonly clock: Clock;
  readonly gapMs: number;
  readonly earlyMs: number;
  reserve(count: number): Promise<readonly number[]>;
  pausedUntil(): Promise<number>;
}): Line {
  const { clock, gapMs, earlyMs, reserve, pausedUntil } = deps;
  const urgent = new Set<Waiting>();
  const patient = new Set<Waiting>();
  let moments: number[] = [];
  let bell = new AbortController();
  let isServing = false;

  async function serve(): Promise<void> {
    isServing = true;
    try {
      for (let first = firstInLine(); first; first = firstInLine()) await serveOne(first);
    } catch (error) {
      for (const waiting of [...urgent, ...patient]) waiting.fail(error);
    } finally {
      isServing = false;
    }
  }

  function firstInLine(): Waiting | undefined {
    const [first] = urgent.size > 0 ? urgent : patient;
    return first;
  }

  async function serveOne(first: Waiting): Promise<void> {
    bell = new AbortController();
    const moment = await nextMoment(first);
    const from = Math.max(urgent.has(first) ? moment - earlyMs : moment, await pausedUntil());
    // While we read, somebody may have come who goes first, or this one may have left.
    if (firstInLine() !== first) return;
    const waitMs = from - clock.now();
    if (waitMs > 0) return clock.sleep(waitMs, bell.signal);
    moments.shift();
    first.go(true);
  }

  async function nextMoment({ ahead }: Waiting): Promise<number> {
    const now = clock.now();
    moments = moments.filter((moment) => now < moment + gapMs);
    if (moments.length === 0) {
      const most = urgent.size > 0 ? largestSlice : patientSlice;
      moments = [...(await reserve(Math.min(Math.max(ahead, 1), most)))];
    }
    return moments[0] ?? now;
  }

  return {
    take(standing) {
      const { ahead, signal } = standing;
      if (signal.aborted) return Promise.resolve(false);
      const line = standing.patient ? patient : urgent;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          line.delete(waiting);
          signal.removeEventListener('abort', onAbort);
          bell.abort();
        };
        const onAbort = (): void => waiting.go(false);
        const waiting: Waiting = {
          ahead,
          go(taken) {
            leave();
            resolve(taken);
          },
          fail(error) {
            leave();
            reject(error);
          },
        };
        signal.addEventListener('abort', onAbort);
        line.add(waiting);
        bell.abort();
        if (!isServing) void serve();
      });
    },
  };
}
