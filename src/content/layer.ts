import type { Dirent } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';

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

/**
 * A folder on disk as a layer. Names that start with a dot are not looked at.
 * @param name how findings call it
 * @param dir path of the folder; it may be a symbolic link, but nothing in it may lead outside
 */
export function folderLayer(name: string, dir: string): Layer {
  return {
    name,
    async files(folder, wanted) {
      const root = await realpath(dir);
      const paths = (await listPaths(root, folder)).filter(wanted).toSorted();
      const files: LayerFile[] = [];
      for (let start = 0; start < paths.length; start += openAtOnce) {
        const batch = paths.slice(start, start + openAtOnce);
        files.push(...(await Promise.all(batch.map((path) => readInside(root, path)))));
      }
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

/** Reads a file after following links, if it lies inside the layer and is not too large. */
async function readInside(root: string, path: string): Promise<LayerFile> {
  try {
    const real = await realpath(join(root, path));
    if (!real.startsWith(root + sep)) {
      return refuse(path, 'This link leads out of the folder.', 'Put the file itself here.');
    }
    if (!(await lstat(real)).isFile()) return refuse(path, 'This is not a plain file.', 'Replace it by a file.');
    return await readBounded(real, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return refuse(path, `The file cannot be read (${code}).`, 'Check that it exists and who may read it.');
  }
}

async function readBounded(real: string, path: string): Promise<LayerFile> {
  const handle = await open(real, 'r');
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) {
      return refuse(path, `The file is larger than ${maxBytes / 1024} kB.`, 'Split it or move the excess elsewhere.');
    }
    return { path, bytes: await handle.readFile() };
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
