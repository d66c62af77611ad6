import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MovableClock, movableClock, systemClock } from '../../src/core/time.ts';
import type { Message } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { type Bot, startBot } from './bot.ts';

const agpl = 'can we use an AGPL component in our SaaS?';
const chineseAgpl = 'SaaS 里能用 AGPL 协议的组件吗';
// Close to several topics, sure of none.
const vague = 'license';

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
beforeAll(async () => {
  clock = movableClock(systemClock.now(), true);
  bot = await startBot({ clock, workspace: { timing: { ackWithinMs: 2_000, retryAfterMs: [20, 50] } } });
  ({ workspace } = bot);
  workspace.invite(workspace.channels.general, workspace.botUserId);
  // The directory is read in the background after the start.
  await workspace.waitFor(() => workspace.wire.callsOf('usergroups.list').length > 0);
  await workspace.settled();
});
afterAll(() => bot.stop());
// Messages to one channel keep a second's distance; between tests nobody needs to wait for it.
beforeEach(() => clock.advance(2_000));
afterEach(() => {
  workspace.faults.clear();
  expect(workspace.complaints).toEqual([]);
});

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300));
const mention = (text: string) => `<@${workspace.botUserId}> ${text}`;
const inThreadOf = (question: Message) =>
  workspace.messages(question.channel).filter((message) => message.bot && message.thread === question.ts);

/** The newest message that only this person sees. */
function nextEphemeral(person: string, before: number): Promise<Message> {
  return workspace.waitFor(() => workspace.ephemerals(person)[before], { what: 'an ephemeral answer' });
}

/** A modal opens a moment after the ack of what opened it. */
async function opened(person: string, act: Promise<unknown>): Promise<void> {
  await act;
  await workspace.waitFor(() => workspace.openViews(person)[0], { what: 'a modal' });
}

async function mentionAs(person: string, text: string, thread?: string): Promise<Message> {
  const before = workspace.ephemerals(person).length;
  workspace.as(person).say(workspace.channels.general, mention(text), thread ? { thread } : {});
  const answer = await nextEphemeral(person, before);
  // The ephemeral is shown first, then the question is kept; nobody presses a button within those milliseconds.
  await aMoment();
  return answer;
}

describe('a mention in a channel', () => {
  it('is answered once, in its thread, to the asker alone', async () => {
    const { employee } = workspace.people;

    const answer = await mentionAs(employee, agpl);
    await workspace.settled();
    await aMoment();

    expect(answer).toMatchObject({ only: employee, channel: workspace.channels.general });
    expect(workspace.plain(answer)).toContain('AGPL');
    expect(workspace.messages(workspace.channels.general).filter((message) => message.bot)).toEqual([]);
  });

  it('is answered in the language of the question, in an English channel', async () => {
    const answer = await mentionAs(workspace.people.shanghai, chineseAgpl);

    expect(workspace.plain(answer)).toContain('适用范围：');
  });

  it('is shared with everybody in the thread by one press, once', async () => {
    const { employee } = workspace.people;
    const answer = await mentionAs(employee, agpl);

    await workspace.as(employee).click(answer, 'ask.share');
    const shared = await workspace.nextMessage(workspace.channels.general);
    await aMoment();

    expect(shared.thread).toBe(answer.thread);
    expect(workspace.plain(shared)).toContain('Shared by @Employee');
    expect(workspace.messages(workspace.channels.general).filter((message) => message.bot)).toHaveLength(1);
  });

  it('is kept in the conversation on request', async () => {
    const { employee } = workspace.people;
    const answer = await mentionAs(employee, agpl);

    await workspace.as(employee).click(answer, 'ask.keep');
    const kept = await workspace.nextDirectMessage(employee);

    expect(workspace.plain(kept)).toContain('AGPL');
  });

  it('goes to the conversation when Slack cannot show it there', async () => {
    const { employee } = workspace.people;
    workspace.faults.api.inject(
      { kind: 'error', error: 'user_not_in_channel' },
      { only: 'chat.postEphemeral', times: 1 },
    );

    workspace.as(employee).say(workspace.channels.general, mention(agpl));
    const answer = await workspace.nextDirectMessage(employee);

    expect(workspace.plain(answer)).toContain('AGPL');
  });

  it('is not answered in a thread reply that mentions nobody', async () => {
    const { employee } = workspace.people;
    const root = workspace.as(employee).say(workspace.channels.general, 'morning all');
    const before = workspace.ephemerals(employee).length;

    workspace.as(employee).say(workspace.channels.general, agpl, { thread: root.ts });
    await workspace.settled();
    await aMoment();

    expect(workspace.ephemerals(employee)).toHaveLength(before);
  });
});

