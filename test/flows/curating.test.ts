import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditEvents, verifyChain } from '../../src/core/audit.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { draftArticles, draftSubject } from '../../src/curating/draft.ts';
import { articleSubject, publishedArticles } from '../../src/curating/published.ts';
import type { Message } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { run } from '../cli/terminal.ts';
import { type Bot, startBot } from './bot.ts';

const withinMs = 30_000;
const unknown = 'do we hand out stickers with our mascot at meetups';
const day = 24 * 60 * 60_000;

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
let contentDir: string;
beforeAll(async () => {
  // A Tuesday morning in Berlin, where the office works.
  clock = movableClock(Date.UTC(2026, 10, 24, 9), true);
  contentDir = await mkdtemp(join(tmpdir(), 'ospo-curating-'));
  bot = await startBot({
    clock,
    contentDir,
    office: true,
    workspace: { timing: { ackWithinMs: 2_000, retryAfterMs: [20, 50] } },
  });
  ({ workspace } = bot);
  await workspace.waitFor(() => workspace.wire.callsOf('usergroups.list').length > 0);
  await workspace.settled();
});
afterAll(async () => {
  await bot.stop();
  await rm(contentDir, { recursive: true, force: true });
});
beforeEach(() => clock.advance(2_000));
afterEach(() => expect(workspace.complaints).toEqual([]));

const office = () => workspace.messages(workspace.channels.ospo).filter((message) => message.bot);
const conversation = (person: string) => workspace.conversation(person).filter((message) => message.bot);

async function ask(person: string, text: string): Promise<Message> {
  await clock.advance(2_000);
  const mine = workspace.as(person).dm(text);
  return workspace.waitFor(() => conversation(person).find((message) => message.thread === mine.ts), {
    what: 'an answer in the thread',
    withinMs,
  });
}

