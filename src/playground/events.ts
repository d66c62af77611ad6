import { compact, type Fields } from './json.ts';
import { channelType, messageShape } from './shapes.ts';
import type { Channel, Message } from './state.ts';
import { identity, type World } from './world.ts';

/**
 * The scope without which an event is not delivered, by its name in the manifest
 * (docs.slack.dev/reference/events/<event>, "Required scopes"). Events that are not named need none.
 */
export const eventScopes: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  app_context_changed: ['assistant:write'],
  agent_session_stopped: ['chat:write'],
  team_join: ['users:read'],
  user_change: ['users:read'],
  subteam_created: ['usergroups:read'],
  subteam_updated: ['usergroups:read'],
  subteam_members_changed: ['usergroups:read'],
  channel_created: ['channels:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_left: ['channels:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_rename: ['groups:read'],
  group_left: ['groups:read'],
  // Any one of these is enough.
  member_joined_channel: ['channels:read', 'groups:read', 'mpim:read'],
  member_left_channel: ['channels:read', 'groups:read', 'mpim:read'],
  reaction_added: ['reactions:read'],
  file_shared: ['files:read'],
  dnd_updated_user: ['dnd:read'],
};

/**
 * Delivers an event when the manifest subscribes to it and its scope is granted; otherwise nothing happens.
 * @param subscription its name in the manifest, e.g. "message.im"
 */
export function emit(world: World, subscription: string, event: Fields): void {
  const { installation, state } = world;
  if (!installation.events.has(subscription)) return;
  const scopes = eventScopes[subscription];
  if (scopes && !scopes.some((scope) => installation.scopes.has(scope))) return;
  const seconds = Math.floor(world.clock.now() / 1000);
  const payload = {
    token: identity.verificationToken,
    team_id: identity.team,
    context_team_id: identity.team,
    context_enterprise_id: null,
    api_app_id: identity.app,
    event: compact(event),
    type: 'event_callback',
    event_id: state.newId('Ev'),
    event_time: seconds,
    authorizations: [
      {
        enterprise_id: null,
        team_id: identity.team,
        user_id: identity.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${subscription}`,
  };
  void world.delivery.deliver('events_api', payload);
}

const messageEvents = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const;

function heard(channel: Channel): boolean {
  return channel.members.has(identity.botUser);
}

function mentionsBot(message: Message): boolean {
  return message.text.includes(`<@${identity.botUser}>`);
}

/** A message was posted: a message event where subscribed, and an app_mention when a member's bot is mentioned. */
export function emitPosted(world: World, channel: Channel, message: Message): void {
  if (!heard(channel)) return;
  const shape = messageShape(world, message, true);
  const event = { ...shape, channel: channel.id, event_ts: message.ts };
  emit(world, messageEvents[channel.kind], { ...event, channel_type: channelType(channel) });
  if (channel.kind !== 'im' && !message.bot && mentionsBot(message)) {
    const { subtype: _, ...mention } = event as Fields;
    emit(world, 'app_mention', { ...mention, type: 'app_mention' });
  }
}

export function emitChanged(world: World, channel: Channel, previous: Message, message: Message): void {
  if (!heard(channel)) return;
  const ts = world.state.newTs();
  emit(world, messageEvents[channel.kind], {
    type: 'message',
    subtype: 'message_changed',
    message: messageShape(world, message, true),
    previous_message: messageShape(world, previous, true),
    channel: channel.id,
    channel_type: channelType(channel),
    hidden: true,
    ts,
    event_ts: ts,
  });
}

export function emitDeleted(world: World, channel: Channel, previous: Message): void {
  if (!heard(channel)) return;
  const ts = world.state.newTs();
  emit(world, messageEvents[channel.kind], {
    type: 'message',
    subtype: 'message_deleted',
    deleted_ts: previous.ts,
    previous_message: messageShape(world, previous),
    channel: channel.id,
    channel_type: channelType(channel),
    hidden: true,
    ts,
    event_ts: ts,
  });
}

export function emitReaction(world: World, channel: Channel, message: Message, user: string, reaction: string): void {
  if (!heard(channel)) return;
  emit(world, 'reaction_added', {
    type: 'reaction_added',
    user,
    reaction,
    item_user: message.user,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    event_ts: world.state.newTs(),
  });
}