describe('the slash command', () => {
  it('answers in its ack, to the asker alone', async () => {
    const { engineer } = workspace.people;

    await workspace.as(engineer).slash('/ospo', agpl, workspace.channels.general);

    expect(workspace.plain(workspace.ephemerals(engineer).at(-1) as Message)).toContain('AGPL');
  });

  it('helps with what is registered, in the language of the person', async () => {
    const { shanghai, employee } = workspace.people;

    await workspace.as(shanghai).slash('/ospo', 'help');
    await workspace.as(employee).slash('/ospo', 'help');

    expect(workspace.plain(workspace.ephemerals(shanghai).at(-1) as Message)).toContain('/ospo help：显示这份列表。');
    expect(workspace.plain(workspace.ephemerals(employee).at(-1) as Message)).toContain('/ospo <your question>');
  });
});

describe('shortcuts', () => {
  it('opens a form, answers in it, and leads on to another topic in the same modal', async () => {
    const { engineer } = workspace.people;
    const actor = workspace.as(engineer);

    await opened(engineer, actor.globalShortcut('ask_global'));
    const submitted = await actor.submit({ text: agpl });
    const [view] = workspace.openViews(engineer);

    expect(submitted.kind).toBe('update');
    expect(view && workspace.plain(view)).toContain('AGPL');
    await actor.close();
  });

  it('refuses an empty question beside the field', async () => {
    const { engineer } = workspace.people;
    const actor = workspace.as(engineer);

    await opened(engineer, actor.globalShortcut('ask_global'));
    const submitted = await actor.submit({ text: '   ' });

    expect(submitted).toMatchObject({ kind: 'errors', errors: { question: 'Write your question first.' } });
    await actor.close();
  });

  it('takes the message it was called on as the question', async () => {
    const { lead, engineer } = workspace.people;
    const message = workspace.as(lead).say(workspace.channels.general, agpl);
    const actor = workspace.as(engineer);

    await opened(engineer, actor.messageShortcut('ask_message', message));
    const submitted = await actor.submit();

    expect(submitted.kind).toBe('update');
    await actor.close();
  });

  it('says so when Slack did not open the form in time', async () => {
    const { engineer } = workspace.people;
    workspace.faults.api.inject({ kind: 'error', error: 'expired_trigger_id' }, { only: 'views.open', times: 1 });

    await workspace.as(engineer).globalShortcut('ask_global');
    const told = await workspace.nextDirectMessage(engineer);

    expect(workspace.plain(told)).toContain('Slack did not open the form in time.');
  });
});

describe('Home', () => {
  it('answers a question typed there in a modal', async () => {
    const { manager } = workspace.people;
    const actor = workspace.as(manager);
    actor.openHome();
    const home = await workspace.waitFor(() => workspace.home(manager));

    await actor.select(home, 'ask.home', agpl);
    const view = await workspace.waitFor(() => workspace.openViews(manager)[0]);

    expect(workspace.plain(view)).toContain('AGPL');
    await actor.close();
  });

  it('speaks the language of the person', async () => {
    const { shanghai } = workspace.people;

    workspace.as(shanghai).openHome();
    const home = await workspace.waitFor(() => workspace.home(shanghai));

    expect(workspace.plain(home)).toContain('开源项目办公室');
  });

  it('opened fifty times in a second is published a few times, and shows the last state', async () => {
    const { legal } = workspace.people;
    const before = workspace.wire.callsOf('views.publish').length;

    for (let i = 0; i < 50; i += 1) workspace.as(legal).openHome();
    await workspace.settled();
    await workspace.waitFor(() => workspace.home(legal));
    await aMoment();

    expect(workspace.wire.callsOf('views.publish').length - before).toBeLessThan(25);
  });

  it('suggests prompts in the messages tab, and is quiet where a workspace has none', async () => {
    const { employee, shanghai } = workspace.people;

    workspace.as(shanghai).openHome('messages');
    const prompts = await workspace.waitFor(
      () => workspace.prompts(shanghai).length > 0 && workspace.prompts(shanghai),
    );
    workspace.faults.api.inject(
      { kind: 'unknown_method' },
      { only: 'assistant.threads.setSuggestedPrompts', times: 1 },
    );
    workspace.as(employee).openHome('messages');
    await workspace.settled();
    await aMoment();

    expect(JSON.stringify(prompts)).toContain('怎么联系到开源项目办公室的人？');
    expect(workspace.prompts(employee)).toEqual([]);
  });
});

