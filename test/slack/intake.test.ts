import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import { type Doc, type PersonId, put, type Say, type Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { answers } from '../../src/delivery/entry.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { createScheduler } from '../../src/delivery/scheduler.ts';
import { deliveryCollections } from '../../src/delivery/sender.ts';
import type { Effect, IncomingEvent, Reply } from '../../src/feature.ts';
import { createIntake, type Intake, inbox } from '../../src/slack/intake.ts';
import { type Problem, problems } from '../../src/slack/problem.ts';
import { seen } from '../../src/slack/seen.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { pass, type RecordedLog, recordLog, start } from '../delivery/world.ts';
import { keep, letters } from './letters.ts';

const secret = 'the acquisition of Initech is confidential';
const asker = 'U0ASKER' as PersonId;

let clock: MovableClock;
let memory: Store;
let refusal: Error | undefined;
let log: RecordedLog;
let shown: Reply[];
let instead: readonly Say[];
let intake: Intake;
let runs: IncomingEvent[];
let handle: (e: IncomingEvent) => Promise<Effect>;

beforeEach(() => {
  clock = movableClock(start);
  memory = createMemoryStore([...deliveryCollections, inbox, seen, problems, letters]);
  refusal = undefined;
  log = recordLog();
  shown = [];
  instead = [];
  runs = [];
  handle = async () => ({ ops: [keep(`run-${runs.length}`)] });
  const store: Store = {
    ...memory,
    async commit(ops) {
      if (refusal) throw refusal;
      return memory.commit(ops);
    },
  };
  intake = createIntake({
    store,
    outbox: createOutbox(store, clock),
    clock,
    log,
    async show(reply) {
      shown.push(reply);
      return instead;
    },
  });
  for (const type of ['message', 'app_mention']) {
    intake.on(type, {
      wants: (event) => event.text !== 'noise',
      ...(type === 'message' || type === 'app_mention'
        ? { identity: (event) => `msg:${event.channel}:${event.ts}` }
        : {}),
      async run(e) {
        runs.push(e);
        return handle(e);
      },
    });
  }
  intake.on('reaction_added', {
    wants: () => true,
    async run(e) {
      runs.push(e);
      return {};
    },
  });
});

interface Body {
  readonly type?: string;
  readonly id?: string;
  readonly ts?: string;
  readonly text?: string;
  readonly more?: object;
}

/** An Events API body as Slack sends it. */
function body({ type = 'message', id = 'Ev1', ts = '1.000001', text = secret, more = {} }: Body = {}) {
  const event = { type, channel: 'C1', user: asker, text, ts, ...more };
  return { type: 'event_callback', team_id: 'T1', event_id: id, event };
}

/** What the memory holds of one collection. */
async function all<T>(collection: Parameters<typeof memory.scan<T>>[0]): Promise<readonly Doc<T>[]> {
  const docs: Doc<T>[] = [];
  for await (const doc of memory.scan(collection)) docs.push(doc);
  return docs;
}

async function take(what: Body = {}): Promise<void> {
  const work = await intake.accept(body(what));
  await work?.();
}

/** Runs the leftovers job as the bot does. */
async function afterCrash(waitMs: number): Promise<void> {
  const scheduler = createScheduler({
    store: memory,
    jobs: [intake.leftovers],
    outbox: createOutbox(memory, clock),
    clock,
    log,
  });
  await clock.advance(waitMs);
  scheduler.start();
  await pass(clock, 0);
  await pass(clock, 0);
  await scheduler.drain(1_000);
}

const logged = () =>
  JSON.stringify(log.lines, (_, value) => (value instanceof Error ? { ...value, said: value.message } : value));

describe('before the ack', () => {
  it('stores the event and runs nothing', async () => {
    await intake.accept(body());

    expect(await all(inbox)).toMatchObject([{ id: 'Ev1', type: 'message', identity: 'msg:C1:1.000001', at: start }]);
    expect(runs).toEqual([]);
  });

  it('takes nothing when the store refuses, and takes it when Slack delivers again', async () => {
    refusal = new Error('the disk is full');
    const first = intake.accept(body());
    await expect(first).rejects.toThrow('the disk is full');
    refusal = undefined;

    await take();

    expect(runs).toHaveLength(1);
  });

  it.each([
    ['no event id', { ...body(), event_id: '' }],
    ['no event', { type: 'event_callback', event_id: 'Ev1' }],
    ['no type', { ...body(), event: { text: secret } }],
    ['nothing', undefined],
  ])('refuses an envelope with %s', async (_, broken) => {
    await expect(intake.accept(broken)).rejects.toThrow();
  });

  it.each([
    ['an event that its handler does not want', body({ text: 'noise' })],
    ['an event that nobody handles', body({ type: 'channel_rename' })],
  ])('leaves %s alone', async (_, unwanted) => {
    const work = await intake.accept(unwanted);

    expect(work).toBeUndefined();
    expect(await all(inbox)).toEqual([]);
  });

  it('has one handler for each type of event', () => {
    const again = () => intake.on('message', { wants: () => true, run: async () => ({}) });

    expect(again).toThrow('two handlers for the event message');
  });
});

describe('once', () => {
  it('runs the event, keeps that it was done, and clears the inbox in one commit', async () => {
    await take();

    expect(runs).toMatchObject([{ person: asker, team: 'T1', at: start, late: false }]);
    expect(await all(letters)).toHaveLength(1);
    expect(await all(inbox)).toEqual([]);
    expect(await all(seen)).toMatchObject([{ id: 'msg:C1:1.000001' }]);
  });

  it.each([
    ['the same event again, while it waits', { id: 'Ev1' }],
    ['the same message in another event', { id: 'Ev2' }],
    ['the message as a mention too', { id: 'Ev3', type: 'app_mention' }],
  ])('%s', async (_, second) => {
    const [one, two] = await Promise.all([intake.accept(body()), intake.accept(body(second))]);
    await Promise.all([one?.(), two?.()]);

    expect(runs).toHaveLength(1);
    expect(await all(letters)).toHaveLength(1);
    expect(await all(inbox)).toEqual([]);
  });

  it.each([
    ['the same event', { id: 'Ev1' }],
    ['another event of the same message', { id: 'Ev2', type: 'app_mention' }],
  ])('after it was done: %s', async (_, second) => {
    await take();

    const work = await intake.accept(body(second));

    expect(work).toBeUndefined();
  });

  it('an event without a name of its own goes by its event id', async () => {
    await take({ type: 'reaction_added', id: 'Ev1' });
    await take({ type: 'reaction_added', id: 'Ev2' });
    await take({ type: 'reaction_added', id: 'Ev2' });

    expect(runs).toHaveLength(2);
    expect((await all(seen)).map(({ id }) => id).sort()).toEqual(['evt:Ev1', 'evt:Ev2']);
  });

  it('decides anew when somebody else changed what it read', async () => {
    await memory.commit([keep('read')]);
    const versions = [7, 8, 1];
    handle = async () => ({ ops: [put(letters, 'read', { text: 'changed' }, versions.shift() ?? 0)] });

    await take();

    expect(await all(letters)).toMatchObject([{ id: 'read', text: 'changed' }]);
    expect(await all(problems)).toEqual([]);
  });
});

describe('after a crash', () => {
  it('runs once what was acked and not done', async () => {
    await intake.accept(body());

    await afterCrash(6_000);
    await afterCrash(6_000);

    expect(runs).toMatchObject([{ late: false, at: start }]);
    expect(await all(inbox)).toEqual([]);
  });

  it('leaves alone what is under way, however long it takes', async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    handle = async () => {
      await finished;
      return { ops: [keep(`run-${runs.length}`)], reply: ephemeral };
    };
    const work = await intake.accept(body());
    const running = work?.();

    const leftovers = afterCrash(6_000);
    await pass(clock, 0);
    finish();
    await Promise.all([running, leftovers]);

    expect(runs).toHaveLength(1);
    expect(shown).toHaveLength(1);
    expect(log.lines).toEqual([]);
  });

  it.each([
    [59_000, false],
    [61_000, true],
    [59 * 60_000, true],
  ])('%i ms later: late %s', async (waitMs, late) => {
    await intake.accept(body());

    await afterCrash(waitMs);

    expect(runs).toMatchObject([{ late }]);
  });

  it('keeps what a store of the version before holds', () => {
    const old = { type: 'message', team: 'T1', identity: 'msg:C1:1', event: {}, at: start };

    expect(inbox.lift?.(old, 1)).toEqual({ ...old, happened: start });
  });

  it('drops what is over an hour old, and says so in the log without its words', async () => {
    await intake.accept(body());

    await afterCrash(61 * 60_000);

    expect(runs).toEqual([]);
    expect(await all(inbox)).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { event: 'Ev1', type: 'message' } }]);
    expect(logged()).not.toContain(secret);
  });

  it('does not repeat what was done by the other event of the same message', async () => {
    await intake.accept(body({ id: 'Ev1', type: 'app_mention' }));
    await take({ id: 'Ev2' });

    await afterCrash(6_000);

    expect(runs).toHaveLength(1);
    expect(await all(inbox)).toEqual([]);
  });

  it('keeps the event for the next time when the effect cannot be stored', async () => {
    const work = await intake.accept(body());
    refusal = new Error('the disk is full');
    await work?.();
    refusal = undefined;

    await afterCrash(6_000);

    expect(await all(letters)).toHaveLength(1);
    expect(log.lines).toMatchObject([{ level: 'error', fields: { event: 'Ev1' } }]);
    expect(logged()).not.toContain(secret);
  });
});

