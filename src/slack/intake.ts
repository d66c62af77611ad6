import { z } from 'zod';
import { againOnConflict, isDoneAlready } from '../core/attempts.ts';
import { Conflict } from '../core/errors.ts';
import {
  type AnyJob,
  type Collection,
  type Doc,
  type Log,
  type Op,
  type Outbox,
  type PersonId,
  put,
  remove,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Effect, IncomingEvent, Reply, SlackGate } from '../feature.ts';
import { tell, wordsFor } from './problem.ts';
import { claim, seen } from './seen.ts';

/** An event that Slack got its ack for and that has no effect yet. */
export const Inbox = z.strictObject({
  type: z.string(),
  team: z.string(),
  identity: z.string(),
  event: z.record(z.string(), z.unknown()),
  /** When it arrived here (ms). */
  at: z.number(),
  /** When it happened in Slack (ms): how late an answer is counts from here. */
  happened: z.number(),
});
export type Inbox = z.infer<typeof Inbox>;

// The live path takes milliseconds; what is still here after five seconds was left by a crash.
const leftAfterMs = 5_000;
// After a minute nobody looks at the spot where an ephemeral answer would appear.
const lateAfterMs = 60_000;
// After an hour an answer surprises more than it helps.
const dropAfterMs = 60 * 60_000;

export const inbox: Collection<Inbox> = {
  name: 'inbox',
  schema: Inbox,
  shape: 2,
  lift: (old) => ({ ...(old as Omit<Inbox, 'happened'>), happened: (old as Inbox).at }),
  index: () => [],
  due: (doc) => doc.at + leftAfterMs,
  retain: { days: 1, end: 'delete' },
  personal: ['event'],
};

type EventHandler = Parameters<SlackGate['event']>[1];

/** The part of an Events API envelope that we rely on. */
const Envelope = z.object({
  event_id: z.string().min(1),
  /** Seconds since 1970. */
  event_time: z.number().optional(),
  team_id: z.string().default(''),
  event: z.record(z.string(), z.unknown()).and(z.object({ type: z.string() })),
});

export interface Intake {
  on(type: string, handler: EventHandler): void;
  /**
   * Takes an Events API body; when it resolves Slack may have its ack.
   * @param retry how often Slack had tried before
   * @returns the work that the ack need not wait for, or undefined when nobody wants the event or it was done before
   * @throws when it could not be stored: then nothing may be acked, and Slack delivers again
   */
  accept(body: unknown, retry?: number): Promise<(() => Promise<void>) | undefined>;
  /** Reads an Events API body for handlers that need no storing. */
  read(body: unknown): IncomingEvent;
  /** Runs what a crash left behind. */
  readonly leftovers: AnyJob;
}

/**
 * Mechanism 1 for events: stored before the ack, run once, told to the person when it fails.
 * @param show shows a reply that is neither stored nor repeated
 */
