import { join } from 'node:path';
import { type Files, hasCode } from './files.ts';

/** The files of a store: `snapshot-<seq>` holds everything up to a commit, `journal-<seq>` the commits from one on. */
export interface Listing {
  /** Ascending by seq. */
  readonly snapshots: readonly NumberedFile[];
  readonly journals: readonly NumberedFile[];
  /** Left over from a snapshot that was never finished. */
  readonly unfinished: readonly string[];
}

export interface NumberedFile {
  readonly path: string;
  readonly seq: number;
}

// Sixteen digits: names sort like numbers up to the largest safe integer.
const pattern = /^(snapshot|journal)-(\d{16})\.jsonl(\.tmp)?$/;

/** Where the snapshot up to `seq` lies. */
export function snapshotPath(dir: string, seq: number): string {
  return join(dir, `snapshot-${String(seq).padStart(16, '0')}.jsonl`);
}

/** Where the journal whose first commit is `seq` lies. */
export function journalPath(dir: string, seq: number): string {
  return join(dir, `journal-${String(seq).padStart(16, '0')}.jsonl`);
}

/** The store's files in a folder; none when the folder does not exist. */
export async function listFolder(files: Files, dir: string): Promise<Listing> {
  const names = await files.list(dir).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const found = names.flatMap((name) => {
    const [, kind, seq, unfinished] = pattern.exec(name) ?? [];
    return kind ? [{ path: join(dir, name), kind: unfinished ? 'unfinished' : kind, seq: Number(seq) }] : [];
  });
  const of = (kind: string) => found.filter((file) => file.kind === kind).sort((a, b) => a.seq - b.seq);
  return { snapshots: of('snapshot'), journals: of('journal'), unfinished: of('unfinished').map(({ path }) => path) };
}

/** Removes what no start needs any more: everything before the newest snapshot, and snapshots that were never finished. */
export async function removeOutdated(files: Files, dir: string): Promise<void> {
  const { snapshots, journals, unfinished } = await listFolder(files, dir);
  const newest = snapshots.at(-1)?.seq ?? 0;
  const old = [...snapshots.slice(0, -1), ...journals.filter(({ seq }) => seq <= newest)];
  for (const path of [...old.map((file) => file.path), ...unfinished]) await files.remove(path);
}
