import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dateAfter } from '../../src/core/business-time.ts';
import { freshRecord, TrackRecord } from '../../src/training/learner.ts';
import { type Move, move } from '../../src/training/moves.ts';
import { isGood, modulesLeft, standingOf } from '../../src/training/standing.ts';
import { contextOf, editionOf, now } from './tracks.ts';

const tracks = [
  editionOf(),
  editionOf({ renewal: { before: 'P60D', modules: ['second'] } }),
  editionOf({ valid: 'P1M', renewal: { before: 'P10D' } }),
  editionOf({ startOver: '2027-03-01' }),
];
const date = fc
  .integer({ min: -400, max: 900 })
  .map((days) => dateAfter('2026-11-23', `${days < 0 ? '-' : ''}P${Math.abs(days)}D`));
const wanted: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('assign' as const), mandatory: fc.boolean(), due: date }),
  fc.constant({ kind: 'withdraw' as const }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('finish' as const),
      module: fc.constantFrom('first', 'second', 'third'),
      how: fc.constantFrom('attest' as const, 'quiz' as const),
    }),
  },
  fc.record({ kind: fc.constant('import' as const), on: date }),
  fc.constant({ kind: 'decline' as const, reason: 'No.' }),
  fc.record({ kind: fc.constant('exempt' as const), reason: fc.constant('Yes.'), until: date }),
  fc.constant({ kind: 'keep' as const, reason: 'No.' }),
  fc.record({ kind: fc.constant('restart' as const), due: date }),
);

it('whatever happens, a record can be stored, never counts twice, and what it allows is what it says', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...tracks),
      fc.array(fc.record({ wanted, days: fc.nat(90), actor: fc.constantFrom('rule', 'U0LEARNER', 'U0LEAD') }), {
        maxLength: 40,
      }),
      (edition, steps) => {
        let record: TrackRecord = freshRecord;
        let day = 0;
        for (const step of steps) {
          day += step.days;
          const today = dateAfter('2026-11-23', `P${day}D`);
          const context = contextOf({ edition, today, now: now + day * 86_400_000, actor: step.actor });
          const before = record;
          const moved = move(before, step.wanted, context);
          if (moved.refusal) continue;
          record = moved.record;

          expect(TrackRecord.safeParse(record).success).toBe(true);
          expect(moved.entries.length).toBeGreaterThan(0);
          expect(record.round).toBeGreaterThanOrEqual(before.round);
          const standing = standingOf(record, edition.track, today);
          // What counts was completed, and has not run out; what is in progress has something left to do.
          if (standing.is === 'current' || standing.is === 'renew') {
            expect(record.completed?.until === undefined || record.completed.until >= today).toBe(true);
          }
          if (!isGood(standing)) expect(modulesLeft(record, edition.track, today).length).toBeGreaterThan(0);
          // Only an assignment, or a fresh completion, is due under a new name.
          if (record.assigned !== before.assigned && record.assigned) expect(record.round).toBe(before.round + 1);
        }
      },
    ),
    { seed: 20261122, numRuns: 300 },
  );
});
