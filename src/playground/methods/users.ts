import { knownUser } from '../lookups.ts';
import { pageOf } from '../paging.ts';
import { Refusal } from '../refusal.ts';
import { groupShape, userShape } from '../shapes.ts';
import type { Handler } from './handler.ts';

// Above this, users.list without a limit answers `limit_required`; Slack does not say where "large" begins.
const largeTeam = 1000;

export const showUser: Handler = (world, args) => ({
  user: userShape(world, knownUser(world, args.text('user') ?? ''), args.flag('include_locale') ?? false),
});

export const listUsers: Handler = (world, args) => {
  const all = [...world.state.users.values()];
  const limit = args.number('limit') ?? 0;
  if (limit <= 0 && all.length > largeTeam) throw new Refusal('limit_required');
  const page = pageOf(all, args.text('cursor'), limit <= 0 ? all.length : Math.min(limit, largeTeam));
  return {
    members: page.items.map((user) => userShape(world, user, args.flag('include_locale') ?? false)),
    cache_ts: Math.floor(world.clock.now() / 1000),
    response_metadata: page.metadata,
  };
};

export const findUserByEmail: Handler = (world, args) => {
  const email = args.text('email')?.toLowerCase();
  // Deactivated people are not found by address.
  for (const user of world.state.users.values()) {
    if (!user.deleted && user.email?.toLowerCase() === email) return { user: userShape(world, user, false) };
  }
  throw new Refusal('users_not_found');
};

export const listGroups: Handler = (world, args) => {
  const groups = [...world.state.groups.values()].filter((group) => args.flag('include_disabled') || !group.disabled);
  return { usergroups: groups.map((group) => groupShape(group, args.flag('include_users') ?? false)) };
};

export const listGroupUsers: Handler = (world, args) => {
  const group = world.state.groups.get(args.text('usergroup') ?? '');
  if (!group || (group.disabled && !args.flag('include_disabled'))) throw new Refusal('no_such_subteam');
  return { users: group.users };
};

export const showQuiet: Handler = (world, args) => {
  const user = knownUser(world, args.text('user') ?? '');
  return {
    dnd_enabled: user.quiet !== undefined,
    // Slack answers 1 for "never".
    next_dnd_start_ts: user.quiet?.from ?? 1,
    next_dnd_end_ts: user.quiet?.to ?? 1,
  };
};
