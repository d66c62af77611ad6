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
    { what: `a view saying "${texts.join('", "')}"`, withinMs: 15_000 },
  );

describe('a requester whose manager nobody knows', () => {
  it('is asked who that is, who then decides as the manager, and is proposed the next time', async () => {
    const { engineer, employee } = workspace.people;
    await office.fillIn(engineer, 'managed', 'manager');
    const review = await shownTo(engineer, 'Who is your manager?');

    await workspace.as(engineer).select(review, 'requests.set', employee);
    await shownTo(engineer, 'Decides: Manager (');
    await workspace.as(engineer).submit();
    const card = await office.heard(employee, 'Small thing managed', 'needs you: Manager');
    await workspace.as(employee).click(card, 'requests.approve');
    await office.heard(engineer, 'is approved: Small thing managed');
    while (workspace.openViews(engineer).length > 0) await workspace.as(engineer).close();
    await office.fillIn(engineer, 'managed again', 'manager');
    const proposed = await shownTo(engineer, 'Who is your manager?');

    expect(workspace.plain(card)).toContain('as their manager; the directory knows none.');
    expect(JSON.stringify(proposed.view)).toContain(`"initial_user":"${employee}"`);
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
