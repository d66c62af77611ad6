import { describe, expect, it } from 'vitest';
import { dayNear, dayOf, momentIn, monthName } from '../../src/core/dates.ts';

describe('days and months in words', () => {
  it.each([
    ['en', '3 Dec 2026', 'Dec 2026'],
    ['zh-CN', '2026年12月3日', '2026年12月'],
  ] as const)('in %s', (locale, day, month) => {
    expect(dayOf('2026-12-03', locale)).toBe(day);
    expect(monthName('2026-12', locale)).toBe(month);
  });
});

describe('a day near another', () => {
  it.each([
    ['en', '2026-12-03', 'Thu 3 Dec'],
    ['en', '2027-01-04', 'Mon 4 Jan 2027'],
    ['zh-CN', '2026-12-03', '12月3日周四'],
    ['zh-CN', '2027-01-04', '2027年1月4日周一'],
  ] as const)('has its year when it is another one: %s, %s', (locale, date, expected) => {
    expect(dayNear(date, '2026-11-23', locale)).toBe(expected);
  });
});

describe('a moment in words', () => {
  const moment = Date.parse('2026-12-31T23:30:00Z');

  it.each([
    ['en', 'Europe/Berlin', /^Fri,? 1 Jan, 00:30 CET$/],
    ['zh-CN', 'Asia/Shanghai', /1月1日.*07:30/],
  ] as const)('is told in the zone of whoever reads it: %s, %s', (locale, zone, expected) => {
    expect(momentIn(moment, Date.parse('2027-03-01T12:00:00Z'), locale, zone)).toMatch(expected);
  });

  it('has its year when that is another one there', () => {
    const inNewYork = momentIn(moment, Date.parse('2027-03-01T12:00:00Z'), 'en', 'America/New_York');

    expect(inNewYork).toContain('31 Dec 2026');
  });
});
