import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditEntry,
  type AuditEvent,
  type AuditHead,
  type AuditPart,
  appendAudit,
  auditEvents,
  auditId,
  auditParts,
  changedParts,
  verifyChain,
} from '../../src/core/audit.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';

const subject = 'req/00000142';

function entry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return { at: 1_000, kind: 'decided', actor: 'U0LEAD', from: 'submitted', to: 'approved', ...changes };
}

interface Chain {
  readonly events: readonly AuditEvent[];
  readonly parts: readonly (AuditPart | undefined)[];
  readonly head: AuditHead | undefined;
}

/** A chain as the store gives it back. */
async function chainOf(entries: readonly AuditEntry[], of = subject): Promise<Chain> {
  const store = createMemoryStore([auditEvents, auditParts]);
  let head: AuditHead | undefined;
  for (const one of entries) {
    const appended = appendAudit(of, head, one);
    await store.commit(appended.ops);
    head = appended.head;
  }
  const { docs } = await store.list(auditEvents, { key: of, order: 'asc', limit: 1_000 });
  const parts = await Promise.all(docs.map((doc) => store.get(auditParts, doc.id)));
  return { events: docs.map(({ id: _, version: __, ...event }) => event), parts, head };
}

const entries = fc.array(
  fc
    .record({
      at: fc.nat(),
      kind: fc.constantFrom('submitted', 'decided', 'withdrawn'),
      actor: fc.constantFrom('U0LEAD', 'U0EMPLOYEE', 'operator'),
      from: fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 2 }),
      to: fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 2 }),
      versions: fc.dictionary(fc.constantFrom('policy', 'form'), fc.constantFrom('1', '2')),
      parts: fc.dictionary(fc.constantFrom('comment', 'name'), fc.string()),
    })
    // The generator's type of JSON is wider than ours in name only.
    .map((one) => one as AuditEntry),
  { minLength: 2, maxLength: 6 },
);
const options = { seed: 20261122, numRuns: 60 };

