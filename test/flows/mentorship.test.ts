import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { notices } from '../../src/delivery/entry.ts';
import type { Message } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { type Bot, startBot } from './bot.ts';

const hour = 3_600_000;
const day = 24 * hour;
const lead = 'U0MENTORSHIP';

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
beforeAll(async () => {
  // A Monday morning in Berlin, before the office opens.
  clock = movableClock(Date.UTC(2026, 10, 23, 6), true);
  bot = await startBot({ clock, office: true, workspace: { timing: { ackWithinMs: 2_000, retryAfterMs: [20, 50] } } });
  ({ workspace } = bot);
});
afterAll(() => bot.stop());
beforeEach(() => clock.advance(2_000));
afterEach(() => expect(workspace.complaints).toEqual([]));

const told = (person: string, text: string) =>
  workspace.conversation(person).find((message) => message.bot && workspace.plain(message).includes(text));

/** Goes from one morning in Berlin, where everybody here works, to the next, until there is something to see. */
async function until<T>(find: () => T | undefined, what: string, days = 5): Promise<T> {
  for (let passed = 0; passed < days; passed += 1) {
    const found = await workspace.waitFor(find, { what, withinMs: 1_500 }).catch(() => undefined);
    if (found) return found;
    await clock.advance(nextMorning(clock.now()) - clock.now());
  }
  return workspace.waitFor(find, { what });
}

