import { signatureOf } from '../../src/core/signing.ts';

export const secret = Buffer.from('a secret of more than twenty-four bytes');

/** The headers of a call, signed as a learning system does it. */
export function headersFor(id: string, atMs: number, body: string | Buffer, key: Buffer = secret) {
  const seconds = Math.floor(atMs / 1_000);
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatureOf(key, id, seconds, body),
  };
}
