import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../src/core/time.ts';
import { channels, people } from '../../src/playground/seed.ts';
import { createState } from '../../src/playground/state.ts';
import { broadcastPings, plain, storedText } from '../../src/playground/text.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { boltApp, type RunningApp } from './app.ts';
import { call } from './call.ts';
import { manifest } from './manifest.ts';

let workspace: Workspace;
let running: RunningApp;

beforeAll(async () => {
  workspace = await startWorkspace({ manifest });
  running = await boltApp(workspace);
  await running.start();
});

afterAll(async () => {
  await running.stop();
  await workspace.stop();
});

beforeEach(() => {
  workspace.wire.envelopes.length = 0;
});

const events = () => workspace.wire.envelopes.map(({ payload }) => payload.event as { readonly type: string });

describe('events when something changes', () => {
  it.each<[string, (there: Workspace) => void, object]>([
    [
      'team_join',
      (there) => void there.addPerson({ realName: 'New joiner', zone: 'Asia/Tokyo' }),
      { user: { real_name: 'New joiner', tz: 'Asia/Tokyo' } },
    ],
    [
      'user_change',
      (there) => there.updatePerson(people.engineer, { deleted: true }),
      { user: { id: people.engineer, deleted: true } },
    ],
    [
      'dnd_updated_user',
      (there) => there.setQuiet(people.lead, { from: 1, to: 2 }),
      { dnd_status: { dnd_enabled: true } },
    ],
    [
      'member_joined_channel',
      (there) => there.invite(channels.ospo, people.employee),
      { user: people.employee, channel: channels.ospo },
    ],
    [
      'member_left_channel',
      (there) => there.kick(channels.ospo, people.employee),
      { user: people.employee, channel: channels.ospo },
    ],
    ['channel_left', (there) => there.kick(channels.ospo, there.botUserId), { channel: channels.ospo }],
    ['member_joined_channel', (there) => there.invite(channels.ospo, there.botUserId), { user: 'U0ASSISTANT' }],
    ['channel_archive', (there) => there.archive(channels.questions), { channel: channels.questions }],
    ['channel_unarchive', (there) => there.unarchive(channels.questions), { channel: channels.questions }],
    [
      'channel_rename',
      (there) => there.rename(channels.questions, 'ask'),
      { channel: { id: channels.questions, name: 'ask' } },
    ],
    [
      'subteam_created',
      (there) => void there.addGroup({ handle: 'reviewers', users: [people.lead] }),
      { subteam: { users: [people.lead] } },
    ],
    [
      'app_context_changed',
      (there) => there.as(people.lead).lookAt(channels.general),
      { context: { entities: [{ value: channels.general }] } },
    ],
    ['app_home_opened', (there) => there.as(people.lead).openHome('messages'), { tab: 'messages' }],
  ])('%s', (type, change, fields) => {
    change(workspace);

    expect(events()).toMatchObject([{ type, ...fields }]);
  });

  it('tells who joined and left a user group', () => {
    const group = workspace.addGroup({ handle: 'approvers', users: [people.lead, people.legal] });
    workspace.wire.envelopes.length = 0;

    workspace.setGroupUsers(group, [people.legal, people.manager]);

    expect(events()).toMatchObject([
      { type: 'subteam_members_changed', added_users: [people.manager], removed_users: [people.lead] },
      { type: 'subteam_updated', subteam: { users: [people.legal, people.manager] } },
    ]);
  });

  it('says nothing that the manifest does not subscribe to, or whose scope is missing', () => {
    workspace.deleteChannel(workspace.addChannel({ name: 'short-lived' }));
    workspace.revokeScope('im:history');

    workspace.as(people.lead).dm('unheard');

    workspace.grantScope('im:history');
    expect(events()).toEqual([]);
  });

  it('delivers an envelope again on demand', async () => {
    const retries: unknown[] = [];
    running.app.message('again', async ({ context }) => void retries.push(context.retryNum));
    workspace.as(people.lead).dm('again');
    await workspace.settled();
    const [envelope] = workspace.wire.envelopes;

    if (envelope) await workspace.redeliver(envelope);
    await workspace.waitFor(() => retries.length === 2);

    expect(retries).toEqual([0, 1]);
  });

  it('carries edits, deletions, reactions and files', async () => {
    const person = workspace.as(people.lead);
    const message = person.dm('first', { files: [{ name: 'sbom.json', content: '{}' }] });

    person.react(message, 'eyes');
    const edited = person.edit(message, 'second');
    person.remove(edited);

    expect(events()).toMatchObject([
      { type: 'message', subtype: 'file_share', files: [{ name: 'sbom.json', filetype: 'json' }], channel_type: 'im' },
      { type: 'reaction_added', reaction: 'eyes', item: { ts: message.ts } },
      { subtype: 'message_changed', message: { text: 'second' }, previous_message: { text: 'first' } },
      { subtype: 'message_deleted', deleted_ts: message.ts },
    ]);
  });
});

