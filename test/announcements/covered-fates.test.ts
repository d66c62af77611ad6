import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fault } from '../delivery/fake-slack.ts';
import { minute } from '../delivery/world.ts';
import { createPostOffice, messagesByPlace, personAt } from './post-office.ts';

const channel = 'C00000';

const fault = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Fault | undefined>(undefined) },
  { weight: 2, arbitrary: fc.constantFrom<Fault>('lost', 'answer lost', 'hangs, done', { refused: 'internal_error' }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }).map((limited): Fault => ({ limited })) },
);

const fates = fc.record({
  people: fc.integer({ min: 1, max: 30 }),
  /** How many of them are in the channel. */
  inside: fc.integer({ min: 0, max: 30 }),
  /** Whether the channel takes no message at all. */
  isShut: fc.boolean(),
  faults: fc.array(fault, { maxLength: 80 }),
  /** Second in which it is stopped. */
  stoppedAt: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
});

it('everybody reads it once, in the channel or by themselves, whatever Slack does', async () => {
  await fc.assert(
    fc.asyncProperty(fates, async ({ people, inside, isShut, faults, stoppedAt }) => {
      const office = createPostOffice({
        faultOf: ({ method, to }, nth) =>
          isShut && method === 'post' && to === channel ? { refused: 'is_archived' } : faults[nth - 1],
      });
      const aims = Array.from({ length: people }, (_, n) => ({
        target: { person: personAt(n) },
        ...(n < inside ? { by: channel } : {}),
      }));
      await office.send({ channels: 1, aims });
      office.run();
      if (stoppedAt !== undefined) {
        await office.live(stoppedAt * 1_000);
        // It may be through before.
        await office.act({ kind: 'cancel' }).catch(() => undefined);
      }

      const { state } = await office.until(['sent', 'cancelled'], 240 * minute);

      await office.stop();
      const places = messagesByPlace(office);
      const rows = await office.rows();
      const inChannel = places.get(channel) ?? 0;
      const readings = aims.map(({ target, by }) => (places.get(target.person) ?? 0) + (by ? inChannel : 0));
      expect(Math.max(...readings)).toBeLessThanOrEqual(1);
      expect(isShut && inChannel > 0).toBe(false);
      // Who is said to read it in the channel finds it there.
      expect(inChannel === 0 && rows.some((row) => row.state === 'covered')).toBe(false);
      if (state === 'sent') expect(readings).toEqual(aims.map(() => 1));
    }),
    { seed: 20261122, numRuns: 20 },
  );
}, 60_000);