async function askUntil(person: string, text: string, says: string): Promise<string> {
  for (let tries = 0; tries < 20; tries += 1) {
    const shown = workspace.plain(await ask(person, text));
    if (shown.includes(says)) return shown;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return 'never';
}

/** Exports until it says what it should: what was clicked may still be on its way to the disk. */
async function exportUntil(isRight: (printed: string) => boolean): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    const printed = await onTheCommandLine('kb', 'export');
    if (isRight(printed) || tries === 40) return printed;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The view on top of what a person has open, once it is drawn with what it waits for. */
async function viewWith(person: string, words: string) {
  return workspace.waitFor(() => workspace.openViews(person).find((view) => JSON.stringify(view).includes(words)), {
    what: `a view with "${words}"`,
    withinMs,
  });
}

/** A command as an operator types it beside the running bot. */
async function onTheCommandLine(...words: readonly string[]): Promise<string> {
  vi.stubEnv('STATE_DIR', bot.stateDir);
  vi.stubEnv('CONTENT_DIR', contentDir);
  try {
    return await run(...words);
  } finally {
    vi.unstubAllEnvs();
    process.exitCode = 0;
  }
}

/** A question that the lead answers; returns the card with the answer. */
async function answered(): Promise<Message> {
  const { employee, lead } = workspace.people;
  const known = office().length;
  const answer = await ask(employee, unknown);
  await workspace.as(employee).click(answer, 'ask.human');
  await workspace.waitFor(() => workspace.openViews(employee)[0]);
  await workspace.as(employee).submit({});
  const card = await workspace.waitFor(() => office()[known], { what: 'a card in the office', withinMs });
  await workspace.as(lead).click(card, 'handoffs.answer');
  await workspace.waitFor(() => workspace.openViews(lead)[0]);
  await workspace.as(lead).submit({
    text: 'Yes: order them from the brand team. They send up to 200.\n\nSee https://example.com/brand for the form.',
  });
  return workspace.waitFor(() => office().find((message) => JSON.stringify(message).includes('curating.write')), {
    what: 'the card with the article button',
    withinMs,
  });
}

const fields = {
  title: 'Stickers with our mascot',
  scope: 'stickers and small gifts for meetups',
  article: 'mascot-stickers',
  area: 'people',
  owner: 'ospo',
  aliases: `${unknown}\nwhere do I get stickers for a meetup\nmay I give away mascot stickers`,
};

describe('an answer becomes an article', () => {
  let review: Message;

  it('is a draft at once, filled with the question and the answer; what is wrong is said beside the field', async () => {
    const { lead } = workspace.people;
    const card = await answered();

    await workspace.as(lead).click(card, 'curating.write');
    const form = JSON.stringify(await viewWith(lead, 'curating.article'));
    const wrong = await workspace.as(lead).submit({ ...fields, article: 'Mascot Stickers', sources: 'the brand team' });
    const stillWrong = await workspace
      .as(lead)
      .submit({ ...fields, sources: 'Brand | https://example.com/brand', body: 'Ask <!channel>.' });

    expect(form).toContain('Yes: order them from the brand team.');
    expect(form).toContain('example.com/brand | https://example.com/brand');
    expect(form).toContain(unknown);
    expect(wrong).toMatchObject({ errors: { sources: expect.stringContaining('has no address') } });
    expect(JSON.stringify(stillWrong)).toMatch(/article|body/);
  });

  it('goes to somebody else; its author cannot put it into force', async () => {
    const { lead } = workspace.people;
    const known = office().length;

    const body = 'They send up to 200. What to do next: fill in the form.';
    const saved = await workspace.as(lead).submit({ ...fields, body, sources: 'Brand | https://example.com/brand' });
    const page = await viewWith(lead, 'curating.submit');
    await workspace.as(lead).click(page, 'curating.submit');
    review = await workspace.waitFor(() => office()[known], { what: 'the card for review', withinMs });
    const before = workspace.ephemerals(lead).length;
    await workspace.as(lead).click(review, 'curating.publish');
    const refusal = await workspace.waitFor(() => workspace.ephemerals(lead)[before], { withinMs });

    expect(saved).not.toHaveProperty('errors');
    expect(workspace.plain(review)).toContain('Article: Stickers with our mascot');
    expect(workspace.plain(review)).toContain('Chinese is still missing.');
    expect(workspace.plain(refusal)).toContain('Somebody else has to read it');
    expect(workspace.plain(await ask(workspace.people.employee, unknown))).not.toContain('Stickers');
  });

  it('is in force without a restart once a second person has read it, and after one', async () => {
    const { reviewer, employee, lead } = workspace.people;

    await workspace.as(reviewer).click(review, 'curating.publish');
    const shown = await askUntil(employee, unknown, 'Stickers with our mascot');
    const told = await workspace.waitFor(
      () => conversation(lead).find((message) => workspace.plain(message).includes('put it into force')),
      { withinMs },
    );
    await bot.restart();
    await workspace.settled();

    expect(shown).toContain('order them from the brand team');
    expect(shown).not.toContain('Starter text');
    expect(workspace.plain(told)).toContain('"Stickers with our mascot"');
    expect(workspace.plain(await ask(employee, unknown))).toContain('Stickers with our mascot');
  });

  it('is exported as a file beside the running bot; the copy steps back, and the next export is clean', async () => {
    const first = await onTheCommandLine('kb', 'export');
    const text = await readFile(join(contentDir, 'knowledge/people/mascot-stickers.en.md'), 'utf8');
    const clean = await exportUntil((printed) => printed.includes('Nothing'));
    const after = workspace.plain(await ask(workspace.people.employee, unknown));

    expect(first).toContain('wrote');
    expect(text).toContain('title: Stickers with our mascot');
    expect(clean).toContain('Nothing to export');
    expect(after).toContain('order them from the brand team');
  });
});

describe('what is not answered', () => {
  it('is a list for the office, without names, and each leads on', async () => {
    const { employee, engineer, lead } = workspace.people;
    await ask(employee, 'how long does a sourdough starter keep in the fridge');
    await ask(engineer, 'does a sourdough starter keep long in the fridge');
    const before = workspace.ephemerals(lead).length;

    await workspace.as(lead).slash('/ospo', 'gaps');
    const list = await workspace.waitFor(() => workspace.ephemerals(lead)[before], { withinMs });
    await workspace.as(lead).click(list, 'curating.desk');
    const form = await viewWith(lead, 'Who answers it?');
    await workspace.as(lead).submit({ desk: 'finance-expenses' });
    await workspace.as(lead).slash('/ospo', 'gaps');
    const next = await workspace.waitFor(() => workspace.ephemerals(lead)[before + 1], { withinMs });

    const shown = workspace.plain(list);
    expect(shown).toContain('sourdough starter');
    expect(shown).toContain('asked 2 times');
    expect(shown).not.toMatch(/Employee|Engineer|U0/);
    expect(JSON.stringify(form)).toContain('sourdough');
    expect(workspace.plain(next)).not.toContain('sourdough');
    expect(await onTheCommandLine('kb', 'gaps')).toMatch(/finance-expenses \(en\): - .*sourdough/);
  });

  it('is no business of others', async () => {
    const { employee } = workspace.people;
    const before = workspace.ephemerals(employee).length;

    await workspace.as(employee).slash('/ospo', 'gaps');
    const said = await workspace.waitFor(() => workspace.ephemerals(employee)[before], { withinMs });

    expect(workspace.plain(said)).toContain('Only the open source office');
  });
});

describe('articles that have to be read again', () => {
  it('are one message for each owner; "Still right" moves the date, and takes the article off', async () => {
    const { lead } = workspace.people;
    const reminders = () => office().filter((message) => workspace.plain(message).includes('have to be read again'));
    // Everything that ships was reviewed in November: by the end of the next year all of it is overdue.
    await clock.advance(370 * day);
    const reminder = await workspace.waitFor(() => reminders()[0], { what: 'the reminder', withinMs });
    const [, name = ''] = /"([a-z.-]+)\/[0-9a-f]{8}\//.exec(JSON.stringify(reminder)) ?? [];

    await workspace.as(lead).click(reminder, 'curating.right:0');
    await workspace.waitFor(() => !JSON.stringify(reminders()[0]).includes(`"${name}/`), { withinMs });
    const history = await historyUntil(lead, name, 'reviewed 29 Nov 2027');

    expect(workspace.plain(reminder)).toContain('overdue since');
    expect(history).toContain('reviewed 29 Nov 2027');
    expect(reminders()).toHaveLength(1);
  });

  it('leave their day in the file by the next export, and the one after is clean', async () => {
    const { lead } = workspace.people;
    const before = workspace.ephemerals(lead).length;
    await workspace.as(lead).slash('/ospo', 'article mascot-stickers');
    const shown = await workspace.waitFor(() => workspace.ephemerals(lead)[before], { withinMs });

    await workspace.as(lead).click(shown, 'curating.right:0');
    const first = await exportUntil((printed) => !printed.includes('Nothing'));
    const text = await readFile(join(contentDir, 'knowledge/people/mascot-stickers.en.md'), 'utf8');
    const second = await onTheCommandLine('kb', 'export');

    expect(first).toMatch(/^reviewed {2}.*mascot-stickers\.en\.md$/m);
    expect(text).toContain('\nreviewed: 2027-11-29\n');
    expect(second).toContain('Nothing to export');
  });

  /** What `/ospo article` says of one, once the handbook follows. */
  async function historyUntil(person: string, name: string, says: string): Promise<string> {
    let shown = '';
    for (let tries = 0; tries < 40 && !shown.includes(says); tries += 1) {
      const before = workspace.ephemerals(person).length;
      await workspace.as(person).slash('/ospo', `article ${name}`);
      shown = workspace.plain(await workspace.waitFor(() => workspace.ephemerals(person)[before], { withinMs }));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return shown;
  }
});

describe('the audit trail', () => {
  it('holds every step, in chains that verify', async () => {
    let problems: readonly unknown[] = ['not read'];
    let kinds: readonly string[] = [];
    const store = await openStore(bot.stateDir, {
      collections: [draftArticles, publishedArticles, auditEvents],
      mode: 'read',
    });
    for await (const draft of store.scan(draftArticles)) {
      const subject = draftSubject(draft.id);
      const { docs } = await store.list(auditEvents, { key: subject, order: 'asc', limit: 50 });
      problems = verifyChain(subject, docs, draft.head);
      kinds = docs.map(({ kind }) => kind);
    }
    const article = await store.get(publishedArticles, 'mascot-stickers');
    const chain = articleSubject('mascot-stickers');
    const { docs } = await store.list(auditEvents, { key: chain, order: 'asc', limit: 50 });
    await store.close();

    expect(problems).toEqual([]);
    expect(kinds).toEqual(['began', 'saved', 'submitted', 'published']);
    expect(docs.map(({ kind }) => kind)).toEqual(['published', 'taken over by files']);
    expect(verifyChain(chain, docs, article?.head)).toEqual([]);
  });
});
