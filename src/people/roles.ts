import type { Finding } from '../core/findings.ts';
import type { Organization } from '../core/organization.ts';
import type { Finder } from './match.ts';
import type { Records } from './record.ts';

/**
 * Roles by Slack member id, sorted: those that the organization's file gives, and `@handle` for each user group, so that
 * an audience may name a group. Only who `mayHold` one gets any.
 */
export function resolveRoles(
  organization: Organization,
  records: Records,
  finder: Finder,
  mayHold: (id: string) => boolean,
): { readonly roles: ReadonlyMap<string, readonly string[]>; readonly findings: readonly Finding[] } {
  const groups = membersByHandle(records);
  const held = new Map<string, Set<string>>();
  const findings: Finding[] = [];
  const give = (role: string, id: string) => {
    const own = held.get(id) ?? new Set();
    held.set(id, own.add(role));
  };
  const add = (role: string, problem: string, mend: string) =>
    findings.push({ file: 'organization.yml', field: `roles.${role}`, problem, mend, fatal: false });

  for (const [handle, members] of groups) for (const id of members.filter(mayHold)) give(handle, id);
  for (const [role, holders] of Object.entries(organization.roles)) {
    let holding = 0;
    for (const holder of holders) {
      const ids = holder.startsWith('@') ? groups.get(holder) : asList(finder.find(holder));
      if (ids === undefined)
        add(role, `${holder} is not in the workspace, or has no members.`, 'Correct or remove it.');
      for (const id of (ids ?? []).filter(mayHold)) {
        give(role, id);
        holding += 1;
      }
    }
    if (holding === 0)
      add(role, `Nobody holds the role ${role}.`, 'Name an active member of the workspace, not a guest.');
  }
  return { roles: new Map([...held].map(([id, roles]) => [id, [...roles].toSorted()])), findings };
}

function membersByHandle(records: Records): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [id, record] of records) {
    for (const handle of record.groups) {
      const members = groups.get(`@${handle}`);
      if (members) members.push(id);
      else groups.set(`@${handle}`, [id]);
    }
  }
  return groups;
}

function asList(id: string | undefined): readonly string[] | undefined {
  return id === undefined ? undefined : [id];
}