describe('how late it is', () => {
  /** Delivered now, for the `retry`th time again, of something that happened so many seconds ago. */
  async function arrive(secondsAgo: number, retry: number | undefined): Promise<void> {
    const work = await intake.accept({ ...body(), event_time: Math.floor(start / 1000) - secondsAgo }, retry);
    await work?.();
  }

  it.each([
    ['delivered again after half a minute', 30, 1, false],
    ['delivered again after five minutes', 300, 3, true],
    ['delivered again just within the hour', 59 * 60, 3, true],
    ['delivered for the first time to a clock that is two hours ahead', 7_200, 0, false],
    ['delivered for the first time without saying so', 7_200, undefined, false],
    ['delivered again to a clock that is behind', -600, 1, false],
  ])('%s, %i s ago at attempt %s: late %s', async (_, secondsAgo, retry, late) => {
    await arrive(secondsAgo, retry);

    expect(runs).toMatchObject([{ late, at: start }]);
  });

  it('counts from when it happened: what Slack delivers again after over an hour is dropped, once', async () => {
    await arrive(3_700, 4);
    await arrive(3_700, 5);

    expect(runs).toEqual([]);
    expect(await all(inbox)).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { event: 'Ev1' } }]);
  });

  it('is what it was on arrival where Slack gives no time', async () => {
    const work = await intake.accept(body(), 2);
    await work?.();

    expect(runs).toMatchObject([{ late: false }]);
  });
});

