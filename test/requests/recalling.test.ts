import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Move } from '../../src/requests/moves.ts';
import { approversBefore, isDecisive } from '../../src/requests/recalling.ts';
import type { Answers } from '../../src/requests/request.ts';
import { saidBecause } from '../../src/requests/says.ts';
import { type Course, replay } from '../../src/requests/state.ts';
import { targetOf } from '../../src/requests/target.ts';
import {
  approve,
  ask,
  asked,
  correcting,
  decline,
  hourMs,
  id,
  moved,
  openingOf,
  refusalFor,
  staff,
  stateIn,
  tuesday,
  typeOfAllWays,
  worldOf,
} from './rules-world.ts';

const world = worldOf();
const at = (hours: number) => tuesday + hours * hourMs;

/** Legal approves, then security asks, then the requester answers with corrections. */
function corrected(answers: Answers, before: Course = asked('parallel')): Course {
  const approved = moved(before, 'lina', approve('legal', { conditions: ['Keep the notice.'] }), world, at(1));
  const waiting = moved(approved, 'sara', ask('security'), world, at(2));
  return answered(waiting, answers, at(3));
}

function answered(request: Course, answers: Answers, now: number): Course {
  const move: Move = { kind: 'answer', text: '', answers };
  const decision = decide(request, typeOfAllWays, move, correcting(request, answers, world, id('asker'), now));
  if (decision.refusal) throw new Error(decision.refusal.why);
  return decision.request;
}

/** The same request, which a body has approved before. */
function withBody(request: Course): Course {
  const votes = [{ by: id('bea'), role: 'board', at: at(0), vote: 'approve' as const }];
  const body = { id: 'vote', state: 'approved' as const, asked: [], votes, nudges: 0, escalated: false };
  return { ...request, stages: [...request.stages, body] };
}

const kindsFrom = (request: Course, from: number) => request.events.slice(from).map(({ kind }) => kind);
const heard = (request: Course, from: number) =>
  saidBecause(
    { ...request, id: '00000142', cards: [], wakeAt: null, audit: { length: 1, hash: '0'.repeat(64) } },
    from,
    () => [],
    (place) => place,
  ).flatMap((say) => (say.kind === 'notice' && 'person' in say.place ? [say.place.person] : []));

describe('what a correction is to those who decided', () => {
  it.each([
    ['an answer that a rule reads', { way: 'parallel' }, { way: 'two' }, {}, {}, true],
    ['an answer that raises', {}, { risky: 'yes' }, {}, {}, true],
    ['an answer that no longer raises', { risky: 'yes' }, { risky: 'no' }, {}, {}, true],
    ['words that no rule reads', { why: 'a' }, { why: 'b' }, {}, {}, false],
    ['an answer that was emptied and is no answer', { risky: '' }, {}, {}, {}, false],
    ['a fact that only time changes', {}, {}, { 'training.current': 'yes' }, { 'training.current': 'no' }, false],
  ] as const)('%s', (_, before, after, facts, factsAfter, expected) => {
    const is = isDecisive(
      typeOfAllWays,
      { answers: { ...before }, facts: { ...facts } },
      { answers: after, facts: factsAfter },
    );

    expect(is).toBe(expected);
  });

  it('a fact that answers lead to, where a rule reads it', () => {
    const [route] = typeOfAllWays.routes;
    const type = {
      ...typeOfAllWays,
      routes: [
        ...(route ? [{ ...route, when: { when: 'license.tier', is: 'permitted' } }] : []),
        ...typeOfAllWays.routes,
      ],
    };

    const is = (tier: string) =>
      isDecisive(
        type,
        { answers: {}, facts: { 'license.tier': 'permitted' } },
        { answers: {}, facts: { 'license.tier': tier } },
      );

    expect([is('permitted'), is('prohibited')]).toEqual([false, true]);
  });

  it('flags are read first, so a new one asks again', () => {
    const flag = { en: 'Careful', 'zh-CN': '小心' };
    const fields = typeOfAllWays.fields.map((one) =>
      one.id === 'why' ? { ...one, kind: 'yesno' as const, flag } : one,
    );

    const is = isDecisive(
      { ...typeOfAllWays, fields },
      { answers: { why: 'no' }, facts: {} },
      { answers: { why: 'yes' }, facts: {} },
    );

    expect(is).toBe(true);
  });
});

