import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { dueFor, type PairFacts } from '../../src/mentorship/jobs.ts';
import { apply, type Circumstances, decide, type Move, propose } from '../../src/mentorship/moves.ts';
import { isOpen, isTogether, type Pair, type PairEvent, Pair as PairSchema } from '../../src/mentorship/pair.ts';
import { dayMs } from './people.ts';

const mentor = 'U0MENTOR' as PersonId;
const mentee = 'U0MENTEE' as PersonId;
const lead = 'U0LEAD' as PersonId;
const stranger = 'U0OTHER' as PersonId;
/** Monday, 23 November 2026, 10:00 UTC. */
const start = Date.UTC(2026, 10, 23, 10);
const checkIns = { firstDays: 7, everyDays: 14, soonDays: 7, missedDays: 10, stalledAfter: 2 };
const opening = {
  mentor,
  mentee,
  language: 'en',
  fit: { score: 80, topics: ['rust'], overlap: 7, waitedDays: 3 },
  wish: 'A first change.',
};

const world = (actor: PersonId | undefined, now = start): Circumstances => ({
  now,
  actor,
  isLead: actor === lead,
  zone: 'UTC',
  checkIns,
});
const proposed = propose(opening, start, start + 2 * dayMs);

/** The pair after moves that are all allowed. */
function pairAfter(...moves: readonly (readonly [PersonId | undefined, Move, number?])[]): Pair {
  return moves.reduce((pair, [actor, move, days = 0]) => {
    const { event, refusal } = decide(pair, move, world(actor, start + days * dayMs));
    if (!event) throw new Error(`${move.kind} is refused: ${refusal}`);
    return apply(pair, event, checkIns);
  }, proposed);
}

const confirm = [lead, { kind: 'confirm', months: 6 }] as const;
const introduce = [undefined, { kind: 'introduce' }] as const;
const reach = [undefined, { kind: 'reach', channel: 'G1' }] as const;
const begun = [confirm, introduce, reach] as const;
const answer = (by: PersonId, round: number, said: 'met' | 'not_yet' | 'help', days: number) =>
  [by, { kind: 'answer', round, answer: said }, days] as const;
const end = [mentee, { kind: 'end', why: 'finished' }] as const;

describe('who may do what', () => {
  it.each<readonly [string, Pair, PersonId | undefined, Move]>([
    ['not_lead', proposed, mentor, { kind: 'confirm', months: 3 }],
    ['not_lead', proposed, stranger, { kind: 'decline', why: 'other', text: '' }],
    ['own_pair', { ...proposed, mentor: lead }, lead, { kind: 'confirm', months: 3 }],
    ['decided', pairAfter(confirm), lead, { kind: 'confirm', months: 3 }],
    ['decided', pairAfter([lead, { kind: 'decline', why: 'other', text: '' }]), lead, { kind: 'confirm', months: 3 }],
    ['not_together', pairAfter(confirm), mentee, { kind: 'answer', round: 1, answer: 'met' }],
    ['not_yours', pairAfter(...begun), stranger, { kind: 'answer', round: 1, answer: 'met' }],
    ['not_yours', pairAfter(...begun), lead, { kind: 'answer', round: 1, answer: 'met' }],
    ['not_yours', pairAfter(...begun), lead, { kind: 'look_back', helped: 'yes', text: '' }],
    ['not_yours', pairAfter(...begun), mentor, { kind: 'introduce' }],
    ['too_early', pairAfter(...begun), mentee, { kind: 'answer', round: 1, answer: 'met' }],
    ['round_over', pairAfter(...begun), mentee, { kind: 'answer', round: 2, answer: 'met' }],
    ['past_date', pairAfter(...begun), mentee, { kind: 'set_goal', goal: 'G', text: 'x', due: '2026-11-22' }],
    ['past_date', pairAfter(...begun), mentee, { kind: 'pause', until: '2026-11-23' }],
    ['goal_gone', pairAfter(...begun), mentee, { kind: 'end_goal', goal: 'G', outcome: 'met' }],
    ['not_over', pairAfter(...begun), mentee, { kind: 'look_back', helped: 'yes', text: '' }],
    ['over', pairAfter(...begun, end), mentor, { kind: 'end', why: 'rematch' }],
    [
      'looked_back',
      pairAfter(...begun, end, [mentee, { kind: 'waive' }]),
      mentee,
      { kind: 'look_back', helped: 'no', text: '' },
    ],
    ['no_call', pairAfter(...begun), lead, { kind: 'care' }],
  ])('%s', (refusal, pair, actor, move) => {
    expect(decide(pair, move, world(actor))).toEqual({ refusal });
  });

  it('lets a lead end and pause a pair of others', () => {
    const pair = pairAfter(
      ...begun,
      [lead, { kind: 'pause', until: '2026-12-31' }],
      [lead, { kind: 'end', why: 'rematch' }],
    );

    expect(pair.state).toBe('ended');
  });
});