describe('what people see', () => {
  it('rings at those whom a message is for', async () => {
    const group = workspace.addGroup({ handle: 'legal-team', users: [people.legal] });
    const post = (args: object) => call(workspace, 'chat.postMessage', { channel: channels.ospo, ...args });
    const thread = workspace.as(people.reviewer).say(channels.ospo, 'a question').ts;
    await post({ text: 'no one' });
    await post({ text: `to <@${people.lead}>` });
    await post({ text: `to <!subteam^${group}>` });
    await post({ text: 'in thread', thread_ts: thread });
    await post({ text: 'all <!here>' });

    const heard = (person: string) => workspace.notifications(person).map(({ text }) => text.replace(/ <.*/, ''));

    expect(heard(people.lead)).toEqual(['to', 'all']);
    expect(heard(people.legal)).toEqual(['to', 'all']);
    expect(heard(people.reviewer)).toEqual(['in thread', 'all']);
    expect(heard(people.manager)).toEqual([]);
  });

  it('shows status and prompts of the assistant, and clears the status with the answer', async () => {
    const question = workspace.as(people.lead).dm('how?');
    const thread = { channel_id: question.channel, thread_ts: question.ts };
    await call(workspace, 'assistant.threads.setStatus', { ...thread, status: 'is reading' });
    const prompts = [{ title: 'Ask', message: 'May I use it?' }];
    await call(workspace, 'assistant.threads.setSuggestedPrompts', { channel_id: question.channel, prompts });

    const before = workspace.status(question);
    await call(workspace, 'chat.postMessage', { channel: question.channel, text: 'so', thread_ts: question.ts });

    expect(before).toBe('is reading');
    expect(workspace.status(question)).toBeUndefined();
    expect(workspace.prompts(people.lead)).toEqual(prompts);
  });

  it('keeps people from doing what Slack does not let them do', () => {
    const { lead, former, employee } = people;

    expect(() => workspace.as(former)).toThrow('deactivated');
    expect(() => workspace.as(employee).say(channels.legal, 'x')).toThrow('is not in legal');
    expect(() => workspace.as(lead).edit(workspace.as(employee).dm('x'), 'y')).toThrow('did not write');
    expect(() => workspace.as(lead).globalShortcut('ask_message')).toThrow('no global shortcut');
  });
});

describe('text', () => {
  const state = createState(movableClock(0));
  const read = (text: string) => plain(state, { text, blocks: [] });

  it('reads as it was typed, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        fc.pre(!/[<\0]/.test(typed));
        expect(read(storedText(typed))).toBe(typed);
      }),
      { seed: 20261122 },
    );
  });

  it.each([
    ['a < b && b > a', 'a &lt; b &amp;&amp; b &gt; a'],
    ['ask <@U1> & <#C1|x>', 'ask <@U1> &amp; <#C1|x>'],
    ['<!channel> <https://example.com|site> <script>', '<!channel> <https://example.com|site> &lt;script&gt;'],
  ])('%s is stored as %s', (typed, stored) => {
    expect(storedText(typed)).toBe(stored);
  });

  it.each([
    [['channel'], 'hello <!channel>', []],
    [[], 'hello &lt;!channel&gt;', []],
    [['here'], '', [{ type: 'section', text: { type: 'mrkdwn', text: '<!here>' } }]],
    [[], '', [{ type: 'section', text: { type: 'plain_text', text: '<!here>' } }]],
    [['everyone'], '', [{ type: 'markdown', text: 'all <!everyone|all>' }]],
    [
      ['channel'],
      '',
      [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'channel' }] }],
        },
      ],
    ],
  ])('pings %j: %s %j', (expected, text, blocks) => {
    expect(broadcastPings(text, blocks)).toEqual(expected);
  });
});

describe('rate limits', () => {
  it('are enforced by the clock of the workspace when switched on', async () => {
    const clock = movableClock(Date.UTC(2026, 10, 22));
    const strict = await startWorkspace({ manifest, clock, rateLimits: true });
    const list = async () => (await call(strict, 'users.list')).error ?? 'ok';

    const first = await Promise.all(Array.from({ length: 21 }, list));
    await clock.advance(60_000);
    const later = await list();

    await strict.stop();
    expect(first.filter((answer) => answer === 'ok')).toHaveLength(20);
    expect(first.at(-1)).toBe('ratelimited');
    expect(later).toBe('ok');
  });
});
