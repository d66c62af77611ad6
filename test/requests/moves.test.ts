import { describe, expect, it } from 'vitest';
import { closeVote, decide, lookAgain } from '../../src/requests/moves.ts';
import type { Course } from '../../src/requests/state.ts';
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

describe('who may decide', () => {
  it('nobody decides their own, not as approver, manager, delegate or lead', () => {
    const persons = staff.map((one) =>
      one.id === id('olga')
        ? { ...one, manager: one.id, roles: ['ospo', 'ospo-lead', 'executive', 'legal', 'security'] }
        : one,
    );
    const world = worldOf({ persons, away: { [id('otto')]: { delegate: id('olga') } } });
    const ways = ['any', 'manager', 'care', 'each', 'two'];

    const refusals = ways.map((way) =>
      refusalFor(asked(way, world, id('olga')), 'olga', approve(way, { typed: 142 }), world),
    );

    expect(refusals).toEqual(ways.map(() => ({ why: 'own_request' })));
    expect(
      refusalFor(asked('any', world, id('olga')), 'olga', { kind: 'hold', until: later + dayMs, text: '' }, world),
    ).toEqual({
      why: 'own_request',
    });
  });

  it('the role of the click counts, not that of the card', () => {
    const request = asked('any');
    const taken = staff.map((one) => (one.id === id('olga') ? { ...one, roles: [] } : one));
    const given = staff.map((one) => (one.id === id('sara') ? { ...one, roles: ['ospo'] } : one));

    expect(refusalFor(request, 'olga', approve('any'), worldOf({ persons: taken }))).toEqual({ why: 'not_allowed' });
    expect(refusalFor(request, 'sara', approve('any'), worldOf({ persons: given }))).toBeUndefined();
  });

  it('a manager decides as long as they are the manager', () => {
    const request = asked('manager');
    const moveTo = staff.map((one) => (one.id === id('asker') ? { ...one, manager: id('chief') } : one));
    const world = worldOf({ persons: moveTo });
    const rerouted = lookAgain(request, typeOfAllWays, 'manager', circumstances(world, id('asker'), later)).request;

    expect(refusalFor(request, 'boss', approve('manager'), world)).toEqual({ why: 'not_allowed' });
    expect(moved(rerouted, 'chief', approve('manager'), world).state).toBe('approved');
  });

  it('a delegate decides while somebody is away, in their place', () => {
    const world = worldOf({ away: { [id('boss')]: { delegate: id('sara') } } });
    const request = moved(asked('manager', world), 'sara', approve('manager'), world);

    expect(request.events.find((event) => event.kind === 'voted')).toMatchObject({
      by: id('sara'),
      role: 'manager',
      inPlaceOf: id('boss'),
    });
    expect(refusalFor(asked('manager', world), 'sara', approve('manager'), worldOf())).toEqual({ why: 'not_allowed' });
  });

  it('a delegate of somebody who goes away while it waits is asked, too', () => {
    const world = worldOf({ away: { [id('boss')]: { delegate: id('sara') } } });

    const went = lookAgain(asked('manager'), typeOfAllWays, 'manager', circumstances(world, id('asker'), later));

    expect(went.events).toMatchObject([{ kind: 'rerouted', because: 'away' }]);
    expect(went.request.stages[0]?.asked.at(-1)).toEqual({ person: id('sara'), inPlaceOf: id('boss') });
    expect(lookAgain(went.request, typeOfAllWays, 'manager', circumstances(world, id('asker'), later)).events).toEqual(
      [],
    );
  });

  it('a second click says who decided and when', () => {
    const request = moved(asked('parallel'), 'lina', approve('legal'));

    expect(refusalFor(request, 'luis', approve('legal'))).toEqual({
      why: 'decided',
      by: id('lina'),
      at: later,
      vote: 'approve',
    });
    expect(refusalFor(moved(asked('any'), 'olga', approve('any')), 'otto', approve('any'))).toEqual({
      why: 'ended',
      state: 'approved',
      at: later,
      by: id('olga'),
    });
    expect(refusalFor(moved(asked('all'), 'olga', approve('all')), 'olga', approve('all'))).toMatchObject({
      why: 'voted_already',
    });
  });

  it('care is taken by typing the number, for an approval', () => {
    const request = asked('care');

    expect(refusalFor(request, 'chief', approve('care'))).toEqual({ why: 'wrong_number' });
    expect(refusalFor(request, 'chief', approve('care', { typed: 141 }))).toEqual({ why: 'wrong_number' });
    expect(refusalFor(request, 'chief', decline('care'))).toBeUndefined();
    expect(moved(request, 'chief', approve('care', { typed: 142 })).state).toBe('approved');
  });

  it('a decline names a reason of the type', () => {
    expect(refusalFor(asked('any'), 'olga', { kind: 'decline', stage: 'any', reason: 'mood', text: '' })).toEqual({
      why: 'unknown_reason',
    });
  });
});

