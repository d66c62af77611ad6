import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/core/ports.ts';
import { answers, copies, notices } from '../../src/delivery/entry.ts';
import { placeKey } from '../../src/delivery/outbox.ts';
import type { Call, Fault } from './fake-slack.ts';
import { commitAgain, copy, createWorld, hour, minute, notice, pass, person, start, type World } from './world.ts';

const channel = { channel: 'C1' };

describe('the sender', () => {
  it('says a notice once and remembers where it stands', async () => {
    const world = createWorld();
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));

    await deliverFor(world, hour);

    expect(world.slack.texts()).toEqual(['Hello en']);
    expect(await world.store.get(notices, 'n1')).toMatchObject({ state: 'done', at: { channel: 'C1', ts: '1' } });
  });

  it('shows a card in the language of who reads it', async () => {
    const world = createWorld();
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', person('U1')));

    await deliverFor(world, minute);

    expect(world.slack.texts()).toEqual(['Hello Mei zh-CN']);
  });

  it('shows the state of the moment it sends, not that of the moment it was asked', async () => {
    const world = createWorld();
    world.subjects.set('n1', 'old');
    await world.say(notice('n1', channel));
    world.subjects.set('n1', 'new');

    await deliverFor(world, minute);

    expect(world.slack.texts()).toEqual(['new en']);
  });

  it('sends nothing when the subject is gone', async () => {
    const world = createWorld();
    await world.say(notice('n1', channel));

    await deliverFor(world, minute);

    expect(world.slack.calls).toEqual([]);
    expect(await world.store.get(notices, 'n1')).toMatchObject({ state: 'done', code: 'gone' });
  });

  it('posts a copy once and folds many changes into one update', async () => {
    const world = createWorld();
    const sender = world.sender();
    world.subjects.set('7', 'v0');
    await world.say(copy('7', channel));
    sender.start();
    await pass(world.clock, minute);

    for (let change = 1; change <= 20; change += 1) {
      world.subjects.set('7', `v${change}`);
      await world.say(copy('7', channel));
    }
    await pass(world.clock, minute);
    await sender.drain(minute);

    expect(world.slack.texts()).toEqual(['v20 en']);
    expect(world.slack.calls.map(({ method }) => method)).toEqual(['post', 'update']);
    expect(await world.store.get(copies, 'plain/7/C1')).toMatchObject({ state: 'done', wanted: 21, shown: 21 });
  });

  it('sees a change that comes while the old state is on its way', async () => {
    const world: World = createWorld({
      cards: {
        // The subject changes between drawing and the answer.
        plain: async (id) => {
          const text = world.subjects.get(id) ?? '';
          if (text === 'old') {
            world.subjects.set(id, 'new');
            void Promise.resolve().then(() => world.say(copy(id, channel)));
          }
          return { text, blocks: [] };
        },
      },
    });
    world.subjects.set('7', 'old');
    await world.say(copy('7', channel));

    await deliverFor(world, minute);

    expect(world.slack.texts()).toEqual(['new']);
    expect(await world.store.get(copies, 'plain/7/C1')).toMatchObject({ state: 'done', wanted: 2, shown: 2 });
  });

  it('posts a copy anew when its message is gone, once', async () => {
    const world = createWorld();
    const sender = world.sender();
    world.subjects.set('7', 'v1');
    await world.say(copy('7', channel));
    sender.start();
    await pass(world.clock, minute);
    const first = await world.store.get(copies, 'plain/7/C1');
    world.slack.messages.length = 0;
    world.subjects.set('7', 'v2');

    await world.say(copy('7', channel));
    await pass(world.clock, minute);
    await sender.drain(minute);

    expect(world.slack.texts()).toEqual(['v2 en']);
    const second = await world.store.get(copies, 'plain/7/C1');
    expect(second).toMatchObject({ state: 'done', shown: 2 });
    expect(second?.deliveryId).not.toBe(first?.deliveryId);
  });

  it('gives up on a copy that is deleted again and again', async () => {
    const world = createWorld({
      faultOf: ({ method }) => (method === 'update' ? { refused: 'message_not_found' } : undefined),
    });
    const sender = world.sender();
    world.subjects.set('7', 'v1');
    sender.start();

    for (let change = 0; change < 3; change += 1) {
      await world.say(copy('7', channel));
      await pass(world.clock, minute);
    }
    await sender.drain(minute);

    expect(world.slack.calls.map(({ method }) => method)).toEqual(['post', 'update', 'post', 'update']);
    expect(await world.store.get(copies, 'plain/7/C1')).toMatchObject({ state: 'failed', code: 'message_not_found' });
  });
});

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

    const [, ...later] = world.slack.calls.map(({ at }) => at);
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

