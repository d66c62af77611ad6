import { expect, it } from 'vitest';
import { announceThroughKills } from './announcement-kills.ts';

it('an announcement survives a hundred kills', { timeout: 1_200_000 }, async () => {
  const { kills, inDoubt, byChance, unknown } = await announceThroughKills(
    100,
    { people: 300, channels: 100 },
    20261122,
  );

  // What nobody knows are calls to channels that a kill cut off: no more than the kills that did.
  expect(unknown).toBeLessThanOrEqual(inDoubt);
  expect(inDoubt).toBeLessThanOrEqual(kills);
  // Between a call and its commit lies a small part of the time, even at full pace.
  expect(byChance.inDoubt).toBeLessThan(byChance.kills / 2);
});