export function createIntake(deps: {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  show(reply: Reply): Promise<readonly Say[]>;
}): Intake {
  const { store, outbox, clock, log } = deps;
  const handlers = new Map<string, EventHandler>();
  // Two events that tell of one thing (a mention is also a message) may arrive together: the second waits for the first.
  const running = new Map<string, Promise<unknown>>();

  async function accept(body: unknown, retry = 0): Promise<(() => Promise<void>) | undefined> {
    const envelope = Envelope.parse(body);
    const { event_id: id, team_id: team, event } = envelope;
    const handler = handlers.get(event.type);
    if (!handler?.wants(event)) return undefined;

    const identity = handler.identity?.(event) ?? `evt:${id}`;
    const at = clock.now();
    const doc = { type: event.type, team, identity, event, at, happened: retry > 0 ? happenedAt(envelope, at) : at };
    try {
      await store.commit([{ check: true, in: seen, id: identity, expect: 0 }, put(inbox, id, doc, 0)]);
    } catch (error) {
      if (error instanceof Conflict) return undefined;
      throw error;
    }
    return () => inTurn(identity, () => work(id));
  }

  async function inTurn<T>(identity: string, run: () => Promise<T>): Promise<T> {
    const before = running.get(identity) ?? Promise.resolve();
    const mine = before.then(run, run);
    running.set(identity, mine);
    try {
      return await mine;
    } finally {
      if (running.get(identity) === mine) running.delete(identity);
    }
  }

  async function work(id: string): Promise<void> {
    try {
      await againOnConflict(async () => {
        const doc = await store.get(inbox, id);
        if (!doc) return;
        const { ops, say } = await effectOf(doc);
        await store.commit([...ops, ...(await outbox.ops(say))]);
      });
    } catch (error) {
      if (isDoneAlready(error)) return;
      // What is left in the inbox is run by the scheduler.
      log.error({ event: id, err: error }, 'an event stays in the inbox');
    }
  }

  /** Everything that handling `doc` comes to, for one commit: effect, words, and the inbox entry gone. */
  async function effectOf(doc: Doc<Inbox>): Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] }> {
    const now = clock.now();
    const done = remove(inbox, doc);
    if (await store.get(seen, doc.identity)) return { ops: [done], say: [] };
    if (now - doc.happened > dropAfterMs) {
      log.warn({ event: doc.id, type: doc.type }, 'an event was over an hour late and is dropped');
      return { ops: [done, claim(doc.identity, now)], say: [] };
    }

    const incoming = incomingOf(doc, now);
    const effect = await run(doc, incoming);
    const instead = effect.reply ? await deps.show(effect.reply) : [];
    return {
      ops: [...(effect.ops ?? []), done, claim(doc.identity, now)],
      say: [...(effect.say ?? []), ...instead],
    };
  }

  async function run(doc: Doc<Inbox>, incoming: IncomingEvent): Promise<Effect> {
    try {
      const handler = handlers.get(doc.type);
      return handler ? await handler.run(incoming) : {};
    } catch (error) {
      const words = wordsFor(error, log, { event: doc.id, type: doc.type });
      // Some events name nobody: a place without a person could not be stored, and the event would stay for ever.
      if (!incoming.person) return {};
      return tell(words, { person: incoming.person }, clock.now());
    }
  }

  return {
    on(type, handler) {
      if (handlers.has(type)) throw new Error(`two handlers for the event ${type}`);
      handlers.set(type, handler);
    },
    accept,
    read(body) {
      const { team_id: team, event } = Envelope.parse(body);
      const now = clock.now();
      return incomingOf({ type: event.type, team, identity: '', event, at: now, happened: now }, now);
    },
    leftovers: {
      collection: inbox,
      async run(doc) {
        const left = await store.get(inbox, doc.id);
        if (!left) return { ops: [], say: [] };
        // Slow is not left behind: Slack may take longer than five seconds to show a reply.
        return inTurn(left.identity, async () => {
          const own = await store.get(inbox, doc.id);
          return own ? effectOf(own) : { ops: [], say: [] };
        });
      },
    },
  };
}

/**
 * When Slack says that it happened, for what it delivers again: it goes on for minutes, on request for a day. What comes
 * for the first time has just happened: there a clock that is off on this machine must not make everything late.
 */
function happenedAt({ event_time: seconds }: z.infer<typeof Envelope>, now: number): number {
  return seconds === undefined ? now : Math.min(seconds * 1000, now);
}

// Events name the person as an id, as a profile (team_join), or inside the message that changed.
const Someone = z.union([
  z.object({ user: z.string() }).transform((e) => e.user),
  z.object({ user: z.object({ id: z.string() }) }).transform((e) => e.user.id),
  z.object({ message: z.object({ user: z.string() }) }).transform((e) => e.message.user),
]);

function incomingOf(doc: Inbox, now: number): IncomingEvent {
  return {
    person: (Someone.safeParse(doc.event).data ?? '') as PersonId,
    at: doc.at,
    team: doc.team,
    event: doc.event,
    late: now - doc.happened > lateAfterMs,
  };
}
