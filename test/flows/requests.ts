import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import type { Message, OpenView } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { texts } from '../../src/requests/texts.ts';
import { type Bot, startBot } from './bot.ts';

// Cards change at Slack's pace, and a busy machine is slower than Slack.
const patienceMs = 30_000;

/** A type whose form is one page, and whose way is what the person chooses. */
export const tinyType = `
id: tiny
title: { en: A small thing, zh-CN: 一件小事 }
short: { en: Small, zh-CN: 小事 }
what: { en: Something small., zh-CN: 一件小事。 }
subject: { en: "Small thing {name}", zh-CN: "小事 {name}" }
order: 1
same: [name]
find: { project: name }
follow: upstream
appeal: appeal
fields:
  - { id: name, kind: text, label: { en: Name, zh-CN: 名称 }, fact: true }
  - id: way
    kind: choice
    label: { en: Way, zh-CN: 方式 }
    choices:
      - { id: office, label: { en: Office, zh-CN: 开源办 } }
      - { id: parallel, label: { en: Parallel, zh-CN: 并行 } }
      - { id: vote, label: { en: Vote, zh-CN: 投票 } }
      - { id: care, label: { en: Care, zh-CN: 谨慎 } }
      - { id: secret, label: { en: Secret, zh-CN: 保密 } }
      - { id: lonely, label: { en: Lonely, zh-CN: 一个人 } }
  - { id: reason, kind: long, label: { en: Why, zh-CN: 理由 }, required: false, quote: true }
steps:
  - { title: { en: All of it, zh-CN: 全部 }, fields: [name, way, reason] }
stages:
  - { id: office, name: { en: Open source office, zh-CN: 开源办 }, order: 1, who: { roles: [ospo] }, days: 2,
      checklist: [{ en: It is small., zh-CN: 确实是小事。 }] }
  - { id: legal, name: { en: Legal, zh-CN: 法务 }, order: 1, who: { roles: [legal] }, days: 5 }
  - { id: patents, name: { en: Patents, zh-CN: 专利 }, order: 1, who: { roles: [patents] }, days: 5, instead: [legal] }
  - { id: board, name: { en: Review board, zh-CN: 审查委员会 }, order: 2, who: { roles: [board] },
      vote: { quorum: 3, chair: ospo-lead }, days: 10 }
  - { id: sponsor, name: { en: Sponsor, zh-CN: 高层支持者 }, order: 3, who: { roles: [executive] }, days: 5, care: true }
  - { id: appeal, name: { en: Second look, zh-CN: 复核 }, order: 9, who: { roles: [executive] }, days: 5 }
routes:
  - { id: parallel, when: { when: way, is: parallel }, level: 5, stages: [office, legal], because: { en: Two look at it., zh-CN: 两方都看。 } }
  - { id: vote, when: { when: way, is: vote }, level: 6, stages: [board], because: { en: The board votes., zh-CN: 委员会投票。 } }
  - { id: care, when: { when: way, is: care }, level: 7, stages: [sponsor], because: { en: The sponsor decides., zh-CN: 高层支持者决定。 } }
  - { id: lonely, when: { when: way, is: lonely }, level: 5, stages: [patents], because: { en: Patents look at it., zh-CN: 专利团队看。 } }
  - { id: secret, when: { when: way, is: secret }, level: 5, stages: [legal], because: { en: Legal looks at it., zh-CN: 法务看。 } }
  - { id: office, level: 4, stages: [office], because: { en: The office looks at it., zh-CN: 开源办看。 } }
raises:
  - { id: secret, when: { when: way, is: secret }, level: 5, stages: [legal], restricted: true, because: { en: It is confidential., zh-CN: 需要保密。 } }
conditions:
  - { en: Keep all notices., zh-CN: 保留全部声明。 }
declines:
  - id: useless
    label: { en: It is of no use, zh-CN: 没有用处 }
    mend: { en: Somebody who needs it., zh-CN: 有人需要它。 }
    instead: { en: Write it down for later., zh-CN: 先记下来。 }
`;

/** What people do with requests in a workspace. */
export interface RequestTools {
  /** Fills in the form of a small thing, up to the last look before it is sent. */
  fillIn(person: string, name: string, way: string, reason?: string): Promise<void>;
  /** Asks for a small thing by its form; resolves with its number: `REQ-1`. */
  ask(person: string, name: string, way: string, reason?: string): Promise<string>;
  /** The card of those who decide about a request, in a channel or somebody's conversation. */
  card(number: string, at: string): Message | undefined;
  /** The same, once it stands there and its words hold `text`. */
  cardSaying(number: string, at: string, text: string): Promise<Message>;
  /** What the bot said in a conversation or channel that holds all these words, the latest last. */
  said(at: string, ...texts: readonly string[]): readonly Message[];
  /** Waits until the bot has said it. */
  heard(at: string, ...texts: readonly string[]): Promise<Message>;
  /** Presses a button that opens a form; resolves with the form once it can be filled in, or with what it says instead. */
  form(person: string, on: Message | OpenView, action: string, option?: keyof typeof texts.en.more): Promise<OpenView>;
  /**
   * Presses a button of a copy as it was when `copy` was taken: Slack shows old copies until it has heard of the new ones.
   * Some button with that action must have been pressed before.
   */
  pressOld(person: string, copy: Message, action: string): Promise<void>;
}

