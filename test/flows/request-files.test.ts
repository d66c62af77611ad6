import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message, StoredFile } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { openRequestOffice, type RequestOffice, tinyType } from './requests.ts';

const withPapers = tinyType
  .replace(
    'steps:',
    '  - { id: papers, kind: files, label: { en: Papers, zh-CN: 材料 }, required: false, fact: true }\nsteps:',
  )
  .replace('[name, way, reason]', '[name, way, reason, papers]');

let office: RequestOffice;
let workspace: Workspace;
beforeAll(async () => {
  office = await openRequestOffice(withPapers);
  ({ workspace } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.clock.advance(2_000));
afterEach(() => {
  workspace.faults.clear();
  expect(workspace.complaints).toEqual([]);
});

const papers = {
  contract: {
    name: 'contract.pdf',
    mimetype: 'application/pdf',
    content: Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 255, 13, 10]),
  },
  letter: { name: '来函 原件.pdf', mimetype: 'application/pdf', content: Buffer.from('来函'.repeat(200)) },
};
type Paper = keyof typeof papers;

/** Asks for a small thing with files; resolves with its number and the ids of the files. */
async function askWith(name: string, way: string, given: readonly Paper[], links = ''): Promise<[string, string[]]> {
  const { employee } = workspace.people;
  const actor = workspace.as(employee);
  const files = given.map((paper) => workspace.upload(employee, papers[paper]));
  await actor.slash('/ospo', `request tiny name="${name}" way=${way}`);
  const view = await workspace.waitFor(() => workspace.openViews(employee).at(-1), { what: 'the form' });
  await workspace.settled();
  const block = (ending: string) =>
    [...JSON.stringify(view.view).matchAll(/"block_id":"(papers\.[^"]+)"/g)]
      .map(([, id = '']) => id)
      .find((id) => id.endsWith('.upload') === (ending === 'upload')) ?? '';
  await actor.submit({ [block('upload')]: files, ...(links ? { [block('links')]: links } : {}) });
  const top = () => JSON.stringify(workspace.openViews(employee).at(-1)?.view);
  await workspace.waitFor(() => top().includes('requests.change'), { what: 'the last look' });
  await actor.submit();
  const [number = ''] = await workspace.waitFor(() => /REQ-\d+/.exec(top()), { what: 'a number' });
  while (workspace.openViews(employee).length > 0) await actor.close();
  return [number, files.map(({ id }) => String(id))];
}

/** Files that the bot put into somebody's conversation since `after`, with the messages that show them. */
function handedTo(person: string): readonly { readonly message: Message; readonly file: StoredFile }[] {
  return workspace
    .conversation(person)
    .filter(({ bot }) => bot)
    .flatMap((message) => message.files.map((file) => ({ message, file })));
}

const got = (person: string, count: number, what = 'the files') =>
  workspace.waitFor(() => handedTo(person).length >= count && handedTo(person).slice(-count), {
    what,
    withinMs: 30_000,
  });

/** Resolves once somebody alone was shown this. */
const whispered = (person: string, text: string) =>
  workspace.waitFor(() => workspace.ephemerals(person).some((message) => workspace.plain(message).includes(text)), {
    what: `"${text}", not "${workspace.ephemerals(person).map(workspace.plain).at(-1)}"`,
    withinMs: 30_000,
  });

