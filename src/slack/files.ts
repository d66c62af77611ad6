import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ReadFile } from '../core/links.ts';

const Info = z.object({
  file: z.object({
    name: z.string().nullish(),
    size: z.number().default(0),
    url_private_download: z.string().nullish(),
    url_private: z.string().nullish(),
  }),
});

// A file of the largest size takes some seconds; what takes longer hangs.
const timeoutMs = 30_000;

/**
 * Reads files that people gave the bot, through the Web API.
 * @param token the bot's; Slack serves files to nobody else
 */
export function createFileReader(client: WebClient, token: string): ReadFile {
  return async (id, largest) => {
    try {
      const { file } = Info.parse(await client.files.info({ file: id }));
      const name = file.name ?? id;
      if (file.size > largest) return { kind: 'too-large', name };
      const url = file.url_private_download ?? file.url_private;
      if (!url) return { kind: 'unreadable', name };
      const answer = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(timeoutMs),
      });
      // Without files:read Slack answers with its sign-in page, and says that all is well.
      const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
      if (!answer.ok || isPage) return { kind: 'unreadable', name };
      return { kind: 'text', name, text: await answer.text() };
    } catch {
      return { kind: 'unreadable', name: id };
    }
  };
}
