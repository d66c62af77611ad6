import { emitChanged, emitDeleted, emitPosted, emitReaction } from './events.ts';
import type { Fields } from './json.ts';
import { type Channel, directChannel, type Message, type StoredFile } from './state.ts';
import { broadcastPings } from './text.ts';
import { identity, type World } from './world.ts';

export interface Draft {
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly Fields[];
  readonly attachments?: readonly Fields[];
  readonly files?: readonly StoredFile[];
  readonly metadata?: Fields;
  readonly thread?: string;
  readonly broadcast?: boolean;
  readonly subtype?: string;
}

function messageOf(world: World, channel: Channel, draft: Draft): Message {
  const { user, text, blocks = [], attachments = [], files = [], ...rest } = draft;
  return {
    ...rest,
    ts: world.state.newTs(),
    channel: channel.id,
    user,
    text,
    blocks,
    attachments,
    files,
    bot: user === identity.botUser,
    reactions: [],
    pings: broadcastPings(text, [blocks, attachments]),
  };
}

/** Puts a message into a channel and tells the app about it as far as it listens. */
export function postMessage(world: World, channel: Channel, draft: Draft): Message {
  const message = messageOf(world, channel, draft);
  channel.messages.set(message.ts, message);
  if (message.bot) clearStatus(world, channel, message.thread);
  emitPosted(world, channel, message);
  world.signal.changed();
  return message;
}

/** Shows a message to one person only; it is in no history and cannot be changed. */
export function showEphemeral(world: World, channel: Channel, only: string, draft: Draft): Message {
  const message = { ...messageOf(world, channel, draft), only };
  world.state.ephemerals.push(message);
  world.signal.changed();
  return message;
}

/** Replaces parts of a message; metadata stays when not given and goes when null. */
export function changeMessage(
  world: World,
  channel: Channel,
  previous: Message,
  changes: Partial<Pick<Message, 'text' | 'blocks' | 'attachments' | 'broadcast'>> & {
    readonly metadata?: Fields | null;
  },
): Message {
  const { metadata, ...rest } = changes;
  const { metadata: before, ...kept } = previous;
  const after = metadata === undefined ? before : (metadata ?? undefined);
  const changed = { ...kept, ...rest, ...(after && { metadata: after }) };
  const message: Message = {
    ...changed,
    edited: { user: previous.user, ts: world.state.newTs() },
    pings: broadcastPings(changed.text, [changed.blocks, changed.attachments]),
  };
  channel.messages.set(message.ts, message);
  emitChanged(world, channel, previous, message);
  world.signal.changed();
  return message;
}

/** @param name without colons, e.g. "eyes" */
export function react(world: World, channel: Channel, message: Message, user: string, name: string): void {
  const before = message.reactions.find((reaction) => reaction.name === name)?.users ?? [];
  const others = message.reactions.filter((reaction) => reaction.name !== name);
  const reactions = [...others, { name, users: [...new Set([...before, user])] }];
  channel.messages.set(message.ts, { ...message, reactions });
  emitReaction(world, channel, message, user, name);
  world.signal.changed();
}

export function deleteMessage(world: World, channel: Channel, message: Message): void {
  channel.messages.delete(message.ts);
  emitDeleted(world, channel, message);
  world.signal.changed();
}

/** The direct message channel between a person and the app. */
export function directWith(world: World, user: string): Channel {
  return directChannel(world.state, user, identity.botUser, world.clock.now());
}

function clearStatus(world: World, channel: Channel, thread: string | undefined): void {
  world.state.statuses.delete(`${channel.id}:${thread ?? ''}`);
}