/** Waits until the bot knows where a message stands. */
async function standsFor({ ts }: Message): Promise<void> {
  for (let known = false; !known; ) {
    const store = await openStore(bot.stateDir, { collections: [notices], mode: 'read' });
    for await (const { at } of store.scan(notices)) known ||= at?.ts === ts;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Half past ten in Berlin, in winter. */
function nextMorning(now: number): number {
  const morning = Math.floor(now / day) * day + 9.5 * hour;
  return morning > now ? morning : morning + day;
}

/** Joins through the form, as whoever types the command does. */
async function join(
  person: string,
  hats: readonly string[],
  values: Readonly<Record<string, string | readonly string[]>>,
) {
  const actor = workspace.as(person);
  await actor.slash('/ospo', 'mentors');
  const standing = await workspace.waitFor(() => workspace.ephemerals(person).at(-1));
  await actor.click(standing, 'mentorship.join');
  const form = () => workspace.openViews(person).find(({ view }) => view.callback_id === 'mentorship.join');
  const empty = await workspace.waitFor(form);
  await actor.select(empty, 'mentorship.hats', hats);
  await workspace.waitFor(() => workspace.plain(form() ?? empty).includes('In which languages can you meet?'));
  const submitted = await actor.submit(values);
  if (submitted.kind !== 'update') throw new Error(JSON.stringify(submitted));
  await actor.close();
  return workspace.plain(submitted.view);
}

/** What the two are told together. */
const together = (text: string): Message | undefined => {
  const opened = workspace.wire.callsOf('conversations.open').map(({ args }) => args.users);
  if (!opened.includes('U0ENGINEER,U0EMPLOYEE')) return undefined;
  const posts = workspace.wire.callsOf('chat.postMessage').map(({ args }) => String(args.channel));
  const group = posts.find((channel) => channel.startsWith('G'));
  return group ? workspace.messages(group).find((message) => workspace.plain(message).includes(text)) : undefined;
};

describe('a mentoring pair', () => {
  it('is matched, confirmed by a lead for its reasons, and introduced in a conversation of its own', async () => {
    const { employee, engineer } = workspace.people;

    const waits = await join(employee, ['mentee'], {
      seek: ['rust'],
      goals: 'A first change in a library that we use.',
    });
    const guides = await join(engineer, ['mentor'], { offer: ['rust', 'review'], zone: 'Europe/Berlin' });
    const asked = await until(() => told(lead, 'Proposed pair'), 'the proposal');
    await workspace.as(lead).click(asked, 'mentorship.decide');
    const form = await workspace.waitFor(() =>
      workspace.openViews(lead).find(({ view }) => view.callback_id === 'mentorship.decide'),
    );
    const confirmed = await workspace.as(lead).submit({ decision: 'yes', months: '3' });
    const introduced = await until(() => together('you are a mentoring pair'), 'the introduction');
    // The bot notes where it stands when Slack has answered; no week may pass before that.
    await standsFor(introduced);

    expect(waits).toContain('You wait for a mentor; nobody else does.');
    expect(guides).toContain('You are a mentor.');
    expect(workspace.plain(asked)).toContain('Engineer for Employee');
    expect(workspace.plain(form)).toContain('in common: Rust');
    expect(confirmed.kind).toBe('update');
    expect(workspace.plain(introduced)).toContain('A first change in a library that we use.');
    expect(workspace.plain(introduced)).toContain('For your first meeting:');
  });

  it('is asked after a week, and what one of them answers closes it for both', async () => {
    const { employee, engineer } = workspace.people;

    await clock.advance(6 * day);
    const asked = await until(() => told(employee, 'Meeting with Engineer'), 'the check-in', 6);
    await workspace.as(employee).click(asked, 'mentorship.check.met');
    await workspace.waitFor(() => workspace.ephemerals(employee).at(-1)?.text.includes('I ask again in two weeks'));
    await workspace.as(engineer).slash('/ospo', 'mentors');
    const mentors = await workspace.waitFor(() =>
      workspace.ephemerals(engineer).find((message) => workspace.plain(message).includes('You guide')),
    );
    await workspace.as(employee).slash('/ospo', 'mentors');
    const standing = await workspace.waitFor(() =>
      workspace.ephemerals(employee).find((message) => workspace.plain(message).includes('guides you')),
    );

    expect(workspace.plain(standing)).toContain('next check-in');
    expect(workspace.plain(mentors)).not.toContain('Have you met since I last asked?');
  });

  it('sets goals that both hear of', async () => {
    const { employee } = workspace.people;
    const actor = workspace.as(employee);

    await actor.click(together('you are a mentoring pair') as Message, 'mentorship.goal');
    await workspace.waitFor(() => workspace.openViews(employee)[0]);
    await actor.submit({ text: 'One fix merged.', due: '2027-01-15' });
    const heard = await workspace.waitFor(() => together('set a goal'));

    expect(workspace.plain(heard)).toContain('One fix merged.');
  });

  it('ends with a word to the one who stays when the other leaves the company, who waits again and is told so', async () => {
    const { employee, engineer } = workspace.people;

    workspace.updatePerson(engineer, { deleted: true });
    const heard = await until(() => told(employee, 'has left the company'), 'the end', 2);
    await workspace.as(employee).slash('/ospo', 'mentors');
    const standing = await workspace.waitFor(() =>
      workspace.ephemerals(employee).find((message) => workspace.plain(message).includes('You wait for a mentor')),
    );

    expect(workspace.plain(heard)).toContain('You are on the waiting list again');
    expect(workspace.plain(standing)).toContain('At the moment no mentor fits you.');
  });
});

describe('who helps with what', () => {
  it('is answered from what people entered themselves, and leaves other questions to the handbook', async () => {
    const { manager, security } = workspace.people;
    const actor = workspace.as(manager);
    await actor.slash('/ospo', 'ambassadors');
    const empty = await workspace.waitFor(() => workspace.ephemerals(manager).at(-1));
    await actor.click(empty, 'mentorship.help');
    await workspace.waitFor(() =>
      workspace.openViews(manager).find(({ view }) => view.callback_id === 'mentorship.help'),
    );
    await actor.submit({ topics: ['rust', 'apache'], about: 'Ask me about reviews.' });
    await actor.close();

    workspace.as(security).dm('Who can help me with Rust and Apache projects?');
    const answered = await workspace.waitFor(() => told(security, 'These colleagues help with'));
    workspace.as(security).dm('Who can help me with my first months upstream?');
    const article = await workspace.waitFor(() => told(security, 'The mentorship program'));

    expect(workspace.plain(answered)).toContain('Ask me about reviews.');
    expect(workspace.plain(answered)).toContain('@Manager');
    expect(article).toBeDefined();
  });
});
