import fc from 'fast-check';
import { expect } from 'vitest';
import { stepClock, waitedFor, wakeOf } from '../../src/requests/jobs.ts';
import { decide, goOnAgain, lookAgain, type Move } from '../../src/requests/moves.ts';
import { type Answers, isOpen, type RequestEvent } from '../../src/requests/request.ts';
import { saidBecause } from '../../src/requests/says.ts';
import { apply, type Course, openStages, replay } from '../../src/requests/state.ts';
import {
  asked,
  circumstances,
  correcting,
  dayMs,
  hourMs,
  id,
  openingOf,
  type Situation,
  staff,
  tuesday,
  typeOfAllWays,
  worldOf,
} from './rules-world.ts';

const names = staff.map(({ name }) => name);
const stages = typeOfAllWays.stages.map((stage) => stage.id);
const stage = fc.constantFrom(...stages);
const text = fc.constantFrom('', 'Because.');

const move: fc.Arbitrary<(request: Course, now: number) => Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ stage }).map(
      ({ stage: at }) =>
        (request: Course): Move => ({
          kind: 'approve',
          stage: openIn(request) ?? at,
          conditions: [],
          text: '',
          typed: 142,
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: text.map(
      (said) =>
        (request: Course): Move => ({ kind: 'decline', stage: openIn(request) ?? 'any', reason: 'no', text: said }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('abstain' as const, 'conflict' as const).map(
      (kind) =>
        (request: Course): Move => ({ kind, stage: openIn(request) ?? 'any', text: '' }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant(
      (request: Course): Move => ({ kind: 'ask', stage: openIn(request) ?? 'any', text: 'What?' }),
    ),
  },
  { weight: 3, arbitrary: fc.constant((): Move => ({ kind: 'answer', text: 'This.' })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Answers>({ risky: 'yes' }, { risky: 'no' }, { why: 'Because.' }, { why: '' }, { way: 'two' })
      .map((answers) => (): Move => ({ kind: 'answer', text: '', answers })),
  },
  { weight: 2, arbitrary: fc.constant((): Move => ({ kind: 'recall' })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...names).map(
      (to) =>
        (request: Course): Move => ({ kind: 'hand', stage: openIn(request) ?? 'any', to: id(to), text: '' }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 60 }).map(
      (days) =>
        (_: Course, now: number): Move => ({ kind: 'hold', until: now + days * dayMs, text: '' }),
    ),
  },
  { weight: 2, arbitrary: fc.constant((): Move => ({ kind: 'resume' })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('withdraw' as const, 'revoke' as const).map((kind) => (): Move => ({ kind, text: '' })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('appeal' as const, 'reopen' as const).map((kind) => (): Move => ({ kind, text: '' })),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      (_: Course, now: number): Move => ({
        kind: 'record',
        decision: 'approved',
        decider: { name: 'The board' },
        decidedAt: now,
        evidence: 'Minutes',
      }),
    ),
  },
);

function openIn(request: Course): string | undefined {
  return request.stages.find(({ state }) => state === 'open')?.id;
}

/** A step of the walk: time passes, perhaps somebody leaves, goes away or comes back, somebody tries something, the clock looks. */
const step = fc.record({
  hours: fc.integer({ min: 0, max: 200 }),
  actor: fc.constantFrom(...names),
  move,
  gone: fc.option(fc.constantFrom(...names), { freq: 6, nil: undefined }),
  away: fc.option(fc.tuple(fc.constantFrom(...names), fc.option(fc.constantFrom(...names), { nil: undefined })), {
    freq: 5,
    nil: undefined,
  }),
  back: fc.boolean(),
});
const walk = fc.record({
  way: fc.constantFrom('any', 'all', 'each', 'two', 'vote', 'manager', 'care', 'parallel', 'order'),
  requester: fc.constantFrom(...names),
  steps: fc.array(step, { maxLength: 20 }),
});

type Walk = typeof walk extends fc.Arbitrary<infer T> ? T : never;

/** Every state of a walk, with the world it was in. */
function* statesOf({ way, requester, steps }: Walk): Iterable<{ request: Course; situation: Situation; now: number }> {
  let situation: Situation = { persons: staff, away: {} };
  let now = tuesday;
  let request = asked(way, worldOf(situation), id(requester));
  yield { request, situation, now };
  for (const one of steps) {
    now += one.hours * hourMs;
    situation = changed(situation, one);
    const world = worldOf(situation);
    const wanted = one.move(request, now);
    // Of all who could answer only one may: half of the time it is them who tries.
    const actor = id(wanted.kind === 'answer' && one.hours % 2 === 0 ? requester : one.actor);
    const circ =
      wanted.kind === 'answer' && wanted.answers
        ? correcting(request, wanted.answers, world, actor, now)
        : circumstances(world, actor, now);
    const decision = decide(request, typeOfAllWays, wanted, circ);
    if (!decision.refusal) request = decision.request;
    const wakeAt = wakeOf(request, world, now);
    if (wakeAt !== null && wakeAt - now < one.hours * hourMs) {
      now = wakeAt;
      request = stepClock(
        request,
        { type: typeOfAllWays, world, circumstances: (at) => circumstances(world, request.requester, at) },
        now,
      ).request;
    }
    yield { request, situation, now };
  }
}

/** Four people leave at most, so that there is always an organization. */
function changed({ persons = staff, away = {} }: Situation, one: Walk['steps'][number]): Situation {
  const gone = persons.filter(({ active }) => !active).length;
  const left = one.gone && gone < 4 ? id(one.gone) : undefined;
  const staffNow = persons.map((each) => (each.id === left ? { ...each, active: false } : each));
  if (one.back) return { persons: staffNow, away: {} };
  if (!one.away) return { persons: staffNow, away };
  const [who, delegate] = one.away;
  return {
    persons: staffNow,
    away: { ...away, [id(who)]: delegate && delegate !== who ? { delegate: id(delegate) } : {} },
  };
}

type State = { readonly request: Course; readonly situation: Situation; readonly now: number };

/** What holds in every state of every walk. */
const invariants: Readonly<Record<string, (walked: Walk, state: State, before: State | undefined) => void>> = {
  'its events give its state'({ way, requester }, { request }) {
    expect(replay(openingOf(way, id(requester)), request.events)).toEqual(request);
  },
  'nobody decides their own, nor lets somebody decide it in their place'({ requester }, { request }) {
    const own = id(requester);
    const votes = request.stages.flatMap((one) => one.votes);

    expect(votes.filter(({ by, inPlaceOf }) => by === own || inPlaceOf === own)).toEqual([]);
    expect(request.events.filter((event) => event.kind === 'handed' && event.to === own)).toEqual([]);
  },
  'no say counts that came before a correction of what decides'(_, { request }) {
    const decisive = request.events.findLast(
      (event) =>
        event.kind === 'answered' && event.answers && Object.keys(event.answers).some((name) => name !== 'why'),
    );
    if (decisive?.kind !== 'answered' || sameAnswers(decisive)) return;
    const votes = request.stages
      .filter(({ state }) => state === 'open' || state === 'approved')
      .flatMap((one) => one.votes);

    expect(votes.filter((vote) => vote.vote !== 'conflict' && vote.at < decisive.at)).toEqual([]);
  },
  'there is at most one decision until it is appealed against or opened again'(_, { request }) {
    let decisions = 0;
    for (const { kind } of request.events) {
      if (kind === 'appealed' || kind === 'reopened') decisions = 0;
      if (kind === 'approved' || kind === 'declined' || kind === 'recorded') decisions += 1;

      expect(decisions).toBeLessThan(2);
    }
  },
  'somebody can always go on'(_, { request, situation, now }) {
    if (!isOpen(request)) return;
    const world = worldOf(situation);
    const circ = circumstances(world, request.requester, now);

    // What is on hold is looked at when it goes on.
    const going = request.state === 'on_hold' ? goOnAgain(request, typeOfAllWays, circ).request : request;

    expect(openStages(going).length).toBeGreaterThan(0);
    for (const open of openStages(going)) {
      // The clock looks once a day and asks others where nobody is left.
      const went = lookAgain(going, typeOfAllWays, open.id, circ).request;
      const again = went.stages.find((one) => one.id === open.id);
      if (again?.state !== 'open') continue;
      const able = waitedFor(went, again, circ);

      expect(able, `${open.id} ${JSON.stringify(again)}`).not.toEqual([]);
    }
  },
  'a clock runs in every open stage, or stands in all'(_, { request }) {
    const runs = request.state === 'in_review';

    expect(openStages(request).filter(({ clock }) => (clock !== undefined) !== runs)).toEqual([]);
    expect(request.stages.filter(({ state, clock, rest }) => state !== 'open' && (clock || rest))).toEqual([]);
    expect(request.promised !== undefined).toBe(runs);
  },
  'nothing is said twice'(_, { request }, before) {
    const known = { ...request, id: '00000142', cards: [], wakeAt: null, audit: { length: 1, hash: '0'.repeat(64) } };
    const keysFrom = (from: number) =>
      saidBecause(
        known,
        from,
        () => [],
        (place) => place,
      ).flatMap((one) => (one.kind === 'notice' ? [one.key] : []));
    const all = keysFrom(1);

    expect(new Set(all).size).toBe(all.length);
    // What a step says is what came to it: nothing that was said before.
    const fresh = before ? keysFrom(before.request.events.length) : [];
    expect(all.slice(all.length - fresh.length)).toEqual(fresh);
  },
  'the clock does what is due and asks for a later moment'(_, { request, situation, now }) {
    const world = worldOf(situation);
    const later = now + 3 * dayMs;
    const facts = {
      type: typeOfAllWays,
      world,
      circumstances: (at: number) => circumstances(world, request.requester, at),
    };
    const went = stepClock(request, facts, later);

    expect(went.events.reduce<Course>((one, event) => apply(one, event), request)).toEqual(went.request);
    expect(wakeOf(went.request, world, later) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(later);
  },
};

function sameAnswers({ answers = {}, before = {} }: Extract<RequestEvent, { kind: 'answered' }>): boolean {
  return Object.entries(answers).every(([name, value]) => (before[name] ?? '') === value);
}

/** Walks at random so many times, and looks at every state on the way. */
export function expectInvariants(numRuns: number): void {
  fc.assert(
    fc.property(walk, (walked) => {
      let before: State | undefined;
      for (const state of statesOf(walked)) {
        for (const holds of Object.values(invariants)) holds(walked, state, before);
        before = state;
      }
    }),
    { seed: 20261122, numRuns },
  );
}
