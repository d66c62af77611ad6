import fc from 'fast-check';
import { expect } from 'vitest';
import { answers, copies, notices } from '../../src/delivery/entry.ts';
import { placeKey } from '../../src/delivery/outbox.ts';
import type { Sender } from '../../src/delivery/sender.ts';
import { type Crash, createMortal, type Mortal } from './crash.ts';
import type { Fault } from './fake-slack.ts';
import { copy, createWorld, hour, minute, notice, pass, person } from './world.ts';

/** What befalls a day of delivery. */
export interface Misfortune {
  /** Notices and answers, each with the second in which it is said. */
  readonly notices: readonly { readonly at: number; readonly answer: boolean; readonly inChannel: boolean }[];
  /** Seconds in which each copy's subject changes. */
  readonly changes: readonly (readonly number[])[];
  /** What happens to the nth call; afterwards Slack works. */
  readonly faults: readonly (Fault | undefined)[];
  /** The fates of the processes that follow each other, for each of the replicas; the last one lives. */
  readonly crashes: readonly (readonly Crash[])[];
}

const seconds = fc.integer({ min: 0, max: 240 });

const fault: fc.Arbitrary<Fault | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom<Fault>('lost', 'answer lost', 'hangs', 'hangs, done') },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000 }).map((limited) => ({ limited })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('internal_error', 'service_unavailable', 'request_timeout', 'invalid_auth')
      .map((refused) => ({ refused })),
  },
);

const crash: fc.Arbitrary<Crash> = fc.record({
  at: fc.constantFrom('before commit', 'after commit', 'before call'),
  nth: fc.integer({ min: 1, max: 25 }),
});

export const misfortune: fc.Arbitrary<Misfortune> = fc.record({
  notices: fc.array(fc.record({ at: seconds, answer: fc.boolean(), inChannel: fc.boolean() }), { maxLength: 15 }),
  changes: fc.array(fc.array(seconds, { minLength: 1, maxLength: 6 }), { maxLength: 4 }),
  faults: fc.array(fault, { maxLength: 40 }),
  crashes: fc.array(fc.array(crash, { maxLength: 6 }), { minLength: 1, maxLength: 2 }),
});

/** Lives through it, and holds that every notice came once and every copy shows the latest. */
export async function holdExactlyOnce(fate: Misfortune): Promise<void> {
  const world = createWorld({ faultOf: (_call, nth) => fate.faults[nth - 1] });
  const { clock, store, slack, subjects } = world;
  const replicas = fate.crashes.map((crashes) => createReplica(crashes));

  function createReplica(crashes: readonly Crash[]) {
    const fates = [...crashes];
    let process: Mortal | undefined;
    let sender: Sender | undefined;
    return {
      /** A dead process is followed by a new one. */
      revive() {
        if (process && !process.isDead()) return;
        process = createMortal(store, slack.messenger, fates.shift());
        sender = world.sender(process);
        sender.start();
      },
      drain: () => sender?.drain(minute),
    };
  }

  const placeOf = (n: number, inChannel: boolean) => (inChannel ? { channel: 'C1' } : person(`P${n}`));
  const latest = new Map<string, string>();
  for (let second = 0; second < 300; second += 1) {
    for (const [n, { at, answer, inChannel }] of fate.notices.entries()) {
      if (at !== second) continue;
      subjects.set(`n${n}`, `notice ${n}`);
      await world.say(notice(`n${n}`, placeOf(n, inChannel), answer ? { lane: 'answers' } : {}));
    }
    for (const [n, changes] of fate.changes.entries()) {
      if (!changes.includes(second)) continue;
      latest.set(`C${n}`, `copy ${n} at ${second} en`);
      subjects.set(`c${n}`, `copy ${n} at ${second}`);
      await world.say(copy(`c${n}`, { channel: `C${n}9` }));
    }
    for (const replica of replicas) replica.revive();
    await pass(clock, 1_000);
  }
  for (let after = 0; after < 100; after += 1) {
    await pass(clock, 5 * minute);
    for (const replica of replicas) replica.revive();
  }
  await pass(clock, 3 * hour);
  for (const replica of replicas) await replica.drain();

  const said = slack.messages.filter(({ text }) => text.startsWith('notice'));
  const wanted = fate.notices.map(({ inChannel }, n) => `${placeKey(placeOf(n, inChannel))}: notice ${n}`);
  expect(said.map(({ place, text }) => `${placeKey(place)}: ${text.split(' en')[0]}`).sort()).toEqual(wanted.sort());
  const shown = slack.messages.filter(({ text }) => text.startsWith('copy')).map(({ text }) => text);
  expect(shown.sort()).toEqual([...latest.values()].sort());
  for (const collection of [answers, copies, notices]) {
    for await (const doc of store.scan(collection)) expect(doc).toMatchObject({ state: 'done', shown: doc.wanted });
  }
}
