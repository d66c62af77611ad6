import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Collection, put, type Store } from '../../src/core/ports.ts';
import { testCommits } from './contract-commits.ts';
import { testDocuments } from './contract-documents.ts';
import { testQueries } from './contract-queries.ts';
import { followsModel, type Harness, notes, type Task, task, tasks } from './model.ts';

/** What every store promises. */
export function testStoreContract(harness: Harness): void {
  async function open(): Promise<Store> {
    const store = await harness.open([tasks, notes]);
    onTestFinished(() => store.close());
    return store;
  }

  describe(`store contract: ${harness.name}`, () => {
    testCommits(open);
    testQueries(open);
    testDocuments(open);

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

    it('behaves like a plain map, whatever is committed in whatever order', () => followsModel(harness));
  });
}
