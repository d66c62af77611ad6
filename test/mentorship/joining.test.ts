import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import {
  helpWith,
  type Joining,
  join,
  leave,
  pause,
  release,
  resume,
  take,
  wake,
} from '../../src/mentorship/joining.ts';
import { isWaiting, type Member, roomOf, roomToRead } from '../../src/mentorship/member.ts';
import { outlookFor } from '../../src/mentorship/waiting.ts';
import { dayMs, guiding, rules, waiting } from './people.ts';

const now = Date.UTC(2026, 10, 23, 10);
const rounds = { newsDays: 30 };
const other = 'U0OTHER' as PersonId;
const asMentee = { skills: ['rust'], words: '', hours: 4, goals: 'A first change.' };
const asMentor = { skills: ['rust'], words: '', hours: 4, places: 2, reviews: 1 };

function form(more: Partial<Joining> = {}): Joining {
  const { mentor, mentee, ...rest } = more;
  return { languages: ['en'], zone: undefined, blocked: [], months: undefined, mentor, mentee, ...rest };
}

/** The member as the clock leaves them. */
function memberAfter(...woken: Parameters<typeof wake>): Member {
  const found = wake(...woken);
  if (found.kind === 'forget') throw new Error('they are forgotten');
  return found.member;
}

const joined = (more: Partial<Joining>): Member => join(undefined, form(more), now, 'Europe/Berlin', rounds);

describe('joining', () => {
  it('makes a mentee wait from now on, and hear of it in a month', () => {
    const member = joined({ mentee: asMentee });

    expect(isWaiting(member)).toBe(true);
    expect(member.mentee?.since).toBe(now);
    expect(member.wakeAt).toBe(now + 30 * dayMs);
  });

  it('gives a mentor places, and room to read', () => {
    const member = joined({ mentor: asMentor });

    expect([roomOf(member), roomToRead(member), isWaiting(member)]).toEqual([2, 1, false]);
  });

  it('lets somebody be both, and change their mind without losing their place in the line', () => {
    const first = joined({ mentee: asMentee });

    const both = join(
      first,
      form({ mentor: asMentor, mentee: { ...asMentee, skills: ['go'] } }),
      now + dayMs,
      'UTC',
      rounds,
    );

    expect(both.mentee).toMatchObject({ since: now, skills: ['go'] });
    expect(roomOf(both)).toBe(2);
  });

  it('ends by itself after the time that was given, by the clock of the person', () => {
    const member = joined({ mentor: asMentor, months: 3, zone: 'Asia/Shanghai' });
    const end = Date.UTC(2027, 1, 23, 16);

    expect(member.wakeAt).toBe(end);
    expect(wake(member, end, rounds, 'UTC')).toMatchObject({ kind: 'over', hats: ['mentor'] });
    expect(wake(member, end - 1, rounds, 'UTC').kind).toBe('nothing');
  });

  it('keeps a mentor whose time is over for those whom they guide, and for nobody new', () => {
    const member = take(joined({ mentor: asMentor, months: 3 }), 'mentor', 'P1', other);

    const over = memberAfter(member, now + 100 * dayMs, rounds, 'UTC');

    expect(over.mentor).toMatchObject({ pairs: ['P1'], places: 1 });
    expect([roomOf(over), roomToRead(over), over.wakeAt]).toEqual([0, 0, null]);
  });
});

describe('a pair', () => {
  const at = { now: now + 9 * dayMs, rounds, zone: 'UTC' };

  it('takes a place and ends the waiting; the two are remembered', () => {
    const mentor = take(joined({ mentor: asMentor }), 'mentor', 'P1', other);
    const mentee = take(joined({ mentee: asMentee }), 'mentee', 'P1', other);

    expect([roomOf(mentor), isWaiting(mentee)]).toEqual([1, false]);
    expect([mentor.met, mentee.met]).toEqual([[other], [other]]);
  });

  it('that is lost gives the mentee the old place in the line', () => {
    const mentee = take(joined({ mentee: asMentee }), 'mentee', 'P1', other);

    const free = release(mentee, 'mentee', 'P1', true, at);

    expect(isWaiting(free)).toBe(true);
    expect(free.mentee?.since).toBe(now);
  });

  it('that is finished ends being a mentee, and gives the mentor the place back', () => {
    const mentee = take(joined({ mentee: asMentee }), 'mentee', 'P1', other);
    const mentor = take(joined({ mentor: asMentor }), 'mentor', 'P1', other);

    expect(release(mentee, 'mentee', 'P1', false, at).mentee).toBeUndefined();
    expect(roomOf(release(mentor, 'mentor', 'P1', false, at))).toBe(2);
  });

  it('that is another one changes nothing', () => {
    const mentee = take(joined({ mentee: asMentee }), 'mentee', 'P1', other);

    expect(release(mentee, 'mentee', 'P2', true, at)).toBe(mentee);
  });
});

