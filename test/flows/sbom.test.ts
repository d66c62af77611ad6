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
  return bot.workspace.waitFor(() => inThreadOf(question)[seen], { what: `answer ${seen}`, withinMs: 15_000 });
}

function send(name: string, text: string): Message {
  const { workspace } = bot;
  return workspace.as(workspace.people.employee).dm('', { files: [fileNamed(name, text)] });
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

    expect(workspace.plain(asked)).toContain('I read bom.json (CycloneDX 1.6), components: 2.');
    expect(shown).toContain('AGPL-3.0-only (1): a-database');
    expect(JSON.stringify(table.blocks)).toContain('component=a-database%2C+a-search&useCase=server');
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

  it('of 20,000 components comes back in seconds', async () => {
    const { workspace } = bot;
    const all = Array.from({ length: 20_000 }, (_, at) => component(`package-${at}`, at % 2 ? 'MIT' : 'ISC'));
    const before = performance.now();

    const asked = await nextIn(send('large.json', sbomOf(all)), 0);

    expect(workspace.plain(asked)).toContain('components: 20000');
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