describe('when somebody is missing', () => {
  const without = (...names: readonly string[]) =>
    worldOf({ persons: staff.map((one) => (names.map(id).includes(one.id) ? { ...one, active: false } : one)) });

  it.each([
    ['the group is empty', ['sara'], 'security', 'olga'],
    ['the office is empty, too', ['sara', 'olga', 'otto'], 'security', 'lea'],
    ['and so are its leads', ['sara', 'olga', 'otto', 'lea', 'bob'], 'security', 'chief'],
  ])('%s: somebody else decides', (_, gone, stage, who) => {
    const world = without(...gone);
    const request = moved(asked('parallel', world), 'lina', approve('legal'), world);

    expect(moved(request, who, approve(stage), world).state).toBe('approved');
  });

  it('the last member leaves while the stage is open: others are asked', () => {
    const request = asked('parallel');
    const world = without('sara');
    const asking = lookAgain(request, typeOfAllWays, 'security', circumstances(world, id('asker'), later));

    expect(asking.events).toEqual([
      {
        kind: 'rerouted',
        at: later,
        stage: 'security',
        because: 'left',
        asked: [{ role: 'security' }, { role: 'ospo' }],
      },
    ]);
    expect(
      lookAgain(asking.request, typeOfAllWays, 'security', circumstances(world, id('asker'), later)).events,
    ).toEqual([]);
    expect(moved(asking.request, 'otto', approve('security'), world).stages[1]?.state).toBe('approved');
  });

  it('the one whose vote was missing leaves: those who are left have agreed', () => {
    const request = moved(asked('all'), 'olga', approve('all'));

    const went = lookAgain(request, typeOfAllWays, 'all', circumstances(without('otto'), id('asker'), later));

    expect(went.request.state).toBe('approved');
  });

  it('whoever has an interest in it steps back, and others are asked', () => {
    const request = moved(asked('parallel'), 'sara', {
      kind: 'conflict',
      stage: 'security',
      text: 'My sister wrote it.',
    });

    expect(request.events.at(-1)).toMatchObject({ kind: 'rerouted', stage: 'security' });
    expect(refusalFor(request, 'sara', approve('security'))).toMatchObject({ why: 'voted_already' });
    expect(moved(request, 'olga', approve('security')).stages.find((one) => one.id === 'security')?.state).toBe(
      'approved',
    );
  });

  it('the last one who could decide may not step back, only hand it on', () => {
    const alone = worldOf({
      persons: staff
        .filter(({ name }) => ['asker', 'olga', 'sara'].includes(name))
        .map((one) => ({ ...one, roles: one.name === 'olga' ? ['ospo'] : [] })),
    });
    const request = asked('any', alone);

    expect(refusalFor(request, 'olga', { kind: 'conflict', stage: 'any', text: '' }, alone)).toEqual({
      why: 'last_one',
    });
    expect(
      moved(request, 'olga', { kind: 'hand', stage: 'any', to: id('sara'), text: '' }, alone).stages[0]?.asked,
    ).toEqual([{ person: id('sara'), as: 'ospo' }]);
  });

  it('everybody is away without a delegate: they are asked after all', () => {
    const away = Object.fromEntries(staff.map((one) => [one.id, {}]));
    const world = worldOf({ away });

    expect(moved(asked('any', world), 'olga', approve('any'), world).state).toBe('approved');
  });
});

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
