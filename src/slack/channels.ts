import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ChannelStanding, Channels } from '../core/links.ts';
import type { Log } from '../core/ports.ts';
import { sorted } from './outbound.ts';

const Channel = z.object({
  id: z.string(),
  name: z.string().default(''),
  is_member: z.boolean().nullish(),
  is_private: z.boolean().nullish(),
  is_archived: z.boolean().nullish(),
  num_members: z.number().nullish(),
});

// A call for each channel, at Slack's 50 a minute, up to here; beyond it is quicker to read the whole list.
const mostSingly = 20;
const pageSize = 200;

/** What is known of channels, read with the client that may wait. Scopes: channels:read, groups:read, channels:join, all optional. */
export function createChannels(client: WebClient, log: Log): Channels {
  async function one(id: string): Promise<ChannelStanding> {
    try {
      const answer = await client.conversations.info({ channel: id, include_num_members: true });
      return standingOf(Channel.parse(answer.channel));
    } catch (error) {
      const { code } = sorted(error);
      if (code === 'channel_not_found') return { kind: 'hidden' };
      log.info({ code }, 'a channel could not be looked at');
      return { kind: 'unknown' };
    }
  }

  async function all(kind: 'public_channel' | 'private_channel', into: Map<string, ChannelStanding>): Promise<boolean> {
    try {
      for await (const page of client.paginate('conversations.list', { types: kind, limit: pageSize })) {
        for (const raw of z.object({ channels: z.array(Channel) }).parse(page).channels)
          into.set(raw.id, standingOf(raw));
      }
      return true;
    } catch (error) {
      log.info({ code: sorted(error).code }, 'channels could not be listed');
      return false;
    }
  }

  return {
    async standings(ids) {
      const known = new Map<string, ChannelStanding>();
      if (ids.length <= mostSingly) {
        for (const id of ids) known.set(id, await one(id));
        return known;
      }
      const listed = new Map<string, ChannelStanding>();
      const complete = (await all('public_channel', listed)) && (await all('private_channel', listed));
      for (const id of ids) known.set(id, listed.get(id) ?? { kind: complete ? 'hidden' : 'unknown' });
      return known;
    },

    async join(id) {
      try {
        await client.conversations.join({ channel: id });
        return true;
      } catch (error) {
        log.info({ code: sorted(error).code }, 'a channel could not be joined');
        return false;
      }
    },
  };
}

function standingOf({
  name,
  is_member,
  is_private,
  is_archived,
  num_members,
}: z.infer<typeof Channel>): ChannelStanding {
  const known = { name, ...(typeof num_members === 'number' ? { members: num_members } : {}) };
  if (is_archived) return { kind: 'archived', ...known };
  if (is_member) return { kind: 'open', ...known };
  return is_private ? { kind: 'hidden' } : { kind: 'outside', ...known };
}
