import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Conflict } from '../../src/core/errors.ts';
import {
  type AnyCollection,
  type Collection,
  type Doc,
  type Op,
  put,
  remove,
  type Store,
} from '../../src/core/ports.ts';

/** How an engine is opened for the contract; every engine of the port runs the same tests. */
export interface Harness {
  readonly name: string;
  /** An empty store; the suite closes it. */
  open(collections: readonly AnyCollection[]): Promise<Store>;
  /** Closes the store and opens the same data again; absent when nothing outlives the process. */
  reopen?(store: Store, collections: readonly AnyCollection[]): Promise<Store>;
}

const Task = z.strictObject({ state: z.string(), at: z.number(), due: z.number().nullable().default(null) });
type Task = z.infer<typeof Task>;

const tasks: Collection<Task> = {
  name: 'task',
  schema: Task,
  shape: 1,
  index: (task) => [{ key: `state:${task.state}`, at: task.at }, { key: 'all' }],
  due: (task) => task.due,
};

const Note = z.looseObject({});
const notes: Collection<Record<string, unknown>> = { name: 'note', schema: Note, shape: 1, index: () => [] };

function task(state: string, at: number, due: number | null = null): Task {
  return { state, at, due };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

async function listIds(store: Store, key: string, order: 'asc' | 'desc', limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const page = await store.list(tasks, { key, order, limit, ...(after === undefined ? {} : { after }) });
    pages.push(page.docs.map((doc) => doc.id));
    after = page.next;
  } while (after !== undefined);
  return pages;
}

/** What every store promises. */
export function testStoreContract(harness: Harness): void {
  async function open(): Promise<Store> {
    const store = await harness.open([tasks, notes]);
    onTestFinished(() => store.close());
    return store;
  }

  describe(`store contract: ${harness.name}`, () => {
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

    it('refuses a broken cursor and an empty page', async () => {
      const store = await open();
      const query = { key: 'all', order: 'asc', limit: 1 } as const;

      await expect(store.list(tasks, { ...query, after: 'x' })).rejects.toBeInstanceOf(RangeError);
      await expect(store.list(tasks, { ...query, limit: 0 })).rejects.toBeInstanceOf(RangeError);
    });

    it('takes no commit after it was closed', async () => {
      const store = await harness.open([tasks, notes]);
      await store.close();

      const late = store.commit([put(notes, 'a', { n: 1 }, 0)]);

      await expect(late).rejects.toThrow('closed');
    });

    it.skipIf(!harness.reopen)('lifts documents of an older shape, and indexes them anew', async () => {
      const before = await harness.open([tasks, notes]);
      await before.commit([put(tasks, 'a', task('open', 1), 0), put(notes, 'n', { n: 1 }, 0)]);
      const Newer = z.strictObject({ status: z.string(), at: z.number() });
      const newer: Collection<z.infer<typeof Newer>> = {
        name: 'task',
        schema: Newer,
        shape: 2,
        lift: (old, from) => ({ status: `${(old as Task).state}, shape ${from}`, at: (old as Task).at }),
        index: (doc) => [{ key: doc.status, at: doc.at }],
      };

      const after = await harness.reopen?.(before, [newer]);
      onTestFinished(() => after?.close());

      expect(await after?.get(newer, 'a')).toEqual({ id: 'a', version: 1, status: 'open, shape 1', at: 1 });
      expect(await after?.count(newer, { key: 'open, shape 1' })).toBe(1);
      expect((await after?.health())?.documents).toBe(2);
    });

    it('behaves like a plain map, whatever is committed in whatever order', async () => {
      const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
      const change = fc.record({
        id,
        kind: fc.constantFrom('put', 'put', 'remove', 'check'),
        off: fc.constantFrom(0, 0, 0, 1, -1),
        state: fc.constantFrom('x', 'y'),
        at: fc.integer({ min: 0, max: 3 }),
        due: fc.option(fc.integer({ min: 0, max: 9 })),
      });
      const step = fc.record({
        ops: fc.uniqueArray(change, { selector: (one) => one.id, minLength: 1, maxLength: 4 }),
        wait: fc.boolean(),
      });

      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          let store = await harness.open([tasks, notes]);
          const model = new Map<string, Doc<Task>>();
          let pending: Promise<unknown>[] = [];
          try {
            for (const { ops, wait: waits } of steps) {
              const planned = ops.map((one) => {
                const found = model.get(one.id)?.version ?? 0;
                const least = one.kind === 'remove' ? 1 : 0;
                const expected = Math.max(least, found + one.off);
                return { one, found, expected };
              });
              const commit = store.commit(
                planned.map(({ one, expected }): Op => {
                  if (one.kind === 'put') return put(tasks, one.id, task(one.state, one.at, one.due), expected);
                  return one.kind === 'remove'
                    ? { remove: true, in: tasks, id: one.id, expect: expected }
                    : { check: true, in: tasks, id: one.id, expect: expected };
                }),
              );
              if (planned.some(({ found, expected }) => found !== expected)) {
                pending.push(expect(commit).rejects.toBeInstanceOf(Conflict));
              } else {
                pending.push(expect(commit).resolves.toHaveLength(ops.length));
                for (const { one, found } of planned) {
                  if (one.kind === 'remove') model.delete(one.id);
                  if (one.kind !== 'put') continue;
                  model.set(one.id, { id: one.id, version: found + 1, ...task(one.state, one.at, one.due) });
                }
              }
              if (waits) {
                await Promise.all(pending);
                pending = [];
              }
            }
            await Promise.all(pending);
            await compare(store, model);
            if (harness.reopen) {
              store = await harness.reopen(store, [tasks, notes]);
              await compare(store, model);
            }
          } finally {
            await store.close();
          }
        }),
        { seed: 20261122, numRuns: harness.reopen ? 60 : 200 },
      );
    });
  });
}

async function compare(store: Store, model: ReadonlyMap<string, Doc<Task>>): Promise<void> {
  const docs = [...model.values()];
  const byId = (a: Doc<Task>, b: Doc<Task>) => (a.id < b.id ? -1 : 1);
  expect(await collect(store.scan(tasks))).toEqual(docs.toSorted(byId));
  for (const state of ['x', 'y']) {
    const expected = docs.filter((doc) => doc.state === state).toSorted((a, b) => a.at - b.at || byId(a, b));
    const ids = expected.map((doc) => doc.id);
    expect((await listIds(store, `state:${state}`, 'asc', 2)).flat()).toEqual(ids);
    expect((await listIds(store, `state:${state}`, 'desc', 2)).flat()).toEqual(ids.toReversed());
    const inPeriod = expected.filter((doc) => doc.at >= 1 && doc.at < 3);
    expect(await store.count(tasks, { key: `state:${state}`, from: 1, to: 3 })).toBe(inPeriod.length);
  }
  const waiting = docs.filter((doc) => doc.due !== null && doc.due <= 5);
  const due = waiting.toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0) || byId(a, b));
  expect(await store.due(tasks, { now: 5, limit: 9 })).toEqual(due);
}
