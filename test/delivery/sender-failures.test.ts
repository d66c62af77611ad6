import { describe, expect, it } from 'vitest';
import { notices } from '../../src/delivery/entry.ts';
import type { Call, Fault } from './fake-slack.ts';
import { copy, createWorld, deliverFor, hour, minute, notice, pass, person, start } from './world.ts';

const channel = { channel: 'C1' };

describe('what goes wrong with a call', () => {
  const faults: readonly { readonly fault: Fault; readonly calls: readonly Call['method'][] }[] = [
    { fault: 'lost', calls: ['post', 'find', 'post'] },
    { fault: 'answer lost', calls: ['post', 'find'] },
    { fault: 'hangs', calls: ['post', 'find', 'post'] },
    { fault: 'hangs, done', calls: ['post', 'find'] },
    { fault: { limited: 30_000 }, calls: ['post', 'post'] },
    { fault: { refused: 'service_unavailable' }, calls: ['post', 'post'] },
    { fault: { refused: 'internal_error' }, calls: ['post', 'find', 'post'] },
    { fault: { refused: 'invalid_auth' }, calls: ['post', 'post'] },
  ];
  it.each(faults)('$fault: a notice still arrives exactly once', async ({ fault, calls }) => {
    const world = createWorld({ faultOf: (_call, nth) => (nth === 1 ? fault : undefined) });
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));

    await deliverFor(world, hour);

    expect(world.slack.texts()).toEqual(['Hello en']);
    expect(world.slack.calls.map(({ method }) => method)).toEqual(calls);
    expect(await world.store.get(notices, 'n1')).toMatchObject({ state: 'done', shown: 1 });
  });

  it.each(faults)('$fault: a lost update is repeated without a look', async ({ fault }) => {
    const world = createWorld({ faultOf: (_call, nth) => (nth === 2 ? fault : undefined) });
    const sender = world.sender();
    sender.start();
    world.subjects.set('7', 'v1');
    await world.say(copy('7', channel));
    await pass(world.clock, minute);

    world.subjects.set('7', 'v2');
    await world.say(copy('7', channel));
    await pass(world.clock, hour);
    await sender.drain(minute);

    expect(world.slack.texts()).toEqual(['v2 en']);
    expect(world.slack.calls.map(({ method }) => method)).toEqual(['post', 'update', 'update']);
  });

  it('does not look before lease and grace are over', async () => {
    const world = createWorld({ faultOf: (_call, nth) => (nth === 1 ? 'answer lost' : undefined) });
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));

    await deliverFor(world, hour);

    expect(world.slack.calls.map(({ method, at }) => ({ method, at }))).toEqual([
      { method: 'post', at: start },
      { method: 'find', at: start + 50_000 },
    ]);
  });

  it.each([
    { lost: 'must', state: 'done', messages: 2 },
    { lost: 'may', state: 'unknown', messages: 1 },
  ] as const)('a lost answer that cannot be looked for: $lost ends $state', async ({ lost, state, messages }) => {
    const world = createWorld({
      faultOf: ({ method }, nth) => {
        if (method === 'find') return { cannotLook: true };
        return nth === 1 ? 'answer lost' : undefined;
      },
    });
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel, { lost }));

    await deliverFor(world, hour);

    expect(world.slack.messages).toHaveLength(messages);
    expect(await world.store.get(notices, 'n1')).toMatchObject({ state });
  });

  it('keeps Slack’s code of what it refuses for good, and never tries again', async () => {
    const world = createWorld({ faultOf: () => ({ refused: 'channel_not_found' }) });
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));

    await deliverFor(world, 24 * hour);

    expect(world.slack.calls).toHaveLength(1);
    expect(await world.store.get(notices, 'n1')).toMatchObject({ state: 'failed', code: 'channel_not_found' });
  });

  it('tries for half a day what Slack refuses for now', async () => {
    const world = createWorld({ faultOf: () => ({ refused: 'service_unavailable' }) });
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));

    await deliverFor(world, 48 * hour);

    const times = world.slack.calls.map(({ at }) => at);
    expect(times).toHaveLength(20);
    expect((times.at(-1) ?? 0) - start).toBeGreaterThan(10 * hour);
    expect(await world.store.get(notices, 'n1')).toMatchObject({ state: 'failed', code: 'service_unavailable' });
  });

  it('waits for as long as Slack asks, for all messages', async () => {
    const world = createWorld({ faultOf: (_call, nth) => (nth === 1 ? { limited: 30_000 } : undefined) });
    for (let n = 0; n < 20; n += 1) world.subjects.set(`n${n}`, 'Hello');
    await world.say(...[...world.subjects.keys()].map((key) => notice(key, person(key))));

    await deliverFor(world, hour);

    // Four were on their way when the first one was told to wait.
    const later = world.slack.calls.slice(4).map(({ at }) => at);
    expect(world.slack.messages).toHaveLength(20);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(start + 30_000);
  });

  it('does not count what Slack limits as an attempt', async () => {
    const world = createWorld({
      faultOf: (_call, nth) => {
        if (nth <= 50) return { limited: 0 };
        return nth === 51 ? { refused: 'service_unavailable' } : undefined;
      },
    });
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));

    await deliverFor(world, 10 * minute);

    expect(world.slack.texts()).toEqual(['Hello en']);
  });

  it('takes what a messenger throws against its contract for lost, and logs it', async () => {
    const world = createWorld();
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));
    let calls = 0;
    const sender = world.sender({
      messenger: {
        ...world.slack.messenger,
        async post(message) {
          calls += 1;
          const at = await world.slack.messenger.post(message);
          if (calls === 1) throw new TypeError('a bug');
          return at;
        },
      },
    });

    sender.start();
    await pass(world.clock, hour);
    await sender.drain(minute);

    expect(world.slack.texts()).toEqual(['Hello en']);
    expect(world.log.lines.map(({ message }) => message)).toEqual(['a call to Slack broke its contract']);
  });

  it.each([1, 2, 3, 4, 5, 6])('the store refuses commit %i: the message still arrives exactly once', async (nth) => {
    const world = createWorld();
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));
    let commits = 0;
    const sender = world.sender({
      store: {
        ...world.store,
        async commit(ops) {
          commits += 1;
          if (commits === nth) throw new Error('the disk is full');
          return world.store.commit(ops);
        },
      },
    });

    sender.start();
    await pass(world.clock, hour);
    await sender.drain(minute);

    expect(world.slack.texts()).toEqual(['Hello en']);
    expect(await world.store.get(notices, 'n1')).toMatchObject({ state: 'done' });
  });

  it('a process that was frozen does not overwrite what another found out', async () => {
    const world = createWorld({ faultOf: (_call, nth) => (nth === 1 ? { refused: 'channel_not_found' } : undefined) });
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));
    let thaw = () => {};
    const frozen = new Promise<void>((resolve) => {
      thaw = resolve;
    });
    const freeze = async () => {
      if (world.slack.calls.length > 0) await frozen;
    };
    const sleeper = world.sender({
      store: {
        ...world.store,
        async get(collection, id) {
          if (id === 'n1') await freeze();
          return world.store.get(collection, id);
        },
        async claim(collection, query) {
          await freeze();
          return world.store.claim(collection, query);
        },
      },
    });
    sleeper.start();
    await pass(world.clock, 0);

    await deliverFor(world, 2 * minute);
    thaw();
    await pass(world.clock, minute);
    await sleeper.drain(minute);

    expect(world.slack.texts()).toEqual(['Hello en']);
    expect(await world.store.get(notices, 'n1')).toMatchObject({ state: 'done' });
  });

  it('stops calling in an outage instead of losing every message', async () => {
    const world = createWorld({ faultOf: ({ at }) => (at < start + 5 * minute ? 'lost' : undefined) });
    for (let n = 0; n < 500; n += 1) world.subjects.set(`n${n}`, 'Hello');
    await world.say(...[...world.subjects.keys()].map((key) => notice(key, person(key))));

    await deliverFor(world, hour);

    const during = world.slack.calls.filter(({ at }) => at < start + 5 * minute);
    expect(during.length).toBeLessThan(40);
    expect(new Set(world.slack.messages.map(({ deliveryId }) => deliveryId)).size).toBe(500);
    expect(world.slack.messages).toHaveLength(500);
  });
});

