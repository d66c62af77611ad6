import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  addBusinessDays,
  addBusinessHours,
  businessMsBetween,
  type Calendar,
  calendarOf,
  dateAfter,
  dateAt,
  isWorkingDay,
  momentOn,
  mondayOf,
  nextWorkingMoment,
} from '../../src/core/business-time.ts';
import { Organization } from '../../src/core/organization.ts';

const hourMs = 3_600_000;
const dayMs = 9 * hourMs; // 09:00 to 18:00
const seed = 20261122;

let berlin: Calendar;
let shanghai: Calendar;

beforeAll(async () => {
  const organization = Organization.parse(parse(await readFile('data/organization.yml', 'utf8')));
  const calendars = organization.offices.map(calendarOf);
  [berlin, shanghai] = [calendars[0] ?? fail(), calendars[1] ?? fail()];
});

function fail(): never {
  throw new Error('the sample organization has two offices');
}

const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
// Two years around everything the sample calendars know, both changes of the clock included.
const anyMoment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-01T00:00:00Z') });

describe('working days', () => {
  it.each([
    ['2026-02-13', true, 'Friday before Spring Festival'],
    ['2026-02-14', true, 'Saturday worked for Spring Festival'],
    ['2026-02-15', false, 'Spring Festival starts'],
    ['2026-02-18', false, 'Wednesday in Spring Festival'],
    ['2026-02-23', false, 'Spring Festival ends'],
    ['2026-02-24', true, 'Tuesday after it'],
    ['2026-02-28', true, 'Saturday worked for it'],
    ['2026-03-01', false, 'an ordinary Sunday'],
    ['2026-09-20', true, 'Sunday worked for National Day'],
    ['2026-09-30', true, 'the day before National Day'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-07', false, 'its last day'],
    ['2026-10-08', true, 'Thursday after it'],
    ['2026-10-10', true, 'Saturday worked for it'],
    ['2026-10-11', false, 'an ordinary Sunday again'],
  ])('Shanghai, %s: %s (%s)', (date, expected) => {
    expect(isWorkingDay(date, shanghai)).toBe(expected);
  });

  it.each([
    ['2026-04-03', false, 'Good Friday'],
    ['2026-04-06', false, 'Easter Monday'],
    ['2026-05-25', false, 'Whit Monday'],
    ['2026-10-02', true, 'the Friday before a holiday on Saturday'],
    ['2026-12-25', false, 'the first day of a range'],
    ['2027-03-08', false, "Women's Day on a Monday"],
  ])('Berlin, %s: %s (%s)', (date, expected) => {
    expect(isWorkingDay(date, berlin)).toBe(expected);
  });

  it('knows which years it knows', () => {
    expect([...berlin.years]).toEqual([2026, 2027]);
    expect([...shanghai.years]).toEqual([2026]);
  });
});

describe('adding business time', () => {
  it.each([
    ['in the week', '2026-11-24T10:00:00+01:00', 2, '2026-11-26T10:00:00+01:00'],
    ['over a weekend', '2026-11-20T17:00:00+01:00', 1, '2026-11-23T17:00:00+01:00'],
    ['from a Saturday', '2026-11-21T12:00:00+01:00', 1, '2026-11-23T18:00:00+01:00'],
    ['from the evening', '2026-11-20T21:00:00+01:00', 1, '2026-11-23T18:00:00+01:00'],
    ['from before opening', '2026-11-24T06:00:00+01:00', 1, '2026-11-24T18:00:00+01:00'],
    ['over Easter', '2026-04-02T12:00:00+02:00', 1, '2026-04-07T12:00:00+02:00'],
    ['over the change to summer time', '2026-03-27T12:00:00+01:00', 1, '2026-03-30T12:00:00+02:00'],
    ['over the change to winter time', '2026-10-23T12:00:00+02:00', 1, '2026-10-26T12:00:00+01:00'],
    ['nothing, from a Saturday', '2026-11-21T12:00:00+01:00', 0, '2026-11-23T09:00:00+01:00'],
    ['nothing, at work', '2026-11-24T10:30:00+01:00', 0, '2026-11-24T10:30:00+01:00'],
  ])('Berlin, %s', (_, from, days, expected) => {
    expect(iso(addBusinessDays(at(from), days, berlin))).toBe(iso(at(expected)));
  });

  it.each([
    ['over Spring Festival', '2026-02-13T10:00:00+08:00', 2, '2026-02-24T10:00:00+08:00'],
    ['over National Day', '2026-09-30T10:00:00+08:00', 3, '2026-10-10T10:00:00+08:00'],
    ['over a worked Sunday', '2026-09-18T10:00:00+08:00', 1, '2026-09-20T10:00:00+08:00'],
  ])('Shanghai, %s', (_, from, days, expected) => {
    expect(iso(addBusinessDays(at(from), days, shanghai))).toBe(iso(at(expected)));
  });

  it('adds hours over the night', () => {
    const due = addBusinessHours(at('2026-11-24T16:00:00+01:00'), 4, berlin);

    expect(iso(due)).toBe(iso(at('2026-11-25T11:00:00+01:00')));
  });

  it.each([-1, Number.NaN])('does not add %s', (days) => {
    expect(() => addBusinessDays(0, days, berlin)).toThrow(RangeError);
  });
});

describe.each([
  ['Berlin', () => berlin],
  ['Shanghai', () => shanghai],
])('laws of business time in %s', (_, calendar) => {
  const anyHours = fc.double({ min: 0, max: 200, noNaN: true }).map((hours) => Math.round(hours * 60) / 60);

  it('the time between is the time that was added', () => {
    fc.assert(
      fc.property(anyMoment, anyHours, (from, hours) => {
        const to = addBusinessHours(from, hours, calendar());

        expect(businessMsBetween(from, to, calendar())).toBeCloseTo(hours * hourMs, 0);
      }),
      { seed, numRuns: 150 },
    );
  });

  it('a day is as long as the office is open', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 0, max: 30 }), (from, days) => {
        const to = addBusinessDays(from, days, calendar());

        expect(businessMsBetween(from, to, calendar())).toBe(days * dayMs);
      }),
      { seed, numRuns: 150 },
    );
  });

  it('never goes back: a later start or more days end no earlier', () => {
    fc.assert(
      fc.property(anyMoment, fc.nat(7 * 24 * hourMs), fc.nat(20), fc.nat(3), (from, later, days, more) => {
        const end = addBusinessDays(from, days, calendar());

        expect(end).toBeGreaterThanOrEqual(from);
        expect(addBusinessDays(from + later, days, calendar())).toBeGreaterThanOrEqual(end);
        expect(addBusinessDays(from, days + more, calendar())).toBeGreaterThanOrEqual(end);
      }),
      { seed, numRuns: 150 },
    );
  });

  it('ends while the office is open', () => {
    fc.assert(
      fc.property(anyMoment, fc.nat(20), (from, days) => {
        const end = addBusinessDays(from, days, calendar());

        expect(isWorkingDay(dateAt(end, calendar().zone), calendar())).toBe(true);
        const hour = Number(
          new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: calendar().zone }).format(end),
        );
        expect(hour).toBeGreaterThanOrEqual(9);
        expect(hour).toBeLessThanOrEqual(18);
      }),
      { seed, numRuns: 150 },
    );
  });

  it('adds up, and is negative backwards', () => {
    fc.assert(
      fc.property(fc.tuple(anyMoment, anyMoment, anyMoment), (moments) => {
        const [a = 0, b = 0, c = 0] = moments.toSorted((x, y) => x - y);
        const between = (from: number, to: number) => businessMsBetween(from, to, calendar());

        expect(between(a, b) + between(b, c)).toBe(between(a, c));
        expect(between(c, a) + between(a, c)).toBe(0);
      }),
      { seed, numRuns: 30 },
    );
  });
});

