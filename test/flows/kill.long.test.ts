import { it } from 'vitest';
import { surviveKills } from './kills.ts';

it('two hundred kills: every question has exactly one answer', async () => {
  await surviveKills(200, 20261122);
});
