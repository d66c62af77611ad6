import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MovableClock, movableClock, systemClock } from '../../src/core/time.ts';
import type { Message } from '../../src/playground/state.ts';
import { type Bot, startBot } from './bot.ts';

const agpl = 'can we use an AGPL component in our SaaS?';

let bot: Bot;
let clock: MovableClock;
beforeAll(async () => {
  clock = movableClock(systemClock.now(), true);
  bot = await startBot({ clock, workspace: { timing: { ackWithinMs: 1_500, retryAfterMs: [20, 50, 50] } } });
});
afterAll(() => bot.stop());
afterEach(() => bot.workspace.faults.clear());

/** What the bot said in the thread of a question. */
function answersTo(question: Message): readonly Message[] {
  const { workspace } = bot;
  return workspace.messages(question.channel).filter((message) => message.bot && message.thread === question.ts);
}

// A dropped socket is opened again after the SDK's ping time-out of five seconds.
const withinMs = 30_000;

/** Asks as the employee and waits for the answer in its thread. */
async function ask(text: string): Promise<{ readonly question: Message; readonly answer: Message }> {
  const { workspace } = bot;
  // Messages to one channel keep a second's distance; between tests nobody needs to wait for it.
  await clock.advance(2_000);
  const question = workspace.as(workspace.people.employee).dm(text);
  const answer = await workspace.waitFor(() => answersTo(question)[0], { what: 'an answer in the thread', withinMs });
  return { question, answer };
}

/** Time for a second answer to appear, if there were one: several ack windows and commits. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300));

describe('a question in a direct message', () => {
  it('is answered in its thread, from the handbook, with source, scope and freshness', async () => {
    const { answer } = await ask(agpl);
    const shown = bot.workspace.plain(answer);

    expect(shown).toContain('AGPL');
    expect(shown).toContain('Holds for:');
    expect(shown).toContain('reviewed 22 Nov 2026');
    expect(JSON.stringify(answer.blocks)).toContain('https://www.gnu.org/licenses/agpl-3.0.html');
    expect(answer.text.split('\n')[0]?.length).toBeLessThan(400);
  });

  it('is answered in the language of the question', async () => {
    const { answer } = await ask('SaaS 里能用 AGPL 协议的组件吗');

    expect(bot.workspace.plain(answer)).toContain('适用范围：');
  });

  it('about what the bot does itself opens that below the answer, for whoever presses', async () => {
    const { workspace } = bot;
    const { employee } = workspace.people;
    const { question, answer } = await ask('can I read old announcements again');
    const before = workspace.ephemerals(employee).length;

    await workspace.as(employee).click(answer, 'command');
    const shown = await workspace.waitFor(() => workspace.ephemerals(employee)[before], { what: 'the list', withinMs });

    expect(workspace.plain(shown)).toContain('Nothing was announced to you yet.');
    expect(shown.thread).toBe(question.ts);
    expect(answersTo(question)).toHaveLength(1);
  });

  it('gets an honest "I do not know" when the handbook has nothing', async () => {
    const { answer } = await ask('how long does a sourdough starter keep in the fridge');

    expect(bot.workspace.plain(answer)).toContain('I have nothing on that in the open source handbook.');
  });

  it('gets help when nothing was asked', async () => {
    const { answer } = await ask('hello');

    expect(bot.workspace.plain(answer)).toContain('Ask me anything about using');
  });
});

describe('one answer, whatever happens on the way in', () => {
  it.each(['duplicate', 'drop_socket', 'lose'] as const)('the envelope: %s', async (kind) => {
    const fault = bot.workspace.faults.delivery.inject({ kind }, { only: 'events_api', times: 1 });

    const { question } = await ask(agpl);
    await aMoment();

    expect(fault.hits()).toBe(1);
    expect(answersTo(question)).toHaveLength(1);
  });

  it('the same event three times, also after it was answered', async () => {
    const { workspace } = bot;
    workspace.faults.delivery.inject({ kind: 'duplicate' }, { only: 'events_api', times: 1 });

    const { question } = await ask(agpl);
    await workspace.settled();
    const [delivered] = workspace.wire.envelopes.slice(-1);
    const outcome = delivered && (await workspace.redeliver(delivered));
    await aMoment();

    expect(outcome).toMatchObject({ kind: 'acked' });
    expect(answersTo(question)).toHaveLength(1);
  });
});

describe('one answer, whatever Slack answers', () => {
  it.each([
    ['429', { kind: 'rate_limited', retryAfterSeconds: 1 }],
    ['an internal error', { kind: 'error', error: 'internal_error' }],
    ['500', { kind: 'http_500' }],
    ['nothing, though the message was posted', { kind: 'lost_answer' }],
    ['half an answer', { kind: 'broken_body' }],
  ] as const)('%s', async (_, fault) => {
    const { workspace } = bot;
    const injected = workspace.faults.api.inject(fault, { only: 'chat.postMessage', times: 1 });

    const question = workspace.as(workspace.people.engineer).dm(agpl);
    await workspace.waitFor(() => injected.hits() === 1);
    await aMoment();
    // Past the lease and the grace after which a lost answer is looked for.
    await clock.advance(120_000);
    await workspace.waitFor(() => answersTo(question)[0], { withinMs });
    await aMoment();
    await clock.advance(120_000);
    await aMoment();

    expect(answersTo(question)).toHaveLength(1);
  });

  it('no answer at all: the call is given up, looked for and made again', async () => {
    const { workspace } = bot;
    const injected = workspace.faults.api.inject({ kind: 'hang' }, { only: 'chat.postMessage', times: 1 });

    const question = workspace.as(workspace.people.manager).dm(agpl);
    await workspace.waitFor(() => injected.hits() === 1);
    await clock.advance(120_000);
    await workspace.waitFor(() => answersTo(question)[0], { withinMs });

    expect(answersTo(question)).toHaveLength(1);
    expect(workspace.wire.callsOf('conversations.replies').length).toBeGreaterThan(0);
  });
});

describe('hostile and odd questions', () => {
  it.each([
    ['40,000 characters', `${'so about this license thing, '.repeat(1_380)}`],
    ['only emoji', '🎉🎉🎉 :tada:'],
    ['a broadcast', '<!channel> <!here> can we use an AGPL component in our SaaS? <@U0EMPLOYEE>'],
    ['markup', '*bold* _it_ `code` <https://evil.example|https://bank.example> ```can we use GPL```'],
    ['right-to-left and zero width', '\u202ecan we \u200buse an AGPL component in our SaaS?\u202c'],
    ['a lone surrogate', 'can we use an AGPL component \ud83d in our SaaS?'],
  ])('%s', async (_, text) => {
    const { answer } = await ask(text);

    expect(answer.pings).toEqual([]);
    expect(JSON.stringify(answer.blocks)).not.toMatch(/<!(channel|here|everyone)/);
    expect(bot.workspace.plain(answer).length).toBeGreaterThan(20);
  });
});
