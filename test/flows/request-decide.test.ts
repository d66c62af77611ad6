import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRequestOffice, type RequestOffice } from './requests.ts';

let office: RequestOffice;
let workspace: RequestOffice['workspace'];
beforeAll(async () => {
  office = await openRequestOffice();
  ({ workspace } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.clock.advance(2_000));
afterEach(async () => {
  workspace.faults.clear();
  for (const person of Object.values(workspace.people)) {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }
  expect(workspace.complaints).toEqual([]);
});

describe('a request', () => {
  it('comes to the office as a card, is approved by one click, and its requester hears of it', async () => {
    const { employee, lead } = workspace.people;
    const { ospo } = workspace.channels;

    const number = await office.ask(employee, 'one', 'office', 'We need it on our dashboards.');
    const card = await office.cardSaying(number, ospo, 'Small thing one');
    const mine = await office.heard(employee, `${number} ·`, 'You hear by');
    await workspace.as(lead).click(card, 'requests.approve');
    const approved = await office.cardSaying(number, ospo, 'Approved by');
    const told = await office.heard(employee, `${number} is approved: Small thing one.`);

    expect(workspace.plain(card)).toContain('We need it on our dashboards.');
    expect(workspace.plain(card)).toContain('needs: Open source office');
    expect(workspace.plain(approved)).toContain('@OSPO lead');
    expect(JSON.stringify(approved)).not.toContain('requests.approve');
    expect(mine.ts).not.toBe(told.ts);
  });
});
