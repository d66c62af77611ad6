import { z } from 'zod';
import { AuditHead, type AuditSubjects } from '../core/audit.ts';
import type { Collection } from '../core/ports.ts';

/** A subject of the audit trail that is the trail itself. */
const AuditOwn = z.strictObject({ head: AuditHead });
type AuditOwn = z.infer<typeof AuditOwn>;

/** By what is told of, e.g. `erasures`. */
export const auditOwn: Collection<AuditOwn> = { name: 'audit_own', schema: AuditOwn, shape: 1, index: () => [] };

/** What was done to the trail is told in it. */
export const ownSubjects: AuditSubjects<AuditOwn> = {
  collection: auditOwn,
  subjectOf: ({ id }) => ownSubject(id),
  headOf: ({ head }) => head,
};

export function ownSubject(id: string): string {
  return `audit/${id}`;
}

/** The document that keeps the head of what was erased. */
export const erasures = 'erasures';

/** What an event of an erasure says in `to`. */
export const Erased = z.object({ person: z.string(), parts: z.array(z.string()) });

/** A part of an event, as an erasure names it. */
export function partKey(event: string, part: string): string {
  return `${event} ${part}`;
}
