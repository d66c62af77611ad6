import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Announcement, type AnnouncementState } from '../../src/announcements/announcement.ts';
import { newDraft } from '../../src/announcements/draft.ts';
import { announcementMove, applyEvent, type Move, touched } from '../../src/announcements/moves.ts';
import type { PersonId } from '../../src/core/ports.ts';

const words = { title: 'A title', body: 'A body' };
const kind = { id: 'event', template: { en: words, 'zh-CN': words } };
const lead = 'ULEAD' as PersonId;
const second = 'USECOND' as PersonId;
const stranger = 'USTRANGER' as PersonId;
const numbers = { people: 3, channels: 0, left: 0 };
const draft = newDraft(kind, lead, 1);
const confirm: Move = { kind: 'confirm', revision: 1, numbers, wide: false };
const approve: Move = { kind: 'approve', revision: 1, numbers };

const isLead = (person: PersonId) => person === lead || person === second;

function decide(announcement: Announcement, move: Move, actor: PersonId | undefined, now = 10, startAt = now) {
  return announcementMove(announcement, move, { now, startAt, isLead, ...(actor ? { actor } : {}) });
}

/** What moves lead to, each by its actor; the clock where there is none. */
function led(moves: readonly (readonly [Move, PersonId?])[], startAt = 0): Announcement {
  return moves.reduce((announcement, [move, actor]) => {
    const decision = decide(announcement, move, actor);
    if (!decision.event) throw new Error(JSON.stringify(decision.refusal));
    return applyEvent(announcement, decision.event, startAt);
  }, draft);
}

const sent = led([[confirm, lead], [{ kind: 'expanded' }], [{ kind: 'finish' }]]);

describe('an announcement', () => {
  it.each<[string, readonly (readonly [Move, PersonId?])[], number, AnnouncementState]>([
    ['goes out when it is confirmed', [[confirm, lead]], 0, 'expanding'],
    ['waits for its time', [[confirm, lead]], 99, 'scheduled'],
    ['waits for a second lead when it is wide', [[{ ...confirm, wide: true }, lead]], 0, 'review'],
    [
      'goes out when the second approves',
      [
        [{ ...confirm, wide: true }, lead],
        [approve, second],
      ],
      0,
      'expanding',
    ],
    [
      'is a draft again when it is sent back',
      [
        [{ ...confirm, wide: true }, lead],
        [{ kind: 'return', text: 'No' }, second],
      ],
      0,
      'draft',
    ],
    ['is a draft again when it may not go out', [[confirm, lead], [{ kind: 'halt', why: 'no_lead' }]], 99, 'draft'],
    ['starts by the clock', [[confirm, lead], [{ kind: 'start' }]], 99, 'expanding'],
    [
      'is cancelled before it starts',
      [
        [confirm, lead],
        [{ kind: 'cancel' }, second],
      ],
      99,
      'cancelled',
    ],
    [
      'is cancelled while it is sent',
      [[confirm, lead], [{ kind: 'expanded' }], [{ kind: 'cancel' }, lead]],
      0,
      'cancelled',
    ],
  ])('%s', (_, moves, startAt, state) => {
    expect(led(moves, startAt).state).toBe(state);
  });

  it.each<[string, Announcement, Move, PersonId, object]>([
    ['whoever is no lead', draft, confirm, stranger, { why: 'not_lead' }],
    ['another revision than was seen', touched(draft), confirm, lead, { why: 'changed' }],
    [
      'nobody to send it to',
      draft,
      { ...confirm, numbers: { people: 0, channels: 0, left: 4 } },
      lead,
      { why: 'nobody' },
    ],
    ['whoever confirmed it', led([[{ ...confirm, wide: true }, lead]]), approve, lead, { why: 'own' }],
    [
      'a second confirmation',
      led([[confirm, lead]]),
      confirm,
      second,
      { why: 'too_late', state: 'expanding', by: lead, at: 10 },
    ],
    [
      'withdrawing what was never sent',
      led(
        [
          [confirm, lead],
          [{ kind: 'cancel' }, lead],
        ],
        99,
      ),
      { kind: 'retract', text: '' },
      lead,
      { why: 'not_now' },
    ],
  ])('refuses %s', (_, announcement, move, actor, refusal) => {
    expect(decide(announcement, move, actor)).toEqual({ refusal });
  });

  it('forgets who confirmed it when it is changed or sent back', () => {
    const back = led(
      [
        [confirm, lead],
        [{ kind: 'return', text: '' }, second],
      ],
      99,
    );

    expect(back).not.toHaveProperty('confirmedBy');
    expect(back).not.toHaveProperty('numbers');
  });

  it.each([
    [true, 2],
    [false, 1],
  ])('asks for a new confirmation of a new edition only when told to: %s', (anew, confirmFrom) => {
    const { event } = decide(sent, { kind: 'revise', anew }, lead);
    const revised = event && applyEvent(sent, event, 0);

    expect(revised).toMatchObject({ edition: 2, confirmFrom, state: 'sending', work: { task: 'revise' } });
  });

  it('keeps its promises on every walk: only leads move it, two for a wide one, nothing after the end', () => {
    const move = fc.oneof<fc.Arbitrary<Move>[]>(
      fc.record({
        kind: fc.constant('confirm' as const),
        revision: fc.nat(2),
        numbers: fc.constant(numbers),
        wide: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('approve' as const), revision: fc.nat(2), numbers: fc.constant(numbers) }),
      fc.record({ kind: fc.constantFrom('return' as const, 'retract' as const), text: fc.constant('why') }),
      fc.record({ kind: fc.constantFrom('cancel' as const, 'retry' as const) }),
      fc.record({ kind: fc.constant('revise' as const), anew: fc.boolean() }),
      fc.record({ kind: fc.constant('halt' as const), why: fc.constantFrom('no_lead' as const, 'nobody' as const) }),
      fc.record({
        kind: fc.constantFrom('start' as const, 'expanded' as const, 'finish' as const, 'retracted' as const),
      }),
    );
    const step = fc.tuple(move, fc.constantFrom(lead, second, stranger, undefined), fc.boolean());

    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now = 10;
        let known = draft;
        for (const [wanted, actor, later] of steps) {
          now += 1;
          const startAt = later ? now + 5 : now;
          const decision = decide(known, wanted, actor, now, startAt);
          if (!decision.event) continue;
          const next = applyEvent(known, decision.event, startAt);
          const isClock = ['halt', 'start', 'expanded', 'finish', 'retracted'].includes(wanted.kind);

          expect(Announcement.safeParse(next).success).toBe(true);
          expect(isClock || actor === lead || actor === second).toBe(true);
          if (wanted.kind === 'approve') expect(actor).not.toBe(known.confirmedBy);
          // Whatever is on its way has work or a time to wake; what rests has neither.
          if (next.state === 'scheduled') expect(next.wakeAt).toBeGreaterThan(now);
          if (['draft', 'review', 'sent', 'retracted'].includes(next.state)) expect(next.wakeAt).toBeNull();
          if (next.state === 'expanding' || next.state === 'retracting') expect(next.work).toBeDefined();
          expect(next.edition).toBeGreaterThanOrEqual(next.confirmFrom);
          known = next;
        }
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
