import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Announcement, type Target, targetId } from '../../src/announcements/announcement.ts';
import type { Aim } from '../../src/announcements/delivery.ts';
import { isReachable, nextAims, rowsFor, rowsTogether, slackIdOf } from '../../src/announcements/recipients.ts';
import { passedOver, restored, withdrawn } from '../../src/announcements/revising.ts';
import {
  isStillWanted,
  mailingKey,
  type Row,
  readMailingKey,
  type SettleFacts,
  settleRow,
} from '../../src/announcements/sending.ts';
import type { Outcome, PersonId } from '../../src/core/ports.ts';
import { personAt } from './post-office.ts';

const now = 1_000_000;
const posted = { channel: 'D1', ts: '1.1' };
const stands: Outcome = { kind: 'stands', at: posted };

describe('the list of places', () => {
  it('is gone through in commits, each place once, wherever a process stopped', () => {
    const sizes = fc.integer({ min: 0, max: 3 * rowsTogether + 1 });

    fc.assert(
      fc.property(sizes, (size) => {
        const aims = aimsOf(size);
        const seen: string[] = [];
        for (let after = ''; ; ) {
          const next = nextAims('A-1', aims, after);
          if (next.length === 0) break;
          expect(next.length).toBeLessThanOrEqual(rowsTogether);
          seen.push(...rowsFor('A-1', next, now).map(({ id }) => id));
          after = seen.at(-1) ?? '';
        }
        expect(seen).toEqual(aims.map(({ target }) => targetId('A-1', slackIdOf(target))));
      }),
      { seed: 20261122, numRuns: 20 },
    );
  });

  it('says of a row that it waits, or that it has no message of its own', () => {
    const [loud, quiet] = aimsOf(2);
    const aims = [loud, quiet && { ...quiet, quiet: true }].filter((aim) => aim !== undefined);

    const rows = rowsFor('A-1', aims, now);

    expect(rows.map((op) => 'put' in op && op.put)).toMatchObject([
      { state: 'waiting', from: 5, shown: 0, since: now },
      { state: 'quiet', from: 5, shown: 0, since: now },
    ]);
    expect(rows.map(({ expect: version }) => version)).toEqual([0, 0]);
  });

  it.each([
    { target: { channel: 'C1' }, reachable: true },
    { target: { person: 'U1' as PersonId }, reachable: true },
    { target: { person: 'ULEFT' as PersonId }, reachable: false },
  ])('$target is reachable: $reachable', ({ target, reachable }) => {
    expect(isReachable(target, (person) => person !== 'ULEFT')).toBe(reachable);
  });
});

describe('a message on its way', () => {
  it('is named by its row and edition', () => {
    const key = mailingKey('A-1/U1', 12);

    expect(readMailingKey(key)).toEqual({ row: 'A-1/U1', edition: 12 });
  });

  it.each<{
    readonly what: string;
    readonly posted?: true;
    readonly edition?: number;
    readonly wanted: readonly Announcement['state'][];
  }>([
    { what: 'a first message', wanted: ['expanding', 'sending'] },
    { what: 'a change', posted: true, wanted: ['expanding', 'sending', 'sent'] },
    {
      what: 'a withdrawal',
      posted: true,
      edition: 0,
      wanted: ['draft', 'review', 'scheduled', 'expanding', 'sending', 'sent', 'cancelled', 'retracting', 'retracted'],
    },
  ])('$what is wanted while the announcement is $wanted', ({ posted: isPosted, edition = 2, wanted }) => {
    const row = { state: 'queued' as const, ...(isPosted ? { posted } : {}) };

    const found = allStates.filter((state) => isStillWanted(row, edition, { state }, true));

    expect(found).toEqual(wanted);
  });

  it('is not wanted by who left, unless it stands', () => {
    expect(isStillWanted({ state: 'queued' }, 1, { state: 'sending' }, false)).toBe(false);
    expect(isStillWanted({ state: 'queued', posted }, 2, { state: 'sending' }, false)).toBe(true);
  });

  it('is not wanted when its row is not on its way', () => {
    expect(isStillWanted({ state: 'sent', posted }, 2, { state: 'sending' }, true)).toBe(false);
  });
});

