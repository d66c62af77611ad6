import type { Arguments } from '../arguments.ts';
import { checkContent, needContent } from '../content.ts';
import { messageLimits } from '../limits.ts';
import { knownUser, postableChannel, visibleChannel } from '../lookups.ts';
import { changeMessage, type Draft, deleteMessage, postMessage, showEphemeral } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import { messageShape } from '../shapes.ts';
import type { Channel, Message } from '../state.ts';
import { identity } from '../world.ts';
import type { Handler } from './handler.ts';

const timestamp = /^\d{10,}\.\d{6}$/;

/**
 * The thread a message goes to. Slack attaches a reply to a reply somewhere nobody sees it
 * (slackapi/python-slack-sdk#1116); here that is refused.
 * @throws Refusal `invalid_thread_ts`, `thread_not_found` (slackapi/bolt-js#2307), `cannot_reply_to_message`
 */
function threadOf(channel: Channel, thread: string | undefined): { readonly thread?: string } {
  if (thread === undefined) return {};
  if (!timestamp.test(thread)) throw new Refusal('invalid_thread_ts');
  const parent = channel.messages.get(thread);
  if (!parent) throw new Refusal('thread_not_found');
  if (parent.thread !== undefined) throw new Refusal('cannot_reply_to_message');
  return { thread };
}

export const postToChannel: Handler = (world, args) => {
  const channel = postableChannel(world, args.text('channel') ?? '');
  const content = checkContent(world, args);
  needContent(content);
  const broadcast = args.flag('reply_broadcast') ?? false;
  const thread = threadOf(channel, args.text('thread_ts'));
  const message = postMessage(world, channel, {
    ...draftOf(content),
    ...thread,
    ...(broadcast && thread.thread !== undefined && { broadcast, subtype: 'thread_broadcast' }),
  });
  return {
    channel: channel.id,
    ts: message.ts,
    message: messageShape(world, message, true),
    ...(content.truncated && {
      warning: 'message_truncated',
      response_metadata: { warnings: ['message_truncated'] },
    }),
  };
};

function draftOf(content: ReturnType<typeof checkContent>): Draft {
  const { text = '', blocks, attachments, metadata } = content;
  return {
    user: identity.botUser,
    text,
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
    ...(metadata && { metadata }),
  };
}

/** A message of the bot's own that a call wants to change. @throws Refusal `message_not_found`, `notOwn` */
function ownMessage(channel: Channel, args: Arguments, notOwn: string): Message {
  const message = channel.messages.get(args.text('ts') ?? '');
  if (!message) throw new Refusal('message_not_found');
  if (message.user !== identity.botUser) throw new Refusal(notOwn);
  return message;
}

/** What is not given stays: blocks (slackapi/python-slack-sdk#523), metadata; an empty list or object takes it away. */
export const updateMessage: Handler = (world, args) => {
  // A user id is no channel here, unlike in chat.postMessage.
  const channel = visibleChannel(world, args.text('channel') ?? '');
  const message = ownMessage(channel, args, 'cant_update_message');
  if (channel.archived) throw new Refusal('is_inactive');
  if ((args.text('text')?.length ?? 0) > messageLimits.updateText) throw new Refusal('msg_too_long');
  const { truncated: _, ...content } = checkContent(world, args);
  if (content.text === undefined && content.blocks === undefined && content.attachments === undefined) {
    throw new Refusal('no_text');
  }
  needContent({ text: message.text, blocks: message.blocks, ...content, truncated: false });
  const changed = changeMessage(world, channel, message, content);
  return { channel: channel.id, ts: changed.ts, text: changed.text, message: messageShape(world, changed, true) };
};

export const removeMessage: Handler = (world, args) => {
  const channel = visibleChannel(world, args.text('channel') ?? '');
  const message = ownMessage(channel, args, 'cant_delete_message');
  deleteMessage(world, channel, message);
  return { channel: channel.id, ts: message.ts };
};

export const postOnlyTo: Handler = (world, args) => {
  const channel = visibleChannel(world, args.text('channel') ?? '');
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.members.has(identity.botUser)) throw new Refusal('not_in_channel');
  const user = knownUser(world, args.text('user') ?? '', 'user_not_in_channel');
  if (!channel.members.has(user.id)) throw new Refusal('user_not_in_channel');
  const content = checkContent(world, args);
  if (content.truncated) throw new Refusal('msg_too_long');
  needContent(content);
  const message = showEphemeral(world, channel, user.id, {
    ...draftOf(content),
    ...threadOf(channel, args.text('thread_ts')),
  });
  return { message_ts: message.ts };
};

export const linkTo: Handler = (world, args) => {
  const channel = visibleChannel(world, args.text('channel') ?? '');
  const message = channel.messages.get(args.text('message_ts') ?? '');
  if (!message) throw new Refusal('message_not_found');
  return { channel: channel.id, permalink: permalink(message) };
};

function permalink({ channel, ts }: Message): string {
  return `https://${identity.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
}
