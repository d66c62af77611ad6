import { describe, expect, it } from 'vitest';
import { Organization } from '../../src/core/organization.ts';
import { calendarOfOffice, monthsAfter, nextNudge, openClock, pause, resume } from '../../src/requests/clocks.ts';
import { endDays, stepClock, wakeOf } from '../../src/requests/jobs.ts';
import { nextDigest, stepDigest, stepReminder, withMore } from '../../src/requests/reminding.ts';
import type { Course } from '../../src/requests/state.ts';
import type { Stage } from '../../src/requests/type.ts';
import {
  approve,
  ask,
  asked,
  circumstances,
  dayMs,
  hourMs,
  id,
  moved,
  organization,
  peopleOf,
  person,
  staff,
  tuesday,
  typeOfAllWays,
  worldOf,
} from './rules-world.ts';

const iso = (ms: number | undefined | null) => new Date(ms ?? 0).toISOString().slice(0, 16);
const at = (text: string) => Date.parse(`${text}Z`);

const stage = (more: Partial<Stage> = {}): Stage => ({
  id: 'one',
  name: { en: 'One', 'zh-CN': '一' },
  order: 1,
  who: { roles: ['legal'] },
  decide: 'any',
  days: 2,
  checklist: [],
  care: false,
  instead: [],
  ...more,
});
const berlin = person('berta', { roles: ['legal'] });
const shanghai = (name: string) => person(name, { roles: ['legal'], office: 'shanghai', zone: 'Asia/Shanghai' });

describe('the promise of a stage', () => {
  it.each([
    ['counts business days', '2026-11-27T09:00', '2026-12-01T09:00'],
    ['skips the weekend', '2026-11-28T09:00', '2026-12-01T17:00'],
  ])('%s', (_, now, due) => {
    const world = { people: peopleOf([berlin]), organization };

    expect(iso(openClock(stage(), [berlin.id], at(now), world).due)).toBe(due);
  });

  it('knows the long holiday of the office and the Saturday that makes up for it', () => {
    const mei = shanghai('mei');
    const world = { people: peopleOf([mei]), organization };

    // Asked on Wednesday 30 September, 10:00 in Shanghai: 1 to 7 October is a holiday, so Thursday 8, Friday 9, and the worked Saturday 10.
    const { due, nudgeAt } = openClock(stage({ days: 3 }), [mei.id], at('2026-09-30T02:00'), world);

    expect(iso(due)).toBe('2026-10-10T02:00');
    // 80 % of 27 working hours are 21.6: eight on Wednesday, nine on Thursday, 4.6 on Friday.
    expect(iso(nudgeAt)).toBe('2026-10-09T05:36');
  });

  it('follows the office in which most of those who are asked work', () => {
    const persons = [berlin, shanghai('mei'), shanghai('li')];
    const world = { people: peopleOf(persons), organization };
    const now = at('2026-09-30T12:00');

    expect(
      iso(
        openClock(
          stage({ days: 1 }),
          persons.map((one) => one.id),
          now,
          world,
        ).due,
      ),
    ).toBe('2026-10-08T10:00');
    expect(iso(openClock(stage({ days: 1 }), [berlin.id], now, world).due)).toBe('2026-10-01T12:00');
  });

  it('is the slowest calendar where all must agree', () => {
    const persons = [berlin, person('ben2', { roles: ['legal'] }), shanghai('mei')];
    const world = { people: peopleOf(persons), organization };
    const all = stage({ decide: 'all', days: 1 });

    expect(
      iso(
        openClock(
          all,
          persons.map((one) => one.id),
          at('2026-09-30T12:00'),
          world,
        ).due,
      ),
    ).toBe('2026-10-08T10:00');
  });

  it('is the next meeting of those who meet, when there is time to read', () => {
    const meets = (first: string, everyDays: number) =>
      Organization.parse({ ...organization, requests: { meetings: { legal: { first, everyDays } } } });
    const due = (first: string, everyDays: number, now: string) =>
      iso(
        openClock(stage({ days: 9 }), [berlin.id], at(now), {
          people: peopleOf([berlin]),
          organization: meets(first, everyDays),
        }).due,
      );

    expect(due('2026-01-14', 14, '2026-11-24T09:00')).toBe('2026-12-02T17:00');
    // The day before a meeting is too late for it.
    expect(due('2026-01-14', 14, '2026-12-02T09:00')).toBe('2026-12-16T17:00');
    // On Saturdays nobody meets: the days of the stage count.
    expect(due('2026-01-10', 7, '2026-11-24T09:00')).toBe('2026-12-07T09:00');
  });

  it('stands and runs on with what was left', () => {
    const calendar = calendarOfOffice('berlin', organization);
    const clock = { due: at('2026-11-26T09:00'), nudgeAt: at('2026-11-25T15:00') };

    const rest = pause(clock, at('2026-11-24T10:00'), calendar);

    expect(rest).toEqual({ due: 17 * hourMs, nudge: 14 * hourMs });
    expect(resume(rest, at('2026-12-01T10:00'), calendar)).toEqual({
      due: at('2026-12-03T09:00'),
      nudgeAt: at('2026-12-02T15:00'),
    });
    expect(pause(clock, at('2027-01-01T10:00'), calendar)).toEqual({ due: 0, nudge: 0 });
  });

  it('is reminded of at 80 %, when it is over, and 1, 2 and 4 days later; what was missed folds', () => {
    const calendar = calendarOfOffice('berlin', organization);
    const due = at('2026-11-26T09:00');
    const moments = [due - hourMs, due, due + dayMs, at('2026-11-30T09:00'), at('2026-12-02T09:00')];

    expect(moments.map((now) => iso(nextNudge(due, now, calendar)))).toEqual([
      '2026-11-26T09:00',
      '2026-11-27T09:00',
      '2026-11-30T09:00',
      '2026-12-02T09:00',
      '1970-01-01T00:00',
    ]);
  });

  it('of an approval ends on the same day of the month', () => {
    expect(iso(monthsAfter(at('2026-11-24T09:00'), 12, 'Europe/Berlin'))).toBe('2027-11-24T09:00');
    expect(iso(monthsAfter(at('2026-08-31T09:00'), 6, 'Europe/Berlin'))).toBe('2027-02-28T09:00');
  });
});

