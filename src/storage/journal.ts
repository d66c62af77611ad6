import { type Files, hasCode, type OpenFile } from './files.ts';
import { journalPath, type NumberedFile } from './folder.ts';
import { DiskFull, StoreStopped } from './problems.ts';

/** The journals since the last snapshot; the last one is open for more. */
export interface Journal {
  /** Bytes in all of them. */
  bytes(): number;
  /**
   * Appends whole lines; durable when it resolves.
   * @throws DiskFull nothing of them is there @throws StoreStopped nobody knows
   */
  append(lines: Buffer): Promise<void>;
  /** Starts a new file for the commits from `seq` on, unless the open one is empty. @throws StoreStopped */
  rotate(seq: number): Promise<void>;
  /** Stops counting the files whose commits all lie in the snapshot up to `seq`. */
  forgetUpTo(seq: number): void;
  close(): Promise<void>;
}

export interface JournalFile extends NumberedFile {
  bytes: number;
}

/**
 * Opens the last of these journals where its last whole commit ends, and cuts off what is behind.
 * @param found what recovery read, oldest first
 */
export async function openJournal(files: Files, dir: string, found: readonly JournalFile[]): Promise<Journal> {
  let journals = found.map((file) => ({ ...file }));
  let current = lastOf(journals);
  let file = await reopen(files, current);

  return {
    bytes: () => journals.reduce((sum, { bytes }) => sum + bytes, 0),
    async append(lines) {
      await writeLines(file, lines, current.bytes);
      // A failed flush is never tried again: the system may have dropped the pages and would then report success.
      await file.sync().catch(stop);
      current.bytes += lines.length;
    },
    async rotate(seq) {
      if (current.bytes === 0) return;
      const path = journalPath(dir, seq);
      const next = await createJournal(files, dir, path);
      await file.close();
      file = next;
      current = { path, seq, bytes: 0 };
      journals.push(current);
    },
    forgetUpTo(seq) {
      journals = journals.filter((journal) => journal.seq > seq);
    },
    close: () => file.close(),
  };
}

async function reopen(files: Files, { path, bytes }: JournalFile): Promise<OpenFile> {
  const file = await files.open(path, 'change');
  try {
    if ((await file.size()) > bytes) await file.truncate(bytes);
    // What was read may still be in the cache of the system only, when the process that wrote it was killed.
    await file.sync();
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** An empty journal whose name is durable. @throws StoreStopped when a half-made one cannot be taken back */
async function createJournal(files: Files, dir: string, path: string): Promise<OpenFile> {
  const file = await files.open(path, 'create');
  try {
    await files.syncFolder(dir);
    return file;
  } catch (error) {
    // Commits go on in the old file; left behind, the new one would look as if they were missing.
    await file.close().catch(stop);
    await files.remove(path).catch(stop);
    throw error;
  }
}

async function writeLines(file: OpenFile, lines: Buffer, offset: number): Promise<void> {
  try {
    await file.write(lines, offset);
  } catch (error) {
    if (!hasCode(error, 'ENOSPC', 'EDQUOT')) throw new StoreStopped(error);
    // Also durably: a rejected commit must not come back after a power cut.
    await file.truncate(offset).catch(stop);
    await file.sync().catch(stop);
    throw new DiskFull(error);
  }
}

function lastOf(journals: readonly JournalFile[]): JournalFile {
  const last = journals.at(-1);
  if (!last) throw new RangeError('A store has at least one journal.');
  return last;
}

function stop(cause: unknown): never {
  throw new StoreStopped(cause);
}