describe('the outcome of a message', () => {
  const cases: readonly {
    readonly what: string;
    readonly row?: Partial<Target>;
    readonly outcome: Outcome;
    readonly facts?: Partial<SettleFacts>;
    readonly becomes: Partial<Target>;
  }[] = [
    {
      what: 'posted',
      outcome: stands,
      becomes: { state: 'sent', shown: 2, posted, sentAt: now, since: now },
    },
    {
      what: 'changed',
      row: { posted, shown: 1, sentAt: 5 },
      outcome: stands,
      becomes: { state: 'sent', shown: 2, sentAt: 5 },
    },
    {
      what: 'withdrawn',
      row: { posted, shown: 1, sentAt: 5 },
      outcome: stands,
      facts: { edition: 0 },
      becomes: { state: 'retracted', shown: 1, sentAt: 5 },
    },
    {
      what: 'stopped before its turn',
      outcome: { kind: 'gone' },
      facts: { state: 'cancelled' },
      becomes: { state: 'left' },
    },
    {
      what: 'withdrawn before its turn',
      outcome: { kind: 'gone' },
      facts: { state: 'retracting' },
      becomes: { state: 'left' },
    },
    {
      what: 'meant for somebody who left',
      outcome: { kind: 'gone' },
      facts: { reachable: false },
      becomes: { state: 'failed', reason: 'not_active' },
    },
    { what: 'drawn as nothing', outcome: { kind: 'gone' }, becomes: { state: 'failed', reason: 'gone' } },
    {
      what: 'a change that was called off',
      row: { posted, shown: 1 },
      outcome: { kind: 'gone' },
      facts: { state: 'retracting' },
      becomes: { state: 'sent', shown: 1 },
    },
    {
      what: 'refused',
      outcome: { kind: 'failed', code: 'is_archived' },
      becomes: { state: 'failed', reason: 'is_archived', shown: 0 },
    },
    {
      what: 'lost for good',
      outcome: { kind: 'unknown', code: 'missing_scope' },
      becomes: { state: 'unknown', reason: 'missing_scope' },
    },
    {
      what: 'a withdrawal of what somebody removed',
      row: { posted, shown: 1 },
      outcome: { kind: 'failed', code: 'message_not_found' },
      facts: { edition: 0 },
      becomes: { state: 'retracted' },
    },
    {
      what: 'refused with its picture',
      outcome: { kind: 'failed', code: 'invalid_blocks' },
      facts: { hasPicture: true },
      becomes: { state: 'waiting', reason: 'invalid_blocks' },
    },
    {
      what: 'refused without its picture, too',
      row: { reason: 'invalid_blocks' },
      outcome: { kind: 'failed', code: 'invalid_blocks' },
      facts: { hasPicture: true },
      becomes: { state: 'failed', reason: 'invalid_blocks' },
    },
    {
      what: 'a change refused with its picture',
      row: { posted, shown: 1 },
      outcome: { kind: 'failed', code: 'invalid_blocks' },
      facts: { hasPicture: true },
      becomes: { state: 'sent', shown: 1 },
    },
  ];
  it.each(cases)('$what', ({ row, outcome, facts, becomes }) => {
    const before: Target = { ...queued, ...row };

    const after = settleRow(before, outcome, { ...plainFacts, ...facts });

    expect(after).toMatchObject({ ...becomes, since: now });
  });

  it('forgets why it failed before', () => {
    const after = settleRow({ ...queued, reason: 'is_archived' }, stands, plainFacts);

    expect(after).not.toHaveProperty('reason');
  });
});

describe('another try', () => {
  it.each([
    { what: 'never posted', row: { reason: 'is_archived' }, becomes: { state: 'waiting', shown: 0 } },
    { what: 'not changed', row: { reason: 'is_archived', posted, shown: 1 }, becomes: { state: 'sent', shown: 1 } },
    {
      what: 'removed by somebody',
      row: { reason: 'message_not_found', posted, shown: 1 },
      becomes: { state: 'waiting', shown: 0 },
    },
  ] as const)('of what was $what', ({ row, becomes }) => {
    const after = restored({ ...stored, state: 'failed', ...row }, now);

    expect(after).toMatchObject({ ...becomes, since: now });
    expect(after).not.toHaveProperty('reason');
  });

  it('does not wait for a time that is over', () => {
    expect(restored({ ...stored, state: 'failed', from: now + 5 }, now).from).toBe(now);
  });

  it('is not for what was passed over or withdrawn', () => {
    expect(passedOver(stored, now)).toMatchObject({ state: 'left', since: now });
    expect(withdrawn(stored, now)).toMatchObject({ state: 'retracted', since: now });
  });
});

const allStates: readonly Announcement['state'][] = [
  'draft',
  'review',
  'scheduled',
  'expanding',
  'sending',
  'sent',
  'cancelled',
  'retracting',
  'retracted',
];

const queued: Target = {
  announcement: 'A-1',
  target: { person: personAt(1) },
  state: 'queued',
  from: 5,
  shown: 0,
  since: 5,
};
const stored: Row = { ...queued, id: 'A-1/U00001', version: 3 };
const plainFacts: SettleFacts = { edition: 2, state: 'sending', reachable: true, hasPicture: false, now };

function aimsOf(count: number): readonly Aim[] {
  return Array.from({ length: count }, (_, n) => ({ target: { person: personAt(n) }, from: 5, quiet: false }));
}
