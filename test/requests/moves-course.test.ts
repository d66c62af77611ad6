import { describe, expect, it } from 'vitest';
import { decide } from '../../src/requests/moves.ts';
import {
  answer,
  approve,
  ask,
  asked,
  circumstances,
  dayMs,
  decline,
  hourMs,
  id,
  moved,
  refusalFor,
  staff,
  stateIn,
  tuesday,
  typeOfAllWays,
  worldOf,
} from './rules-world.ts';

const later = tuesday + hourMs;

describe('a question to the requester', () => {
  it('stops the clocks, and the answer goes on with what was left', () => {
    const before = asked('any');
    const standing = moved(before, 'olga', ask('any'));
    const running = moved(standing, 'asker', answer, worldOf(), later + 7 * dayMs);

    expect(standing).toMatchObject({ state: 'needs_info', questions: [{ by: id('olga'), stage: 'any' }] });
    expect(standing.promised).toBeUndefined();
    expect(standing.stages[0]?.clock).toBeUndefined();
    // Seven days of waiting are seven days later, to the minute.
    const due = (before.stages[0]?.clock?.due ?? 0) + 7 * dayMs;
    expect(running).toMatchObject({ state: 'in_review', questions: [], promised: due });
    expect(running.stages[0]?.clock?.due).toBe(due);
  });

  it('is waited for by colleagues of the same stage, not by whoever asked, nor by other stages', () => {
    const request = moved(asked('parallel'), 'lina', ask('legal'));

    expect(refusalFor(request, 'luis', approve('legal'))).toEqual({ why: 'question_open', by: id('lina'), at: later });
    expect(refusalFor(request, 'luis', decline('legal'))).toMatchObject({ why: 'question_open' });
    const elsewhere = moved(request, 'sara', approve('security'));
    expect(elsewhere.state).toBe('needs_info');
    expect(moved(elsewhere, 'lina', approve('legal')).state).toBe('approved');
    expect(moved(request, 'lina', approve('legal'))).toMatchObject({ state: 'in_review', questions: [] });
  });

  it('is no trap when the one who asked has left', () => {
    const request = moved(asked('parallel'), 'lina', ask('legal'));
    const world = worldOf({ persons: staff.map((one) => (one.id === id('lina') ? { ...one, active: false } : one)) });

    expect(refusalFor(request, 'luis', approve('legal'), world)).toBeUndefined();
  });

  it('only the requester answers, and only what was asked', () => {
    expect(refusalFor(moved(asked('any'), 'olga', ask('any')), 'otto', answer)).toEqual({ why: 'not_requester' });
    expect(refusalFor(asked('any'), 'asker', answer)).toEqual({ why: 'nothing_asked' });
  });

  it('an answer that sets off a flag asks more people at once', () => {
    const request = moved(asked('any'), 'olga', ask('any'));
    const routed = {
      way: { ...request.way, level: 5, raises: ['risky'] },
      stages: [
        ...request.stages,
        { id: 'security', state: 'waiting' as const, asked: [], votes: [], nudges: 0, escalated: false },
      ],
      flags: [],
      because: [],
      restricted: false,
    };
    const circ = { ...circumstances(worldOf(), id('asker'), later), corrected: { routed, keys: [], facts: {} } };

    const went = decide(request, typeOfAllWays, answer, circ).request;

    expect(went?.way).toMatchObject({ level: 5, raises: ['risky'] });
    expect(went?.stages.map((one) => [one.id, one.state])).toEqual([
      ['any', 'open'],
      ['security', 'open'],
    ]);
  });
});

