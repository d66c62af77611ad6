import type { PersonId } from './ports.ts';

/** Names that say nothing beyond one document: `person-1` for whoever comes first in it, the same one each time they come again. */
export function createPseudonyms(): (person: PersonId) => PersonId {
  const names = new Map<PersonId, PersonId>();
  return (person) => {
    const known = names.get(person) ?? (`person-${names.size + 1}` as PersonId);
    names.set(person, known);
    return known;
  };
}
