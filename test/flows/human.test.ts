import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import type { Message } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { type Bot, startBot } from './bot.ts';

const question = 'can we use an AGPL component in our SaaS?';
const concern = 'I suspect we shipped GPL code without its license text, whom do I tell?';

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
beforeAll(async () => {
  // A Tuesday morning in Berlin, where the office works.
  clock = movableClock(Date.UTC(2026, 10, 24, 9), true);
  bot = await startBot({ clock, office: true, workspace: { timing: { ackWithinMs: 2_000, retryAfterMs: [20, 50] } } });
  ({ workspace } = bot);
});
afterAll(() => bot.stop());
beforeEach(() => clock.advance(2_000));
afterEach(() => expect(workspace.complaints).toEqual([]));

const office = () => workspace.messages(workspace.channels.ospo).filter((message) => message.bot);
const conversation = (person: string) => workspace.conversation(person).filter((message) => message.bot);

/** Asks in the conversation and waits for the handbook's answer. */
async function asked(person: string, text = question): Promise<Message> {
  const mine = workspace.as(person).dm(text);
  return workspace.waitFor(() => conversation(person).find((message) => message.thread === mine.ts));
}

/** Presses "Ask a human" below an answer, and submits the form. */
async function askHuman(
  person: string,
  answer: Message,
  values: Readonly<Record<string, string | readonly string[]>> = {},
) {
  const actor = workspace.as(person);
  await actor.click(answer, 'ask.human');
  await workspace.waitFor(() => workspace.openViews(person)[0]);
  return actor.submit(values);
}

const nextCard = (known: number) => workspace.waitFor(() => office()[known], { what: 'a card in the office' });

describe('ask a human', () => {
  it('brings the question before the office, and the answer back, telling the asker at each step', async () => {
    const { employee, lead } = workspace.people;
    const known = office().length;
    const answer = await asked(employee);

    await askHuman(employee, answer, { text: 'It is about our billing service.' });
    const card = await nextCard(known);
    await workspace.as(lead).click(card, 'handoffs.claim');
    await workspace.waitFor(() => workspace.plain(office()[known] as Message).includes('OSPO lead'));
    await workspace.as(lead).click(office()[known] as Message, 'handoffs.answer');
    await workspace.waitFor(() => workspace.openViews(lead)[0]);
    await workspace.as(lead).submit({ text: 'Yes, unmodified, behind its own process.' });
    const told = await workspace.waitFor(() =>
      conversation(employee).find((message) => workspace.plain(message).includes('behind its own process')),
    );

    expect(workspace.plain(card)).toContain('It is about our billing service.');
    expect(workspace.plain(card)).toContain('@Employee');
    expect(told.thread).toBe(answer.thread);
  });

  it('refuses strangers privately', async () => {
    const { engineer, guest } = workspace.people;
    const known = office().length;
    await askHuman(engineer, await asked(engineer));
    const card = await nextCard(known);

    await workspace.as(guest).click(card, 'handoffs.claim');
    const refusal = await workspace.waitFor(() => workspace.ephemerals(guest).at(-1));

    expect(refusal.only).toBe(guest);
    expect(workspace.plain(office()[known] as Message)).not.toContain('@Guest');
  });

  it('brings what sounds like a violation to legal and compliance alone', async () => {
    const { manager, legal } = workspace.people;
    const known = office().length;
    const before = conversation(legal).length;

    await askHuman(manager, await asked(manager, concern), { text: 'Version 4.2 on the appliance.' });
    await workspace.waitFor(() => conversation(legal).length > before);

    expect(office()).toHaveLength(known);
    const [card] = conversation(legal).slice(-1);
    expect(card?.text).not.toContain('GPL');
  });

  it('offers the confidential form for it, before anything is posted', async () => {
    const { manager } = workspace.people;
    const actor = workspace.as(manager);

    await actor.click(await asked(manager, concern), 'requests.open');
    const form = await workspace.waitFor(() =>
      workspace.openViews(manager).find((view) => workspace.plain(view).includes('What is it about?')),
    );

    expect(workspace.plain(form)).toContain('Copyleft code in a closed product');
    await actor.close();
  });

  it('takes what the asker writes in that thread to the human, not to the handbook', async () => {
    const { lead, security } = workspace.people;
    const known = office().length;
    const answer = await asked(security);
    await askHuman(security, answer);
    const card = await nextCard(known);
    await workspace.as(lead).click(card, 'handoffs.claim');
    const before = conversation(security).length;

    workspace.as(security).dm('One more thing: we patch it.', { thread: answer.thread ?? '' });
    const noted = await workspace.waitFor(() =>
      workspace.messages(workspace.channels.ospo).find((m) => workspace.plain(m).includes('we patch it')),
    );

    expect(noted.bot).toBe(true);
    expect(
      conversation(security)
        .slice(before)
        .some((m) => workspace.plain(m).includes('Holds for')),
    ).toBe(false);
  });

  it('nudges once in its thread and escalates once to the lead, however long nobody answers', async () => {
    const { shanghai, lead } = workspace.people;
    await askHuman(shanghai, await asked(shanghai, 'SaaS 里能用 AGPL 协议的组件吗'));
    const card = await workspace.waitFor(() =>
      office().find((m) => workspace.plain(m).includes('Engineer in Shanghai')),
    );
    const nudges = () => workspace.messages(workspace.channels.ospo).filter((m) => m.bot && m.thread === card.ts);
    const late = () => conversation(lead).filter((m) => workspace.plain(m).includes('Engineer in Shanghai is late'));

    const hour = 60 * 60_000;
    // Asked at ten, promised by ten the next morning: four fifths of nine working hours are over at 17:12.
    await clock.advance(7.5 * hour);
    await workspace.waitFor(() => nudges().length > 0, { what: 'the nudge' });
    await clock.advance(17 * hour);
    await workspace.waitFor(() => late().length > 0, { what: 'the escalation' });
    for (let halfDay = 0; halfDay < 28; halfDay += 1) {
      await clock.advance(12 * hour);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }

    expect(nudges().map((m) => workspace.plain(m))).toEqual([expect.stringContaining('Nobody has this question yet')]);
    expect(late()).toHaveLength(1);
  });
});
