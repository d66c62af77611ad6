import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The disk as the store uses it; tests replace it to let writes fail and power go out. */
export interface Files {
  /** Names in a folder. @throws ENOENT */
  list(dir: string): Promise<readonly string[]>;
  /** Makes the folder and what leads to it, durably. */
  makeFolder(dir: string): Promise<void>;
  /** `read` an existing file, `change` an existing one, `create` a new or emptied one. */
  open(path: string, mode: 'read' | 'change' | 'create'): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes names durable: files that were created, renamed or removed in the folder. */
  syncFolder(dir: string): Promise<void>;
}

export interface OpenFile {
  readonly path: string;
  size(): Promise<number>;
  /** Fills the buffer from `position` on; returns how many bytes there were. */
  read(buffer: Buffer, position: number): Promise<number>;
  write(bytes: Buffer, position: number): Promise<void>;
  truncate(size: number): Promise<void>;
  /** Makes bytes and size durable. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

const flags = { read: 'r', change: 'r+', create: 'w' } as const;

/** The real disk. What it creates is for the owner's eyes only: the store holds personal data. */
export const diskFiles: Files = {
  list: (dir) => readdir(dir),
  async makeFolder(dir) {
    const first = await mkdir(dir, { recursive: true, mode: 0o700 });
    if (first) await syncFolder(dirname(first));
  },
  async open(path, mode) {
    return openFile(path, await open(path, flags[mode], 0o600));
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  syncFolder,
};

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function openFile(path: string, handle: FileHandle): OpenFile {
  return {
    path,
    size: async () => (await handle.stat()).size,
    async read(buffer, position) {
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    },
    async write(bytes, position) {
      let written = 0;
      while (written < bytes.length) {
        written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
      }
    },
    truncate: (size) => handle.truncate(size),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** Whether the error is one of these of the operating system, e.g. ENOENT. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
