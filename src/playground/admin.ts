import { emit } from './events.ts';
import { addMember } from './methods/conversations.ts';
import { type NewPerson, personOf } from './seed.ts';
import { groupShape, userShape } from './shapes.ts';
import { addChannel, type Channel, type User, type UserGroup } from './state.ts';
import { identity, type World } from './world.ts';

/** What changes in the workspace without the app: people come and go, channels are made and closed. Events follow. */
export interface Admin {
  user(id: string): User;
  /** Returns the new person's id. */
  addPerson(person: NewPerson): string;
  updatePerson(id: string, changes: Partial<Omit<User, 'id' | 'bot' | 'quiet'>>): void;
  /** Do Not Disturb, in seconds since 1970; undefined ends it. */
  setQuiet(id: string, quiet: User['quiet'] | undefined): void;
  channel(id: string): Channel;
  addChannel(channel: {
    readonly name: string;
    readonly private?: boolean;
    readonly members?: readonly string[];
  }): string;
  invite(channel: string, user: string): void;
  kick(channel: string, user: string): void;
  archive(channel: string): void;
  unarchive(channel: string): void;
  rename(channel: string, name: string): void;
  deleteChannel(channel: string): void;
  addGroup(group: { readonly handle: string; readonly name?: string; readonly users: readonly string[] }): string;
  setGroupUsers(group: string, users: readonly string[]): void;
  /** Takes a scope away from the installed app, or gives it back. */
  revokeScope(scope: string): void;
  grantScope(scope: string): void;
  /** Whether the workspace knows the block for charts; where it does not, it refuses them as any unknown block. */
  knowCharts(known: boolean): void;
  /** Removes the app: its tokens are worthless from then on. */
  uninstall(): void;
}

export function createAdmin(world: World): Admin {
  const { state } = world;
  const seconds = () => Math.floor(world.clock.now() / 1000);

  function user(id: string): User {
    const found = state.users.get(id);
    if (!found) throw new Error(`there is nobody ${id}`);
    return found;
  }

  function channel(id: string): Channel {
    const found = state.channels.get(id);
    if (!found) throw new Error(`there is no channel ${id}`);
    return found;
  }

  function group(id: string): UserGroup {
    const found = state.groups.get(id);
    if (!found) throw new Error(`there is no user group ${id}`);
    return found;
  }

  function emitUser(type: 'team_join' | 'user_change', id: string): void {
    emit(world, type, { type, user: userShape(world, user(id), true), cache_ts: seconds(), event_ts: state.newTs() });
    world.signal.changed();
  }

  function visible({ kind, members }: Channel): boolean {
    return kind === 'public' || members.has(identity.botUser);
  }

  /** Public and private channels have events of their own, with the same fields. */
  function emitChannel(
    target: Channel,
    what: 'archive' | 'unarchive' | 'rename' | 'deleted' | 'left',
    more: object,
  ): void {
    const type = `${target.kind === 'private' ? 'group' : 'channel'}_${what}`;
    if (visible(target) || what === 'left')
      emit(world, type, { type, channel: target.id, ...more, event_ts: state.newTs() });
    world.signal.changed();
  }

  function change(id: string, changes: Partial<Channel>): Channel {
    const changed = { ...channel(id), ...changes };
    state.channels.set(id, changed);
    return changed;
  }

  return {
    user,
    addPerson(person) {
      const id = person.id ?? state.newId('U');
      state.users.set(id, personOf(id, person));
      emitUser('team_join', id);
      return id;
    },
    updatePerson(id, changes) {
      state.users.set(id, { ...user(id), ...changes });
      emitUser('user_change', id);
    },
    setQuiet(id, quiet) {
      const { quiet: _, ...rest } = user(id);
      state.users.set(id, quiet ? { ...rest, quiet } : rest);
      const status = {
        dnd_enabled: quiet !== undefined,
        next_dnd_start_ts: quiet?.from ?? 1,
        next_dnd_end_ts: quiet?.to ?? 1,
      };
      emit(world, 'dnd_updated_user', {
        type: 'dnd_updated_user',
        user: id,
        dnd_status: status,
        event_ts: state.newTs(),
      });
    },
    channel,
    addChannel({ name, private: hidden = false, members = [] }) {
      const kind = hidden ? 'private' : 'public';
      const creator = members[0] ?? 'USLACKBOT';
      return addChannel(state, { id: state.newId('C'), name, kind, creator, members }, world.clock.now()).id;
    },
    invite(id, member) {
      addMember(world, channel(id), user(member).id, undefined);
    },
    kick(id, member) {
      const target = channel(id);
      if (!target.members.delete(member)) return;
      if (member === identity.botUser) emitChannel(target, 'left', { actor_id: 'USLACKBOT' });
      if (!target.members.has(identity.botUser)) return;
      emit(world, 'member_left_channel', {
        type: 'member_left_channel',
        user: member,
        channel: id,
        channel_type: target.kind === 'public' ? 'C' : 'G',
        team: identity.team,
        event_ts: state.newTs(),
      });
    },
    archive: (id) => emitChannel(change(id, { archived: true }), 'archive', { user: 'USLACKBOT' }),
    unarchive: (id) => emitChannel(change(id, { archived: false }), 'unarchive', { user: 'USLACKBOT' }),
    rename(id, name) {
      const renamed = change(id, { name });
      const is_channel = renamed.kind === 'public';
      emitChannel(renamed, 'rename', {
        channel: { id, name, name_normalized: name, created: renamed.created, is_channel, is_mpim: false },
      });
    },
    deleteChannel(id) {
      const target = channel(id);
      state.channels.delete(id);
      emitChannel(target, 'deleted', {});
    },
    addGroup({ handle, name = handle, users }) {
      const id = state.newId('S');
      const added = { id, handle, name, users, disabled: false, created: seconds(), updated: seconds() };
      state.groups.set(id, added);
      emit(world, 'subteam_created', {
        type: 'subteam_created',
        subteam: groupShape(added, true),
        event_ts: state.newTs(),
      });
      return id;
    },
    setGroupUsers(id, users) {
      const before = group(id);
      const after = { ...before, users, updated: seconds() };
      state.groups.set(id, after);
      const added = users.filter((each) => !before.users.includes(each));
      const removed = before.users.filter((each) => !users.includes(each));
      emit(world, 'subteam_members_changed', {
        type: 'subteam_members_changed',
        subteam_id: id,
        team_id: identity.team,
        date_previous_update: before.updated,
        date_update: after.updated,
        added_users: added,
        added_users_count: String(added.length),
        removed_users: removed,
        removed_users_count: String(removed.length),
        event_ts: state.newTs(),
      });
      emit(world, 'subteam_updated', {
        type: 'subteam_updated',
        subteam: groupShape(after, true),
        event_ts: state.newTs(),
      });
    },
    revokeScope: (scope) => void world.installation.scopes.delete(scope),
    grantScope: (scope) => void world.installation.scopes.add(scope),
    knowCharts(known) {
      if (known) state.unknownBlocks.delete('data_visualization');
      else state.unknownBlocks.add('data_visualization');
    },
    uninstall() {
      emit(world, 'app_uninstalled', { type: 'app_uninstalled' });
      emit(world, 'tokens_revoked', { type: 'tokens_revoked', tokens: { oauth: [], bot: [identity.botUser] } });
      state.revokedTokens.add(identity.botToken);
    },
  };
}
