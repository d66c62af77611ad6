import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type AnyJob, type Collection, remove } from '../core/ports.ts';

/** A call that was taken in, and what its sender was told: whoever sends it again hears the same. */
export const Receipt = z.strictObject({
  /** ms */
  at: z.number(),
  /** Hex SHA-256 of the body: one id is one call. */
  body: z.string(),
  status: z.union([z.literal(200), z.literal(202)]),
  answer: z.json(),
});
export type Receipt = z.infer<typeof Receipt>;

const dayMs = 24 * 60 * 60_000;
// Senders give up after two or three days; ours do after two and a half.
const keepDays = 7;

export const receipts: Collection<Receipt> = {
  name: 'call_receipt',
  schema: Receipt,
  shape: 1,
  index: () => [],
  due: ({ at }) => at + keepDays * dayMs,
  retain: { days: keepDays, end: 'delete' },
};

export function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Forgets calls that nobody sends again. */
export const forgetReceipts: AnyJob = {
  collection: receipts,
  run: async (doc) => ({ ops: [remove(receipts, doc)], say: [] }),
};