/** Lets the clock look whenever it wants to, until `end`. */
function live(request: Course, end: number, world = worldOf()) {
  let one = request;
  let now = tuesday;
  for (;;) {
    const wakeAt = wakeOf(one, world, now);
    if (wakeAt === null || wakeAt > end) return one;
    now = wakeAt;
    one = stepClock(
      one,
      { type: typeOfAllWays, world, circumstances: (ms) => circumstances(world, one.requester, ms) },
      now,
    ).request;
  }
}

const told = (request: Course) =>
  request.events.flatMap((event) =>
    event.kind === 'nudged' || event.kind === 'escalated' || event.kind === 'reminded' || event.kind === 'expired'
      ? [`${event.kind} ${iso(event.at)}`]
      : [],
  );

describe('the clock of a request', () => {
  it('nudges with growing distance, escalates once, and never decides', () => {
    const request = live(asked('any'), tuesday + 60 * dayMs);

    expect(request.state).toBe('in_review');
    expect(told(request)).toEqual([
      'nudged 2026-11-25T14:24',
      'escalated 2026-11-26T09:00',
      'nudged 2026-11-27T09:00',
      'nudged 2026-11-30T09:00',
      'nudged 2026-12-02T09:00',
    ]);
    expect(request.events.find((event) => event.kind === 'escalated')).toMatchObject({ to: [id('lea'), id('bob')] });
  });

  it('waits for working hours', () => {
    const mei = staff.map((one) => (one.roles.includes('ospo') ? { ...one, office: 'shanghai' } : one));
    const request = live(asked('any', worldOf({ persons: mei })), tuesday + 5 * dayMs, worldOf({ persons: mei }));

    const hours = request.events.flatMap((event) =>
      event.kind === 'nudged' ? [new Date(event.at).getUTCHours()] : [],
    );

    expect(hours.length).toBeGreaterThan(1);
    expect(hours.filter((hour) => hour < 1 || hour >= 10)).toEqual([]);
  });

  it('missed days fold into one message', () => {
    const world = worldOf();
    const request = asked('any');

    const went = stepClock(
      request,
      { type: typeOfAllWays, world, circumstances: (ms) => circumstances(world, request.requester, ms) },
      at('2026-12-01T10:00'),
    );

    expect(told(went.request)).toEqual(['escalated 2026-12-01T10:00']);
    expect(wakeOf(went.request, world, at('2026-12-01T10:00'))).toBe(at('2026-12-02T09:00'));
  });

  it('reminds the requester of a question, and lets go after a month', () => {
    const request = live(moved(asked('any'), 'olga', ask('any'), worldOf(), tuesday), tuesday + 90 * dayMs);

    expect(told(request)).toEqual([
      'reminded 2026-11-27T09:00',
      'reminded 2026-12-04T09:00',
      'expired 2026-12-24T09:00',
    ]);
    expect(moved(request, 'asker', { kind: 'reopen', text: '' }, worldOf(), tuesday + 40 * dayMs).state).toBe(
      'in_review',
    );
  });

  it('reminds of the end of an approval 30, 14 and 3 days before, then it lapses', () => {
    const approved = moved(asked('any'), 'olga', approve('any'), worldOf(), tuesday);
    const request = live(approved, tuesday + 400 * dayMs);

    expect(endDays).toEqual([30, 14, 3]);
    expect(told(request)).toEqual([
      // 25 October 2027 is a Monday; 21 November a Sunday.
      'reminded 2027-10-25T09:00',
      'reminded 2027-11-10T09:00',
      'reminded 2027-11-22T08:00',
      'expired 2027-11-24T09:00',
    ]);
    expect(request.state).toBe('expired');
  });

  it('goes on with what was on hold when its time is over', () => {
    const held = moved(
      asked('any'),
      'olga',
      { kind: 'hold', until: tuesday + 10 * dayMs, text: '' },
      worldOf(),
      tuesday,
    );

    const request = live(held, tuesday + 10 * dayMs);

    expect(request).toMatchObject({ state: 'in_review' });
    expect(request.events.at(-1)).toMatchObject({ kind: 'resumed', at: tuesday + 10 * dayMs });
  });

  it('closes the vote of a body when its time is over', () => {
    const one = moved(asked('vote'), 'bea', approve('vote'), worldOf(), tuesday);
    const two = moved(one, 'ben', { kind: 'abstain', stage: 'vote', text: '' }, worldOf(), tuesday);

    expect(live(two, tuesday + 20 * dayMs).state).toBe('approved');
    expect(live(one, tuesday + 20 * dayMs).state).toBe('in_review');
  });

  it('notices within a day that nobody is left', () => {
    const world = worldOf({ persons: staff.map((one) => (one.id === id('sara') ? { ...one, active: false } : one)) });

    const request = live(asked('parallel'), tuesday + dayMs, world);

    expect(request.events.at(-1)).toMatchObject({
      kind: 'rerouted',
      stage: 'security',
      asked: [{ role: 'security' }, { role: 'ospo' }],
    });
  });
});

