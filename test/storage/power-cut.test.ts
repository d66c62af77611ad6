import { expect, it } from 'vitest';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { collections, commitOps, countCommits, seeded, temporaryFolder } from './commits.ts';
import { countOrRefuse, crashEverywhere } from './crashes.ts';
import { createSimulatedDisk, diskError, type Step } from './simulated-disk.ts';

it('loses no acknowledged commit when the power goes at any step of the disk, compactions included', async () => {
  const dir = await temporaryFolder();

  const { crashes, lost, refused } = await crashEverywhere(dir, { commits: 90, seeds: 2 });

  expect(crashes).toBeGreaterThan(100);
  expect({ lost, refused }).toEqual({ lost: 0, refused: 0 });
});

it('would see the loss: the same on a disk that does not flush', async () => {
  const dir = await temporaryFolder();

  const { crashes, lost, refused } = await crashEverywhere(dir, { commits: 90, seeds: 1, flushes: false });

  expect(lost + refused).toBeGreaterThan(crashes / 2);
  expect(lost).toBeGreaterThan(0);
});

it('makes durable what it found when it opened, before anybody reads it', async () => {
  const dir = await temporaryFolder();
  let failing: Step | undefined;
  const disk = createSimulatedDisk(dir, { fault: (step) => (step === failing ? diskError('EIO') : undefined) });
  await initStore(dir, disk.files);
  const killed = await openStore(dir, { collections, files: disk.files });
  failing = 'sync';
  await expect(killed.commit(commitOps(1))).rejects.toThrow();
  await killed.close();
  failing = undefined;

  const opened = await openStore(dir, { collections, files: disk.files });
  const shown = await countCommits(opened);
  await opened.close();
  const left = [1, 2, 3, 4].map((seed) => disk.afterPowerCut(seeded(seed)));

  expect(shown).toBe(1);
  for (const contents of left) expect(await countOrRefuse(dir, contents, 1)).toBe(1);
});
