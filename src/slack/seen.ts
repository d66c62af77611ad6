import { z } from 'zod';
import { type AnyJob, type Collection, type Op, put, remove } from '../core/ports.ts';

/** What was done already, by the name of the thing that happened. Inserted with expect 0 in the commit of the effect. */
export const Seen = z.strictObject({ at: z.number() });
export type Seen = z.infer<typeof Seen>;

// Slack redelivers for about five minutes and a crashed bot may be down for a night; a day covers both.
const keepMs = 24 * 60 * 60_000;

export const seen: Collection<Seen> = {
  name: 'seen',
  schema: Seen,
  shape: 1,
  index: () => [],
  due: (doc) => doc.at + keepMs,
  retain: { days: 1, end: 'delete' },
};

/** Claims `identity`; its commit throws a Conflict on `seen` when it was done already. */
export function claim(identity: string, now: number): Op {
  return put(seen, identity, { at: now }, 0);
}

/** Forgets what is older than a day. */
export const forgetSeen: AnyJob = {
  collection: seen,
  run: async (doc) => ({ ops: [remove(seen, doc)], say: [] }),
};
