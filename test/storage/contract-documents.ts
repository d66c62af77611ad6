import { expect, it } from 'vitest';
import { type Doc, put, type Store } from '../../src/core/ports.ts';
import { collect, each, notes, type Task, task, tasks } from './model.ts';

/** What a document looks like when it comes back, also from a backup. */
export function testDocuments(open: () => Promise<Store>): void {
  it.each([
    ['unicode', { text: 'Größe 许可证 🧾 \u2028 \ufeff' }],
    ['NUL and control characters', { text: 'a\u0000b\u0001\t\n\r"\\' }],
    ['half a surrogate pair', { text: '\ud83d' }],
    ['numbers', { n: [0.1, 1e21, -1.5e-7, 2 ** 53 - 1, -0.25] }],
    ['nothings', { n: null, e: {}, l: [], s: '', f: false }],
    ['nesting', { a: [{ b: [[{ c: 'd' }]] }] }],
  ])('gives back JSON as it came: %s', async (_, value) => {
    const store = await open();
    await store.commit([put(notes, 'a', value, 0)]);

    const found = await store.get(notes, 'a');

    expect(found).toEqual({ id: 'a', version: 1, ...value });
  });

  it('keeps the order of keys', async () => {
    const store = await open();
    await store.commit([put(notes, 'a', { z: 1, a: { y: 1, b: 2 }, m: 3 }, 0)]);

    const found = await store.get(notes, 'a');

    expect(JSON.stringify(found)).toContain('"z":1,"a":{"y":1,"b":2},"m":3');
  });

  it('takes back what was read: id and version are not part of the value', async () => {
    const store = await open();
    await store.commit([put(tasks, 'a', task('open', 1), 0)]);
    const read = (await store.get(tasks, 'a')) as Doc<Task>;

    await store.commit([put(tasks, 'a', { ...read, state: 'done' }, read.version)]);

    expect(await store.get(tasks, 'a')).toEqual({ id: 'a', version: 2, ...task('done', 1) });
  });

  it('hands out copies', async () => {
    const store = await open();
    const mine = { list: ['a'] };
    await store.commit([put(notes, 'a', mine, 0)]);
    mine.list.push('b');
    const first = await store.get(notes, 'a');
    Object.assign(first ?? {}, { list: 'spoiled' });

    const second = await store.get(notes, 'a');

    expect(second).toEqual({ id: 'a', version: 1, list: ['a'] });
  });

  it('restores into an empty store with versions and indexes', async () => {
    const source = await open();
    await source.commit([put(tasks, 'a', task('open', 1, 7), 0), put(notes, 'n', { text: '许' }, 0)]);
    await source.commit([put(tasks, 'a', task('done', 2, 8), 1)]);
    const backup = [
      ...(await collect(source.scan(tasks))).map((doc) => ({ collection: 'task', doc })),
      ...(await collect(source.scan(notes))).map((doc) => ({ collection: 'note', doc })),
    ];
    const target = await open();

    await target.restore(each(backup));

    expect(await target.get(tasks, 'a')).toEqual({ id: 'a', version: 2, ...task('done', 2, 8) });
    expect(await target.get(notes, 'n')).toEqual({ id: 'n', version: 1, text: '许' });
    expect(await target.count(tasks, { key: 'state:done' })).toBe(1);
    expect(await target.nextDue(tasks)).toBe(8);
    expect(await target.commit([put(tasks, 'a', task('done', 3), 2)])).toEqual([3]);
  });

  it('does not restore over documents', async () => {
    const store = await open();
    await store.commit([put(notes, 'a', { n: 1 }, 0)]);

    const refused = store.restore(each([{ collection: 'note', doc: { id: 'b', version: 1 } }]));

    await expect(refused).rejects.toThrow(/empty/);
    expect(await store.get(notes, 'b')).toBeUndefined();
  });

  it.each([
    ['an unknown collection', { collection: 'other', doc: { id: 'a', version: 1 } }],
    ['a version below 1', { collection: 'note', doc: { id: 'a', version: 0 } }],
    ['a document twice', { collection: 'note', doc: { id: 'good', version: 1 } }],
    ['a bad value', { collection: 'task', doc: { id: 'a', version: 1, state: 1 } }],
  ])('restores nothing of a backup with %s', async (_, bad) => {
    const store = await open();

    const refused = store.restore(each([{ collection: 'note', doc: { id: 'good', version: 1 } }, bad]));

    await expect(refused).rejects.toThrow();
    expect(await store.get(notes, 'good')).toBeUndefined();
    expect(await store.commit([put(notes, 'good', {}, 0)])).toEqual([1]);
  });
}