describe('other moves', () => {
  const hold = { kind: 'hold', until: later + 10 * dayMs, text: 'After the release.' } as const;

  it('on hold nobody decides and no clock runs', () => {
    const held = moved(asked('any'), 'olga', hold);

    expect(refusalFor(held, 'otto', approve('any'))).toEqual({ why: 'on_hold' });
    expect(held.stages[0]?.rest).toBeDefined();
    expect(moved(moved(held, 'otto', { kind: 'resume' }), 'otto', approve('any')).state).toBe('approved');
  });

  it('a hold keeps an open question open', () => {
    const held = moved(moved(asked('any'), 'olga', ask('any')), 'olga', hold);

    expect(moved(held, 'olga', { kind: 'resume' })).toMatchObject({ state: 'needs_info' });
    const answered = moved(held, 'asker', answer);
    expect(answered.state).toBe('on_hold');
    expect(moved(answered, 'olga', { kind: 'resume' }).stages[0]?.clock).toBeDefined();
  });

  it('is handed to somebody who then decides, in the part that was theirs', () => {
    const handed = moved(asked('each'), 'lina', { kind: 'hand', stage: 'each', to: id('otto'), text: 'You know it.' });

    expect(refusalFor(handed, 'luis', approve('each'))).toEqual({ why: 'not_allowed' });
    expect(moved(moved(handed, 'otto', approve('each')), 'sara', approve('each')).state).toBe('approved');
  });

  it.each([
    ['to the requester', 'any', 'asker', 'cannot_take'],
    ['to somebody unknown', 'any', 'nobody', 'cannot_take'],
    ['of a vote', 'vote', 'otto', 'cannot_hand'],
    ['of a say that several have', 'all', 'sara', 'cannot_hand'],
  ])('a hand-over %s is refused', (_, way, to, why) => {
    const from = way === 'vote' ? 'bea' : 'olga';

    expect(refusalFor(asked(way), from, { kind: 'hand', stage: way, to: id(to), text: '' })?.why).toBe(why);
  });

  it('the requester withdraws, and opens it again', () => {
    const withdrawn = moved(asked('order'), 'asker', { kind: 'withdraw', text: '' });
    const again = moved(withdrawn, 'asker', { kind: 'reopen', text: '' });

    expect(refusalFor(withdrawn, 'boss', approve('manager'))).toMatchObject({ why: 'ended', state: 'withdrawn' });
    expect(again.state).toBe('in_review');
    expect(stateIn(again, 'manager')).toBe('open');
  });

  it('an appeal is heard once, and overrules what was declined', () => {
    const declined = moved(moved(asked('order'), 'boss', approve('manager')), 'olga', decline('any'));
    const appealed = moved(declined, 'asker', { kind: 'appeal', text: 'It was fixed.' });
    const granted = moved(appealed, 'lea', approve('appeal'));

    expect(appealed.stages.filter(({ state }) => state === 'open').map((one) => one.id)).toEqual(['appeal']);
    expect(granted.state).toBe('in_review');
    expect([stateIn(granted, 'any'), stateIn(granted, 'vote')]).toEqual(['skipped', 'open']);
    const lost = moved(appealed, 'lea', decline('appeal'));
    expect(refusalFor(lost, 'asker', { kind: 'appeal', text: '' })).toEqual({ why: 'no_appeal' });
    expect(refusalFor(declined, 'asker', { kind: 'reopen', text: '' })).toEqual({ why: 'own_request' });
    expect(refusalFor(declined, 'asker', { kind: 'appeal', text: '' }, worldOf(), later + 31 * dayMs)).toMatchObject({
      why: 'too_late',
    });
  });

  it('an approval is taken back by those who look after it, and opened again from the beginning', () => {
    const approved = moved(asked('any'), 'olga', approve('any', { conditions: ['A'] }));
    const revoked = moved(approved, 'lea', { kind: 'revoke', text: 'The license changed.' });
    const again = moved(revoked, 'lea', { kind: 'reopen', text: '' });

    expect(revoked).toMatchObject({ state: 'revoked' });
    expect(revoked.validUntil).toBeUndefined();
    expect(again).toMatchObject({ state: 'in_review', conditions: [] });
    expect(again.stages[0]).toMatchObject({ state: 'open', votes: [] });
    expect(refusalFor(approved, 'lina', { kind: 'revoke', text: '' })).toEqual({ why: 'not_allowed' });
    expect(refusalFor(approved, 'asker', { kind: 'revoke', text: '' })).toEqual({ why: 'own_request' });
  });

  it('a decision made elsewhere is recorded; not one of the requester', () => {
    const record = {
      kind: 'record',
      decision: 'approved',
      decider: { person: id('lina') },
      decidedAt: tuesday - dayMs,
      evidence: 'Minutes of the meeting',
    } as const;

    expect(moved(asked('order'), 'olga', record)).toMatchObject({ state: 'approved' });
    expect(refusalFor(asked('order'), 'olga', { ...record, decider: { person: id('asker') } })).toEqual({
      why: 'own_request',
    });
    expect(refusalFor(asked('order'), 'olga', { ...record, decidedAt: later + 1 })).toEqual({ why: 'bad_date' });
  });

  it('a private note is for those who decide', () => {
    expect(refusalFor(asked('any'), 'asker', { kind: 'note', text: 'x', privately: true })).toEqual({
      why: 'own_request',
    });
    expect(refusalFor(asked('any'), 'asker', { kind: 'note', text: 'x', privately: false })).toBeUndefined();
    expect(refusalFor(asked('any'), 'sara', { kind: 'note', text: 'x', privately: true })).toEqual({
      why: 'not_allowed',
    });
  });

  it('what became of it is kept after the approval, not before', () => {
    const follow = { kind: 'follow', link: 'https://example.com/pull/1', outcome: 'merged' } as const;
    const approved = moved(asked('any'), 'olga', approve('any', { conditions: ['A'] }));

    expect(refusalFor(asked('any'), 'asker', follow)).toEqual({ why: 'not_approved' });
    expect(moved(approved, 'asker', follow)).toMatchObject({ link: follow.link, outcome: 'merged' });
    expect(moved(approved, 'asker', { kind: 'meet', condition: 0, text: '' }).conditions[0]?.met).toBe(later);
    expect(refusalFor(approved, 'asker', { kind: 'meet', condition: 1, text: '' })).toEqual({ why: 'no_condition' });
  });

  it('where the requester has left, those who look after it withdraw in their place', () => {
    const persons = staff.map((one) => (one.id === id('asker') ? { ...one, active: false } : one));

    expect(refusalFor(asked('any'), 'olga', { kind: 'withdraw', text: '' })).toEqual({ why: 'not_requester' });
    expect(moved(asked('any'), 'olga', { kind: 'withdraw', text: '' }, worldOf({ persons })).state).toBe('withdrawn');
  });
});
