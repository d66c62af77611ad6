import { type Draft, directWith, postMessage } from './messages.ts';
import type { Channel, Message, StoredFile } from './state.ts';
import { storedText } from './text.ts';
import type { World } from './world.ts';

export interface Attachment {
  readonly name: string;
  readonly content: string | Buffer;
  readonly mimetype?: string;
}

export interface Saying {
  /** The timestamp of the message to reply to. */
  readonly thread?: string;
  readonly files?: readonly Attachment[];
}

/** What a person does by writing. Every method returns what Slack then shows. */
export interface Writing {
  /** Writes to the app in its Messages tab. */
  dm(text: string, how?: Saying): Message;
  say(channel: string, text: string, how?: Saying): Message;
}

function store(world: World, user: string, { name, content, mimetype = 'text/plain' }: Attachment): StoredFile {
  const file: StoredFile = {
    id: world.state.newId('F'),
    name,
    title: name,
    mimetype,
    content: Buffer.from(content),
    user,
    created: Math.floor(world.clock.now() / 1000),
  };
  world.state.files.set(file.id, file);
  return file;
}

export function createWriting(world: World, user: string): Writing {
  function write(channel: Channel, text: string, { thread, files = [] }: Saying = {}): Message {
    if (!channel.members.has(user)) throw new Error(`${user} is not in ${channel.name}: nothing can be written there`);
    if (channel.archived) throw new Error(`${channel.name} is archived`);
    const stored = files.map((file) => store(world, user, file));
    const draft: Draft = {
      user,
      text: storedText(text),
      files: stored,
      ...(thread !== undefined && { thread }),
      ...(stored.length > 0 && { subtype: 'file_share' }),
    };
    return postMessage(world, channel, draft);
  }

  return {
    dm: (text, how) => write(directWith(world, user), text, how),
    say(id, text, how) {
      const channel = world.state.channels.get(id);
      if (!channel) throw new Error(`there is no channel ${id}`);
      return write(channel, text, how);
    },
  };
}
