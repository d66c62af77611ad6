import { everyDoc } from '../core/pages.ts';
import type { Log, PersonId, Store } from '../core/ports.ts';
import { type KnownLearner, learners } from './learner.ts';

/** Everybody's training in memory: approvals, Home and coverage ask without waiting. Follows the store, whoever writes. */
export interface Roll {
  /** Reads everything the first time; afterwards it follows by itself. */
  load(): Promise<void>;
  get(person: PersonId): KnownLearner | undefined;
  all(): Iterable<KnownLearner>;
}

// What another process wrote may carry a time a little before what we saw last.
const overlapMs = 5 * 60_000;

export function createRoll(store: Store, log: Log): Roll {
  const known = new Map<string, KnownLearner>();
  let latest = 0;
  let loading: Promise<void> | undefined;
  let following = Promise.resolve();

  function take(learner: KnownLearner): void {
    known.set(learner.id, learner);
    latest = Math.max(latest, learner.changed);
  }

  async function readAll(): Promise<void> {
    store.changed([learners.name], () => {
      following = following
        .then(readNews)
        .catch((err: unknown) => log.error({ err }, 'training could not be read anew'));
    });
    for await (const learner of store.scan(learners)) take(learner);
  }

  async function readNews(): Promise<void> {
    const query = { key: 'changed', from: latest - overlapMs, order: 'asc' } as const;
    for await (const learner of everyDoc(store, learners, query)) take(learner);
  }

  return {
    load() {
      loading ??= readAll();
      return loading;
    },
    get: (person) => known.get(person),
    all: () => known.values(),
  };
}
