import { isDeepStrictEqual } from 'node:util';
import { Conflict } from '../core/errors.ts';
import { type Op, put, remove, type Store } from '../core/ports.ts';
import { type PersonRecord, personCollection, type Records } from './record.ts';

/** The stored records, and the same in memory. */
export interface RecordBook {
  records(): Records;
  /**
   * Stores what differs, and removes whoever is not there any more. A record that another process changed meanwhile is written over: all of them read the same sources.
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

  async function saveBatch(batch: readonly (readonly [string, PersonRecord | undefined])[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const ops = batch.flatMap(([id, record]) => opFor(id, record));
        if (ops.length === 0) return;
        const stored = await store.commit(ops.map(({ op }) => op));
        for (const [index, { id }] of ops.entries()) versions.set(id, stored[index] ?? 0);
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === mostAttempts) throw error;
        for (const [id] of batch) versions.set(id, (await store.get(personCollection, id))?.version ?? 0);
      }
    }
  }

  /** Nothing to do for whoever another process removed. */
  function opFor(id: string, record: PersonRecord | undefined): readonly { readonly id: string; readonly op: Op }[] {
    const version = versions.get(id) ?? 0;
    if (record) return [{ id, op: put(personCollection, id, record, version) }];
    return version === 0 ? [] : [{ id, op: remove(personCollection, { id, version }) }];
  }

  return {
    records: () => current,
    async save(next) {
      const gone = [...current.keys()].filter((id) => !next.has(id)).map((id) => [id, undefined] as const);
      const changed = [...next].filter(([id, record]) => !isDeepStrictEqual(record, current.get(id)));
      const all = [...gone, ...changed];
      for (let start = 0; start < all.length; start += batchSize) {
        await saveBatch(all.slice(start, start + batchSize));
      }
      current = next;
    },
  };
}
