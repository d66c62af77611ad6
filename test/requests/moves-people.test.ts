import { describe, expect, it } from 'vitest';
import { lookAgain } from '../../src/requests/moves.ts';
import {
  approve,
  asked,
  circumstances,
  dayMs,
  decline,
  hourMs,
  id,
  moved,
  refusalFor,
  staff,
  tuesday,
  typeOfAllWays,
  worldOf,
} from './rules-world.ts';

const later = tuesday + hourMs;

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
