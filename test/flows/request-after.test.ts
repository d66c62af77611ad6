import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRequestOffice, type RequestOffice } from './requests.ts';

let office: RequestOffice;
let workspace: RequestOffice['workspace'];
beforeAll(async () => {
  office = await openRequestOffice();
  ({ workspace } = office);
});
afterAll(() => office.stop());

/** Time, and what it brings. */
async function passing(minutes: number): Promise<void> {
  await office.clock.advance(minutes * 60_000);
  await workspace.settled();
  await new Promise((resolve) => setTimeout(resolve, 100));
}

describe('after the approval', () => {
  it('the requester is reminded of telling its address a week later, and of what became of it a month after that', async () => {
    const { manager, lead } = workspace.people;
    const number = await office.ask(manager, 'followed', 'office');
    await workspace
      .as(lead)
      .click(await office.cardSaying(number, workspace.channels.ospo, 'followed'), 'requests.approve');
    await office.heard(manager, `${number} is approved`);

    const early = office.said(manager, 'Tell us its address').length;
    await passing(7 * 24 * 60);
    for (let days = 0; days < 3; days += 1) await passing(24 * 60);
    const reminder = await office.heard(manager, number, 'Tell us its address when it is out');
    await office.form(manager, reminder, 'requests.follow');
    await workspace.as(manager).submit({ link: 'https://github.com/apache/kafka/pull/2', outcome: 'submitted' });
    await passing(30 * 24 * 60);
    for (let days = 0; days < 3; days += 1) await passing(24 * 60);
    const second = await office.heard(manager, number, 'Tell us what became of it.');
    await office.form(manager, second, 'requests.follow');
    await workspace.as(manager).submit({ outcome: 'merged' });
    const told = await office.heard(manager, `${number} ·`, 'merged');

    expect(early).toBe(0);
    expect(workspace.plain(told)).toContain('https://github.com/apache/kafka/pull/2');
    expect(workspace.complaints).toEqual([]);
  });
});
