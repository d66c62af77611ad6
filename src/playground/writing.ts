import { emit } from './events.ts';
import { removeFile } from './file-access.ts';
import { changeMessage, type Draft, deleteMessage, directWith, postMessage, react } from './messages.ts';
import type { Channel, Message, StoredFile } from './state.ts';
import { storedText } from './text.ts';
import { identity, type World } from './world.ts';

interface Attachment {
  readonly name: string;
  readonly content: string | Buffer;
  readonly mimetype?: string;
}

interface Saying {
  /** The timestamp of the message to reply to. */
  readonly thread?: string;
  readonly files?: readonly Attachment[];
}

/** What a person does by writing. Every method returns what Slack then shows. */
export interface Writing {
  /** Writes to the app in its Messages tab. */
  dm(text: string, how?: Saying): Message;
  say(channel: string, text: string, how?: Saying): Message;
  edit(message: Message, text: string): Message;
  remove(message: Message): void;
  /** Deletes a file of theirs, wherever it is shown. */
  removeFile(id: string): void;
  /** @param name without colons, e.g. "eyes" */
  react(message: Message, name: string): void;
  /** Brings a channel on screen beside the app, so that the app learns of it. */
  lookAt(channel: string): void;
  /** Presses the stop button of an answer that is being written in a thread. */
  stopAnswer(message: Message): void;
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

  function place(message: Message): Channel {
    const channel = world.state.channels.get(message.channel);
    if (!channel?.messages.has(message.ts)) throw new Error(`message ${message.ts} is gone`);
    return channel;
  }

  function own(message: Message): Channel {
    if (message.user !== user) throw new Error(`${user} did not write message ${message.ts}`);
    return place(message);
  }

  return {
    dm(text, how) {
      if (!world.installation.messagesTab) throw new Error('the manifest does not enable the Messages tab');
      return write(directWith(world, user), text, how);
    },
    say(id, text, how) {
      const channel = world.state.channels.get(id);
      if (!channel) throw new Error(`there is no channel ${id}`);
      return write(channel, text, how);
    },
    edit: (message, text) => changeMessage(world, own(message), message, { text: storedText(text) }),
    remove: (message) => deleteMessage(world, own(message), message),
    removeFile: (id) => removeFile(world, user, id),
    react(message, name) {
      const channel = place(message);
      react(world, channel, channel.messages.get(message.ts) ?? message, user, name);
    },
    lookAt(id) {
      emit(world, 'app_context_changed', {
        type: 'app_context_changed',
        user,
        channel: directWith(world, user).id,
        context: { entities: [{ type: 'slack#/types/channel_id', value: id, team_id: identity.team }] },
        event_ts: world.state.newTs(),
      });
    },
    stopAnswer(message) {
      emit(world, 'agent_session_stopped', {
        type: 'agent_session_stopped',
        user,
        channel: message.channel,
        thread_ts: message.thread ?? message.ts,
        streaming_message_ts: [],
        event_ts: world.state.newTs(),
      });
    },
  };
}
