import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type AnyJob,
  type Collection,
  type Doc,
  job,
  type Op,
  type Outbox,
  put,
  remove,
  type Say,
  type Store,
} from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { answers, copies, notices } from '../../src/delivery/entry.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { createScheduler, type Scheduler } from '../../src/delivery/scheduler.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { commitAgain, copy, hour, minute, notice, pass, type RecordedLog, recordLog, start } from './world.ts';

const Task = z.strictObject({ at: z.number().nullable(), steps: z.int() });
type Task = z.infer<typeof Task>;

const tasks: Collection<Task> = { name: 'task', schema: Task, shape: 1, index: () => [], due: (task) => task.at };

describe('the scheduler', () => {
  it('steps a document when its time has come, not before', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    await taskAt('a', start + hour);
    schedule(once());

    await pass(clock, hour - 1);
    const before = await store.get(tasks, 'a');
    await pass(clock, 1);

    expect(before).toMatchObject({ steps: 0 });
    expect(await store.get(tasks, 'a')).toMatchObject({ steps: 1, at: null });
  });

  it('wakes for a document that comes or moves while it sleeps', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    await taskAt('a', start + 10 * hour);
    schedule(once());
    await pass(clock, minute);

    await taskAt('b', start + 2 * minute);
    await pass(clock, minute);

    expect(await store.get(tasks, 'b')).toMatchObject({ steps: 1 });
  });

  it('commits the step, its operations and its words at once', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    await taskAt('a', start);
    schedule(
      once({ ops: (doc) => [put(tasks, `${doc.id}-next`, { at: null, steps: 0 }, 0)], say: (doc) => [told(doc)] }),
    );

    await pass(clock, 0);

    expect(await store.get(tasks, 'a-next')).toBeDefined();
    expect(await store.get(notices, 'told:a')).toBeDefined();
  });

  it('takes each step once with two schedulers, and says it once', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    for (let n = 0; n < 200; n += 1) await taskAt(`t${n}`, start + (n % 10) * minute);
    const hourly = once({ say: (doc) => [told(doc), copy(doc.id, { channel: 'C1' })], next: (at) => at + hour });
    schedule(hourly);
    schedule(hourly);

    await pass(clock, 3 * hour - 1);

    for (let n = 0; n < 200; n += 1) expect(await store.get(tasks, `t${n}`)).toMatchObject({ steps: 3, version: 4 });
    expect(await store.count(notices, { key: 'state:pending' })).toBe(600);
    expect(await store.get(copies, 'plain/t0/C1')).toMatchObject({ wanted: 3 });
  });

  it('catches up after downtime in one step that folds', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    await taskAt('a', start + hour);
    await pass(clock, 4 * 24 * hour + minute);
    schedule(once({ next: (at, now) => at + (Math.floor((now - at) / hour) + 1) * hour }));

    await pass(clock, 0);

    expect(await store.get(tasks, 'a')).toMatchObject({ steps: 1, at: start + 4 * 24 * hour + hour });
  });

  it('survives a restart between any two steps', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    await taskAt('a', start + hour);
    for (let life = 0; life < 5; life += 1) {
      const scheduler = schedule(once({ next: (at) => at + hour }));
      await pass(clock, hour);
      await scheduler.drain(minute);
    }

    expect(await store.get(tasks, 'a')).toMatchObject({ steps: 5 });
  });

  it('does nothing after a drain', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    const scheduler = schedule(once());
    await pass(clock, 0);

    await scheduler.drain(minute);
    await taskAt('a', start);
    await pass(clock, hour);

    expect(await store.get(tasks, 'a')).toMatchObject({ steps: 0 });
  });

  it('sleeps when there is nothing to do', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    let reads = 0;
    const counting: Store = {
      ...store,
      due: ((...args) => {
        reads += 1;
        return store.due(...args);
      }) as Store['due'],
    };
    await taskAt('a', start + 24 * hour);
    schedule(once(), counting);

    await pass(clock, 24 * hour - 1);

    expect(reads).toBe(2);
  });
});

