import { it } from 'vitest';
import { surviveKills } from './kills.ts';

// A start takes one to three seconds: six minutes for two hundred, twenty on a busy machine.
it.each([20261122, 7])(
  'two hundred kills on one store, seed %i: every question has exactly one answer',
  { timeout: 1_800_000 },
  async (seed) => {
    await surviveKills(200, seed);
  },
);
