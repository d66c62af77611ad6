import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ReadFile } from '../core/links.ts';
import { sorted } from './outbound.ts';

const Info = z.object({
  file: z.object({
    name: z.string().nullish(),
    user: z.string().nullish(),
    size: z.number().default(0),
    /** `tombstone`: deleted. `external`, `remote`: kept elsewhere, and so is their address. */
    mode: z.string().default(''),
    is_external: z.boolean().default(false),
    url_private_download: z.string().nullish(),
    url_private: z.string().nullish(),
  }),
});

/** A file of Slack as it is. `unseen`: there is none, or we may not open it. `later`: Slack is out of reach. */
export type Downloaded =
  | { readonly kind: 'bytes'; readonly name: string; readonly owner: string; readonly bytes: Buffer }
  | { readonly kind: 'too-large' | 'deleted' | 'unseen'; readonly name: string }
  | { readonly kind: 'later' };

/** Reads a file by its id, up to so many bytes. Never throws. */
export type Download = (id: string, largest: number) => Promise<Downloaded>;

// A file of the largest size takes some seconds; what takes longer hangs.
const timeoutMs = 30_000;

/**
 * Reads files that people gave the bot, through the Web API.
 * @param settings.token the bot's; it goes to Slack's file host, or to the host of `apiUrl`, and to nobody else
 */
export function createDownload(
  client: WebClient,
  settings: { readonly token: string; readonly apiUrl: string },
): Download {
  const own = new URL(settings.apiUrl).host;

  /** Files that are kept elsewhere have an address of their owner's choice. */
  function isSlack(url: string): boolean {
    const parsed = URL.parse(url);
    if (!parsed) return false;
    return parsed.host === own || (parsed.protocol === 'https:' && parsed.hostname.endsWith('.slack.com'));
  }

  async function bytesAt(url: string, size: number, largest: number): Promise<Buffer | 'too-large' | undefined> {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${settings.token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!answer.ok || !answer.body) return undefined;
    // Without files:read Slack answers with its sign-in page, and says that all is well; a page can also be the file itself.
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer.body) {
      length += chunk.length;
      if (length > largest) return isPage ? undefined : 'too-large';
      chunks.push(chunk);
    }
    return isPage && length !== size ? undefined : Buffer.concat(chunks);
  }

  return async (id, largest) => {
    try {
      const { file } = Info.parse(await client.files.info({ file: id }));
      const name = file.name ?? id;
      if (file.mode === 'tombstone') return { kind: 'deleted', name };
      if (file.size > largest) return { kind: 'too-large', name };
      const url = file.url_private_download ?? file.url_private;
      if (!url || file.is_external || !isSlack(url)) return { kind: 'unseen', name };
      const bytes = await bytesAt(url, file.size, largest);
      if (bytes === 'too-large') return { kind: 'too-large', name };
      return bytes ? { kind: 'bytes', name, owner: file.user ?? '', bytes } : { kind: 'unseen', name };
    } catch (error) {
      const { kind, code } = sorted(error);
      if (kind !== 'refused') return { kind: 'later' };
      return { kind: code === 'file_deleted' ? 'deleted' : 'unseen', name: id };
    }
  };
}

/** Files as text, for whoever reads what is in them. */
export function createFileReader(download: Download): ReadFile {
  return async (id, largest) => {
    const file = await download(id, largest);
    switch (file.kind) {
      case 'bytes':
        return { kind: 'text', name: file.name, text: file.bytes.toString('utf8') };
      case 'too-large':
        return { kind: 'too-large', name: file.name };
      case 'later':
        return { kind: 'unreadable', name: id };
      default:
        return { kind: 'unreadable', name: file.name };
    }
  };
}