describe('a step that fails', () => {
  const failures: readonly { readonly how: string; readonly bad: AnyJob['run']; readonly says: string }[] = [
    { how: 'throws', bad: () => Promise.reject(new Error('a bug')), says: 'a bug' },
    {
      how: 'does not move the due time',
      bad: async (doc) => ({ ops: [put(tasks, doc.id, { at: start, steps: 9 }, doc.version)], say: [] }),
      says: 'the step neither moved nor cleared the due time',
    },
    {
      how: 'moves the due time back',
      bad: async (doc) => ({ ops: [put(tasks, doc.id, { at: start - 1, steps: 9 }, doc.version)], say: [] }),
      says: 'the step neither moved nor cleared the due time',
    },
    {
      how: 'forgets its own document',
      bad: async () => ({ ops: [], say: [] }),
      says: 'the step neither moved nor cleared the due time',
    },
    {
      how: 'says what was said before',
      bad: async (doc) => ({ ops: [remove(tasks, doc)], say: [notice('said', { channel: 'C1' })] }),
      says: 'notice/said: expected version 0, found 1',
    },
  ];

  it.each(failures)('because it $how is logged, put off and in nobody’s way', async ({ bad, says }) => {
    const { clock, store, log, outbox, schedule, taskAt } = arrange();
    await store.commit([...(await outbox.ops([notice('said', { channel: 'C1' })]))]);
    for (let n = 0; n < 60; n += 1) await taskAt(`bad${n}`, start);
    await taskAt('good', start + 1);
    await taskAt('later', start + 2 * hour + 1_234);
    const good = once();
    let runs = 0;
    schedule({
      collection: tasks,
      run(doc, now) {
        if (!doc.id.startsWith('bad')) return good.run(doc, now);
        runs += 1;
        return bad(doc, now);
      },
    });

    await pass(clock, 2 * hour + 1_234);

    expect(await store.get(tasks, 'good')).toMatchObject({ steps: 1 });
    expect(await store.get(tasks, 'later')).toMatchObject({ steps: 1 });
    expect(await store.get(tasks, 'bad7')).toMatchObject({ steps: 0, version: 1 });
    expect(runs).toBeGreaterThanOrEqual(60 * 4);
    expect(runs).toBeLessThan(60 * 15);
    const line = log.lines.find(({ message }) => message === 'a step failed and is put off');
    expect(line?.fields).toMatchObject({
      reference: expect.stringMatching(/^[0-9A-Z]{6}$/),
      collection: 'task',
      err: expect.objectContaining({ message: says }),
    });
  });

  it('because it hangs is put off after ten seconds', async () => {
    const { clock, store, log, schedule, taskAt } = arrange();
    await taskAt('a', start);
    await taskAt('b', start + 1);
    const good = once();
    schedule({
      collection: tasks,
      run: (doc, now) => (doc.id === 'a' ? new Promise(() => undefined) : good.run(doc, now)),
    });

    await pass(clock, 10_000);

    expect(await store.get(tasks, 'b')).toMatchObject({ steps: 1 });
    expect(log.lines[0]?.fields).toMatchObject({ id: 'a', err: new Error('the step took too long') });
  });

  it('is tried at once when its document was changed', async () => {
    const { clock, store, schedule, taskAt } = arrange();
    await taskAt('a', start);
    const good = once();
    let broken = true;
    schedule({
      collection: tasks,
      run: (doc, now) => (broken ? Promise.reject(new Error('a bug')) : good.run(doc, now)),
    });
    await pass(clock, 0);

    broken = false;
    await commitAgain(store, async () => [put(tasks, 'a', { at: start, steps: 5 }, 1)]);
    await pass(clock, 0);

    expect(await store.get(tasks, 'a')).toMatchObject({ steps: 6 });
  });

  it('is stepped again at once when the sender moved a copy at the same moment', async () => {
    const { clock, store, log, outbox, schedule, taskAt } = arrange();
    await store.commit([...(await outbox.ops([copy('a', { channel: 'C1' })]))]);
    await taskAt('a', start);
    let disturbed = 0;
    const disturbing: Outbox = {
      async ops(says) {
        const ops = await outbox.ops(says);
        disturbed += 1;
        if (disturbed <= 2) await commitAgain(store, () => outbox.ops([copy('a', { channel: 'C1' })]));
        return ops;
      },
    };
    schedule(once({ say: (doc) => [copy(doc.id, { channel: 'C1' })] }), store, disturbing);

    await pass(clock, 0);

    expect(await store.get(tasks, 'a')).toMatchObject({ steps: 1 });
    expect(log.lines).toEqual([]);
  });

  it('in one job does not hold up another', async () => {
    const { clock, store, log, outbox, taskAt } = arrange();
    await taskAt('a', start);
    await store.commit([...(await outbox.ops([notice('n', { channel: 'C1' })]))]);
    const hanging: AnyJob = { collection: notices, run: () => new Promise(() => undefined) };
    const scheduler = createScheduler({ store, jobs: [hanging, once()], outbox, clock, log });
    scheduler.start();

    await pass(clock, 1);

    expect(await store.get(tasks, 'a')).toMatchObject({ steps: 1 });
  });

  it('goes on when the store was away for a while', async () => {
    const { clock, store, log, schedule, taskAt } = arrange();
    let away = true;
    await taskAt('a', start);
    schedule(once(), {
      ...store,
      due: (...args) => (away ? Promise.reject(new Error('no connection')) : store.due(...args)),
    });
    await pass(clock, minute);

    away = false;
    await pass(clock, minute);

    expect(await store.get(tasks, 'a')).toMatchObject({ steps: 1 });
    expect(log.lines[0]?.message).toBe('a loop stumbled and goes on');
  });
});

