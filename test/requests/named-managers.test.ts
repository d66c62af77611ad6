import { describe, expect, it } from 'vitest';
import { auditEvents, verifyChain } from '../../src/core/audit.ts';
import { type Doc, put } from '../../src/core/ports.ts';
import { circumstancesOf } from '../../src/requests/circumstances.ts';
import { stepClock } from '../../src/requests/jobs.ts';
import { managerSubject, namedManagers, namingId } from '../../src/requests/managers.ts';
import { absences, requests } from '../../src/requests/records.ts';
import type { Course } from '../../src/requests/state.ts';
import { edition, english, openRequests } from './request-office.ts';
import { approve, hourMs, id, person, staff, tuesday, typeOfAllWays } from './rules-world.ts';

const manager = person('nils');
const other = person('nora');
const unmanaged = [
  ...staff.map((one) => (one.id === id('asker') ? person('asker') : one)),
  manager,
  other,
  person('gina', { guest: true }),
  person('gone', { active: false }),
];
const asker = id('asker');

/** An office whose asker has named their manager in a request that a manager decides. */
async function opened(named = 'nils', persons: typeof staff = unmanaged) {
  const office = openRequests();
  office.setPeople(persons);
  const { request, say } = await office.submitBy('manager', id(named));
  const doc = async () => {
    const found = await office.store.get(namedManagers, asker);
    if (!found) throw new Error('nobody was named');
    return found;
  };
  /** What follows by itself: the manager's job wakes the requests, whose clocks look again. */
  async function passing() {
    office.clock.advance(60_000);
    await office.commit(await office.managers.job.run(await doc(), office.clock.now()));
    const now = office.clock.now();
    const read = await office.store.get(requests, request.id);
    if (!read || read.wakeAt === null || read.wakeAt > now) return read;
    const world = office.all.world();
    const circumstances = () => circumstancesOf(typeOfAllWays, world, { now, actor: asker });
    const went = stepClock<Course>(read, { type: typeOfAllWays, world, circumstances }, now);
    await office.commit(await office.all.changed(read, went.request, went.events));
    return office.store.get(requests, request.id);
  }
  const answer = async (by: string, whom?: string | null) => {
    const naming = namingId(await doc());
    const done =
      whom === undefined
        ? await office.managers.confirm(id(by), naming)
        : await office.managers.replace(id(by), naming, whom === null ? undefined : id(whom));
    await office.commit(done);
    await passing();
    return done;
  };
  return { ...office, request, said: say, doc, passing, answer };
}

const stateOf = async (office: Awaited<ReturnType<typeof opened>>) =>
  (await office.store.get(requests, office.request.id))?.state;
const votes = (request: Course | undefined) => request?.stages.flatMap((stage) => stage.votes.map(({ by }) => by));

describe('a manager whom only the requester names', () => {
  it('approves without ending the request; the office confirms them, and their word counts', async () => {
    const office = await opened();

    await office.move(office.request.id, 'nils', approve('manager'));
    const before = await stateOf(office);
    await office.answer('olga');

    expect(before).toBe('in_review');
    expect(await stateOf(office)).toBe('approved');
  });

  it.each([
    ['the office', 'olga'],
    ['somebody of the office who was named', 'otto'],
  ])('is not waited for when %s approves, as where nobody is known', async (_, by) => {
    const office = await opened(by === 'otto' ? 'otto' : 'nils');

    const decided = await office.move(office.request.id, by, approve('manager'));

    expect(decided.request.state).toBe('approved');
  });

  it('cannot hand it on, nor end it by somebody who stands in for them', async () => {
    const office = await opened();
    const away = { from: tuesday, until: tuesday + 100 * hourMs, source: 'person' as const };

    const handed = office.move(office.request.id, 'nils', { kind: 'hand', stage: 'manager', to: id('nora'), text: '' });
    await expect(english(handed)).resolves.toContain('not confirmed yet');
    await office.store.commit([put(absences, id('nils'), { delegate: id('nora'), away }, 0)]);
    await office.away.load();
    const decided = await office.move(office.request.id, 'nora', approve('manager'));

    expect(votes(decided.request)).toEqual([id('nora')]);
    expect(decided.request.state).toBe('in_review');
  });

  it('counts no more when somebody else turns out to be the manager, even after their approval', async () => {
    const office = await opened();
    await office.move(office.request.id, 'nils', approve('manager'));

    await office.answer('olga', 'nora');
    const between = await stateOf(office);
    const decided = await office.move(office.request.id, 'nora', approve('manager'));

    expect(between).toBe('in_review');
    expect(decided.request.state).toBe('approved');
    expect(decided.request.events).toContainEqual(expect.objectContaining({ kind: 'rerouted', because: 'manager' }));
  });

  it('counts no more when the directory learns who the manager is', async () => {
    const office = await opened();
    await office.move(office.request.id, 'nils', approve('manager'));

    office.setPeople([...unmanaged.filter((one) => one.id !== asker), person('asker', { manager: id('boss') })]);
    await office.answer('olga');
    const between = await stateOf(office);
    const decided = await office.move(office.request.id, 'boss', approve('manager'));

    expect(between).toBe('in_review');
    expect(decided.request.state).toBe('approved');
  });

  it('decides nothing once the office says that nobody is known; the office does', async () => {
    const office = await opened();

    await office.answer('olga', null);
    const refused = office.move(office.request.id, 'nils', approve('manager'));
    await expect(english(refused)).resolves.toContain('not yours to decide');
    const decided = await office.move(office.request.id, 'olga', approve('manager'));

    expect(decided.request.state).toBe('approved');
    expect(await office.all.managerNamed(asker)).toBeUndefined();
  });

  it('gains nothing by naming each other', async () => {
    const office = await opened();
    office.clock.advance(hourMs);

    const back = await office.all.submit({
      draft: 'back',
      edition: edition(),
      answers: { way: 'manager' },
      requester: id('nils'),
      manager: asker,
    });
    await office.commit(back);
    const first = await office.move(office.request.id, 'nils', approve('manager'));
    const second = await office.move(back.request.id, 'asker', approve('manager'));

    expect([first.request.state, second.request.state]).toEqual(['in_review', 'in_review']);
  });

  it('leaves a request of the only one of the office to those who stand in for it', async () => {
    const lonely = unmanaged.map((one) => (one.id === asker ? person('asker', { roles: ['ospo'] }) : one));
    const persons = lonely.filter(({ id: one }) => one !== id('olga') && one !== id('otto'));
    const office = await opened('nils', persons);

    await office.move(office.request.id, 'nils', approve('manager'));
    const before = await stateOf(office);
    const decided = await office.move(office.request.id, 'lea', approve('manager'));

    expect(before).toBe('in_review');
    expect(decided.request.state).toBe('approved');
  });
});

