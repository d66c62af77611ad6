import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRequestOffice, type RequestOffice, tinyType } from './requests.ts';

/** The same with a way that the requester's manager decides. */
const managedType = tinyType
  .replace(
    'stages:\n',
    'stages:\n  - { id: manager, name: { en: Manager, zh-CN: 经理 }, order: 1, who: { manager: true }, days: 2 }\n',
  )
  .replace(
    'routes:\n',
    'routes:\n  - { id: manager, when: { when: way, is: manager }, level: 3, stages: [manager], because: { en: It takes time., zh-CN: 要花时间。 } }\n',
  )
  .replace('steps:\n', '  - { id: papers, kind: files, required: false, label: { en: Papers, zh-CN: 材料 } }\nsteps:\n')
  .replace('fields: [name, way, reason]', 'fields: [name, way, reason, papers]')
  .replace('    choices:\n', '    choices:\n      - { id: manager, label: { en: Manager, zh-CN: 经理 } }\n');

let office: RequestOffice;
let workspace: RequestOffice['workspace'];
let ospo: string;
beforeAll(async () => {
  office = await openRequestOffice(managedType);
  ({ workspace } = office);
  ospo = workspace.channels.ospo;
});
afterAll(() => office.stop());
// A minute refills what Slack allows in one.
beforeEach(() => office.clock.advance(60_000));
afterEach(async () => {
  for (const person of Object.values(workspace.people)) {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }
  expect(workspace.complaints).toEqual([]);
});

const top = (person: string) => workspace.openViews(person).at(-1);
const shownTo = (person: string, ...texts: readonly string[]) =>
  workspace.waitFor(
    () => {
      const view = top(person);
      return view && texts.every((text) => workspace.plain(view).includes(text)) ? view : undefined;
    },
    { what: `a view saying "${texts.join('", "')}"`, withinMs: 30_000 },
  );

/** Time, and what it brings. */
async function passing(minutes: number): Promise<void> {
  await office.clock.advance(minutes * 60_000);
  await workspace.settled();
  await new Promise((resolve) => setTimeout(resolve, 100));
}

describe('a channel that takes no cards any more', () => {
  it('archived: those who are asked there get the card by direct message, and decide', async () => {
    const { engineer, lead, reviewer } = workspace.people;
    workspace.archive(ospo);

    const number = await office.ask(engineer, 'no channel', 'office');
    await office.cardSaying(number, lead, 'needs you: Open source office');
    const card = await office.cardSaying(number, reviewer, 'needs you: Open source office');
    await workspace.as(reviewer).click(card, 'requests.approve');
    await office.heard(engineer, `${number} is approved`);
    const theirs = await office.cardSaying(number, lead, 'Approved by');
    workspace.unarchive(ospo);

    expect(workspace.plain(theirs)).toContain('OSPO reviewer');
    expect(office.said(ospo, number)).toEqual([]);
  });

  it('without the bot since the card stands there: the next change reaches them, and reminders do', async () => {
    const { engineer, lead } = workspace.people;
    const number = await office.ask(engineer, 'left behind', 'office');
    await office.cardSaying(number, ospo, 'Small thing left behind');
    workspace.archive(ospo);

    const mine = await office.heard(engineer, `${number} ·`, 'You hear by');
    await office.form(engineer, mine, 'requests.note');
    await workspace.as(engineer).submit({ text: 'It is urgent by now.' });
    const theirs = await office.cardSaying(number, lead, 'It is urgent by now.');
    await passing(29 * 60);
    for (let quarter = 0; quarter < 12; quarter += 1) await passing(15);
    const reminded = await office.heard(lead, 'for you:', number);
    workspace.unarchive(ospo);

    expect(workspace.plain(theirs)).toContain('needs you: Open source office');
    expect(reminded.ts).not.toBe(theirs.ts);
  });
});

