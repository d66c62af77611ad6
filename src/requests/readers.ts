import type { Person } from '../core/ports.ts';
import { type DecidingWorld, isThere, seatOf } from './deciding.ts';
import type { Request, RequestEvent } from './request.ts';

/** Roles that read every request that is not confidential. */
export const readingRoles: readonly string[] = ['ospo', 'ospo-lead', 'auditor'];
// The lead is told when what is confidential is late, and looks after it where everybody else has gone.
const confidentialRoles: readonly string[] = ['ospo-lead', 'auditor'];

/**
 * Whether somebody may read a request: who asked, who decides or is asked to, auditors, and the office unless it is
 * confidential. Roles are those of now: what is confidential is gone for whoever lost theirs.
 */
export function mayRead(request: Request, person: Person | undefined, world: DecidingWorld): boolean {
  if (!isThere(person)) return false;
  if (person.id === request.requester) return true;
  const roles = request.restricted ? confidentialRoles : readingRoles;
  if (roles.some((role) => person.roles.includes(role))) return true;
  if (request.stages.some((stage) => seatOf(person.id, stage, request, world) !== undefined)) return true;
  // A name that was written down opens nothing confidential: anybody could be named.
  return !request.restricted && request.events.some((event) => isBy(event, person));
}

/** Whether somebody did it, or decided elsewhere what was written down. */
function isBy(event: RequestEvent, { id }: Person): boolean {
  if ('by' in event && event.by === id) return true;
  return event.kind === 'recorded' && 'person' in event.decider && event.decider.person === id;
}
