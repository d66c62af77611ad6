import type { Person } from '../core/ports.ts';
import type { KnownMember } from './member.ts';
import type { Program } from './program.ts';
import { topicsOf } from './topics.ts';

/** Somebody in the directory, and what of it was asked for. */
export interface Helper {
  readonly person: Person;
  readonly member: KnownMember;
  readonly topics: readonly string[];
}

/**
 * Ambassadors who help with any of these topics (with whatever it is, where none is named), those with most of them first, then
 * those of the asker's unit and office.
 */
export function helpersFor(
  wanted: readonly string[],
  all: readonly { readonly member: KnownMember; readonly person: Person }[],
  asker: Pick<Person, 'unit' | 'office'> | undefined,
  program: Pick<Program, 'skills'>,
): readonly Helper[] {
  return all
    .flatMap(({ member, person }): readonly Helper[] => {
      if (!member.ambassador) return [];
      const offered = [...topicsOf(program, member.ambassador)];
      const topics = wanted.length === 0 ? offered : offered.filter((topic) => wanted.includes(topic));
      return topics.length > 0 || wanted.length === 0 ? [{ person, member, topics }] : [];
    })
    .map((helper) => ({ helper, rank: rankOf(helper, wanted, asker) }))
    .toSorted((a, b) => b.rank - a.rank || (a.helper.person.id < b.helper.person.id ? -1 : 1))
    .map(({ helper }) => helper);
}

function rankOf(
  { topics, person }: Helper,
  wanted: readonly string[],
  asker: Pick<Person, 'unit' | 'office'> | undefined,
): number {
  const near =
    (asker?.unit && person.unit === asker.unit ? 2 : 0) + (asker?.office && person.office === asker.office ? 1 : 0);
  return (wanted.length === 0 ? 0 : topics.length * 10) + near;
}
