/**
 * The Web API methods that the workspace knows: arguments and scopes as on
 * https://docs.slack.dev/reference/methods/<method>.
 */

/** `list`: comma-separated or an array. `json`: an object or array, or its JSON text. */
export type ArgumentType = 'string' | 'boolean' | 'number' | 'list' | 'json';

export interface Method {
  readonly required: Readonly<Record<string, ArgumentType>>;
  readonly optional: Readonly<Record<string, ArgumentType>>;
  /**
   * `all` of these; or `kind`: the scope depends on the conversation (`channels:read`, `groups:read`, `im:read`,
   * `mpim:read`), and without any of them the method is closed.
   */
  readonly scopes: { readonly all: readonly string[] } | { readonly kind: 'read' | 'history' | 'open' };
  readonly token: 'bot' | 'app';
}

/** docs.slack.dev/apis/web-api/rate-limits: calls a minute for an app in a workspace. */
const tiers = { 2: 20, 3: 50, 4: 100 } as const;

/** Methods that are not in tier 4. `Infinity`: the limit is so high that it does not matter. */
const perMinute: Readonly<Record<string, number>> = {
  'auth.test': Number.POSITIVE_INFINITY,
  // "Several hundred messages a minute" for a workspace; one a second for a channel comes on top.
  'chat.postMessage': 300,
  'assistant.threads.setStatus': Number.POSITIVE_INFINITY,
  'chat.getPermalink': Number.POSITIVE_INFINITY,
  'chat.update': tiers[3],
  'chat.delete': tiers[3],
  'conversations.open': tiers[3],
  'conversations.info': tiers[3],
  'conversations.history': tiers[3],
  'conversations.replies': tiers[3],
  'conversations.join': tiers[3],
  'conversations.list': tiers[2],
  'users.list': tiers[2],
  'users.lookupByEmail': tiers[3],
  'usergroups.list': tiers[2],
  'usergroups.users.list': tiers[2],
  'dnd.info': tiers[3],
  'reactions.add': tiers[3],
  'apps.connections.open': tiers[3],
};

/** How often a method may be called in a minute. */
export function callsPerMinute(name: string): number {
  return perMinute[name] ?? tiers[4];
}

const none = { all: [] } as const;
const write = { all: ['chat:write'] } as const;

const page = { cursor: 'string', limit: 'number' } as const;
const span = { latest: 'string', oldest: 'string', inclusive: 'boolean', include_all_metadata: 'boolean' } as const;
const content = {
  text: 'string',
  blocks: 'json',
  attachments: 'json',
  markdown_text: 'string',
  metadata: 'json',
  parse: 'string',
  link_names: 'boolean',
  as_user: 'boolean',
} as const;
const persona = { username: 'string', icon_emoji: 'string', icon_url: 'string' } as const;
const trigger = { trigger_id: 'string', interactivity_pointer: 'string' } as const;

function method(
  scopes: Method['scopes'],
  required: Method['required'],
  optional: Method['optional'] = {},
  token: Method['token'] = 'bot',
): Method {
  return { scopes, required, optional, token };
}

export const catalog = {
  'auth.test': method(none, {}),
  'apps.connections.open': method(none, {}, {}, 'app'),

  'chat.postMessage': method(
    write,
    { channel: 'string' },
    {
      ...content,
      ...persona,
      thread_ts: 'string',
      reply_broadcast: 'boolean',
      unfurl_links: 'boolean',
      unfurl_media: 'boolean',
      mrkdwn: 'boolean',
    },
  ),
  'chat.update': method(
    write,
    { channel: 'string', ts: 'string' },
    { ...content, reply_broadcast: 'boolean', file_ids: 'list' },
  ),
  'chat.delete': method(write, { channel: 'string', ts: 'string' }, { as_user: 'boolean' }),
  'chat.postEphemeral': method(
    write,
    { channel: 'string', user: 'string' },
    { ...content, ...persona, thread_ts: 'string' },
  ),
  'chat.getPermalink': method(none, { channel: 'string', message_ts: 'string' }),

  'conversations.open': method(
    { kind: 'open' },
    {},
    { channel: 'string', users: 'list', return_im: 'boolean', prevent_creation: 'boolean' },
  ),
  'conversations.info': method(
    { kind: 'read' },
    { channel: 'string' },
    { include_locale: 'boolean', include_num_members: 'boolean' },
  ),
  'conversations.list': method({ kind: 'read' }, {}, { ...page, exclude_archived: 'boolean', types: 'list' }),
  'conversations.members': method({ kind: 'read' }, { channel: 'string' }, page),
  'conversations.history': method({ kind: 'history' }, { channel: 'string' }, { ...page, ...span }),
  'conversations.replies': method({ kind: 'history' }, { channel: 'string', ts: 'string' }, { ...page, ...span }),
  'conversations.join': method({ all: ['channels:join'] }, { channel: 'string' }),

  'users.info': method({ all: ['users:read'] }, { user: 'string' }, { include_locale: 'boolean' }),
  'users.list': method({ all: ['users:read'] }, {}, { ...page, include_locale: 'boolean' }),
  'users.lookupByEmail': method({ all: ['users:read.email'] }, { email: 'string' }),
  'usergroups.list': method(
    { all: ['usergroups:read'] },
    {},
    { include_count: 'boolean', include_disabled: 'boolean', include_users: 'boolean' },
  ),
  'usergroups.users.list': method(
    { all: ['usergroups:read'] },
    { usergroup: 'string' },
    { include_disabled: 'boolean' },
  ),
  'dnd.info': method({ all: ['dnd:read'] }, {}, { user: 'string' }),

  'views.open': method(none, { view: 'json' }, trigger),
  'views.push': method(none, { view: 'json' }, trigger),
  'views.update': method(none, { view: 'json' }, { view_id: 'string', external_id: 'string', hash: 'string' }),
  'views.publish': method(
    none,
    { user_id: 'string', view: 'json' },
    { hash: 'string', interactivity_pointer: 'string' },
  ),

  'reactions.add': method({ all: ['reactions:write'] }, { channel: 'string', timestamp: 'string', name: 'string' }),

  // The reference calls it alt_txt; the client library sends alt_text as well.
  'files.getUploadURLExternal': method(
    { all: ['files:write'] },
    { filename: 'string', length: 'number' },
    { alt_txt: 'string', alt_text: 'string', snippet_type: 'string' },
  ),
  'files.completeUploadExternal': method(
    { all: ['files:write'] },
    { files: 'json' },
    {
      ...persona,
      channel_id: 'string',
      channels: 'string',
      thread_ts: 'string',
      initial_comment: 'string',
      blocks: 'json',
    },
  ),
  'files.info': method({ all: ['files:read'] }, { file: 'string' }, { ...page, count: 'number', page: 'number' }),

  'assistant.threads.setStatus': method(
    write,
    { channel_id: 'string', thread_ts: 'string', status: 'string' },
    { ...persona, loading_messages: 'json' },
  ),
  'assistant.threads.setSuggestedPrompts': method(
    { all: ['assistant:write'] },
    { channel_id: 'string', prompts: 'json' },
    { thread_ts: 'string', title: 'string' },
  ),
} as const satisfies Readonly<Record<string, Method>>;

export type MethodName = keyof typeof catalog;

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(catalog, name);
}
