import { mayOpen } from '../file-access.ts';
import { fieldsOf, listOf, textOf } from '../json.ts';
import { postableChannel } from '../lookups.ts';
import { postMessage } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import { fileShape, shownFileShape } from '../shapes.ts';
import type { Channel, StoredFile } from '../state.ts';
import { identity, type World } from '../world.ts';
import type { Handler } from './handler.ts';

export const offerUpload: Handler = (world, args) => {
  const length = args.number('length') ?? 0;
  if (length <= 0) throw new Refusal('missing_argument');
  const id = world.state.newId('F');
  world.state.uploads.set(id, { name: args.text('filename') ?? '', length });
  return { upload_url: `${world.origin()}/upload/${id}`, file_id: id };
};

function completed(world: World, entry: unknown): StoredFile {
  const { id, title } = fieldsOf(entry);
  const upload = world.state.uploads.get(textOf(id));
  if (!upload?.content) throw new Refusal('file_not_found');
  return {
    id: textOf(id),
    name: upload.name,
    title: textOf(title, upload.name),
    mimetype: 'application/octet-stream',
    content: upload.content,
    user: identity.botUser,
    created: Math.floor(world.clock.now() / 1000),
  };
}

// Ids only: a member's id or a name is refused (slackapi/bolt-js#2115).
const conversation = /^[CDGZ][A-Z0-9]+$/;

function threadIn(channel: Channel, thread: string | undefined): { readonly thread?: string } {
  if (thread === undefined) return {};
  const parent = channel.messages.get(thread);
  if (!parent) throw new Refusal('thread_not_found');
  if (parent.thread !== undefined) throw new Refusal('cannot_reply_to_message');
  return { thread };
}

export const completeUpload: Handler = (world, args) => {
  const files = listOf(args.json('files')).map((entry) => completed(world, entry));
  if (files.length === 0) throw new Refusal('file_not_found');
  const target = args.text('channel_id') ?? args.text('channels');
  if (target !== undefined && !conversation.test(target)) throw new Refusal('invalid_arguments');
  const channel = target === undefined ? undefined : postableChannel(world, target);
  const thread = channel && threadIn(channel, args.text('thread_ts'));
  for (const file of files) {
    world.state.uploads.delete(file.id);
    world.state.files.set(file.id, file);
  }
  if (channel) {
    const text = args.text('initial_comment') ?? '';
    postMessage(world, channel, {
      user: identity.botUser,
      text,
      files,
      subtype: 'file_share',
      ...thread,
    });
  }
  return { files: files.map((file) => fileShape(world, file)) };
};

export const showFile: Handler = (world, args) => {
  const id = args.text('file') ?? '';
  if (world.state.deletedFiles.has(id)) throw new Refusal('file_deleted');
  const file = world.state.files.get(id);
  if (!file) throw new Refusal('file_not_found');
  if (!mayOpen(world, file, identity.botUser)) throw new Refusal('not_visible');
  return { file: shownFileShape(world, file) };
};
