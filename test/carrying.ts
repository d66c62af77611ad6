import type { People, Store } from '../src/core/ports.ts';
import type { MovableClock } from '../src/core/time.ts';
import { createOutbox } from '../src/delivery/outbox.ts';
import { createSender } from '../src/delivery/sender.ts';
import type { Effect, Feature } from '../src/feature.ts';
import type { FakeSlack } from './delivery/fake-slack.ts';
import { pass, type RecordedLog } from './delivery/world.ts';

/** What the gate and the loops do with what a feature wants, one thing at a time. */
export interface Carrying {
  /** Commits what came of a handler or a step, and what is to be said with it. */
  carryOut(effect: Pick<Effect, 'ops' | 'say'>): Promise<void>;
  /** Takes every step that is due. */
  step(): Promise<void>;
  /** Brings to Slack what waits. @param rounds of a second and a half: a channel takes a message a second */
  deliver(rounds: number): Promise<void>;
}

export function carryingFor(
  feature: Pick<Feature, 'jobs' | 'cards'>,
  world: {
    readonly store: Store;
    readonly clock: MovableClock;
    readonly log: RecordedLog;
    readonly people: People;
    readonly slack: FakeSlack;
  },
): Carrying {
  const { store, clock, log, people, slack } = world;
  const outbox = createOutbox(store, clock);

  async function carryOut({ ops = [], say = [] }: Pick<Effect, 'ops' | 'say'>): Promise<void> {
    const all = [...ops, ...(await outbox.ops(say))];
    if (all.length > 0) await store.commit(all);
  }

  return {
    carryOut,
    async step() {
      for (const job of feature.jobs) {
        for (const doc of await store.due(job.collection, { now: clock.now(), limit: 100 })) {
          await carryOut(await job.run(doc, clock.now()));
        }
      }
    },
    async deliver(rounds) {
      const { messenger } = slack;
      const { cards } = feature;
      const sender = createSender({
        store,
        messenger,
        clock,
        log,
        cards,
        mailings: {},
        people,
        locale: 'en',
        owner: 'test',
      });
      sender.start();
      for (let round = 0; round < rounds; round += 1) await pass(clock, 1_500);
      await sender.drain(1_000);
    },
  };
}