describe('a break', () => {
  const member = pause(joined({ mentor: asMentor, mentee: asMentee }), '2028-02-29', 'America/New_York');

  it('takes somebody out until its last day is over where they are', () => {
    expect([roomOf(member), roomToRead(member), isWaiting(member)]).toEqual([0, 0, false]);
    expect(member.wakeAt).toBe(Date.UTC(2028, 2, 1, 5));
    expect(wake(member, Date.UTC(2028, 2, 1, 5), rounds, 'America/New_York').kind).toBe('resumed');
    expect(wake(member, Date.UTC(2028, 2, 1, 4), rounds, 'America/New_York').kind).toBe('nothing');
  });

  it('that was longer than a month is followed by news a month later, not by what was missed', () => {
    const end = Date.UTC(2028, 2, 1, 5);

    const back = memberAfter(member, end, rounds, 'America/New_York');

    expect(back.wakeAt).toBe(end + 30 * dayMs);
  });

  it('and a term that both ended while nobody looked are one thing, and done', () => {
    const term = pause(joined({ mentee: asMentee, months: 3 }), '2027-03-10', 'UTC');

    const woken = wake(term, Date.UTC(2027, 4, 1), rounds, 'UTC');

    expect(woken).toMatchObject({ kind: 'over', hats: ['mentee'] });
    expect(woken).toMatchObject({ member: { wakeAt: Date.UTC(2027, 4, 1) + 400 * dayMs } });
    expect(woken).not.toHaveProperty('member.pausedUntil');
  });

  it('costs nobody their place in the line', () => {
    const back = resume(member, rounds, 'UTC');

    expect(isWaiting(back)).toBe(true);
    expect(back.mentee?.since).toBe(now);
  });
});

describe('leaving', () => {
  it('forgets everything but whom somebody met and does not want to meet', () => {
    const member = { ...joined({ mentor: asMentor, mentee: asMentee, blocked: [other] }), met: [other] };

    const end = now + dayMs + 400 * dayMs;
    expect(leave(member, now + dayMs)).toEqual({
      joinedAt: now,
      languages: [],
      met: [other],
      blocked: [other],
      wakeAt: end,
    });
  });

  const hat = { skills: ['rust'], words: '', about: 'Ask me.' };
  const inPair = take(joined({ mentee: asMentee, zone: 'Asia/Shanghai' }), 'mentee', 'P1', other);

  it.each([
    ['leaving the program', leave(joined({ mentor: asMentor }), now)],
    ['no longer being an ambassador', helpWith(helpWith(undefined, hat, ['en'], now), undefined, [], now)],
    ['finishing the pair', release(inPair, 'mentee', 'P1', false, { now, rounds, zone: 'UTC' })],
    ['the end of the term', memberAfter(joined({ mentor: asMentor, months: 3 }), now + 100 * dayMs, rounds, 'UTC')],
  ])('whoever has no hat any more is forgotten in 13 months: %s', (_, { wakeAt, ...member }) => {
    expect(wakeAt).toBeGreaterThanOrEqual(now + 400 * dayMs);
    expect(wakeAt).toBeLessThanOrEqual(now + 500 * dayMs);
    expect(Object.keys(member).toSorted()).toEqual(['blocked', 'joinedAt', 'languages', 'met']);
    expect(wake({ ...member, wakeAt: wakeAt ?? 0 }, wakeAt ?? 0, rounds, 'UTC')).toEqual({ kind: 'forget' });
  });

  it('the directory leaves everything else as it is', () => {
    const member = helpWith(joined({ mentee: asMentee }), hat, ['en'], now);

    expect(helpWith(member, undefined, [], now)).toEqual(joined({ mentee: asMentee }));
    expect(member.ambassador).toEqual({ ...hat, since: now });
  });
});

describe('what somebody who waits is told', () => {
  const waits = [1, 2, 3, 4, 30].map((days) => ({ days, language: 'en' }));
  const me = waiting('me', { since: 5 });
  const all = [waiting('early', { since: 1 }), me, waiting('late', { since: 9 })];

  it('is their place by the time of waiting, and how long others waited', () => {
    const outlook = outlookFor(me, all, [guiding('x', { free: 0 }), guiding('y')], waits, rules);

    expect(outlook).toEqual({ place: 2, total: 3, expected: { half: 3, most: 4, of: 5 }, free: 1, fitting: 2 });
  });

  it('is nothing about time where too few are known', () => {
    expect(outlookFor(me, all, [guiding('x')], waits.slice(1), rules).expected).toBeUndefined();
  });

  it('counts those who met in a language of theirs, where these are enough', () => {
    const others = [1, 1, 1, 1, 1].map((days) => ({ days, language: 'zh' }));

    expect(outlookFor(me, all, [guiding('x')], [...waits, ...others], rules).expected?.half).toBe(3);
  });

  it.each([
    ['language', [guiding('x', { languages: ['zh'] })]],
    ['topics', [guiding('x', { languages: ['zh'] }), guiding('y', { topics: new Set(['go']) })]],
    ['overlap', [guiding('x', { offset: -480 }), guiding('y', { topics: new Set(['go']) })]],
    [undefined, []],
  ] as const)('is what keeps mentors away where none fits: %s', (bar, mentors) => {
    const outlook = outlookFor(me, all, [...mentors], waits, rules);

    expect(outlook.fitting).toBe(0);
    expect(outlook.bar).toBe(bar);
  });
});
