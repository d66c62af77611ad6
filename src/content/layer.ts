import type { Dirent } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { systemClock } from '../core/time.ts';

/** A file of a layer; `refused` when it is there but must not or cannot be read. */
export type LayerFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly refused: { readonly problem: string; readonly mend: string } };

/** A source of content. Later layers lie over earlier ones: shipped, the organization's folder, published in the store. */
export interface Layer {
  /** Stands before the path in findings: `data/knowledge/using/agpl-saas.en.md`. */
  readonly name: string;
  /**
   * The files below `folder` that are wanted, sorted by path. A folder that is not there is empty.
   * @param folder path below the layer with forward slashes; empty for its top, which is not descended into
   * @param wanted told the path below the layer; what is not wanted is not read
   * @throws when the layer as a whole cannot be read; its last good content then stays in use
   */
  files(folder: string, wanted: (path: string) => boolean): Promise<readonly LayerFile[]>;
  /** Calls `changed` after every change, perhaps several times. Resolves when it listens; returns how to stop. */
  watch?(changed: () => void): Promise<() => Promise<void>>;
}

// The longest article of a handbook is about 20 kB; a file beyond this is something else that slipped in.
const maxBytes = 256 * 1024;

// Far below the usual limit of 1,024 open files, enough to keep the disk busy.
const openAtOnce = 32;

// The coarsest clock of a file system is that of FAT: within two seconds a file may be written again and look the same.
const settledMs = 3_000;

/** A file as it was last read, and what it looked like from outside. */
interface Remembered {
  readonly stamp: string;
  readonly file: LayerFile;
}

/**
 * A folder on disk as a layer. Names that start with a dot are not looked at.
 * @param name how findings call it
 * @param dir path of the folder; it may be a symbolic link, but nothing in it may lead outside
 */
export function folderLayer(name: string, dir: string): Layer {
  // By folder, so that what is gone is forgotten.
  const remembered = new Map<string, ReadonlyMap<string, Remembered>>();
  return {
    name,
    async files(folder, wanted) {
      const root = await realpath(dir);
      const before = remembered.get(folder);
      const now = new Map<string, Remembered>();
      const paths = (await listPaths(root, folder)).filter(wanted).toSorted();
      const files: LayerFile[] = [];
      for (let start = 0; start < paths.length; start += openAtOnce) {
        const batch = paths.slice(start, start + openAtOnce);
        for (const read of await Promise.all(batch.map((path) => readInside(root, path, before?.get(path))))) {
          files.push(read.file);
          if (read.stamp !== undefined) now.set(read.file.path, { stamp: read.stamp, file: read.file });
        }
      }
      remembered.set(folder, now);
      return files;
    },
    async watch(changed) {
      const watcher = watch(dir, {
        ignoreInitial: true,
        ignored: (path) => relative(dir, path).split(sep).some(isHidden),
      });
      watcher.on('all', changed);
      await new Promise<void>((resolve) => watcher.once('ready', resolve));
      return () => watcher.close();
    },
  };
}

/** Paths below `root` of everything in `folder` that is not a folder; below the top only what stands there itself. */
async function listPaths(root: string, folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of await entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) paths.push(path);
    else if (folder !== '') for (const below of await listPaths(root, path)) paths.push(below);
  }
  return paths;
}

/** `.git` and the like: they change often and hold no content. */
function isHidden(name: string): boolean {
  return name.startsWith('.') && name !== '..';
}

async function entriesOf(dir: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.filter((entry) => !isHidden(entry.name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/**
 * Reads a file after following links, if it lies inside the layer and is not too large.
 * @param before what it was when it was read last: a file that looks the same is not read again
 * @returns without a stamp it has to be read again the next time
 */
async function readInside(
  root: string,
  path: string,
  before: Remembered | undefined,
): Promise<{ readonly file: LayerFile; readonly stamp?: string }> {
  try {
    const real = await realpath(join(root, path));
    if (!real.startsWith(root + sep)) {
      return { file: refuse(path, 'This link leads out of the folder.', 'Put the file itself here.') };
    }
    const looks = await stat(real, { bigint: true });
    if (!looks.isFile()) return { file: refuse(path, 'This is not a plain file.', 'Replace it by a file.') };
    const stamp = [real, looks.dev, looks.ino, looks.size, looks.mtimeNs, looks.ctimeNs].join(' ');
    if (before?.stamp === stamp) return before;
    const file = await readBounded(real, path, Number(looks.size));
    const settled = systemClock.now() - Number(looks.ctimeMs) > settledMs;
    return settled && 'bytes' in file ? { file, stamp } : { file };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { file: refuse(path, `The file cannot be read (${code}).`, 'Check that it exists and who may read it.') };
  }
}

/**
 * Reads as many bytes as the file is said to have: asking again costs as much as reading. One that grows meanwhile does not look
 * the same the next time.
 */
async function readBounded(real: string, path: string, size: number): Promise<LayerFile> {
  if (size > maxBytes) {
    return refuse(path, `The file is larger than ${maxBytes / 1024} kB.`, 'Split it or move the excess elsewhere.');
  }
  const handle = await open(real, 'r');
  try {
    const bytes = new Uint8Array(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await handle.read(bytes, length, size - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { path, bytes: bytes.subarray(0, length) };
  } finally {
    await handle.close();
  }
}

function refuse(path: string, problem: string, mend: string): LayerFile {
  return { path, refused: { problem, mend } };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
