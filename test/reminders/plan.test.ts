import { describe, expect, it } from 'vitest';
import { dateAt } from '../../src/core/business-time.ts';
import { dayFor, hasRoom, isLastWord } from '../../src/reminders/plan.ts';
import { at, berlin, day, must, shanghai, thing } from './world.ts';

const wishes = { muted: [], rhythm: 'daily' as const };
/** Monday, 23 November 2026, in the middle of the night. */
const monday = at('2026-11-23T00:30+01:00');

describe('when something is told', () => {
  it.each([
    ['on the day it begins', thing('a', { since: monday }), undefined, '2026-11-23'],
    [
      'on the next day, when it begins after the slot',
      thing('a', { since: monday + 10 * 3_600_000 }),
      undefined,
      '2026-11-24',
    ],
    ['on Monday, when it begins on Saturday', thing('a', { since: monday - 2 * day }), undefined, '2026-11-23'],
    ['again after 3 working days', thing('a'), { times: 1, on: '2026-11-23' }, '2026-11-26'],
    ['then after 5', thing('a'), { times: 2, on: '2026-11-26' }, '2026-12-03'],
    ['then after 10, for the last time', thing('a'), { times: 3, on: '2026-12-03' }, '2026-12-17'],
    ['then no more', thing('a'), { times: 4, on: '2026-12-17' }, undefined],
    ['after 3 working days, when it did not fit', thing('a'), { times: 0, on: '2026-11-23' }, '2026-11-26'],
    [
      'on the working day before its last one',
      thing('a', { due: '2026-11-25' }),
      { times: 1, on: '2026-11-23' },
      '2026-11-24',
    ],
    [
      'on Friday, when the last day is a Sunday',
      thing('a', { due: '2026-12-06' }),
      { times: 2, on: '2026-12-02' },
      '2026-12-04',
    ],
    [
      'before its last day, even after the last word',
      thing('a', { due: '2027-06-30' }),
      { times: 4, on: '2026-12-17' },
      '2027-06-29',
    ],
    [
      'by its distances, once its last day is near',
      thing('a', { due: '2026-11-24' }),
      { times: 1, on: '2026-11-23' },
      '2026-11-26',
    ],
    ['when it was put off to', thing('a'), { times: 1, on: '2026-11-23', later: '2026-12-01' }, '2026-12-01'],
    [
      'on the next working day, when that is none',
      thing('a'),
      { times: 1, on: '2026-11-23', later: '2026-11-28' },
      '2026-11-30',
    ],
    [
      'when it was put off to, though the last word was said',
      thing('a'),
      { times: 4, on: '2026-11-23', later: '2026-12-01' },
      '2026-12-01',
    ],
  ])('%s', (_, due, told, expected) => {
    expect(dayFor(due, told, wishes, berlin)).toBe(expected);
  });

  it.each([
    ['a topic that is turned off', { muted: ['test:news'] }, undefined, '2026-11-23'],
    ['a pause', { pausedUntil: '2026-12-01' }, '2026-12-01', '2026-11-23'],
    ['once a week', { rhythm: 'weekly' as const }, '2026-11-30', '2026-11-24'],
  ])('heeds %s, but for what is mandatory', (_, wish, expected, mandatory) => {
    const since = 'rhythm' in wish ? monday + day : monday;
    const free = thing('a', { since });

    expect(dayFor(free, undefined, { ...wishes, ...wish }, berlin)).toBe(expected);
    expect(dayFor({ ...free, mandatory: must }, undefined, { ...wishes, ...wish }, berlin)).toBe(mandatory);
  });

  it('lets a day that somebody chose stand before rhythm and pause', () => {
    const told = { times: 1, on: '2026-11-23', later: '2026-11-26' };

    expect(dayFor(thing('a'), told, { ...wishes, rhythm: 'weekly', pausedUntil: '2026-12-24' }, berlin)).toBe(
      '2026-11-26',
    );
  });

  it('leaves out the holidays of the office', () => {
    expect(dayFor(thing('a'), { times: 1, on: '2026-02-14' }, wishes, shanghai)).toBe('2026-02-26');
    expect(dayFor(thing('a'), { times: 1, on: '2026-02-14' }, wishes, berlin)).toBe('2026-02-18');
  });
});

describe('the last word', () => {
  it.each([
    ['is not the third', thing('a'), 3, '2026-12-03', false],
    ['is the fourth', thing('a'), 4, '2026-12-17', true],
    [
      'is not the fourth, when there will be one before its last day',
      thing('a', { due: '2027-06-30' }),
      4,
      '2026-12-17',
      false,
    ],
    ['is the one before its last day', thing('a', { due: '2027-06-30' }), 5, '2027-06-29', true],
  ])('%s', (_, due, times, on, expected) => {
    expect(isLastWord(due, times, on, berlin)).toBe(expected);
  });

  it('is said exactly when nothing follows', () => {
    for (const due of [undefined, '2026-11-25', '2026-12-06', '2027-06-30']) {
      const one = thing('a', due === undefined ? {} : { due });
      let on = '2026-11-23';
      for (let times = 1; times < 9; times += 1) {
        const next = dayFor(one, { times, on }, wishes, berlin);

        expect([due, times, isLastWord(one, times, on, berlin)]).toEqual([due, times, next === undefined]);
        if (next === undefined) break;
        on = next;
      }
    }
  });
});

describe('the budget', () => {
  const limits = { unaskedPerDay: 2, unaskedPerWeek: 3 };
  const dateOf = (ms: number) => dateAt(ms, 'Europe/Berlin');
  const noon = at('2026-11-23T12:00+01:00');

  it.each([
    ['nothing was sent', [], true],
    ['one was sent today', [noon - 1], true],
    ['two were sent today', [noon - 2, noon - 1], false],
    ['two were sent, one of them yesterday', [noon - day, noon - 1], true],
    ['three were sent within a week', [noon - 6 * day, noon - 3 * day, noon - 2 * day], false],
    ['the first of three is a week old', [noon - 7 * day, noon - 3 * day, noon - 2 * day], true],
  ])('%s', (_, unasked, expected) => {
    expect(hasRoom(unasked, noon, limits, dateOf)).toBe(expected);
  });
});
