import type { Organization } from '../core/organization.ts';
import type { People, Person, PersonId } from '../core/ports.ts';
import type { Spot } from './draft.ts';

/** Who looks after all answers. */
export const curatorRoles: readonly string[] = ['ospo', 'ospo-lead'];

/** Whether somebody is there to act at all. */
function isThere(person: Person | undefined): person is Person {
  return person?.active === true && !person.guest;
}

function hasRole(person: Person | undefined, roles: readonly string[]): boolean {
  return isThere(person) && roles.some((role) => person.roles.includes(role));
}

export function isCurator(people: Pick<People, 'get'>, id: PersonId): boolean {
  return hasRole(people.get(id), curatorRoles);
}

/** The office writes and judges every article; the role that owns one does so for its own. */
export function mayLookAfter(people: Pick<People, 'get'>, owner: string | undefined, id: PersonId): boolean {
  return hasRole(people.get(id), owner === undefined ? curatorRoles : [...curatorRoles, owner]);
}

/** Everybody who could review an article, without its authors. */
export function reviewersOf(people: People, owner: string, authors: readonly PersonId[]): readonly PersonId[] {
  const all = [...curatorRoles, owner].flatMap((role) => people.withRole(role)).filter(isThere);
  return [...new Set(all.map(({ id }) => id))].filter((id) => !authors.includes(id));
}

/** Where drafts are reviewed: in the office's channel, else by everybody who may. */
export function reviewSpots(
  people: People,
  organization: Organization,
  owner: string,
  authors: readonly PersonId[],
): readonly Spot[] {
  const { channel } = organization.ospo;
  return channel ? [{ channel }] : reviewersOf(people, owner, authors).map((person) => ({ person }));
}

/** Who is reminded of an article, as one place: a role's channel, or a person. */
export interface Recipient {
  /** `#C012…` or `@U012…`. */
  readonly key: string;
  readonly place: Spot;
}

/**
 * Who looks after the articles of a role: its channel where it has one, else its people; where nobody holds it, the office.
 */
export function ownersOf(people: People, organization: Organization, role: string): readonly Recipient[] {
  const channel = organization.requests.channels[role];
  if (channel) return [{ key: `#${channel}`, place: { channel } }];
  const holders = [role, ...curatorRoles].map((one) => people.withRole(one).filter(isThere));
  const found = holders.find((some) => some.length > 0) ?? [];
  return found.map(({ id }) => ({ key: `@${id}`, place: { person: id } }));
}
