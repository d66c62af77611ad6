import type { Log } from '../core/ports.ts';
import type { Files } from './files.ts';
import { removeOutdated, snapshotPath } from './folder.ts';
import type { Journal } from './journal.ts';
import { StoreStopped } from './problems.ts';
import { type SnapshotSource, writeSnapshot } from './snapshot.ts';

/** Replaces journals by a snapshot, in the background: keeps the folder and the next start small. */
export interface Compactor {
  /**
   * Begins a compaction when one is owed: rotates the journal, then works beside the commits that follow.
   * @param seq the last commit; none may be under way @throws StoreStopped
   */
  beginIfOwed(seq: number): Promise<void>;
  /** Writes these lines as the snapshot up to `seq`. Nothing may run beside it. @throws Error when that fails */
  replace(seq: number, lines: Iterable<string>): Promise<void>;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
  /** Leaves a running compaction; the next start owes it. */
  stop(): Promise<void>;
  /** What an operator should know, or undefined. */
  note(): string | undefined;
}

/**
 * @param lines every document as it is now, walked live
 * @param lastCommit the last one that they show
 */
export function createCompactor(options: {
  readonly files: Files;
  readonly dir: string;
  readonly journal: Journal;
  readonly log: Log;
  readonly compactAt: number;
  readonly snapshotBytes: number;
  lines(): Iterable<string>;
  lastCommit(): number;
}): Compactor {
  const { files, dir, journal, log, compactAt } = options;
  let limit = Math.max(compactAt, options.snapshotBytes);
  let running: Promise<void> | undefined;
  let stopped = false;
  let note: string | undefined;

  async function compact(source: SnapshotSource): Promise<boolean> {
    const { seq } = source;
    const bytes = await writeSnapshot(files, snapshotPath(dir, seq), { ...source, stopped: () => stopped });
    if (bytes === undefined) return false;
    journal.forgetUpTo(seq);
    limit = Math.max(compactAt, bytes);
    note = undefined;
    await removeOutdated(files, dir);
    return true;
  }

  function postpone(error: unknown): void {
    // Not with every commit: a full disk would be asked a thousand times a second.
    limit = journal.bytes() + compactAt;
    note = 'The journals could not be compacted; the folder grows until there is room.';
    log.warn({ err: error }, 'compaction failed');
  }

  return {
    async beginIfOwed(seq) {
      if (running || stopped || journal.bytes() <= limit) return;
      try {
        await journal.rotate(seq + 1);
      } catch (error) {
        if (error instanceof StoreStopped) throw error;
        postpone(error);
        return;
      }
      running = compact({ seq, lines: options.lines(), through: options.lastCommit })
        .then(() => undefined, postpone)
        .finally(() => {
          running = undefined;
        });
    },
    async replace(seq, lines) {
      await journal.rotate(seq + 1);
      if (!(await compact({ seq, lines }))) throw new Error('The store was closed meanwhile.');
    },
    async idle() {
      await running;
    },
    async stop() {
      stopped = true;
      await running;
    },
    note: () => note,
  };
}
