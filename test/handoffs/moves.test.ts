import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, workingMoment } from '../../src/core/business-time.ts';
import { Office } from '../../src/core/organization.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { promise } from '../../src/handoffs/deadline.ts';
import { forget } from '../../src/handoffs/forget.ts';
import { Handoff, type HandoffEvent, handoffs, isActive } from '../../src/handoffs/handoff.ts';
import { stepClock } from '../../src/handoffs/jobs.ts';
import { apply, begin, type Circumstances, decide, type Move, type Opening } from '../../src/handoffs/moves.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Monday, 23 November 2026, 10:00 in Berlin. */
const start = Date.UTC(2026, 10, 23, 9);
const berlin = Office.parse({ id: 'berlin', name: { en: 'Berlin', 'zh-CN': '柏林' }, zone: 'Europe/Berlin' });
const calendar = calendarOf(berlin);

const asker = 'UASKER' as PersonId;
const ana = 'UANA' as PersonId;
const bo = 'UBO' as PersonId;
const stranger = 'USTRANGER' as PersonId;
const office: readonly PersonId[] = [ana, bo];

const opening: Opening = {
  asker,
  question: { text: 'May we?', locale: 'en' },
  restricted: false,
  where: { person: asker },
  cards: [{ channel: 'COSPO' }],
};

function asked(at = start): Handoff {
  return begin(opening, { kind: 'asked', at, by: asker, text: '', deadline: promise(at, calendar) });
}

function by(actor: PersonId, now = start): Circumstances {
  return { actor, now, calendar, mayAct: (person) => office.includes(person) };
}

/** @throws when the move is refused: the test would speak of another state than it says */
function having(handoff: Handoff, ...moves: readonly (readonly [PersonId, Move, number?])[]): Handoff {
  return moves.reduce((now, [actor, move, at]) => {
    const { event, refusal } = decide(now, move, by(actor, at));
    if (refusal) throw new Error(`refused: ${refusal.why}`);
    return apply(now, event);
  }, handoff);
}

const claim: Move = { kind: 'claim' };
const answer: Move = { kind: 'answer', round: 1, text: 'Yes.' };
const query: Move = { kind: 'query', round: 1, text: 'Which one?' };
const write: Move = { kind: 'write', text: 'And then?' };
const toAll: Move = { kind: 'hand', to: undefined, text: '' };
const close: Move = { kind: 'close', reason: 'duplicate', text: '' };
const helped: Move = { kind: 'close', reason: 'helped', text: '' };
const handTo = (to: PersonId): Move => ({ kind: 'hand', to, text: '' });

