import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channels, people } from '../../src/playground/seed.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { call } from './call.ts';
import { manifest } from './manifest.ts';

let workspace: Workspace;
const ids: Record<string, string> = {};

beforeAll(async () => {
  workspace = await startWorkspace({ manifest, withheld: ['chat:write.public'], timing: { retryAfterMs: [] } });
  const archived = workspace.addChannel({ name: 'archived', members: [workspace.botUserId] });
  workspace.archive(archived);
  const secret = workspace.addChannel({ name: 'secret', private: true, members: [people.lead] });
  const posted = await call(workspace, 'chat.postMessage', { channel: channels.ospo, text: 'own' });
  const own = String(posted.ts);
  const theirs = workspace.as(people.lead).say(channels.ospo, 'theirs').ts;
  const reply = workspace.as(people.lead).say(channels.ospo, 'reply', { thread: own }).ts;
  Object.assign(ids, { archived, secret, own, theirs, reply });
});

afterAll(async () => {
  await workspace.stop();
});

/** Ids that only exist once the workspace runs are written as {own}, {theirs}, {reply}, {archived}, {secret}. */
function filled(args: object): object {
  const text = JSON.stringify(args).replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
  return JSON.parse(text) as object;
}

const text = 'hello';
const divider = { type: 'divider' };
const long = (length: number) => 'x'.repeat(length);
const reference = 'docs.slack.dev/reference/methods';
const ospo = channels.ospo;

