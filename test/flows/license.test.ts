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

const employee = () => bot.workspace.as(bot.workspace.people.employee);

function inThreadOf(question: Message): readonly Message[] {
  const { workspace } = bot;
  return workspace.messages(question.channel).filter((message) => message.bot && message.thread === question.ts);
}

async function nextIn(question: Message, seen: number, what: string): Promise<Message> {
  // Messages to one channel keep a second's distance.
  await clock.advance(2_000);
  return bot.workspace.waitFor(() => inThreadOf(question)[seen], { what });
}

async function ask(text: string): Promise<{ readonly question: Message; readonly answer: Message }> {
  await clock.advance(2_000);
  const question = employee().dm(text);
  return { question, answer: await nextIn(question, 0, 'an answer') };
}

describe('a license in a direct message', () => {
  it('is answered with three layers, the request, and the article below', async () => {
    const { answer } = await ask('can we use AGPL-3.0-only in our SaaS?');
    const shown = bot.workspace.plain(answer);

    for (const words of ['What the license says', 'What our policy says', 'What to do now', 'Goes to review']) {
      expect(shown).toContain(words);
    }
    expect(shown).toContain('From the handbook');
    expect(JSON.stringify(answer.blocks)).toContain('component?license=AGPL-3.0-only&useCase=server');
    expect(answer.text.split('\n')[0]).toBe('AGPL-3.0-only: Goes to review (on our servers, unmodified)');
  });

  it('is asked back where the name may mean several, and a click answers at once', async () => {
    const { question, answer } = await ask('Apache-2.0 的代码能放进 GPLv2 项目吗');

    await employee().click(answer, 'ask.show:license0');
    const verdict = await nextIn(question, 1, 'the verdict');

    expect(bot.workspace.plain(answer)).toContain('GPL-2.0-only：不可以');
    expect(verdict.text.split('\n')[0]).toBe('把 Apache-2.0 的代码放进 GPL-2.0-only 的作品：不可以');
  });

  it('is understood in what follows in the thread, for a day', async () => {
    const { question } = await ask('can we use AGPL-3.0-only in our SaaS?');

    employee().dm('and for MPL-2.0?', { thread: question.ts });
    const followed = await nextIn(question, 1, 'the answer to what follows');
    await clock.advance(25 * 60 * 60_000);
    employee().dm('and for ISC?', { thread: question.ts });
    const late = await nextIn(question, 2, 'the answer a day later');

    expect(bot.workspace.plain(followed)).toContain('I took this as: can we use MPL-2.0 in our SaaS?');
    expect(followed.text).toContain('(on our servers, unmodified)');
    expect(late.text).not.toContain('on our servers, unmodified');
  });

  it('keeps in what follows what was chosen by a button, as far as it says nothing else', async () => {
    const { question, answer } = await ask('what does AGPL-3.0-only demand?');
    await employee().click(answer, 'ask.show:license5');
    const chosen = await nextIn(question, 1, 'the card for a use');

    employee().dm('and for LGPL-3.0-only?', { thread: question.ts });
    const other = await nextIn(question, 2, 'the answer to what follows');
    employee().dm('and with our patches?', { thread: question.ts });
    const patched = await nextIn(question, 3, 'the answer to what follows that');
    employee().dm('and in the browser?', { thread: question.ts });
    const browser = await nextIn(question, 4, 'the answer for another use');

    const [use = ''] = /\(.+, unmodified\)/.exec(chosen.text) ?? [];
    expect(use).not.toBe('');
    expect(other.text).toContain('LGPL-3.0-only:');
    expect(other.text).toContain(use);
    expect(patched.text).toContain(use.replace('unmodified', 'modified'));
    expect(browser.text).toContain('(in the browser');
  });

  it('forgets for what follows what somebody else pressed', async () => {
    const { workspace } = bot;
    const { answer, question } = await ask('what does ISC demand?');
    await workspace.as(workspace.people.engineer).click(answer, 'ask.show:license5');
    await nextIn(question, 1, 'what the other one pressed');

    employee().dm('and for Zlib?', { thread: question.ts });
    const other = await nextIn(question, 2, 'the answer to what follows');

    expect(other.text).not.toContain('modified)');
  });

  it('is offered as a card beside the article where it is merely named', async () => {
    const { question, answer } = await ask('who signs the CLA for an MIT project');

    await employee().click(answer, 'ask.show:license');
    const card = await nextIn(question, 1, 'the card');

    expect(bot.workspace.plain(answer)).not.toContain('What our policy says');
    expect(bot.workspace.plain(card)).toContain('What our policy says');
  });
});

describe('a license on other surfaces', () => {
  it('is shown by the command', async () => {
    const { workspace } = bot;
    const { employee: person } = workspace.people;

    await employee().slash('/ospo', 'license MulanPSL-2.0', workspace.channels.general);
    const shown = await workspace.waitFor(() => workspace.ephemerals(person)[0], { what: 'the card' });

    expect(workspace.plain(shown)).toContain('What our policy says');
  });
});
