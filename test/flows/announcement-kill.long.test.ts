import { expect, it } from 'vitest';
import { announceThroughKills } from './announcement-kills.ts';

it('an announcement survives a hundred kills', async () => {
  const { inDoubt, unknown, wrong } = await announceThroughKills(100, { people: 300, channels: 100 }, 20261122);

  expect(wrong).toEqual([]);
  // What nobody knows are calls to channels that a kill cut off, and nothing else.
  expect(inDoubt).toBeGreaterThan(0);
  expect(unknown).toBeLessThanOrEqual(inDoubt);
});
