import { expect, it } from 'vitest';
import { temporaryFolder } from './commits.ts';
import { crashEverywhere } from './crashes.ts';

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
