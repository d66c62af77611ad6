import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { type Bucket, type Budget, budgets, createBudget, paces } from '../../src/delivery/budget.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { minute, pass, start } from './world.ts';

const never = new AbortController().signal;
setMaxListeners(0, never);

describe('a budget', () => {
  it.each(Object.keys(budgets) as Bucket[])('of %s holds in every sliding minute, for two replicas', async (bucket) => {
    const { clock, store } = arrange();
    const times: number[] = [];
    const spend = async (budget: Budget) => {
      while (await budget.take(bucket, { ahead: 50, signal: never })) times.push(clock.now());
    };

    void spend(createBudget({ store, clock }));
    void spend(createBudget({ store, clock }));
    await pass(clock, 5 * minute);

    const { perMinute, burst } = budgets[bucket];
    expect(fullestMinute(times)).toBeLessThanOrEqual(perMinute);
    // Nine tenths of what is left beside the burst are really used.
    expect(times.length).toBeGreaterThan(5 * (perMinute - burst) * 0.9);
  });

  it('holds when calls come in fits and starts', async () => {
    const { clock, store } = arrange();
    const budget = createBudget({ store, clock });
    const times: number[] = [];
    const spend = async () => {
      if (await budget.take('answers.post', { ahead: 40, signal: never })) times.push(clock.now());
    };

    for (let fit = 0; fit < 40; fit += 1) {
      for (let call = 0; call < 25; call += 1) void spend();
      await pass(clock, (fit % 7) * 1_500);
    }
    await pass(clock, 20 * minute);

    expect(times).toHaveLength(1_000);
    expect(fullestMinute(times)).toBeLessThanOrEqual(budgets['answers.post'].perMinute);
  });

  it('does not make up for moments that nobody used', async () => {
    const { clock, store } = arrange();
    const budget = createBudget({ store, clock });
    const times: number[] = [];
    const spend = async () => {
      while (await budget.take('post', { ahead: 20, signal: never })) times.push(clock.now());
    };
    await budget.take('post', { ahead: 20, signal: never });
    await pass(clock, 6_500);

    for (let worker = 0; worker < 4; worker += 1) void spend();
    await pass(clock, 2 * minute);

    expect(fullestMinute(times)).toBeLessThanOrEqual(200);
  });

  it('does not make up for a pause', async () => {
    const { clock, store } = arrange();
    const budget = createBudget({ store, clock });
    const times: number[] = [];
    const spend = async () => {
      while (await budget.take('post', { ahead: 20, signal: never })) times.push(clock.now());
    };
    for (let worker = 0; worker < 20; worker += 1) void spend();
    await pass(clock, minute);

    await createBudget({ store, clock }).pause('post', 10_000);
    await pass(clock, 2 * minute);

    expect(fullestMinute(times)).toBeLessThanOrEqual(200);
  });

  it('lets a burst through at once', async () => {
    const { clock, store } = arrange();
    const budget = createBudget({ store, clock });
    let taken = 0;

    for (let call = 0; call < 40; call += 1)
      void budget.take('answers.post', { ahead: 1, signal: never }).then(() => (taken += 1));
    await pass(clock, 0);

    expect(taken).toBe(40);
  });

  it('reserves in slices: 200 calls cost a tenth as many commits at most', async () => {
    const { clock, store } = arrange();
    let commits = 0;
    const counting: Store = {
      ...store,
      commit: (ops) => {
        commits += 1;
        return store.commit(ops);
      },
    };
    const budget = createBudget({ store: counting, clock });
    let taken = 0;

    for (let call = 200; call > 0; call -= 1)
      void budget.take('post', { ahead: call, signal: never }).then(() => (taken += 1));
    await pass(clock, 2 * minute);

    expect(taken).toBe(200);
    expect(commits).toBeLessThanOrEqual(20);
  });

  it('keeps silent as long as Slack asked, in every replica and after a restart', async () => {
    const { clock, store } = arrange();
    const [one, other] = [createBudget({ store, clock }), createBudget({ store, clock })];
    await other.take('post', { ahead: 20, signal: never });
    await one.pause('post', 30_000);
    const times: number[] = [];

    for (const budget of [one, other, createBudget({ store, clock })]) {
      void budget.take('post', { ahead: 1, signal: never }).then(() => times.push(clock.now()));
    }
    await pass(clock, minute);

    expect(times).toHaveLength(3);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(start + 30_000);
  });

  it('pauses one kind of call only', async () => {
    const { clock, store } = arrange();
    const budget = createBudget({ store, clock });
    await budget.pause('post', minute);
    let answered = false;

    void budget.take('answers.post', { ahead: 1, signal: never }).then((taken) => {
      answered = taken;
    });
    await pass(clock, 0);

    expect(answered).toBe(true);
  });

  it('lets go of who no longer wants to wait', async () => {
    const { clock, store } = arrange();
    const budget = createBudget({ store, clock });
    await budget.pause('post', minute);
    const stopping = new AbortController();
    const waiting = budget.take('post', { ahead: 1, signal: stopping.signal });
    await pass(clock, 0);

    stopping.abort();

    expect(await waiting).toBe(false);
  });

  it('takes a channel for 1.1 s, and a moment serves one of two', async () => {
    const { clock, store } = arrange();
    const [one, other] = [createBudget({ store, clock }), createBudget({ store, clock })];
    const mine = await one.channel({ channel: 'C1' });
    const theirs = await other.channel({ channel: 'C1', thread: '1.2' });

    await store.commit(mine ? [mine.take(start)] : []);
    const second = store.commit(theirs ? [theirs.take(start)] : []);

    await expect(second).rejects.toThrow('expected version 0, found 1');
    expect((await other.channel({ channel: 'C1' }))?.freeAt).toBe(start + 1_100);
  });
});

function arrange() {
  return { clock: movableClock(start), store: createMemoryStore([paces]) };
}

/** The most calls in any window of a minute, the window open at its end. */
function fullestMinute(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + minute).length));
}
