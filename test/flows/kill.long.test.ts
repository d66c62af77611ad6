import { it } from 'vitest';
import { surviveKills } from './kills.ts';

// Two hundred kills in four lives of a store: between two starts two minutes pass, and what waits over an hour is
// dropped on purpose. A start takes one to three seconds.
it.each([20261122, 7, 11, 13])(
  'fifty kills, seed %i: every question has exactly one answer',
  { timeout: 900_000 },
  async (seed) => {
    await surviveKills(50, seed);
  },
);
