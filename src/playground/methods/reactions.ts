import { visibleChannel } from '../lookups.ts';
import { react } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import { identity } from '../world.ts';
import type { Handler } from './handler.ts';

export const addReaction: Handler = (world, args) => {
  const channel = visibleChannel(world, args.text('channel') ?? '');
  const name = args.text('name') ?? '';
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name');
  if (channel.archived) throw new Refusal('is_archived');
  const message = channel.messages.get(args.text('timestamp') ?? '');
  if (!message) throw new Refusal('message_not_found');
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(identity.botUser)) throw new Refusal('already_reacted');
  react(world, channel, message, identity.botUser, name);
  return {};
};
