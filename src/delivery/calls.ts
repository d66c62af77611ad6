import { z } from 'zod';
import { type AnyJob, type Collection, type Doc, type DrawCall, type Log, put } from '../core/ports.ts';

const filled = z.string().min(1);

/** A call to the webhook of the organization: what it says is drawn from its subject when it is made. */
export const Call = z.strictObject({
  hook: filled,
  /** What the call tells of: the id given to it. */
  subject: filled,
  /** When what it tells of happened, ms. */
  at: z.number(),
  state: z.enum(['pending', 'done', 'failed']),
  attempt: z.int().nonnegative(),
  /** When it is tried next, ms. */
  due: z.number(),
  /** Why it stands where it stands. */
  code: z.string().exactOptional(),
});
export type Call = z.infer<typeof Call>;

/** The id is the key by which a receiver knows that it has it already. Kept a month, for whoever asks what was sent. */
export const calls: Collection<Call> = {
  name: 'call',
  schema: Call,
  shape: 1,
  index: ({ state, due }) => [{ key: `state:${state}`, at: due }],
  due: ({ state, due }) => (state === 'pending' ? due : null),
  retain: { days: 30, end: 'delete' },
};

/** Delivers one body. Resolves with what came of it, never throws for what a network does. */
export type SendCall = (call: {
  /** Unique to what is told: sent again, it is the same. */
  readonly id: string;
  readonly body: string;
}) => Promise<Sent>;

export type Sent =
  | { readonly kind: 'done' }
  /** `waitMs`: the receiver asked for so much patience. */
  | { readonly kind: 'failed'; readonly code: string; readonly waitMs?: number };

const firstWaitMs = 10_000;
const longestWaitMs = 6 * 60 * 60_000;
// With the waits above about two and a half days: an outage over a weekend loses nothing.
const mostAttempts = 20;

/** The call after an attempt. */
export function afterAttempt(call: Call, sent: Sent, now: number): Call {
  const { code: _, ...rest } = call;
  const attempt = call.attempt + 1;
  if (sent.kind === 'done') return { ...rest, state: 'done', attempt };
  const failed = { ...rest, attempt, code: sent.code };
  if (attempt >= mostAttempts) return { ...failed, state: 'failed' };
  const wait = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs);
  return { ...failed, due: now + Math.max(wait, Math.min(sent.waitMs ?? 0, longestWaitMs)) };
}

/**
 * Makes the calls that are due, one at a time, oldest first. A crash between the call and its commit makes it again:
 * receivers get everything at least once, and know by the key what they have.
 * @param draw what each hook says, by its name
 */
export function makeCalls(deps: {
  readonly draw: Readonly<Record<string, DrawCall>>;
  readonly send: SendCall;
  readonly log: Log;
}): AnyJob {
  return {
    collection: calls,
    async run(doc, now) {
      const { id, version, ...call } = doc as Doc<Call>;
      const body = await deps.draw[call.hook]?.(call.subject);
      const sent: Sent = body === undefined ? { kind: 'done' } : await deps.send({ id, body: JSON.stringify(body) });
      const after = afterAttempt(call, sent, now);
      if (after.state === 'failed') {
        deps.log.error({ id, code: after.code, attempts: after.attempt }, 'a webhook call was given up');
      }
      return { ops: [put(calls, id, after, version)], say: [] };
    },
  };
}
