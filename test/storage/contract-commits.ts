import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Conflict } from '../../src/core/errors.ts';
import { type Op, put, remove, type Store } from '../../src/core/ports.ts';
import { notes, type Task, task, tasks } from './model.ts';

/** What a commit promises: all or nothing, on the versions it names, within its limits. */
export function testCommits(open: () => Promise<Store>): void {
  it('inserts once, then counts versions', async () => {
    const store = await open();

    const versions = [
      await store.commit([put(tasks, 'a', task('open', 1), 0)]),
      await store.commit([put(tasks, 'a', task('open', 2), 1)]),
    ];
    const again = store.commit([put(tasks, 'a', task('open', 3), 0)]);

    await expect(again).rejects.toMatchObject({
      name: 'Conflict',
      collection: 'task',
      id: 'a',
      expected: 0,
      found: 2,
    });
    expect(versions).toEqual([[1], [2]]);
    expect(await store.get(tasks, 'a')).toEqual({ id: 'a', version: 2, ...task('open', 2) });
    expect(await store.get(tasks, 'b')).toBeUndefined();
  });

  it('lets one of ten racers win, and shows the losers what they lost to', async () => {
    const store = await open();
    await store.commit([put(tasks, 'a', task('open', 0), 0)]);

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async (_, racer) => {
        try {
          await store.commit([put(tasks, 'a', task('taken', racer), 1)]);
          return 'won';
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
          return (await store.get(tasks, 'a'))?.version;
        }
      }),
    );

    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 2)).toHaveLength(9);
  });

  it('loses no increment when ten writers read, change and retry', async () => {
    const store = await open();
    await store.commit([put(tasks, 'sum', task('open', 0), 0)]);
    async function increment(): Promise<void> {
      for (;;) {
        const doc = await store.get(tasks, 'sum');
        try {
          await store.commit([put(tasks, 'sum', task('open', (doc?.at ?? 0) + 1), doc?.version ?? 0)]);
          return;
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
        }
      }
    }

    await Promise.all(Array.from({ length: 10 }, increment));

    expect(await store.get(tasks, 'sum')).toMatchObject({ at: 10, version: 11 });
  });

  it('writes all of a commit over several collections, or nothing', async () => {
    const store = await open();
    await store.commit([put(tasks, 'taken', task('open', 0), 0)]);

    const done = await store.commit([put(tasks, 'a', task('open', 1), 0), put(notes, 'a', { text: 'x' }, 0)]);
    const failed = store.commit([put(notes, 'b', { text: 'y' }, 0), put(tasks, 'taken', task('open', 2), 0)]);

    await expect(failed).rejects.toBeInstanceOf(Conflict);
    expect(done).toEqual([1, 1]);
    expect(await store.get(notes, 'a')).toEqual({ id: 'a', version: 1, text: 'x' });
    expect(await store.get(notes, 'b')).toBeUndefined();
    expect(await store.get(tasks, 'taken')).toMatchObject({ at: 0, version: 1 });
  });

  it('removes the version that was read, and no other', async () => {
    const store = await open();
    await store.commit([put(tasks, 'a', task('open', 1, 5), 0)]);

    const stale = store.commit([remove(tasks, { id: 'a', version: 2 })]);
    await expect(stale).rejects.toBeInstanceOf(Conflict);
    const versions = await store.commit([remove(tasks, { id: 'a', version: 1 })]);

    expect(versions).toEqual([0]);
    expect(await store.get(tasks, 'a')).toBeUndefined();
    expect(await store.count(tasks, { key: 'all' })).toBe(0);
    expect(await store.nextDue(tasks)).toBeUndefined();
    expect(await store.commit([put(tasks, 'a', task('open', 2), 0)])).toEqual([1]);
  });

  it('checks a read dependency without writing it', async () => {
    const store = await open();
    await store.commit([put(tasks, 'a', task('open', 1), 0)]);
    const check = (id: string, version: number): Op => ({ check: true, in: tasks, id, expect: version });

    const versions = await store.commit([check('a', 1), check('none', 0), put(notes, 'n', { n: 1 }, 0)]);
    const alone = await store.commit([check('a', 1)]);
    const failed = store.commit([check('a', 2), put(notes, 'm', { n: 1 }, 0)]);

    await expect(failed).rejects.toBeInstanceOf(Conflict);
    expect(versions).toEqual([1, 0, 1]);
    expect(alone).toEqual([1]);
    expect(await store.get(tasks, 'a')).toMatchObject({ version: 1 });
    expect(await store.get(notes, 'm')).toBeUndefined();
  });

  it('takes an empty commit', async () => {
    const store = await open();

    const versions = await store.commit([]);

    expect(versions).toEqual([]);
  });

  it.each<[string, () => Op[]]>([
    ['the same document twice', () => [put(tasks, 'a', task('x', 1), 0), put(tasks, 'a', task('y', 1), 0)]],
    [
      'a document and a check of it',
      () => [put(tasks, 'a', task('x', 1), 0), { check: true, in: tasks, id: 'a', expect: 0 }],
    ],
    ['an empty id', () => [put(tasks, '', task('x', 1), 0)]],
    ['an id with a space', () => [put(tasks, 'a b', task('x', 1), 0)]],
    ['an id beyond ASCII', () => [put(tasks, 'ä', task('x', 1), 0)]],
    ['an id of 513 characters', () => [put(tasks, 'x'.repeat(513), task('x', 1), 0)]],
    ['removing what cannot exist', () => [remove(tasks, { id: 'a', version: 0 })]],
    ['1,001 operations', () => Array.from({ length: 1001 }, (_, n) => put(tasks, `t${n}`, task('x', 1), 0))],
    ['more than 256 kB', () => [put(notes, 'a', { text: 'x'.repeat(256 * 1024) }, 0)]],
    ['more than 256 kB in three-byte characters', () => [put(notes, 'a', { text: '许'.repeat(90_000) }, 0)]],
    ['an unknown collection', () => [put({ ...notes, name: 'other' }, 'a', {}, 0)]],
  ])('refuses %s with a RangeError and writes nothing', async (_, ops) => {
    const store = await open();

    const refused = store.commit([put(notes, 'beside', { n: 1 }, 0), ...ops()]);

    await expect(refused).rejects.toBeInstanceOf(RangeError);
    expect(await store.get(notes, 'beside')).toBeUndefined();
    expect((await store.health()).documents).toBe(0);
  });

  it('takes 1,000 operations and a document of nearly 256 kB', async () => {
    const store = await open();
    const many = Array.from({ length: 999 }, (_, n) => put(tasks, `t${n}`, task('x', n), 0));

    const versions = await store.commit([...many, put(notes, 'big', { text: 'x'.repeat(262_000) }, 0)]);

    expect(versions).toEqual(Array.from({ length: 1000 }, () => 1));
    expect((await store.health()).documents).toBe(1000);
  });

  it.each<[string, unknown]>([
    ['a missing field', { state: 'open' }],
    ['a wrong type', { state: 'open', at: '1' }],
    ['an unknown field', { state: 'open', at: 1, more: true }],
    ['a number that JSON cannot carry', { state: 'open', at: Number.NaN }],
  ])('refuses a value that does not fit its schema (%s) and writes nothing', async (_, value) => {
    const store = await open();

    const refused = store.commit([
      put(notes, 'beside', { n: 1 }, 0),
      { put: value as Task, in: tasks, id: 'a', expect: 0 },
    ]);

    await expect(refused).rejects.toThrow(/^task\/a does not fit its schema: /);
    expect(await store.get(notes, 'beside')).toBeUndefined();
    expect(await store.commit([put(tasks, 'a', task('open', 1), 0)])).toEqual([1]);
  });

  it('fills in what the schema fills in', async () => {
    const store = await open();

    await store.commit([{ put: { state: 'open', at: 1 }, in: tasks, id: 'a', expect: 0 }]);

    expect(await store.get(tasks, 'a')).toEqual({ id: 'a', version: 1, ...task('open', 1) });
  });

  it('wakes who waits for a collection, after the change can be read', async () => {
    const store = await open();
    const seen: unknown[] = [];
    const stop = store.changed(['task'], async () => seen.push((await store.get(tasks, 'a'))?.version));

    await store.commit([put(notes, 'a', { n: 1 }, 0)]);
    await store.commit([put(tasks, 'a', task('open', 1), 0)]);
    await wait(10);
    stop();
    await store.commit([put(tasks, 'a', task('open', 2), 1)]);
    await wait(10);

    expect(seen).toEqual([1]);
  });
}
