import type { AnyCollection } from '../core/ports.ts';
import type { Stored } from './document.ts';
import { addEntry, createOrderedSet, dropEntry, type OrderedSet } from './ordered-set.ts';

/** Everything in memory, by the name of the collection: what lowdb calls its data. */
export type Tables = Map<string, Table>;

export interface Table {
  readonly name: string;
  /** Undefined for what an older or newer program wrote: kept and carried along, but not readable. */
  readonly collection: AnyCollection | undefined;
  readonly docs: Map<string, Stored>;
  /** All ids in order. */
  readonly ids: OrderedSet;
  readonly keys: Map<string, OrderedSet>;
  readonly due: OrderedSet;
  /** End of the lease (ms) of every document that was claimed and not committed since. */
  readonly leases: Map<string, number>;
  /** Versions that were promised to commits whose flush is still under way; 0 = removed. */
  readonly staged: Map<string, { readonly version: number; readonly waiting: number }>;
}

/** A table that the program knows how to read and write. */
export type KnownTable = Table & { readonly collection: AnyCollection };

/** One change of one document; `stored` is undefined when it is removed. */
export interface Write {
  readonly table: Table;
  readonly id: string;
  readonly stored: Stored | undefined;
}

/** Empty tables. @throws RangeError when two collections have the same name */
export function createTables(collections: readonly AnyCollection[]): Tables {
  const tables: Tables = new Map();
  for (const collection of collections) {
    if (tables.has(collection.name)) throw new RangeError(`Two collections are named "${collection.name}".`);
    tables.set(collection.name, createTable(collection.name, collection));
  }
  return tables;
}

/** A table without documents. */
export function createTable(name: string, collection: AnyCollection | undefined): Table {
  return {
    name,
    collection,
    docs: new Map(),
    ids: createOrderedSet(),
    keys: new Map(),
    due: createOrderedSet(),
    leases: new Map(),
    staged: new Map(),
  };
}

/** @throws RangeError when the store was opened without this collection */
export function knownTable(tables: Tables, name: string): KnownTable {
  const table = tables.get(name);
  if (!isKnown(table)) throw new RangeError(`The store was opened without the collection "${name}".`);
  return table;
}

/** Makes one write visible: the document, its index entries and its due time. Whoever had a lease on it has reported. */
export function applyWrite({ table, id, stored }: Write): void {
  const old = table.docs.get(id);
  if (old) unindex(table, id, old);
  table.leases.delete(id);
  if (!stored) {
    table.docs.delete(id);
    dropEntry(table.ids, 0, id);
    return;
  }
  table.docs.set(id, stored);
  addEntry(table.ids, 0, id);
  for (const { key, at } of stored.index) addEntry(entriesOf(table, key), at, id);
  if (stored.due !== null) addEntry(table.due, stored.due, id);
}

/** How many documents there are, in all collections. */
export function countDocuments(tables: Tables): number {
  let count = 0;
  for (const table of tables.values()) count += table.docs.size;
  return count;
}

function unindex(table: Table, id: string, old: Stored): void {
  for (const { key, at } of old.index) {
    const entries = entriesOf(table, key);
    dropEntry(entries, at, id);
    if (entries.size === 0) table.keys.delete(key);
  }
  if (old.due !== null) dropEntry(table.due, old.due, id);
}

function entriesOf(table: Table, key: string): OrderedSet {
  const found = table.keys.get(key);
  if (found) return found;
  const entries = createOrderedSet();
  table.keys.set(key, entries);
  return entries;
}

function isKnown(table: Table | undefined): table is KnownTable {
  return table?.collection !== undefined;
}
