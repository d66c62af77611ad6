import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { AuditHead } from '../core/audit.ts';
import { OperatorError } from '../core/errors.ts';
import { fingerprintOf } from './keys.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The first line of a list. */
const Opening = z.strictObject({
  list: z.literal('audit heads'),
  format: z.literal(1),
  /** When it was taken. */
  at: z.iso.datetime(),
  /** `all`: every chain there is. `changes`: those that grew since the list before. */
  span: z.enum(['all', 'changes']),
  /** The list before, in the same folder; lists are a chain of their own. */
  previous: z.strictObject({ file: z.string().regex(/^[\w.-]+$/), sha256: hash }).nullable(),
  /** Fingerprint of the key that it is signed with. */
  key: hash,
});
type Opening = z.infer<typeof Opening>;

const Line = z.strictObject({ subject: z.string().min(1), ...AuditHead.shape });
// Hex, since base64 spells the same bytes in several ways.
const Closing = z.strictObject({ signature: z.string().regex(/^[0-9a-f]{128}$/) });

/** Where chains ended at a moment: outside the store, it shows what was cut off or removed since. */
export interface HeadList extends Pick<Opening, 'span' | 'previous'> {
  /** ms */
  readonly at: number;
  /** By subject. */
  readonly heads: ReadonlyMap<string, AuditHead>;
}

/** One JSON object a line: what it is, the heads in the order of subjects, and the signature over all of it (Ed25519). */
export function formatList({ at, span, previous, heads }: HeadList, key: KeyObject): string {
  const opening: Opening = {
    ...{ list: 'audit heads', format: 1, at: new Date(at).toISOString() },
    ...{ span, previous, key: fingerprintOf(key) },
  };
  const lines = [...heads]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, head]) => ({ subject, length: head.length, hash: head.hash }));
  const body = [opening, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  return `${body}${JSON.stringify({ signature: sign(null, Buffer.from(body), key).toString('hex') })}\n`;
}

/**
 * @param where names the file in what is thrown
 * @throws OperatorError when anything in it changed since it was signed, or another key signed it
 */
export function parseList(text: string, where: string, key: KeyObject): HeadList {
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  const body = text.slice(0, end);
  const [first, ...rest] = body.trimEnd().split('\n').map(jsonOf);
  const opening = Opening.safeParse(first);
  const closing = Closing.safeParse(jsonOf(text.slice(end)));
  if (!opening.success || !closing.success) {
    throw refused(where, 'This is no whole list of heads.', 'Give a file that `audit heads` or the bot has written.');
  }
  if (opening.data.key !== fingerprintOf(key)) {
    throw refused(where, 'The list was signed with another key.', 'Give the public half of its key with --key.');
  }
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const lines = z.array(Line).safeParse(rest);
  if (!lines.success || !verify(null, Buffer.from(body), publicKey, Buffer.from(closing.data.signature, 'hex'))) {
    throw refused(where, 'The list was changed after it was signed.', 'Take the copy that was kept elsewhere.');
  }
  const heads = new Map(lines.data.map(({ subject, ...head }) => [subject, head]));
  return { at: Date.parse(opening.data.at), span: opening.data.span, previous: opening.data.previous, heads };
}

/** What the next list says of this one. Hex SHA-256 of the whole file. */
export function sealOfList(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function refused(where: string, problem: string, mend: string): OperatorError {
  return new OperatorError([{ where, problem, mend }]);
}
