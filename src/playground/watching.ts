import type { Fields } from './json.ts';
import { directWith } from './messages.ts';
import { type Channel, inOrder, type Message, type OpenView } from './state.ts';
import { plain, plainBlocks } from './text.ts';
import { stackOf } from './views.ts';
import type { World } from './world.ts';

/** What people see. */
export interface Watching {
  /** Everything in a channel, threads included, in order of time. */
  messages(channel: string): readonly Message[];
  /** The direct messages between the app and a person. */
  conversation(person: string): readonly Message[];
  /** What only this person sees, everywhere. */
  ephemerals(person: string): readonly Message[];
  /** A person's open modals, lowest first. */
  openViews(person: string): readonly OpenView[];
  /** The app's Home as a person has it; undefined before it was published. */
  home(person: string): OpenView | undefined;
  /** Messages by the app that ring at a person: direct, mentioning them or their group, to all, or in their threads. */
  notifications(person: string): readonly Message[];
  /** What the app says that it is doing in a thread; '' or undefined when nothing. */
  status(message: Message): string | undefined;
  /** The prompts that the app suggests to a person in its Messages tab. */
  prompts(person: string): readonly Fields[];
  /** What a person reads, one line per piece of text, with escapes undone. */
  plain(what: Message | OpenView): string;
}

export function createWatching(world: World): Watching {
  const { state } = world;

  function channelOf(id: string): Channel {
    const channel = state.channels.get(id);
    if (!channel) throw new Error(`there is no channel ${id}`);
    return channel;
  }

  function mentions(message: Message, person: string): boolean {
    const words = JSON.stringify([message.text, message.blocks, message.attachments]);
    if (words.includes(`<@${person}>`) || words.includes(`"user_id":"${person}"`)) return true;
    const groups = [...state.groups.values()].filter((group) => group.users.includes(person));
    return groups.some(({ id }) => words.includes(`<!subteam^${id}`) || words.includes(`"usergroup_id":"${id}"`));
  }

  function follows(channel: Channel, message: Message, person: string): boolean {
    if (message.thread === undefined) return false;
    return inOrder(channel).some(
      ({ ts, thread, user }) => user === person && (ts === message.thread || thread === message.thread),
    );
  }

  function rings(channel: Channel, message: Message, person: string): boolean {
    if (!message.bot) return false;
    if (channel.kind === 'im' || channel.kind === 'mpim' || message.pings.length > 0) return true;
    return mentions(message, person) || follows(channel, message, person);
  }

  return {
    messages: (id) => inOrder(channelOf(id)),
    conversation: (person) => inOrder(directWith(world, person)),
    ephemerals: (person) => state.ephemerals.filter((message) => message.only === person),
    openViews: (person) => stackOf(world, person).flatMap((id) => state.views.get(id) ?? []),
    home: (person) => state.homes.get(person),
    notifications: (person) =>
      [...state.channels.values()]
        .filter((channel) => channel.members.has(person))
        .flatMap((channel) => inOrder(channel).filter((message) => rings(channel, message, person)))
        .sort((a, b) => Number(a.ts) - Number(b.ts)),
    status: ({ channel, thread, ts }) => state.statuses.get(`${channel}:${thread ?? ts}`),
    prompts: (person) => state.prompts.get(directWith(world, person).id) ?? [],
    plain: (what) => ('ts' in what ? plain(state, what) : plainBlocks(state, what.view)),
  };
}
