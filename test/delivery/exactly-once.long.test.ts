import fc from 'fast-check';
import { it } from 'vitest';
import { holdExactlyOnce, misfortune } from './exactly-once.ts';

it('every notice arrives once and every copy shows the latest, whatever fails and dies', async () => {
  await fc.assert(fc.asyncProperty(misfortune, holdExactlyOnce), { seed: 20261122, numRuns: 2_000 });
});
