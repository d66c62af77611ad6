import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../src/core/business-time.ts';
import { Office } from '../../src/core/organization.ts';
import { isDueSoon, isTimeFor, nextMorning, type Told, tellAgain, weekOf } from '../../src/curating/times.ts';

const calendar = calendarOf(
  Office.parse({
    id: 'berlin',
    name: { en: 'Berlin', 'zh-CN': '柏林' },
    zone: 'Europe/Berlin',
    years: { 2026: { holidays: ['2026-12-25/2026-12-26'] } },
  }),
);
const at = (iso: string) => Date.parse(iso);
const day = 24 * 60 * 60_000;

describe('mornings', () => {
  it.each([
    ['in the night before', '2026-11-24T02:00:00+01:00', '2026-11-24T09:00:00+01:00'],
    ['during the day', '2026-11-24T09:00:00+01:00', '2026-11-25T09:00:00+01:00'],
    ['on Friday', '2026-11-27T17:00:00+01:00', '2026-11-30T09:00:00+01:00'],
    ['before a holiday', '2026-12-24T12:00:00+01:00', '2026-12-28T09:00:00+01:00'],
    ['when clocks go back', '2026-10-23T12:00:00+02:00', '2026-10-26T09:00:00+01:00'],
  ])('%s', (_, now, expected) => {
    expect(new Date(nextMorning(at(now), calendar)).toISOString()).toBe(new Date(expected).toISOString());
  });

  it('always come later: a clock that wakes on them never stands', () => {
    const moments = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
    const property = fc.property(moments, (now) => {
      expect(nextMorning(now, calendar)).toBeGreaterThan(now);
    });

    fc.assert(property, { seed: 20261122, numRuns: 200 });
  });
});

it.each([
  ['2026-11-23T00:30:00+01:00', '2026-11-23'],
  ['2026-11-29T23:30:00+01:00', '2026-11-23'],
  ['2026-11-30T00:30:00+01:00', '2026-11-30'],
  ['2027-01-01T12:00:00+01:00', '2026-12-28'],
])('the week of %s begins on Monday, %s', (moment, monday) => {
  expect(weekOf(at(moment), calendar)).toBe(monday);
});

it.each([
  ['2026-12-07', true],
  ['2026-12-08', false],
  ['2026-01-01', true],
])('on 23 November a review that is due on %s is told of: %s', (due, expected) => {
  expect(isDueSoon({ name: 'a', due }, '2026-11-23')).toBe(expected);
});

describe('reminding', () => {
  const start = at('2026-11-23T09:00:00+01:00');
  const a = { name: 'a', due: '2026-12-07' };
  const b = { name: 'b', due: '2026-12-20' };

  /** The days on which a recipient is reminded, looking every morning. */
  function daysOf(dueOn: (day: number) => readonly (typeof a)[], days: number): readonly number[] {
    let told: Told | undefined;
    const found: number[] = [];
    for (let each = 0; each < days; each += 1) {
      const [due, now] = [dueOn(each), start + each * day];
      if (due.length === 0 || !isTimeFor(told, due, now)) continue;
      told = tellAgain(told, due, now);
      found.push(each);
    }
    return found;
  }

  it('backs off: two weeks before, on the day, then ever more seldom', () => {
    expect(daysOf(() => [a], 200)).toEqual([0, 14, 42, 98, 154]);
  });

  it('gathers: what falls due between two messages waits for the next, and starts over there', () => {
    expect(daysOf((each) => (each < 3 ? [a] : [a, b]), 100)).toEqual([0, 14, 28, 56]);
  });

  it('is not more often for what is done', () => {
    expect(daysOf((each) => (each < 3 ? [a, b] : [a]), 60)).toEqual([0, 14, 42]);
  });
});