describe('calls that Slack refuses', () => {
  it.each([
    // error, method, arguments, source
    ['unknown_method', 'chat.sing', {}, `${reference}`],
    ['invalid_arguments', 'chat.postMessage', { text }, `${reference}/chat.postMessage`],
    ['invalid_arguments', 'chat.postMessage', { channel: ospo, text, colour: 'red' }, 'stricter than Slack'],
    [
      'invalid_arguments',
      'conversations.history',
      { channel: ospo, limit: 'many' },
      `${reference}/conversations.history`,
    ],
    ['channel_not_found', 'chat.postMessage', { channel: 'C0NOWHERE', text }, `${reference}/chat.postMessage`],
    ['channel_not_found', 'chat.postMessage', { channel: '{secret}', text }, `${reference}/chat.postMessage`],
    ['not_in_channel', 'chat.postMessage', { channel: channels.general, text }, `${reference}/chat.postMessage`],
    ['is_archived', 'chat.postMessage', { channel: '{archived}', text }, `${reference}/chat.postMessage`],
    ['cannot_dm_bot', 'chat.postMessage', { channel: 'U0ASSISTANT', text }, `${reference}/im.open`],
    ['no_text', 'chat.postMessage', { channel: ospo }, `${reference}/chat.postMessage`],
    ['no_text', 'chat.postMessage', { channel: ospo, text: ' ', blocks: [] }, `${reference}/chat.postMessage`],
    [
      'invalid_blocks_format',
      'chat.postMessage',
      { channel: ospo, text, blocks: 'no JSON' },
      `${reference}/chat.postMessage`,
    ],
    [
      'invalid_blocks_format',
      'chat.postMessage',
      { channel: ospo, text, blocks: divider },
      `${reference}/chat.postMessage`,
    ],
    [
      'invalid_blocks',
      'chat.postMessage',
      { channel: ospo, text, blocks: [{ type: 'alert' }] },
      `${reference}/chat.postMessage`,
    ],
    [
      'markdown_text_conflict',
      'chat.postMessage',
      { channel: ospo, text, markdown_text: text },
      `${reference}/chat.postMessage`,
    ],
    [
      'msg_too_long',
      'chat.postMessage',
      { channel: ospo, markdown_text: long(12_001) },
      `${reference}/chat.postMessage`,
    ],
    [
      'msg_blocks_too_long',
      'chat.postMessage',
      { channel: ospo, text, blocks: Array(5).fill({ type: 'section', text: { type: 'mrkdwn', text: long(2900) } }) },
      'slackapi/bolt-js#2509',
    ],
    [
      'msg_blocks_too_long',
      'chat.postMessage',
      { channel: ospo, text, blocks: Array(2).fill({ type: 'markdown', text: long(6100) }) },
      'docs.slack.dev/reference/block-kit/blocks/markdown-block',
    ],
    [
      'too_many_attachments',
      'chat.postMessage',
      { channel: ospo, attachments: Array(101).fill({ text }) },
      `${reference}/chat.postMessage`,
    ],
    [
      'invalid_metadata_format',
      'chat.postMessage',
      { channel: ospo, text, metadata: { event_type: 'x' } },
      `${reference}/chat.postMessage`,
    ],
    [
      'invalid_metadata_schema',
      'chat.postMessage',
      { channel: ospo, text, metadata: { event_type: 'x', event_payload: { deep: { deeper: { deepest: 1 } } } } },
      '@slack/types MessageMetadata',
    ],
    [
      'metadata_too_large',
      'chat.postMessage',
      { channel: ospo, text, metadata: { event_type: 'x', event_payload: { id: long(16_000) } } },
      `${reference}/chat.postMessage`,
    ],
    ['invalid_thread_ts', 'chat.postMessage', { channel: ospo, text, thread_ts: '0' }, 'jenkinsci/slack-plugin#584'],
    [
      'thread_not_found',
      'chat.postMessage',
      { channel: ospo, text, thread_ts: '1700000000.000001' },
      'slackapi/bolt-js#2307',
    ],
    [
      'cannot_reply_to_message',
      'chat.postMessage',
      { channel: ospo, text, thread_ts: '{reply}' },
      'slackapi/python-slack-sdk#1116',
    ],
    ['message_not_found', 'chat.update', { channel: ospo, ts: '1700000000.000001', text }, `${reference}/chat.update`],
    ['cant_update_message', 'chat.update', { channel: ospo, ts: '{theirs}', text }, `${reference}/chat.update`],
    ['channel_not_found', 'chat.update', { channel: people.lead, ts: '{own}', text }, `${reference}/chat.update`],
    ['msg_too_long', 'chat.update', { channel: ospo, ts: '{own}', text: long(4001) }, `${reference}/chat.update`],
    ['no_text', 'chat.update', { channel: ospo, ts: '{own}' }, `${reference}/chat.update`],
    ['cant_delete_message', 'chat.delete', { channel: ospo, ts: '{theirs}' }, `${reference}/chat.delete`],
    ['message_not_found', 'chat.delete', { channel: ospo, ts: '1700000000.000001' }, `${reference}/chat.delete`],
    [
      'user_not_in_channel',
      'chat.postEphemeral',
      { channel: ospo, user: people.employee, text },
      `${reference}/chat.postEphemeral`,
    ],
    [
      'not_in_channel',
      'chat.postEphemeral',
      { channel: channels.general, user: people.lead, text },
      `${reference}/chat.postEphemeral`,
    ],
    ['users_list_not_supplied', 'conversations.open', {}, `${reference}/conversations.open`],
    ['user_not_found', 'conversations.open', { users: 'U0NOBODY' }, `${reference}/conversations.open`],
    ['user_disabled', 'conversations.open', { users: people.former }, `${reference}/conversations.open`],
    ['cannot_dm_bot', 'conversations.open', { users: 'U0ASSISTANT' }, `${reference}/im.open`],
    [
      'too_many_users',
      'conversations.open',
      { users: Array(9).fill(people.lead).join(',') },
      `${reference}/conversations.open`,
    ],
    [
      'method_not_supported_for_channel_type',
      'conversations.open',
      { channel: ospo },
      `${reference}/conversations.open`,
    ],
    ['channel_not_found', 'conversations.info', { channel: '{secret}' }, `${reference}/conversations.info`],
    ['invalid_types', 'conversations.list', { types: 'public' }, `${reference}/conversations.list`],
    ['invalid_limit', 'conversations.list', { limit: 1001 }, `${reference}/conversations.list`],
    ['invalid_cursor', 'conversations.list', { cursor: 'bm9uc2Vuc2U=' }, `${reference}/conversations.list`],
    ['not_in_channel', 'conversations.history', { channel: channels.general }, `${reference}/conversations.history`],
    [
      'invalid_ts_oldest',
      'conversations.history',
      { channel: ospo, oldest: 'yesterday' },
      `${reference}/conversations.history`,
    ],
    [
      'invalid_ts_latest',
      'conversations.history',
      { channel: ospo, latest: 'today' },
      `${reference}/conversations.history`,
    ],
    [
      'thread_not_found',
      'conversations.replies',
      { channel: ospo, ts: '1700000000.000001' },
      `${reference}/conversations.replies`,
    ],
    ['is_archived', 'conversations.join', { channel: '{archived}' }, `${reference}/conversations.join`],
    [
      'method_not_supported_for_channel_type',
      'conversations.join',
      { channel: channels.legal },
      `${reference}/conversations.join`,
    ],
    ['user_not_found', 'users.info', { user: 'U0NOBODY' }, `${reference}/users.info`],
    ['users_not_found', 'users.lookupByEmail', { email: 'nobody@example.com' }, `${reference}/users.lookupByEmail`],
    ['users_not_found', 'users.lookupByEmail', { email: 'former@example.com' }, `${reference}/users.lookupByEmail`],
    ['invalid_cursor', 'users.list', { cursor: 'x' }, `${reference}/users.list`],
    ['no_such_subteam', 'usergroups.users.list', { usergroup: 'S0NONE' }, `${reference}/usergroups.users.list`],
    [
      'already_reacted',
      'reactions.add',
      { channel: ospo, timestamp: '{own}', name: 'eyes' },
      `${reference}/reactions.add`,
    ],
    [
      'invalid_name',
      'reactions.add',
      { channel: ospo, timestamp: '{own}', name: ':eyes:' },
      `${reference}/reactions.add`,
    ],
    [
      'message_not_found',
      'reactions.add',
      { channel: ospo, timestamp: '1', name: 'eyes' },
      `${reference}/reactions.add`,
    ],
    [
      'missing_argument',
      'files.getUploadURLExternal',
      { filename: 'a', length: 0 },
      `${reference}/files.getUploadURLExternal`,
    ],
    [
      'file_not_found',
      'files.completeUploadExternal',
      { files: [{ id: 'F0' }] },
      `${reference}/files.completeUploadExternal`,
    ],
    ['file_not_found', 'files.info', { file: 'F0' }, `${reference}/files.info`],
    ['invalid_trigger_id', 'views.open', { trigger_id: 'made.up', view: modal() }, `${reference}/views.open`],
    ['invalid_arguments', 'views.open', { view: modal() }, `${reference}/views.open`],
    ['not_found', 'views.update', { view_id: 'V0', view: modal() }, `${reference}/views.update`],
    [
      'hash_conflict',
      'views.publish',
      { user_id: people.lead, hash: 'old', view: home() },
      `${reference}/views.publish`,
    ],
    [
      'invalid_thread_ts',
      'assistant.threads.setStatus',
      { channel_id: ospo, thread_ts: '1', status: 'reads' },
      `${reference}/assistant.threads.setStatus`,
    ],
    [
      'invalid_arguments',
      'assistant.threads.setStatus',
      { channel_id: ospo, thread_ts: '{own}', status: 'reads', loading_messages: [long(51)] },
      `${reference}/assistant.threads.setStatus`,
    ],
    [
      'invalid_arguments',
      'assistant.threads.setSuggestedPrompts',
      { channel_id: ospo, prompts: Array(5).fill({ title: 'a', message: 'b' }) },
      `${reference}/assistant.threads.setSuggestedPrompts`,
    ],
  ])('%s: %s %j', async (error, method, args, _source) => {
    if (error === 'already_reacted') await call(workspace, method, filled(args));

    const answer = await call(workspace, method, filled(args));

    expect(answer).toMatchObject({ ok: false, error });
  });

  function modal(): object {
    return { type: 'modal', title: { type: 'plain_text', text: 'A form' }, blocks: [divider] };
  }
  function home(): object {
    return { type: 'home', blocks: [divider] };
  }

  it.each([
    ['not_authed', 'auth.test', ''],
    ['invalid_auth', 'auth.test', 'xoxb-other'],
    ['not_allowed_token_type', 'auth.test', 'xapp-playground'],
    ['not_allowed_token_type', 'apps.connections.open', 'xoxb-playground'],
  ])('%s: %s with token "%s"', async (error, method, token) => {
    const answer = await call(workspace, method, {}, token);

    expect(answer).toMatchObject({ ok: false, error });
  });

  it.each([
    ['chat.postMessage', 'chat:write', { channel: ospo, text }],
    ['users.info', 'users:read', { user: people.lead }],
    ['conversations.history', 'channels:history', { channel: ospo }],
    ['conversations.list', 'mpim:read', { types: 'mpim' }],
    ['conversations.open', 'im:write', { users: people.lead }],
    ['views.publish', undefined, { user_id: people.lead, view: { type: 'home', blocks: [divider] } }],
  ])('%s needs %s', async (method, scope, args) => {
    if (scope) workspace.revokeScope(scope);

    const answer = await call(workspace, method, args);

    if (scope) workspace.grantScope(scope);
    expect(answer).toMatchObject(scope ? { ok: false, error: 'missing_scope', needed: scope } : { ok: true });
  });

  it('names every problem and its place', async () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: long(151) } },
      { type: 'divider', style: 'bold' },
    ];

    const answer = await call(workspace, 'chat.postMessage', { channel: ospo, text, blocks });

    expect(answer.response_metadata?.messages).toEqual([
      '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]',
      '[ERROR] invalid additional property: style [json-pointer:/blocks/1]',
    ]);
  });
});

