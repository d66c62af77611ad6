import fc from 'fast-check';
import { expect } from 'vitest';
import { mailings } from '../../src/delivery/entry.ts';
import { type Crash, createMortal, type Mortal } from '../delivery/crash.ts';
import type { Fault } from '../delivery/fake-slack.ts';
import { hour, minute, pass } from '../delivery/world.ts';
import { createPostOffice, messagesByPlace, personAt } from './post-office.ts';

/** What befalls an announcement. */
export interface Fate {
  readonly people: number;
  /** What happens to the nth call; afterwards Slack works. */
  readonly faults: readonly (Fault | undefined)[];
  /** The fates of the processes that follow each other; the last one lives. */
  readonly crashes: readonly Crash[];
  /** Second in which the text changes, and in which it is stopped or withdrawn, if at all. */
  readonly revisedAt: number | undefined;
  readonly end: { readonly at: number; readonly kind: 'cancel' | 'retract' } | undefined;
}

const fault: fc.Arbitrary<Fault | undefined> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom<Fault>('lost', 'answer lost', 'hangs', 'hangs, done') },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000 }).map((limited) => ({ limited })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('internal_error', 'service_unavailable', 'request_timeout', 'invalid_auth')
      .map((refused) => ({ refused })),
  },
);

const second = fc.integer({ min: 1, max: 120 });

export function fates(people: { readonly min: number; readonly max: number }): fc.Arbitrary<Fate> {
  return fc.record({
    people: fc.integer(people),
    faults: fc.array(fault, { maxLength: 400 }),
    crashes: fc.array(
      fc.record({
        at: fc.constantFrom('before commit', 'after commit', 'before call'),
        nth: fc.integer({ min: 1, max: 120 }),
      }),
      { maxLength: 8 },
    ),
    revisedAt: fc.option(second, { nil: undefined }),
    end: fc.option(fc.record({ at: second, kind: fc.constantFrom('cancel', 'retract') }), { nil: undefined }),
  });
}

/**
 * Lives through it, and holds what must hold whatever happened: nobody has two messages, every row knows what stands there,
 * and everybody who should have the latest text has it.
 */
export async function holdOnceEach(fate: Fate): Promise<void> {
  const office = createPostOffice({ faultOf: (_call, nth) => fate.faults[nth - 1] });
  const { clock, store, slack } = office;
  await office.send({ people: fate.people });
  const crashes = [...fate.crashes];
  let life: Mortal | undefined;

  /** A dead process is followed by a new one; what it still does has no effect. */
  function revive(): void {
    if (life && !life.isDead()) return;
    life = createMortal(store, slack.messenger, crashes.shift());
    office.run(life);
  }

  for (let at = 0; at < 150; at += 1) {
    revive();
    await pass(clock, 1_000);
    if (at === fate.revisedAt) await office.revise('Hello again').catch(refusedAsOver);
    if (at === fate.end?.at) await office.act(endOf(fate.end.kind)).catch(refusedAsOver);
  }
  for (let waited = 0; waited < 4 * hour && !(await isOver()); waited += minute) {
    revive();
    await pass(clock, minute);
  }
  await office.stop();

  async function isOver(): Promise<boolean> {
    const { state, wakeAt } = await office.known();
    return wakeAt === null && state !== 'expanding' && state !== 'sending' && state !== 'retracting';
  }

  const { state, edition } = await office.known();
  const places = messagesByPlace(office);
  const rows = await office.rows();
  expect([...places.values()].filter((count) => count > 1)).toEqual([]);
  expect(await isOver()).toBe(true);
  // A process that died has left no message half said.
  expect(await store.nextDue(mailings)).toBeUndefined();
  for (const row of rows) {
    const isThere = 'person' in row.target && places.has(row.target.person);
    expect({ target: row.target, state: row.state, isThere }).toEqual({
      target: row.target,
      state: expectedState(state, isThere),
      isThere,
    });
    if (row.state === 'sent' && state === 'sent') expect(row.shown).toBe(edition);
  }
  if (state !== 'sent') return;
  expect(rows).toHaveLength(fate.people);
  const latest = edition > 1 ? 'Hello again' : 'Hello';
  const shown = slack.messages.filter(({ place }) => 'person' in place && /^U\d/.test(place.person));
  expect(shown.filter(({ text }) => text !== latest)).toEqual([]);
  expect(places.has(personAt(0))).toBe(true);
}

function expectedState(state: string, isThere: boolean): string {
  if (!isThere) return 'left';
  return state === 'retracted' ? 'retracted' : 'sent';
}

function endOf(kind: 'cancel' | 'retract') {
  return kind === 'cancel' ? ({ kind } as const) : ({ kind, text: 'It was wrong.' } as const);
}

/** It may be through before the second comes. */
function refusedAsOver(error: unknown): void {
  if (!(error instanceof Error && error.name === 'UserError')) throw error;
}
