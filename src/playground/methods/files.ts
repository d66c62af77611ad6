import { fieldsOf, listOf, textOf } from '../json.ts';
import { postableChannel } from '../lookups.ts';
import { postMessage } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import { fileShape } from '../shapes.ts';
import type { StoredFile } from '../state.ts';
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

export const completeUpload: Handler = (world, args) => {
  const files = listOf(args.json('files')).map((entry) => completed(world, entry));
  if (files.length === 0) throw new Refusal('file_not_found');
  const target = args.text('channel_id') ?? args.text('channels');
  const channel = target === undefined ? undefined : postableChannel(world, target);
  for (const file of files) {
    world.state.uploads.delete(file.id);
    world.state.files.set(file.id, file);
  }
  const thread = args.text('thread_ts');
  if (channel) {
    const text = args.text('initial_comment') ?? '';
    postMessage(world, channel, {
      user: identity.botUser,
      text,
      files,
      subtype: 'file_share',
      ...(thread && { thread }),
    });
  }
  return { files: files.map((file) => fileShape(world, file)) };
};

export const showFile: Handler = (world, args) => {
  const file = world.state.files.get(args.text('file') ?? '');
  if (!file) throw new Refusal('file_not_found');
  return { file: fileShape(world, file) };
};