it('every due step is taken exactly once, whenever schedulers come and go', async () => {
  const life = fc.record({ startAt: fc.integer({ min: 0, max: 600 }), forSeconds: fc.integer({ min: 0, max: 400 }) });
  const dues = fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 12 });

  await fc.assert(
    fc.asyncProperty(dues, fc.array(life, { maxLength: 6 }), async (seconds, lives) => {
      const { clock, store, schedule, taskAt } = arrange();
      for (const [n, second] of seconds.entries()) await taskAt(`t${n}`, start + second * 1_000);
      const thrice = once({ next: (at) => at + 60_000, last: 3, say: (doc) => [told(doc)] });
      const running: { readonly until: number; readonly scheduler: Scheduler }[] = [];

      for (let second = 0; second <= 1_000; second += 1) {
        for (const { startAt, forSeconds } of lives) {
          if (startAt === second) running.push({ until: second + forSeconds, scheduler: schedule(thrice) });
        }
        for (const { until, scheduler } of running) if (until === second) await scheduler.drain(minute);
        await pass(clock, 1_000);
      }
      schedule(thrice);
      await pass(clock, hour);

      for (const n of seconds.keys()) {
        expect(await store.get(tasks, `t${n}`)).toMatchObject({ steps: 3, version: 4, at: null });
      }
      expect(await store.count(notices, { key: 'state:pending' })).toBe(seconds.length * 3);
    }),
    { seed: 20261122, numRuns: 25 },
  );
});

/** A notice for each step: a second one of the same step would conflict. */
function told(doc: Doc<Task>): Say {
  return notice(doc.steps === 0 ? `told:${doc.id}` : `told:${doc.id}:${doc.steps}`, { channel: 'C1' });
}

/** A job that counts its steps; without `next` it clears the due time. */
function once(
  does: {
    ops?(doc: Doc<Task>): readonly Op[];
    say?(doc: Doc<Task>): readonly Say[];
    next?(at: number, now: number): number;
    readonly last?: number;
  } = {},
): AnyJob {
  return job<Task, undefined>({
    collection: tasks,
    facts: async () => undefined,
    step(doc, _facts, now) {
      const steps = doc.steps + 1;
      const isOver = steps === does.last;
      const at = doc.at === null || isOver ? null : (does.next?.(doc.at, now) ?? null);
      return { value: { at, steps }, ops: does.ops?.(doc) ?? [], say: does.say?.(doc) ?? [] };
    },
  });
}

interface Arranged {
  readonly clock: MovableClock;
  readonly store: Store;
  readonly log: RecordedLog;
  readonly outbox: Outbox;
  taskAt(id: string, at: number): Promise<void>;
  /** Starts a scheduler. */
  schedule(job: AnyJob, on?: Store, says?: Outbox): Scheduler;
}

function arrange(): Arranged {
  const clock = movableClock(start);
  const store = createMemoryStore([tasks, answers, copies, notices]);
  const log = recordLog();
  const outbox = createOutbox(store, clock);
  return {
    clock,
    store,
    log,
    outbox,
    async taskAt(id, at) {
      await store.commit([put(tasks, id, { at, steps: 0 }, 0)]);
    },
    schedule(one, on = store, says = outbox) {
      const scheduler = createScheduler({ store: on, jobs: [one], outbox: says, clock, log });
      scheduler.start();
      return scheduler;
    },
  };
}
