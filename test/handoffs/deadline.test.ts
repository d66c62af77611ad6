import { describe, expect, it } from 'vitest';
import { calendarOf, workingMoment } from '../../src/core/business-time.ts';
import { Office } from '../../src/core/organization.ts';
import { promise, resume, stop } from '../../src/handoffs/deadline.ts';

const names = { en: 'Here', 'zh-CN': '这里' };
const berlin = calendarOf(Office.parse({ id: 'berlin', name: names, zone: 'Europe/Berlin' }));
const years = { 2026: { holidays: ['2026-02-15/2026-02-23'], worked: ['2026-02-14', '2026-02-28'] } };
const shanghai = calendarOf(Office.parse({ id: 'shanghai', name: names, zone: 'Asia/Shanghai', years }));

function at(text: string): number {
  return Date.parse(text);
}

describe('what is promised', () => {
  it.each([
    ['on a Monday morning', berlin, '2026-11-23T10:00+01:00', '2026-11-23T17:12+01:00', '2026-11-24T10:00+01:00'],
    ['on a Friday afternoon', berlin, '2026-11-27T17:00+01:00', '2026-11-30T15:12+01:00', '2026-11-30T17:00+01:00'],
    ['on a Saturday', berlin, '2026-11-28T12:00+01:00', '2026-11-30T16:12+01:00', '2026-11-30T18:00+01:00'],
    [
      'on the weekend day worked before the holidays',
      shanghai,
      '2026-02-14T11:00+08:00',
      '2026-02-24T09:12+08:00',
      '2026-02-24T11:00+08:00',
    ],
    [
      'on the last day before a weekend that is worked',
      shanghai,
      '2026-02-27T11:00+08:00',
      '2026-02-28T09:12+08:00',
      '2026-02-28T11:00+08:00',
    ],
  ])('%s is one working day, with a reminder at four fifths', (_, calendar, now, nudge, due) => {
    expect(promise(at(now), calendar)).toEqual({ nudgeAt: at(nudge), due: at(due) });
  });
});

describe('a clock that stands', () => {
  it('keeps what was left, in working time', () => {
    const deadline = promise(at('2026-11-27T10:00+01:00'), berlin);

    const rest = stop(deadline, at('2026-11-27T16:00+01:00'), berlin);
    const again = resume(rest, at('2026-12-02T16:00+01:00'), berlin);

    expect(again.due).toBe(at('2026-12-03T10:00+01:00'));
  });

  it('leaves nothing of what is over', () => {
    const deadline = promise(at('2026-11-23T10:00+01:00'), berlin);

    expect(stop(deadline, at('2026-11-25T10:00+01:00'), berlin)).toEqual({ nudge: 0, due: 0 });
  });
});

describe('a working moment', () => {
  it.each([
    ['within hours is now', '2026-11-23T17:59+01:00', '2026-11-23T17:59+01:00'],
    ['at the close is tomorrow', '2026-11-23T18:00+01:00', '2026-11-24T09:00+01:00'],
    ['before work is the opening', '2026-11-23T05:00+01:00', '2026-11-23T09:00+01:00'],
    ['on a Saturday is Monday', '2026-11-28T12:00+01:00', '2026-11-30T09:00+01:00'],
  ])('%s', (_, now, moment) => {
    expect(workingMoment(at(now), berlin)).toBe(at(moment));
  });
});
