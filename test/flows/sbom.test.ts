import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MovableClock, movableClock, systemClock } from '../../src/core/time.ts';
import type { Message } from '../../src/playground/state.ts';
import { type Bot, startBot } from './bot.ts';

let bot: Bot;
let clock: MovableClock;
beforeAll(async () => {
  clock = movableClock(systemClock.now(), true);
  bot = await startBot({ clock, office: true });
});
afterAll(() => bot.stop());

const sbomOf = (components: readonly unknown[]) =>
  JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components });
const component = (name: string, id: string) => ({ type: 'library', name, licenses: [{ license: { id } }] });

function fileNamed(name: string, text: string) {
  return { name, mimetype: 'application/json', content: Buffer.from(text) };
}

function inThreadOf(question: Message): readonly Message[] {
  const { workspace } = bot;
  return workspace.messages(question.channel).filter((message) => message.bot && message.thread === question.ts);
}

async function nextIn(question: Message, seen: number): Promise<Message> {
  await clock.advance(2_000);
  return bot.workspace.waitFor(() => inThreadOf(question)[seen], { what: `answer ${seen}`, withinMs: 30_000 });
}

function send(name: string, text: string): Message {
  const { workspace } = bot;
  return workspace.as(workspace.people.employee).dm('', { files: [fileNamed(name, text)] });
}

/** The form that the button of a table opens, as it is once the SBOM was read. */
async function requestFrom(person: string, table: Message): Promise<string> {
  const { workspace } = bot;
  await workspace.as(person).click(table, 'licensing.sbom_request');
  const view = await workspace.waitFor(
    () => {
      const words = JSON.stringify(workspace.openViews(person).at(-1)?.view ?? {});
      return words.includes('(1 of ') ? words : undefined;
    },
    { what: 'the form', withinMs: 30_000 },
  );
  return view;
}

function draftIn(view: string): string | undefined {
  return /sbom-[\w.-]+-server/.exec(view)?.[0];
}

