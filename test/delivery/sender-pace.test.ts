import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/core/ports.ts';
import { answers } from '../../src/delivery/entry.ts';
import { placeKey } from '../../src/delivery/outbox.ts';
import { commitAgain, copy, createWorld, hour, minute, notice, pass, person, start } from './world.ts';

const channel = { channel: 'C1' };

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
