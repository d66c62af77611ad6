import { z } from 'zod';
import type { Collection, Outcome, PersonId, Posted } from '../core/ports.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');

/**
 * One message that is on its way or stands in Slack. `pending` waits for its time, `sending` may be under way or may
 * have been, `done` shows what was wanted, `failed` was certainly not done, `unknown` is the operator's to decide.
 */
export const Entry = z.strictObject({
  card: filled,
  /** What the card shows: the id given to it. */
  subject: filled,
  place: z.union([
    z.strictObject({ channel: filled, thread: filled.exactOptional() }),
    z.strictObject({ person }),
    z.strictObject({ group: z.array(person).min(2) }),
  ]),
  lost: z.enum(['must', 'may']),
  state: z.enum(['pending', 'sending', 'done', 'failed', 'unknown']),
  /** How often the subject has called for this message; a notice stays at 1. */
  wanted: z.int().positive(),
  /** The `wanted` that the message in Slack is known to show; 0 = nothing yet. */
  shown: z.int().nonnegative(),
  /** The least `wanted` that a call under way, or lost, may have shown. */
  showing: z.int().positive().exactOptional(),
  /** Attempts since the last success that may count against it. */
  attempt: z.int().nonnegative(),
  /** When it wants attention (ms), in the states `pending` and `sending`. */
  due: z.number(),
  /** When the first call that may have posted it began (ms): history is read from there. */
  firstAt: z.number().exactOptional(),
  /** Until when the call of this attempt may still be running (ms); also names the attempt. */
  leaseUntil: z.number().exactOptional(),
  /** Opaque: it goes into the message's metadata, where any app of the conversation can read it. */
  deliveryId: filled,
  at: z.strictObject({ channel: filled, ts: filled }).exactOptional(),
  /** Slack's code, or ours, for why it stands where it stands. */
  code: z.string().exactOptional(),
  /** A message of this copy was found gone, and another was posted in its place. */
  anew: z.literal(true).exactOptional(),
  /** One of a mailing: what comes of it goes into the list of whoever keeps that, and this ends. */
  listed: z.literal(true).exactOptional(),
});
export type Entry = z.infer<typeof Entry>;

type EntryState = Entry['state'];

const shared = {
  schema: Entry,
  shape: 1,
  index: (entry: Entry) => [{ key: `state:${entry.state}`, at: entry.due }],
  due: (entry: Entry) => (entry.state === 'pending' || entry.state === 'sending' ? entry.due : null),
  personal: ['place.person', 'place.group'],
};

/** Cards that follow their subject; id `<card>/<subject>/<place>`. Kept as long as a closed request stays at hand: 13 months. */
export const copies: Collection<Entry> = { ...shared, name: 'copy', retain: { days: 400, end: 'delete' } };

/** Messages said once; id = their key. Whoever answers in the thread of one is found by it for a month. */
export const notices: Collection<Entry> = { ...shared, name: 'notice', retain: { days: 30, end: 'delete' } };

/** Notices to many: a collection of their own, so that ten thousand of them hold up no other. */
export const mailings: Collection<Entry> = { ...shared, name: 'mailing', retain: { days: 7, end: 'delete' } };

/** Notices that somebody is waiting for: a collection of their own, so that no queue can form before them. */
export const answers: Collection<Entry> = { ...shared, name: 'answer', retain: { days: 7, end: 'delete' } };

// The HTTP client gives up after 10 s; 15 s covers it, and 20 s the commits around the call.
export const callMs = 15_000;
const leaseMs = 20_000;
// How long Slack may take to show a message in its history. Assumed, not documented.
const graceMs = 30_000;
const backOffMs = 10_000;
const longestWaitMs = 60 * 60_000;
// A mailing has so many on their way at once: after an outage none of them should keep the others waiting for long.
const longestListedWaitMs = 10 * 60_000;
// With the waits above about half a day: longer than Slack's longest outages, shorter than anybody's interest.
const mostAttempts = 20;
// A card that cannot be drawn is a bug; 8 tries are about twenty minutes, time for a restart with a mended card.
const mostStumbles = 8;

/** A call begins: it may take effect from now until `leaseUntil`; when nothing is heard of it, it is looked for later. */
export function begin(entry: Entry, now: number): Entry & { readonly leaseUntil: number } {
  const attempt = entry.attempt + 1;
  const leaseUntil = now + leaseMs;
  return {
    ...entry,
    state: 'sending',
    attempt,
    leaseUntil,
    due: leaseUntil + doubled(graceMs, attempt),
    // A post that was lost before may be the one that is found; an update simply replaces what was there.
    showing: entry.at ? entry.wanted : (entry.showing ?? entry.wanted),
    ...(entry.at ? {} : { firstAt: entry.firstAt ?? now }),
  };
}

