import type { AnyJob, Log, Outbox, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { createJobLoop } from './job-loop.ts';
import { atMost } from './limit.ts';

/** Steps waiting documents when their time has come. */
export interface Scheduler {
  start(): void;
  /** Finishes the steps under way, at most `deadlineMs`; what is due then waits for the next start. */
  drain(deadlineMs: number): Promise<void>;
}

/**
 * One loop for each job, so that a slow one holds up no other. Several schedulers may run on one store: a step is
 * committed with the version that was read, so each is done once, by whoever is quicker.
 */
export function createScheduler(deps: {
  readonly store: Store;
  readonly jobs: readonly AnyJob[];
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
}): Scheduler {
  const { store, jobs, clock } = deps;
  const running = jobs.map((job) => {
    const loop = createJobLoop(deps, job);
    return { loop, unwatch: store.changed([job.collection.name], loop.ring) };
  });

  return {
    start() {
      for (const { loop } of running) loop.start();
    },
    drain(deadlineMs) {
      for (const { unwatch } of running) unwatch();
      return atMost(clock, deadlineMs, Promise.all(running.map(({ loop }) => loop.stop())));
    },
  };
}
