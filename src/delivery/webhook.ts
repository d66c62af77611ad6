import { readFile } from 'node:fs/promises';
import { OperatorError } from '../core/errors.ts';
import { secretOf, shortestSecret, signatureOf } from '../core/signing.ts';
import type { Clock } from '../core/time.ts';
import type { SendCall, Sent } from './calls.ts';
import { within } from './limit.ts';

/** Where calls go, and the file with the secret that they are signed with. */
export interface WebhookSettings {
  readonly url: string;
  readonly secretFile: string;
}

// A step has ten seconds; a receiver that wants longer should take what it gets and work later.
const answerMs = 8_000;
const mend = 'Write 32 random bytes into it: openssl rand -base64 32 > webhook.secret.';

/**
 * Reads the secret.
 * @throws OperatorError when it cannot be read or is too short; never shows what was read
 */
export async function readSecret(path: string): Promise<Buffer> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError([{ where: path, problem: `The secret cannot be read (${error.code}).`, mend }]);
  });
  const secret = secretOf(text);
  if (secret) return secret;
  throw new OperatorError([{ where: path, problem: `The secret has under ${shortestSecret} bytes.`, mend }]);
}

/** Posts signed JSON. Redirects are not followed: a signature is for the address that the operator named. */
export function createWebhook(deps: {
  readonly url: string;
  readonly secret: Buffer;
  readonly clock: Clock;
}): SendCall {
  const { url, secret, clock } = deps;

  async function post(id: string, body: string, signal: AbortSignal): Promise<Sent> {
    const seconds = Math.floor(clock.now() / 1_000);
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'ospo-advisor',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(secret, id, seconds, body),
      },
      body,
    });
    // What a receiver says is nobody's: unread, it would hold the connection.
    await response.body?.cancel();
    if (response.ok) return { kind: 'done' };
    const wait = Number(response.headers.get('retry-after'));
    return {
      kind: 'failed',
      code: `http_${response.status}`,
      ...(Number.isFinite(wait) && wait > 0 ? { waitMs: wait * 1_000 } : {}),
    };
  }

  return async ({ id, body }) => {
    const over = new AbortController();
    try {
      return await within(clock, answerMs, post(id, body, over.signal), () => new Error('timeout'));
    } catch (error) {
      return { kind: 'failed', code: codeOf(error) };
    } finally {
      over.abort();
    }
  };
}

/** `ECONNREFUSED`, `timeout`: never an address, which may carry a token. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error && error.message === 'timeout' ? 'timeout' : 'network';
}
