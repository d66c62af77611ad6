import fc from 'fast-check';
import { describe, it } from 'vitest';
import { fates, holdOnceEach } from './fates.ts';

describe('whatever Slack and the process do', () => {
  it('nobody gets it twice, and every row knows what stands there', async () => {
    await fc.assert(fc.asyncProperty(fates({ min: 1, max: 60 }), holdOnceEach), { seed: 20261122, numRuns: 15 });
  }, 60_000);

  it('neither do 300 people', async () => {
    await fc.assert(fc.asyncProperty(fates({ min: 300, max: 300 }), holdOnceEach), { seed: 20261122, numRuns: 1 });
  }, 60_000);
});