describe('calls that Slack takes', () => {
  it('posts to a person without conversations.open, even to a deactivated one (slackapi/python-slack-sdk#1156)', async () => {
    const answer = await call(workspace, 'chat.postMessage', { channel: people.former, text });

    expect(answer).toMatchObject({
      ok: true,
      channel: expect.stringMatching(/^D/),
      message: { text, user: 'U0ASSISTANT' },
    });
  });

  it('cuts text over 40,000 characters and says so', async () => {
    const answer = await call(workspace, 'chat.postMessage', { channel: ospo, text: long(40_001) });

    expect(answer).toMatchObject({ ok: true, warning: 'message_truncated', message: { text: long(40_000) } });
  });

  it('keeps blocks and metadata that an update does not name, and drops them when it names nothing', async () => {
    const metadata = { event_type: 'delivery', event_payload: { id: 'A1' } };
    const { ts } = await call(workspace, 'chat.postMessage', { channel: ospo, text, blocks: [divider], metadata });

    const kept = await call(workspace, 'chat.update', { channel: ospo, ts, text: 'new' });
    const dropped = await call(workspace, 'chat.update', { channel: ospo, ts, text: 'new', blocks: [], metadata: {} });

    expect(kept.message).toMatchObject({ text: 'new', blocks: [divider], metadata });
    expect(dropped.message).not.toHaveProperty('blocks');
    expect(dropped.message).not.toHaveProperty('metadata');
  });

  it('shows replies only in their thread, and metadata only when asked for', async () => {
    const metadata = { event_type: 'delivery', event_payload: { id: 'B2' } };
    await call(workspace, 'chat.postMessage', { channel: ospo, text: 'in thread', thread_ts: ids.own, metadata });

    const history = await call(workspace, 'conversations.history', { channel: ospo, limit: 200 });
    const replies = await call(workspace, 'conversations.replies', { channel: ospo, ts: ids.own });
    const detailed = await call(workspace, 'conversations.replies', {
      channel: ospo,
      ts: ids.own,
      include_all_metadata: true,
    });

    expect(JSON.stringify(history.messages)).not.toContain('in thread');
    expect(replies.messages).toMatchObject([{ text: 'own' }, { text: 'reply' }, { text: 'in thread' }]);
    expect(JSON.stringify(replies)).not.toContain('B2');
    expect(JSON.stringify(detailed)).toContain('B2');
  });

  it('keeps ephemeral messages out of the history and out of reach', async () => {
    const shown = await call(workspace, 'chat.postEphemeral', { channel: ospo, user: people.lead, text: 'only you' });

    const history = await call(workspace, 'conversations.history', { channel: ospo, limit: 200 });
    const update = await call(workspace, 'chat.update', { channel: ospo, ts: shown.message_ts, text });

    expect(workspace.ephemerals(people.lead).map((message) => message.text)).toEqual(['only you']);
    expect(JSON.stringify(history)).not.toContain('only you');
    expect(update).toMatchObject({ ok: false, error: 'message_not_found' });
  });

  it('pages through people without gaps', async () => {
    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await call(workspace, 'users.list', { limit: 3, include_locale: true, ...(cursor && { cursor }) });
      seen.push(...(page.members as unknown[]));
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);

    expect(seen).toHaveLength(11);
    expect(seen).toContainEqual(
      expect.objectContaining({ id: people.shanghai, locale: 'zh-CN', tz: 'Asia/Shanghai', tz_offset: 28_800 }),
    );
    expect(seen).toContainEqual(expect.objectContaining({ id: people.former, deleted: true }));
    expect(seen).toContainEqual(expect.objectContaining({ id: people.guest, is_restricted: true }));
  });

  it('takes a form as well as JSON, with the token in the body', async () => {
    const body = new URLSearchParams({
      token: workspace.botToken,
      channel: ospo,
      text,
      blocks: JSON.stringify([divider]),
      unfurl_links: 'false',
    });

    const response = await fetch(`${workspace.apiUrl}chat.postMessage`, { method: 'POST', body });

    expect(await response.json()).toMatchObject({ ok: true, message: { blocks: [divider] } });
    expect(workspace.wire.callsOf('chat.postMessage').at(-1)?.args).toEqual({
      channel: ospo,
      text,
      blocks: [divider],
      unfurl_links: 'false',
    });
  });

  it('takes a file in three steps and gives it back to whoever has the token', async () => {
    const { upload_url, file_id } = await call(workspace, 'files.getUploadURLExternal', {
      filename: 'sbom.json',
      length: 2,
    });
    await fetch(String(upload_url), { method: 'POST', body: '{}' });
    const done = await call(workspace, 'files.completeUploadExternal', { files: [{ id: file_id }], channel_id: ospo });
    const [file] = done.files as readonly { readonly url_private: string }[];

    const withToken = await fetch(file?.url_private ?? '', {
      headers: { authorization: `Bearer ${workspace.botToken}` },
    });
    const without = await fetch(file?.url_private ?? '');

    expect(await withToken.text()).toBe('{}');
    expect(without.headers.get('content-type')).toContain('text/html');
    expect(
      workspace
        .messages(ospo)
        .at(-1)
        ?.files.map(({ name }) => name),
    ).toEqual(['sbom.json']);
  });
});