describe('pace', () => {
  it('answers within a second while 1,000 notices wait', async () => {
    const world = createWorld();
    const sender = world.sender();
    for (let n = 0; n < 1_000; n += 1) world.subjects.set(`n${n}`, 'Hello');
    await commitAgain(world.store, () =>
      world.outbox.ops([...world.subjects.keys()].map((key) => notice(key, person(key)))),
    );
    sender.start();
    await pass(world.clock, 10_000);
    const waits: number[] = [];

    for (let n = 0; n < 20; n += 1) {
      world.subjects.set(`a${n}`, 'Answer');
      const askedAt = world.clock.now();
      await world.say(notice(`a${n}`, person(`P${n}`), { lane: 'answers' }));
      await pass(world.clock, 1_000);
      const done = world.slack.messages.find(({ lane, place }) => lane === 'answers' && placeKey(place) === `@P${n}`);
      waits.push((done?.postedAt ?? Number.POSITIVE_INFINITY) - askedAt);
    }
    await sender.drain(minute);

    expect(Math.max(...waits)).toBe(0);
  });

  it('answers while everything else is told to wait', async () => {
    const world = createWorld({ faultOf: ({ to }) => (to === 'C1' ? { limited: hour } : undefined) });
    const sender = world.sender();
    world.subjects.set('n1', 'Hello').set('a1', 'Answer');
    await world.say(notice('n1', channel));
    sender.start();
    await pass(world.clock, 1_000);

    await world.say(notice('a1', person('U2'), { lane: 'answers' }));
    await pass(world.clock, 1_000);
    await sender.drain(minute);

    expect(world.slack.texts()).toEqual(['Answer en']);
    expect(await world.store.get(answers, 'a1')).toMatchObject({ state: 'done' });
  });

  it('says a notice within seconds while a mailing goes to 1,000 people, and the mailing goes on', async () => {
    const world = createWorld();
    for (let n = 0; n < 1_000; n += 1) world.subjects.set(`m${n}`, 'Training');
    world.subjects.set('n1', 'Answered');
    const mailing = Array.from({ length: 1_000 }, (_, n) => notice(`m${n}`, person(`P${n}`), { lane: 'many' }));
    await world.say(...mailing.slice(0, 500));
    await world.say(...mailing.slice(500));
    const sender = world.sender();
    sender.start();
    for (let second = 0; second < 20; second += 1) await pass(world.clock, 1_000);
    const before = world.clock.now();
    const sent = world.slack.messages.length;

    await world.say(notice('n1', channel));
    for (let second = 0; second < 20; second += 1) await pass(world.clock, 1_000);
    await sender.drain(1_000);

    const said = world.slack.messages.find(({ text }) => text.startsWith('Answered'));
    expect((said?.postedAt ?? 0) - before).toBeLessThan(5_000);
    expect(world.slack.messages.length - sent).toBeGreaterThan(40);
  });

  it('updates a card while 1,000 notices wait', async () => {
    const world = createWorld();
    const sender = world.sender();
    for (let n = 0; n < 1_000; n += 1) world.subjects.set(`n${n}`, 'Hello');
    await commitAgain(world.store, () =>
      world.outbox.ops([...world.subjects.keys()].map((key) => notice(key, person(key)))),
    );
    sender.start();
    await pass(world.clock, 10_000);

    world.subjects.set('7', 'Card');
    await world.say(copy('7', channel));
    await pass(world.clock, 10_000);
    await sender.drain(minute);

    expect(world.slack.messages.find(({ at }) => at.channel === 'C1')?.postedAt).toBeLessThan(start + 17_000);
  });

  it('costs two commits a message, and little for the budget', async () => {
    const world = createWorld();
    for (let n = 0; n < 1_000; n += 1) world.subjects.set(`n${n}`, 'Hello');
    await commitAgain(world.store, () =>
      world.outbox.ops([...world.subjects.keys()].map((key) => notice(key, person(key)))),
    );
    let commits = 0;
    const sender = world.sender({
      store: {
        ...world.store,
        commit(ops) {
          commits += 1;
          return world.store.commit(ops);
        },
      },
    });

    sender.start();
    await pass(world.clock, 6 * minute);
    await sender.drain(minute);

    expect(world.slack.messages).toHaveLength(1_000);
    expect(commits).toBeLessThan(2_100);
  });

  it('two senders on one store keep to the budget together, and deliver 1,000 notices once each', async () => {
    const world = createWorld();
    const senders = [world.sender(), world.sender()];
    for (let n = 0; n < 1_000; n += 1) world.subjects.set(`n${n}`, `Hello ${n}`);
    await commitAgain(world.store, () =>
      world.outbox.ops([...world.subjects.keys()].map((key) => notice(key, person(key)))),
    );

    for (const sender of senders) sender.start();
    await pass(world.clock, 6 * minute);
    for (const sender of senders) await sender.drain(minute);

    expect(new Set(world.slack.texts()).size).toBe(1_000);
    expect(world.slack.messages).toHaveLength(1_000);
    const times = world.slack.calls.map(({ at }) => at);
    const fullest = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + minute).length));
    expect(fullest).toBeLessThanOrEqual(200);
  });

  it('two senders keep 1.1 s between messages to one channel, and others need not wait for it', async () => {
    const world = createWorld();
    const senders = [world.sender(), world.sender()];
    const place = (n: number): Place => (n % 2 ? person(`U${n}`) : { channel: 'C1', thread: `${n}.1` });
    for (let n = 0; n < 60; n += 1) {
      world.subjects.set(`n${n}`, 'Hello');
      await world.say(notice(`n${n}`, place(n)));
    }

    for (const sender of senders) sender.start();
    await pass(world.clock, 5 * minute);
    for (const sender of senders) await sender.drain(minute);

    expect(world.slack.messages).toHaveLength(60);
    const times = world.slack.messages.filter(({ at }) => at.channel === 'C1').map(({ postedAt }) => postedAt);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_100);
    const others = world.slack.messages.filter(({ at }) => at.channel !== 'C1').map(({ postedAt }) => postedAt);
    expect(Math.max(...others)).toBeLessThan(start + 25_000);
  });
});

