import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Conflict } from '../../src/core/errors.ts';
import { type Collection, type Mailing, type Op, type Outcome, put, type Say } from '../../src/core/ports.ts';
import { mailings, notices } from '../../src/delivery/entry.ts';
import type { Call, Fault } from './fake-slack.ts';
import { createWorld, hour, minute, notice, pass, person, start, type World } from './world.ts';

const Row = z.strictObject({ outcome: z.string() });
type Row = z.infer<typeof Row>;
const rows: Collection<Row> = { name: 'row', schema: Row, shape: 1, index: () => [] };

const at = { channel: 'D1', ts: '1' };

describe('one of a mailing', () => {
  it('is posted, and ends with its outcome in the list', async () => {
    const { world, list } = arrange();
    await world.say(mailing('r1'));

    await deliverFor(world, minute);

    expect(world.slack.texts()).toEqual(['Hello en']);
    expect(await list('r1')).toBe('stands DP1 1');
    expect(await world.store.get(mailings, 'r1')).toBeUndefined();
  });

  it('changes the message that it names', async () => {
    const { world, list } = arrange();
    await world.say(mailing('r1'));
    await deliverFor(world, minute);
    world.subjects.set('s', 'Changed');

    await world.say(mailing('r1', { at: { channel: 'DP1', ts: '1' } }));
    await deliverFor(world, minute);

    expect(world.slack.texts()).toEqual(['Changed en']);
    expect(await list('r1')).toBe('stands DP1 1');
  });

  it('is not posted once it is called off, also while it stands in line for its turn', async () => {
    const { world, list, callOff } = arrange();
    await world.say(...Array.from({ length: 40 }, (_, n) => mailing(`r${n}`)));
    const sender = world.sender();
    sender.start();
    await pass(world.clock, 3_000);
    const had = world.slack.messages.length;

    callOff();
    await pass(world.clock, minute);
    await sender.drain(minute);

    expect(had).toBeGreaterThan(0);
    expect(had).toBeLessThan(40);
    expect(world.slack.messages).toHaveLength(had);
    expect(await list('r39')).toBe('gone');
  });

  it.each<{ readonly faults: readonly (Fault | undefined)[]; readonly changes?: true; readonly outcome: string }>([
    { faults: ['lost'], outcome: 'stands DP1 1' },
    { faults: ['answer lost'], outcome: 'stands DP1 1' },
    { faults: ['answer lost', { cannotLook: true }], outcome: 'unknown missing_scope' },
    { faults: [{ refused: 'is_archived' }], outcome: 'failed is_archived' },
    { faults: [{ refused: 'service_unavailable' }], outcome: 'stands DP1 1' },
    { faults: [{ limited: 5_000 }], outcome: 'stands DP1 1' },
    { faults: [{ refused: 'message_not_found' }], changes: true, outcome: 'failed message_not_found' },
  ])('that meets $faults ends as $outcome', async ({ faults, changes, outcome }) => {
    const { world, list } = arrange({ faultOf: (_call, nth) => faults[nth - 1] });
    await world.say(mailing('r1', changes ? { at } : {}));

    await deliverFor(world, hour);

    expect(await list('r1')).toBe(outcome);
    expect(await world.store.nextDue(mailings)).toBeUndefined();
  });

  it('waits ten minutes at most for what Slack refuses for now', async () => {
    const { world } = arrange({ faultOf: () => ({ refused: 'service_unavailable' }) });
    await world.say(mailing('r1'));

    await deliverFor(world, 6 * hour);

    const times = world.slack.calls.map((call) => call.at);
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...waits)).toBeLessThan(11 * minute);
    expect((times.at(-1) ?? 0) - start).toBeGreaterThan(hour);
  });

  it('that was called off costs no turn', async () => {
    const { world, list, callOff } = arrange();
    for (let n = 0; n < 100; n += 1) await world.say(mailing(`r${n}`));
    callOff();

    await deliverFor(world, 2_000);

    expect(world.slack.calls).toEqual([]);
    for (let n = 0; n < 100; n += 1) expect(await list(`r${n}`)).toBe('gone');
  });

  it('whose list is changed at the same moment is written again', async () => {
    const { world, list } = arrange();
    let isMet = false;
    await world.say(mailing('r1'));
    const sender = world.sender({
      store: {
        ...world.store,
        async commit(ops) {
          const mine = ops.find((op) => op.in.name === rows.name);
          if (mine && !isMet) {
            isMet = true;
            throw new Conflict(rows.name, mine.id, 0, 1);
          }
          return world.store.commit(ops);
        },
      },
    });

    sender.start();
    await pass(world.clock, minute);
    await sender.drain(minute);

    expect(isMet).toBe(true);
    expect(world.slack.texts()).toEqual(['Hello en']);
    expect(await list('r1')).toBe('stands DP1 1');
  });

  it('lets a burst of cards and notices go first', async () => {
    const { world } = arrange();
    for (let n = 0; n < 500; n += 100) {
      await world.say(...Array.from({ length: 100 }, (_, k) => mailing(`r${n + k}`)));
    }
    const sender = world.sender();
    sender.start();
    for (let second = 0; second < 30; second += 1) await pass(world.clock, 1_000);
    const saidAt = world.clock.now();

    for (let n = 0; n < 8; n += 1) world.subjects.set(`n${n}`, `Decided ${n}`);
    await world.say(...Array.from({ length: 8 }, (_, n) => notice(`n${n}`, person(`UOTHER${n}`))));
    await pass(world.clock, 10);
    const said = world.slack.messages.filter(({ text }) => text.startsWith('Decided'));
    await pass(world.clock, minute);
    await sender.drain(minute);

    expect(said.map(({ postedAt }) => postedAt)).toEqual(Array(8).fill(saidAt));
  });

  it('in an outage one call at a time finds out whether it is over', async () => {
    const { world } = arrange({ faultOf: ({ at: when }) => (when < start + 10 * minute ? 'hangs' : undefined) });
    for (let n = 0; n < 100; n += 1) await world.say(mailing(`r${n}`));

    await deliverFor(world, 10 * minute);

    // Eight before anybody knew, then one in 45 s.
    expect(world.slack.calls.filter(({ method }) => method === 'post').length).toBeLessThanOrEqual(8 + 14);
  });
});