describe('the next moment to write to somebody', () => {
  const night = { from: '18:30', to: '08:30' };

  it.each([
    ['at work', '2026-11-24T10:00:00+01:00', '2026-11-24T10:00:00+01:00'],
    ['in the evening', '2026-11-24T18:30:00+01:00', '2026-11-25T08:30:00+01:00'],
    ['in the early morning', '2026-11-24T03:00:00+01:00', '2026-11-24T08:30:00+01:00'],
    ['on Friday night', '2026-11-20T23:00:00+01:00', '2026-11-23T08:30:00+01:00'],
    ['before Christmas', '2026-12-24T20:00:00+01:00', '2026-12-28T08:30:00+01:00'],
    ['in the night of the change to summer time', '2026-03-29T01:59:00+01:00', '2026-03-30T08:30:00+02:00'],
  ])('%s', (_, from, expected) => {
    expect(iso(nextWorkingMoment(at(from), berlin, night))).toBe(iso(at(expected)));
  });

  it('follows the zone of the person rather than of the office', () => {
    const moment = nextWorkingMoment(at('2026-11-24T10:00:00+01:00'), { ...berlin, zone: 'America/New_York' }, night);

    expect(iso(moment)).toBe(iso(at('2026-11-24T08:30:00-05:00')));
  });

  it('is now when nothing is quiet', () => {
    const now = at('2026-11-24T03:00:00+01:00');

    expect(nextWorkingMoment(now, berlin, { from: '00:00', to: '00:00' })).toBe(now);
  });

  it('ends even where the quiet hours end in the hour that is missing or there twice', () => {
    const sundays = { ...berlin, week: new Set([1, 2, 3, 4, 5, 6, 7]) };
    const quiet = { from: '22:00', to: '02:30' };

    const spring = nextWorkingMoment(at('2026-03-28T23:00:00+01:00'), sundays, quiet);
    const autumn = nextWorkingMoment(at('2026-10-25T02:10:00+01:00'), sundays, quiet);

    expect(iso(spring)).toBe(iso(at('2026-03-29T03:30:00+02:00')));
    expect(iso(autumn)).toBe(iso(at('2026-10-25T02:30:00+01:00')));
  });

  it('is never earlier, never quiet, never off work, and stands still once reached', () => {
    const anyTime = fc
      .integer({ min: 0, max: 47 })
      .map((n) => `${String(n >> 1).padStart(2, '0')}:${n % 2 ? '30' : '00'}`);
    fc.assert(
      fc.property(anyMoment, fc.record({ from: anyTime, to: anyTime }), (now, quiet) => {
        const moment = nextWorkingMoment(now, berlin, quiet);
        const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: berlin.zone }).format(moment);
        const isQuiet =
          quiet.from <= quiet.to ? quiet.from <= time && time < quiet.to : time >= quiet.from || time < quiet.to;

        expect(moment).toBeGreaterThanOrEqual(now);
        expect(isQuiet).toBe(false);
        expect(isWorkingDay(dateAt(moment, berlin.zone), berlin)).toBe(true);
        expect(nextWorkingMoment(moment, berlin, quiet)).toBe(moment);
      }),
      { seed, numRuns: 300 },
    );
  });
});

describe('dates', () => {
  it.each([
    ['2026-11-21', 'P6M', '2027-05-21'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
  ])('%s and %s later is %s', (date, duration, expected) => {
    expect(dateAfter(date, duration)).toBe(expected);
  });

  it('depend on the zone', () => {
    const moment = at('2026-11-21T23:30:00Z');

    expect(dateAt(moment, 'Europe/Berlin')).toBe('2026-11-22');
    expect(dateAt(moment, 'America/New_York')).toBe('2026-11-21');
  });

  it.each([
    ['a summer morning in Berlin', '2026-07-01', '09:00', 'Europe/Berlin', '2026-07-01T09:00+02:00'],
    ['an hour that spring leaves out', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T03:30+02:00'],
    ['29 February in Kathmandu', '2028-02-29', '09:00', 'Asia/Kathmandu', '2028-02-29T09:00+05:45'],
  ])('become moments by a clock on the wall: %s', (_, date, time, zone, expected) => {
    expect(momentOn(date, time, zone)).toBe(Date.parse(expected));
  });

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2027-01-01', '2026-12-28'],
  ])('lie in a week that begins on Monday: %s', (date, expected) => {
    expect(mondayOf(date)).toBe(expected);
  });
});
