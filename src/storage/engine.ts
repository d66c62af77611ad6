import { Conflict } from '../core/errors.ts';
import type { Doc, Op, Store } from '../core/ports.ts';
import { assertId, encodeDocument } from './document.ts';
import { createReads, type Reads } from './reads.ts';
import { applyWrite, countDocuments, knownTable, type Table, type Tables, type Write } from './tables.ts';

/** A commit that passed all checks and waits for its flush. */
export interface Transaction {
  readonly writes: readonly Write[];
  /** What `commit` returns. */
  readonly versions: readonly number[];
}

/** The store in memory. Who makes it durable stages, flushes, then applies in the same order. */
export interface Engine {
  readonly reads: Reads;
  readonly changed: Store['changed'];
  /**
   * Checks operations against everything applied and staged, and promises their versions.
   * @throws Conflict @throws RangeError for broken limits @throws TypeError for a value that its schema refuses
   */
  stage(ops: readonly Op[]): Transaction;
  /** Makes staged transactions visible and wakes who waits for them. */
  apply(transactions: readonly Transaction[]): void;
  /** Forgets everything that is staged and not applied. */
  discardStaged(): void;
  /** Checks a backup without storing it. @throws RangeError @throws TypeError */
  readBackup(docs: Parameters<Store['restore']>[0]): Promise<Transaction>;
  /** From now on every commit throws this. Returns how to take it back. */
  refuse(reason: Error): () => void;
  /** @throws Error what commits throw at the moment */
  assertAccepts(): void;
  /** @throws Error when there is any document */
  assertEmpty(): void;
}

// A transaction blocks the loop while it is checked and applied: 1,000 operations take about 15 ms.
const operationLimit = 1000;

/** An engine over these tables. */
export function createEngine(tables: Tables): Engine {
  const watchers = new Set<{ readonly names: ReadonlySet<string>; readonly wake: () => void }>();
  const refusals = new Set<Error>();

  function wakeWatchers(transactions: readonly Transaction[]): void {
    if (watchers.size === 0) return;
    const touched = new Set(transactions.flatMap(({ writes }) => writes.map(({ table }) => table.name)));
    for (const { names, wake } of watchers) {
      // A microtask of its own: a wake that throws must not be taken for a failed commit.
      if ([...touched].some((name) => names.has(name))) queueMicrotask(wake);
    }
  }

  function assertAccepts(): void {
    for (const reason of refusals) throw reason;
  }

  return {
    reads: createReads(tables),
    changed(collections, wake) {
      for (const name of collections) knownTable(tables, name);
      const watcher = { names: new Set(collections), wake };
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    stage(ops) {
      assertAccepts();
      assertShape(ops);
      const transaction = planTransaction(tables, ops);
      for (const write of transaction.writes) promise(write);
      return transaction;
    },
    apply(transactions) {
      for (const { writes } of transactions) {
        for (const write of writes) {
          keepPromise(write.table, write.id);
          applyWrite(write);
        }
      }
      wakeWatchers(transactions);
    },
    discardStaged() {
      for (const { staged } of tables.values()) staged.clear();
    },
    async readBackup(docs) {
      const writes = new Map<string, Write>();
      for await (const { collection, doc } of docs) {
        const key = `${collection} ${doc.id}`;
        if (writes.has(key)) throw new RangeError(`${collection}/${doc.id} is twice in the backup.`);
        writes.set(key, restoreWrite(tables, collection, doc));
      }
      return { writes: [...writes.values()], versions: [] };
    },
    refuse(reason) {
      refusals.add(reason);
      return () => refusals.delete(reason);
    },
    assertAccepts,
    assertEmpty() {
      if (countDocuments(tables) > 0) throw new Error('A backup is restored into an empty store only.');
    },
  };
}

function assertShape(ops: readonly Op[]): void {
  if (ops.length > operationLimit) throw new RangeError(`A commit has at most ${operationLimit} operations.`);
  const names = new Set<string>();
  for (const op of ops) {
    assertId(op.in.name, op.id);
    if ('remove' in op && op.expect < 1) {
      throw new RangeError(`${op.in.name}/${op.id}: what does not exist cannot be removed.`);
    }
    const name = `${op.in.name} ${op.id}`;
    if (names.has(name)) throw new RangeError(`${op.in.name}/${op.id} is twice in one commit.`);
    names.add(name);
  }
}

function planTransaction(tables: Tables, ops: readonly Op[]): Transaction {
  const writes: Write[] = [];
  const versions: number[] = [];
  // Versions first: that a message was seen before is common and must stay cheap.
  for (const op of ops) assertVersion(knownTable(tables, op.in.name), op);
  for (const op of ops) {
    const table = knownTable(tables, op.in.name);
    if ('check' in op) {
      versions.push(op.expect);
      continue;
    }
    // The registered collection, not the caller's: indexes follow one definition.
    const stored = 'put' in op ? encodeDocument(table.collection, op.id, op.put, op.expect + 1) : undefined;
    writes.push({ table, id: op.id, stored });
    versions.push(stored?.version ?? 0);
  }
  return { writes, versions };
}

function assertVersion(table: Table, { id, expect }: Op): void {
  const found = table.staged.get(id)?.version ?? table.docs.get(id)?.version ?? 0;
  if (found !== expect) throw new Conflict(table.name, id, expect, found);
}

function promise({ table, id, stored }: Write): void {
  const waiting = (table.staged.get(id)?.waiting ?? 0) + 1;
  table.staged.set(id, { version: stored?.version ?? 0, waiting });
}

function keepPromise(table: Table, id: string): void {
  const staged = table.staged.get(id);
  if (!staged) return;
  if (staged.waiting === 1) table.staged.delete(id);
  else table.staged.set(id, { ...staged, waiting: staged.waiting - 1 });
}

function restoreWrite(tables: Tables, collection: string, doc: Doc<object>): Write {
  const table = knownTable(tables, collection);
  assertId(collection, doc.id);
  if (!Number.isSafeInteger(doc.version) || doc.version < 1) {
    throw new RangeError(`${collection}/${doc.id} has no version from 1 upwards.`);
  }
  return { table, id: doc.id, stored: encodeDocument(table.collection, doc.id, doc, doc.version) };
}