describe('more messages to one channel than fit into a lane', () => {
  it('hold up no other channel', async () => {
    const world = createWorld();
    world.subjects.set('s', 'Hello');
    for (let n = 0; n < 600; n += 200) {
      await world.say(
        ...Array.from({ length: 200 }, (_, k) => ({ ...notice(`n${n + k}`, { channel: 'CBUSY' }), id: 's' })),
      );
    }
    await world.say({ ...notice('other', { channel: 'COTHER' }), id: 's' });

    await deliverFor(world, minute);

    const other = world.slack.messages.find((message) => message.at.channel === 'COTHER');
    expect((other?.postedAt ?? Number.POSITIVE_INFINITY) - start).toBeLessThan(5_000);
  });

  it('all arrive, a second apart', async () => {
    const world = createWorld();
    world.subjects.set('s', 'Hello');
    for (let n = 0; n < 400; n += 200) {
      await world.say(
        ...Array.from({ length: 200 }, (_, k) => ({ ...notice(`n${n + k}`, { channel: 'CBUSY' }), id: 's' })),
      );
    }

    await deliverFor(world, 15 * minute);

    const times = world.slack.messages.map(({ postedAt }) => postedAt);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(times).toHaveLength(400);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_100);
    // The pace of a channel is used: nine tenths of it.
    expect((times.at(-1) ?? 0) - start).toBeLessThan((400 * 1_100) / 0.9);
    expect(await world.store.count(notices, { key: 'state:done' })).toBe(400);
  });
});

function arrange(options: { readonly faultOf?: (call: Call, nth: number) => Fault | undefined } = {}) {
  let isWanted = true;
  const world = createWorld({ ...options, collections: [rows], mailings: () => ({ plain: keeper }) });
  const keeper: Mailing = {
    isWanted: async () => isWanted,
    async settle(key, outcome): Promise<readonly Op[]> {
      const known = await world.store.get(rows, key);
      return [put(rows, key, { outcome: worded(outcome) }, known?.version ?? 0)];
    },
  };
  world.subjects.set('s', 'Hello');
  return {
    world,
    list: async (key: string) => (await world.store.get(rows, key))?.outcome,
    callOff() {
      isWanted = false;
    },
  };
}

function mailing(key: string, more: { readonly at?: typeof at } = {}): Say {
  return { kind: 'mailing', key, card: 'plain', id: 's', place: person(`P${key.slice(1)}`), ...more };
}

function worded(outcome: Outcome): string {
  if (outcome.kind === 'stands') return `stands ${outcome.at.channel} ${outcome.at.ts}`;
  return 'code' in outcome ? `${outcome.kind} ${outcome.code}` : outcome.kind;
}

async function deliverFor(world: World, ms: number): Promise<void> {
  const sender = world.sender();
  sender.start();
  for (let passed = 0; passed < ms; passed += 1_000) await pass(world.clock, Math.min(1_000, ms));
  await sender.drain(minute);
}
