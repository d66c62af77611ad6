import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, dateAfter } from '../../src/core/business-time.ts';
import { Office } from '../../src/core/organization.ts';
import { dueThings } from '../../src/training/due.ts';
import { freshRecord, type TrackRecord } from '../../src/training/learner.ts';
import { type Move, move } from '../../src/training/moves.ts';
import { contextOf, editionOf, now, today, trackOf } from './tracks.ts';

const calendar = calendarOf(
  Office.parse({ id: 'berlin', name: { en: 'Here', 'zh-CN': '这里' }, zone: 'Europe/Berlin' }),
);
const day = 86_400_000;
const completion = {
  on: '2026-05-04',
  at: 0,
  until: '2027-05-03',
  how: 'modules' as const,
  edition: 'hash',
  modules: {},
};
const byRule = { at: now, by: 'rule', due: '2026-12-04', mandatory: true };

function thingsOf(record: Partial<TrackRecord>, on = today, more: { readonly joined?: true } = {}) {
  const learner = { tracks: { licenses: { ...freshRecord, ...record } }, ...more };
  return dueThings(learner, [trackOf()], { today: on, calendar });
}

describe('what training has for somebody', () => {
  it('begins when it is given, takes what is left, and ends on its last day', () => {
    const [thing] = thingsOf({
      assigned: byRule,
      round: 1,
      done: { first: { at: 0, how: 'attest', edition: 'hash' } },
    });

    expect(thing).toMatchObject({ key: 'licenses/1', since: now, due: '2026-12-04', minutes: 10, done: true });
    expect(thing?.detail?.en).toBe('One module is left.');
    expect(thing?.buttons?.map(({ label }) => label.en)).toEqual(['Go on', 'Ask to be excused']);
  });

  it.each<readonly [string, Partial<TrackRecord>]>([
    ['nothing was given', {}],
    ['it was completed for good', { assigned: byRule, completed: { ...completion, until: undefined } as never }],
    ['somebody is excused', { assigned: byRule, exempt: { at: 0, by: 'U', reason: '' } }],
    ['a lead decides', { assigned: byRule, asked: { at: 0, reason: '' } }],
    ['they said it is not for them', { off: { at: 0, reason: '' } }],
  ])('is nothing when %s', (_, record) => {
    expect(thingsOf(record)).toEqual([]);
  });

  it('waits where somebody was just told: who joined, and who chose it', () => {
    const joined = thingsOf({ assigned: byRule }, today, { joined: true });
    const chosen = thingsOf({ assigned: { at: now, by: 'U0LEARNER', mandatory: false } });

    expect(joined[0]?.since).toBe(now + 5 * day);
    expect(chosen[0]).toMatchObject({ since: now + 5 * day, decline: true });
  });

  it.each([
    ['while it counts', '2026-12-01', 'licenses/2', '2027-04-03', '2027-05-03'],
    ['when it is to be renewed', '2027-04-20', 'licenses/2', '2027-04-03', '2027-05-03'],
    ['when it ran out', '2027-05-04', 'licenses/2/over', '2027-05-04', '2027-05-03'],
  ])('tells of the renewal in time: %s', (_, on, key, from, due) => {
    const [thing] = thingsOf({ assigned: byRule, round: 2, completed: completion }, on);

    // Midnight in Berlin, in summer.
    expect(thing).toMatchObject({ key, due, since: Date.parse(`${from}T00:00:00+02:00`) });
  });

  it('keeps its name while a round lasts, whatever is done and whatever day it is, and never uses it again', () => {
    const edition = editionOf();
    const wanted: fc.Arbitrary<Move> = fc.oneof(
      fc.constant({ kind: 'assign' as const, mandatory: true, due: '2027-01-01' }),
      fc.record({
        kind: fc.constant('finish' as const),
        module: fc.constantFrom('first', 'second'),
        how: fc.constant('attest' as const),
      }),
      fc.constant({ kind: 'restart' as const, due: '2027-06-01' }),
      fc.constant({ kind: 'withdraw' as const }),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ wanted, days: fc.nat(200) }), { maxLength: 30 }), (steps) => {
        const over = new Set<string>();
        let record: TrackRecord = { ...freshRecord, assigned: byRule };
        let days = 0;
        for (const step of steps) {
          days += step.days;
          const on = dateAfter(today, `P${days}D`);
          const before = record.round;
          const moved = move(record, step.wanted, contextOf({ edition, today: on, now: now + days * day }));
          if (moved.record) record = moved.record;
          if (record.round > before) over.add(`licenses/${before}`);
          const keys = dueThings({ tracks: { licenses: record } }, [edition.track], { today: on, calendar }).map(
            ({ key }) => key,
          );

          expect(keys.length).toBeLessThanOrEqual(1);
          expect(keys.filter((key) => over.has(key.replace(/\/over$/, '')))).toEqual([]);
        }
      }),
      { seed: 20261122 },
    );
  });
});
