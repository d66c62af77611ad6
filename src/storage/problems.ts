import { OperatorError } from '../core/errors.ts';

/** A file of the store does not say what it was given. Nothing is guessed: the store does not start. */
export function damaged(file: string, offset: number, problem: string): OperatorError {
  return new OperatorError([
    {
      where: `${file}, byte ${offset}`,
      problem: `The store is damaged: ${problem}.`,
      mend: 'Keep a copy of the folder, then restore the last backup into a new one.',
    },
  ]);
}

/** No store in the folder: never taken for an empty one, it may be the wrong folder. */
export function notInitialized(dir: string): OperatorError {
  return new OperatorError([
    {
      where: dir,
      problem: 'There is no store in this folder.',
      mend: 'Check STATE_DIR; if this is the first start, run: npm run ospo -- init',
    },
  ]);
}

/** `init` meets a store. */
export function alreadyInitialized(dir: string): OperatorError {
  return new OperatorError([
    {
      where: dir,
      problem: 'There is a store in this folder already.',
      mend: 'Start the bot with it, or choose another STATE_DIR.',
    },
  ]);
}

/** The lock is held. */
export function inUse(dir: string): OperatorError {
  return new OperatorError([
    {
      where: dir,
      problem: 'Another process runs on this folder.',
      mend: 'Stop it first; two processes on one folder would destroy each other’s work.',
    },
  ]);
}

/** A commit met a full disk. Nothing of it was written; reading goes on, and so do commits once there is room. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';

  constructor(cause: unknown) {
    super('The disk is full: the change was not stored.', { cause });
  }
}

/**
 * The disk failed in a way after which nobody knows what it holds; asking it again would be answered by luck. Only a
 * restart, which reads everything from the disk, helps.
 */
export class StoreStopped extends Error {
  override readonly name = 'StoreStopped';

  constructor(cause: unknown) {
    super('The store takes no more changes after a disk error: check the disk, then restart.', { cause });
  }
}
