import { OperatorError } from '../core/errors.ts';
import { liftDocument, type Stored } from './document.ts';
import type { Files } from './files.ts';
import { listFolder, type NumberedFile } from './folder.ts';
import { type Change, decodeLine, type Frame, findFrame } from './frames.ts';
import { type Line, readLines } from './lines.ts';
import { damaged, notInitialized } from './problems.ts';
import { readSnapshot } from './snapshot.ts';
import { applyWrite, createTable, type Table, type Tables } from './tables.ts';

/** What lay in the folder, after its documents went into the tables. */
export interface Recovered {
  /** The last commit. */
  readonly seq: number;
  readonly snapshotBytes: number;
  /** Journals since the snapshot, with their whole commits in bytes; the last one is the one to go on with. */
  readonly journals: readonly (NumberedFile & { readonly bytes: number })[];
  /** Bytes of a write that was cut off, behind the last whole commit. */
  readonly tornBytes: number;
}

/** Documents on their way from the files into the tables; an error stands for one that this program cannot read. */
type Found = Map<Table, Map<string, Stored | Error>>;

// Enough to see what is wrong, few enough to read.
const shownMistakes = 10;

/**
 * Reads the newest snapshot and the journals since, and fills the tables. Writes nothing.
 * @throws OperatorError when there is no store, when a file is missing or damaged, or when documents do not fit the
 * collections of this program
 */
export async function recover(files: Files, dir: string, tables: Tables): Promise<Recovered> {
  const listing = await listFolder(files, dir);
  const newest = listing.snapshots.at(-1);
  if (!newest) {
    if (listing.journals.length === 0) throw notInitialized(dir);
    throw damaged(dir, 0, 'there are journals, but the snapshot they belong to is missing');
  }
  const found: Found = new Map();
  const snapshot = await readSnapshot(files, newest.path, (change) => takeChange(tables, found, change));
  if (snapshot.seq !== newest.seq) throw damaged(newest.path, 0, 'the snapshot belongs to another name');

  const current = listing.journals.filter(({ seq }) => seq > newest.seq);
  const read = await readJournals(files, dir, current, newest.seq, (change) => takeChange(tables, found, change));
  if (read.seq < snapshot.through) {
    const { path, bytes } = read.journals.at(-1) ?? { path: dir, bytes: 0 };
    throw damaged(path, bytes, `commit ${read.seq + 1} is missing, and the snapshot shows that it was durable`);
  }
  fillTables(found);
  return { ...read, snapshotBytes: snapshot.bytes };
}

async function readJournals(
  files: Files,
  dir: string,
  journals: readonly NumberedFile[],
  snapshotSeq: number,
  take: (change: Change) => void,
): Promise<Pick<Recovered, 'seq' | 'journals' | 'tornBytes'>> {
  let seq = snapshotSeq;
  let tornBytes = 0;
  const read: (NumberedFile & { readonly bytes: number })[] = [];
  if (journals.length === 0) throw damaged(dir, 0, `the journal from commit ${seq + 1} on is missing`);
  for (const journal of journals) {
    // A journal ends when the next one begins: only the last one may have been cut off.
    if (tornBytes > 0) throw damaged(journal.path, 0, 'the journal before it ends in the middle of a commit');
    if (journal.seq !== seq + 1) throw damaged(journal.path, 0, `the journal from commit ${seq + 1} on is missing`);
    const result = await readJournal(files, journal.path, seq, take);
    seq = result.seq;
    tornBytes = result.tornBytes;
    read.push({ ...journal, bytes: result.bytes });
  }
  return { seq, tornBytes, journals: read };
}

async function readJournal(
  files: Files,
  path: string,
  before: number,
  take: (change: Change) => void,
): Promise<{ readonly seq: number; readonly bytes: number; readonly tornBytes: number }> {
  const file = await files.open(path, 'read');
  try {
    let seq = before;
    let bytes = 0;
    let end = 0;
    let torn = false;
    for await (const lines of readLines(file)) {
      for (const line of lines) {
        end = line.offset + line.bytes.length + (line.ended ? 1 : 0);
        const frame = decodeFrame(line);
        if (torn || !frame) {
          torn = true;
          assertTorn(path, bytes, seq + 1, frame ?? findFrame(line.bytes));
          continue;
        }
        if (frame.s !== seq + 1) throw damaged(path, line.offset, `commit ${seq + 1} is missing before ${frame.s}`);
        for (const change of frame.o) take(change);
        seq = frame.s;
        bytes = end;
      }
    }
    return { seq, bytes, tornBytes: end - bytes };
  } finally {
    await file.close();
  }
}

function decodeFrame({ bytes, ended }: Line): Frame | undefined {
  return ended ? decodeLine<Frame>(bytes) : undefined;
}

/**
 * A power cut may keep later pages of the last write and lose earlier ones: whole commits behind a broken one prove
 * nothing, unless they say that the broken one was durable already when they were written.
 */
function assertTorn(path: string, offset: number, lost: number, behind: Frame | undefined): void {
  if (behind && behind.a >= lost) throw damaged(path, offset, `commit ${lost} does not match its checksum`);
}

function takeChange(tables: Tables, found: Found, change: Change): void {
  const table = tables.get(change.c) ?? createTable(change.c, undefined);
  tables.set(change.c, table);
  const docs = found.get(table) ?? new Map<string, Stored | Error>();
  found.set(table, docs);
  if (change.v === 0) docs.delete(change.k);
  else docs.set(change.k, toStored(table, change));
}

function toStored({ collection }: Table, { k: id, v: version, t: shape = 1, d: value }: Change): Stored | Error {
  if (!collection) return { version, shape, json: JSON.stringify(value), index: [], due: null };
  try {
    return liftDocument(collection, id, { value, shape, version });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function fillTables(found: Found): void {
  const errors: Error[] = [];
  for (const [table, docs] of found) {
    for (const [id, stored] of docs) {
      if (stored instanceof Error) errors.push(stored);
      else applyWrite({ table, id, stored });
    }
  }
  if (errors.length === 0) return;
  const mend = 'Start the version that wrote it, or mend the collection’s schema or lift.';
  throw new OperatorError(
    errors.slice(0, shownMistakes).map(({ message }, n) => {
      const more =
        n === shownMistakes - 1 && errors.length > shownMistakes ? ` (and ${errors.length - n - 1} more)` : '';
      return { where: 'store', problem: `${message}${more}`, mend };
    }),
  );
}
