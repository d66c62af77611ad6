import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../core/errors.ts';
import { inUse } from './problems.ts';

/**
 * Takes the folder for this process. The kernel gives the lock back when the process ends, however it ends; a lock file
 * of our own making with a take-over of stale ones let two processes in.
 * Local disks only: network filesystems do not keep such locks reliably.
 * @returns how to give it back
 * @throws OperatorError when another process has it, or this platform offers none
 */
export async function lockFolder(dir: string): Promise<() => Promise<void>> {
  const tryLock = await loadLock(dir);
  const handle = await open(join(dir, 'lock'), 'a', 0o600);
  if (!tryLock(handle.fd)) {
    await handle.close();
    throw inUse(dir);
  }
  return () => handle.close();
}

// Loaded late: reading and the store in memory also work where no binary fits the platform.
async function loadLock(dir: string): Promise<(fd: number) => boolean> {
  try {
    return (await import('fs-native-extensions')).tryLock;
  } catch (cause) {
    const problem = 'This platform has no kernel lock for the folder';
    const mend = 'Run the bot on Linux with glibc, macOS or Windows, or keep the data in PostgreSQL.';
    throw new OperatorError([{ where: dir, problem: `${problem} (${String(cause)}).`, mend }]);
  }
}
