import { dirname } from 'node:path';
import { Low } from 'lowdb';
import { Conflict } from '../core/errors.ts';
import type { AnyCollection, Log, Op, Store } from '../core/ports.ts';
import { createJournalAdapter, type JournalAdapter } from './adapter.ts';
import { createEngine, type Engine } from './engine.ts';
import { diskFiles, type Files } from './files.ts';
import { journalPath, listFolder, snapshotPath } from './folder.ts';
import { lockFolder } from './lock.ts';
import { alreadyInitialized, DiskFull, notInitialized, StoreStopped } from './problems.ts';
import { recover } from './recovery.ts';
import { writeSnapshot } from './snapshot.ts';
import { countDocuments, createTables, type Tables } from './tables.ts';

export interface OpenOptions {
  /** What this program reads and writes; documents of other collections are kept as they are. */
  readonly collections: readonly AnyCollection[];
  /**
   * `write` (default) takes the folder for this process. `read` shows the moment of opening, beside a running bot:
   * it takes no lock and writes nothing.
   */
  readonly mode?: 'write' | 'read';
  readonly log?: Log;
  /** The disk; tests let it fail. */
  readonly files?: Files;
  /** Journals larger than this (bytes) and than the snapshot are compacted. */
  readonly compactAt?: number;
}

// Reads in about 0.4 s at the next start.
const defaultCompactAt = 32 * 1024 * 1024;

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Creates an empty store, once and on purpose: a missing folder is never taken for an empty store.
 * @param dir made when it does not exist
 * @throws OperatorError when there is a store already, or another process is working on the folder
 */
export async function initStore(dir: string, files: Files = diskFiles): Promise<void> {
  await files.makeFolder(dir);
  const unlock = await lockFolder(dir);
  try {
    if (await hasData(files, dir)) throw alreadyInitialized(dir);
    const journal = await files.open(journalPath(dir, 1), 'create');
    await journal.sync();
    await journal.close();
    await writeSnapshot(files, snapshotPath(dir, 0), { seq: 0, lines: [] });
    await files.syncFolder(dirname(dir));
  } finally {
    await unlock();
  }
}

/**
 * Opens a store that `initStore` made.
 * @throws OperatorError when there is none, another process has it, a file is damaged or missing, or documents do not
 * fit the collections
 */
export async function openStore(dir: string, options: OpenOptions): Promise<Store> {
  return options.mode === 'read' ? openForReading(dir, options) : openForWriting(dir, options);
}

/** An init that was interrupted leaves an empty journal at most. */
async function hasData(files: Files, dir: string): Promise<boolean> {
  const { snapshots, journals } = await listFolder(files, dir);
  if (snapshots.length > 0) return true;
  for (const { path } of journals) {
    const journal = await files.open(path, 'read');
    const size = await journal.size().finally(() => journal.close());
    if (size > 0) return true;
  }
  return false;
}

async function openForWriting(dir: string, options: OpenOptions): Promise<Store> {
  const { files = diskFiles } = options;
  const { snapshots, journals } = await listFolder(files, dir);
  // Before the lock: it would leave its file in what may be somebody else's folder.
  if (snapshots.length + journals.length === 0) throw notInitialized(dir);
  const unlock = await lockFolder(dir);
  try {
    return await openLocked(dir, options, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openLocked(dir: string, options: OpenOptions, unlock: () => Promise<void>): Promise<Store> {
  const { collections, files = diskFiles, log = silent, compactAt = defaultCompactAt } = options;
  const tables = createTables(collections);
  const engine = createEngine(tables);
  const adapter = createJournalAdapter({
    ...{ files, dir, tables, log, compactAt },
    onDurable: engine.apply,
    onLost(reason) {
      engine.discardStaged();
      // After a full disk memory and disk still agree; after anything else nobody knows.
      if (!(reason instanceof DiskFull)) engine.refuse(asStopped(reason));
    },
  });
  const db = new Low(adapter, tables);
  await db.read();
  return {
    ...engine.reads,
    changed: engine.changed,
    commit: (ops) => commit(engine, adapter, db, ops),
    async restore(docs) {
      engine.assertAccepts();
      const accept = engine.refuse(new Error('A backup is being restored.'));
      try {
        await db.write();
        engine.assertEmpty();
        const backup = await engine.readBackup(docs);
        await adapter.replace(backup.writes);
        engine.apply([backup]);
      } finally {
        accept();
      }
    },
    health: async () => ({ ...adapter.health(), documents: countDocuments(tables) }),
    async close() {
      engine.refuse(new Error('The store is closed.'));
      await adapter.close();
      await unlock();
    },
  };
}

function asStopped(reason: unknown): StoreStopped {
  return reason instanceof StoreStopped ? reason : new StoreStopped(reason);
}

async function commit(
  engine: Engine,
  adapter: JournalAdapter,
  db: Low<Tables>,
  ops: readonly Op[],
): Promise<readonly number[]> {
  try {
    const transaction = engine.stage(ops);
    adapter.submit(transaction);
    await db.write();
    return transaction.versions;
  } catch (error) {
    // Until what it lost to is durable, reading again would show the old version, and retries would be used up.
    if (error instanceof Conflict) await db.write().catch(() => undefined);
    throw error;
  }
}

async function openForReading(dir: string, { collections, files = diskFiles }: OpenOptions): Promise<Store> {
  const tables = await recoverBesideWriter(files, dir, collections);
  const engine = createEngine(tables);
  engine.refuse(new Error('The store was opened for reading only.'));
  return {
    ...engine.reads,
    changed: engine.changed,
    commit: async (ops) => engine.stage(ops).versions,
    restore: async () => engine.assertAccepts(),
    health: async () => ({ ok: true, documents: countDocuments(tables), note: 'opened for reading only' }),
    close: async () => undefined,
  };
}

/**
 * A compaction may remove a file, and a rejected write be taken back, while we read. What is really wrong is there again
 * at the second look.
 */
async function recoverBesideWriter(files: Files, dir: string, collections: readonly AnyCollection[]): Promise<Tables> {
  let problem: string | undefined;
  for (;;) {
    const tables = createTables(collections);
    try {
      await recover(files, dir, tables);
      return tables;
    } catch (error) {
      if (String(error) === problem) throw error;
      problem = String(error);
    }
  }
}