describe('files of a request', () => {
  it('come to whoever decides, byte for byte, below their card, and to nobody else', async () => {
    const { employee, legal: counsel } = workspace.people;
    const [number, [contract = '']] = await askWith('a quiet thing', 'secret', ['contract', 'letter']);
    const card = await office.cardSaying(number, counsel, 'Papers');

    await workspace.as(counsel).click(card, 'requests.files');
    const files = await got(counsel, 2);
    await whispered(counsel, 'The files are on their way');

    expect(files.map(({ file }) => [file.name, file.content.equals(papers.contract.content)])).toEqual([
      ['contract.pdf', true],
      ['来函 原件.pdf', false],
    ]);
    expect(files[1]?.file.content.equals(papers.letter.content)).toBe(true);
    // What is confidential says its number and no more.
    expect(files.map(({ file }) => file.title)).toEqual([`${number}, file 1`, `${number}, file 2`]);
    expect(files.map(({ message }) => message.thread)).toEqual([card.ts, card.ts]);
    expect(workspace.fileFor(counsel, contract)).toBeUndefined();
    expect(workspace.fileFor(counsel, files[0]?.file.id ?? '')).toBeDefined();
    expect(workspace.fileFor(employee, files[0]?.file.id ?? '')).toBeUndefined();
    expect(handedTo(employee)).toEqual([]);
  });

  it('are fetched from a channel by those who may read the request, each in their own conversation', async () => {
    const { lead, engineer } = workspace.people;
    const { ospo } = workspace.channels;
    const [number] = await askWith('an open thing', 'office', ['contract'], 'https://wiki.example.com/plan');
    const card = await office.cardSaying(number, ospo, 'Papers');
    const before = handedTo(lead).length;

    await workspace.as(lead).click(card, 'requests.files');
    const [first] = await got(lead, before + 1).then((all) => all.slice(-1));
    workspace.invite(ospo, engineer);
    await workspace.as(engineer).click(card, 'requests.files');
    await whispered(engineer, `${number} is confidential and not yours to see.`);
    await office.clock.advance(5_000);

    expect(first?.file.title).toBe('contract.pdf');
    expect(first?.message.text).toBe(`Files of ${number}:`);
    expect(workspace.messages(ospo).flatMap(({ files }) => files)).toEqual([]);
    expect(handedTo(engineer)).toEqual([]);
  });

  it('are sent once, however often somebody presses', async () => {
    const { legal } = workspace.people;
    const [number] = await askWith('pressed twice', 'secret', ['contract']);
    const card = await office.cardSaying(number, legal, 'Papers');
    const before = handedTo(legal).length;

    await Promise.all([
      workspace.as(legal).click(card, 'requests.files'),
      workspace.as(legal).click(card, 'requests.files'),
    ]);
    await got(legal, before + 1);
    await office.clock.advance(30_000);
    await workspace.waitFor(
      async () => {
        await workspace.as(legal).click(card, 'requests.files');
        await office.clock.advance(5_000);
        return workspace.ephemerals(legal).some((message) => workspace.plain(message).includes('You asked for these'));
      },
      { what: 'that they came', withinMs: 30_000 },
    );
    await office.clock.advance(60_000);

    expect(handedTo(legal).length).toBe(before + 1);
  });

  it('that are gone are named plainly, and the others come all the same', async () => {
    const { employee, legal } = workspace.people;
    const [number, [contract = '']] = await askWith('with a gap', 'secret', ['contract', 'letter']);
    const card = await office.cardSaying(number, legal, 'Papers');
    const before = handedTo(legal).length;

    workspace.as(employee).removeFile(contract);
    await workspace.as(legal).click(card, 'requests.files');
    const [only] = (await got(legal, before + 1)).slice(-1);
    await office.clock.advance(10_000);
    const said = await office.heard(legal, 'its owner deleted it');

    expect(only?.file.name).toBe('来函 原件.pdf');
    expect(JSON.stringify(said.blocks)).toContain(`Some files of ${number} I cannot hand on`);
    expect(said.text).not.toContain('contract');
    expect(said.thread).toBe(card.ts);
  });

  it('of somebody else are not touched, whoever writes their link into a form', async () => {
    const { employee, legal, manager } = workspace.people;
    const theirs = workspace.upload(manager, papers.contract);
    const [number] = await askWith('a borrowed link', 'secret', ['letter'], String(theirs.permalink));
    const card = await office.cardSaying(number, legal, 'Papers');
    const before = handedTo(legal).length;

    await workspace.as(legal).click(card, 'requests.files');
    await got(legal, before + 1);
    await office.clock.advance(10_000);
    const said = await office.heard(legal, 'does not belong');

    expect(
      handedTo(legal)
        .slice(before)
        .map(({ file }) => file.name),
    ).toEqual(['来函 原件.pdf']);
    expect(JSON.stringify(said.blocks)).not.toContain('contract');
    expect(handedTo(employee)).toEqual([]);
  });

  it.each([
    ['dies before Slack has answered', 'lost_answer'],
    ['stops before Slack was asked', 'http_500'],
  ] as const)('come once when the bot %s', async (_, kind) => {
    const { legal } = workspace.people;
    const [number] = await askWith(`over a restart, ${kind}`, 'secret', ['contract']);
    const card = await office.cardSaying(number, legal, 'Papers');
    const before = handedTo(legal).length;

    const fault = workspace.faults.api.inject({ kind }, { only: 'files.completeUploadExternal', times: 1 });
    await workspace.as(legal).click(card, 'requests.files');
    await workspace.waitFor(() => fault.hits() === 1, { what: 'the call that goes wrong', withinMs: 30_000 });
    await office.bot.restart();
    await office.clock.advance(20_000);
    await got(legal, before + 1);
    await office.clock.advance(60_000);
    await workspace.settled();

    expect(handedTo(legal).length).toBe(before + 1);
  });

  it('do not come any more to whoever lost their part in a confidential request meanwhile', async () => {
    const { legal, employee } = workspace.people;
    const [number] = await askWith('lost on the way', 'secret', ['contract']);
    const card = await office.cardSaying(number, legal, 'Papers');
    const before = handedTo(legal).length;

    const fault = workspace.faults.api.inject({ kind: 'http_500' }, { only: 'files.getUploadURLExternal', times: 1 });
    await workspace.as(legal).click(card, 'requests.files');
    await workspace.waitFor(() => fault.hits() === 1, { what: 'the call that goes wrong', withinMs: 30_000 });
    const group = workspace.userGroups().find(({ handle }) => handle === 'legal');
    workspace.setGroupUsers(group?.id ?? '', [employee]);
    await workspace.settled();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await office.clock.advance(60_000);
    await workspace.settled();

    expect(handedTo(legal).length).toBe(before);
    workspace.setGroupUsers(group?.id ?? '', [legal]);
  });
});