describe('a handler that fails', () => {
  it('tells the person their mistake in both languages, logs nothing, and is done', async () => {
    const words = { en: 'There is no such license.', 'zh-CN': '没有这个许可证。' };
    handle = async () => {
      throw new UserError(words);
    };

    await take();

    expect(await all(problems)).toMatchObject([words]);
    expect(await all(answers)).toMatchObject([{ card: 'problem', place: { person: asker } }]);
    expect(await all(inbox)).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('gives a reference that the log carries too, without the words of the question', async () => {
    handle = async () => {
      throw new Error('a bug');
    };

    await take();
    const [problem] = (await all(problems)) as readonly Doc<Problem>[];
    const [line] = log.lines;
    const { reference } = z.object({ reference: z.string() }).parse(line?.fields);

    expect(reference).toMatch(/^[0-9A-Z]{6}$/);
    expect(problem?.en).toContain(reference);
    expect(problem?.['zh-CN']).toContain(reference);
    expect(await all(inbox)).toEqual([]);
    expect(logged()).not.toContain(secret);
  });

  it('tells nobody when the event names nobody', async () => {
    handle = async () => {
      throw new Error('a bug');
    };

    await take({ more: { user: undefined } });

    expect(await all(answers)).toEqual([]);
    expect(await all(inbox)).toEqual([]);
    expect(log.lines).toHaveLength(1);
  });

  it('is not run again when Slack delivers the event again', async () => {
    handle = async () => {
      throw new Error('a bug');
    };

    await take();
    await take();

    expect(runs).toHaveLength(1);
    expect(await all(problems)).toHaveLength(1);
  });
});

const ephemeral: Reply = {
  kind: 'ephemeral',
  place: { channel: 'C1' },
  person: asker,
  rendered: { text: 'hello', blocks: [] },
};

describe('a reply', () => {
  it('is shown once', async () => {
    handle = async () => ({ reply: ephemeral });

    await take();
    await take();

    expect(shown).toEqual([ephemeral]);
  });

  it('is said lastingly when Slack would not show it, in the commit that ends the event', async () => {
    instead = [
      { kind: 'notice', key: 'k', card: 'problem', id: 'p', place: { person: asker }, lost: 'may', lane: 'answers' },
    ];
    handle = async () => ({ reply: ephemeral });

    await take();

    expect(await all(answers)).toMatchObject([{ id: 'k' }]);
    expect(await all(inbox)).toEqual([]);
  });
});

describe('who did it', () => {
  it.each([
    ['a message', { user: 'U1' }, 'U1'],
    ['a profile', { user: { id: 'U2' } }, 'U2'],
    ['a changed message', { user: undefined, message: { user: 'U3' } }, 'U3'],
    ['nobody', { user: undefined }, ''],
  ])('%s', (_, more, person) => {
    const read = intake.read(body({ more }));

    expect(read.person).toBe(person);
  });
});