describe('a question with a human', () => {
  it('is held by whoever claims it', () => {
    const claimed = having(asked(), [ana, claim, start + hour]);

    expect(claimed).toMatchObject({ state: 'claimed', holder: ana, since: start + hour });
  });

  it('is answered without being claimed first: who answers has it', () => {
    const answered = having(asked(), [ana, answer]);

    expect(answered).toMatchObject({ state: 'answered', holder: ana, wakeAt: null });
  });

  it('is everybody’s again when it is handed back', () => {
    const back = having(asked(), [ana, claim], [bo, toAll]);

    expect(back.state).toBe('open');
    expect(back.holder).toBeUndefined();
  });

  it('can be taken over from somebody who is away', () => {
    const taken = having(asked(), [ana, claim], [bo, handTo(bo)], [bo, answer]);

    expect(taken).toMatchObject({ state: 'answered', holder: bo });
  });

  it('stops its clock while the asker is waited for, and promises as much working time afterwards', () => {
    const fourOfNineHoursGone = start + 4 * hour;

    const waiting = having(asked(), [ana, query, fourOfNineHoursGone]);
    const back = having(waiting, [asker, write, start + 3 * day]);

    expect(waiting).toMatchObject({ state: 'claimed', wakeAt: null, rest: { due: 5 * hour } });
    expect(back.rest).toBeUndefined();
    expect(back.deadline.due).toBe(start + 3 * day + 5 * hour);
  });

  it('opens again with a new promise when the asker writes after an answer, and goes back to who answered', () => {
    const again = having(asked(), [ana, answer], [asker, write, start + day]);

    expect(again).toMatchObject({ state: 'claimed', holder: ana, round: 2, nudged: false, escalated: false });
    expect(again.deadline).toEqual(promise(start + day, calendar));
  });

  it('opens again for all when who answered has left the office', () => {
    const answered = having(asked(), [ana, answer]);

    const { event } = decide(answered, write, { ...by(asker, start + day), mayAct: (person) => person === bo });

    expect(event && apply(answered, event)).toMatchObject({ state: 'open', round: 2 });
  });

  const refusals: readonly (readonly [what: string, Handoff, PersonId, Move, object, now: number])[] = [
    ['a stranger claims', asked(), stranger, claim, { why: 'not_allowed' }, start],
    ['a stranger answers', asked(), stranger, answer, { why: 'not_allowed' }, start],
    ['a stranger closes', asked(), stranger, close, { why: 'not_allowed' }, start],
    ['a colleague says that it helped', having(asked(), [ana, answer]), bo, helped, { why: 'not_asker' }, start],
    ['a colleague writes as the asker', asked(), ana, write, { why: 'not_asker' }, start],
    [
      'somebody claims what a colleague has',
      having(asked(), [ana, claim]),
      bo,
      claim,
      { why: 'held', by: ana, at: start },
      start,
    ],
    [
      'somebody answers what a colleague has',
      having(asked(), [ana, claim]),
      bo,
      answer,
      { why: 'held', by: ana, at: start },
      start,
    ],
    ['somebody claims twice', having(asked(), [ana, claim]), ana, claim, { why: 'yours_already', at: start }, start],
    [
      'somebody hands it to themselves twice',
      having(asked(), [ana, claim]),
      ana,
      handTo(ana),
      { why: 'yours_already', at: start },
      start,
    ],
    [
      'it is handed to who has it',
      having(asked(), [ana, claim]),
      bo,
      handTo(ana),
      { why: 'held', by: ana, at: start },
      start,
    ],
    ['it is handed to a stranger', asked(), ana, handTo(stranger), { why: 'cannot_take', by: stranger }, start],
    ['it is handed to the asker', asked(), ana, handTo(asker), { why: 'cannot_take', by: asker }, start],
    ['nobody has what is handed back', asked(), ana, toAll, { why: 'nobody_has_it' }, start],
    [
      'it is answered twice',
      having(asked(), [ana, answer]),
      bo,
      answer,
      { why: 'answered', by: ana, at: start },
      start,
    ],
    [
      'it is claimed after the answer',
      having(asked(), [ana, answer]),
      bo,
      claim,
      { why: 'answered', by: ana, at: start },
      start,
    ],
    [
      'it is answered after it was closed',
      having(asked(), [bo, close]),
      ana,
      answer,
      { why: 'closed', by: bo, at: start },
      start,
    ],
    ['it is closed twice', having(asked(), [bo, close]), ana, close, { why: 'closed', by: bo, at: start }, start],
    [
      'the asker closes twice',
      having(asked(), [ana, answer], [asker, helped]),
      asker,
      helped,
      { why: 'closed', by: asker, at: start },
      start,
    ],
    [
      'the answer was begun before the asker wrote again',
      having(asked(), [ana, answer], [asker, write, start + hour]),
      ana,
      answer,
      { why: 'moved_on', at: start + hour },
      start,
    ],
    [
      'the asker writes after eight days',
      having(asked(), [ana, answer]),
      asker,
      write,
      { why: 'too_late', at: start },
      start + 8 * day,
    ],
  ];

  it.each(refusals)('refuses when %s', (_, handoff, actor, move, refusal, now) => {
    expect(decide(handoff, move, by(actor, now))).toEqual({ refusal });
  });

  it('refuses the office its own question', () => {
    const own = { ...asked(), asker: ana };

    expect(decide(own, claim, by(ana))).toEqual({ refusal: { why: 'own_question' } });
  });

  it('ends the asker’s flood, and can be ended itself', () => {
    const flood: Move = { kind: 'write', text: 'x'.repeat(3_000) };
    let handoff = asked();

    while (!decide(handoff, flood, by(asker)).refusal) handoff = having(handoff, [asker, flood]);

    expect(decide(handoff, flood, by(asker))).toEqual({ refusal: { why: 'full' } });
    expect(handoff.events.length).toBe(21);
    expect(having(handoff, [ana, answer]).state).toBe('answered');
    expect(having(handoff, [ana, close]).state).toBe('closed');
  });
});

type Step = { readonly wait: number; readonly actor: PersonId; readonly move: Move | 'clock' };

const people = fc.constantFrom(asker, ana, bo, stranger);
const step: fc.Arbitrary<Step> = fc.record({
  wait: fc.oneof(fc.integer({ min: 0, max: 4 * hour }), fc.integer({ min: 0, max: 9 * day })),
  actor: people,
  move: fc.oneof(
    { arbitrary: fc.constant<'clock'>('clock'), weight: 3 },
    fc.constantFrom(claim, toAll, close, helped, { ...close, reason: 'withdrawn' as const }),
    fc.record({
      kind: fc.constantFrom('answer' as const, 'query' as const),
      round: fc.integer({ min: 1, max: 3 }),
      text: fc.constant('t'),
    }),
    people.map(handTo),
    { arbitrary: fc.constant(write), weight: 2 },
  ),
});

/** Walks as the bot does: moves by people, and the clock whenever its time has come. */
function walk(steps: readonly Step[]): readonly Handoff[] {
  let now = start;
  const states = [asked()];
  for (const { wait, actor, move } of steps) {
    now += wait;
    const handoff = states.at(-1) ?? asked();
    if (move !== 'clock') {
      const { event } = decide(handoff, move, by(actor, now));
      if (event) states.push(apply(handoff, event));
    } else if (handoff.wakeAt !== null && handoff.wakeAt <= now) {
      const { value } = stepClock(
        { ...handoff, id: 'Q', version: 1 },
        { calendar, waitedFor: office, leads: [bo], thread: { channel: 'COSPO' } },
        now,
      );
      const { id, version, ...stepped } = { version: 1, id: '', ...value };
      states.push(stepped);
    }
  }
  return states;
}

