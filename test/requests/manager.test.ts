import { describe, expect, it } from 'vitest';
import { managerFor } from '../../src/requests/deciding.ts';
import { bo, editionWithManager, guest, mei, openForms, viewOf, wordsOf } from './form-office.ts';
import { openRequests } from './request-office.ts';
import { approve, hourMs, id, person, staff, worldOf } from './rules-world.ts';

const unmanaged = staff.map((one) => (one.id === id('asker') ? person('asker') : one));

describe('who manages the requester', () => {
  it.each([
    ['the directory knows', [person('asker', { manager: id('boss') }), person('boss')], undefined, 'boss'],
    [
      'the directory wins over what was named',
      [person('asker', { manager: id('boss') }), person('boss')],
      'otto',
      'boss',
    ],
    ['nobody knows but the requester', [person('asker')], 'otto', 'otto'],
    [
      'whoever the directory knows has left',
      [person('asker', { manager: id('boss') }), person('boss', { active: false })],
      'otto',
      'otto',
    ],
  ] as const)('%s', (_, people, named, wanted) => {
    const subject = { requester: id('asker'), answers: {}, ...(named ? { manager: id(named) } : {}) };

    const manager = managerFor(subject, worldOf({ persons: people }));

    expect(manager).toBe(id(wanted));
  });

  it('is nobody where nobody knows', () => {
    const manager = managerFor({ requester: id('asker'), answers: {} }, worldOf({ persons: [person('asker')] }));

    expect(manager).toBeUndefined();
  });
});

describe('a request whose requester named their manager', () => {
  it('asks them beside the office, and remembers them for the next time', async () => {
    const office = openRequests();
    office.setPeople(unmanaged);

    const { request } = await office.submitBy('manager', id('otto'));

    expect(request.cards).toEqual([{ person: id('otto') }, { channel: 'C0OSPO' }]);
    expect(await office.all.managerNamed(id('asker'))).toBe(id('otto'));
  });

  it.each([
    ['themselves', 'asker'],
    ['somebody who is not there', 'stranger'],
  ])('asks the office in place of %s', async (_, named) => {
    const office = openRequests();
    office.setPeople(unmanaged);

    const { request } = await office.submitBy('manager', id(named));

    expect(request.manager).toBeUndefined();
    expect(request.cards).toEqual([{ channel: 'C0OSPO' }]);
  });

  it('asks whom the directory names as soon as it does', async () => {
    const office = openRequests();
    office.setPeople([...unmanaged, person('nils')]);
    const { request } = await office.submitBy('manager', id('nils'));
    office.setPeople([...staff, person('nils')]);
    office.clock.advance(hourMs);

    const refused = office.move(request.id, 'nils', approve('manager'));

    await expect(refused).rejects.toThrow();
  });
});

describe('the form', () => {
  const facts = { 'requester.manager': 'no' };

  it('asks who the manager is before it is sent, and names them among those who decide', async () => {
    const office = openForms({ types: [editionWithManager], facts });
    const review = viewOf(await office.next(office.open('small'), { name: 'A thing' }));

    const named = await office.set(review, { '-manager': bo });
    await office.next(named, { '-manager': bo });

    expect(wordsOf(review)).toContain('Who is your manager?');
    expect(wordsOf(named)).toContain(`Decides: Manager (<@${bo}>).`);
    expect(office.sent).toMatchObject([{ requester: mei, manager: bo }]);
  });

  it('proposes whom they named the last time', async () => {
    const office = openForms({ types: [editionWithManager], facts, manager: bo });

    const review = viewOf(await office.next(office.open('small'), { name: 'A thing' }));

    expect(JSON.stringify(review)).toContain(`"initial_user":"${bo}"`);
    expect(wordsOf(review)).toContain(`Decides: Manager (<@${bo}>).`);
  });

  it('goes without: then others decide', async () => {
    const office = openForms({ types: [editionWithManager], facts });
    const review = viewOf(await office.next(office.open('small'), { name: 'A thing' }));

    await office.next(review, {});

    expect(office.sent).toHaveLength(1);
    expect(office.sent[0]).not.toHaveProperty('manager');
  });

  it.each([
    ['oneself', mei],
    ['a guest', guest],
    ['somebody unknown', 'U0NOBODY01'],
  ])('refuses %s beside the question', async (_, wrong) => {
    const office = openForms({ types: [editionWithManager], facts });
    const review = viewOf(await office.next(office.open('small'), { name: 'A thing' }));

    const refused = await office.next(review, { '-manager': wrong });

    expect(refused.errors).toEqual({ '-manager': 'Choose a colleague who works here, and not yourself.' });
    expect(office.sent).toEqual([]);
  });

  it('asks nothing where the directory knows, or no manager is asked', async () => {
    const office = openForms({ types: [editionWithManager], facts: { 'requester.manager': 'yes' } });

    const review = viewOf(await office.next(office.open('small'), { name: 'A thing' }));

    expect(wordsOf(review)).not.toContain('Who is your manager?');
  });
});
