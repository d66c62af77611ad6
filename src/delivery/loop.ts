import { randomId } from '../core/ids.ts';
import type { Log } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';

// What makes a whole turn throw is the store; it is asked again before anybody waits long.
const afterThrowMs = 5_000;

/** Turns, with sleep between them that a ring ends. */
export interface Loop {
  start(): void;
  /** Wakes it, or makes it turn once more when it is awake: nothing that rings is missed. */
  ring(): void;
  /** Resolves when the turn under way is over. */
  stop(): Promise<void>;
}

/** @param turn does what can be done now and returns for how long nothing else will be, in ms */
export function createLoop(deps: {
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  turn(): Promise<number>;
}): Loop {
  const { name, clock, log } = deps;
  let bell = new AbortController();
  let stopped = false;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopped) {
      bell = new AbortController();
      const { signal } = bell;
      const waitMs = await turn();
      if (waitMs > 0) await clock.sleep(waitMs, signal);
    }
  }

  async function turn(): Promise<number> {
    try {
      return await deps.turn();
    } catch (error) {
      log.error({ loop: name, reference: randomId(6), err: error }, 'a loop stumbled and goes on');
      return afterThrowMs;
    }
  }

  return {
    start() {
      running ??= run();
    },
    ring() {
      bell.abort();
    },
    async stop() {
      stopped = true;
      bell.abort();
      await running;
    },
  };
}
