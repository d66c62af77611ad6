import { randomId } from '../core/ids.ts';
import {
  type Collection,
  type Group,
  type Op,
  type Place,
  type Posted,
  put,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { calls } from './calls.ts';
import { answers, copies, type Entry, mailings, notices, want } from './entry.ts';

/**
 * Turns messages into operations for the commit that causes them.
 * A copy that exists is wanted once more, however often one call names it. A notice is inserted: the commit throws a
 * Conflict when its key was said before. It throws one too when the sender moves a copy at the same moment: read,
 * decide and commit again.
 * @param options.calls whether there is a system to call; without it calls are left out
 */
export function createOutbox(
  store: Store,
  clock: Clock,
  options: { readonly calls: boolean } = { calls: false },
): { ops(messages: readonly Say[]): Promise<readonly Op[]> } {
  return {
    async ops(messages) {
      const now = clock.now();
      const byHome = new Map<string, Op>();
      for (const message of messages) {
        if (message.kind === 'call') {
          if (options.calls) byHome.set(`call/${message.key}`, callOp(message, now));
          continue;
        }
        const { collection, id } = homeOf(message);
        const home = `${collection.name}/${id}`;
        if (byHome.has(home)) continue;
        const known = message.kind === 'copy' ? await store.get(collection, id) : undefined;
        const mayWaitMs = message.kind === 'copy' ? message.mayWaitMs : undefined;
        const entry = known ? want(known, now, mayWaitMs) : entryOf(message, now);
        byHome.set(home, put(collection, id, entry, known?.version ?? 0));
      }
      return [...byHome.values()];
    },
  };
}

/** Where something that was said stands in Slack; undefined as long as it was not delivered, or no longer known. */
export async function standsAt(store: Store, say: Say): Promise<Posted | undefined> {
  if (say.kind === 'call') return undefined;
  const { collection, id } = homeOf(say);
  return (await store.get(collection, id))?.at;
}

/** Whether something was wanted, but had no subject any more when it was drawn: it never went out, and never will. */
export async function wasDropped(store: Store, say: Say): Promise<boolean> {
  if (say.kind === 'call') return false;
  const { collection, id } = homeOf(say);
  const entry = await store.get(collection, id);
  return entry?.state === 'done' && entry.code === 'gone' && entry.at === undefined;
}

/** What is said in Slack. */
type Message = Exclude<Say, { readonly kind: 'call' }>;

function callOp({ key, hook, id }: Extract<Say, { readonly kind: 'call' }>, now: number): Op {
  return put(calls, key, { hook, subject: id, at: now, state: 'pending', attempt: 0, due: now }, 0);
}

/** Where a message is kept. */
function homeOf(message: Message): { readonly collection: Collection<Entry>; readonly id: string } {
  if (message.kind === 'mailing') return { collection: mailings, id: message.key };
  if (message.kind === 'copy') {
    return { collection: copies, id: `${message.card}/${message.id}/${placeKey(message.place)}` };
  }
  return { collection: collectionOf(message.lane), id: message.key };
}

function collectionOf(lane: 'answers' | 'many' | undefined): Collection<Entry> {
  switch (lane) {
    case 'answers':
      return answers;
    case 'many':
      return mailings;
    default:
      return notices;
  }
}

/** A place as part of an id; people and channels never share one. */
export function placeKey(place: Place | Group): string {
  if ('person' in place) return `@${place.person}`;
  if ('group' in place) return place.group.map((person) => `@${person}`).join('');
  return place.thread ? `${place.channel}:${place.thread}` : place.channel;
}

function entryOf(message: Message, now: number): Entry {
  return {
    card: message.card,
    subject: message.id,
    place: 'group' in message.place ? { group: [...message.place.group] } : { ...message.place },
    state: 'pending',
    wanted: 1,
    shown: 0,
    attempt: 0,
    due: now,
    deliveryId: randomId(),
    ...(message.kind === 'mailing' ? listed(message) : { lost: message.lost }),
  };
}

/** Twice would be worse than not at all: whoever keeps the list knows whom it may not have reached. */
function listed({ at }: Extract<Say, { readonly kind: 'mailing' }>): Pick<Entry, 'lost'> & Partial<Entry> {
  return { lost: 'may', listed: true, ...(at ? { at: { ...at } } : {}) };
}
