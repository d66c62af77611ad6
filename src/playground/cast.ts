import { type NewPerson, people } from './seed.ts';
import type { Workspace } from './workspace.ts';

const berlin = { locale: 'en-US', zone: 'Europe/Berlin' } as const;

/** The seeded lead under the address that the sample organization knows, and those of its roles that the seed lacks. */
export const cast: readonly NewPerson[] = [
  { id: people.lead, name: 'lead', realName: 'OSPO lead', email: 'ospo-lead@example.com', ...berlin },
  { id: 'U0ARCHITECT', name: 'architect', realName: 'Architect', ...berlin },
  { id: 'U0PATENTS', name: 'patent-counsel', realName: 'Patent counsel', ...berlin },
  { id: 'U0EXPORT', name: 'export-officer', realName: 'Export officer', ...berlin },
  { id: 'U0EXECUTIVE', name: 'executive-sponsor', realName: 'Executive sponsor', ...berlin },
  { id: 'U0TRAINING', name: 'training-lead', realName: 'Training lead', ...berlin },
  { id: 'U0MENTORSHIP', name: 'mentorship-lead', realName: 'Mentorship lead', ...berlin },
  { id: 'U0AUDITOR', name: 'auditor', realName: 'Auditor', ...berlin },
];

/** The user groups that the sample organization's roles name. */
const groups = [
  { handle: 'ospo', name: 'Open source office', users: [people.lead, people.reviewer] },
  { handle: 'ospo-compliance', name: 'Compliance', users: [people.reviewer, people.legal] },
  { handle: 'legal', name: 'Legal', users: [people.legal] },
  { handle: 'security', name: 'Security', users: [people.security] },
  { handle: 'architects', name: 'Architects', users: ['U0ARCHITECT'] },
  {
    handle: 'open-source-board',
    name: 'Open source board',
    users: [people.lead, people.legal, 'U0ARCHITECT', 'U0EXECUTIVE'],
  },
];

/** Gives the people of a workspace started with `cast` their user groups. */
export function formGroups(workspace: Workspace): void {
  for (const group of groups) workspace.addGroup(group);
}
