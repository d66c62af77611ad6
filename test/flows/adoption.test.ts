import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type MovableClock, movableClock, systemClock } from '../../src/core/time.ts';
import { shippedDir } from '../../src/layers.ts';
import type { Message } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { type Bot, startBot } from './bot.ts';

const signOff = 'what is the DCO and how do I sign off a commit?';
const fix = 'I found a security hole in a library we use, where do I report it';
const hobby = 'side project during employment';
const starter = 'Starter text, not yet confirmed by your open source office';
const article = 'knowledge/contributing/cla.en.md';
const withinMs = 30_000;

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
let contentDir: string;

beforeAll(async () => {
  clock = movableClock(systemClock.now(), true);
  contentDir = await mkdtemp(join(tmpdir(), 'ospo-content-'));
  await writeOwn('organization.yml', await organizationWithPeople());
  bot = await startBot({ clock, contentDir, workspace: { timing: { retryAfterMs: [20, 50] } } });
  ({ workspace } = bot);
  // The directory is read in the background after the start.
  await workspace.waitFor(() => workspace.wire.callsOf('usergroups.list').length > 0);
  await workspace.settled();
});
afterAll(async () => {
  await bot.stop();
  await rm(contentDir, { recursive: true, force: true });
});
// Messages to one channel keep a second's distance; between tests nobody needs to wait for it.
beforeEach(() => clock.advance(2_000));
afterEach(() => expect(workspace.complaints).toEqual([]));

/** The sample organization, with a lead, and with people in two of its entities. */
async function organizationWithPeople(): Promise<string> {
  const sample = parse(await readFile(`${shippedDir}organization.yml`, 'utf8'));
  return stringify({
    ...sample,
    roles: { ...sample.roles, 'ospo-lead': ['U0LEAD'] },
    people: [
      { who: 'U0SHANGHAI', entity: 'cn' },
      { who: 'U0MANAGER', entity: 'de' },
    ],
  });
}

async function writeOwn(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(contentDir, path)), { recursive: true });
  await writeFile(join(contentDir, path), text);
}

/** Leaves the store as if an older English text of an article had been adopted. */
function adoptOlder(topic: string, short: string): void {
  const program = fileURLToPath(new URL('./older-adoption.ts', import.meta.url));
  execFileSync(process.execPath, ['--import', 'tsx', program, bot.stateDir, topic, short]);
}

/** Asks in a direct message and waits for the answer in its thread. */
async function ask(person: string, text: string): Promise<Message> {
  await clock.advance(2_000);
  const question = workspace.as(person).dm(text);
  const inThread = () => workspace.conversation(person).find(({ bot: mine, thread }) => mine && thread === question.ts);
  return workspace.waitFor(inThread, { what: 'an answer in the thread', withinMs });
}

/** Asks until the answer says it: files are watched, not polled. */
async function askUntil(person: string, text: string, says: string): Promise<string> {
  const deadline = systemClock.now() + withinMs;
  for (;;) {
    const shown = workspace.plain(await ask(person, text));
    if (shown.includes(says) || systemClock.now() > deadline) return shown;
  }
}

/** What only the person sees after a command. */
async function command(person: string, text: string): Promise<string> {
  const before = workspace.ephemerals(person).length;
  await workspace.as(person).slash('/ospo', text);
  const answer = await workspace.waitFor(() => workspace.ephemerals(person)[before], {
    what: 'an answer to a command',
  });
  return workspace.plain(answer);
}

describe('adopting in Slack', () => {
  it('is for the open source office: anybody else is told so, in private', async () => {
    const { employee } = workspace.people;

    const said = await command(employee, 'adopt all');
    const shown = workspace.plain(await ask(employee, signOff));

    expect(said).toContain('Only the open source office adopts articles and policies');
    expect(shown).toContain(starter);
  });

  it('takes the line of the starter text off the answer, in the message and in its plain text', async () => {
    const { employee, lead } = workspace.people;
    const before = await ask(employee, signOff);

    const said = await command(lead, 'adopt dco');
    const after = await ask(employee, signOff);

    expect([before.text, workspace.plain(before)].every((text) => text.includes(starter))).toBe(true);
    expect(said).toContain('articles and policies are still starter text');
    expect([after.text, workspace.plain(after)].some((text) => text.includes(starter))).toBe(false);
    expect(after.text).toMatch(/dco [0-9a-f]{8}/);
  });

  it('stays adopted after a restart', async () => {
    await bot.restart();
    await workspace.settled();

    const shown = workspace.plain(await ask(workspace.people.employee, signOff));

    expect(shown).not.toContain(starter);
  });

  it('shows where everything stands', async () => {
    const said = await command(workspace.people.lead, 'adopt');

    expect(said).toMatch(/contributing: 1 of \d+ confirmed/);
    expect(said).toMatch(/using: 0 of \d+ confirmed/);
  });

  it('does not know what nobody wrote', async () => {
    const said = await command(workspace.people.lead, 'adopt <!channel> everything');

    expect(said).toContain('There is no article, policy or area called');
  });
});