describe('the question to the office', () => {
  const asks = (say: readonly object[]) => say.filter((one) => 'card' in one && one.card === 'request.manager');

  it('comes once for a name, and again for another one', async () => {
    const office = await opened();
    const again = await office.managers.named(asker, id('nils'));

    office.clock.advance(hourMs);
    const another = await office.managers.named(asker, id('nora'));

    expect(asks(office.said)).toMatchObject([{ place: { channel: 'C0OSPO' }, lost: 'must' }]);
    expect(again).toEqual({ ops: [], say: [] });
    expect(asks(another.say)).toHaveLength(1);
  });

  it.each([
    ['nobody of the office', 'boss', undefined, 'Only the open source office'],
    ['somebody who left', 'gone', undefined, 'Only the open source office'],
    ['somebody of the office who is to become the manager', 'otto', 'otto', 'confirm yourself'],
    ['with the person themselves', 'olga', 'asker', 'Choose a colleague'],
    ['with a guest', 'olga', 'gina', 'Choose a colleague'],
    ['with somebody who left', 'olga', 'gone', 'Choose a colleague'],
    ['with somebody unknown, such as a bot', 'olga', 'robot', 'Choose a colleague'],
  ])('is not answered by/with: %s', async (_, by, whom, words) => {
    const office = await opened();

    const answered = office.answer(by, whom);

    await expect(english(answered)).resolves.toContain(words);
    expect((await office.doc()).state).toBe('named');
  });

  it('is not answered by somebody of the office about their own manager', async () => {
    const own = unmanaged.map((one) => (one.id === asker ? person('asker', { roles: ['ospo', 'ospo-lead'] }) : one));
    const office = await opened('nils', own);

    const answered = office.answer('asker');

    await expect(english(answered)).resolves.toContain('your own manager');
  });

  it('is not answered on the message about an earlier name', async () => {
    const office = await opened();
    const old = namingId(await office.doc());
    office.clock.advance(hourMs);
    await office.commit(await office.managers.named(asker, id('nora')));

    const answered = office.managers.confirm(id('olga'), old);

    await expect(english(answered)).resolves.toContain('Somebody else was named since');
  });

  it('goes to each of the office where the channel takes it no more', async () => {
    const office = await opened();
    const naming = namingId(await office.doc());

    const { say } = await office.managers.refusedAt(naming, { channel: 'C0OSPO' });

    expect(say).toMatchObject([{ place: { person: id('olga') } }, { place: { person: id('otto') } }]);
  });

  it('leaves a chain of who was named and who said what to it', async () => {
    const office = await opened();
    await office.answer('olga');
    await office.answer('otto', 'nora');

    const { docs } = await office.store.list(auditEvents, { key: managerSubject(asker), order: 'asc', limit: 10 });

    expect(docs.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['manager_named', asker],
      ['manager_confirmed', id('olga')],
      ['manager_confirmed', id('otto')],
    ]);
    expect(verifyChain(managerSubject(asker), docs.map(plain), (await office.doc()).audit)).toEqual([]);
  });
});

describe('a confirmed manager', () => {
  it('is asked for no more, and decides later requests alone', async () => {
    const office = await opened();
    await office.answer('olga');

    const later = await office.submit('manager', asker, 'later');
    const decided = await office.move(later.request.id, 'nils', approve('manager'));

    expect(later.request).toMatchObject({ facts: { 'requester.manager': 'yes' }, cards: [{ person: id('nils') }] });
    expect(decided.request.state).toBe('approved');
  });

  it('who leaves is asked for anew, and the new name confirmed anew', async () => {
    const office = await opened();
    await office.answer('olga');
    office.setPeople(unmanaged.map((one) => (one.id === id('nils') ? { ...one, active: false } : one)));
    office.clock.advance(hourMs);

    const form = {
      draft: 'anew',
      edition: edition(),
      answers: { way: 'manager' },
      requester: asker,
      manager: id('nora'),
    };
    const anew = await office.all.submit(form);
    await office.commit(anew);
    const decided = await office.move(anew.request.id, 'nora', approve('manager'));

    expect(anew.request.facts['requester.manager']).toBe('no');
    expect(await office.doc()).toMatchObject({ manager: id('nora'), state: 'named' });
    expect(decided.request.state).toBe('in_review');
  });
});

function plain({ id: _, version: __, ...event }: Doc<Parameters<typeof verifyChain>[1][number]>) {
  return event;
}
