import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import type { Message, OpenView } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { type Bot, startBot } from './bot.ts';

export const withinMs = 30_000;

/** A bot whose office has two leads, and what people do with announcements in it. */
export interface Newsroom {
  readonly bot: Bot;
  readonly workspace: Workspace;
  readonly clock: MovableClock;
  readonly lead: string;
  readonly second: string;
  /** Waits until somebody is known to be a lead, or not to be one any more. */
  knows(person: string, isLead: boolean): Promise<void>;
  /** Presses what is on top of somebody's modals, and waits for the view that has these words. */
  press(person: string, action: string, words: string): Promise<OpenView>;
  viewWith(person: string, words: string): Promise<OpenView>;
  /** Begins one of a kind; the page is open then. @returns its id */
  begin(person: string, kind: string): Promise<string>;
  write(person: string, text: { readonly en?: Text; readonly zh?: Text }): Promise<void>;
  aim(person: string, audience: Readonly<Record<string, unknown>>): Promise<void>;
  /** Opens the page from the list of `/ospo announcements`. */
  open(person: string, id: string): Promise<OpenView>;
  told(person: string, words: string): Promise<Message>;
  messages(person: string): readonly Message[];
  stop(): Promise<void>;
}

export interface Text {
  readonly title: string;
  readonly body: string;
}

/** @param wide receivers from which a second lead has to approve */
export async function openNewsroom(wide: number): Promise<Newsroom> {
  // A Tuesday morning in Berlin, where the office works.
  const clock = movableClock(Date.UTC(2026, 10, 24, 9), true);
  const contentDir = await mkdtemp(join(tmpdir(), 'ospo-news-'));
  const shipped = readFileSync(new URL('../../data/organization.yml', import.meta.url), 'utf8');
  const leads = shipped.replace(
    'ospo-lead: [ospo-lead@example.com]',
    "ospo-lead: [ospo-lead@example.com, '@architects']",
  );
  await writeFile(join(contentDir, 'organization.yml'), `${leads}\nlimits:\n  wideAudience: ${wide}\n`);
  const bot = await startBot({
    clock,
    contentDir,
    office: true,
    workspace: { timing: { ackWithinMs: 1_500, retryAfterMs: [20, 50] } },
  });
  const { workspace } = bot;
  // Who leads is known when the last group is read.
  await workspace.waitFor(() => workspace.wire.callsOf('usergroups.users.list').length >= 6);
  await workspace.settled();
  const { lead } = workspace.people;
  /** Roles follow when people and groups are stored. */
  async function knows(person: string, isLead: boolean): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      await workspace.as(person).slash('/ospo', 'announcements');
      if (JSON.stringify(workspace.ephemerals(person).at(-1)).includes('announcements.write') === isLead) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${person} is ${isLead ? 'not yet' : 'still'} a lead`);
  }
  await knows(lead, true);

  const top = (person: string) => workspace.openViews(person).at(-1);
  const messages = (person: string) => workspace.conversation(person).filter((message) => message.bot);

  async function viewWith(person: string, words: string): Promise<OpenView> {
    return workspace.waitFor(
      () => workspace.openViews(person).find((view) => JSON.stringify(view.view).includes(words)),
      {
        what: `a view with "${words}"`,
        withinMs,
      },
    );
  }

  async function press(person: string, action: string, words: string): Promise<OpenView> {
    const view = top(person);
    if (!view) throw new Error(`${person} has no view open`);
    await clock.advance(1_100);
    await workspace.as(person).click(view, action);
    return viewWith(person, words);
  }

  async function submit(person: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const done = await workspace.as(person).submit(values as never);
    if (done.kind !== 'update') throw new Error(`the form did not lead to the page: ${JSON.stringify(done)}`);
  }

  return {
    bot,
    workspace,
    clock,
    lead,
    second: 'U0ARCHITECT',
    knows,
    press,
    viewWith,
    messages,
    async begin(person, kind) {
      await clock.advance(1_100);
      const answer = await workspace.as(person).slash('/ospo', 'announcements');
      const said = workspace.ephemerals(person).at(-1);
      if (!said) throw new Error(`no list: ${JSON.stringify(answer)}`);
      await workspace.as(person).click(said, 'announcements.write');
      await viewWith(person, 'announcements.begin');
      await submit(person, { kind });
      return String(top(person)?.view.private_metadata);
    },
    async write(person, { en, zh }) {
      for (const [button, text] of [
        ['text_en', en],
        ['text_zh', zh],
      ] as const) {
        await press(person, `announcements.${button}`, 'announcements.words');
        await submit(person, { title: text?.title ?? '', body0: text?.body ?? '' });
      }
    },
    async aim(person, audience) {
      await press(person, 'announcements.audience', 'multi_conversations_select');
      await submit(person, audience);
    },
    async open(person, id) {
      while (top(person)) await workspace.as(person).close();
      await clock.advance(1_100);
      await workspace.as(person).slash('/ospo', 'announcements');
      const said = workspace.ephemerals(person).at(-1);
      if (!said) throw new Error('no list');
      await workspace.as(person).click(said, { action: 'announcements.open', value: id });
      return viewWith(person, 'announcements.page');
    },
    told: (person, words) =>
      workspace.waitFor(() => messages(person).find((message) => workspace.plain(message).includes(words)), {
        what: `"${words}" for ${person}`,
        withinMs,
      }),
    async stop() {
      await bot.stop();
      await rm(contentDir, { recursive: true, force: true });
    },
  };
}
