import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Files, OpenFile } from './files.ts';
import { type Change, decodeLine, encodeChange, encodeLine } from './frames.ts';
import { readLines } from './lines.ts';
import { damaged } from './problems.ts';
import type { Tables, Write } from './tables.ts';

interface Header {
  /** Version of the file format. */
  readonly store: 1;
  readonly s: number;
}

interface Trailer {
  /** How many documents the file has. */
  readonly n: number;
  /** The last commit that may be in it: the journals must reach at least that far. */
  readonly s: number;
}

/** What a snapshot is made of. */
export interface SnapshotSource {
  /** The last commit before the journal that goes with it. */
  readonly seq: number;
  readonly lines: Iterable<string>;
  /** The last commit whose changes `lines` may show by now; `seq` when nothing changes meanwhile. */
  readonly through?: () => number;
  /** True: leave it. */
  readonly stopped?: () => boolean;
}

// About 1 ms of building; in between others commit.
const sliceLength = 256 * 1024;
// Flushing little by little keeps the queue of the disk short: one flush of everything would hold up the journal's.
const syncEvery = 4 * 1024 * 1024;

/**
 * Writes everything in memory to a new file, while commits go on: what changes meanwhile is in the journal that began
 * before, and replaying it over the snapshot gives the same result whether the snapshot has it already or not.
 * @returns the size in bytes once it is durable, or undefined when `stopped` said so; then nothing is left behind
 */
export async function writeSnapshot(files: Files, path: string, source: SnapshotSource): Promise<number | undefined> {
  const unfinished = `${path}.tmp`;
  const file = await files.open(unfinished, 'create');
  try {
    const size = await writeLines(file, source);
    await file.close();
    if (size === undefined) {
      await files.remove(unfinished);
      return undefined;
    }
    await files.rename(unfinished, path);
    await files.syncFolder(dirname(path));
    return size;
  } catch (error) {
    await file.close();
    await files.remove(unfinished);
    throw error;
  }
}

/** Every document as a line of a snapshot, walked live. */
export function* snapshotLines(tables: Tables): Generator<string> {
  for (const { name, docs } of tables.values()) {
    // Documents inserted meanwhile come last and are in the journal anyway: without a bound, writers could keep us here.
    let left = docs.size;
    for (const [id, stored] of docs) {
      if (left === 0) break;
      left -= 1;
      yield encodeChange(name, id, stored);
    }
  }
}

/** What is about to be stored, as lines of a snapshot. */
export function* backupLines(writes: readonly Write[]): Generator<string> {
  for (const { table, id, stored } of writes) yield encodeChange(table.name, id, stored);
}

/**
 * Reads and verifies a snapshot.
 * @returns its seq, the last commit it may show, and its size in bytes
 * @throws OperatorError when a byte is not as it was written
 */
export async function readSnapshot(
  files: Files,
  path: string,
  take: (change: Change) => void,
): Promise<{ readonly seq: number; readonly through: number; readonly bytes: number }> {
  const file = await files.open(path, 'read');
  try {
    let header: Header | undefined;
    let trailer: Trailer | undefined;
    let count = 0;
    for await (const lines of readLines(file)) {
      for (const { bytes, offset, ended } of lines) {
        const content = ended && !trailer ? decodeLine<Header | Trailer | Change>(bytes) : undefined;
        if (!content) throw damaged(path, offset, 'a line of the snapshot does not match its checksum');
        if (!header) header = asHeader(path, content);
        else if ('n' in content) trailer = content;
        else if ('k' in content) {
          take(content);
          count += 1;
        }
      }
    }
    const size = await file.size();
    if (!header || trailer?.n !== count) throw damaged(path, size, 'the snapshot is incomplete');
    return { seq: header.s, through: trailer.s, bytes: size };
  } finally {
    await file.close();
  }
}

function asHeader(path: string, content: object): Header {
  if ('store' in content && content.store === 1) return content as Header;
  throw damaged(path, 0, 'the snapshot has no header that this version knows');
}

async function writeLines(
  file: OpenFile,
  { seq, lines, through = () => seq, stopped = () => false }: SnapshotSource,
): Promise<number | undefined> {
  let slice = encodeLine(`{"store":1,"s":${seq}}`);
  let count = 0;
  let size = 0;
  let synced = 0;
  async function flush(): Promise<void> {
    const bytes = Buffer.from(slice);
    slice = '';
    await file.write(bytes, size);
    size += bytes.length;
    if (size - synced < syncEvery) return;
    await file.sync();
    synced = size;
  }

  for (const line of lines) {
    slice += encodeLine(line);
    count += 1;
    if (slice.length < sliceLength) continue;
    await flush();
    await setImmediate();
    if (stopped()) return undefined;
  }
  slice += encodeLine(`{"n":${count},"s":${through()}}`);
  await flush();
  await file.sync();
  return size;
}
