import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRequestOffice, type RequestOffice, tinyType } from './requests.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let office: RequestOffice;
let workspace: RequestOffice['workspace'];
beforeAll(async () => {
  office = await openRequestOffice();
  ({ workspace } = office);
});
afterAll(() => office.stop());
// A minute refills what Slack allows in one.
beforeEach(() => office.clock.advance(60_000));
afterEach(async () => {
  for (const person of Object.values(workspace.people)) {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }
  expect(workspace.complaints).toEqual([]);
});

/** Puts another text in the place of the type; waits until forms are drawn by it. */
async function edit(from: string, to: string): Promise<void> {
  await writeFile(join(office.contentDir, 'requests', 'tiny.yml'), tinyType.replace(from, to));
}

describe('the process of the office', () => {
  it('can be edited while requests are under way: these go on as they began, new ones follow the edit', async () => {
    const { employee, lead } = workspace.people;
    const { ospo } = workspace.channels;
    const before = await office.ask(employee, 'old', 'office');
    await office.cardSaying(before, ospo, 'Small thing old');

    await edit('level: 4, stages: [office]', 'level: 5, stages: [office, legal]');
    await workspace.waitFor(async () => (await preview(employee)).includes('Legal'), {
      what: 'the form to follow the edit',
      withinMs: 30_000,
    });
    const after = await office.ask(employee, 'new', 'office');
    await workspace.as(lead).click(await office.cardSaying(before, ospo, 'Small thing old'), 'requests.approve');
    await workspace.as(lead).click(await office.cardSaying(after, ospo, 'Small thing new'), 'requests.approve');
    await office.heard(employee, `${before} is approved`);
    const waiting = await office.cardSaying(after, 'U0LEGAL', 'needs you: Legal');

    expect(workspace.plain(waiting)).toContain('Small thing new');
    expect(office.said(employee, `${after} is approved`)).toHaveLength(0);
  });

  it('keeps its last good version while a file is broken', async () => {
    const { engineer } = workspace.people;
    const { ospo } = workspace.channels;

    await edit('stages: [office]', 'stages: [nobody-at-all]');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const number = await office.ask(engineer, 'meanwhile', 'office');

    await office.cardSaying(number, ospo, 'Small thing meanwhile');
    await writeFile(join(office.contentDir, 'requests', 'tiny.yml'), tinyType);
  });
});

describe('somebody who is away', () => {
  it('names who decides for them, and is back when they say so', async () => {
    const { engineer, lead } = workspace.people;
    const say = async (text: string) => {
      const known = workspace.ephemerals(lead).length;
      await workspace.as(lead).slash('/ospo', text);
      const answer = await workspace.waitFor(() => workspace.ephemerals(lead)[known], { what: `an answer to ${text}` });
      return workspace.plain(answer);
    };

    expect(await say('away')).toContain('You are not marked as away.');
    expect(await say(`away 2026-12-24 <@${engineer}>`)).toMatch(
      /away until 2026-12-24, inclusive\. .+ decides in your place/,
    );
    expect(await say(`away <@${lead}>`)).toContain('You cannot stand in for yourself.');
    expect(await say('away 2025-01-01')).toContain('Write your last day away');
    expect(await say('away off')).toContain('Welcome back.');
  });
});

describe('time', () => {
  it('reminds below the card, tells the lead once, and decides nothing', async () => {
    const { engineer, lead } = workspace.people;
    const { ospo } = workspace.channels;
    const number = await office.ask(engineer, 'slow', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing slow');

    // Asked on Tuesday at 10:00; four fifths of two days are over on Wednesday at 15:24, all of it on Thursday at 10:00.
    await office.clock.advance(dayMs + 6 * hourMs);

    const nudge = await office.heard(ospo, `${number} waits for you`);
    await office.clock.advance(19 * hourMs);

    const late = await office.heard(lead, `${number} is late`);

    await office.clock.advance(4 * dayMs);

    await workspace.settled();

    expect(nudge.thread).toBe(card.ts);
    expect(workspace.plain(late)).toContain('Open source office');
    expect(office.said(lead, `${number} is late`)).toHaveLength(1);
    expect(office.said(ospo, number, 'Approved')).toHaveLength(0);
    expect(office.said(engineer, `${number} is declined`)).toHaveLength(0);
  }, 60_000);

  it('goes on after a restart, and says nothing twice', async () => {
    const { employee, lead } = workspace.people;
    const { ospo } = workspace.channels;
    const number = await office.ask(employee, 'restarted', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing restarted');

    await office.bot.restart();
    await workspace.as(lead).click(card, 'requests.approve');
    await office.heard(employee, `${number} is approved`);
    await office.bot.restart();
    await workspace.settled();

    expect(office.said(employee, `${number} is approved`)).toHaveLength(1);
    expect(office.said(ospo, `${number} ·`)).toHaveLength(1);
  });
});

/** What the form says will happen, as its last look shows it. */
async function preview(person: string): Promise<string> {
  const actor = workspace.as(person);
  await actor.slash('/ospo', 'request tiny name="look" way=office');
  const view = await workspace.waitFor(() => workspace.openViews(person).at(-1), { what: 'the form' });
  await workspace.settled();
  await actor.submit({}, view);
  await workspace.settled();
  const shown = JSON.stringify(workspace.openViews(person).at(-1)?.view);
  while (workspace.openViews(person).length > 0) await actor.close();
  return shown;
}