describe('an update of what was adopted', () => {
  const question = 'what is an InnerSource project';

  it('waits: the adopted text answers, also after the bot was installed anew', async () => {
    await bot.restart(() => adoptOlder('innersource', 'Every internal repository is open to all of us.'));
    await workspace.settled();

    const shown = workspace.plain(await ask(workspace.people.employee, question));

    expect(shown).toContain('Every internal repository is open to all of us.');
    expect(shown).not.toContain(starter);
  });

  it('shows the difference to the office, who accepts it with a button', async () => {
    const { employee, lead } = workspace.people;
    const before = workspace.ephemerals(lead).length;

    await workspace.as(lead).slash('/ospo', 'adopt innersource');
    const offer = await workspace.waitFor(() => workspace.ephemerals(lead)[before], { what: 'the difference' });
    await workspace.as(lead).click(offer, 'adoption.accept');
    const shown = await askUntil(employee, question, 'any colleague may read');

    expect(workspace.plain(offer)).toContain('- **Every internal repository is open to all of us.**');
    expect(workspace.plain(offer)).toContain('One update waits');
    expect(shown).toContain('any colleague may read');
    expect(shown).not.toContain(starter);
  });
});

describe('the organization’s own folder', () => {
  it('is answered from within seconds, without a restart and without the line', async () => {
    const shipped = await readFile(`${shippedDir}${article}`, 'utf8');

    await writeOwn(article, shipped.replace(/^\*\*.*\*\*$/m, '**Our house rule: legal signs every agreement.**'));
    const shown = await askUntil(workspace.people.employee, 'who may sign a CLA?', 'Our house rule');

    expect(shown).toContain('Our house rule: legal signs every agreement.');
    expect(shown).not.toContain(starter);
  });

  it('keeps answering from the last good text when a file is broken, and from everything else', async () => {
    await writeOwn(article, '---\nid: [broken\n');
    await writeOwn('knowledge/contributing/new-one.en.md', 'no front matter');
    await writeOwn(
      'knowledge/contributing/dco.en.md',
      await readFile(`${shippedDir}knowledge/contributing/dco.en.md`, 'utf8'),
    );
    const dco = await askUntil(workspace.people.employee, 'what is the DCO sign-off', 'DCO');

    const shown = workspace.plain(await ask(workspace.people.employee, 'who may sign a CLA?'));

    expect(dco).toContain('DCO');
    expect(shown).toContain('Our house rule: legal signs every agreement.');
  });
});

describe('a text for one entity', () => {
  it('is shown to the people of that entity', async () => {
    const shown = workspace.plain(await ask(workspace.people.shanghai, fix));

    expect(shown).toContain('Vulnerabilities found by our company in China');
  });

  it('is not shown to people of another one', async () => {
    const shown = workspace.plain(await ask(workspace.people.manager, fix));

    expect(shown).toContain('Reporting or fixing a vulnerability');
  });

  it('is chosen by whoever we know too little about', async () => {
    const { employee } = workspace.people;
    const which = await ask(employee, fix);

    await workspace.as(employee).click(which, 'ask.show:0');
    const answer = await workspace.waitFor(
      () => workspace.conversation(employee).find((message) => Number(message.ts) > Number(which.ts) && message.bot),
      { withinMs },
    );

    expect(workspace.plain(which)).toContain('has several answers. Where do you work?');
    expect(workspace.plain(which)).toContain('Example Works (Shanghai)');
    expect(workspace.plain(which)).toContain('General');
    expect(workspace.plain(answer)).toContain('Vulnerabilities found by our company in China');
    expect(answer.text).toMatch(/security-fix\.cn [0-9a-f]{8}/);
  });
});

describe('keeping an answer', () => {
  it('leaves a receipt that names the exact text, when it was shown, and whose it is', async () => {
    const { employee } = workspace.people;
    const answer = await ask(employee, hobby);
    const version = /own-time ([0-9a-f]{8})/.exec(answer.text)?.[1] ?? 'none';
    await clock.advance(2_000);

    await workspace.as(employee).click(answer, 'ask.more', 'Keep this answer');
    const receipt = await workspace.waitFor(
      () => workspace.conversation(employee).find(({ text }) => text.startsWith('Receipt for an answer')),
      { what: 'a receipt', withinMs },
    );

    const shown = workspace.plain(receipt);
    expect(receipt.thread).toBeUndefined();
    expect(shown).toContain(`You asked: ${hobby}`);
    expect(shown).toMatch(new RegExp(`Version ${version}[0-9a-f]{56}`));
    expect(shown).toContain('Article own-time');
    expect(shown).toContain('reviewed 22 Nov 2026');
    expect(shown).toContain(starter);
  });

  it('gives the text that was shown, also when another one is in force by now', async () => {
    const { engineer } = workspace.people;
    const path = 'knowledge/contributing/own-time.en.md';
    const answer = await ask(engineer, hobby);
    const shipped = await readFile(`${shippedDir}${path}`, 'utf8');
    await writeOwn(path, shipped.replace(/^\*\*.*\*\*$/m, '**Another rule by now.**'));
    await askUntil(engineer, hobby, 'Another rule by now.');

    await workspace.as(engineer).click(answer, 'ask.more', 'Keep this answer');
    const receipt = await workspace.waitFor(
      () => workspace.conversation(engineer).find(({ text }) => text.startsWith('Receipt for an answer')),
      { what: 'a receipt', withinMs },
    );

    const version = /own-time ([0-9a-f]{8})/.exec(answer.text)?.[1];
    expect(workspace.plain(receipt)).toContain(`Version ${version}`);
    expect(workspace.plain(receipt)).not.toContain('Another rule by now.');
  });
});