describe('what an answer changes', () => {
  const first = pairAfter(...begun);

  it.each([
    ['met', 14, 0, undefined],
    ['not_yet', 7, 1, undefined],
    ['help', 14, 0, { by: mentee, at: start + 7 * dayMs }],
  ] as const)('%s: asked again in %i days', (said, days, silent, call) => {
    const pair = pairAfter(...begun, answer(mentee, 1, said, 7));

    expect(first.checkAt).toBe(start + 7 * dayMs);
    expect(pair).toMatchObject({ round: 2, checkAt: start + (7 + days) * dayMs, silent });
    expect(pair.call).toEqual(call);
  });

  it('calls a lead when two do not meet for too long, and not again until somebody took care', () => {
    const silent = [answer(mentee, 1, 'not_yet', 7), answer(mentor, 2, 'not_yet', 14)] as const;
    const twice = pairAfter(...begun, ...silent);
    const thrice = pairAfter(...begun, ...silent, answer(mentee, 3, 'not_yet', 21));
    const cared = pairAfter(...begun, ...silent, answer(mentee, 3, 'not_yet', 21), [lead, { kind: 'care' }, 22]);

    expect(twice.call).toBeUndefined();
    expect(thrice.call).toEqual({ at: start + 21 * dayMs });
    expect(cared).toMatchObject({ silent: 0, checkAt: thrice.checkAt });
    expect(cared.call).toBeUndefined();
  });

  it('counts the second of two answers to one check-in for nothing', () => {
    const pair = pairAfter(...begun, answer(mentee, 1, 'met', 7));

    expect(decide(pair, { kind: 'answer', round: 1, answer: 'help' }, world(mentor, start + 7 * dayMs))).toEqual({
      refusal: 'round_over',
    });
  });

  it('rests in a break, with a planned end that is not before the end of the break', () => {
    const pair = pairAfter([lead, { kind: 'confirm', months: 1 }], introduce, reach, [
      mentor,
      { kind: 'pause', until: '2027-01-31' },
    ]);

    expect(pair).toMatchObject({ state: 'paused', until: '2027-01-31', rest: { until: '2027-01-31' } });
    expect(pair.checkAt).toBeUndefined();
    expect(pair.wakeAt).toBe(start + 70 * dayMs);
  });
});

/* ---------- any walk ---------- */

