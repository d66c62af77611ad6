import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { collections } from '../../src/app.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { standsAt } from '../../src/delivery/outbox.ts';
import type { Message } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { dayFrom, placeOf, slotOn } from '../../src/reminders/place.ts';
import { reminderCopy } from '../../src/reminders/reminders.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { bound, createSource, due } from '../reminders/source.ts';
import { organization, personAt } from '../reminders/world.ts';
import { type Bot, startBot } from './bot.ts';
import { opened, saveSettings } from './reminding.ts';

const hour = 3_600_000;
const day = 24 * hour;
const source = createSource('story');

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
beforeAll(async () => {
  // A Monday, before anybody in Berlin is at work.
  clock = movableClock(Date.UTC(2026, 10, 23, 5), true);
  bot = await startBot({
    clock,
    moreDue: () => [source],
    workspace: { timing: { ackWithinMs: 2_000, retryAfterMs: [20, 50] } },
  });
  ({ workspace } = bot);
});
afterAll(() => bot.stop());
beforeEach(() => source.open.clear());
afterEach(() => expect(workspace.complaints).toEqual([]));

const told = (person: string) =>
  workspace.conversation(person).filter((message) => message.bot && workspace.plain(message).includes('Story'));
const newest = (person: string) => told(person).at(-1) as Message;
const give = (person: string, ...things: Parameters<typeof due>[]) =>
  source.open.set(
    person as PersonId,
    things.map((thing) => due(...thing)),
  );

/** Moves on to the moment at which somebody in Berlin is reminded, and no further: while a step calls Slack, time stands still for nobody. */
async function untilSlot(person: string) {
  const place = placeOf(personAt(person, 'Europe/Berlin', { office: 'berlin' }), organization);
  const slot = slotOn(dayFrom(clock.now() + 1, place), place);
  await clock.advance(slot - clock.now() + 1_000);
}

/**
 * Until the bot has written down that the first reminder stands, read beside it. The source of these stories forgets at once what
 * is done, so a click that meets the sender, and is decided anew, would find nothing.
 */
async function written(person: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const store = await openStore(bot.stateDir, { collections, mode: 'read' });
      const at = await standsAt(store, reminderCopy(person as PersonId, 1));
      await store.close();
      if (!at) throw new Error('the reminder is not written down');
    },
    { timeout: 20_000 },
  );
}

/** Time for a message that should not come. */
const calm = () => new Promise((resolve) => setTimeout(resolve, 400));

describe('a reminder', () => {
  it('comes once, in the morning of its person, and not again after a restart', async () => {
    const { employee } = workspace.people;
    give(employee, ['guide', 'Story: read the guide'], ['mentor', 'Story: meet your mentor']);
    await saveSettings(workspace, employee);

    await calm();
    const early = told(employee).length;
    await untilSlot(employee);
    await workspace.waitFor(() => told(employee)[0]);
    await bot.restart(() => void clock.advance(hour));
    await calm();

    expect(early).toBe(0);
    expect(told(employee)).toHaveLength(1);
    expect(workspace.plain(newest(employee))).toContain('2 things are due for you.');
  });

  it('takes Done, Later and Not for me, and shows what is left', async () => {
    const { manager } = workspace.people;
    give(manager, ['a', 'Story: one'], ['b', 'Story: two'], ['c', 'Story: three'], ['d', 'Story: four']);
    await saveSettings(workspace, manager);
    await untilSlot(manager);
    const actor = workspace.as(manager);
    await workspace.waitFor(() => told(manager)[0]);
    await written(manager);

    await actor.click(newest(manager), { action: 'reminders.done', value: 'story:a' });
    await workspace.waitFor(() => workspace.plain(newest(manager)).includes('3 things are due for you.'));
    await actor.click(newest(manager), 'reminders.later');
    await opened(workspace, manager, 'reminders.later');
    await actor.submit({ what: ['0'] });
    await workspace.waitFor(() => workspace.plain(newest(manager)).includes('Put off until'));
    await actor.click(newest(manager), 'reminders.decline');
    await opened(workspace, manager, 'reminders.decline');
    await actor.submit({ what: '1', why: 'I wrote it.' });
    await workspace.waitFor(() => workspace.plain(newest(manager)).includes('Due for you: Story: three'));

    expect(source.answers.filter(({ person }) => person === manager)).toEqual([
      { person: manager, key: 'a', answer: { how: 'done' } },
      { person: manager, key: 'd', answer: { how: 'declined', why: 'I wrote it.' } },
    ]);
  });

  it('says why what is mandatory cannot be declined', async () => {
    const { legal } = workspace.people;
    source.open.set(legal as PersonId, [bound('law', 'Story: licenses in practice')]);
    await saveSettings(workspace, legal);
    await untilSlot(legal);
    await workspace.waitFor(() => told(legal)[0]);

    await workspace.as(legal).click(newest(legal), 'reminders.decline');
    const view = await workspace.waitFor(() =>
      workspace.openViews(legal).find((one) => workspace.plain(one).includes('is mandatory')),
    );

    expect(workspace.plain(view)).toContain('Ask the office for an exemption.');
    expect(view.view.submit).toBeUndefined();
  });

  it('folds a week in which nothing ran into one', async () => {
    const { security } = workspace.people;
    give(security, ['a', 'Story: one']);
    await saveSettings(workspace, security);

    await bot.restart(() => {
      void clock.advance(7 * day);
      give(security, ['a', 'Story: one'], ['b', 'Story: two', { since: clock.now() - 3 * day }]);
    });
    await untilSlot(security);
    await workspace.waitFor(() => told(security)[0]);
    await calm();

    expect(told(security)).toHaveLength(1);
    expect(workspace.plain(newest(security))).toContain('2 things are due for you.');
  });

  it('waits while its person does not want to be disturbed', async () => {
    const { lead } = workspace.people;
    give(lead, ['a', 'Story: one']);
    await saveSettings(workspace, lead);
    const nine = Math.floor(clock.now() / day) * day + (new Date(clock.now()).getUTCHours() < 8 ? 0 : day) + 8 * hour;
    workspace.setQuiet(lead, { from: nine / 1_000 - 7_200, to: nine / 1_000 + 5 * 3_600 });

    await untilSlot(lead);
    await calm();
    const before = told(lead).length;
    await clock.advance(nine + 5 * hour - clock.now() + 1_000);
    await workspace.waitFor(() => told(lead)[0]);

    expect(before).toBe(0);
    expect(told(lead)).toHaveLength(1);
  });
});
