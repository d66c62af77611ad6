import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eraseParts, findErasable } from '../../src/auditing/erase.ts';
import { type Finding, verifyAudit } from '../../src/auditing/verify.ts';
import {
  type AuditEvent,
  type AuditHead,
  appendAudit,
  auditEvents,
  auditId,
  auditParts,
  chainOf,
} from '../../src/core/audit.ts';
import type { Doc, Store } from '../../src/core/ports.ts';
import { all, cases, emptyStore, forge, happen, subjects } from './world.ts';

const options = { seed: 20261122, numRuns: 150 };

async function findingsIn(store: Store, listed?: ReadonlyMap<string, AuditHead>): Promise<readonly Finding[]> {
  return (await verifyAudit({ store, subjects, ...(listed ? { listed } : {}) })).findings;
}

/** What happened, by the number of its subject. */
const history = fc.array(
  fc.record({ id: fc.constantFrom('1', '1.x', '10', '2/a'), comment: fc.option(fc.string(), { nil: undefined }) }),
  { minLength: 3, maxLength: 14 },
);
type History = readonly { readonly id: string; readonly comment: string | undefined }[];

async function storeOf(what: History): Promise<Store> {
  const store = emptyStore();
  for (const [at, { id, comment }] of what.entries()) {
    await happen(store, id, { at, ...(comment === undefined ? {} : { parts: { comment } }) });
  }
  return store;
}

async function headsIn(store: Store): Promise<ReadonlyMap<string, AuditHead>> {
  const docs = await all(store, cases);
  return new Map(docs.flatMap(({ id, head }) => (head ? [[`case/${id}`, head]] : [])));
}

function bare<T extends object>({ id: _, version: __, ...value }: Doc<T>): Omit<Doc<T>, 'id' | 'version'> {
  return value;
}

describe('a trail as it was written', () => {
  it('is whole, whatever happened, also against its own heads', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (what) => {
        const store = await storeOf(what);

        const { events, chains, findings } = await verifyAudit({ store, subjects, listed: await headsIn(store) });

        expect({ events, findings }).toEqual({ events: what.length, findings: [] });
        expect(chains).toBe(new Set(what.map(({ id }) => id)).size);
      }),
      options,
    );
  });

  it('stays whole when it goes on after it was listed', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), async (what, cut) => {
        const early = await storeOf(what.slice(0, cut % what.length));
        const listed = await headsIn(early);
        for (const [at, { id }] of what.slice(cut % what.length).entries()) await happen(early, id, { at });

        expect(await findingsIn(early, listed)).toEqual([]);
      }),
      options,
    );
  });

  it('may have subjects that no event tells of yet', async () => {
    const store = emptyStore();
    await forge(store, cases, 'new', { draft: true });

    expect(await findingsIn(store)).toEqual([]);
  });
});

/** One thing that a forger does to a random event, and what it is found as. */
const forgeries: readonly (readonly [string, (store: Store, event: Doc<AuditEvent>) => Promise<void>])[] = [
  ['when it was', (store, event) => change(store, event, { at: event.at + 1 })],
  ['what it was', (store, event) => change(store, event, { kind: 'declined' })],
  ['who did it', (store, event) => change(store, event, { actor: 'U0OTHER' })],
  ['what it came from', (store, event) => change(store, event, { from: 'withdrawn' })],
  ['what it came to', (store, event) => change(store, event, { to: { approved: true } })],
  ['what it was decided by', (store, event) => change(store, event, { versions: { policy: '9' } })],
  ['which parts it had', (store, event) => change(store, event, { digests: { other: '0'.repeat(64) } })],
  ['its hash', (store, event) => change(store, event, { hash: '0'.repeat(64) })],
  ['what it follows', (store, event) => change(store, event, { prev: '0'.repeat(64) })],
  ['its place', (store, event) => change(store, event, { seq: event.seq + 1 })],
  ['its subject', (store, event) => change(store, event, { subject: 'case/other' })],
];

function change(store: Store, event: Doc<AuditEvent>, changes: Partial<AuditEvent>): Promise<void> {
  return forge(store, auditEvents, event.id, { ...(bare(event) as AuditEvent), ...changes });
}

