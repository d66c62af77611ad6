import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minute } from '../delivery/world.ts';
import { randomFrom } from '../flows/kills.ts';
import { fates, holdOnceEach } from './fates.ts';
import { createPostOffice, messagesByPlace } from './post-office.ts';

const seed = 20261122;

describe('whatever Slack and the process do, over and over', () => {
  it('nobody gets it twice, and every row knows what stands there', async () => {
    await fc.assert(fc.asyncProperty(fates({ min: 1, max: 120 }), holdOnceEach), { seed, numRuns: 300 });
  }, 1_800_000);

  it('10,000 people get it once each, with one call in ten going wrong', async () => {
    const random = randomFrom(seed);
    const office = createPostOffice({
      faultOf: () => {
        const drawn = random();
        if (drawn >= 0.1) return undefined;
        if (drawn < 0.02) return 'lost';
        if (drawn < 0.05) return 'answer lost';
        if (drawn < 0.06) return 'hangs, done';
        if (drawn < 0.09) return { refused: 'internal_error' };
        return { limited: 2_000 };
      },
    });
    await office.send({ people: 10_000 });
    const from = office.clock.now();

    office.run();
    await office.until(['sent'], 180 * minute);
    await office.stop();

    expect(await office.states()).toEqual({ sent: 10_000 });
    expect(messagesByPlace(office).size).toBe(10_000);
    expect([...new Set(messagesByPlace(office).values())]).toEqual([1]);
    // 200 posts a minute are the whole budget; what went wrong was looked for meanwhile.
    expect(office.clock.now() - from).toBeLessThan(70 * minute);
  }, 1_800_000);
});
