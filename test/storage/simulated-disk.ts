import { basename, dirname } from 'node:path';
import type { Files, OpenFile } from '../../src/storage/files.ts';

export type Step = 'open' | 'write' | 'truncate' | 'sync' | 'rename' | 'remove' | 'syncFolder';

/** Decides whether a step fails; called before it, in the order of the steps. */
export type Fault = (step: Step, path: string) => Error | undefined;

export interface SimulatedDisk {
  readonly files: Files;
  /** Contents by file name, as a program sees them now. */
  contents(): ReadonlyMap<string, Buffer>;
  /** What is left when the power goes: what was flushed, and luck (0 to 1) decides about the rest, page by page. */
  afterPowerCut(luck: () => number): ReadonlyMap<string, Buffer>;
}

interface Inode {
  bytes: Buffer;
  durable: Buffer;
}

// Far smaller than real pages, so that small tests meet writes that are kept in part.
const pageSize = 64;

/** An error of the operating system. */
export function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code });
}

/** Lets every step from number `limit` on fail, as if the machine had stopped there. */
export function stopAt(limit: number): { readonly fault: Fault; readonly steps: () => number } {
  let steps = 0;
  return {
    steps: () => steps,
    fault() {
      steps += 1;
      return steps > limit ? diskError('EIO') : undefined;
    },
  };
}

export interface DiskOptions {
  readonly contents?: ReadonlyMap<string, Buffer>;
  readonly fault?: Fault;
  /** False: says that it flushed, and did not. */
  readonly flushes?: boolean;
}

/** A disk in memory that forgets what was never flushed. */
export function createSimulatedDisk(
  dir: string,
  { contents = new Map(), fault = () => undefined, flushes = true }: DiskOptions = {},
): SimulatedDisk {
  const names = new Map<string, Inode>();
  for (const [name, bytes] of contents) names.set(`${dir}/${name}`, { bytes, durable: bytes });
  // What the folder may look like after a power cut: as at the last flush, or after any number of changes since.
  let possible: ReadonlyMap<string, Inode>[] = [new Map(names)];

  function step(name: Step, path: string): void {
    const error = fault(name, path);
    if (error) throw error;
  }

  function inodeOf(path: string): Inode {
    const inode = names.get(path);
    if (!inode) throw diskError('ENOENT');
    return inode;
  }

  function openInode(path: string, inode: Inode): OpenFile {
    return {
      path,
      size: async () => inode.bytes.length,
      read: async (buffer, position) => inode.bytes.copy(buffer, 0, position),
      async write(bytes, position) {
        const error = fault('write', path);
        const written = error ? bytes.subarray(0, bytes.length / 2) : bytes;
        inode.bytes = Buffer.concat([inode.bytes.subarray(0, position), written]);
        if (error) throw error;
      },
      async truncate(size) {
        step('truncate', path);
        inode.bytes = Buffer.from(inode.bytes.subarray(0, size));
      },
      async sync() {
        step('sync', path);
        if (flushes) inode.durable = inode.bytes;
      },
      close: async () => undefined,
    };
  }

  return {
    files: {
      list: async () => [...names.keys()].filter((path) => dirname(path) === dir).map((path) => basename(path)),
      makeFolder: async () => undefined,
      async open(path, mode) {
        if (mode !== 'create') return openInode(path, inodeOf(path));
        step('open', path);
        const inode = names.get(path) ?? { bytes: Buffer.alloc(0), durable: Buffer.alloc(0) };
        inode.bytes = Buffer.alloc(0);
        names.set(path, inode);
        possible.push(new Map(names));
        return openInode(path, inode);
      },
      async rename(from, to) {
        step('rename', to);
        names.set(to, inodeOf(from));
        names.delete(from);
        possible.push(new Map(names));
      },
      async remove(path) {
        step('remove', path);
        names.delete(path);
        possible.push(new Map(names));
      },
      async syncFolder(path) {
        step('syncFolder', path);
        possible = [new Map(names)];
      },
    },
    contents: () => new Map([...names].map(([path, { bytes }]) => [basename(path), bytes])),
    afterPowerCut(luck) {
      const kept = possible[Math.floor(luck() * possible.length)] ?? names;
      return new Map([...kept].map(([path, inode]) => [basename(path), survive(inode, luck)]));
    },
  };
}

/** Every page and the size may be the flushed ones or the newest ones; a page that was never flushed may be zeros. */
function survive({ bytes, durable }: Inode, luck: () => number): Buffer {
  const kept = Buffer.alloc(luck() < 0.5 ? durable.length : bytes.length);
  for (let start = 0; start < kept.length; start += pageSize) {
    const page = luck() < 0.5 ? durable : bytes;
    page.subarray(start, start + pageSize).copy(kept, start);
  }
  return kept;
}
