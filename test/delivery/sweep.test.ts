import { describe, expect, it } from 'vitest';
import { type Collection, put } from '../../src/core/ports.ts';
import { copies, type Entry, mailings, notices } from '../../src/delivery/entry.ts';
import { createScheduler } from '../../src/delivery/scheduler.ts';
import { beginSweeping, sweepDelivered } from '../../src/delivery/sweep.ts';
import { createWorld, hour, pass, start, type World } from './world.ts';

const day = 24 * hour;

function entry(state: Entry['state'], due: number): Entry {
  return {
    ...{ card: 'plain', subject: 's', place: { channel: 'C1' }, lost: 'must', state, due, deliveryId: 'D' },
    ...{ wanted: 1, shown: 1, attempt: 0 },
  };
}

/** Lets so many days pass with the job running. */
async function sweepFor(world: World, days: number): Promise<void> {
  await beginSweeping(world.store, world.clock.now());
  const { store, outbox, clock, log } = world;
  const scheduler = createScheduler({ store, outbox, clock, log, jobs: [sweepDelivered(store)] });
  scheduler.start();
  for (let passed = 0; passed < days * day; passed += hour) await pass(clock, hour);
  await scheduler.drain(1_000);
}

describe('entries that are over', () => {
  it.each<[string, Collection<Entry>, number]>([
    ['a notice', notices, 30],
    ['one of a mailing', mailings, 7],
    ['a copy', copies, 400],
  ])('%s: kept as long as promised, then removed', async (_, collection, days) => {
    const world = createWorld();
    const over = start - (days - 2) * day;
    await world.store.commit([put(collection, 'over', entry('done', over), 0)]);

    await sweepFor(world, 1);
    const early = await world.store.get(collection, 'over');
    await sweepFor(world, 2);

    expect(early).toBeDefined();
    expect(await world.store.get(collection, 'over')).toBeUndefined();
    expect(world.log.lines).toEqual([]);
  });

  it.each<[Entry['state'], boolean]>([
    ['done', true],
    ['failed', true],
    ['unknown', true],
    ['pending', false],
    ['sending', false],
  ])('in the state %s: removed %s', async (state, gone) => {
    const world = createWorld();
    await world.store.commit([put(notices, 'n', entry(state, start - 100 * day), 0)]);

    await sweepFor(world, 1);

    expect((await world.store.get(notices, 'n')) === undefined).toBe(gone);
  });

  it('are removed a commit at a time, however many there are', async () => {
    const world = createWorld();
    for (let from = 0; from < 2_000; from += 500) {
      const ids = Array.from({ length: 500 }, (_, n) => from + n);
      await world.store.commit(ids.map((n) => put(mailings, `m${n}`, entry('done', start - 8 * day), 0)));
    }

    await sweepFor(world, 1);

    expect(await world.store.count(mailings, { key: 'state:done' })).toBe(0);
    expect(world.log.lines).toEqual([]);
  });
});
