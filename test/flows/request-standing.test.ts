import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRequestOffice, type RequestOffice, tinyType } from './requests.ts';

const coveredType = tinyType
  .replace('same: [name]', 'standing: [project, trust]\nsame: [name, way]')
  .replace('{ id: name, kind: text,', '{ id: name, kind: text, suggest: projects,');
const dayMs = 24 * 60 * 60_000;

let office: RequestOffice;
let workspace: RequestOffice['workspace'];
beforeAll(async () => {
  office = await openRequestOffice(coveredType);
  ({ workspace } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.clock.advance(60_000));
afterEach(async () => {
  for (const person of Object.values(workspace.people)) {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }
  expect(workspace.complaints).toEqual([]);
});

/** A lead grants a standing approval by its form; resolves with what the form says in the end. */
async function grant(values: Readonly<Record<string, string | readonly string[]>>): Promise<string> {
  const { lead } = workspace.people;
  const known = workspace.ephemerals(lead).length;
  await workspace.as(lead).slash('/ospo', 'standing');
  const answer = await workspace.waitFor(() => workspace.ephemerals(lead)[known], { what: 'the own ones' });
  await workspace.as(lead).click(answer, 'standing.grant');
  await workspace.waitFor(() => workspace.openViews(lead).at(-1), { what: 'the form' });
  const sent = await workspace.as(lead).submit({ note: 'Because we work on it.', ...values });
  if (sent.kind === 'errors') return JSON.stringify(sent.errors);
  const said = await workspace.waitFor(
    () => {
      const view = workspace.openViews(lead).at(-1);
      const text = view && workspace.plain(view);
      return text?.includes('in force') ? text : undefined;
    },
    { what: 'that it is in force' },
  );
  while (workspace.openViews(lead).length > 0) await workspace.as(lead).close();
  return said;
}

/** Day by day, with time for what a day brings to be written down. */
async function daysPass(days: number): Promise<void> {
  for (let passed = 0; passed < days; passed += 1) {
    await office.clock.advance(dayMs);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await office.clock.advance(60_000);
}

describe('a standing approval', () => {
  it('of a project lets what it covers pass at once, for everybody, and nothing else', async () => {
    const { employee } = workspace.people;
    await grant({ kind: 'project', projects: 'covered/one' });

    const covered = await office.ask(employee, 'covered/one', 'office');
    const other = await office.ask(employee, 'covered/two', 'office');
    const flagged = await office.ask(employee, 'covered/one', 'secret');

    await office.heard(employee, `${covered} is approved`);
    await office.cardSaying(other, workspace.channels.ospo, 'needs');
    expect(office.said(employee, `${flagged} is approved`)).toEqual([]);
    expect(office.said(workspace.channels.ospo, covered)).toEqual([]);
  });

  it('is reminded of, said to be needed, and renewed by a lead; what it covers passes', async () => {
    const { employee, lead } = workspace.people;
    const said = await grant({ kind: 'trust', projects: 'trusted/one', people: [employee], until: '2026-12-10' });
    const [number = ''] = /SA-\d+/.exec(said) ?? [];
    await office.heard(employee, `granted ${number}`, 'Because we work on it.');

    await daysPass(3);
    const reminder = await office.heard(employee, `${number} ends`, 'lapses');
    await workspace.as(employee).click(reminder, 'standing.needed');
    const needed = await office.heard(lead, `still needs ${number}`);
    await workspace.as(lead).click(needed, 'standing.renew');
    await office.heard(employee, `${number} is renewed until`);
    const covered = await office.ask(employee, 'trusted/one', 'office');
    await office.heard(employee, `${covered} is approved`);

    expect(office.said(employee, `${number} has ended`)).toEqual([]);
  });

  it('is refused to whoever would cover themselves, and to whoever leads nothing', async () => {
    const { employee, lead } = workspace.people;
    const known = workspace.ephemerals(employee).length;

    const own = await grant({ kind: 'trust', projects: 'own/one', people: [lead] });
    await workspace.as(employee).slash('/ospo', 'standing');
    const theirs = await workspace.waitFor(() => workspace.ephemerals(employee)[known], { what: 'the own ones' });

    expect(own).toContain('This would cover yourself');
    expect(JSON.stringify(theirs)).not.toContain('standing.grant');
  });

  it('tells whoever keeps a signed list at once when somebody on it leaves', async () => {
    const { reviewer, lead, legal } = workspace.people;
    const said = await grant({ kind: 'ccla', projects: 'signed/one', people: [reviewer, legal] });
    const [number = ''] = /SA-\d+/.exec(said) ?? [];

    workspace.updatePerson(legal, { deleted: true });
    const told = await office.heard(lead, 'has left', number);

    expect(workspace.plain(told)).toContain('Tell it to take the name off.');
    expect(office.said(lead, 'has left', number)).toHaveLength(1);
  });
});

describe('who is on signed lists', () => {
  it('comes as a file to whoever keeps or leads, with everybody on them', async () => {
    const { employee, lead } = workspace.people;
    const said = await grant({ kind: 'ccla', projects: 'listed/one', people: [employee] });
    const [number = ''] = /SA-\d+/.exec(said) ?? [];
    const known = workspace.ephemerals(lead).length;
    await workspace.as(lead).slash('/ospo', 'standing');
    const own = await workspace.waitFor(() => workspace.ephemerals(lead)[known], { what: 'the own ones' });
    const list = await office.form(lead, own, 'standing.list');

    await workspace.as(lead).click(list, 'standing.coverage');
    const file = await workspace.waitFor(
      () =>
        workspace.wire
          .callsOf('files.completeUploadExternal')
          .flatMap(({ args }) => filesIn(args))
          .at(-1),
      { what: 'the file' },
    );

    expect(workspace.file(file)?.name).toBe('contributor-agreements.csv');
    expect(workspace.file(file)?.content.toString()).toContain(`${number},listed/one,${employee},`);
  });
});

describe('the register', () => {
  it('answers whether anyone had something approved, and nothing of what is confidential', async () => {
    const { engineer, employee, lead } = workspace.people;
    await grant({ kind: 'project', projects: 'known/thing' });
    const number = await office.ask(employee, 'known/thing', 'office', 'A word of our own.');
    await office.heard(employee, `${number} is approved`);
    const secret = await office.ask(employee, 'hidden/thing', 'secret');

    workspace.as(engineer).dm('Has anyone had known/thing approved before?');
    const found = await office.heard(engineer, 'known/thing is approved', number);
    workspace.as(engineer).dm('有人申请过 hidden/thing 吗？');
    const none = await office.heard(engineer, '没有查到 hidden/thing');
    const seen = workspace.ephemerals(lead).length;
    await workspace.as(lead).slash('/ospo', 'has anyone had known/thing approved');
    const answer = await workspace.waitFor(() => workspace.ephemerals(lead)[seen], { what: 'the answer' });

    expect(workspace.plain(found)).not.toContain('A word of our own.');
    expect(workspace.plain(none)).not.toContain(secret);
    expect(workspace.plain(answer)).toContain(number);
  });

  it('answers in the ask modal and in Home, too', async () => {
    const { employee, engineer } = workspace.people;
    const number = await office.ask(employee, 'asked/thing', 'office');
    const card = await office.cardSaying(number, workspace.channels.ospo, 'asked/thing');
    await workspace.as(workspace.people.lead).click(card, 'requests.approve');
    await office.heard(employee, `${number} is approved`);

    await workspace.as(engineer).globalShortcut('ask_global');
    await workspace.waitFor(() => workspace.openViews(engineer).at(-1), { what: 'the form' });
    await workspace.as(engineer).submit({ question: 'Has anyone had asked/thing approved before?' });
    const inModal = await saying(engineer, 'asked/thing is approved');
    await workspace.as(engineer).close();
    workspace.as(engineer).openHome();
    const home = await workspace.waitFor(() => workspace.home(engineer), { what: 'Home' });
    await workspace.as(engineer).select(home, 'ask.home', '有人申请过 asked/thing 吗？');
    const fromHome = await saying(engineer, number);

    expect(workspace.plain(inModal)).toContain(number);
    expect(JSON.stringify(fromHome.view)).toContain('requests.open');
  });

  it('is what forms offer while somebody types', async () => {
    const { engineer, employee, lead } = workspace.people;
    const number = await office.ask(employee, 'offered/thing', 'office');
    await workspace
      .as(lead)
      .click(await office.cardSaying(number, workspace.channels.ospo, 'offered'), 'requests.approve');
    await office.heard(employee, `${number} is approved`);

    await workspace.as(engineer).slash('/ospo', 'request tiny');
    const form = await workspace.waitFor(() => workspace.openViews(engineer).at(-1), { what: 'the form' });
    const offered = await workspace.as(engineer).type(form, 'requests.pick:tiny/name', 'offer');

    expect(JSON.stringify(offered)).toContain('offered/thing');
    expect(JSON.stringify(offered)).not.toContain('hidden/thing');
  });
});

async function saying(person: string, text: string) {
  return workspace.waitFor(
    () => {
      const view = workspace.openViews(person).at(-1);
      return view && workspace.plain(view).includes(text) ? view : undefined;
    },
    { what: `a modal saying ${text}` },
  );
}

function filesIn(args: Readonly<Record<string, unknown>>): readonly string[] {
  return (args.files as readonly { readonly id: string }[]).map(({ id }) => id);
}