/** The message stands at `at`; what changed since it was drawn makes the next update. */
export function deliver(entry: Entry, at: Posted, now: number): Entry {
  const { showing = entry.shown, leaseUntil, firstAt, code, ...rest } = entry;
  const state: EntryState = showing < entry.wanted ? 'pending' : 'done';
  return { ...rest, at: { ...at }, shown: showing, state, attempt: 0, due: now };
}

/** The subject is gone: nothing is sent. */
export function drop(entry: Entry): Entry {
  const { showing, leaseUntil, ...rest } = entry;
  return { ...rest, shown: entry.wanted, state: 'done', code: 'gone' };
}

/** Certainly not done, for a reason that says nothing about this message: the attempt does not count. */
export function putOff(entry: Entry, due: number, code: string): Entry {
  return { ...entry, state: 'pending', attempt: Math.max(0, entry.attempt - 1), due, code };
}

/** Not done, or done without harm in doing it again: once more after a growing wait, up to a limit. */
export function retry(entry: Entry, now: number, code: string): Entry {
  if (entry.attempt >= mostAttempts) return fail(entry, code);
  const waitMs = doubled(backOffMs, entry.attempt);
  return {
    ...entry,
    state: 'pending',
    due: now + (entry.listed ? Math.min(waitMs, longestListedWaitMs) : waitMs),
    code,
  };
}

/** Its turn is certain to come later than `due`: until then it takes no place among those that may be sent. */
export function holdBack(entry: Entry, due: number): Entry {
  return { ...entry, due };
}

/** The card could not be drawn. */
export function stumble(entry: Entry, now: number): Entry {
  const attempt = entry.attempt + 1;
  if (attempt >= mostStumbles) return fail(entry, 'card_broken');
  return { ...entry, state: 'pending', attempt, due: now + doubled(backOffMs, attempt), code: 'card_broken' };
}

/** It is not in the history, or the history may not be read and it must arrive: it may be sent again. */
export function sendAgain(entry: Entry, now: number): Entry {
  if (entry.attempt >= mostAttempts) return fail(entry, 'lost');
  return { ...entry, state: 'pending', due: now, code: 'lost' };
}

/** Looking did not work this time. */
export function lookLater(entry: Entry, now: number): Entry {
  return { ...entry, due: now + graceMs };
}

/** The message is no longer there: posted anew under a new id, but once for ever, lest it fight with whoever deletes it. */
export function replace(entry: Entry, deliveryId: string, now: number): Entry {
  if (entry.anew) return fail(entry, 'message_not_found');
  const { at, firstAt, showing, leaseUntil, code, ...rest } = entry;
  return { ...rest, state: 'pending', shown: 0, attempt: 0, due: now, deliveryId, anew: true };
}

/** Nobody knows whether it was done, and doing it twice would be worse than not at all. */
export function leaveToOperator(entry: Entry, code: string): Entry {
  return { ...entry, state: 'unknown', code };
}

/** Certainly not done, and trying again would not help. */
export function fail(entry: Entry, code: string): Entry {
  return { ...entry, state: 'failed', code };
}

/**
 * The subject changed. What failed gets another chance; what waits or is unknown keeps its place, unless it only waits for more
 * changes and this one does not.
 * @param mayWaitMs how long the message that stands may wait for more changes
 */
export function want(entry: Entry, now: number, mayWaitMs = 0): Entry {
  const wanted = entry.wanted + 1;
  const due = now + (entry.at ? mayWaitMs : 0);
  if (gathers(entry)) return { ...entry, wanted, due: Math.min(entry.due, due) };
  if (entry.state !== 'done' && entry.state !== 'failed') return { ...entry, wanted };
  const { code, ...rest } = entry;
  return { ...rest, wanted, state: 'pending', attempt: 0, due };
}

/** Whether it is due later for no other reason than that more may change till then. */
function gathers({ state, at, attempt, code }: Entry): boolean {
  return state === 'pending' && at !== undefined && attempt === 0 && code === undefined;
}

/** What comes next: a look into the history, a first message, or an update of the one that stands. */
export function stepOf(entry: Entry): 'look' | 'post' | 'update' {
  if (entry.at) return 'update';
  return entry.state === 'sending' ? 'look' : 'post';
}

/** What came of one of a mailing; undefined as long as it is under way. */
export function outcomeOf({ state, at, code }: Entry): Outcome | undefined {
  switch (state) {
    case 'pending':
    case 'sending':
      return undefined;
    case 'done':
      return code === 'gone' || !at ? { kind: 'gone' } : { kind: 'stands', at };
    default:
      return { kind: state, code: code ?? 'unexpected' };
  }
}

function doubled(ms: number, attempt: number): number {
  return Math.min(ms * 2 ** (attempt - 1), longestWaitMs);
}
