import { it } from 'vitest';
import { surviveKills } from './kills.ts';

// A start takes one to three seconds: minutes for two hundred, an hour's third on the slowest machine.
it('two hundred kills: every question has exactly one answer', { timeout: 1_800_000 }, async () => {
  await surviveKills(200, 20261122);
});