describe('a correction of what decides', () => {
  it('asks the stage that approved again, without its vote and its conditions', () => {
    const request = corrected({ risky: 'yes' });

    expect(
      kindsFrom(
        request,
        request.events.findIndex(({ kind }) => kind === 'answered'),
      ),
    ).toEqual(['answered', 'raised', 'recalled', 'opened']);
    expect(stateIn(request, 'legal')).toBe('open');
    expect(request.stages.find(({ id: stage }) => stage === 'legal')).toMatchObject({
      votes: [],
      clock: { due: expect.any(Number) },
    });
    expect(request.conditions).toEqual([]);
    expect(request.promised).toBeGreaterThan(at(3));
  });

  it('drops the votes of a body that is voting; an interest in the matter stays', () => {
    const board = asked('vote');
    const voted = moved(board, 'bea', approve('vote'), world, at(1));
    const aside = moved(voted, 'ben', { kind: 'conflict', stage: 'vote', text: '' }, world, at(1));
    const waiting = moved(aside, 'bob', ask('vote'), world, at(2));

    const request = answered(waiting, { risky: 'yes' }, at(3));

    expect(request.stages.find(({ id: stage }) => stage === 'vote')?.votes.map(({ by }) => by)).toEqual([id('ben')]);
  });

  it('is told once to whoever had their say, and their turn is not called beside it', () => {
    const request = corrected({ risky: 'yes' });
    const from = request.events.findIndex(({ kind }) => kind === 'answered');

    const deciders = heard(request, from).filter((one) => one !== id('asker'));
    expect(deciders).toEqual([id('sara'), id('lina')]);
  });

  it('waits while the request is on hold, and asks when it goes on', () => {
    const approved = moved(asked('parallel'), 'lina', approve('legal'), world, at(1));
    const waiting = moved(approved, 'sara', ask('security'), world, at(2));
    const held = moved(waiting, 'lea', { kind: 'hold', until: at(200), text: 'Wait.' }, world, at(2));

    const still = answered(held, { risky: 'yes' }, at(3));
    const on = moved(still, 'lea', { kind: 'resume' }, world, at(4));

    expect([stateIn(still, 'legal'), still.state]).toEqual(['waiting', 'on_hold']);
    expect([stateIn(on, 'legal'), on.state]).toEqual(['open', 'in_review']);
  });

  it('makes an old card one that shows something else', () => {
    const request = corrected({ risky: 'yes' });
    const seen = asked('parallel').events.length;

    const target = targetOf(request, id('lina'), seen, (stage) => stage.id === 'legal');

    expect(target).toEqual({ changed: true });
  });

  it('never leaves a say that came before it, however the stage decides', () => {
    const ways = fc.constantFrom('all', 'each', 'two', 'vote', 'parallel', 'order');
    const steps = fc.array(
      fc.record({ actor: fc.constantFrom(...staff.map(({ name }) => name)), isFor: fc.boolean() }),
      {
        minLength: 4,
        maxLength: 40,
      },
    );
    let recalled = 0;
    fc.assert(
      fc.property(ways, steps, (way, all) => {
        let request = asked(way);
        for (const [index, { actor, isFor }] of all.entries()) {
          const stage = request.stages.find(({ state }) => state === 'open')?.id ?? '';
          const move = isFor ? approve(stage) : index % 3 === 0 ? decline(stage) : ask(stage);
          if (refusalFor(request, actor, move, world, at(index + 1)) === undefined) {
            request = moved(request, actor, move, world, at(index + 1));
          }
          if (request.state !== 'needs_info') continue;
          const votes = request.stages.flatMap((one) => one.votes);
          request = answered(request, { risky: request.answers.risky === 'yes' ? 'no' : 'yes' }, at(index + 1) + 1);
          recalled += votes.length;
          expect(request.stages.flatMap((one) => (one.state === 'declined' ? [] : one.votes))).toEqual([]);
          expect(replay(openingOf(way), request.events)).toEqual(request);
        }
      }),
      { seed: 20_261_122, numRuns: 300 },
    );

    // Votes were there to be dropped.
    expect(recalled).toBeGreaterThan(50);
  });
});

describe('a correction that no rule reads', () => {
  const request = corrected({ why: 'For our dashboards.' });

  it('leaves the approval, and tells whoever gave it', () => {
    const from = request.events.findIndex(({ kind }) => kind === 'answered');

    expect(kindsFrom(request, from)).toEqual(['answered']);
    expect(stateIn(request, 'legal')).toBe('approved');
    expect(request.conditions).toHaveLength(1);
    expect(heard(request, from)).toEqual([id('sara'), id('lina')]);
    expect(request.events.flatMap((event) => approversBefore(request, event))).toEqual([id('lina')]);
  });

  it('lets them take it back: their stage is asked again', () => {
    const back = moved(request, 'lina', { kind: 'recall' }, world, at(4));

    expect(kindsFrom(back, request.events.length)).toEqual(['recalled', 'opened']);
    expect(stateIn(back, 'legal')).toBe('open');
    expect(back.conditions).toEqual([]);
    expect(heard(back, request.events.length)).not.toContain(id('lina'));
    expect(refusalFor(back, 'lina', { kind: 'recall' }, world, at(5))).toEqual({ why: 'nothing_corrected' });
    expect(refusalFor(back, 'luis', approve('legal'), world, at(5))).toBeUndefined();
  });

  it.each([
    ['somebody who did not approve', request, 'luis', { why: 'nothing_corrected' }],
    ['the requester', request, 'asker', { why: 'nothing_corrected' }],
    [
      'who approved where nothing was corrected',
      moved(asked('parallel'), 'lina', approve('legal'), world, at(1)),
      'lina',
      { why: 'nothing_corrected' },
    ],
    [
      'who approved after the correction',
      moved(
        answered(moved(asked('parallel'), 'sara', ask('security'), world, at(1)), { why: 'b' }, at(2)),
        'lina',
        approve('legal'),
        world,
        at(3),
      ),
      'lina',
      { why: 'nothing_corrected' },
    ],
    [
      'who voted in a body that has decided',
      answered(moved(withBody(asked('parallel')), 'sara', ask('security'), world, at(1)), { why: 'b' }, at(2)),
      'bea',
      { why: 'nothing_corrected' },
    ],
    [
      'whose request is decided',
      moved(request, 'sara', approve('security'), world, at(4)),
      'lina',
      { why: 'ended', state: 'approved', at: at(4), by: id('sara') },
    ],
  ] as const)('not %s', (_, now, actor, refusal) => {
    expect(refusalFor(now, actor, { kind: 'recall' }, world, at(5))).toEqual(refusal);
  });
});
