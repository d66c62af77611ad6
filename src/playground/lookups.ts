import { directWith } from './messages.ts';
import { Refusal } from './refusal.ts';
import { needScope } from './scopes.ts';
import type { Channel, User } from './state.ts';
import { identity, type World } from './world.ts';

/** A channel that the bot can see: public, or one that it is in. @throws Refusal `channel_not_found` */
export function visibleChannel(world: World, id: string): Channel {
  const channel = world.state.channels.get(id);
  if (!channel) throw new Refusal('channel_not_found');
  if (channel.kind !== 'public' && !channel.members.has(identity.botUser)) throw new Refusal('channel_not_found');
  return channel;
}

/** A visible channel whose kind the app's scopes cover. @throws Refusal `channel_not_found`, `missing_scope` */
export function readableChannel(world: World, id: string, use: 'read' | 'history'): Channel {
  const channel = visibleChannel(world, id);
  needScope(world, use, channel.kind);
  return channel;
}

/**
 * Where chat.postMessage posts: a channel by id or name, or the direct message with a person by user id
 * (docs.slack.dev/reference/methods/chat.postMessage, "Channels"). A deactivated person is no error
 * (slackapi/python-slack-sdk#1156).
 * @throws Refusal `channel_not_found`, `not_in_channel`, `is_archived`, `cannot_dm_bot`, `messages_tab_disabled`
 */
export function postableChannel(world: World, reference: string): Channel {
  const channel = channelByReference(world, reference);
  if (channel.archived) throw new Refusal('is_archived');
  if (channel.kind === 'im' && !world.installation.messagesTab) throw new Refusal('messages_tab_disabled');
  if (channel.members.has(identity.botUser)) return channel;
  if (channel.kind === 'public' && world.installation.scopes.has('chat:write.public')) return channel;
  throw new Refusal('not_in_channel');
}

function channelByReference(world: World, reference: string): Channel {
  const user = world.state.users.get(reference);
  if (user?.bot) throw new Refusal('cannot_dm_bot');
  if (user) return directWith(world, user.id);
  if (world.state.channels.has(reference)) return visibleChannel(world, reference);
  const name = reference.replace(/^#/, '');
  for (const channel of world.state.channels.values()) {
    if (channel.kind !== 'im' && channel.name === name) return visibleChannel(world, channel.id);
  }
  throw new Refusal('channel_not_found');
}

/** @throws Refusal `code` when there is nobody with this id */
export function knownUser(world: World, id: string, code = 'user_not_found'): User {
  const user = world.state.users.get(id);
  if (!user) throw new Refusal(code);
  return user;
}
