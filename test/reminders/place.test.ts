import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateAt, isWorkingDay } from '../../src/core/business-time.ts';
import { dayFrom, isFit, placeOf, slotOn, weekFrom, workingAfter, workingBefore } from '../../src/reminders/place.ts';
import { at, berlin, hour, organization, personAt, placeAt, shanghai } from './world.ts';

describe('where somebody works', () => {
  it.each([
    [
      'the zone of the person, the holidays of the office',
      personAt('U1', 'Europe/Lisbon', { office: 'berlin' }),
      'Europe/Lisbon',
    ],
    ['the first office, where none is known', personAt('U1', 'America/Lima'), 'America/Lima'],
    ['the clock of the office, where Slack knows none', personAt('U1', 'UTC', { office: 'shanghai' }), 'Asia/Shanghai'],
  ])('is %s', (_, person, zone) => {
    const place = placeOf(person, organization);

    expect(place.calendar.zone).toBe(zone);
    expect(isWorkingDay('2026-05-01', place.calendar)).toBe(false);
  });

  it('spreads an office over an hour, each always at the same minute', () => {
    const people = Array.from({ length: 600 }, (_, index) => placeOf(personAt(`U${index}`), organization));

    const minutes = people.map(({ spreadMs }) => spreadMs / 60_000);

    const most = Math.max(...minutes.map((one) => minutes.filter((other) => other === one).length));
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...minutes)).toBeLessThan(60);
    expect(most).toBeLessThan(30);
    expect(placeOf(personAt('U7'), organization).spreadMs).toBe(people[7]?.spreadMs);
  });
});

describe('the slot of a day', () => {
  it.each([
    ['Berlin in winter', berlin, '2026-11-23', '2026-11-23T09:00+01:00'],
    ['Berlin, the Monday after clocks went forward', berlin, '2026-03-30', '2026-03-30T09:00+02:00'],
    ['Berlin, the Monday after clocks went back', berlin, '2026-10-26', '2026-10-26T09:00+01:00'],
    ['Shanghai', shanghai, '2026-11-23', '2026-11-23T09:00+08:00'],
    ['Shanghai on a Saturday that is worked', shanghai, '2026-02-28', '2026-02-28T09:00+08:00'],
    ['Apia, a day ahead', placeAt('Pacific/Apia'), '2026-11-23', '2026-11-23T09:00+13:00'],
    ['Kathmandu, at a quarter', placeAt('Asia/Kathmandu'), '2028-02-29', '2028-02-29T09:00+05:45'],
  ])('is at the opening: %s', (_, place, date, moment) => {
    expect(slotOn(date, place)).toBe(at(moment));
  });

  it('begins where quiet hours end, when they end later', () => {
    const place = { ...berlin, quiet: { from: '18:00', to: '10:30' } };

    expect(slotOn('2026-11-23', place)).toBe(at('2026-11-23T10:30+01:00'));
  });

  it('keeps to the working hours where quiet hours would leave nothing of them', () => {
    const place = { ...berlin, quiet: { from: '08:00', to: '19:00' } };

    expect(slotOn('2026-11-23', place)).toBe(at('2026-11-23T09:00+01:00'));
    expect(isFit(at('2026-11-23T09:00+01:00'), place)).toBe(true);
  });

  it('gives up the spread on a day that is too short for it', () => {
    const place = { ...berlin, spreadMs: 50 * 60_000, quiet: { from: '09:30', to: '08:30' } };

    expect(slotOn('2026-11-23', place)).toBe(at('2026-11-23T09:00+01:00'));
  });
});

describe('moments that fit', () => {
  it.each([
    ['within the hours', berlin, '2026-11-23T17:59+01:00', true],
    ['at the close', berlin, '2026-11-23T18:00+01:00', false],
    ['before the opening', berlin, '2026-11-23T08:59+01:00', false],
    ['on Sunday', berlin, '2026-11-22T12:00+01:00', false],
    ['on a holiday', berlin, '2026-05-14T12:00+02:00', false],
    ['in the week of Spring Festival', shanghai, '2026-02-18T12:00+08:00', false],
    ['on the Saturday before it, which is worked', shanghai, '2026-02-14T12:00+08:00', true],
    ['in the week of National Day', shanghai, '2026-10-05T12:00+08:00', false],
    ['on the Saturday after it, which is worked', shanghai, '2026-10-10T12:00+08:00', true],
    ['in Berlin at the same moment', berlin, '2026-10-10T12:00+02:00', false],
  ])('%s', (_, place, moment, expected) => {
    expect(isFit(at(moment), place)).toBe(expected);
  });

  it.each([
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Asia/Shanghai',
  ])('are all slots, every day of three years: %s', (zone) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_095 * 24 }), fc.integer({ min: 0, max: 59 }), (hours, minutes) => {
        const place = { ...placeAt(zone), spreadMs: minutes * 60_000 };
        const ms = at('2026-01-01T00:00Z') + hours * hour;

        const date = dayFrom(ms, place);
        const slot = slotOn(date, place);

        expect(slot).toBeGreaterThanOrEqual(ms);
        expect(isFit(slot, place)).toBe(true);
        expect(dateAt(slot, zone)).toBe(date);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

describe('working days', () => {
  it.each([
    ['over a weekend', berlin, '2026-11-20', 1, '2026-11-23'],
    ['over Spring Festival, which a worked Saturday follows', shanghai, '2026-02-14', 5, '2026-02-28'],
    ['over National Day', shanghai, '2026-09-30', 3, '2026-10-10'],
    ['over 29 February', placeAt('Europe/Berlin'), '2028-02-28', 1, '2028-02-29'],
  ])('are counted %s', (_, place, date, count, expected) => {
    expect(workingAfter(date, count, place)).toBe(expected);
  });

  it.each([
    ['a Sunday', berlin, '2026-12-06', '2026-12-04'],
    ['a Monday', berlin, '2026-12-07', '2026-12-04'],
    ['a day in Spring Festival', shanghai, '2026-02-20', '2026-02-14'],
  ])('before %s', (_, place, date, expected) => {
    expect(workingBefore(date, place)).toBe(expected);
  });

  it.each([
    ['on Monday itself', berlin, '2026-11-23', '2026-11-23'],
    ['from Tuesday on, the next', berlin, '2026-11-24', '2026-11-30'],
    ['on Tuesday, after a holiday', berlin, '2026-04-06', '2026-04-07'],
    ['after Spring Festival', shanghai, '2026-02-16', '2026-02-24'],
  ])('begin a week: %s', (_, place, date, expected) => {
    expect(weekFrom(date, place)).toBe(expected);
  });
});
