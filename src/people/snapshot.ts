import type { People, Person } from '../core/ports.ts';

/** One state of all people; every answer is one look-up. */
export function createSnapshot(people: readonly Person[]): People {
  const byId = new Map(people.map((person) => [person.id, person]));
  const byRole = new Map<string, Person[]>();
  for (const person of people) {
    for (const role of person.roles) {
      const holders = byRole.get(role);
      if (holders) holders.push(person);
      else byRole.set(role, [person]);
    }
  }
  return {
    get: (id) => byId.get(id),
    withRole: (role) => byRole.get(role) ?? [],
    all: () => byId.values(),
  };
}
