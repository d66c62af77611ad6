import type { AuditEvent } from '../core/audit.ts';
import type { Json } from '../core/canonical-json.ts';

/** Which events are meant; what is left out does not narrow. */
export interface Choice {
  /** Whoever acted, or whose key `from` or `to` hold. */
  readonly person?: string;
  /** A subject, or the kind of it: `req/00000142` or `req`. */
  readonly subject?: string;
  /** What happened: `adopted`. */
  readonly kind?: string;
  /** From this moment on, and before that one, ms. */
  readonly from?: number;
  readonly to?: number;
}

export function isChosen(event: AuditEvent, { person, subject, kind, from, to }: Choice): boolean {
  return (
    (person === undefined || concerns(event, person)) &&
    (subject === undefined || event.subject === subject || event.subject.startsWith(`${subject}/`)) &&
    (kind === undefined || event.kind === kind) &&
    (from === undefined || event.at >= from) &&
    (to === undefined || event.at < to)
  );
}

/** Whether a person acted in an event or is named in it by their key. */
function concerns(event: AuditEvent, person: string): boolean {
  return event.actor === person || holds(event.from, person) || holds(event.to, person);
}

function holds(value: Json, key: string): boolean {
  if (typeof value === 'string') return value === key;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name === key || holds(inner, key));
}
