import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Newsroom, openNewsroom, withinMs } from './announcements.ts';

const en = { title: 'Open source day', body: 'Come on **3 December**.' };
const paragraph = '开源日当天会有分享和工作坊，欢迎参加。';
const code = '```\nnpm run ospo -- sbom app.json\n```';
const table = '| 时间 | 内容 |\n|---|---|\n| 10:00 | 开场 |';

let room: Newsroom;
beforeAll(async () => {
  // Five receivers are a wide audience here.
  room = await openNewsroom(5);
});
afterAll(() => room.stop());
beforeEach(() => room.clock.advance(2_000));
afterEach(async () => {
  for (const person of [room.lead, room.second]) {
    while (room.workspace.openViews(person).length > 0) await room.workspace.as(person).close();
  }
  expect(room.workspace.complaints).toEqual([]);
});

describe('a wide audience', () => {
  it('goes out when a second lead approves it, and not when the first does', async () => {
    const { lead, second, workspace } = room;
    const id = await room.begin(lead, 'event');
    await room.write(lead, { en });
    await room.aim(lead, { everybody: ['everybody'] });
    const form = await room.press(lead, 'announcements.check', 'Ask a second lead');

    await workspace.as(lead).submit({});
    const asked = await room.told(second, 'A second lead has to approve');
    const own = await room.open(lead, id);
    await workspace.as(second).click(asked, 'announcements.open');
    await room.viewWith(second, 'Check and approve');
    await room.press(second, 'announcements.check', 'Approve and send');
    await workspace.as(second).submit({});
    const got = await room.told(workspace.people.employee, 'Open source day');

    expect(JSON.stringify(form.view)).toContain('1 guest');
    expect(JSON.stringify(own.view)).not.toContain('Check and approve');
    expect(workspace.plain(got)).toContain('3 December');
    await room.told(lead, 'is approved and goes out');
  });

  it('does not wake whoever sleeps', () => {
    const { engineer } = room.workspace.people;

    // One in the morning in Los Angeles.
    expect(room.messages(engineer).some((message) => room.workspace.plain(message).includes('Open source day'))).toBe(
      false,
    );
  });
});

describe('two leads', () => {
  it('who confirm at once send it once; the slower one is told who was quicker', async () => {
    const { lead, second, workspace } = room;
    const id = await room.begin(lead, 'event');
    await room.write(lead, { en: { ...en, title: 'Both at once' } });
    await room.aim(lead, { roles: ['@legal'] });
    await room.press(lead, 'announcements.check', 'Send to 1 place');
    await room.open(second, id);
    await room.press(second, 'announcements.check', 'Send to 1 place');

    const [first, other] = await Promise.all([workspace.as(lead).submit({}), workspace.as(second).submit({})]);
    await room.told(workspace.people.legal, 'Both at once');

    const shown = [first, other].map((done) => JSON.stringify('view' in done ? done.view.view : done));
    expect(shown.filter((view) => view.includes('This is not possible any more'))).toHaveLength(1);
    const copies = room
      .messages(workspace.people.legal)
      .filter((one) => workspace.plain(one).startsWith('Both at once'));
    expect(copies).toHaveLength(1);
  });

  it('are one when the other loses the role between preview and confirm: nothing is sent', async () => {
    const { second, lead, workspace } = room;
    const architects = workspace.userGroups().find(({ handle }) => handle === 'architects');
    if (!architects) throw new Error('no group of architects');
    await room.begin(second, 'event');
    await room.write(second, { en: { ...en, title: 'Not any more' } });
    await room.aim(second, { roles: ['@legal'] });
    await room.press(second, 'announcements.preview', 'on its way');
    await room.press(second, 'announcements.check', 'Send to 1 place');

    workspace.setGroupUsers(architects.id, []);
    await room.knows(second, false);
    const done = await workspace.as(second).submit({});
    workspace.setGroupUsers(architects.id, [second]);
    await room.knows(second, true);

    expect(JSON.stringify('view' in done ? done.view.view : done)).toContain('Only leads of the open source office');
    const { legal } = workspace.people;
    expect(room.messages(legal).some((message) => workspace.plain(message).includes('Not any more'))).toBe(false);
    expect(lead).not.toBe(second);
  });
});

