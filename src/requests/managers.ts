import { z } from 'zod';
import { AuditHead, type AuditSubjects, appendAudit } from '../core/audit.ts';
import type { Organization } from '../core/organization.ts';
import { everyDoc } from '../core/pages.ts';
import {
  type AnyJob,
  type Collection,
  type Doc,
  type Op,
  type People,
  type PersonId,
  type Place,
  put,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Away } from './away.ts';
import { type DecidingWorld, isThere, type NamedManagers, officeRole } from './deciding.ts';
import { managerProblem } from './manager-texts.ts';
import { officePeople, officePlaces } from './places.ts';
import { requests } from './records.ts';
import { Spot } from './request.ts';
import { refreshed, spotKey } from './says.ts';

const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');

/** Whom somebody named as their manager since the directory knew none, and what the office said to it; by the person. */
export const NamedManager = z.strictObject({
  manager: person,
  state: z.enum(['named', 'confirmed', 'refused']),
  namedAt: z.number(),
  /** What the office said last; absent until then. */
  answer: z.strictObject({ by: person, at: z.number() }).exactOptional(),
  /** Where the office is asked. */
  places: z.array(Spot),
  /** The person's requests are to be looked at. */
  wakeAt: z.number().nullable(),
  audit: AuditHead,
});
export type NamedManager = z.infer<typeof NamedManager>;

/** Kept as long as the requests that were decided by it. */
export const namedManagers: Collection<NamedManager> = {
  name: 'request_manager',
  schema: NamedManager,
  shape: 1,
  index: ({ namedAt }) => [{ key: 'all', at: namedAt }],
  due: ({ wakeAt }) => wakeAt,
  retain: { days: 3_653, end: 'pseudonymize' },
  personal: ['manager', 'answer.by', 'places'],
};

export const managerAudit: AuditSubjects<NamedManager> = {
  collection: namedManagers,
  subjectOf: ({ id }) => managerSubject(id),
  headOf: ({ audit }) => audit,
};

/** The chain of who was named, confirmed and refused as somebody's manager. */
export function managerSubject(person: string): string {
  return `manager/${person}`;
}

/** What the card and its buttons are about: one naming of one person. */
export function namingId({ id, namedAt }: Pick<Doc<NamedManager>, 'id' | 'namedAt'>): string {
  return `${id}/${namedAt}`;
}

type Done = { readonly ops: readonly Op[]; readonly say: readonly Say[] };

/** Managers whom nobody but their people know, in memory, following the store. */
export interface Managers extends NamedManagers {
  /** Reads them all; called at the start, and by itself after every change. */
  load(): Promise<void>;
  /** Somebody names their manager: a new name is kept, and the office asked once. */
  named(person: PersonId, manager: PersonId): Promise<Done>;
  /** Nothing happens where the office has answered. @param naming see `namingId` @throws UserError */
  confirm(by: PersonId, naming: string): Promise<Done>;
  /** Somebody else is the manager; `undefined`: whoever was named is not, and nobody knows. @throws UserError */
  replace(by: PersonId, naming: string, manager: PersonId | undefined): Promise<Done>;
  /** Undefined when somebody else was named since. */
  find(naming: string): Promise<Doc<NamedManager> | undefined>;
  /** A channel does not take the question: each of the office gets it. */
  refusedAt(naming: string, place: Place): Promise<Done>;
  readonly job: AnyJob;
}

/** Who confirms: the office and its leads. */
export const confirmingRoles = [officeRole, 'ospo-lead'];
// Nobody has more requests under way; further ones are looked at anyway each day.
const mostOpen = 200;
const nothing: Done = { ops: [], say: [] };

