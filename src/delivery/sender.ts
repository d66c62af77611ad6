import type { AnyCollection } from '../core/ports.ts';
import { createBudget, paces } from './budget.ts';
import { calls } from './calls.ts';
import { type CourierDeps, createCourier, type Route } from './courier.ts';
import { answers, copies, mailings, notices } from './entry.ts';
import { createLane } from './lane.ts';
import { atMost } from './limit.ts';
import { sweeps } from './sweep.ts';

/** What delivery keeps. */
export const deliveryCollections: readonly AnyCollection[] = [answers, copies, notices, mailings, calls, paces, sweeps];

/** Brings to Slack what the outbox holds: each notice once, each copy up to date. */
export interface Sender {
  start(): void;
  /**
   * Finishes what is under way and takes nothing new; what is left is taken up at the next start.
   * @param deadlineMs how long to wait for calls that do not end
   */
  drain(deadlineMs: number): Promise<void>;
}

const unasked = { post: 'post', update: 'update', find: 'find' } as const;

// Four calls at once keep 200 a minute with answers of a second; answers come in bursts, and somebody waits for each. A
// mailing is worth its pace even when calls hang: eight keep it with one in ten hanging for the full 15 s.
const lanes: readonly { readonly route: Route; readonly width: number }[] = [
  {
    route: {
      collection: answers,
      lane: 'answers',
      buckets: { post: 'answers.post', update: 'update', find: 'answers.find' },
    },
    width: 16,
  },
  { route: { collection: copies, buckets: unasked }, width: 4 },
  { route: { collection: notices, buckets: unasked }, width: 4 },
  { route: { collection: mailings, buckets: unasked, patient: true }, width: 8 },
];

/**
 * Several may run on one store, in one process or many.
 * @param deps.owner names this process among those that share the store
 */
export function createSender(deps: Omit<CourierDeps, 'budget'> & { readonly owner: string }): Sender {
  const { store, clock, log, owner } = deps;
  const budget = createBudget({ store, clock });
  const running = lanes.map(({ route, width }) => {
    const courier = createCourier({ ...deps, budget }, route);
    return createLane({ store, clock, log, courier, collection: route.collection, width, owner });
  });

  return {
    start() {
      for (const lane of running) lane.start();
    },
    drain: (deadlineMs) => atMost(clock, deadlineMs, Promise.all(running.map((lane) => lane.stop()))),
  };
}
