import { OperatorError } from '../../src/core/errors.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { collections, commitOps, countCommits, seeded } from './commits.ts';
import { createSimulatedDisk, type DiskOptions, type SimulatedDisk, stopAt } from './simulated-disk.ts';

// Small enough that a run of 40 commits compacts several times.
export const compactAt = 1500;

interface Run {
  readonly disk: SimulatedDisk;
  /** Commits that resolved. */
  readonly acknowledged: number;
  /** Commits that were called at all. */
  readonly called: number;
}

/** A new store on a simulated disk, with `count` commits; three are under way at a time, until one fails. */
async function runCommits(dir: string, count: number, options: Omit<DiskOptions, 'contents'> = {}): Promise<Run> {
  const disk = createSimulatedDisk(dir, { ...options, contents: await emptyStore(dir) });
  let acknowledged = 0;
  let called = 0;
  let isBroken = false;
  try {
    const store = await openStore(dir, { collections, files: disk.files, compactAt });
    try {
      while (called < count && !isBroken) {
        const numbers = [called + 1, called + 2, called + 3].filter((n) => n <= count);
        called += numbers.length;
        const settled = await Promise.allSettled(numbers.map((n) => store.commit(commitOps(n))));
        acknowledged += settled.filter(({ status }) => status === 'fulfilled').length;
        isBroken = settled.some(({ status }) => status === 'rejected');
      }
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!options.fault) throw error;
  }
  return { disk, acknowledged, called };
}

/** Stops the machine at step after step of a run, and looks at what is left. */
export async function crashEverywhere(
  dir: string,
  { commits, seeds, flushes = true }: { readonly commits: number; readonly seeds: number; readonly flushes?: boolean },
): Promise<{ readonly crashes: number; readonly lost: number; readonly refused: number }> {
  const counting = stopAt(Number.POSITIVE_INFINITY);
  await runCommits(dir, commits, counting);
  const result = { crashes: 0, lost: 0, refused: 0 };
  for (let limit = 1; limit <= counting.steps(); limit += 1) {
    const run = await runCommits(dir, commits, { fault: stopAt(limit).fault, flushes });
    for (let seed = 0; seed < seeds; seed += 1) {
      const contents = run.disk.afterPowerCut(seeded(limit * 1000 + seed));
      const found = await countOrRefuse(dir, contents, run.called);
      result.crashes += 1;
      if (found === undefined) result.refused += 1;
      else result.lost += Math.max(0, run.acknowledged - found);
    }
  }
  return result;
}

/** How many commits these files hold; undefined when the store refuses to open them. */
export async function countOrRefuse(
  dir: string,
  contents: ReadonlyMap<string, Buffer>,
  called: number,
): Promise<number | undefined> {
  try {
    return await countAndGoOn(dir, createSimulatedDisk(dir, { contents }), called);
  } catch (error) {
    if (error instanceof OperatorError) return undefined;
    throw error;
  }
}

/** How many commits a disk holds, after one more was added and the store was opened again. */
async function countAndGoOn(dir: string, disk: SimulatedDisk, called = Number.POSITIVE_INFINITY): Promise<number> {
  const store = await openStore(dir, { collections, files: disk.files, compactAt });
  const found = await countCommits(store).finally(() => store.close());
  if (found > called) throw new Error(`${found} commits are there, ${called} were made`);
  const again = await openStore(dir, { collections, files: disk.files, compactAt });
  try {
    await again.commit(commitOps(found + 1));
  } finally {
    await again.close();
  }
  const last = await openStore(dir, { collections, files: disk.files, mode: 'read' });
  if ((await countCommits(last)) !== found + 1) throw new Error('a commit after the crash is not there');
  return found;
}

async function emptyStore(dir: string): Promise<ReadonlyMap<string, Buffer>> {
  const disk = createSimulatedDisk(dir);
  await initStore(dir, disk.files);
  return disk.contents();
}