describe('what is gathered for a person', () => {
  const world = worldOf();
  const doc = (value: ReturnType<typeof withMore>) => ({ ...value, id: id('olga'), version: 1 });

  it('is one message a day for all requests', () => {
    const first = withMore(undefined, ['1'], tuesday, id('olga'), world);
    const both = withMore(first, ['2', '1'], tuesday + 60_000, id('olga'), world);
    const said = stepReminder(doc(both), world, both.wakeAt ?? 0);
    const next = withMore(said.value, ['3'], tuesday + hourMs, id('olga'), world);

    expect(both).toMatchObject({ requests: ['1', '2'], wakeAt: first.wakeAt });
    expect(said.value).toMatchObject({ requests: [], said: ['1', '2'], wakeAt: null });
    expect(said.say).toHaveLength(1);
    expect(iso(next.wakeAt)).toBe('2026-11-25T09:10');
  });

  it('waits for the morning', () => {
    const evening = withMore(undefined, ['1'], at('2026-11-27T20:00'), id('olga'), world);

    expect(iso(evening.wakeAt)).toBe('2026-11-30T08:00');
    expect(
      stepReminder(doc({ ...evening, wakeAt: at('2026-11-28T10:00') }), world, at('2026-11-28T10:00')),
    ).toMatchObject({
      value: { wakeAt: at('2026-11-30T08:00') },
      say: [],
    });
  });
});

describe('the weekly digest', () => {
  it.each([
    ['on Monday morning', '2026-11-24T09:00', 'lea', '2026-11-30T08:00'],
    ['a week after the last one', '2026-11-30T08:00', 'lea', '2026-12-07T08:00'],
  ])('%s', (_, now, who, expected) => {
    expect(iso(nextDigest(id(who), at(now), worldOf()))).toBe(expected);
  });

  it('comes on the first working day of a week that begins with a holiday', () => {
    const lea = { ...person('lea', { office: 'shanghai', roles: ['ospo-lead'] }) };
    const world = worldOf({ persons: [lea] });

    // Monday 5 October 2026 is in the holiday that ends on the 7th.
    expect(iso(nextDigest(lea.id, at('2026-09-30T02:00'), world))).toBe('2026-10-08T01:00');
  });

  it('rests for somebody who leads no more', () => {
    const doc = (who: string) => ({ id: id(who), version: 1, wakeAt: tuesday });

    expect(stepDigest(doc('lea'), worldOf(), tuesday).say).toHaveLength(1);
    expect(stepDigest(doc('olga'), worldOf(), tuesday)).toEqual({ value: { wakeAt: null }, say: [] });
  });
});
