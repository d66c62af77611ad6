import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../src/core/business-time.ts';
import { Office } from '../../src/core/organization.ts';
import type { Person } from '../../src/core/ports.ts';
import { dueDate, fits, followRules } from '../../src/training/assigning.ts';
import { freshRecord, type TrackRecord } from '../../src/training/learner.ts';
import { Rule } from '../../src/training/track.ts';
import { editionOf, personOf, today } from './tracks.ts';

const names = { en: 'Here', 'zh-CN': '这里' };
const berlin = calendarOf(Office.parse({ id: 'berlin', name: names, zone: 'Europe/Berlin' }));
/** The days that the State Council published for 2026: Spring Festival and National Day, each with the weekend days worked for it. */
const shanghai = calendarOf(
  Office.parse({
    id: 'shanghai',
    name: names,
    zone: 'Asia/Shanghai',
    years: {
      2026: {
        holidays: ['2026-02-15/2026-02-23', '2026-10-01/2026-10-07'],
        worked: ['2026-02-14', '2026-02-28', '2026-09-20', '2026-10-10'],
      },
    },
  }),
);
const at = { today, calendar: berlin };

describe('a rule', () => {
  it.each<readonly [string, object, Partial<Person>, boolean, boolean]>([
    ['names everybody', {}, {}, false, true],
    ['names a role', { roles: ['legal', 'security'] }, { roles: ['security'] }, false, true],
    ['does not name another role', { roles: ['legal'] }, { roles: ['security'] }, false, false],
    ['names a user group', { groups: ['@payments'] }, { roles: ['@payments'] }, false, true],
    [
      'asks for all that it names',
      { roles: ['legal'], offices: ['berlin'] },
      { roles: ['legal'], office: 'shanghai' },
      false,
      false,
    ],
    ['asks for an office that is known', { offices: ['berlin'] }, {}, false, false],
    ['names a unit', { units: ['payments'] }, { unit: 'payments' }, false, true],
    ['names an entity', { entities: ['gmbh'] }, { entity: 'gmbh' }, false, true],
    ['names who joins', { when: 'joining' }, {}, true, true],
    ['not who was here', { when: 'joining' }, {}, false, false],
    ['names nobody by itself', { when: 'contributing' }, {}, true, false],
  ])('%s', (_, rule, person, joined, expected) => {
    expect(fits(Rule.parse(rule), personOf(person), joined)).toBe(expected);
  });
});

describe('following the rules', () => {
  const forAll = editionOf({ for: [{}], mandatory: true });
  const forLegal = editionOf({ for: [{ roles: ['legal'] }] });
  const legal = personOf({ roles: ['legal'] });
  const own = (record: Partial<TrackRecord>) => ({ tracks: { licenses: { ...freshRecord, ...record } } });
  const byRule = { at: 0, by: 'rule', due: '2026-12-23', mandatory: true };
  const completed = {
    on: '2026-05-04',
    at: 0,
    until: '2027-05-03',
    how: 'modules' as const,
    edition: 'hash',
    modules: {},
  };

  it('gives what is new, with the first working day that its time reaches', () => {
    expect(followRules({ tracks: {} }, personOf(), [forAll], at)).toEqual([
      { track: 'licenses', move: { kind: 'assign', mandatory: true, due: '2026-12-23' } },
    ]);
  });

  it('gives it without a day to who has it already', () => {
    expect(followRules(own({ completed }), personOf(), [forAll], at)).toEqual([
      { track: 'licenses', move: { kind: 'assign', mandatory: true } },
    ]);
  });

  it.each<readonly [string, Partial<TrackRecord>]>([
    ['it was given', { assigned: byRule }],
    ['somebody is excused', { assigned: byRule, exempt: { at: 0, by: 'U', reason: '' } }],
    ['a lead gave it', { assigned: { ...byRule, by: 'U0LEAD' } }],
  ])('changes nothing when %s', (_, record) => {
    expect(followRules(own(record), personOf(), [forAll], at)).toEqual([]);
  });

  it('changes nothing when only the text or the time of a track changed', () => {
    const rewritten = { ...editionOf({ for: [{}], mandatory: true, due: 'P5D', valid: 'P2Y' }, 'other'), file: 'x' };

    expect(followRules(own({ assigned: byRule }), personOf(), [rewritten], at)).toEqual([]);
  });

  it('takes back what a role brought when the role goes, and leaves what a lead gave', () => {
    expect(followRules(own({ assigned: byRule }), personOf(), [forLegal], at)).toEqual([
      { track: 'licenses', move: { kind: 'withdraw' } },
    ]);
    expect(followRules(own({ assigned: { ...byRule, by: 'U0LEAD' } }), personOf(), [forLegal], at)).toEqual([]);
  });

  it('takes back what is no longer there', () => {
    expect(followRules(own({ assigned: byRule }), legal, [], at)).toEqual([
      { track: 'licenses', move: { kind: 'withdraw' } },
    ]);
  });

  it('does not give again what somebody declined, unless it is mandatory now', () => {
    const off = own({ off: { at: 0, reason: '' } });

    expect(followRules(off, legal, [forLegal], at)).toEqual([]);
    expect(followRules(off, legal, [forAll], at)).toMatchObject([{ move: { kind: 'assign', mandatory: true } }]);
  });

  it('gives anew what an exemption that is over had spared', () => {
    const over = own({ assigned: byRule, exempt: { at: 0, by: 'U', reason: '', until: '2026-11-22' } });

    expect(followRules(over, personOf(), [forAll], at)).toMatchObject([
      { move: { kind: 'assign', due: '2026-12-23' } },
    ]);
  });

  it('follows what became mandatory, and keeps the day', () => {
    const optional = own({ assigned: { ...byRule, mandatory: false, due: '2026-12-01' } });

    expect(followRules(optional, personOf(), [forAll], at)).toMatchObject([
      { move: { kind: 'assign', mandatory: true, due: '2026-12-01' } },
    ]);
  });

  it('lets everybody start over once the day has come', () => {
    const again = editionOf({ for: [{}], mandatory: true, startOver: '2026-11-23' });

    expect(followRules(own({ assigned: byRule, completed }), personOf(), [again], at)).toMatchObject([
      { move: { kind: 'restart', due: '2026-12-23' } },
    ]);
  });

  it.each([
    ['guests', { guest: true }],
    ['people who left', { active: false }],
  ])('gives nothing to %s', (_, person) => {
    expect(followRules({ tracks: {} }, personOf(person), [forAll], at)).toEqual([]);
  });
});

describe('a last day', () => {
  it.each([
    ['is moved from Sunday to Monday', '2026-11-20', 'P30D', berlin, '2026-12-21'],
    ['stays on a working day', '2026-11-23', 'P30D', berlin, '2026-12-23'],
    ['is moved behind Spring Festival', '2026-01-16', 'P30D', shanghai, '2026-02-24'],
    ['may be a Saturday that is worked', '2026-01-15', 'P30D', shanghai, '2026-02-14'],
    ['is moved behind the National Day week', '2026-09-01', 'P30D', shanghai, '2026-10-08'],
    ['may be a Saturday that is worked for it', '2026-09-10', 'P30D', shanghai, '2026-10-10'],
    ['of a month ends on its last day', '2027-01-31', 'P1M', berlin, '2027-03-01'],
    ['knows leap years', '2028-01-31', 'P1M', berlin, '2028-02-29'],
  ])('%s', (_, given, duration, calendar, expected) => {
    expect(dueDate(given, duration, calendar)).toBe(expected);
  });
});
