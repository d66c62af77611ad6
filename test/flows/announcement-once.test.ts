import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newsReaders } from '../../src/announcements/reader.ts';
import { collections } from '../../src/app.ts';
import { type PersonId, put } from '../../src/core/ports.ts';
import { projectKey } from '../../src/requests/keys.ts';
import { requestNames } from '../../src/requests/names.ts';
import { requests } from '../../src/requests/records.ts';
import { type Request, requestId } from '../../src/requests/request.ts';
import { statesOf } from '../../src/requests/sample-data.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { typeOfAllWays } from '../requests/rules-world.ts';
import { type Newsroom, openNewsroom, withinMs } from './announcements.ts';

const en = { title: 'Kafka moves', body: 'The project has a new home.' };
const project = 'apache/kafka';

let room: Newsroom;
let channel: string;
beforeAll(async () => {
  room = await openNewsroom(500);
  const { reviewer, engineer, legal, guest } = room.workspace.people;
  channel = room.workspace.addChannel({ name: 'kafka-users', members: [room.workspace.botUserId, reviewer] });
  await room.bot.restart(() =>
    seed(room.bot.stateDir, [
      [reviewer, { state: 'approved' }],
      [engineer, { state: 'approved' }],
      [guest, { state: 'approved' }],
      [legal, { state: 'revoked' }],
    ]),
  );
  await room.knows(room.lead, true);
});
afterAll(() => room.stop());
beforeEach(() => room.clock.advance(2_000));
afterEach(async () => {
  while (room.workspace.openViews(room.lead).length > 0) await room.workspace.as(room.lead).close();
  expect(room.workspace.complaints).toEqual([]);
});

/** Leave to be a maintainer, as it came of requests. */
async function seed(stateDir: string, leave: readonly (readonly [string, Partial<Request>])[]): Promise<void> {
  const store = await openStore(stateDir, { collections });
  const approved = statesOf(typeOfAllWays, 'en').approved;
  if (!approved) throw new Error('the gallery shows no approved request');
  const { id, validUntil, ...request } = approved;
  const shared = { type: 'maintainer', keys: [projectKey(project)], answers: { project }, wakeAt: null };
  await store.commit([
    put(requestNames, 'projects-kafka', { kind: 'projects', name: project, at: 1 }, 0),
    ...leave.map(([requester, more], n) =>
      put(
        requests,
        requestId(900 + n),
        { ...request, ...shared, requester: requester as PersonId, number: 900 + n, draft: `seed-${n}`, ...more },
        0,
      ),
    ),
  ]);
  await store.close();
}

const copiesFor = (person: string) =>
  room.messages(person).filter((message) => message.bot && message.text.startsWith(en.title)).length;

describe('an announcement to those who maintain a project', () => {
  it('finds the project by a part of its name, and says that nothing is there for another one', async () => {
    const { lead, workspace } = room;
    await room.begin(lead, 'event');
    const form = await room.press(lead, 'announcements.audience', 'People who maintain');

    const found = await workspace.as(lead).type(form, 'announcements.project:maintains', 'kaf');
    const none = await workspace.as(lead).type(form, 'announcements.project:maintains', 'nobody/knows');

    expect(found.map(({ value }) => value)).toEqual([project]);
    expect(none).toEqual([]);
  });

  it('reaches them once, without those whose leave ended, and leaves who is in the channel to the channel', async () => {
    const { lead, workspace } = room;
    const { reviewer, engineer, legal, guest } = workspace.people;
    await room.begin(lead, 'policy-change');
    await room.write(lead, { en });
    const audience = await room.press(lead, 'announcements.audience', 'multi_conversations_select');
    const maintains = await workspace.as(lead).type(audience, 'announcements.project:maintains', 'kaf');
    await workspace.as(lead).submit({ channels: [channel], maintains });

    const form = await room.press(lead, 'announcements.check', 'by direct message');
    const shown = JSON.stringify(form.view);
    await workspace.as(lead).submit({});
    await workspace.waitFor(() => workspace.messages(channel).find(({ bot, text }) => bot && text.includes(en.title)), {
      withinMs,
    });
    // Evening in London is morning in Los Angeles.
    await room.clock.advance(9 * 60 * 60_000);
    await room.told(engineer, en.title);
    await room.told(lead, '1 read it in a channel');

    expect(shown).toContain('2 of them maintain apache/kafka.');
    expect(shown).toContain('1 person by direct message');
    expect(shown).toContain('1 person whom you named is in one of the channels');
    expect([reviewer, engineer, legal, guest].map(copiesFor)).toEqual([0, 1, 0, 0]);
  });

  it('counts whoever confirms it in the channel among those whom it was for', async () => {
    const { lead, workspace } = room;
    const { reviewer } = workspace.people;
    const posted = await workspace.waitFor(
      () => workspace.messages(channel).find(({ bot, text }) => bot && text.includes(en.title)),
      { withinMs },
    );

    for (const nth of [0, 1]) {
      const before = workspace.ephemerals(reviewer).length;
      await workspace.as(reviewer).click(posted, 'announcements.read');
      await workspace.waitFor(() => workspace.ephemerals(reviewer)[before], { what: `answer ${nth}`, withinMs });
    }
    await room.clock.advance(1_100);
    await workspace.as(lead).slash('/ospo', `announcements ${en.title}`);
    const said = workspace.ephemerals(lead).at(-1);
    if (!said) throw new Error('no list');
    await workspace.as(lead).click(said, 'announcements.open');
    const page = await room.viewWith(lead, 'announcements.page');

    expect(JSON.stringify(page.view)).toContain('Confirmed by 1 (50 %)');
  });
});

describe('people who join', () => {
  it('while the bot is down are told what still matters, once', async () => {
    const { workspace, bot, clock } = room;
    let joiner = '';
    await bot.restart(() => {
      joiner = workspace.addPerson({ realName: 'New engineer', locale: 'en-US', zone: 'Europe/London' });
    });
    const noted = async () => {
      const store = await openStore(bot.stateDir, { collections, mode: 'read' });
      return (await store.get(newsReaders, joiner))?.welcomeAt;
    };
    await expect.poll(noted, { timeout: withinMs }).toBeTypeOf('number');
    // Two days to settle, and then the next morning of work.
    for (let day = 0; day < 6; day += 1) await clock.advance(24 * 60 * 60_000);

    await room.told(joiner, 'What you should know about open source here');
    await bot.restart();
    await room.knows(room.lead, true);

    const welcomes = room
      .messages(joiner)
      .filter((message) => workspace.plain(message).includes('What you should know about open source here'));
    expect(welcomes).toHaveLength(1);
  });
});