describe('starting and stopping', () => {
  it('finishes what is under way, takes nothing new, and goes on after a restart', async () => {
    const world = createWorld();
    for (let n = 0; n < 300; n += 1) world.subjects.set(`n${n}`, `Hello ${n}`);
    await world.say(...[...world.subjects.keys()].map((key) => notice(key, person(key))));
    const first = world.sender();
    first.start();
    await pass(world.clock, 20_000);

    await first.drain(minute);
    const sent = world.slack.messages.length;
    await pass(world.clock, 5 * minute);
    expect(world.slack.messages).toHaveLength(sent);
    expect(await world.store.count(notices, { key: 'state:sending' })).toBe(0);

    await deliverFor(world, 10 * minute);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(300);
    expect(new Set(world.slack.texts()).size).toBe(300);
    expect(world.slack.messages).toHaveLength(300);
  });

  it('does not wait longer than asked for a call that hangs', async () => {
    const world = createWorld({ faultOf: () => 'hangs' });
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));
    const sender = world.sender();
    sender.start();
    await pass(world.clock, 1_000);
    let drained = false;

    void sender.drain(5_000).then(() => {
      drained = true;
    });
    await pass(world.clock, 4_999);
    expect(drained).toBe(false);
    await pass(world.clock, 1);

    expect(drained).toBe(true);
  });

  it('delivers what became due while it was down', async () => {
    const world = createWorld();
    world.subjects.set('n1', 'Hello');
    await world.say(notice('n1', channel));
    await pass(world.clock, 4 * 24 * hour);

    await deliverFor(world, minute);

    expect(world.slack.texts()).toEqual(['Hello en']);
  });

  it('sleeps when there is nothing to do', async () => {
    const world = createWorld();
    let reads = 0;
    const store = {
      ...world.store,
      claim: ((...args) => {
        reads += 1;
        return world.store.claim(...args);
      }) as typeof world.store.claim,
    };
    const sender = world.sender({ store });
    sender.start();

    await pass(world.clock, 24 * hour);
    await sender.drain(minute);

    expect(reads).toBe(4);
  });
});

/** Runs one sender for a while. */
async function deliverFor(world: World, ms: number): Promise<void> {
  const sender = world.sender();
  sender.start();
  await pass(world.clock, ms);
  await sender.drain(minute);
}