function roundsOf(events: readonly HandoffEvent[]): readonly (readonly HandoffEvent[])[] {
  const rounds: HandoffEvent[][] = [[]];
  for (const event of events) {
    if (event.kind === 'reopened') rounds.push([]);
    rounds.at(-1)?.push(event);
  }
  return rounds;
}

function count(events: readonly HandoffEvent[], kind: HandoffEvent['kind']): number {
  return events.filter((event) => event.kind === kind).length;
}

describe('any walk of people and clock', () => {
  const walks = fc.array(step, { maxLength: 40 }).map(walk);
  const always = (check: (handoff: Handoff, states: readonly Handoff[]) => void) =>
    fc.assert(
      fc.property(walks, (states) => {
        for (const handoff of states) check(handoff, states);
      }),
      { seed: 20261122, numRuns: 500 },
    );

  it('has a holder exactly while somebody has it or has answered', () => {
    always(({ state, holder }) => {
      if (state === 'open') expect(holder).toBeUndefined();
      if (state === 'claimed' || state === 'answered') expect(office).toContain(holder);
    });
  });

  it('is answered, nudged and escalated once a round at most, never by a stranger', () => {
    always(({ events, round }) => {
      const rounds = roundsOf(events);
      expect(rounds).toHaveLength(round);
      for (const each of rounds) {
        expect(Math.max(count(each, 'answered'), count(each, 'nudged'), count(each, 'escalated'))).toBeLessThanOrEqual(
          1,
        );
      }
      expect(events.some((event) => 'by' in event && event.by === stranger)).toBe(false);
    });
  });

  it('wakes nobody when nobody is waited for, and the clock moves on whenever it has looked', () => {
    always((handoff, states) => {
      if (!isActive(handoff) || handoff.rest) expect(handoff.wakeAt).toBeNull();
      else if (!handoff.escalated) expect(handoff.wakeAt).not.toBeNull();
      const next = states[states.indexOf(handoff) + 1];
      const last = next?.events.at(-1)?.kind;
      if (next && handoff.wakeAt !== null && (last === 'nudged' || next.events.length === handoff.events.length)) {
        expect(next.wakeAt).toBeGreaterThan(handoff.wakeAt);
      }
    });
  });

  it('reminds within working hours only', () => {
    always(({ events }) => {
      for (const { kind, at } of events) {
        if (kind === 'nudged' || kind === 'escalated') expect(workingMoment(at, calendar)).toBe(at);
      }
    });
  });

  it('follows from its history, and fits its schema', () => {
    always((handoff) => {
      const replayed = handoff.events.reduce<Handoff | undefined>(
        (now, event) => (event.kind === 'asked' ? begin(opening, event) : now && apply(now, event)),
        undefined,
      );

      expect({ ...replayed, wakeAt: null }).toEqual({ ...handoff, wakeAt: null });
      expect(Handoff.parse(handoff)).toEqual(handoff);
    });
  });

  it('is forgotten with its people and words, and keeps its times, whatever happened', () => {
    always((handoff) => {
      const forgotten = forget(handoff, start);

      const before = handoff.events.map(({ kind, at }) => [kind, at]);
      const after = forgotten.events.map(({ kind, at }) => [kind, at]);
      const [first] = forgotten.events;
      expect(Handoff.parse(forgotten)).toEqual(forgotten);
      expect(JSON.stringify(forgotten)).not.toMatch(/UASKER|UANA|UBO|May we|Yes|Which one|And then|"t"/);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.slice(before.length)).toEqual(isActive(handoff) ? [['closed', start]] : []);
      expect(isActive(forgotten)).toBe(false);
      expect(first).toMatchObject({ by: forgotten.asker });
      expect(forgotten.holder === forgotten.asker).toBe(handoff.holder === handoff.asker);
      expect(handoffs.due?.(forgotten)).toBeNull();
      expect(handoffs.index(forgotten).map(({ key }) => key)).toEqual([`state:${forgotten.state}`]);
    });
  });

  it('always wakes once more: for the clock, or to be forgotten after 400 days', () => {
    always((handoff) => {
      const due = handoffs.due?.(handoff);

      expect(due).toBe(handoff.wakeAt ?? (handoff.events.at(-1)?.at ?? 0) + 400 * day);
    });
  });

  it('reaches every state, so that the above says something', () => {
    const seen = new Set(
      fc.sample(walks, { seed: 20261122, numRuns: 500 }).flatMap((states) => states.map(({ state }) => state)),
    );
    const kinds = new Set(
      fc
        .sample(walks, { seed: 20261122, numRuns: 500 })
        .flatMap((states) => states.at(-1)?.events.map(({ kind }) => kind) ?? []),
    );

    expect([...seen].sort()).toEqual(['answered', 'claimed', 'closed', 'open']);
    expect(kinds.size).toBe(10);
  });
});
