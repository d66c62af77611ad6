import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ChannelStanding, Channels } from '../core/announcing.ts';
import type { Log } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
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
// Slack's most. Two hundred are its advice; a channel of 10,000 would take fifty calls then.
const membersPage = 999;
// Who is in a channel changes slowly, and reading it takes seconds.
const membersKnownMs = 5 * 60_000;
// Beyond it, reading them all takes longer than they are known.
const mostRead = 100;
// A form is opened, read and sent within a minute, and Slack waits three seconds for the answer to a form.
const knownMs = 60_000;

/** What is known of channels, read with the client that may wait. Scopes: channels:read, groups:read, channels:join, all optional. */
export function createChannels(client: WebClient, clock: Clock, log: Log): Channels {
  const remembered = new Map<string, { readonly standing: ChannelStanding; readonly at: number }>();

  const rolls = new Map<string, { readonly members: Promise<ReadonlySet<string> | undefined>; readonly at: number }>();

  /** Who is in a channel; one that is being read is not read twice. */
  function roll(id: string): Promise<ReadonlySet<string> | undefined> {
    const known = rolls.get(id);
    if (known) return known.members;
    const members = readMembers(id);
    rolls.set(id, { members, at: clock.now() });
    // What Slack did not say is asked again.
    void members.then((found) => found ?? rolls.delete(id));
    return members;
  }

  async function readMembers(id: string): Promise<ReadonlySet<string> | undefined> {
    const members = new Set<string>();
    try {
      for await (const page of client.paginate('conversations.members', { channel: id, limit: membersPage })) {
        for (const member of z.object({ members: z.array(z.string()) }).parse(page).members) members.add(member);
      }
      return members;
    } catch (error) {
      log.info({ code: sorted(error).code }, 'the members of a channel could not be read');
      return undefined;
    }
  }

  function forget(): void {
    for (const [id, { at }] of remembered) if (clock.now() - at >= knownMs) remembered.delete(id);
  }

  async function look(ids: readonly string[]): Promise<void> {
    const standings = ids.length <= mostSingly ? await each(ids) : await listed(ids);
    for (const [id, standing] of standings) {
      // What Slack did not say is asked again.
      if (standing.kind !== 'unknown') remembered.set(id, { standing, at: clock.now() });
    }
  }

  async function each(ids: readonly string[]): Promise<ReadonlyMap<string, ChannelStanding>> {
    return new Map(await Promise.all(ids.map(async (id) => [id, await one(id)] as const)));
  }

  async function listed(ids: readonly string[]): Promise<ReadonlyMap<string, ChannelStanding>> {
    const found = new Map<string, ChannelStanding>();
    const complete = (await all('public_channel', found)) && (await all('private_channel', found));
    return new Map(ids.map((id) => [id, found.get(id) ?? { kind: complete ? 'hidden' : 'unknown' }] as const));
  }

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
      forget();
      const unheard = ids.filter((id) => !remembered.has(id));
      if (unheard.length > 0) await look(unheard);
      return new Map(ids.map((id) => [id, remembered.get(id)?.standing ?? { kind: 'unknown' as const }]));
    },

    async members(ids, withinMs) {
      for (const [id, { at }] of rolls) if (clock.now() - at >= membersKnownMs) rolls.delete(id);
      const found = new Map<string, ReadonlySet<string>>();
      const reading = ids.slice(0, mostRead).map(async (id) => {
        const members = await roll(id);
        if (members) found.set(id, members);
      });
      const waiting = new AbortController();
      await Promise.race([Promise.all(reading), clock.sleep(withinMs, waiting.signal)]);
      waiting.abort();
      return new Map(found);
    },

    async join(id) {
      try {
        await client.conversations.join({ channel: id });
        remembered.delete(id);
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
