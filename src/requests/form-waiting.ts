import { z } from 'zod';
import {
  type AnyJob,
  type Collection,
  type Doc,
  type Op,
  type PersonId,
  put,
  remove,
  type ShowCard,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Effect } from '../feature.ts';
import { endedMessage } from './before-views.ts';
import { subjectOf } from './form.ts';
import { drafts } from './form-draft.ts';
import { requests as requestRecords } from './records.ts';
import { isOpen, numberOf, type Request, requestId } from './request.ts';
import type { Requests } from './requests.ts';

const filled = z.string().min(1);

/** Somebody who waits for a colleague's request instead of asking the same; by request and draft. */
export const Waiting = z.strictObject({
  request: filled,
  draft: filled,
  person: z.custom<PersonId>((value) => typeof value === 'string' && value !== ''),
  since: z.number(),
  wakeAt: z.number(),
});
export type Waiting = z.infer<typeof Waiting>;

const dayMs = 24 * 60 * 60_000;
// A request that takes longer was put aside: whoever waits for it has asked for themselves by then.
const longestMs = 366 * dayMs;
// More people than this never wait for one and the same request.
const mostWaiting = 200;

export const waitings: Collection<Waiting> = {
  name: 'request_waiting',
  schema: Waiting,
  shape: 1,
  index: ({ person, request, since }) => [
    { key: `person:${person}`, at: since },
    { key: `request:${request}`, at: since },
  ],
  due: ({ wakeAt }) => wakeAt,
  retain: { days: 366, end: 'delete' },
  personal: ['person'],
};

export interface WaitingList {
  /** Waits for a request, as people see its number; `undefined` when there is none that they may wait for. */
  wait(person: PersonId, number: string, draft: string): Promise<Effect | undefined>;
  /** Operations for the commit that ends a request: whoever waits for it is told right after. */
  ended(request: string): Promise<readonly Op[]>;
  readonly job: AnyJob;
  /** `request.ended` `<id of the request>/<draft>`: it has come to an end. */
  readonly card: ShowCard;
}

/** Whoever waits is called when the request ends; the daily look is for those whom that missed. */
export function createWaiting(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly requests: Pick<Requests, 'find' | 'typeOf'>;
}): WaitingList {
  const { store, clock, requests } = deps;

  return {
    async wait(person, number, draft) {
      const id = requestId(Number(number.replace(/\D/g, '')));
      const found = await requests.find(id);
      if (!found || found.restricted || !isOpen(found)) return undefined;
      const key = `${id}-${draft}`;
      if (await store.get(waitings, key)) return {};
      const now = clock.now();
      const waiting = { request: id, draft, person, since: now, wakeAt: now + dayMs };
      // Ended in this very moment, it is looked at anew.
      return { ops: [put(waitings, key, waiting, 0), unchanged(found)] };
    },

    async ended(request) {
      const { docs } = await store.list(waitings, { key: `request:${request}`, order: 'asc', limit: mostWaiting });
      const now = clock.now();
      return docs.map(({ id, version, ...waiting }) => put(waitings, id, { ...waiting, wakeAt: now }, version));
    },

    job: {
      collection: waitings,
      async run(doc, now) {
        const { id, version, ...waiting } = doc as Doc<Waiting>;
        const found = await requests.find(waiting.request);
        // What has become confidential meanwhile is nothing to hear of.
        const isGone = !found || found.restricted || now - waiting.since > longestMs;
        if (isGone) return { ops: [remove(waitings, doc)], say: [] };
        if (isOpen(found)) return { ops: [put(waitings, id, { ...waiting, wakeAt: now + dayMs }, version)], say: [] };
        const { request, draft, person } = waiting;
        const place = { person };
        const said = { card: 'request.ended', id: `${request}/${draft}`, place, lost: 'may' as const };
        return {
          ops: [remove(waitings, doc)],
          say: [{ kind: 'notice', key: `req-ended:${request}:${draft}`, ...said }],
        };
      },
    },

    async card(id, _viewer, locale) {
      const [request = '', draft = ''] = id.split('/');
      const found = await requests.find(request);
      if (!found || found.restricted) return undefined;
      const mine = await store.get(drafts, draft);
      const subject = subjectOf(await requests.typeOf(found), found.answers, locale);
      const approved = found.state === 'approved';
      return endedMessage(
        { number: numberOf(found), subject, approved },
        mine && !mine.sent ? draft : undefined,
        locale,
      );
    },
  };
}

/** Holds only as long as the request is the one that was read. */
function unchanged({ id, version }: Doc<Request>): Op {
  return { check: true, in: requestRecords, id, expect: version };
}