describe('an SBOM in a direct message', () => {
  it('is judged for the use that a button names, with one request for what needs it', async () => {
    const { workspace } = bot;
    const sent = send(
      'bom.json',
      sbomOf([component('a-database', 'AGPL-3.0-only'), component('a-search', 'SSPL-1.0')]),
    );
    const asked = await nextIn(sent, 0);

    await workspace.as(workspace.people.employee).click(asked, 'licensing.sbom:server');
    const table = await nextIn(sent, 1);
    const shown = workspace.plain(table);

    expect(workspace.plain(asked)).toContain('I read bom.json (CycloneDX 1.6): 2 components.');
    expect(shown).toContain('AGPL-3.0-only (1): a-database');
  });

  it('opens one request for all that need one, and the same draft when it is pressed again', async () => {
    const { workspace } = bot;
    const { employee } = workspace.people;
    const person = workspace.as(employee);
    const many = Array.from({ length: 300 }, (_, at) => component(`database-${at}`, 'AGPL-3.0-only'));
    const asked = await nextIn(send('bom.json', sbomOf(many)), 0);
    await person.click(asked, 'licensing.sbom:server');
    const table = await workspace.waitFor(
      () => workspace.messages(asked.channel).findLast((message) => workspace.plain(message).includes('database-0')),
      { what: 'the table' },
    );

    const first = await requestFrom(employee, table);
    await person.close();
    const second = await requestFrom(employee, table);
    await person.close();

    expect(first).toContain('Components (1 of 3)');
    expect(first).toContain('database-0 · AGPL-3.0-only\\ndatabase-1 · AGPL-3.0-only\\n');
    expect(first).toMatch(/\(1\d\d more in the SBOM\)/);
    expect(first).toMatch(/slack\.com\/files\/\w+\/F\w+\/bom\.json/);
    expect(draftIn(second)).toBe(draftIn(first));
  });

  it('opens the form for one component when only one needs a request', async () => {
    const { workspace } = bot;
    const { employee } = workspace.people;
    const lonely = { ...component('lonely-db', 'AGPL-3.0-only'), version: '2.0', purl: 'pkg:npm/lonely-db@2.0' };
    const sent = send('bom.json', sbomOf([lonely]));
    const asked = await nextIn(sent, 0);
    await workspace.as(employee).click(asked, 'licensing.sbom:server');
    const table = await nextIn(sent, 1);

    const form = await requestFrom(employee, table);
    await workspace.as(employee).close();

    expect(form).toContain('Component (1 of ');
    expect(form).toContain('pkg:npm/lonely-db@2.0');
    expect(form).toContain('AGPL-3.0-only');
  });

  it('opens nothing for anybody else', async () => {
    const { workspace } = bot;
    const { employee, engineer } = workspace.people;
    const sent = send('bom.json', sbomOf([component('a-database', 'AGPL-3.0-only')]));
    const asked = await nextIn(sent, 0);
    await workspace.as(employee).click(asked, 'licensing.sbom:server');
    const table = await nextIn(sent, 1);

    await workspace
      .as(engineer)
      .click(table, 'licensing.sbom_request')
      .catch(() => undefined);
    await workspace.settled();

    expect(JSON.stringify(workspace.openViews(engineer))).not.toContain('a-database');
  });

  it('gives the whole list as a file to the sender, and nothing to anybody else', async () => {
    const { workspace } = bot;
    const { employee, engineer } = workspace.people;
    const sent = send('bom.json', sbomOf([component('=cmd', 'MIT')]));
    const asked = await nextIn(sent, 0);
    await workspace.as(employee).click(asked, 'licensing.sbom:server');
    const table = await nextIn(sent, 1);

    await workspace.as(employee).click(table, 'licensing.sbom_all');
    const file = await workspace.waitFor(
      () => workspace.messages(sent.channel).find((message) => message.bot && message.files.length > 0),
      { what: 'the file' },
    );
    await workspace
      .as(engineer)
      .click(table, 'licensing.sbom_all')
      .catch(() => undefined);
    await workspace.settled();

    const [{ content } = { content: Buffer.from('') }] = file.files;
    expect(content.toString()).toContain("'=cmd,MIT");
    const files = workspace.messages(sent.channel).filter((message) => message.bot && message.files.length > 0);
    expect(files).toHaveLength(1);
  });

  it.each([
    ['is no JSON', 'bom.json', '{"bomFormat": ', 'The file is not JSON'],
    ['is XML', 'bom.xml', '<bom/>', 'This is XML; only JSON is read.'],
  ])('says what is wrong with a file that %s', async (_, name, text, words) => {
    const problem = await nextIn(send(name, text), 0);

    expect(bot.workspace.plain(problem)).toContain(words.slice(0, 8));
  });

  it('without components is not asked about', async () => {
    const sent = send('empty.json', sbomOf([]));

    const said = await nextIn(sent, 0);

    expect(said.text).toContain('nothing to judge');
    expect(said.blocks?.some(({ type }) => type === 'actions')).toBe(false);
  });

  it('of 20,000 components comes back in seconds', async () => {
    const { workspace } = bot;
    const all = Array.from({ length: 20_000 }, (_, at) => component(`package-${at}`, at % 2 ? 'MIT' : 'ISC'));
    const before = performance.now();

    const asked = await nextIn(send('large.json', sbomOf(all)), 0);

    expect(workspace.plain(asked)).toContain('20000 components');
    expect(performance.now() - before).toBeLessThan(15_000);
  });

  it('leaves other files to the words of the message', async () => {
    const { workspace } = bot;
    const sent = workspace
      .as(workspace.people.employee)
      .dm('who may sign a CLA?', { files: [fileNamed('screenshot.png', 'not a picture')] });

    const answer = await nextIn(sent, 0);

    expect(workspace.plain(answer)).toContain('Holds for:');
  });
});
