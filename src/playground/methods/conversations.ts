import type { Arguments } from '../arguments.ts';
import { emit } from '../events.ts';
import { knownUser, readableChannel, visibleChannel } from '../lookups.ts';
import { directWith } from '../messages.ts';
import { pageOf } from '../paging.ts';
import { Refusal } from '../refusal.ts';
import { needScope } from '../scopes.ts';
import { channelShape, messageShape } from '../shapes.ts';
import { addChannel, type Channel, inOrder, type Message } from '../state.ts';
import { identity, type World } from '../world.ts';
import type { Handler } from './handler.ts';

// docs.slack.dev/reference/methods/conversations.open, "Errors": too_many_users.
const maxUsers = 8;
// docs.slack.dev/reference/methods/conversations.list and .history: "Must be an integer under 1000".
const maxPage = 999;

export const openConversation: Handler = (world, args) => {
  const named = args.text('channel');
  if (named !== undefined) {
    const channel = visibleChannel(world, named);
    if (channel.kind !== 'im' && channel.kind !== 'mpim') throw new Refusal('method_not_supported_for_channel_type');
    return { no_op: true, already_open: true, channel: shown(world, channel, args) };
  }
  const ids = args.list('users') ?? [];
  if (ids.length === 0) throw new Refusal('users_list_not_supplied');
  if (ids.length > maxUsers) throw new Refusal('too_many_users');
  for (const id of ids) {
    const user = knownUser(world, id);
    if (user.bot) throw new Refusal('cannot_dm_bot');
    if (user.deleted) throw new Refusal('user_disabled');
  }
  needScope(world, 'open', ids.length > 1 ? 'mpim' : 'im');
  const [only] = ids;
  const channel = ids.length === 1 && only !== undefined ? directWith(world, only) : groupWith(world, ids);
  return { channel: shown(world, channel, args) };
};

function shown(world: World, channel: Channel, args: Arguments) {
  return args.flag('return_im') || channel.kind === 'mpim' ? channelShape(world, channel) : { id: channel.id };
}

function groupWith(world: World, ids: readonly string[]): Channel {
  const members = [...new Set([identity.botUser, ...ids])];
  for (const channel of world.state.channels.values()) {
    const same = channel.members.size === members.length && members.every((member) => channel.members.has(member));
    if (channel.kind === 'mpim' && same) return channel;
  }
  const name = `mpdm-${members.map((id) => world.state.users.get(id)?.name).join('--')}-1`;
  return addChannel(
    world.state,
    { id: world.state.newId('G'), name, kind: 'mpim', creator: identity.botUser, members },
    world.clock.now(),
  );
}

export const showConversation: Handler = (world, args) => {
  const channel = readableChannel(world, args.text('channel') ?? '', 'read');
  return { channel: channelShape(world, channel, args.flag('include_num_members') ?? false) };
};

const kindOfType = { public_channel: 'public', private_channel: 'private', im: 'im', mpim: 'mpim' } as const;

export const listConversations: Handler = (world, args) => {
  const kinds = (args.list('types') ?? ['public_channel']).map((type) => {
    const kind = kindOfType[type.trim() as keyof typeof kindOfType];
    if (!kind) throw new Refusal('invalid_types');
    needScope(world, 'read', kind);
    return kind;
  });
  const all = [...world.state.channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) &&
      (channel.kind === 'public' || channel.members.has(identity.botUser)) &&
      !(args.flag('exclude_archived') && channel.archived),
  );
  const page = pageOf(all, args.text('cursor'), limitOf(args));
  return {
    channels: page.items.map((channel) => channelShape(world, channel, true)),
    response_metadata: page.metadata,
  };
};

/** @throws Refusal `invalid_limit` */
function limitOf(args: Arguments): number {
  const limit = args.number('limit') ?? 100;
  if (limit < 1 || limit > 1000) throw new Refusal('invalid_limit');
  return Math.min(limit, maxPage);
}

export const listMembers: Handler = (world, args) => {
  const channel = readableChannel(world, args.text('channel') ?? '', 'read');
  const page = pageOf([...channel.members], args.text('cursor'), limitOf(args));
  return { members: page.items, response_metadata: page.metadata };
};

export const joinConversation: Handler = (world, args) => {
  const channel = visibleChannel(world, args.text('channel') ?? '');
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.archived) throw new Refusal('is_archived');
  const already = channel.members.has(identity.botUser);
  if (!already) addMember(world, channel, identity.botUser, undefined);
  return { channel: channelShape(world, channel), ...(already && { warning: 'already_in_channel' }) };
};

/** Puts a person or the bot into a channel and tells the app, if it is in there too. */
export function addMember(world: World, channel: Channel, user: string, inviter: string | undefined): void {
  channel.members.add(user);
  if (channel.members.has(identity.botUser)) {
    emit(world, 'member_joined_channel', {
      type: 'member_joined_channel',
      user,
      channel: channel.id,
      channel_type: channel.kind === 'public' ? 'C' : 'G',
      team: identity.team,
      inviter,
      event_ts: world.state.newTs(),
    });
  }
  world.signal.changed();
}

/** The bot has to be a member to read what is said (docs.slack.dev/reference/methods/conversations.history, "Errors"). */
function readableHistory(world: World, args: Arguments): Channel {
  const channel = readableChannel(world, args.text('channel') ?? '', 'history');
  if (!channel.members.has(identity.botUser)) throw new Refusal('not_in_channel');
  return channel;
}

const timestamp = /^\d+(\.\d+)?$/;

function within(args: Arguments): (message: Message) => boolean {
  const oldest = args.text('oldest') ?? '0';
  const latest = args.text('latest');
  if (!timestamp.test(oldest)) throw new Refusal('invalid_ts_oldest');
  if (latest !== undefined && !timestamp.test(latest)) throw new Refusal('invalid_ts_latest');
  const inclusive = args.flag('inclusive') ?? false;
  const from = Number(oldest);
  const to = latest === undefined ? Number.POSITIVE_INFINITY : Number(latest);
  return ({ ts }) => (inclusive ? Number(ts) >= from && Number(ts) <= to : Number(ts) > from && Number(ts) < to);
}

export const readHistory: Handler = (world, args) => {
  const channel = readableHistory(world, args);
  // Replies are only in the thread, unless they were sent to the channel as well.
  const all = inOrder(channel).filter((message) => message.thread === undefined || message.broadcast);
  const page = pageOf(all.filter(within(args)).reverse(), args.text('cursor'), limitOf(args));
  return {
    messages: page.items.map((message) => messageShape(world, message, args.flag('include_all_metadata'))),
    has_more: page.more,
    pin_count: 0,
    response_metadata: page.metadata,
  };
};

export const readReplies: Handler = (world, args) => {
  const channel = readableHistory(world, args);
  const named = channel.messages.get(args.text('ts') ?? '');
  if (!named) throw new Refusal('thread_not_found');
  const root = named.thread ?? named.ts;
  const inside = within(args);
  // The parent comes first on every page range, whatever `oldest` says.
  const thread = inOrder(channel).filter(
    (message) => message.ts === root || (message.thread === root && inside(message)),
  );
  const page = pageOf(thread, args.text('cursor'), args.number('limit') ?? 1000);
  return {
    messages: page.items.map((message) => messageShape(world, message, args.flag('include_all_metadata'))),
    has_more: page.more,
    response_metadata: page.metadata,
  };
};
