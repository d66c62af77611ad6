import { mayOpen } from './file-access.ts';
import { inputsShape } from './inputs.ts';
import type { Fields } from './json.ts';
import { directWith } from './messages.ts';
import { fileShape } from './shapes.ts';
import { type Channel, type Message, messageKey, type StoredFile, type User, type UserGroup } from './state.ts';
import type { World } from './world.ts';

/** What a client shows beside the messages: who and what there is. */
export interface Overview {
  everybody(): readonly User[];
  userGroups(): readonly UserGroup[];
  /** Everything that a person is in, oldest first, and the direct messages with the app, written or not. */
  conversations(person: string): readonly Channel[];
  /** What a person has chosen in the menus of a message: block_id -> action_id -> value. */
  chosen(message: Message, person: string): Fields;
  /** The values in an open view, likewise. */
  entered(view: { readonly inputs: Parameters<typeof inputsShape>[0] }): Fields;
  file(id: string): StoredFile | undefined;
  /** A file, if this person may open it. */
  fileFor(person: string, id: string): StoredFile | undefined;
  /** Puts a file into the workspace without a message, as a form's file field does. Returns it as Slack describes it. */
  upload(person: string, file: Pick<StoredFile, 'name' | 'mimetype' | 'content'>): Fields;
  /** Calls `wake` after every change. Returns how to stop. */
  onChange(wake: () => void): () => void;
}

export function createOverview(world: World): Overview {
  const { state } = world;
  return {
    everybody: () => [...state.users.values()],
    userGroups: () => [...state.groups.values()],
    conversations(person) {
      directWith(world, person);
      return [...state.channels.values()].filter((channel) => channel.members.has(person));
    },
    chosen: (message, person) => inputsShape(state.messageInputs.get(messageKey(message, person)) ?? new Map()),
    entered: (view) => inputsShape(view.inputs),
    file: (id) => state.files.get(id),
    fileFor(person, id) {
      const file = state.files.get(id);
      return file && mayOpen(world, file, person) ? file : undefined;
    },
    upload(person, { name, mimetype, content }) {
      const created = Math.floor(world.clock.now() / 1000);
      const id = state.newId('F');
      const file: StoredFile = { id, name, title: name, mimetype, content, user: person, created, given: true };
      state.files.set(file.id, file);
      return fileShape(world, file);
    },
    onChange: (wake) => world.signal.on(wake),
  };
}
