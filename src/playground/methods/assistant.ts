import type { Arguments } from '../arguments.ts';
import { fieldsOf, isFields, listOf } from '../json.ts';
import { visibleChannel } from '../lookups.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { Channel } from '../state.ts';
import { identity, type World } from '../world.ts';
import type { Handler } from './handler.ts';

// docs.slack.dev/reference/methods/assistant.threads.setStatus: loading_messages.
const loading = { messages: 10, characters: 50 } as const;
// docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts: prompts.
const maxPrompts = 4;

function conversation(world: World, args: Arguments): Channel {
  const channel = visibleChannel(world, args.text('channel_id') ?? '');
  if (!channel.members.has(identity.botUser)) throw new Refusal('channel_not_found');
  return channel;
}

function checkThread(channel: Channel, thread: string | undefined): void {
  if (thread !== undefined && !channel.messages.has(thread)) throw new Refusal('invalid_thread_ts');
}

export const setStatus: Handler = (world, args) => {
  const channel = conversation(world, args);
  const thread = args.text('thread_ts') ?? '';
  checkThread(channel, thread);
  const messages = listOf(args.json('loading_messages'));
  if (messages.length > loading.messages) {
    throw refuse('invalid_arguments', [
      `no more than ${loading.messages} items allowed [json-pointer:/loading_messages]`,
    ]);
  }
  if (messages.some((message) => typeof message !== 'string' || message.length > loading.characters)) {
    throw refuse('invalid_arguments', [
      `must be less than ${loading.characters + 1} characters [json-pointer:/loading_messages]`,
    ]);
  }
  world.state.statuses.set(`${channel.id}:${thread}`, args.text('status') ?? '');
  return {};
};

export const setSuggestedPrompts: Handler = (world, args) => {
  const channel = conversation(world, args);
  const thread = args.text('thread_ts');
  if (thread === undefined && !world.installation.agent) throw new Refusal('not_agent_app');
  checkThread(channel, thread);
  const prompts = args.json('prompts');
  const complete = (prompt: unknown) =>
    isFields(prompt) && typeof fieldsOf(prompt).title === 'string' && typeof fieldsOf(prompt).message === 'string';
  if (!Array.isArray(prompts) || prompts.length === 0 || prompts.length > maxPrompts || !prompts.every(complete)) {
    throw refuse('invalid_arguments', [`1 to ${maxPrompts} prompts with title and message [json-pointer:/prompts]`]);
  }
  world.state.prompts.set(channel.id, prompts.filter(isFields));
  return {};
};