describe('a card that cannot be drawn', () => {
  it.each([
    ['throws', () => Promise.reject(new Error('a bug'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('%s: it is tried again, fails, and holds up no other', async (_how, show) => {
    const world = createWorld({ cards: { broken: show } });
    for (let n = 0; n < 10; n += 1) {
      world.subjects.set(`n${n}`, 'Hello');
      await world.say(notice(`b${n}`, person(`B${n}`), { card: 'broken' }), notice(`n${n}`, person(`U${n}`)));
    }

    const sender = world.sender();
    sender.start();
    await pass(world.clock, 2 * minute);
    expect(world.slack.messages).toHaveLength(10);
    await pass(world.clock, 3 * hour);
    await sender.drain(minute);

    expect(await world.store.count(notices, { key: 'state:failed' })).toBe(10);
    const errors = world.log.lines.filter(({ message }) => message === 'a card cannot be drawn');
    expect(errors).toHaveLength(80);
    expect(errors[0]?.fields).toMatchObject({ reference: expect.stringMatching(/^[0-9A-Z]{6}$/), card: 'broken' });
  });

  it('without a name that anybody knows: the same', async () => {
    const world = createWorld();
    await world.say(notice('n1', channel, { card: 'nobody' }));

    await deliverFor(world, 3 * hour);

    expect(await world.store.get(notices, 'n1')).toMatchObject({ state: 'failed', code: 'card_broken' });
  });
});
