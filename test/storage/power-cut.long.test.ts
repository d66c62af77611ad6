import { expect, it } from 'vitest';
import { temporaryFolder } from './commits.ts';
import { crashEverywhere } from './crashes.ts';

it('loses no acknowledged commit in thousands of power cuts', async () => {
  const dir = await temporaryFolder();

  const { crashes, lost, refused } = await crashEverywhere(dir, { commits: 150, seeds: 60 });

  expect(crashes).toBeGreaterThan(10_000);
  expect({ lost, refused }).toEqual({ lost: 0, refused: 0 });
});
