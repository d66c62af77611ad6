import { createHmac, timingSafeEqual } from 'node:crypto';

// Signed calls between systems, both ways: https://github.com/standard-webhooks/standard-webhooks.

/** Standard Webhooks asks for 24 bytes or more; HMAC-SHA256 gains nothing from more than 64. */
export const shortestSecret = 24;

/**
 * A secret as people write it down: `whsec_` and base64, as Standard Webhooks has it, or text that is taken as it stands.
 * @returns undefined when it has fewer bytes than `shortestSecret`
 */
export function secretOf(text: string): Buffer | undefined {
  const plain = text.trim();
  const secret = plain.startsWith('whsec_') ? Buffer.from(plain.slice(6), 'base64') : Buffer.from(plain, 'utf8');
  return secret.length >= shortestSecret ? secret : undefined;
}

/** `v1,<base64>` over id, timestamp and body. @param seconds since 1970 */
export function signatureOf(secret: Buffer, id: string, seconds: number | string, body: string | Buffer): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${seconds}.`).update(body).digest('base64')}`;
}

/** What a call says of itself, in its headers. */
export interface Signed {
  readonly id: string;
  /** Seconds since 1970, as it was written. */
  readonly timestamp: string;
  /** One signature or several, with spaces between them: a sender that changes its secret signs with both. */
  readonly signatures: string;
}

/** Whether one of the signatures is made with this secret. How long it takes says nothing about how much of it is right. */
export function isSigned(secret: Buffer, { id, timestamp, signatures }: Signed, body: Buffer): boolean {
  const wanted = Buffer.from(signatureOf(secret, id, timestamp, body));
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
