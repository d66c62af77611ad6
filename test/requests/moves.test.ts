import { describe, expect, it } from 'vitest';
import { closeVote } from '../../src/requests/moves.ts';
import type { Course } from '../../src/requests/state.ts';
import {
  approve,
  asked,
  circumstances,
  dayMs,
  decline,
  hourMs,
  id,
  moved,
  stateIn,
  tuesday,
  typeOfAllWays,
  worldOf,
} from './rules-world.ts';

const later = tuesday + hourMs;

describe('deciding a stage', () => {
  it('any one of the role approves, and the approval has an end', () => {
    const request = moved(asked('any'), 'olga', approve('any', { conditions: ['Keep the notice.'] }));

    expect(request).toMatchObject({ state: 'approved', conditions: [{ text: 'Keep the notice.', by: id('olga') }] });
    expect(new Date(request.validUntil ?? 0).toISOString()).toBe('2027-11-24T10:00:00.000Z');
    expect(request.promised).toBeUndefined();
  });

  it.each([
    ['all', ['olga', 'otto']],
    ['each', ['luis', 'sara']],
    ['two', ['olga', 'lina']],
  ])('%s needs every one of %j', (way, deciders) => {
    const [first = '', second = ''] = deciders;
    const half = moved(asked(way), first, approve(way));

    expect(half.state).toBe('in_review');
    expect(moved(half, second, approve(way)).state).toBe('approved');
  });

  it('two of the same role are not one of each', () => {
    const request = moved(moved(asked('each'), 'lina', approve('each')), 'luis', approve('each'));

    expect(request.state).toBe('in_review');
  });

  it('one decline ends the stage and the request, with its reason', () => {
    const request = moved(asked('all'), 'otto', decline('all'));

    expect(request.state).toBe('declined');
    expect(request.events.at(-1)).toEqual({ kind: 'declined', at: later, stage: 'all', reason: 'no' });
  });

  it('stages are asked in order, those of one order together, and the promise covers all', () => {
    const first = asked('order');
    const second = moved(first, 'boss', approve('manager'));
    const third = moved(second, 'olga', approve('any'));

    expect([stateIn(first, 'manager'), stateIn(first, 'any')]).toEqual(['open', 'waiting']);
    expect([stateIn(second, 'any'), stateIn(second, 'vote')]).toEqual(['open', 'waiting']);
    expect(stateIn(third, 'vote')).toBe('open');
    // 2 + 2 + 5 business days.
    expect(new Date(first.promised ?? 0).toISOString()).toBe('2026-12-07T09:00:00.000Z');
    expect(third.promised).toBe(first.promised);
    expect(asked('parallel').stages.map(({ state }) => state)).toEqual(['open', 'open']);
  });

  it('a stage that was late moves the promise, visibly', () => {
    const first = asked('order');
    const second = moved(first, 'boss', approve('manager'), worldOf(), tuesday + 7 * dayMs);

    const opened = second.events.findLast((event) => event.kind === 'opened');
    expect(second.promised).toBeGreaterThan(first.promised ?? 0);
    expect(opened).toMatchObject({ stage: 'any', promised: second.promised });
  });
});

describe('a body votes', () => {
  const vote = (request: Course, who: string, kind: 'approve' | 'decline' | 'abstain' | 'conflict') =>
    moved(
      request,
      who,
      kind === 'approve' ? approve('vote') : kind === 'decline' ? decline('vote') : { kind, stage: 'vote', text: '' },
    );
  const run = (votes: Readonly<Record<string, 'approve' | 'decline' | 'abstain' | 'conflict'>>) =>
    Object.entries(votes).reduce((request, [who, kind]) => vote(request, who, kind), asked('vote')).state;

  it.each([
    ['a majority that nothing can change', { bea: 'approve', ben: 'approve' }, 'approved'],
    ['a minority', { bea: 'decline', ben: 'decline' }, 'declined'],
    ['one yes before the quorum', { bea: 'approve' }, 'in_review'],
    ['a tie that the last one may break', { bea: 'approve', ben: 'decline' }, 'in_review'],
    ['a tie with the chair for it', { bea: 'abstain', ben: 'decline', bob: 'approve' }, 'approved'],
    ['a tie with the chair against it', { bea: 'abstain', ben: 'approve', bob: 'decline' }, 'declined'],
    ['a tie without the chair', { bea: 'approve', ben: 'decline', bob: 'abstain' }, 'declined'],
    ['abstentions count for the quorum only', { bea: 'abstain', ben: 'abstain', bob: 'approve' }, 'approved'],
  ] as const)('%s', (_, votes, state) => {
    expect(run(votes)).toBe(state);
  });

  it('is closed when its time is over and enough took part, never before', () => {
    const one = vote(asked('vote'), 'bea', 'approve');
    const two = vote(one, 'ben', 'decline');
    const over = tuesday + 30 * dayMs;

    const closed = (request: Course) =>
      closeVote(request, typeOfAllWays, 'vote', circumstances(worldOf(), id('asker'), over));

    expect(closed(one).events).toEqual([]);
    expect(closed(two).request.state).toBe('declined');
  });
});