describe('what was changed', () => {
  it.each(forgeries)('is found in any event: %s', async (_, tamper) => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), async (what, which) => {
        const store = await storeOf(what);
        const events = await all(store, auditEvents);
        const event = events[which % events.length] as Doc<AuditEvent>;
        await tamper(store, event);

        const found = await findingsIn(store);

        expect(found.map(({ subject, seq }) => [subject, seq])).toContainEqual([chainOf(event.id), event.seq]);
        expect(new Set(found.map(({ subject }) => subject))).toEqual(new Set([chainOf(event.id)]));
      }),
      { ...options, numRuns: 30 },
    );
  });

  it('is found when it is taken away, any event or any number of them at the end', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), fc.boolean(), async (what, which, tail) => {
        const store = await storeOf(what);
        const events = await all(store, auditEvents);
        const first = events[which % events.length] as Doc<AuditEvent>;
        const gone = events.filter(({ id, seq }) =>
          tail ? chainOf(id) === chainOf(first.id) && seq >= first.seq : id === first.id,
        );
        for (const { id } of gone) {
          await forge(store, auditEvents, id, undefined);
          if (await store.get(auditParts, id)) await forge(store, auditParts, id, undefined);
        }

        const [found] = await findingsIn(store);

        expect(found?.subject).toBe(chainOf(first.id));
        expect(['missing', 'cut off', 'no chain']).toContain(found?.trouble);
        expect([0, first.seq]).toContain(found?.seq);
      }),
      options,
    );
  });

  it('is found when two events change places, within a chain or across', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), fc.nat(), async (what, a, b) => {
        const store = await storeOf(what);
        const events = await all(store, auditEvents);
        const one = events[a % events.length] as Doc<AuditEvent>;
        const other = events[b % events.length] as Doc<AuditEvent>;
        fc.pre(one.id !== other.id);
        await forge(store, auditEvents, one.id, bare(other) as AuditEvent);
        await forge(store, auditEvents, other.id, bare(one) as AuditEvent);

        const subjectsFound = (await findingsIn(store)).map(({ subject }) => subject);

        expect(subjectsFound).toEqual(expect.arrayContaining([chainOf(one.id), chainOf(other.id)]));
      }),
      options,
    );
  });

  it.each<[string, object | undefined, object]>([
    ['other words', { comment: { salt: 'S', text: 'yes' } }, { trouble: 'part changed', part: 'comment' }],
    ['a part that was never there', { other: { salt: 'S', text: 'x' } }, { trouble: 'part changed', part: 'other' }],
    ['words that are gone without an erasure', undefined, { trouble: 'part gone', part: 'comment' }],
  ])('beside the chain is found: %s', async (_, parts, expected) => {
    const store = emptyStore();
    await happen(store, '1', { parts: { comment: 'no' } });
    const id = auditId('case/1', 1);

    await forge(store, auditParts, id, parts && ({ parts } as never));

    expect(await findingsIn(store)).toContainEqual(expect.objectContaining({ subject: 'case/1', seq: 1, ...expected }));
  });

  it.each(['case/0/000001', 'case/1/000002', 'zzz/1/000001'])('words without an event are found: %s', async (id) => {
    const store = emptyStore();
    await happen(store, '1');
    await forge(store, auditParts, id, { parts: { comment: { salt: 'S', text: 'no' } } });

    expect(await findingsIn(store)).toMatchObject([{ subject: chainOf(id), trouble: 'part alone' }]);
  });
});

