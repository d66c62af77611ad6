import { describe, expect, it } from 'vitest';
import { copies, notices } from '../../src/delivery/entry.ts';
import { copy, createWorld, deliverFor, hour, minute, notice, pass, person, type World } from './world.ts';

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
