import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { announcementSubject, announcements } from '../../src/announcements/announcement.ts';
import { auditEvents, verifyChain } from '../../src/core/audit.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { type Newsroom, openNewsroom, withinMs } from './announcements.ts';

const en = {
  title: 'New rule for AGPL services',
  body: '**Ask first.** From 1 December on:\n\n- open a request\n- wait for the answer',
};
const zh = { title: 'AGPL 服务的新规定', body: '**先问再用。**从 12 月 1 日起：\n\n- 提交申请\n- 等待答复' };

let room: Newsroom;
/** A channel of people who are not named beside it. */
let teams: string;
beforeAll(async () => {
  room = await openNewsroom(500);
  const { botUserId, people } = room.workspace;
  teams = room.workspace.addChannel({ name: 'teams', members: [botUserId, people.security] });
});
afterAll(() => room.stop());
beforeEach(() => room.clock.advance(2_000));
afterEach(() => expect(room.workspace.complaints).toEqual([]));

describe('a change of policy', () => {
  let id: string;

  it('begins with a template that cannot be sent as it is', async () => {
    const { lead } = room;

    id = await room.begin(lead, 'policy-change');
    await room.aim(lead, { roles: ['@legal', '@ospo'], channels: [teams] });
    const form = await room.press(lead, 'announcements.check', 'cannot be sent');

    expect(JSON.stringify(form.view)).toContain('Something is still to be filled in');
    expect(form.view).not.toHaveProperty('submit');
    await room.workspace.as(lead).close();
  });

  it('is previewed on the real surface, by its sender alone', async () => {
    const { lead, second } = room;
    await room.open(lead, id);
    await room.write(lead, { en, zh });
    const before = room.messages(second).length;

    await room.press(lead, 'announcements.preview', 'on its way');
    const preview = await room.told(lead, 'only you see this');

    expect(room.workspace.plain(preview)).toContain('New rule for AGPL services');
    expect(room.messages(second)).toHaveLength(before);
  });

  it('names its numbers before it goes out, and reaches each person once, in their language', async () => {
    const { lead, workspace } = room;
    const { legal, reviewer } = workspace.people;

    const form = await room.press(lead, 'announcements.check', 'by direct message');
    await workspace.as(lead).submit({});
    const got = await room.told(legal, 'New rule for AGPL services');
    await workspace.waitFor(() => workspace.messages(teams).find(({ bot, text }) => bot && text.includes('New rule')), {
      withinMs,
    });
    await room.told(lead, 'Sent: 4 of 4');

    const shown = JSON.stringify(form.view);
    expect(shown).toContain('3 people by direct message');
    expect(shown).toContain('1 channel, ');
    for (const person of [legal, reviewer, lead]) {
      const said = room.messages(person).map((message) => workspace.plain(message));
      const copies = said.filter((text) => text.includes('I have read this') && !text.includes('only you see this'));
      expect(copies.length, person).toBe(1);
    }
    expect(workspace.plain(got)).toContain('I have read this');
  });

  it('is confirmed by its readers, in their conversation and in the channel', async () => {
    const { workspace, lead } = room;
    const { legal, security } = workspace.people;
    const mine = await room.told(legal, 'I have read this');
    const posted = workspace.messages(teams).find(({ bot, text }) => bot && text.includes('New rule'));
    if (!posted) throw new Error('nothing in the channel');

    await workspace.as(legal).click(mine, 'announcements.read');
    await room.told(legal, 'You confirmed');
    const before = workspace.ephemerals(security).length;
    await workspace.as(security).click(posted, 'announcements.read');
    const noted = await workspace.waitFor(() => workspace.ephemerals(security)[before], { withinMs });
    const page = await room.open(lead, id);

    expect(workspace.plain(noted)).toContain('Noted');
    // Of three people whom it was for; who read it in the channel is in the export.
    expect(JSON.stringify(page.view)).toContain('Confirmed by 1 (33 %)');
  });

  it('shows its sender the numbers with a chart, as a message', async () => {
    const { lead } = room;
    await room.open(lead, id);

    await room.press(lead, 'announcements.numbers', 'The numbers are on their way');
    const said = await room.told(lead, 'As of');

    expect(said.blocks.map(({ type }) => type)).toContain('data_visualization');
    expect(said.text).toContain('Sent to 4 of 4 places');
    // Three people got it by direct message: too few to say how many of them confirmed.
    expect(said.text).not.toContain('onfirmed');
  });

  it('says the numbers without a chart where the workspace knows none', async () => {
    const { workspace, lead } = room;
    const before = room.messages(lead).length;
    workspace.knowCharts(false);
    await room.open(lead, id);

    await room.press(lead, 'announcements.numbers', 'The numbers are on their way');
    const said = await workspace.waitFor(() => room.messages(lead)[before], { what: 'the numbers', withinMs });
    workspace.knowCharts(true);

    expect(said.blocks.map(({ type }) => type)).not.toContain('data_visualization');
    expect(said.text).toContain('Sent to 4 of 4 places');
    expect(workspace.plain(said)).toContain('Until now: 4 reached');
  });

  it('gathers questions for its sender while the office answers them', async () => {
    const { workspace, lead } = room;
    const { reviewer } = workspace.people;
    const mine = await room.told(reviewer, 'I have read this');

    await workspace.as(reviewer).click(mine, 'announcements.ask');
    await room.viewWith(reviewer, 'What do you want to know');
    const sent = await workspace.as(reviewer).submit({ text: 'Does this hold for internal tools, too?' });
    const page = await room.open(lead, id);

    expect(sent.kind).toBe('closed');
    expect(JSON.stringify(page.view)).toContain('Does this hold for internal tools, too?');
    await workspace.waitFor(
      () =>
        workspace
          .messages(workspace.channels.ospo)
          .find((message) => workspace.plain(message).includes('Does this hold for internal')),
      { what: 'the card of the office', withinMs },
    );
  });

  it('is corrected everywhere it went, silently or with a new confirmation', async () => {
    const { workspace, lead } = room;
    const { legal } = workspace.people;

    await room.press(lead, 'announcements.text_en', 'announcements.words');
    await workspace.as(lead).submit({ title: 'New rule for AGPL services, corrected', body0: en.body });
    await room.press(lead, 'announcements.publish_anew', 'Being sent');
    const corrected = await room.told(legal, 'corrected');

    await workspace.waitFor(
      () =>
        workspace
          .plain(room.messages(legal).find(({ ts }) => ts === corrected.ts) ?? corrected)
          .includes('please read it again'),
      { withinMs },
    );
    expect(room.messages(legal).filter((message) => workspace.plain(message).includes('New rule')).length).toBe(1);
  });

  it('is exported for auditors', async () => {
    const { workspace, lead } = room;
    await room.told(lead, 'places have it');
    const page = await room.open(lead, id);

    await workspace.as(lead).click(page, 'announcements.export');
    const file = await workspace.waitFor(
      () =>
        room
          .messages(lead)
          .flatMap(({ files }) => files ?? [])
          .at(-1),
      { withinMs },
    );

    const content = String(workspace.file(String((file as { id: string }).id))?.content ?? '');
    expect(content).toContain('Legal counsel');
    expect(content).toContain('confirmed (UTC)');
  });

  it('is withdrawn everywhere, with the reason', async () => {
    const { workspace, lead } = room;
    const { legal } = workspace.people;
    await workspace.waitFor(async () => JSON.stringify((await room.open(lead, id)).view).includes('"Sent'), {
      withinMs,
    });

    await room.press(lead, 'announcements.retract', 'Why is it withdrawn');
    await workspace.as(lead).submit({ text: 'The board wants another wording.' });

    const gone = await room.told(legal, 'This announcement was withdrawn');
    expect(workspace.plain(gone)).toContain('The board wants another wording.');
    expect(room.messages(legal).some((message) => workspace.plain(message).includes('Ask first'))).toBe(false);
  });

  it('leaves a chain of everything that happened to it', async () => {
    await room.told(room.lead, 'Withdrawn: gone at 4 of 4');

    const store = await openStore(room.bot.stateDir, { collections: [announcements, auditEvents], mode: 'read' });
    const known = await store.get(announcements, id);
    const subject = announcementSubject(id);
    const { docs } = await store.list(auditEvents, { key: subject, order: 'asc', limit: 50 });
    await store.close();

    // How often it came to its end depends on how soon somebody changed it again.
    const kinds = docs.map(({ kind }) => kind).filter((kind) => kind !== 'finished');
    expect(kinds).toEqual(['confirmed', 'expanded', 'revised', 'retracting', 'retracted']);
    expect(verifyChain(subject, docs, known?.audit)).toEqual([]);
  });
});
