import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Counted,
  type Counts,
  countAll,
  countGroups,
  isNameable,
  percentCurrent,
} from '../../src/training/coverage.ts';
import { freshRecord } from '../../src/training/learner.ts';
import type { Standing } from '../../src/training/standing.ts';

const nothing: Counts = { people: 10, current: 0, due: 0, overdue: 0, expired: 0, excused: 0 };
const current: Standing = { is: 'current' };
const overdue: Standing = { is: 'overdue', due: '2026-11-20' };
const people = (unit: string | undefined, count: number, standing: Standing = current): Counted[] =>
  Array.from({ length: count }, () => ({ person: unit === undefined ? {} : { unit }, standing }));

describe('numbers by group', () => {
  it('show the large groups, and the small ones together', () => {
    const groups = countGroups([...people('a', 9), ...people('b', 7), ...people('c', 3), ...people('d', 2)], 'unit', 5);

    expect(groups.map(({ group, counts }) => [group, counts.people])).toEqual([
      [{ id: 'a' }, 9],
      [{ id: 'b' }, 7],
      ['rest', 5],
    ]);
  });

  it('hide one small group behind the next larger one: else it would follow from the total', () => {
    const groups = countGroups([...people('a', 9), ...people('b', 7), ...people('c', 1, overdue)], 'unit', 5);

    expect(groups.map(({ group, counts }) => [group, counts.people])).toEqual([
      [{ id: 'a' }, 9],
      ['rest', 8],
    ]);
  });

  it('show nothing of too few', () => {
    expect(countGroups(people('a', 4), 'unit', 5)).toEqual([]);
  });

  it('know people without a unit', () => {
    expect(countGroups([...people(undefined, 6), ...people('a', 5)], 'unit', 5)[0]?.group).toBe('none');
  });

  it('never show fewer people than the smallest group, and lose nobody', () => {
    const members = fc.array(fc.record({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', undefined) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(members, fc.integer({ min: 2, max: 9 }), (all, smallest) => {
        const counted = all.flatMap(({ unit }) => people(unit, 1));

        const groups = countGroups(counted, 'unit', smallest);

        expect(groups.every(({ counts }) => counts.people >= smallest)).toBe(true);
        const shown = groups.reduce((sum, { counts }) => sum + counts.people, 0);
        expect(shown).toBe(all.length < smallest ? 0 : all.length);
      }),
      { seed: 20261122 },
    );
  });
});

describe('the share of those who are current', () => {
  it.each([
    ['counts who is not excused', { current: 8, excused: 2 }, 100],
    ['is rounded down: nearly all are not all', { people: 1_000, current: 999, excused: 0 }, 99],
    ['is everybody where nobody is asked', { people: 3, current: 0, excused: 3 }, 100],
  ])('%s', (_, some, expected) => {
    expect(percentCurrent({ ...nothing, ...some })).toBe(expected);
  });

  it('counts what is to be renewed as current, and late as late', () => {
    const all = [
      ...people('a', 2),
      ...people('a', 1, { is: 'renew', until: '2026-12-01' }),
      ...people('a', 1, overdue),
    ];

    expect(countAll(all)).toMatchObject({ people: 4, current: 3, overdue: 1 });
  });
});

describe('a name', () => {
  const assigned = { at: 0, by: 'rule', mandatory: true };

  it.each<readonly [string, boolean, Standing, boolean]>([
    ['is shown for mandatory training that is late', true, overdue, true],
    ['is shown for mandatory training that ran out', true, { is: 'expired', until: '2026-11-20' }, true],
    ['is not shown while there is time', true, { is: 'due', due: '2026-12-20' }, false],
    ['is not shown for what is not mandatory', false, overdue, false],
    ['is not shown while a lead decides', true, { is: 'asked' }, false],
  ])('%s', (_, mandatory, standing, expected) => {
    expect(isNameable({ ...freshRecord, assigned: { ...assigned, mandatory } }, standing)).toBe(expected);
  });
});
