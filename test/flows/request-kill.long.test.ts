import { it } from 'vitest';
import { surviveRequestKills } from './request-kills.ts';

// Four steps a life, a start of one to three seconds for each: four to eight minutes.
it.each([20261122])(
  'requests survive a kill at every step of their life, seed %i: everything is said once',
  { timeout: 1_800_000 },
  async (seed) => {
    await surviveRequestKills(5, seed);
  },
);
