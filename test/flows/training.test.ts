import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import type { Message } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { dayFrom, placeOf, slotOn } from '../../src/reminders/place.ts';
import { organization, personAt } from '../reminders/world.ts';
import { type Bot, startBot } from './bot.ts';
import { houseRules } from './completing.ts';

const hour = 3_600_000;
const day = 24 * hour;

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
let contentDir: string;
beforeAll(async () => {
  contentDir = await mkdtemp(join(tmpdir(), 'ospo-training-'));
  await mkdir(join(contentDir, 'training'));
  await writeFile(join(contentDir, 'training', 'house-rules.yml'), houseRules);
  // A Tuesday morning in Berlin, before the office opens.
  clock = movableClock(Date.UTC(2026, 10, 24, 6), true);
  bot = await startBot({
    clock,
    contentDir,
    office: true,
    workspace: { timing: { ackWithinMs: 2_000, retryAfterMs: [20, 50] } },
  });
  ({ workspace } = bot);
});
afterAll(async () => {
  await bot.stop();
  await rm(contentDir, { recursive: true, force: true });
});
afterEach(() => expect(workspace.complaints).toEqual([]));

const conversation = (person: string) => workspace.conversation(person).filter((message) => message.bot);
const saying = (person: string, text: string) =>
  conversation(person).filter((message) => workspace.plain(message).includes(text));
/** Waits for a message in somebody's conversation with the bot. */
const said = (person: string, text: string): Promise<Message> =>
  workspace.waitFor(() => saying(person, text).at(-1), { what: `"${text}"` });

/** Lets time pass an hour at a time, as a running bot would see it: what an hour brings is done before the next. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= hour) {
    await clock.advance(Math.min(hour, left));
    await workspace.settled();
  }
}

/** Waits for the minute of the morning at which this person is reminded, and for the reminder. */
async function reminded(person: string, text: string): Promise<Message> {
  const place = placeOf(personAt(person, 'Europe/Berlin', { office: 'berlin' }), organization);
  const slot = slotOn(dayFrom(clock.now() + 1, place), place);
  await clock.advance(slot - clock.now() + 1_000);
  return said(person, text);
}

/** What the list says to somebody. */
async function listOf(person: string): Promise<string> {
  await workspace.as(person).slash('/ospo', 'training');
  const list = workspace.ephemerals(person).at(-1);
  return list ? workspace.plain(list) : '';
}

async function passCheck(person: string, module: Message): Promise<void> {
  await workspace.as(person).click(module, 'training.check');
  await workspace.waitFor(() => workspace.openViews(person)[0]);
  await workspace.as(person).submit({ answer: '0' });
}

describe('training', () => {
  it('comes as one reminder in working hours, is learned in the conversation, and is over when it is done', async () => {
    const { security } = workspace.people;

    await workspace.waitFor(async () => (await listOf(security)).includes('due by'), { what: 'the assignment' });
    const reminder = await reminded(security, 'House rules');
    await workspace.as(security).click(reminder, 'training.open');
    const module = await said(security, 'Three of them.');
    await passCheck(security, module);
    await pass(2 * day);

    expect(workspace.plain(module)).toContain('**Ask** first.');
    expect(conversation(security)).toHaveLength(2);
    expect(await listOf(security)).toContain('complete, holds until');
  });

  it('welcomes who joins, once, also when the bot was down', async () => {
    await bot.restart(() =>
      workspace.addPerson({
        id: 'U0JOINER01',
        name: 'joiner',
        realName: 'Joiner',
        locale: 'en-US',
        zone: 'Europe/Berlin',
      }),
    );
    const given = async () => (await listOf('U0JOINER01')).includes('due by');
    await workspace.waitFor(given, { what: 'the assignment' });
    await pass(day);
    await workspace.waitFor(() => saying('U0JOINER01', 'Welcome.')[0], { what: 'the welcome' });
    await bot.restart();
    await pass(day);

    expect(saying('U0JOINER01', 'Welcome.')).toHaveLength(1);
  });
});
