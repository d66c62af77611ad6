import { setImmediate } from 'node:timers/promises';
import type { Doc, ListQuery, Page, Store } from '../core/ports.ts';
import { decodeDocument } from './document.ts';
import {
  type Bounds,
  countEntries,
  type Entry,
  entriesDown,
  entriesUp,
  firstEntry,
  justAfter,
  startOf,
} from './ordered-set.ts';
import { knownTable, type Table, type Tables } from './tables.ts';

/** The half of the store that looks at memory only. */
export type Reads = Pick<Store, 'get' | 'list' | 'count' | 'due' | 'nextDue' | 'claim' | 'scan'>;

// About 1 ms of parsing: a scan of everything lets others run in between.
const scanBatch = 200;

/** Reads over the tables as they are at the moment of the call. Every method throws a RangeError for an unknown collection. */
export function createReads(tables: Tables): Reads {
  const tableOf = (name: string): Table => knownTable(tables, name);

  return {
    async get<T>({ name }: { readonly name: string }, id: string) {
      return read<T>(tableOf(name), id);
    },
    async list<T>({ name }: { readonly name: string }, query: ListQuery) {
      return list<T>(tableOf(name), query);
    },
    async count({ name }, { key, from, to }) {
      const entries = tableOf(name).keys.get(key);
      return entries ? countEntries(entries, period(from, to)) : 0;
    },
    async due<T>(
      { name }: { readonly name: string },
      { now, limit }: { readonly now: number; readonly limit: number },
    ) {
      return takeDue<T>(tableOf(name), now, limit, () => true);
    },
    async nextDue({ name }) {
      return firstEntry(tableOf(name).due)?.at;
    },
    async claim<T>(
      { name }: { readonly name: string },
      { now, limit, leaseMs }: { readonly now: number; readonly limit: number; readonly leaseMs: number },
    ) {
      const table = tableOf(name);
      // Looks at what is leased besides what it takes, never at the rest: leases are few and end with the next commit.
      const docs = takeDue<T>(table, now, limit, (id) => (table.leases.get(id) ?? now) <= now);
      for (const { id } of docs) table.leases.set(id, now + leaseMs);
      return docs;
    },
    scan<T>({ name }: { readonly name: string }) {
      return scan<T>(tableOf(name));
    },
  };
}

function read<T>(table: Table, id: string): Doc<T> | undefined {
  const stored = table.docs.get(id);
  return stored && decodeDocument<T>(id, stored);
}

function list<T>(table: Table, { key, from, to, order, after, limit }: ListQuery): Page<T> {
  if (!(limit >= 1)) throw new RangeError('A page holds at least one document.');
  const cursor = after === undefined ? undefined : parseCursor(after);
  const entries = table.keys.get(key);
  if (!entries) return { docs: [] };
  const { low, high } = period(from, to);
  const walk =
    order === 'asc'
      ? entriesUp(entries, { low: cursor ? justAfter(cursor) : low, high })
      : entriesDown(entries, { low, high: cursor ?? high });
  const docs: Doc<T>[] = [];
  let last: Entry | undefined;
  for (const entry of walk) {
    if (last && docs.length >= limit) return { docs, next: formatCursor(last) };
    const doc = read<T>(table, entry.id);
    if (doc) docs.push(doc);
    last = entry;
  }
  return { docs };
}

function takeDue<T>(table: Table, now: number, limit: number, wanted: (id: string) => boolean): readonly Doc<T>[] {
  const docs: Doc<T>[] = [];
  for (const { at, id } of entriesUp(table.due, {})) {
    if (at > now || docs.length >= limit) break;
    const doc = wanted(id) ? read<T>(table, id) : undefined;
    if (doc) docs.push(doc);
  }
  return docs;
}

/** In the order of ids. What is committed meanwhile is seen when it lies ahead; nothing is seen twice. */
async function* scan<T>(table: Table): AsyncGenerator<Doc<T>> {
  let low: Entry | undefined;
  for (;;) {
    const batch: Entry[] = [];
    for (const entry of entriesUp(table.ids, { low })) {
      batch.push(entry);
      if (batch.length >= scanBatch) break;
    }
    for (const entry of batch) {
      const doc = read<T>(table, entry.id);
      if (doc) yield doc;
      low = justAfter(entry);
    }
    if (batch.length < scanBatch) return;
    await setImmediate();
  }
}

/** From `from` on, before `to`: months and days follow each other without a gap or a document in two of them. */
function period(from: number | undefined, to: number | undefined): Bounds {
  return { low: from === undefined ? undefined : startOf(from), high: to === undefined ? undefined : startOf(to) };
}

// A place in the order instead of a number of documents to skip: pages stay stable while others write.
function formatCursor({ at, id }: Entry): string {
  return `${at}:${id}`;
}

function parseCursor(after: string): Entry {
  const colon = after.indexOf(':');
  const at = Number(after.slice(0, colon));
  const id = after.slice(colon + 1);
  if (colon < 1 || !Number.isFinite(at) || id === '') throw new RangeError('This is not the cursor of a page.');
  return { at, id };
}