describe('a requester whose manager nobody knows', () => {
  it('is asked who that is, once: the office confirms it, and the word of the manager counts from then on', async () => {
    const { engineer, employee, lead } = workspace.people;
    await office.fillIn(engineer, 'managed', 'manager');
    const review = await shownTo(engineer, 'Who is your manager?');

    await workspace.as(engineer).select(review, 'requests.set', employee);
    await shownTo(engineer, 'Decides: Manager (');
    await workspace.as(engineer).submit();
    const card = await office.heard(employee, 'Small thing managed', 'needs you: Manager');
    await workspace.as(employee).click(card, 'requests.approve');
    const question = await office.heard(ospo, 'as their manager. Is that right?');
    await workspace.as(employee).click(question, 'managers.confirm');
    await workspace.settled();
    const early = office.said(engineer, 'is approved: Small thing managed');
    await workspace.as(lead).click(question, 'managers.confirm');
    const confirmed = await office.heard(ospo, 'is confirmed as the manager of');
    await passing(1);
    await passing(1);
    await office.heard(engineer, 'is approved: Small thing managed');
    while (workspace.openViews(engineer).length > 0) await workspace.as(engineer).close();
    const number = await office.ask(engineer, 'managed again', 'manager');
    const again = await office.heard(employee, 'Small thing managed again', 'needs you: Manager');
    await workspace.as(employee).click(again, 'requests.approve');
    await office.heard(engineer, `${number} is approved`);

    expect(early).toEqual([]);
    expect(confirmed.ts).toBe(question.ts);
    expect(workspace.plain(card)).toContain('Until that is confirmed, their approval alone is not enough.');
    expect(office.said(ospo, 'Small thing managed again')).toEqual([]);
  });

  it('somebody else is chosen by the office, never by others', async () => {
    const { engineer, lead, reviewer } = workspace.people;
    const question = await office.heard(ospo, 'is confirmed as the manager of');

    const form = await office.form(reviewer, question, 'managers.other');
    await workspace.as(reviewer).select(form, 'manager', engineer);
    const own = await workspace.as(reviewer).submit();
    await workspace.as(reviewer).select(form, 'manager', lead);
    await workspace.as(reviewer).submit();
    const changed = await office.heard(ospo, 'OSPO lead is confirmed as the manager of');
    const number = await office.ask(engineer, 'managed by another', 'manager');

    const theirs = await office.cardSaying(number, lead, 'needs you: Manager');

    expect(own).toMatchObject({ kind: 'errors' });
    expect(changed.ts).toBe(question.ts);
    expect(workspace.plain(theirs)).toContain('Small thing managed by another');
  });
});