export function createManagers(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  readonly away: Away;
  organization(): Organization;
}): Managers {
  const { store, clock, people, away } = deps;
  let known: ReadonlyMap<PersonId, NamedManager> = new Map();

  async function load(): Promise<void> {
    const all = new Map<PersonId, NamedManager>();
    for await (const doc of everyDoc(store, namedManagers, { key: 'all', order: 'asc' })) {
      all.set(doc.id as PersonId, doc);
    }
    known = all;
  }
  store.changed([namedManagers.name], () => void load().catch(() => undefined));

  const of = (one: PersonId) => known.get(one);
  const world = (): DecidingWorld => ({ people, organization: deps.organization(), absences: away, managers: { of } });

  async function find(naming: string): Promise<Doc<NamedManager> | undefined> {
    const doc = await store.get(namedManagers, naming.split('/')[0] ?? '');
    return doc && namingId(doc) === naming ? doc : undefined;
  }

  function changed(
    id: PersonId,
    before: Doc<NamedManager> | undefined,
    actor: PersonId,
    value: Omit<NamedManager, 'audit'>,
  ): Done {
    const appended = appendAudit(managerSubject(id), before?.audit, {
      at: clock.now(),
      kind: `manager_${value.state}`,
      actor,
      from: before ? { state: before.state, manager: before.manager } : null,
      to: { state: value.state, manager: value.manager },
    });
    const op = put(namedManagers, id, { ...value, audit: appended.head }, before?.version ?? 0);
    return { ops: [op, ...appended.ops], say: copiesOf(namingId({ id, ...value }), value.places) };
  }

  /** What the office may still answer, and whether this person may. @throws UserError */
  async function asked(by: PersonId, naming: string): Promise<Doc<NamedManager>> {
    const doc = await find(naming);
    const actor = people.get(by);
    if (!isThere(actor) || !confirmingRoles.some((role) => actor.roles.includes(role))) throw managerProblem('office');
    if (!doc) throw managerProblem('over');
    if (by === doc.id) throw managerProblem('own');
    return doc;
  }

  async function answered(by: PersonId, doc: Doc<NamedManager>, manager: PersonId | undefined): Promise<Done> {
    const { id, version: _, audit: __, ...value } = doc;
    if (manager === by) throw managerProblem('self');
    if (manager !== undefined && (manager === id || !isThere(people.get(manager)))) throw managerProblem('wrong');
    const state = manager === undefined ? 'refused' : 'confirmed';
    const now = clock.now();
    return changed(id as PersonId, doc, by, {
      ...value,
      state,
      manager: manager ?? value.manager,
      answer: { by, at: now },
      wakeAt: now,
    });
  }

  return {
    of,
    load,
    find,
    async named(one, manager) {
      const before = await store.get(namedManagers, one);
      const isConfirmed = before?.state === 'confirmed' && isThere(people.get(before.manager));
      if (isConfirmed || before?.manager === manager) return nothing;
      const places = [...officePlaces(one, world())];
      return changed(one, before, one, { manager, state: 'named', namedAt: clock.now(), places, wakeAt: null });
    },
    async confirm(by, naming) {
      const doc = await asked(by, naming);
      return doc.state === 'named' ? answered(by, doc, doc.manager) : nothing;
    },
    async replace(by, naming, manager) {
      return answered(by, await asked(by, naming), manager);
    },
    async refusedAt(naming, place) {
      const doc = await find(naming);
      if (!doc || !('channel' in place)) return nothing;
      const { id, version, ...value } = doc;
      const left = value.places.filter((one) => spotKey(one) !== spotKey(place));
      if (left.length === value.places.length) return nothing;
      const places = [...left, ...officePeople(id as PersonId, world())];
      return { ops: [put(namedManagers, id, { ...value, places }, version)], say: copiesOf(naming, places) };
    },
    job: {
      collection: namedManagers,
      async run(doc, now) {
        const { id, version, ...value } = doc as Doc<NamedManager>;
        // Whoever is looked at next must be looked at by what was just said.
        await load();
        const { docs } = await store.list(requests, { key: `requesting:${id}`, order: 'asc', limit: mostOpen });
        const woken = docs.map(({ id: request, version: read, ...rest }) =>
          put(requests, request, { ...rest, wakeAt: now }, read),
        );
        const rested = put(namedManagers, id, { ...value, wakeAt: null }, version);
        return { ops: [rested, ...woken], say: docs.flatMap(refreshed) };
      },
    },
  };
}

function copiesOf(id: string, places: readonly Spot[]): readonly Say[] {
  return places.map((place): Say => ({ kind: 'copy', card: 'request.manager', id, place, lost: 'must' }));
}
