import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SlackChange, SlackDirectory, SlackUser } from '../people/slack-directory.ts';

/** The parts of Slack's user object that we rely on. Bots and people who left have null where others have words. */
const User = z.object({
  id: z.string(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  locale: z.string().nullish(),
  tz: z.string().nullish(),
  profile: z.object({ email: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
});

const Group = z.object({ id: z.string(), handle: z.string(), date_delete: z.number().nullish() });

// Slackbot is a user like any other, except that it is nobody.
const slackbot = 'USLACKBOT';
// Slack recommends no more than 200 a page.
const pageSize = 200;

function userOf(raw: unknown): SlackUser {
  const user = User.parse(raw);
  const email = user.profile?.email;
  return {
    id: user.id,
    name: user.profile?.real_name || user.real_name || user.name || user.id,
    active: !user.deleted,
    guest: Boolean(user.is_restricted || user.is_ultra_restricted),
    bot: Boolean(user.is_bot) || user.id === slackbot,
    ...(email ? { email } : {}),
    ...(user.locale ? { locale: user.locale } : {}),
    ...(user.tz ? { zone: user.tz } : {}),
  };
}

/** Reads the workspace page by page. The client waits for its turn when Slack limits it: nobody is waiting for this. */
export function createSlackDirectory(client: WebClient): SlackDirectory {
  return {
    async *users() {
      for await (const page of client.paginate('users.list', { limit: pageSize, include_locale: true })) {
        for (const member of z.object({ members: z.array(z.unknown()) }).parse(page).members) yield userOf(member);
      }
    },
    async *groups() {
      const { usergroups = [] } = await client.usergroups.list({ include_disabled: true });
      for (const raw of usergroups) {
        const { id, handle, date_delete } = Group.parse(raw);
        const members = date_delete ? [] : ((await client.usergroups.users.list({ usergroup: id })).users ?? []);
        yield { handle, members };
      }
    },
  };
}

const UserEvent = z.object({ type: z.enum(['team_join', 'user_change']), user: z.unknown() });
const GroupEvent = z.object({
  type: z.enum(['subteam_created', 'subteam_updated']),
  subteam: z.object({ handle: z.string(), users: z.array(z.string()).default([]), date_delete: z.number().optional() }),
});

/** The change that an event tells of, or undefined when it tells of none. */
export function changeOf(event: unknown): SlackChange | undefined {
  const user = UserEvent.safeParse(event).data;
  if (user) return { kind: 'user_changed', user: userOf(user.user) };
  const group = GroupEvent.safeParse(event).data?.subteam;
  if (!group) return undefined;
  return { kind: 'group_changed', group: { handle: group.handle, members: group.date_delete ? [] : group.users } };
}