describe('a question about answers of the form', () => {
  it('is answered by correcting them: what changed is shown, more people are asked where that needs it', async () => {
    const { engineer, lead } = workspace.people;
    const number = await office.ask(engineer, 'wrong-name', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing wrong-name');
    await office.form(lead, card, 'requests.more', 'ask');
    await workspace.as(lead).submit({ text: 'Is this the right name?', fields: ['name', 'way'] });
    const asked = await office.heard(engineer, 'Is this the right name?', 'needs to know more about');

    const form = await office.form(engineer, asked, 'requests.answer');
    const wrong = await workspace.as(engineer).submit({ 'name.0.0': '' });
    await workspace.as(engineer).submit({ 'name.0.0': 'right-name', 'way.0.0': 'secret' });
    const back = await office.heard(lead, `answers about ${number}:`, 'right-name');
    const legal = await office.cardSaying(number, workspace.people.legal, 'Small thing right-name');

    expect(workspace.plain(form)).toContain('Correct what is asked about here');
    expect(wrong).toMatchObject({ kind: 'errors' });
    expect(workspace.plain(back)).toMatch(/Name: wrong-name.* → right-name/);
    expect(workspace.plain(legal)).toContain('Confidential');
  });
});

describe('whoever approved before an answer was corrected', () => {
  /** Legal approved, and the office asks about the answers. */
  async function askedAfterApproval(name: string) {
    const { engineer, lead, legal } = workspace.people;
    const number = await office.ask(engineer, name, 'parallel');
    const theirs = await office.cardSaying(number, legal, 'needs you: Legal');
    await workspace.as(legal).click(theirs, 'requests.approve');
    const card = await office.cardSaying(number, ospo, 'Legal: approved by');
    await office.form(lead, card, 'requests.more', 'ask');
    await workspace.as(lead).submit({ text: 'Is this right?', fields: ['name', 'way'] });
    const asked = await office.heard(engineer, 'Is this right?', `know more about ${number}`);
    await office.form(engineer, asked, 'requests.answer');
    return number;
  }

  it('hears of it, and takes the approval back with one button', async () => {
    const { engineer, legal } = workspace.people;
    const number = await askedAfterApproval('first-name');
    await workspace.as(engineer).submit({ 'name.0.0': 'second-name', 'way.0.0': 'parallel' });
    const told = await office.heard(legal, `answers about ${number}:`, 'Your approval stands unless you take it back');

    await workspace.as(legal).click(told, 'requests.recall');
    const again = await office.cardSaying(number, legal, 'needs you: Legal');
    await workspace.as(legal).click(told, 'requests.recall');
    const refused = await workspace.waitFor(
      () =>
        workspace.ephemerals(legal).find((one) => workspace.plain(one).includes('No approval of yours stands here')),
      { what: 'that it was taken back' },
    );
    await workspace.as(legal).click(again, 'requests.approve');
    const decided = await office.cardSaying(number, ospo, 'Legal: approved by');

    expect(workspace.plain(told)).toMatch(/Name: first-name.* → second-name/);
    expect(workspace.plain(again)).toContain('Small thing second-name');
    expect(refused.channel).toBe(told.channel);
    expect(workspace.plain(decided)).toContain('Open source office: waits for');
  });

  it('is asked again where the correction decides who is asked', async () => {
    const { engineer, legal } = workspace.people;
    const number = await askedAfterApproval('a-change-of-way');
    await workspace.as(engineer).submit({ 'name.0.0': 'a-change-of-way', 'way.0.0': 'vote' });

    const told = await office.heard(legal, `${number} was corrected in what decides`);
    const again = await office.cardSaying(number, legal, 'needs you: Legal');

    expect(workspace.plain(told)).toMatch(/Way: Parallel.* → Vote/);
    expect(workspace.plain(again)).toContain('Review board');
    expect(office.said(legal, `${number} needs you (Legal)`)).toEqual([]);
  });
});

describe('whoever stands in for somebody', () => {
  it('has the cards within minutes when the absence begins, and decides in their place', async () => {
    const { engineer, employee, legal } = workspace.people;
    const number = await office.ask(engineer, 'while away', 'parallel');
    await office.cardSaying(number, legal, 'needs you: Legal');

    await workspace.as(legal).slash('/ospo', `away 2026-12-24 <@${employee}>`);
    const theirs = await office.cardSaying(number, employee, 'needs you: Legal');
    await workspace.as(employee).click(theirs, 'requests.approve');
    const decided = await office.cardSaying(number, ospo, 'Legal: approved by');
    await workspace.as(legal).slash('/ospo', 'away off');

    expect(workspace.plain(decided)).toContain('Small thing while away');
  });
});

describe('whoever waits for the request of a colleague', () => {
  it('hears at the moment that it has ended', async () => {
    const { engineer, employee } = workspace.people;
    const number = await office.ask(engineer, 'shared', 'office');
    await workspace.as(employee).slash('/ospo', 'request tiny name="shared" way=office');
    await shownTo(employee, 'Why');
    await workspace.as(employee).submit();
    const before = await shownTo(employee, 'asks the same');
    await workspace.as(employee).click(before, `requests.await:${number}`);
    await shownTo(employee, `You hear when ${number} is decided.`);

    const mine = await office.heard(engineer, `${number} ·`, 'You hear by');
    await workspace.as(engineer).click(mine, 'requests.withdraw');
    const told = await office.heard(employee, `${number}, which you wait for, has ended without an approval`);

    expect(told.bot).toBe(true);
  });
});

describe('files', () => {
  it('are uploaded in the form, kept as links, and opened from the details by whoever gave them', async () => {
    const { engineer, lead } = workspace.people;
    const actor = workspace.as(engineer);
    await actor.slash('/ospo', 'request tiny name="with papers" way=office');
    const form = await shownTo(engineer, 'Or upload files');
    await actor.select(form, 'files', [
      workspace.upload(engineer, { name: 'audit 2026.pdf', mimetype: 'application/pdf', content: Buffer.from('%PDF') }),
    ]);
    await actor.submit({ 'papers.0.0': 'https://wiki.example.com/why' }, form);
    await shownTo(engineer, 'Decides');
    await actor.submit();
    const card = await office.heard(ospo, 'Small thing with papers');

    const details = await office.form(lead, card, 'requests.details');
    const mine = await office.heard(engineer, 'Small thing with papers', 'You hear by');
    const own = await office.form(engineer, mine, 'requests.details');

    expect(JSON.stringify(own.view)).toMatch(
      /"type":"link","url":"https:[^"]+#audit%202026\.pdf","text":"audit 2026\.pdf"/,
    );
    expect(JSON.stringify(details.view)).toContain('{"type":"text","text":"audit 2026.pdf"}');
    expect(workspace.plain(details)).toContain('Get the file');
    expect(JSON.stringify(details.view)).toContain('"url":"https://wiki.example.com/why"');
  });
});