describe('choices and feedback', () => {
  it('shows the topic that was picked, in the thread', async () => {
    const { reviewer } = workspace.people;
    const question = workspace.as(reviewer).dm(vague);
    const choices = await workspace.waitFor(() => inThreadOf(question)[0]);

    await workspace.as(reviewer).click(choices, 'ask.show:0');
    const picked = await workspace.waitFor(() => inThreadOf(question)[1]);

    expect(workspace.plain(picked)).toContain('Holds for:');
  });

  it('thanks for feedback, to the asker alone', async () => {
    const { security } = workspace.people;
    const question = workspace.as(security).dm(agpl);
    const answer = await workspace.waitFor(() => inThreadOf(question)[0]);

    await workspace.as(security).feedback(answer, 'negative');
    const thanks = await workspace.waitFor(() => workspace.ephemerals(security).at(-1));

    expect(workspace.plain(thanks)).toContain('Thank you');
  });
});

describe('hard cases', () => {
  it('an edited question is answered again only when the answer changes', async () => {
    const { manager } = workspace.people;
    const question = workspace.as(manager).dm('what is a CLA and who may sign it?');
    await workspace.waitFor(() => inThreadOf(question)[0]);

    workspace.as(manager).edit(question, 'what is a CLA, and who may sign it');
    await workspace.settled();
    await aMoment();
    const unchanged = inThreadOf(question).length;
    await clock.advance(2_000);
    workspace.as(manager).edit(question, agpl);
    const again = await workspace.waitFor(() => inThreadOf(question)[1]);

    expect(unchanged).toBe(1);
    expect(workspace.plain(again)).toContain('You changed your question.');
  });

  it('a person who left meanwhile is not answered', async () => {
    const leaver = workspace.addPerson({ realName: 'Leaver', locale: 'en-US', zone: 'Europe/Berlin' });
    const question = workspace.as(leaver).dm('hello');
    await workspace.waitFor(() => inThreadOf(question)[0]);

    // The first two attempts are lost, the next would come after a minute: until then Slack has told who left.
    const lost = workspace.faults.delivery.inject({ kind: 'lose' }, { only: 'events_api', times: 2 });
    const before = workspace.wire.envelopes.length;
    workspace.as(leaver).dm(agpl);
    await workspace.waitFor(() => lost.hits() === 2);
    workspace.updatePerson(leaver, { deleted: true });
    const [missed, left] = workspace.wire.envelopes.slice(before);
    await workspace.waitFor(() => left?.ackedAt);
    const late = missed && (await workspace.redeliver(missed));
    await aMoment();

    expect(late).toMatchObject({ kind: 'acked' });
    expect(workspace.conversation(leaver).filter((message) => message.bot)).toHaveLength(1);
  });

  it('a guest is answered like everybody who works with our code', async () => {
    const question = workspace.as(workspace.people.guest).dm(agpl);

    const answer = await workspace.waitFor(() => inThreadOf(question)[0]);

    expect(workspace.plain(answer)).toContain('AGPL');
  });

  it('the same person asks on four surfaces at once, and gets four answers', async () => {
    const { legal } = workspace.people;
    const actor = workspace.as(legal);
    const before = workspace.ephemerals(legal).length;

    const question = actor.dm(agpl);
    actor.say(workspace.channels.general, mention(agpl));
    await actor.slash('/ospo', agpl, workspace.channels.general);
    await opened(legal, actor.globalShortcut('ask_global'));
    const submitted = await actor.submit({ text: agpl });
    await workspace.waitFor(() => inThreadOf(question)[0]);
    await workspace.waitFor(() => workspace.ephemerals(legal).length >= before + 2);
    await aMoment();

    expect(submitted.kind).toBe('update');
    expect(inThreadOf(question)).toHaveLength(1);
    expect(workspace.ephemerals(legal)).toHaveLength(before + 2);
    await actor.close();
  });
});
