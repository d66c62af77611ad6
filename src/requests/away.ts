import { z } from 'zod';
import type { Doc, Op, PersonId, Store } from '../core/ports.ts';
import { put, remove } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Absences } from './deciding.ts';
import { Absence, absences, requests } from './records.ts';
import type { Request } from './request.ts';

/** Who is away, in memory, following the store. */
export interface Away extends Absences {
  /** Reads everybody who is away now; called at the start, and by itself after every change. */
  load(): Promise<void>;
  /** Whose place somebody takes now. */
  representedBy(person: PersonId): readonly PersonId[];
  /** What somebody set, whether it has begun or not. */
  setBy(person: PersonId): Promise<Absence | undefined>;
  /** Operations that change what somebody set: who stands in for them, when they are away, or both. */
  set(person: PersonId, change: Partial<Absence>): Promise<readonly Op[]>;
  /**
   * Operations that follow somebody's Slack status: away until it ends, back when it is taken off. What the person said
   * themselves is not touched.
   * @param until ms; undefined when the status does not say that they are away
   */
  follow(person: PersonId, until: number | undefined): Promise<readonly Op[]>;
}

// More people than this are never away at once in a company that one process serves.
const most = 10_000;

export function createAway(store: Store, clock: Clock): Away {
  let known: ReadonlyMap<PersonId, Absence> = new Map();

  async function load(): Promise<void> {
    const { docs } = await store.list(absences, { key: 'away', from: clock.now(), order: 'asc', limit: most });
    known = new Map(docs.map(({ id, version: _, ...absence }) => [id as PersonId, absence]));
  }
  store.changed([absences.name], () => void load().catch(() => undefined));

  function of(person: PersonId) {
    const { away, delegate } = known.get(person) ?? { away: null };
    const now = clock.now();
    if (!away || now < away.from || now >= away.until) return undefined;
    return delegate ? { delegate } : {};
  }

  async function set(person: PersonId, change: Partial<Absence>): Promise<readonly Op[]> {
    if (change.delegate === person) throw new RangeError('nobody stands in for themselves');
    const before = await store.get(absences, person);
    const { away, ...delegate } = { ...(before ? plain(before) : { away: null }), ...change };
    // Whatever changed, those who stand in from now on are asked.
    const value = Absence.parse({
      ...delegate,
      away: away && { from: away.from, until: away.until, source: away.source },
    });
    return [put(absences, person, value, before?.version ?? 0)];
  }

  return {
    load,
    of,
    representedBy: (person) => [...known.keys()].filter((away) => of(away)?.delegate === person),
    setBy: (person) => store.get(absences, person),
    set,
    async follow(person, until) {
      const before = await store.get(absences, person);
      const own = before?.away;
      const now = clock.now();
      if (own?.source === 'person' && own.until > now) return [];
      if (until !== undefined && until > now && until !== own?.until) {
        return set(person, { away: { from: own?.from ?? now, until, source: 'status' } });
      }
      return until === undefined && own?.source === 'status' ? set(person, { away: null }) : [];
    },
  };
}

/**
 * What an absence comes to at its time. When it begins, every request that waits for the person is looked at, so that whoever
 * stands in gets it now; when it is over it is forgotten, but for the person who stands in the next time.
 * @param waiting reads what waits for a person
 */
export async function stepAbsence(
  doc: Doc<Absence>,
  now: number,
  waiting: (person: PersonId) => Promise<readonly Doc<Request>[]>,
): Promise<readonly Op[]> {
  const { id, version, away, ...delegate } = doc;
  if (!away || now >= away.until) return [endAbsence(doc)];
  const looked = put(absences, id, { ...delegate, away: { ...away, looked: true } }, version);
  if (!delegate.delegate) return [looked];
  const woken = (await waiting(id as PersonId)).map(({ id: request, version: read, ...value }) =>
    put(requests, request, { ...value, wakeAt: now }, read),
  );
  return [looked, ...woken];
}

function endAbsence(doc: Doc<Absence>): Op {
  if (!doc.delegate) return remove(absences, doc);
  return put(absences, doc.id, { delegate: doc.delegate, away: null }, doc.version);
}

function plain({ id: _, version: __, ...absence }: Doc<Absence>): Absence {
  return absence;
}

// Slack's own suggestions for a status, and what people write who mean the same.
const emoji = new Set([
  ':palm_tree:',
  ':face_with_thermometer:',
  ':desert_island:',
  ':beach_with_umbrella:',
  ':airplane:',
]);
const meant =
  /\b(vacation|vacationing|holidays?|on leave|parental leave|out of (the )?office|ooo|out sick|sick leave)\b|休假|年假|请假|病假|产假|陪产假|不在办公室/iu;
// A status without an end is looked at again after this: it may have been forgotten.
const openEndMs = 14 * 24 * 60 * 60_000;

/** What Slack tells of somebody's status; `status_expiration` in seconds, 0 when it has no end. */
const UserChanged = z.object({
  user: z.object({
    id: z.string(),
    profile: z.object({
      status_emoji: z.string().default(''),
      status_text: z.string().default(''),
      status_expiration: z.number().default(0),
    }),
  }),
});

/**
 * Whose status an event tells of, and until when it says that they are away, ms; undefined until when it says nothing of the
 * kind. Lunch is no absence.
 */
export function awayIn(
  event: unknown,
  now: number,
): { readonly person: PersonId; readonly until?: number } | undefined {
  const user = UserChanged.safeParse(event).data?.user;
  if (!user) return undefined;
  const { status_emoji: sign, status_text: text, status_expiration: seconds } = user.profile;
  const person = user.id as PersonId;
  if (!emoji.has(sign) && !meant.test(text)) return { person };
  return { person, until: seconds > 0 ? seconds * 1_000 : now + openEndMs };
}
