import type { Finding } from '../core/findings.ts';

/** Who names whom as manager, as written in the source. */
export interface ManagerClaim {
  readonly person: string;
  readonly manager: string;
}

/**
 * Managers by Slack member id, each an active person other than oneself, without circles. People who have left keep theirs,
 * who takes over what they own. A circle is cut at all its
 * members: nobody can tell which of its lines is wrong, and a wrong manager could approve what is not theirs to approve.
 * @param find gives the Slack member id for an id or e-mail
 * @param label how findings call a person
 */
export function resolveManagers(
  claims: readonly ManagerClaim[],
  find: (who: string) => string | undefined,
  isActive: (id: string) => boolean,
  label: (id: string) => string,
  file: string,
): { readonly managers: ReadonlyMap<string, string>; readonly findings: readonly Finding[] } {
  const managers = new Map<string, string>();
  const absent = new Map<string, { readonly why: string; people: number }>();
  const findings: Finding[] = [];
  const add = (problem: string, mend: string) => findings.push({ file, field: 'manager', problem, mend, fatal: false });

  for (const { person, manager } of claims) {
    const id = find(manager);
    if (id === person) {
      add(`${label(person)} is their own manager.`, 'Name somebody else or nobody.');
    } else if (id !== undefined && isActive(id)) {
      managers.set(person, id);
    } else if (isActive(person)) {
      // Whoever has left needs no manager any more.
      const entry = absent.get(manager) ?? {
        why: id === undefined ? 'is not in the workspace' : 'is not active',
        people: 0,
      };
      entry.people += 1;
      absent.set(manager, entry);
    }
  }
  for (const [manager, { why, people }] of absent) {
    add(
      `${manager} is the manager of ${people} ${people === 1 ? 'person' : 'people'}, but ${why}.`,
      'Name their new manager.',
    );
  }
  for (const circle of circlesIn(managers)) {
    for (const member of circle) managers.delete(member);
    add(
      `These people manage each other in a circle: ${circle.map(label).join(', ')}.`,
      'Correct one of them; until then none of them has a manager.',
    );
  }
  return { managers, findings };
}

/** The circles, each walked once: everybody is visited in constant time, however long the chains are. */
function circlesIn(managers: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  const walkOf = new Map<string, number>();
  const circles: (readonly string[])[] = [];
  let walk = 0;
  for (const start of managers.keys()) {
    walk += 1;
    const path: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && !walkOf.has(at)) {
      walkOf.set(at, walk);
      path.push(at);
      at = managers.get(at);
    }
    if (at !== undefined && walkOf.get(at) === walk) circles.push(path.slice(path.indexOf(at)));
  }
  return circles;
}
