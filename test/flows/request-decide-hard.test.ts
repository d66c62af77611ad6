import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRequestOffice, type RequestOffice, tinyType } from './requests.ts';

let office: RequestOffice;
let workspace: RequestOffice['workspace'];
let ospo: string;
beforeAll(async () => {
  office = await openRequestOffice();
  ({ workspace } = office);
  ospo = workspace.channels.ospo;
});
afterAll(() => office.stop());
// A minute refills what Slack allows in one.
beforeEach(() => office.clock.advance(60_000));
afterEach(async () => {
  workspace.faults.clear();
  for (const person of Object.values(workspace.people)) {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }
  expect(workspace.complaints).toEqual([]);
});

/** What only this person saw since. */
const privately = (person: string, known: number) =>
  workspace.waitFor(() => workspace.ephemerals(person)[known], { what: 'private words', withinMs: 30_000 });

function groupOf(handle: string) {
  const group = workspace.userGroups().find((one) => one.handle === handle);
  if (!group) throw new Error(`there is no group ${handle}`);
  return group;
}

describe('deciding, when it is hard', () => {
  it('counts once when two approve at the same instant, and tells the second who was first', async () => {
    const { employee, lead, reviewer } = workspace.people;
    const number = await office.ask(employee, 'both', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing both');
    const before = [lead, reviewer].map((person) => workspace.ephemerals(person).length);

    await Promise.all([lead, reviewer].map((person) => workspace.as(person).click(card, 'requests.approve')));
    await office.heard(employee, `${number} is approved`);
    const late = await workspace.waitFor(
      () => [lead, reviewer].flatMap((person, index) => workspace.ephemerals(person).slice(before[index]))[0],
      { what: 'private words for the second', withinMs: 30_000 },
    );

    const approved = await office.cardSaying(number, ospo, 'Approved by');
    const [first, second] = workspace.plain(approved).includes('@OSPO lead')
      ? ['OSPO lead', reviewer]
      : ['OSPO reviewer', lead];
    expect(late.only).toBe(second);
    expect(workspace.plain(late)).toContain(first);
    expect(office.said(employee, `${number} is approved`)).toHaveLength(1);
  });

  it('counts once when the same button is pressed twice, also on a copy that Slack did not refresh', async () => {
    const { employee, lead } = workspace.people;
    const number = await office.ask(employee, 'twice', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing twice');
    const old = structuredClone(card);
    const known = workspace.ephemerals(lead).length;

    await workspace.as(lead).click(card, 'requests.approve');
    await office.cardSaying(number, ospo, 'Approved by');
    await office.pressOld(lead, old, 'requests.approve');
    const late = await privately(lead, known);
    await office.heard(employee, `${number} is approved`);

    expect(workspace.plain(late)).toMatch(/approved by OSPO lead/);
    expect(office.said(employee, `${number} is approved`)).toHaveLength(1);
  });

  it('does not let an old copy decide a stage that its reader had not seen', async () => {
    const { employee, lead, reviewer, legal } = workspace.people;
    const number = await office.ask(employee, 'parts', 'parallel');
    const card = await office.cardSaying(number, ospo, 'Small thing parts');
    const old = structuredClone(card);
    await workspace.as(lead).click(card, 'requests.approve');
    await office.cardSaying(number, ospo, 'Open source office: approved by');
    const known = workspace.ephemerals(reviewer).length;

    await office.pressOld(reviewer, old, 'requests.approve');
    const late = await privately(reviewer, known);
    const theirs = await office.cardSaying(number, legal, 'needs you: Legal');
    await workspace.as(legal).click(theirs, 'requests.approve');
    await office.heard(employee, `${number} is approved`);

    expect(workspace.plain(late)).toContain('OSPO lead approved this part');
  });

  it('refuses what comes after the withdrawal', async () => {
    const { employee, lead } = workspace.people;
    const number = await office.ask(employee, 'gone', 'office');
    const old = structuredClone(await office.cardSaying(number, ospo, 'Small thing gone'));
    const mine = await office.heard(employee, `${number} ·`, 'You hear by');
    await workspace.as(employee).click(mine, 'requests.withdraw');
    await office.cardSaying(number, ospo, 'Withdrawn by');
    const known = workspace.ephemerals(lead).length;

    await office.pressOld(lead, old, 'requests.approve');
    const late = await privately(lead, known);

    expect(workspace.plain(late)).toContain('was withdrawn');
  });

  it('looks at roles at the click: one taken away a second ago decides nothing', async () => {
    const { employee, lead, reviewer } = workspace.people;
    const number = await office.ask(employee, 'role', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing role');
    const calls = workspace.wire.callsOf('usergroups.users.list').length;
    workspace.setGroupUsers(groupOf('ospo').id, [lead]);
    await workspace.settled();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const known = workspace.ephemerals(reviewer).length;

    await workspace.as(reviewer).click(card, 'requests.approve');
    const refused = await privately(reviewer, known);
    workspace.setGroupUsers(groupOf('ospo').id, [lead, reviewer]);
    await workspace.settled();

    expect(workspace.plain(refused)).toContain('not yours to decide');
    expect(workspace.plain(office.card(number, ospo) ?? card)).not.toContain('Approved by');
    expect(workspace.wire.callsOf('usergroups.users.list').length).toBeGreaterThanOrEqual(calls);
  });

  it('never lets anybody decide their own', async () => {
    const { lead } = workspace.people;
    const number = await office.ask(lead, 'own', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing own');
    const known = workspace.ephemerals(lead).length;

    await workspace.as(lead).click(card, 'requests.approve');
    const refused = await privately(lead, known);

    expect(workspace.plain(refused)).toContain('your own request');
  });

  it('holds an approval back while a colleague waits for an answer; who asked may do without it', async () => {
    const { employee, lead, reviewer } = workspace.people;
    const number = await office.ask(employee, 'asked', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing asked');
    await office.form(reviewer, card, 'requests.more', 'ask');
    await workspace.as(reviewer).submit({ text: 'Which version?' });
    const waits = await office.cardSaying(number, ospo, 'asked the requester');
    const known = workspace.ephemerals(lead).length;

    await workspace.as(lead).click(card, 'requests.approve');
    const refused = await privately(lead, known);
    await workspace.as(reviewer).click(waits, 'requests.approve');
    await office.heard(employee, `${number} is approved`);

    expect(workspace.plain(refused)).toContain('OSPO reviewer asked the requester');
  });

  it('goes on under the edition it was asked with, when the policy is edited meanwhile', async () => {
    const { employee, lead } = workspace.people;
    const number = await office.ask(employee, 'edition', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing edition');
    const before = await office.form(lead, card, 'requests.details');
    const version = /Form ([0-9a-f]{8})/.exec(workspace.plain(before))?.[1];
    await workspace.as(lead).close();
    const edited = tinyType.replace(
      'Open source office, zh-CN: 开源办 }, order: 1',
      'Front desk, zh-CN: 前台 }, order: 1',
    );
    await writeFile(join(office.contentDir, 'requests', 'tiny.yml'), edited);
    let later: string | undefined;
    for (let attempt = 0; attempt < 10 && later === undefined; attempt += 1) {
      const asked = await office.ask(employee, `afterwards ${attempt}`, 'office');
      const theirs = await office.cardSaying(asked, ospo, 'Small thing afterwards');
      if (workspace.plain(theirs).includes('needs: Front desk')) later = asked;
    }

    await workspace.as(lead).click(card, 'requests.approve');
    const approved = await office.cardSaying(number, ospo, 'Approved by');
    const details = await office.form(lead, approved, 'requests.details');

    expect(later).toBeDefined();
    expect(workspace.plain(approved)).toContain('Open source office: approved by');
    expect(workspace.plain(details)).toContain(`Form ${version}`);
    await writeFile(join(office.contentDir, 'requests', 'tiny.yml'), tinyType);
  });

  it('asks others when the only one who could decide has left', async () => {
    const { employee, legal } = workspace.people;
    const number = await office.ask(employee, 'lonely', 'lonely');
    await office.cardSaying(number, 'U0PATENTS', 'needs you: Patents');

    workspace.updatePerson('U0PATENTS', { deleted: true });
    await workspace.settled();
    await office.clock.advance(25 * 3_600_000);
    const card = await office.cardSaying(number, legal, 'needs you: Patents');
    await workspace.as(legal).click(card, 'requests.approve');
    const told = await office.heard(employee, `${number} is approved`);

    expect(workspace.plain(told)).toContain('Small thing lonely');
  });

  it('goes on when its requester is deactivated', async () => {
    const { shanghai, lead } = workspace.people;
    const number = await office.ask(shanghai, 'leaver', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing leaver');
    workspace.updatePerson(shanghai, { deleted: true });
    await workspace.settled();

    await workspace.as(lead).click(card, 'requests.approve');
    const approved = await office.cardSaying(number, ospo, 'Approved by');

    expect(workspace.plain(approved)).toContain('Small thing leaver');
    workspace.updatePerson(shanghai, { deleted: false });
    await workspace.settled();
  });

  it('can be decided from Home when the channel of its card is archived', async () => {
    const { employee, lead } = workspace.people;
    workspace.archive(ospo);
    const number = await office.ask(employee, 'archived', 'office');

    workspace.as(lead).openHome();
    const home = await workspace.waitFor(() => {
      const view = workspace.home(lead);
      return view && workspace.plain(view).includes(`${number} · Small thing archived`) ? view : undefined;
    });
    await workspace.as(lead).slash('/ospo', `requests ${number}`);
    const found = await workspace.waitFor(() => workspace.ephemerals(lead).at(-1));
    const details = await office.form(lead, found, 'requests.details');
    await workspace.as(lead).click(details, 'requests.approve');
    await office.heard(employee, `${number} is approved`);
    const after = await workspace.waitFor(() => {
      const view = workspace.openViews(lead).at(-1);
      return view && workspace.plain(view).includes('Approved by') ? view : undefined;
    });

    expect(workspace.plain(home)).toContain('Waiting for your decision');
    expect(workspace.plain(after)).toContain('Small thing archived');
    workspace.unarchive(ospo);
  });
});
