import { isDeepStrictEqual } from 'node:util';
import { Conflict } from '../core/errors.ts';
import { put, type Store } from '../core/ports.ts';
import { type PersonRecord, personCollection, type Records } from './record.ts';

/** The stored records, and the same in memory. */
export interface RecordBook {
  records(): Records;
  /**
   * Stores what differs. A record that another process changed meanwhile is written over: all of them read the same sources.
   * @throws what the store throws; memory then stays as it was, and the next save stores what is still missing
   */
  save(next: Records): Promise<void>;
}

// The store takes 1,000 operations in a commit. Batches are enough: each record is right by itself.
const batchSize = 500;

// Somebody else would have to write the same people again and again at the same moment.
const mostAttempts = 5;

/** Reads all records. */
export async function createRecordBook(store: Store): Promise<RecordBook> {
  const versions = new Map<string, number>();
  let current: Records = await readAll();

  async function readAll(): Promise<Records> {
    const records = new Map<string, PersonRecord>();
    for await (const { id, version, ...record } of store.scan(personCollection)) {
      versions.set(id, version);
      records.set(id, record);
    }
    return records;
  }

  async function saveBatch(batch: readonly (readonly [string, PersonRecord])[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const ops = batch.map(([id, record]) => put(personCollection, id, record, versions.get(id) ?? 0));
        const stored = await store.commit(ops);
        for (const [index, [id]] of batch.entries()) versions.set(id, stored[index] ?? 0);
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === mostAttempts) throw error;
        for (const [id] of batch) versions.set(id, (await store.get(personCollection, id))?.version ?? 0);
      }
    }
  }

  return {
    records: () => current,
    async save(next) {
      const changed = [...next].filter(([id, record]) => !isDeepStrictEqual(record, current.get(id)));
      for (let start = 0; start < changed.length; start += batchSize) {
        await saveBatch(changed.slice(start, start + batchSize));
      }
      current = next;
    },
  };
}