const people = fc.constantFrom(mentor, mentee, lead, stranger);
const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.constant<Move>({ kind: 'confirm', months: 3 }),
  fc.constant<Move>({ kind: 'decline', why: 'other', text: 'no' }),
  fc.record({
    kind: fc.constant('answer' as const),
    round: fc.integer({ min: 1, max: 4 }),
    answer: fc.constantFrom('met', 'not_yet', 'help'),
  }),
  fc.constant<Move>({ kind: 'care' }),
  fc.record({
    kind: fc.constant('set_goal' as const),
    goal: fc.constantFrom('G1', 'G2'),
    text: fc.constant('x'),
    due: fc.constantFrom('2026-12-01', '2027-02-28'),
  }),
  fc.record({
    kind: fc.constant('end_goal' as const),
    goal: fc.constantFrom('G1', 'G2'),
    outcome: fc.constantFrom('met', 'dropped'),
  }),
  fc.constant<Move>({ kind: 'merge', link: 'https://example.com/1' }),
  fc.record({ kind: fc.constant('pause' as const), until: fc.constantFrom('2026-12-31', '2027-02-28', '2028-02-29') }),
  fc.constant<Move>({ kind: 'resume' }),
  fc.constant<Move>({ kind: 'extend', months: 3 }),
  fc.record({ kind: fc.constant('end' as const), why: fc.constantFrom('finished', 'rematch', 'departed', 'left') }),
  fc.record({ kind: fc.constant('look_back' as const), helped: fc.constantFrom('yes', 'no'), text: fc.constant('') }),
  fc.constant<Move>({ kind: 'waive' }),
);
/** Somebody does something, or days pass and the clock does what is due. */
const steps = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ actor: people, move: moves }) },
    { weight: 1, arbitrary: fc.record({ days: fc.integer({ min: 0, max: 40 }) }) },
  ),
  { maxLength: 40 },
);
const facts: PairFacts = { hours: [], channel: 'G1', checkIns };

describe('on any walk', () => {
  it('a pair is what its events say, fits what is stored, and the clock always moves on', () => {
    fc.assert(
      fc.property(steps, (walk) => {
        let pair = proposed;
        let now = start;
        for (const step of walk) {
          if ('days' in step) {
            now += step.days * dayMs;
            pair = tick(pair, now);
          } else {
            const { event } = decide(pair, step.move, world(step.actor, now));
            if (event) pair = apply(pair, event, checkIns);
          }
          expect(broken(pair)).toEqual([]);
        }
        expect(replayed(pair.events)).toEqual({ ...pair, wakeAt: replayed(pair.events).wakeAt });
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });

  it('the clock does everything that is due in a few steps, however long nobody looked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (days) => {
        const pair = pairAfter(...begun);

        const later = tick(pair, start + days * dayMs);

        const missed = later.events.filter(({ kind }) => kind === 'missed').length;
        expect(missed).toBeLessThanOrEqual(1);
        expect(later.wakeAt === null || later.wakeAt > start + days * dayMs).toBe(true);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});

/** What the clock does until nothing is due anymore. */
function tick(from: Pair, now: number): Pair {
  let pair = from;
  for (let turn = 0; turn < 10; turn += 1) {
    if (pair.forgotten || pair.wakeAt === null || pair.wakeAt > now) return pair;
    const follow = dueFor(pair, facts, now);
    if (follow.kind === 'move') {
      const { event, refusal } = decide(pair, follow.move, world(undefined, now));
      if (!event) throw new Error(`the clock may not ${follow.move.kind}: ${refusal}`);
      pair = apply(pair, event, checkIns);
    } else if (follow.kind === 'forget') {
      pair = follow.value;
    } else {
      pair = { ...pair, wakeAt: follow.kind === 'ask' ? now + 2 * dayMs : follow.until };
    }
  }
  throw new Error('the clock never rests');
}

function replayed(events: readonly PairEvent[]): Pair {
  return events.slice(1).reduce((pair, event) => apply(pair, event, checkIns), proposed);
}

/** What must hold in every state. */
function broken(pair: Pair): readonly string[] {
  if (pair.forgotten) return JSON.stringify(pair).includes(mentee) ? ['somebody is still named'] : [];
  const parsed = PairSchema.safeParse(pair);
  return [
    ...(parsed.success ? [] : [parsed.error.message]),
    ...(isTogether(pair) && !isOpen(pair) ? ['together and not open'] : []),
    ...((pair.state === 'active') !== (pair.checkAt !== undefined)
      ? ['asked when they are not under way, or never']
      : []),
    ...((pair.state === 'paused') !== (pair.rest !== undefined) ? ['a break that is none'] : []),
    ...(isTogether(pair) && pair.until === undefined ? ['without an end'] : []),
    ...(isOpen(pair) && pair.wakeAt === null ? ['nobody looks at it again'] : []),
    ...(pair.state === 'ended' && pair.call ? ['a call that nobody can answer'] : []),
  ];
}
