import { expect, it } from 'vitest';
import { put, remove, type Store } from '../../src/core/ports.ts';
import { collect, listIds, notes, task, tasks } from './model.ts';

/** What can be asked, in which order, and what is due. */
export function testQueries(open: () => Promise<Store>): void {
  it('moves index entries with the document', async () => {
    const store = await open();
    await store.commit([put(tasks, 'a', task('open', 5), 0), put(tasks, 'b', task('open', 4), 0)]);

    await store.commit([put(tasks, 'a', task('done', 5), 1)]);

    expect(await listIds(store, 'state:open', 'asc', 10)).toEqual([['b']]);
    expect(await listIds(store, 'state:done', 'asc', 10)).toEqual([['a']]);
    expect(await listIds(store, 'all', 'asc', 10)).toEqual([['a', 'b']]);
    expect(await listIds(store, 'nothing', 'asc', 10)).toEqual([[]]);
  });

  it.each([
    { order: 'asc', pages: [['d', 'a'], ['b', 'c'], ['e']] },
    { order: 'desc', pages: [['e', 'c'], ['b', 'a'], ['d']] },
  ] as const)('pages $order by (at, id)', async ({ order, pages }) => {
    const store = await open();
    const at = { a: 2, b: 2, c: 2, d: -1, e: 2.5 };
    await store.commit(Object.entries(at).map(([id, when]) => put(tasks, id, task('open', when), 0)));

    const found = await listIds(store, 'state:open', order, 2);

    expect(found).toEqual(pages);
  });

  it('keeps pages stable while others insert and remove before the cursor', async () => {
    const store = await open();
    await store.commit(['a', 'b', 'c', 'd'].map((id, at) => put(tasks, id, task('open', at), 0)));
    const first = await store.list(tasks, { key: 'state:open', order: 'asc', limit: 2 });

    await store.commit([
      put(tasks, 'early', task('open', -1), 0),
      remove(tasks, { id: 'b', version: 1 }),
      put(tasks, 'late', task('open', 9), 0),
    ]);
    const second = await store.list(tasks, { key: 'state:open', order: 'asc', limit: 9, after: first.next ?? '' });

    expect(second.docs.map((doc) => doc.id)).toEqual(['c', 'd', 'late']);
    expect(second.next).toBeUndefined();
  });

  it('counts and lists a period from its start until before its end', async () => {
    const store = await open();
    await store.commit([1, 2, 3, 4].map((at) => put(tasks, `t${at}`, task('open', at), 0)));
    const period = { key: 'state:open', from: 2, to: 4 };

    const page = await store.list(tasks, { ...period, order: 'desc', limit: 9 });

    expect(page.docs.map((doc) => doc.id)).toEqual(['t3', 't2']);
    expect(await store.count(tasks, period)).toBe(2);
    expect(await store.count(tasks, { key: 'state:open' })).toBe(4);
    expect(await store.count(tasks, { key: 'state:open', from: 4, to: 1 })).toBe(0);
    expect(await store.count(tasks, { key: 'nothing' })).toBe(0);
  });

  it('scans in the order of ids as bytes', async () => {
    const store = await open();
    const ids = ['b/2', 'B', 'a-1', 'a/1', 'a/10', 'a/2', '~', '!', 'a'];
    await store.commit(ids.map((id) => put(tasks, id, task('open', 0), 0)));

    const found = await collect(store.scan(tasks));

    expect(found.map((doc) => doc.id)).toEqual(['!', 'B', 'a', 'a-1', 'a/1', 'a/10', 'a/2', 'b/2', '~']);
  });

  it('scans beside writers: nothing twice, nothing forgotten that stands all the while', async () => {
    const store = await open();
    const ids = Array.from({ length: 1000 }, (_, n) => `t${String(n).padStart(4, '0')}`);
    await store.commit(ids.map((id) => put(tasks, id, task('open', 0), 0)));
    const seen: string[] = [];

    for await (const doc of store.scan(tasks)) {
      seen.push(doc.id);
      if (seen.length === 300) {
        await store.commit([
          remove(tasks, { id: 't0100', version: 1 }),
          remove(tasks, { id: 't0900', version: 1 }),
          put(tasks, 't0000x', task('open', 0), 0),
          put(tasks, 't0950x', task('open', 0), 0),
        ]);
      }
    }

    const expected = [...ids.filter((id) => id !== 't0900'), 't0950x'].sort();
    expect(seen).toEqual(expected);
  });

  it('knows what is due, oldest first, and when the next one is', async () => {
    const store = await open();
    await store.commit([
      put(tasks, 'later', task('open', 0, 300), 0),
      put(tasks, 'second', task('open', 0, 100), 0),
      put(tasks, 'first', task('open', 0, 50), 0),
      put(tasks, 'never', task('open', 0, null), 0),
    ]);

    const due = await store.due(tasks, { now: 100, limit: 9 });
    await store.commit([put(tasks, 'first', task('open', 0, null), 1)]);

    expect(due.map((doc) => doc.id)).toEqual(['first', 'second']);
    expect((await store.due(tasks, { now: 1000, limit: 1 })).map((doc) => doc.id)).toEqual(['second']);
    expect(await store.nextDue(tasks)).toBe(100);
    expect(await store.nextDue(notes)).toBeUndefined();
  });

  it('claims every due document for one owner until the lease ends', async () => {
    const store = await open();
    await store.commit(['a', 'b', 'c', 'd'].map((id, n) => put(tasks, id, task('open', 0, n), 0)));
    const claim = async (owner: string, now: number, limit: number) =>
      (await store.claim(tasks, { owner, now, limit, leaseMs: 100 })).map((doc) => doc.id);

    const claims = await Promise.all([claim('x', 10, 2), claim('y', 10, 2), claim('x', 10, 2)]);
    const early = await claim('x', 109, 9);
    const late = await claim('y', 110, 9);

    expect(claims.flat().sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(early).toEqual([]);
    expect(late).toEqual(['a', 'b', 'c', 'd']);
  });

  it('ends a lease with the next commit of the document, and never gives one to due()', async () => {
    const store = await open();
    await store.commit([put(tasks, 'a', task('open', 0, 1), 0), put(tasks, 'b', task('open', 0, 1), 0)]);
    const claim = { now: 10, limit: 9, leaseMs: 100, owner: 'x' };
    await store.claim(tasks, claim);

    await store.commit([put(tasks, 'a', task('open', 0, 2), 1)]);

    expect((await store.due(tasks, { now: 10, limit: 9 })).map((doc) => doc.id)).toEqual(['b', 'a']);
    expect((await store.claim(tasks, claim)).map((doc) => doc.id)).toEqual(['a']);
  });

  it('refuses a broken cursor and an empty page', async () => {
    const store = await open();
    const query = { key: 'all', order: 'asc', limit: 1 } as const;

    await expect(store.list(tasks, { ...query, after: 'x' })).rejects.toBeInstanceOf(RangeError);
    await expect(store.list(tasks, { ...query, limit: 0 })).rejects.toBeInstanceOf(RangeError);
  });
}
