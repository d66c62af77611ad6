import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackGroup, SlackUser } from '../../src/people/slack-directory.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { connect } from '../../src/slack/connect.ts';
import { changeOf, createSlackDirectory } from '../../src/slack/directory.ts';
import { recordLog } from '../delivery/world.ts';
import { manifest } from './house.ts';

async function listed<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of all) items.push(item);
  return items;
}

describe('the workspace, page by page', () => {
  let workspace: Workspace;
  let users: readonly SlackUser[];
  let groups: readonly SlackGroup[];
  beforeAll(async () => {
    const morePeople = Array.from({ length: 450 }, (_, n) => ({ realName: `Person ${n}`, zone: 'Asia/Shanghai' }));
    workspace = await startWorkspace({ manifest, morePeople });
    workspace.addGroup({ handle: 'ospo', users: [workspace.people.lead, workspace.people.reviewer] });
    const { clients } = await connect(
      {
        apiUrl: workspace.apiUrl,
        botToken: workspace.botToken,
        receive: { kind: 'socket', appToken: workspace.appToken },
      },
      recordLog(),
    );
    const directory = createSlackDirectory(clients.background);
    users = await listed(directory.users());
    groups = await listed(directory.groups());
  });
  afterAll(() => workspace.stop());

  it('reads everybody, once, in pages of at most two hundred', () => {
    const pages = workspace.wire.callsOf('users.list');

    expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
    expect(users.length).toBeGreaterThan(450);
    expect(pages.length).toBeGreaterThanOrEqual(3);
    expect(pages.every(({ args }) => Number(args.limit) <= 200)).toBe(true);
  });

  it('knows language, zone, guests and bots', () => {
    const find = (id: string) => users.find((user) => user.id === id);

    expect(find(workspace.people.shanghai)).toMatchObject({ locale: 'zh-CN', zone: 'Asia/Shanghai', active: true });
    expect(find(workspace.people.guest)).toMatchObject({ guest: true, bot: false });
    expect(find(workspace.botUserId)).toMatchObject({ bot: true });
  });

  it('reads the members of user groups', () => {
    const { lead, reviewer } = workspace.people;

    expect(groups).toContainEqual({ handle: 'ospo', members: [lead, reviewer] });
  });
});

describe('a change that an event tells of', () => {
  const changed = (user: object) => changeOf({ type: 'user_change', user: { id: 'U1', ...user } });

  it.each([
    ['the real name of the profile', { name: 'mei', real_name: 'Mei', profile: { real_name: 'Mei Li' } }, 'Mei Li'],
    ['the real name', { name: 'mei', real_name: 'Mei', profile: { real_name: '' } }, 'Mei'],
    ['the handle', { name: 'mei' }, 'mei'],
    ['the id', {}, 'U1'],
  ])('a person goes by %s', (_, user, name) => {
    expect(changed(user)).toMatchObject({ kind: 'user_changed', user: { name } });
  });

  // As in answers for bots, guests of other workspaces, and people who left.
  it('what Slack leaves empty is not known', () => {
    const change = changed({
      name: 'bot',
      real_name: null,
      tz: null,
      locale: null,
      deleted: true,
      is_restricted: null,
      profile: { email: null, real_name: null },
    });

    expect(change).toEqual({
      kind: 'user_changed',
      user: { id: 'U1', name: 'bot', active: false, guest: false, bot: false },
    });
  });

  it.each([
    ['a guest of one channel', { is_ultra_restricted: true }, { guest: true }],
    ['a guest of several', { is_restricted: true }, { guest: true }],
    ['a bot', { is_bot: true }, { bot: true }],
    ['Slackbot', { id: 'USLACKBOT' }, { bot: true }],
    ['somebody who left', { deleted: true }, { active: false }],
  ])('%s', (_, user, expected) => {
    expect(changed(user)).toMatchObject({ user: expected });
  });

  it.each([
    ['subteam_created', { handle: 'ospo', users: ['U1', 'U2'], date_delete: 0 }, ['U1', 'U2']],
    ['subteam_updated', { handle: 'ospo', users: ['U1'], date_delete: 1_700_000_000 }, []],
    ['subteam_updated', { handle: 'ospo' }, []],
  ])('%s of %j', (type, subteam, members) => {
    expect(changeOf({ type, subteam })).toEqual({ kind: 'group_changed', group: { handle: 'ospo', members } });
  });

  it.each([
    ['another event', { type: 'channel_rename', channel: {} }],
    ['a group without a handle', { type: 'subteam_updated', subteam: {} }],
    ['nothing', undefined],
  ])('%s tells of none', (_, event) => {
    expect(changeOf(event)).toBeUndefined();
  });
});