describe('a text', () => {
  it('of 12,000 characters, only in Chinese, with a table, code and a picture that is gone, reaches readers of English', async () => {
    const { lead, workspace } = room;
    const body = [code, table, ...Array.from({ length: 580 }, () => paragraph)].join('\n\n');
    const parts = Array.from({ length: 4 }, (_, at) => body.slice(at * 2_999, (at + 1) * 2_999));
    await room.begin(lead, 'newsletter');
    await room.write(lead, { zh: { title: '开源日', body: parts[0] ?? '' } });
    for (const at of [1, 2, 3]) {
      const form = await room.press(lead, 'announcements.text_zh', 'announcements.words');
      expect(JSON.stringify(form.view)).toContain(`body${at}`);
      const done = await workspace.as(lead).submit({ [`body${at}`]: parts[at] ?? '' });
      expect(done.kind).toBe('update');
    }
    await room.press(lead, 'announcements.extras', 'Address of a picture');
    await workspace.as(lead).submit({
      picture: 'https://pictures.example.com/gone.png',
      alt: 'A poster',
      links: 'Program | https://example.com/day',
    });
    await room.aim(lead, { roles: ['@legal'] });
    const form = await room.press(lead, 'announcements.check', 'Send to 1 place');
    await workspace.as(lead).submit({});

    const got = await room.told(workspace.people.legal, '开源日当天会有');
    const shown = JSON.stringify(form.view);
    expect(shown).toContain('1 readers of English get the Chinese one');
    expect(workspace.plain(got)).toContain('There is no English text of this');
    expect(workspace.plain(got)).toContain('npm run ospo');
  });

  it('shows how it reads while it is typed', async () => {
    const { lead, workspace } = room;
    await room.begin(lead, 'event');
    const form = await room.press(lead, 'announcements.text_en', 'announcements.words');

    await workspace.as(lead).select(form, 'announcements.typed:0', 'Come and **see** it');

    const view = JSON.stringify((await room.viewWith(lead, '"bold":true')).view);
    expect(view).toContain('This is how it reads');
  });
});

describe('an audience', () => {
  it('of nobody cannot be sent to', async () => {
    const { lead } = room;
    await room.begin(lead, 'event');
    await room.write(lead, { en });

    const form = await room.press(lead, 'announcements.check', 'cannot be sent');

    expect(JSON.stringify(form.view)).toContain('Nobody: there is nothing to send');
    expect(form.view).not.toHaveProperty('submit');
  });

  it('with a channel that I am not in has a button to join it', async () => {
    const { lead, workspace } = room;
    await room.begin(lead, 'event');
    await room.write(lead, { en: { ...en, title: 'In a new channel' } });
    await room.aim(lead, { channels: [workspace.channels.announcements] });
    const before = await room.press(lead, 'announcements.check', 'I am not in this channel');

    await room.press(lead, 'announcements.join', 'Ask a second lead');

    expect(before.view).not.toHaveProperty('submit');
  });

  it('leaves out who turned the kind off, and gathers for who wants a digest', async () => {
    const { lead, workspace, clock } = room;
    const { legal, reviewer } = workspace.people;
    for (const [person, values] of [
      [legal, { kinds: ['newsletter', 'event'], how: 'each' }],
      [reviewer, { how: 'digest' }],
    ] as const) {
      await clock.advance(1_100);
      workspace.as(person).openHome();
      const home = await workspace.waitFor(
        () => [workspace.home(person)].find((view) => JSON.stringify(view ?? '').includes('announcements.settings')),
        { withinMs },
      );
      await workspace.as(person).click(home, 'announcements.settings');
      await room.viewWith(person, 'What you want to hear of');
      await workspace.as(person).submit(values);
    }
    await room.begin(lead, 'success-story');
    await room.write(lead, { en: { ...en, title: 'A success' } });
    await room.aim(lead, { roles: ['@legal', '@ospo'] });
    const form = await room.press(lead, 'announcements.check', 'by direct message');
    await workspace.as(lead).submit({});
    await room.told(lead, '1 on Home or in the digest only');

    const shown = JSON.stringify(form.view);
    expect(shown).toContain('1 person who turned this kind off');
    expect(shown).toContain('1 person gets it with their weekly digest');
    expect(room.messages(reviewer).some((one) => workspace.plain(one).startsWith('A success'))).toBe(false);
    // Next Monday, nine in London.
    await clock.advance(6 * 24 * 60 * 60_000);
    const digest = await room.told(reviewer, 'Open source news of the week');
    expect(workspace.plain(digest)).toContain('A success');
  });
});
