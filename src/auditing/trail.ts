import { type AuditEvent, type AuditPart, auditEvents, auditParts } from '../core/audit.ts';
import type { Doc, Store } from '../core/ports.ts';

/** An event with what lies beside it, or parts beside which there is no event. */
export type Step =
  | { readonly event: Doc<AuditEvent>; readonly parts: Doc<AuditPart> | undefined }
  | { readonly event: undefined; readonly parts: Doc<AuditPart> };

/** The whole trail in the order of ids: chain by chain, each from its first event on. Holds one event at a time. */
export async function* walkTrail(store: Store): AsyncGenerator<Step> {
  const beside = store.scan(auditParts)[Symbol.asyncIterator]();
  let next = await beside.next();
  for await (const event of store.scan(auditEvents)) {
    for (; !next.done && next.value.id < event.id; next = await beside.next()) {
      yield { event: undefined, parts: next.value };
    }
    const own = next.done || next.value.id !== event.id ? undefined : next.value;
    if (own) next = await beside.next();
    yield { event, parts: own };
  }
  for (; !next.done; next = await beside.next()) yield { event: undefined, parts: next.value };
}
