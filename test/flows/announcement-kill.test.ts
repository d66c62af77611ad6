import { expect, it } from 'vitest';
import { announceThroughKills } from './announcement-kills.ts';

it('an announcement survives kills: everybody has it once, and a channel that cannot be read at most once', {
  timeout: 120_000,
}, async () => {
  const { inDoubt, wrong } = await announceThroughKills(3, { people: 8, channels: 8 }, 20261122);

  expect(wrong).toEqual([]);
  // The kills around a call came where they should.
  expect(inDoubt).toBeGreaterThan(0);
});