describe('subjects and chains', () => {
  it('without each other are found', async () => {
    const store = emptyStore();
    await happen(store, '1');
    await happen(store, '2');
    await forge(store, cases, '1', undefined);
    await forge(store, auditEvents, auditId('case/2', 1), undefined);
    await forge(store, cases, '3', {});

    expect(await findingsIn(store)).toEqual([
      { subject: 'case/1', seq: 0, trouble: 'no subject' },
      { subject: 'case/2', seq: 0, trouble: 'no chain' },
      { subject: 'case/3', seq: 0, trouble: 'no chain' },
    ]);
  });

  it('that disagree about the end are found, whoever is longer', async () => {
    const store = emptyStore();
    await happen(store, '1');
    const early = (await store.get(cases, '1'))?.head;
    await happen(store, '1');
    await happen(store, '2');
    if (early) await forge(store, cases, '1', { head: early });
    await forge(store, cases, '2', { head: { length: 4, hash: '0'.repeat(64) } });

    expect(await findingsIn(store)).toEqual([
      { subject: 'case/1', seq: 2, trouble: 'beyond the head' },
      { subject: 'case/2', seq: 2, trouble: 'cut off' },
    ]);
  });

  it('that tell of one kind of feature only are not enough: who forgets to name them is told', async () => {
    const store = emptyStore();
    await happen(store, '1');

    const { findings } = await verifyAudit({ store, subjects: [] });

    expect(findings).toEqual([{ subject: 'case/1', seq: 0, trouble: 'no subject' }]);
  });
});

describe('who knows how it works and mends all that points to it', () => {
  /** Writes a subject anew from its first event on, so that the store agrees with itself. */
  async function rewrite(store: Store, id: string, kinds: readonly string[]): Promise<void> {
    for (const event of await all(store, auditEvents)) {
      if (chainOf(event.id) === `case/${id}`) await forge(store, auditEvents, event.id, undefined);
    }
    let head: AuditHead | undefined;
    for (const [at, kind] of kinds.entries()) {
      const next = appendAudit(`case/${id}`, head, { at, kind, actor: 'U0LEAD', from: null, to: null });
      await store.commit(next.ops);
      head = next.head;
    }
    await forge(store, cases, id, head && { head });
  }

  it.each<[string, readonly string[], object]>([
    ['another end', ['decided', 'decided', 'withdrawn'], { seq: 3, trouble: 'listed, changed' }],
    [
      'another past under a longer chain',
      ['x', 'decided', 'decided', 'decided'],
      { seq: 3, trouble: 'listed, changed' },
    ],
    ['a shorter chain', ['decided'], { seq: 2, trouble: 'listed, cut off' }],
    ['no subject and no chain', [], { seq: 0, trouble: 'listed, gone' }],
  ])('is found by a list only: %s', async (_, kinds, expected) => {
    const store = emptyStore();
    for (const at of [0, 1, 2]) await happen(store, '1', { at });
    await happen(store, '2');
    const listed = await headsIn(store);

    await rewrite(store, '1', kinds);

    expect(await findingsIn(store)).toEqual([]);
    expect(await findingsIn(store, listed)).toEqual([{ subject: 'case/1', ...expected }]);
  });

  it('is said once where the chain does not hold by itself', async () => {
    const store = emptyStore();
    for (const at of [0, 1, 2]) await happen(store, '1', { at });
    const listed = await headsIn(store);
    await forge(store, auditEvents, auditId('case/1', 2), undefined);

    expect(await findingsIn(store, listed)).toEqual([{ subject: 'case/1', seq: 2, trouble: 'missing' }]);
  });
});

describe('erasing', () => {
  it('leaves every chain whole, whoever asks and whatever was written', async () => {
    const person = fc.constantFrom('U0LEAD', 'U0OTHER', 'U0NOBODY');
    const told = fc.array(fc.record({ id: fc.constantFrom('1', '2'), actor: person, comment: fc.string() }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(told, person, fc.constantFrom('a', 'ab', '(', '.*'), async (what, who, name) => {
        const store = emptyStore();
        for (const { id, actor, comment } of what) await happen(store, id, { actor, parts: { comment, name: actor } });
        const erasing = { person: who, names: [name] };
        const found = await findErasable(store, erasing);

        await eraseParts(store, erasing, found, { by: 'operator', now: 9 });

        const left = JSON.stringify((await all(store, auditParts)).map(({ parts }) => parts));
        expect(await findingsIn(store)).toEqual([]);
        expect(left).not.toContain(`"${who}"`);
        expect(await findErasable(store, erasing)).toEqual([]);
      }),
      options,
    );
  });
});
