import type { Channel, Message, StoredFile } from './state.ts';
import { identity, type World } from './world.ts';

/** A message that shows a file, and where. */
export interface Share {
  readonly channel: Channel;
  readonly message: Message;
}

/** Every message that shows a file. */
export function sharesOf({ state }: World, id: string): readonly Share[] {
  return [...state.channels.values()].flatMap((channel) =>
    [...channel.messages.values()]
      .filter(({ files }) => files.some((file) => file.id === id))
      .map((message) => ({ channel, message })),
  );
}

/**
 * Whether somebody may open a file: whoever it is from, the app that was given it in a form, and everybody in a conversation
 * that shows it. What is shown in a public channel opens for every person, but for an app only where it is a member
 * (docs.slack.dev/reference/scopes/files.read).
 */
export function mayOpen(world: World, file: StoredFile, who: string): boolean {
  if (!world.state.users.has(who)) return false;
  const isApp = who === identity.botUser;
  if (file.user === who || (isApp && file.given === true)) return true;
  return sharesOf(world, file.id).some(
    ({ channel }) => channel.members.has(who) || (channel.kind === 'public' && !isApp),
  );
}

/** Deletes a file everywhere, as its owner can. @throws Error when it is not theirs */
export function removeFile({ state, signal }: World, person: string, id: string): void {
  const kept = state.files;
  const file = kept.get(id);
  if (file?.user !== person) throw new Error(`${person} has no file ${id}`);
  kept.delete(id);
  state.deletedFiles.add(id);
  for (const channel of state.channels.values()) {
    for (const message of channel.messages.values()) {
      const files = message.files.filter((one) => one.id !== id);
      if (files.length < message.files.length) channel.messages.set(message.ts, { ...message, files });
    }
  }
  signal.changed();
}
