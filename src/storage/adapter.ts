import { setImmediate } from 'node:timers/promises';
import type { Adapter } from 'lowdb';
import type { Log } from '../core/ports.ts';
import { type Compactor, createCompactor } from './compactor.ts';
import type { Transaction } from './engine.ts';
import type { Files } from './files.ts';
import { removeOutdated } from './folder.ts';
import { encodeChange, encodeFrame } from './frames.ts';
import { type Journal, openJournal } from './journal.ts';
import { recover } from './recovery.ts';
import { backupLines, snapshotLines } from './snapshot.ts';
import type { Tables, Write } from './tables.ts';

/** lowdb's adapter over a snapshot and a journal: a write costs what changed, not what there is. */
export interface JournalAdapter extends Adapter<Tables> {
  /** Hands over a commit; the `write` that follows makes it durable, together with whatever else waits. */
  submit(transaction: Transaction): void;
  /** Makes a whole content durable at once, or nothing of it. Nobody may commit meanwhile. */
  replace(content: readonly Write[]): Promise<void>;
  /** Not ok from a lost commit to the next one that succeeds. */
  health(): { readonly ok: boolean; readonly note?: string };
  /** Waits for what was submitted, leaves a running compaction to the next start. */
  close(): Promise<void>;
}

export interface AdapterOptions {
  readonly files: Files;
  readonly dir: string;
  /** Empty; filled by `read`. */
  readonly tables: Tables;
  readonly log: Log;
  /** A compaction is owed once the journals exceed this many bytes and the size of the snapshot. */
  readonly compactAt: number;
  /** These commits are durable now, in this order. */
  onDurable(transactions: readonly Transaction[]): void;
  /** Everything that was submitted and is not durable is lost. */
  onLost(reason: unknown): void;
}

/** Commits whose caller waits for them together. */
interface Waiting {
  readonly transactions: readonly Transaction[];
  /** Their changes as JSON, one text per commit that changes anything. */
  readonly changes: readonly string[];
  resolve(): void;
  reject(reason: unknown): void;
}

interface Opened {
  readonly journal: Journal;
  readonly compactor: Compactor;
}

// One write and one flush carry at most about this much: what waits behind it should not wait long.
const batchLength = 4 * 1024 * 1024;

/** An adapter for a folder whose lock this process has. `read` throws what `recover` throws. */
export function createJournalAdapter(options: AdapterOptions): JournalAdapter {
  const { files, dir, tables, log } = options;
  let opened: Opened | undefined;
  let seq = 0;
  let submitted: Transaction[] = [];
  let queue: Waiting[] = [];
  let isFlushing = false;
  let loss: string | undefined;

  async function read(): Promise<Tables> {
    const found = await recover(files, dir, tables);
    if (found.tornBytes > 0) log.warn({ bytes: found.tornBytes }, 'cut off a write that was never finished');
    const journal = await openJournal(files, dir, found.journals);
    await removeOutdated(files, dir);
    const compactor = createCompactor({
      ...{ files, dir, journal, log, compactAt: options.compactAt, snapshotBytes: found.snapshotBytes },
      lines: () => snapshotLines(tables),
      lastCommit: () => seq,
    });
    seq = found.seq;
    opened = { journal, compactor };
    // Now, not beside the first commits: a process that is killed again and again would pile up journals.
    await compactor.beginIfOwed(seq);
    await compactor.idle();
    return tables;
  }

  function write(): Promise<void> {
    const transactions = submitted;
    submitted = [];
    return new Promise((resolve, reject) => {
      queue.push({ transactions, changes: transactions.flatMap(encodeChanges), resolve, reject });
      void flush();
    });
  }

  async function flush(): Promise<void> {
    if (isFlushing) return;
    isFlushing = true;
    while (queue.length > 0) {
      // Whoever was answered a moment ago may have the next commit ready: one flush for all of them.
      await setImmediate();
      const batch = takeBatch();
      try {
        await flushBatch(batch);
      } catch (error) {
        loseAll(batch, error);
      }
    }
    isFlushing = false;
  }

  async function flushBatch(batch: readonly Waiting[]): Promise<void> {
    const { journal, compactor } = assertOpened(opened);
    const changes = batch.flatMap((waiting) => waiting.changes);
    if (changes.length > 0) {
      await journal.append(Buffer.from(changes.map((text, n) => encodeFrame(seq + 1 + n, seq, text)).join('')));
      seq += changes.length;
      loss = undefined;
    }
    options.onDurable(batch.flatMap(({ transactions }) => transactions));
    for (const { resolve } of batch) resolve();
    if (changes.length > 0) await compactor.beginIfOwed(seq);
  }

  function takeBatch(): readonly Waiting[] {
    let length = 0;
    const end = queue.findIndex(({ changes }) => {
      const isFull = length > batchLength;
      length += changes.reduce((sum, text) => sum + text.length, 0);
      return isFull;
    });
    return queue.splice(0, end < 0 ? queue.length : end);
  }

  /** What waits behind a lost commit was checked against it, so it is lost as well. */
  function loseAll(batch: readonly Waiting[], error: unknown): void {
    const lost = [...batch, ...queue];
    queue = [];
    loss = error instanceof Error ? error.message : String(error);
    log.error({ err: error, commits: lost.length }, 'commits were lost');
    options.onLost(error);
    for (const { reject } of lost) reject(error);
  }

  return {
    read,
    write,
    submit(transaction) {
      submitted.push(transaction);
    },
    async replace(content) {
      const { compactor } = assertOpened(opened);
      await compactor.idle();
      await compactor.replace(seq, backupLines(content));
    },
    health() {
      const note = loss ?? opened?.compactor.note();
      return { ok: loss === undefined, ...(note === undefined ? {} : { note }) };
    },
    async close() {
      await write().catch(() => undefined);
      await opened?.compactor.stop();
      await opened?.journal.close();
    },
  };
}

function encodeChanges({ writes }: Transaction): readonly string[] {
  if (writes.length === 0) return [];
  return [writes.map(({ table, id, stored }) => encodeChange(table.name, id, stored)).join(',')];
}

function assertOpened(opened: Opened | undefined): Opened {
  if (!opened) throw new Error('The store was not read before it was written.');
  return opened;
}
