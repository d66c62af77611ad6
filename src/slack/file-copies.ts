import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { FileCopies } from '../core/links.ts';
import { MessengerError, type PersonId } from '../core/ports.ts';
import type { Download } from './files.ts';
import { sorted } from './outbound.ts';

const Shown = z.object({
  file: z.object({
    ims: z.array(z.string()).default([]),
    shares: z
      .object({ private: z.record(z.string(), z.unknown()).default({}) })
      .partial()
      .default({}),
  }),
});

// As long as a download may take.
const timeoutMs = 30_000;

/**
 * Copies of files that people gave the bot in a form: those are their uploader's and ours, and open for nobody else. A copy is
 * the bot's own, and opens for those in whose conversation it is shown.
 */
export function createFileCopies(client: WebClient, download: Download): FileCopies {
  async function upload(name: string, bytes: Buffer): Promise<string> {
    const begun = await client.files.getUploadURLExternal({ filename: name, length: bytes.length });
    if (!begun.upload_url || !begun.file_id) throw new MessengerError('lost', 'upload_without_address');
    // The address is a secret of its own; the token stays at home.
    const sent = await fetch(begun.upload_url, {
      method: 'POST',
      body: bytes,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!sent.ok) throw new MessengerError('lost', `upload_${sent.status}`);
    return begun.file_id;
  }

  async function conversationWith(person: PersonId): Promise<string> {
    const { channel } = await client.conversations.open({ users: person });
    if (!channel?.id) throw new MessengerError('lost', 'answer_without_channel');
    return channel.id;
  }

  /** What was uploaded and never shown is no file yet for `files.info`. */
  async function isShown(copy: string, channel: string): Promise<boolean> {
    try {
      const { file } = Shown.parse(await client.files.info({ file: copy }));
      return file.ims.includes(channel) || Object.hasOwn(file.shares.private ?? {}, channel);
    } catch (error) {
      if (sorted(error).kind === 'refused') return false;
      throw error;
    }
  }

  return {
    async copy(file, owner, largest) {
      const found = await download(file, largest);
      if (found.kind !== 'bytes') return found;
      const { name, bytes } = found;
      if (found.owner !== owner) return { kind: 'foreign', name: file };
      // Slack takes no empty file.
      if (bytes.length === 0) return { kind: 'unseen', name };
      try {
        return { kind: 'copied', name, copy: await upload(name, bytes) };
      } catch {
        return { kind: 'later' };
      }
    },

    async show({ copies, person, thread, words, ask }) {
      const [first] = copies;
      if (!first) return { kind: 'shown' };
      try {
        const channel = await conversationWith(person);
        if (await isShown(first.copy, channel)) return { kind: 'shown' };
        if (!ask) return { kind: 'asked' };
        await client.files.completeUploadExternal({
          files: [
            { id: first.copy, title: first.title },
            ...copies.slice(1).map(({ copy, title }) => ({ id: copy, title })),
          ],
          channel_id: channel,
          initial_comment: words,
          ...(thread?.channel === channel ? { thread_ts: thread.ts } : {}),
        });
        return { kind: 'asked' };
      } catch (error) {
        const { kind, code } = sorted(error);
        if (kind !== 'refused') return { kind: 'later' };
        // Each upload is shown once: a call before this one did it, and its answer was lost.
        return code === 'file_not_found' ? { kind: 'asked' } : { kind: 'refused', code };
      }
    },
  };
}
