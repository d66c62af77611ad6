import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type MovableClock, movableClock, systemClock } from '../../src/core/time.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { type Bot, manifest, startBot } from './bot.ts';

const agpl = 'can we use an AGPL component in our SaaS?';
const ownTime = 'may I work on my own open source project in my free time?';
const shippedOrganization = new URL('../../data/organization.yml', import.meta.url);

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
let contentDir: string;

/** Writes the organization's own folder: policies of channels. The running bot follows without restart. */
function setPolicies(channels: Readonly<Record<string, string>>): void {
  const organization = parse(readFileSync(shippedOrganization, 'utf8'));
  writeFileSync(join(contentDir, 'organization.yml'), stringify({ ...organization, channels }));
}

/** The manifest with the events that "questions" needs: what `ospo manifest --questions` prints. */
function listening(): unknown {
  const own = structuredClone(manifest) as { settings: { event_subscriptions: { bot_events: string[] } } };
  own.settings.event_subscriptions.bot_events.push('message.channels', 'message.groups');
  return own;
}

beforeAll(async () => {
  contentDir = mkdtempSync(join(tmpdir(), 'ospo-policies-'));
  setPolicies({});
  clock = movableClock(systemClock.now(), true);
  bot = await startBot({
    clock,
    contentDir,
    workspace: { manifest: listening(), timing: { ackWithinMs: 2_000, retryAfterMs: [20, 50] } },
  });
  ({ workspace } = bot);
  for (const channel of ['general', 'questions', 'announcements'] as const) {
    workspace.invite(workspace.channels[channel], workspace.botUserId);
  }
});
afterAll(async () => {
  await bot.stop();
  rmSync(contentDir, { recursive: true });
});

const said = (channel: string) => workspace.messages(channel).filter((message) => message.bot);
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 400));

describe('channel policies', () => {
  it('tells a channel once that it is listened to, and answers there without a mention, when sure', async () => {
    const { questions } = workspace.channels;
    const { engineer } = workspace.people;

    setPolicies({ [questions]: 'questions' });
    const told = await workspace.waitFor(() => said(questions)[0], { withinMs: 30_000 });
    await clock.advance(2_000);
    workspace.as(engineer).say(questions, agpl);
    const answer = await workspace.waitFor(() => workspace.ephemerals(engineer).at(-1));
    workspace.as(engineer).say(questions, 'who wants lunch?');
    await workspace.settled();
    await aMoment();

    expect(workspace.plain(told)).toContain('without being mentioned');
    expect(workspace.plain(answer)).toContain('AGPL');
    expect(workspace.ephemerals(engineer)).toHaveLength(1);
    expect(said(questions)).toHaveLength(1);
  });

  it('answers a mention there once, though it is also a message that is listened to', async () => {
    const { manager } = workspace.people;
    await clock.advance(2_000);

    workspace.as(manager).say(workspace.channels.questions, `<@${workspace.botUserId}> ${agpl}`);
    await workspace.waitFor(() => workspace.ephemerals(manager).length > 0);
    await workspace.settled();
    await aMoment();

    expect(workspace.ephemerals(manager)).toHaveLength(1);
  });

  it('is not told again after a restart, and says nothing in channels left at mentions', async () => {
    const { questions, general } = workspace.channels;
    const { employee } = workspace.people;

    await bot.restart();
    workspace.as(employee).say(general, agpl);
    await workspace.settled();
    await aMoment();

    expect(said(questions)).toHaveLength(1);
    expect(workspace.ephemerals(employee)).toEqual([]);
  });

  it('is silent where it is switched off, even when mentioned', async () => {
    const { announcements, general, questions } = workspace.channels;
    const { employee } = workspace.people;
    const told = said(general).length;
    setPolicies({ [announcements]: 'off', [general]: 'questions', [questions]: 'questions' });
    // A channel that is listened to from now on is told, so both are in force.
    await workspace.waitFor(() => said(general).length > told);

    workspace.as(employee).say(announcements, `<@${workspace.botUserId}> ${agpl}`);
    await workspace.settled();
    await aMoment();

    expect(workspace.ephemerals(employee)).toEqual([]);
  });
});

/** Asks again and again, until the handbook that answers is the new one. */
async function untilNoAnswerHas(words: string, person: string, text: string): Promise<void> {
  for (let has = true; has; ) {
    await clock.advance(2_000);
    const question = workspace.as(person).dm(text);
    const inThread = () =>
      workspace.messages(question.channel).find(({ bot, thread }) => bot && thread === question.ts);
    has = workspace.plain(await workspace.waitFor(inThread, { withinMs: 30_000 })).includes(words);
  }
}

describe('an old card after its article is gone', () => {
  it('says so when a button is pressed, and never shows the text that was taken out', async () => {
    const { legal } = workspace.people;
    workspace.as(legal).say(workspace.channels.general, `<@${workspace.botUserId}> ${ownTime}`);
    const answer = await workspace.waitFor(() => workspace.ephemerals(legal).at(-1));

    const folder = join(contentDir, 'knowledge', 'contributing');
    mkdirSync(folder, { recursive: true });
    for (const locale of ['en', 'zh-CN']) {
      const name = `own-time.${locale}.md`;
      cpSync(new URL(`../../data/knowledge/contributing/${name}`, import.meta.url), join(folder, name));
      const text = readFileSync(join(folder, name), 'utf8');
      writeFileSync(join(folder, name), text.replace(/^---\n/, '---\ndisabled: true\n'));
    }
    await untilNoAnswerHas('own time', workspace.people.security, ownTime);
    await clock.advance(2_000);
    await workspace.as(legal).click(answer, 'ask.keep');
    const kept = await workspace.nextDirectMessage(legal, { withinMs: 30_000 });

    expect(workspace.plain(answer)).toContain('own time');
    expect(workspace.plain(kept)).toContain('no longer in the handbook');
    expect(workspace.plain(kept)).not.toContain('section 69b');
  });
});
