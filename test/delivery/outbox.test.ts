import { describe, expect, it } from 'vitest';
import { Conflict } from '../../src/core/errors.ts';
import { put } from '../../src/core/ports.ts';
import { answers, copies, type Entry, notices } from '../../src/delivery/entry.ts';
import { copy, createWorld, notice, person, start } from './world.ts';

const channel = { channel: 'C1' };

describe('the outbox', () => {
  it('stores a copy under its card, subject and place', async () => {
    const { store, say } = createWorld();

    await say(copy('7', { channel: 'C1', thread: '1.2' }), copy('7', { channel: 'C1' }), copy('7', person('C1')));

    const { docs } = await store.list(copies, { key: 'state:pending', order: 'asc', limit: 10 });
    expect(docs.map(({ id }) => id)).toEqual(['plain/7/@C1', 'plain/7/C1', 'plain/7/C1:1.2']);
    expect(docs.map(({ wanted, shown, due }) => ({ wanted, shown, due }))).toEqual(
      Array(3).fill({ wanted: 1, shown: 0, due: start }),
    );
  });

  it('wants a copy once more for each commit, however often one commit names it', async () => {
    const { store, say } = createWorld();

    await say(copy('7', channel));
    await say(copy('7', channel), copy('7', channel));

    expect(await store.get(copies, 'plain/7/C1')).toMatchObject({ wanted: 2, version: 2 });
  });

  it('says a notice once: the commit that says it again fails whole', async () => {
    const { store, outbox, say } = createWorld();
    await say(notice('req:1:decided', channel));

    const again = store.commit([...(await outbox.ops([copy('7', channel), notice('req:1:decided', channel)]))]);

    await expect(again).rejects.toThrow(Conflict);
    expect(await store.get(copies, 'plain/7/C1')).toBeUndefined();
  });

  it('keeps what somebody waits for in a collection of its own', async () => {
    const { store, say } = createWorld();

    await say(notice('answer:1', channel, { lane: 'answers' }));

    expect(await store.get(answers, 'answer:1')).toBeDefined();
    expect(await store.get(notices, 'answer:1')).toBeUndefined();
  });

  it('gives each message an id that says nothing about it', async () => {
    const { store, say } = createWorld();

    await say(notice('req:1:decided', channel), notice('req:2:decided', channel));

    const { docs } = await store.list(notices, { key: 'state:pending', order: 'asc', limit: 10 });
    expect(new Set(docs.map(({ deliveryId }) => deliveryId)).size).toBe(2);
    for (const { deliveryId } of docs) expect(deliveryId).toMatch(/^[0-9A-Z]{16}$/);
  });

  it.each([
    { state: 'done', becomes: 'pending', attempt: 0 },
    { state: 'failed', becomes: 'pending', attempt: 0 },
    { state: 'pending', becomes: 'pending', attempt: 3 },
    { state: 'sending', becomes: 'sending', attempt: 3 },
    { state: 'unknown', becomes: 'unknown', attempt: 3 },
  ] as const)('a changed subject makes a copy that is $state $becomes', async ({ state, becomes, attempt }) => {
    const { store, say } = createWorld();
    await say(copy('7', channel));
    const doc = await store.get(copies, 'plain/7/C1');
    const before: Entry | undefined = doc && { ...doc, state, attempt: 3, due: start + 5, code: 'any' };
    if (before) await store.commit([put(copies, 'plain/7/C1', before, 1)]);

    await say(copy('7', channel));

    expect(await store.get(copies, 'plain/7/C1')).toMatchObject({ wanted: 2, state: becomes, attempt });
  });
});