/** The bot with its office, one small type of request, and a clock that tests move. */
export interface RequestOffice extends RequestTools {
  readonly bot: Bot;
  readonly workspace: Workspace;
  readonly clock: MovableClock;
  readonly contentDir: string;
  stop(): Promise<void>;
}

/** A folder of content with the small type in it. */
export async function tinyContent(type: string = tinyType): Promise<string> {
  const contentDir = await mkdtemp(join(tmpdir(), 'ospo-requests-'));
  await mkdir(join(contentDir, 'requests'));
  await writeFile(join(contentDir, 'requests', 'tiny.yml'), type);
  return contentDir;
}

/** @param env more settings of the bot */
export async function openRequestOffice(
  type: string = tinyType,
  env: Readonly<Record<string, string>> = {},
): Promise<RequestOffice> {
  const contentDir = await tinyContent(type);
  // A Tuesday morning in Berlin, where the office works.
  const clock = movableClock(Date.UTC(2026, 10, 24, 9), true);
  const bot = await startBot({
    clock,
    office: true,
    contentDir,
    env,
    workspace: { timing: { ackWithinMs: 1_500, retryAfterMs: [20, 50] } },
  });
  const { workspace } = bot;
  // Who holds which role is known once the members of each user group were read, and taken in.
  await workspace.waitFor(
    () => workspace.wire.callsOf('usergroups.users.list').length >= workspace.userGroups().length,
  );
  await workspace.settled();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return {
    ...requestTools(workspace),
    bot,
    workspace,
    clock,
    contentDir,
    async stop() {
      await bot.stop();
      await rm(contentDir, { recursive: true, force: true });
    },
  };
}

export function requestTools(workspace: Workspace): RequestTools {
  let presses = 0;
  const messagesAt = (at: string) => (at.startsWith('U') ? workspace.conversation(at) : workspace.messages(at));
  const said = (at: string, ...texts: readonly string[]) =>
    messagesAt(at).filter((message) => message.bot && texts.every((text) => workspace.plain(message).includes(text)));
  const top = (person: string) => workspace.openViews(person).at(-1);

  async function fillIn(person: string, name: string, way: string, reason = ''): Promise<void> {
    const actor = workspace.as(person);
    await actor.slash('/ospo', `request tiny name="${name}" way=${way}`);
    await workspace.waitFor(() => top(person), { what: 'the form' });
    await workspace.settled();
    const view = top(person);
    if (!view) throw new Error('no form is open');
    const block = /"block_id":"(reason\.[^"]+)"/.exec(JSON.stringify(view.view))?.[1] ?? '';
    await actor.submit(reason ? { [block]: reason } : {});
    await workspace.waitFor(() => JSON.stringify(top(person)?.view).includes('requests.change') && top(person), {
      what: 'the last look',
    });
  }

  async function ask(person: string, name: string, way: string, reason = ''): Promise<string> {
    const actor = workspace.as(person);
    await fillIn(person, name, way, reason);
    await actor.submit();
    const sent = await workspace.waitFor(() => /REQ-\d+/.exec(JSON.stringify(top(person)?.view)), {
      what: `a number in ${JSON.stringify(top(person)?.view)}`,
    });
    while (workspace.openViews(person).length > 0) await actor.close();
    await workspace.settled();
    return sent[0];
  }

  return {
    fillIn,
    ask,
    said,
    card: (number, at) => said(at, `${number} ·`).at(-1),
    cardSaying: (number, at, text) =>
      workspace.waitFor(() => said(at, `${number} ·`, text).at(-1), {
        what: `${number} saying "${text}"`,
        withinMs: patienceMs,
      }),
    heard: (at, ...wanted) =>
      workspace.waitFor(() => said(at, ...wanted).at(-1), { what: `"${wanted.join('", "')}"`, withinMs: patienceMs }),
    async form(person, on, action, option) {
      const known = new Set(workspace.openViews(person).map(({ id }) => id));
      await workspace.as(person).click(on, action, option && texts.en.more[option]);
      return workspace.waitFor(
        () => {
          const view = top(person);
          return view && !known.has(view.id) && !/One moment|请稍等/.test(JSON.stringify(view.view)) ? view : undefined;
        },
        { what: `what ${action} opens` },
      );
    },
    async pressOld(person, copy, action) {
      const template = workspace.wire.envelopes.findLast(({ payload }) => actionIn(payload)?.action_id === action);
      const value = valueOfButton(copy, action);
      const pressed = template && actionIn(template.payload);
      if (!template || !pressed || value === undefined) throw new Error(`no ${action} was ever pressed`);
      presses += 1;
      const payload = {
        ...template.payload,
        user: { ...(template.payload.user as object), id: person },
        channel: { id: copy.channel, name: 'x' },
        container: { type: 'message', message_ts: copy.ts, channel_id: copy.channel },
        message: { ...(template.payload.message as object), ts: copy.ts },
        actions: [{ ...pressed, value, action_ts: `${copy.ts}${presses}` }],
      };
      await workspace.redeliver({ ...template, id: `${template.id}-${presses}`, payload, sent: [] });
    },
  };
}

function actionIn(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const { actions } = payload;
  return Array.isArray(actions) ? (actions[0] as Readonly<Record<string, unknown>>) : undefined;
}

function valueOfButton(message: Message, action: string): string | undefined {
  const elements = message.blocks.flatMap(({ elements }) => (Array.isArray(elements) ? (elements as unknown[]) : []));
  const found = elements.find((each) => (each as { readonly action_id?: string }).action_id === action);
  return (found as { readonly value?: string } | undefined)?.value;
}
