import { type Share, sharesOf } from './file-access.ts';
import { compact, type Fields } from './json.ts';
import type { Channel, ChannelKind, Message, StoredFile, User, UserGroup } from './state.ts';
import { identity, type World } from './world.ts';

/** What Slack's API calls the things of the workspace: one function for each object type of its reference. */

// Making one costs more than the rest of a person's shape, and thousands of people share a few zones.
const offsets = new Map<string, Intl.DateTimeFormat>();

/** Seconds east of UTC at `now` (ms), e.g. 28800 for Asia/Shanghai. */
function zoneOffset(zone: string, now: number): number {
  const format = offsets.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  offsets.set(zone, format);
  const parts = format.formatToParts(now);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (!match) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

export function userShape(world: World, user: User, withLocale: boolean): Fields {
  const now = world.clock.now();
  const profile = compact({
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.name,
    display_name_normalized: user.name,
    title: '',
    phone: '',
    skype: '',
    status_text: '',
    status_emoji: '',
    status_expiration: 0,
    avatar_hash: '',
    first_name: user.realName,
    last_name: '',
    email: world.installation.scopes.has('users:read.email') && !user.bot ? user.email : undefined,
    team: identity.team,
    ...(user.bot && { api_app_id: identity.app, bot_id: identity.bot }),
  });
  const common = {
    id: user.id,
    team_id: identity.team,
    name: user.name,
    deleted: user.deleted,
    profile,
    is_bot: user.bot,
    is_app_user: false,
    updated: Math.floor(now / 1000),
  };
  // Slack leaves the rest out for people who were deactivated.
  if (user.deleted) return common;
  return {
    ...common,
    color: '9f69e7',
    real_name: user.realName,
    tz: user.zone,
    tz_label: user.zone,
    tz_offset: zoneOffset(user.zone, now),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.guest,
    is_ultra_restricted: false,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
    ...(withLocale && { locale: user.locale }),
  };
}

export function channelShape(world: World, channel: Channel, withMembers = false): Fields {
  const now = world.clock.now();
  if (channel.kind === 'im') {
    const other = [...channel.members].find((member) => member !== identity.botUser);
    return {
      id: channel.id,
      created: channel.created,
      is_im: true,
      is_org_shared: false,
      context_team_id: identity.team,
      user: other,
      is_archived: channel.archived,
      is_user_deleted: world.state.users.get(other ?? '')?.deleted ?? false,
      is_open: true,
      priority: 0,
      ...(withMembers && { num_members: channel.members.size }),
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    created: channel.created,
    creator: channel.creator,
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_shared: false,
    is_org_shared: false,
    is_ext_shared: false,
    is_member: channel.members.has(identity.botUser),
    context_team_id: identity.team,
    updated: now,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
    ...(withMembers && { num_members: channel.members.size }),
  };
}

export function groupShape(group: UserGroup, withUsers: boolean): Fields {
  return {
    id: group.id,
    team_id: identity.team,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    auto_provision: false,
    auto_type: null,
    date_create: group.created,
    date_update: group.updated,
    date_delete: group.disabled ? group.updated : 0,
    created_by: 'USLACKBOT',
    updated_by: 'USLACKBOT',
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    user_count: group.users.length,
    ...(withUsers && { users: group.users }),
  };
}

export function fileShape(world: World, file: StoredFile): Fields {
  const url = `${world.origin()}/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1) : 'text',
    pretty_type: 'File',
    user: file.user,
    user_team: identity.team,
    size: file.content.length,
    mode: 'hosted',
    editable: false,
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    file_access: 'visible',
    url_private: url,
    url_private_download: `${url}?download=1`,
    permalink: permalinkOf(file),
  };
}

/** Slack keeps of a name in an address what is plain ASCII, in lower case. */
function permalinkOf({ id, user, name }: StoredFile): string {
  const last = name.toLowerCase().replace(/[^a-z0-9._-]/g, '_');
  return `https://${identity.domain}.slack.com/files/${user}/${id}/${last}`;
}

/** The same, with the conversations that show it, as `files.info` gives it. */
export function shownFileShape(world: World, file: StoredFile): Fields {
  const shares = sharesOf(world, file.id);
  const idsOf = (...kinds: readonly ChannelKind[]) => [
    ...new Set(shares.filter(({ channel }) => kinds.includes(channel.kind)).map(({ channel }) => channel.id)),
  ];
  return {
    ...fileShape(world, file),
    channels: idsOf('public'),
    groups: idsOf('private', 'mpim'),
    ims: idsOf('im'),
    shares: compact({
      public: sharesBy(shares.filter(({ channel }) => channel.kind === 'public')),
      private: sharesBy(shares.filter(({ channel }) => channel.kind !== 'public')),
    }),
  };
}

function sharesBy(shares: readonly Share[]): Fields | undefined {
  if (shares.length === 0) return undefined;
  const at = (id: string) => shares.filter(({ channel }) => channel.id === id);
  const shown = ({ message }: Share) => compact({ ts: message.ts, thread_ts: message.thread });
  return Object.fromEntries(shares.map(({ channel: { id } }) => [id, at(id).map(shown)]));
}

const channelTypes = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;

/** The word of the `channel_type` field of message events. */
export function channelType(channel: Channel): string {
  return channelTypes[channel.kind];
}

/** A message as the API and events carry it. Metadata only where it was asked for. */
export function messageShape(world: World, message: Message, withMetadata = false): Fields {
  const channel = world.state.channels.get(message.channel);
  const replies =
    channel && !message.thread ? [...channel.messages.values()].filter((other) => other.thread === message.ts) : [];
  const parent = message.thread ? channel?.messages.get(message.thread) : undefined;
  return compact({
    type: 'message',
    subtype: message.subtype,
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: identity.team,
    ...(message.bot
      ? {
          bot_id: identity.bot,
          app_id: identity.app,
          bot_profile: { id: identity.bot, app_id: identity.app, name: world.installation.name, deleted: false },
        }
      : { client_msg_id: `playground-${message.ts}` }),
    blocks: message.blocks.length > 0 ? message.blocks : message.bot ? undefined : typedBlocks(message.text),
    attachments: message.attachments.length > 0 ? message.attachments : undefined,
    files: message.files.length > 0 ? message.files.map((file) => fileShape(world, file)) : undefined,
    thread_ts: message.thread ?? (replies.length > 0 ? message.ts : undefined),
    parent_user_id: parent?.user,
    ...(replies.length > 0 && {
      reply_count: replies.length,
      reply_users: [...new Set(replies.map((reply) => reply.user))],
      latest_reply: replies.at(-1)?.ts,
    }),
    edited: message.edited,
    reactions:
      message.reactions.length > 0
        ? message.reactions.map(({ name, users }) => ({ name, users, count: users.length }))
        : undefined,
    metadata: withMetadata ? message.metadata : undefined,
  });
}

/** What the client adds to a message that a person types. */
function typedBlocks(text: string): readonly Fields[] {
  const typed = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return [
    {
      type: 'rich_text',
      block_id: 'typed',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: typed }] }],
    },
  ];
}
