import { expect } from 'vitest';
import { channelGapMs } from '../../src/delivery/budget.ts';
import { createVictim } from './victim.ts';

/** Where between event and answer the process dies; the rest of the rounds die at a random moment. */
const points = ['at once', 'before the call', 'after the call', 'when answered'] as const;

// A call that six lives in a row died on is looked for after twenty minutes: the sender doubles its grace each time.
const lastAheadMs = 30 * 60_000;
// Loading content and people on a busy machine, and one look into the history at its pace.
const startMs = 20_000;

/**
 * Asks, kills, starts again, over and over: in the end every question has exactly one answer.
 * @param seed of the random moments; printed by the test when it fails
 */
export async function surviveKills(rounds: number, seed: number): Promise<void> {
  const victim = await createVictim();
  const { workspace } = victim;
  const people = ['employee', 'engineer', 'manager', 'legal', 'lead', 'shanghai'] as const;
  const random = randomFrom(seed);
  const questions: { readonly channel: string; readonly ts: string; readonly died: string }[] = [];

  /** What was not acked Slack delivers again: at once, after a minute, after five, so that the next life gets it. */
  async function deliverAgain(): Promise<void> {
    const unacked = workspace.wire.envelopes.filter((envelope) => envelope.ackedAt === undefined);
    await Promise.all(unacked.map((envelope) => workspace.redeliver(envelope)));
  }

  try {
    for (let round = 0; round < rounds; round += 1) {
      await victim.start();
      workspace.faults.clear();
      await deliverAgain();
      const died = points[round] ?? `after ${Math.floor(random() * 60)} ms`;
      const fault =
        died === 'before the call'
          ? ({ kind: 'hang' } as const)
          : died === 'after the call'
            ? ({ kind: 'lost_answer' } as const)
            : undefined;
      const injected = fault && workspace.faults.api.inject(fault, { only: 'chat.postMessage', times: 1 });

      const person = workspace.people[people[round % people.length] ?? 'employee'];
      const question = workspace.as(person).dm('can we use an AGPL component in our SaaS?');
      questions.push({ channel: question.channel, ts: question.ts, died });
      if (injected) await workspace.waitFor(() => injected.hits() === 1);
      if (died === 'when answered') await workspace.nextDirectMessage(person, { after: question });
      const wait = /\d+/.exec(died)?.[0];
      if (wait) await new Promise((resolve) => setTimeout(resolve, Number(wait)));
      await victim.kill();
    }

    await victim.start(lastAheadMs);
    await deliverAgain();
    const answered = ({ channel, ts }: { channel: string; ts: string }) =>
      workspace.messages(channel).filter((message) => message.bot && message.thread === ts).length;
    const waiting = questions.filter((question) => answered(question) === 0).length;
    await workspace
      .waitFor(() => questions.every((question) => answered(question) > 0), {
        withinMs: startMs + waiting * channelGapMs,
      })
      .catch(() => undefined);
    // Time for a second answer to appear, if something still wanted to send one.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const wrong = questions.flatMap((question) => {
      const answers = answered(question);
      return answers === 1 ? [] : [`died ${question.died}: ${answers} answers`];
    });
    expect(wrong, `seed ${seed}`).toEqual([]);
  } finally {
    await victim.stop();
  }
}

/** Mulberry32: small, seeded, good enough to pick moments. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