describe('a chain of events', () => {
  it('is whole as it was written, whatever was written', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (all) => {
        const { events, parts, head } = await chainOf(all);

        expect(verifyChain(subject, events, head)).toEqual([]);
        expect(events.flatMap((event, at) => changedParts(event, parts[at]))).toEqual([]);
        expect(head?.length).toBe(all.length);
      }),
      options,
    );
  });

  it.each<[string, Partial<AuditEvent>]>([
    ['at', { at: 2 }],
    ['kind', { kind: 'other' }],
    ['actor', { actor: 'U0OTHER' }],
    ['from', { from: 'other' }],
    ['to', { to: { other: true } }],
    ['versions', { versions: { policy: 'other' } }],
    ['digests', { digests: {} }],
    ['hash', { hash: 'f'.repeat(64) }],
    ['prev', { prev: 'f'.repeat(64) }],
    ['seq', { seq: 9 }],
    ['subject', { subject: 'req/00000143' }],
  ])('shows a changed %s, in the event where it changed', async (_, change) => {
    const { events, head } = await chainOf([entry(), entry({ at: 3, parts: { comment: 'fine' } }), entry()]);
    const forged = events.map((event, at) => (at === 1 ? { ...event, ...change } : event));

    const problems = verifyChain(subject, forged, head);

    expect(problems).toMatchObject([{ seq: 2 }]);
  });

  it('shows removing any event, also the last ones and all of them', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.nat(), fc.integer({ min: 1, max: 6 }), async (all, from, count) => {
        const { events, head } = await chainOf(all);
        const first = from % events.length;
        const left = events.filter((_, at) => at < first || at >= first + count);

        expect(verifyChain(subject, left, head)).not.toEqual([]);
      }),
      options,
    );
  });

  it('shows any other order', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.nat(), fc.nat(), async (all, a, b) => {
        const { events, head } = await chainOf(all);
        const [one, other] = [a % events.length, b % events.length];
        fc.pre(one !== other);
        const swapped = events.map((event, at) => events[at === one ? other : at === other ? one : at] ?? event);

        expect(verifyChain(subject, swapped, head)).not.toEqual([]);
      }),
      options,
    );
  });

  it('shows an event that was written again with a right hash of its own', async () => {
    const honest = await chainOf([entry(), entry({ to: 'declined' }), entry({ to: 'closed' })]);
    const forged = await chainOf([entry(), entry({ to: 'approved' })]);
    const mixed = honest.events.map((event, at) => (at === 1 ? (forged.events[1] ?? event) : event));

    const problems = verifyChain(subject, mixed, honest.head);

    expect(problems).toEqual([{ seq: 3, problem: 'changed' }]);
  });

  it('shows a whole chain written anew, by its head', async () => {
    const honest = await chainOf([entry({ to: 'declined' })]);
    const forged = await chainOf([entry({ to: 'approved' })]);

    const problems = verifyChain(subject, forged.events, honest.head);

    expect(problems).toEqual([{ seq: 1, problem: 'changed' }]);
  });

  it('cannot stand in for the chain of another subject', async () => {
    const { events, head } = await chainOf([entry()]);
    const moved = events.map((event) => ({ ...event, subject: 'req/00000143' }));

    const problems = verifyChain('req/00000143', moved, head);

    expect(problems).toEqual([{ seq: 1, problem: 'changed' }]);
  });

  it('tells of events that its head does not know', async () => {
    const { events } = await chainOf([entry(), entry()]);
    const { head } = await chainOf([entry()]);

    const problems = verifyChain(subject, events, head);

    expect(problems).toEqual([{ seq: 2, problem: 'beyond the head' }]);
  });

  it('takes one of two events that were appended at the same moment', async () => {
    const store = createMemoryStore([auditEvents, auditParts]);
    const [one, other] = [appendAudit(subject, undefined, entry()), appendAudit(subject, undefined, entry({ at: 2 }))];

    await store.commit(one.ops);
    const second = store.commit(other.ops);

    await expect(second).rejects.toMatchObject({ name: 'Conflict', id: auditId(subject, 1) });
  });
});

describe('names and free text', () => {
  it('lie beside the chain: erasing them leaves it whole', async () => {
    const { events, head, parts } = await chainOf([entry({ parts: { comment: 'Jane from accounting says no' } })]);

    const inChain = JSON.stringify(events);
    const afterErasure = [verifyChain(subject, events, head), changedParts(events[0] as AuditEvent, undefined)];

    expect(inChain).not.toContain('Jane');
    expect(parts[0]?.parts.comment?.text).toBe('Jane from accounting says no');
    expect(afterErasure).toEqual([[], []]);
  });

  it.each<[string, AuditPart['parts']]>([
    ['text', { comment: { salt: 'S', text: 'yes' } }],
    ['salt', { comment: { salt: 'T', text: 'no' } }],
    ['part that was never there', { other: { salt: 'S', text: 'no' } }],
  ])('show another %s', (_, parts) => {
    const { ops } = appendAudit(subject, undefined, entry({ parts: { comment: 'no' } }), () => 'S');
    const [event] = ops.flatMap((op) => ('put' in op && op.in === auditEvents ? [op.put as AuditEvent] : []));

    const changed = changedParts(event as AuditEvent, { parts });

    expect(changed).toEqual(Object.keys(parts));
  });

  it('have a digest that equal texts do not share', async () => {
    const { events } = await chainOf([entry({ parts: { comment: 'no' } }), entry({ parts: { comment: 'no' } })]);

    const digests = events.map((event) => event.digests.comment);

    expect(digests[0]).not.toBe(digests[1]);
  });

  it('keep text that Slack cut through an emoji', async () => {
    const { events, head, parts } = await chainOf([entry({ parts: { comment: 'cut \ud83d' } })]);

    const problems = [...verifyChain(subject, events, head), ...changedParts(events[0] as AuditEvent, parts[0])];

    expect(problems).toEqual([]);
  });
});
