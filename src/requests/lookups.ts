import type { Doc, PersonId, Store } from '../core/ports.ts';
import type { Away } from './away.ts';
import type { Values } from './condition.ts';
import { type DecidingWorld, isThere, seatOf } from './deciding.ts';
import { subjectOf } from './form.ts';
import type { SameRequest } from './form-page.ts';
import { sameKey } from './keys.ts';
import { namedManagers } from './managers.ts';
import { requests, waitingKey } from './records.ts';
import { isOpen, numberOf, type Request } from './request.ts';
import type { RequestType, TypeEdition } from './type.ts';

/** Finds requests, by index only. */
export interface Lookups {
  /** Requests for the same thing that the person may see: under way, or approved and in force. */
  same(edition: TypeEdition, answers: Values, requester: PersonId): Promise<readonly SameRequest[]>;
  /** Whom a person named as their manager the last time they were asked; nobody who left, or whom the office refused. */
  managerNamed(person: PersonId): Promise<PersonId | undefined>;
  /** What was asked of a person or of their roles and is open, whether they are there or not; the most urgent of it. */
  askedOf(person: PersonId): Promise<readonly Doc<Request>[]>;
  /** What waits for a person, the most urgent first. */
  waitingFor(person: PersonId, limit: number): Promise<readonly Doc<Request>[]>;
}

// Somebody with more than this of one kind reads the list on Home.
const mostSame = 10;
// A role with more than this waiting looks at the most urgent; nobody reads further down.
const mostLooked = 200;

export function createLookups(deps: {
  readonly store: Store;
  readonly away: Away;
  world(): DecidingWorld;
  typeOf(request: Request): Promise<RequestType>;
}): Lookups {
  const { store, away, world, typeOf } = deps;

  async function same(edition: TypeEdition, answers: Values, requester: PersonId): Promise<readonly SameRequest[]> {
    const key = sameKey(edition.type, answers);
    if (!key) return [];
    const { docs } = await store.list(requests, { key, order: 'desc', limit: mostSame });
    const locale = world().people.get(requester)?.locale ?? 'en';
    const found = await Promise.all(
      docs
        .filter((doc) => isOpen(doc) || doc.state === 'approved')
        .map(async (doc): Promise<SameRequest> => {
          const at = doc.state === 'approved' ? doc.since : doc.promised;
          return {
            number: numberOf(doc),
            subject: subjectOf(await typeOf(doc), doc.answers, locale),
            requester: doc.requester,
            state: doc.state === 'approved' ? 'approved' : doc.state === 'needs_info' ? 'waiting' : 'open',
            ...(at === undefined ? {} : { at }),
            ...(doc.validUntil === undefined ? {} : { validUntil: doc.validUntil }),
            conditions: doc.conditions.map(({ text }) => text),
          };
        }),
    );
    return found;
  }

  async function waitingFor(person: PersonId, limit: number): Promise<readonly Doc<Request>[]> {
    const { people } = world();
    const known = people.get(person);
    if (!isThere(known)) return [];
    // Whoever stands in for somebody has what waits for them, too.
    const roles = [person, ...away.representedBy(person)].flatMap((id) => people.get(id)?.roles ?? []);
    const persons = [person, ...away.representedBy(person)];
    const all = await waitingForAny(persons, roles, Math.max(limit, mostLooked));
    return all
      .filter((doc) => isTheirTurn(doc, person))
      .toSorted((a, b) => dueOf(a) - dueOf(b))
      .slice(0, limit);
  }

  async function waitingForAny(persons: readonly PersonId[], roles: readonly string[], limit: number) {
    const asked = [...persons.map((id) => ({ person: id })), ...[...new Set(roles)].map((role) => ({ role }))];
    const pages = await Promise.all(
      asked.map((one) => store.list(requests, { key: waitingKey(one), order: 'asc', limit })),
    );
    return [...new Map(pages.flatMap(({ docs }) => docs.map((doc) => [doc.id, doc] as const))).values()];
  }

  async function askedOf(person: PersonId): Promise<readonly Doc<Request>[]> {
    const roles = world().people.get(person)?.roles ?? [];
    return (await waitingForAny([person], roles, mostLooked)).slice(0, mostLooked);
  }

  async function managerNamed(person: PersonId): Promise<PersonId | undefined> {
    const told = await store.get(namedManagers, person);
    return told && told.state !== 'refused' && isThere(world().people.get(told.manager)) ? told.manager : undefined;
  }

  function isTheirTurn(doc: Request, person: PersonId): boolean {
    return doc.stages.some(
      (stage) =>
        stage.state === 'open' &&
        !stage.votes.some(({ by }) => by === person) &&
        seatOf(person, stage, doc, world()) !== undefined,
    );
  }

  return { same, managerNamed, askedOf, waitingFor };
}

/** The earliest promise of the stages that are open, ms. */
function dueOf(request: Request): number {
  return Math.min(...request.stages.flatMap(({ state, clock }) => (state === 'open' && clock ? [clock.due] : [])));
}
