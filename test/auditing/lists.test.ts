import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditDaily, openAuditing, openListPlace } from '../../src/auditing/daily.ts';
import { readPublicKey, readSigningKey } from '../../src/auditing/keys.ts';
import { newestList, readLists } from '../../src/auditing/lists.ts';
import { type ListPlace, takeHeads } from '../../src/auditing/take.ts';
import { verifyAudit } from '../../src/auditing/verify.ts';
import { auditEvents, auditId } from '../../src/core/audit.ts';
import { OperatorError } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { createScheduler } from '../../src/delivery/scheduler.ts';
import { deliveryCollections } from '../../src/delivery/sender.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { pass, recordLog, start } from '../delivery/world.ts';
import { all, auditCollections, auditFolder, cases, emptyStore, forge, happen, subjects } from './world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let folder: Awaited<ReturnType<typeof auditFolder>>;
let place: ListPlace;
let store: Store;
beforeEach(async () => {
  folder = await auditFolder();
  place = await openListPlace(folder);
  store = emptyStore();
});
afterEach(async () => {
  await rm(folder.dir, { recursive: true, force: true });
});

const pathOf = (file: string) => join(folder.dir, file);
const lists = async () => (await readdir(folder.dir)).filter((name) => name.endsWith('.jsonl')).toSorted();

/** The newest list with those that it follows, read with the public half of the key. */
async function readNewest() {
  return readLists((await newestList(folder.dir)) ?? '', await readPublicKey(folder.publicFile));
}

describe('a list', () => {
  it('holds the head of every chain, and is named by its time', async () => {
    await happen(store, '1');
    await happen(store, '1');
    await happen(store, '2');

    const taken = await takeHeads(store, place, start);
    const read = await readNewest();

    expect(taken).toEqual({ file: 'heads-20261123T090000000Z.jsonl', span: 'all', heads: 2, contradicted: [] });
    expect(await lists()).toEqual([taken.file]);
    expect(read).toMatchObject({ at: start, lists: 1, file: taken.file });
    expect(read.heads).toEqual(new Map((await all(store, cases)).map(({ id, head }) => [`case/${id}`, head])));
  });

  it('holds no names and no texts', async () => {
    await happen(store, '1', { parts: { name: 'Test Person', comment: 'a secret' } });

    const { file } = await takeHeads(store, place, start);
    const text = await readFile(pathOf(file), 'utf8');

    expect(text).not.toMatch(/Test Person|secret|U0LEAD/);
  });

  it('of an empty trail is a list too', async () => {
    await takeHeads(store, place, start);

    expect((await readNewest()).heads).toEqual(new Map());
  });

  it('that anybody changed by one character is refused', async () => {
    await happen(store, '1');
    await happen(store, '2');
    const { file } = await takeHeads(store, place, start);
    const text = await readFile(pathOf(file), 'utf8');

    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom('0', 'f', '"', ' ', '\n'), async (at, letter) => {
        fc.pre(text[at] !== letter);
        // A line end more at the very end says nothing else than before.
        fc.pre(at < text.length - 1);
        await writeFile(pathOf(file), text.slice(0, at) + letter + text.slice(at + 1));

        await expect(readNewest()).rejects.toThrow(OperatorError);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it.each<[string, (text: string) => string]>([
    ['lost a line', (text) => text.split('\n').toSpliced(1, 1).join('\n')],
    ['lost its signature', (text) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`],
    ['was cut off', (text) => text.slice(0, text.length / 2)],
    ['has a line more', (text) => `${text}{}\n`],
    ['is empty', () => ''],
    ['is something else', () => '{"a":1}\n{"b":2}\n'],
  ])('that %s is refused', async (_, change) => {
    await happen(store, '1');
    await happen(store, '2');
    const { file } = await takeHeads(store, place, start);
    await writeFile(pathOf(file), change(await readFile(pathOf(file), 'utf8')));

    await expect(readNewest()).rejects.toThrow(OperatorError);
  });

  it('of another key is refused, and says so', async () => {
    await takeHeads(store, place, start);
    const other = await auditFolder();
    const key = await readPublicKey(other.publicFile);
    await rm(other.dir, { recursive: true });

    await expect(readLists((await newestList(folder.dir)) ?? '', key)).rejects.toThrow('another key');
  });
});

describe('lists', () => {
  it('after the first name only what grew, follow the one before, and say the same together', async () => {
    for (let n = 0; n < 20; n += 1) await happen(store, String(n), { at: start });
    await takeHeads(store, place, start + hourMs);
    await happen(store, '7', { at: start + 20 * hourMs });
    await happen(store, 'new', { at: start + 21 * hourMs });
    const second = await takeHeads(store, place, start + dayMs);
    const third = await takeHeads(store, place, start + 2 * dayMs);

    const read = await readNewest();

    expect(second).toMatchObject({ span: 'changes', heads: 2 });
    expect(third).toMatchObject({ span: 'changes', heads: 0 });
    expect(read.lists).toBe(3);
    expect(read.heads).toEqual(new Map((await all(store, cases)).map(({ id, head }) => [`case/${id}`, head])));
  });

  it('do not miss what was recorded while the one before was written', async () => {
    await takeHeads(store, place, start);
    await happen(store, '1', { at: start - 1_000 });

    const next = await takeHeads(store, place, start + dayMs);

    expect(next.heads).toBe(1);
  });

  it('name everything again every month, also what came with an old time', async () => {
    await takeHeads(store, place, start);
    await happen(store, 'imported', { at: start - 400 * dayMs });
    const spans: string[] = [];
    for (let day = 1; day <= 32; day += 1) spans.push((await takeHeads(store, place, start + day * dayMs)).span);

    const read = await readNewest();

    expect(spans.indexOf('all')).toBe(30);
    expect(spans.filter((span) => span === 'all')).toHaveLength(1);
    expect(read.lists).toBe(2);
    expect([...read.heads.keys()]).toEqual(['case/imported']);
  });

  it('on request name everything at once', async () => {
    await happen(store, '1', { at: 0 });
    await takeHeads(store, place, start);

    const taken = await takeHeads(store, place, start + 1, 'all');

    expect(taken).toMatchObject({ span: 'all', heads: 1 });
  });

  it('keep their order though the clock is set back', async () => {
    await takeHeads(store, place, start);
    await happen(store, '1', { at: start - hourMs / 2 });
    const { file } = await takeHeads(store, place, start - hourMs / 2);

    expect((await lists()).at(-1)).toBe(file);
    expect((await readNewest()).heads.size).toBe(1);
  });

  it.each<[string, (file: string) => Promise<void>]>([
    ['is missing', (file) => rm(pathOf(file))],
    ['was written again', (file) => appendFile(pathOf(file), '\n')],
    ['was put in place of another', async (file) => rename(pathOf((await lists())[0] ?? ''), pathOf(file))],
  ])('are refused when one between %s', async (_, harm) => {
    await happen(store, '1');
    await takeHeads(store, place, start);
    const { file } = await takeHeads(store, place, start + dayMs);
    await takeHeads(store, place, start + 2 * dayMs);
    await harm(file);

    await expect(readNewest()).rejects.toThrow(OperatorError);
  });

  it('never take back what they said: what is gone or forged since stays named, and is found', async () => {
    await happen(store, '1');
    await happen(store, '2');
    await happen(store, '3');
    await takeHeads(store, place, start);
    for (const id of ['1', '2']) {
      await forge(store, auditEvents, auditId(`case/${id}`, 1), undefined);
      await forge(store, cases, id, undefined);
    }
    await happen(store, '2', { kind: 'forged', at: start + 1 });
    await happen(store, '2', { kind: 'forged', at: start + 2 });

    const daily = await takeHeads(store, place, start + dayMs);
    const whole = await takeHeads(store, place, start + 2 * dayMs, 'all');
    const { findings } = await verifyAudit({ store, subjects, listed: (await readNewest()).heads });

    expect(daily.contradicted).toEqual(['case/2']);
    expect(whole.contradicted).toEqual(['case/1', 'case/2']);
    expect(findings).toEqual([
      { subject: 'case/1', seq: 0, trouble: 'listed, gone' },
      { subject: 'case/2', seq: 1, trouble: 'listed, changed' },
    ]);
  });
});

describe('the daily list', () => {
  /** The bot's scheduler on this store, from `clock` on. */
  async function world() {
    const clock = movableClock(start);
    const memory = createMemoryStore([...auditCollections, ...deliveryCollections]);
    const log = recordLog();
    const outbox = createOutbox(memory, clock);
    const auditing = await openAuditing({ store: memory, settings: folder, log });
    await auditing.begin(clock.now());
    const run = () => {
      const scheduler = createScheduler({ store: memory, jobs: auditing.jobs, outbox, clock, log });
      scheduler.start();
      return scheduler;
    };
    /** Real files are written between two moments of the clock: resolves when the next list is planned. */
    const planned = async () => {
      for (let tries = 0; tries < 1_000; tries += 1) {
        const [daily] = await all(memory, auditDaily);
        if ((daily?.nextAt ?? 0) > clock.now()) break;
        await new Promise((resolve) => setTimeout(resolve, 5));
        await pass(clock, 0);
      }
      return (await lists()).length;
    };
    return { clock, memory, log, auditing, run, planned };
  }

  it('is written at the start and every day after, and once after days without the bot', async () => {
    const { clock, memory, log, auditing, run, planned } = await world();
    const scheduler = run();
    const first = await planned();
    await happen(memory, '1', { at: clock.now() });
    await pass(clock, dayMs);
    const second = await planned();
    await scheduler.drain(1_000);
    await clock.advance(5 * dayMs + hourMs);
    await auditing.begin(clock.now());

    const again = run();
    const third = await planned();
    await again.drain(1_000);

    expect([first, second, third]).toEqual([1, 2, 3]);
    expect((await readNewest()).heads.size).toBe(1);
    expect(await all(memory, auditDaily)).toMatchObject([{ nextAt: start + 7 * dayMs }]);
    expect(log.lines.map(({ level }) => level)).toEqual(['info', 'info', 'info']);
  });

  it('says in the log what is no longer as it was listed', async () => {
    const { clock, memory, log, run, planned } = await world();
    await happen(memory, '1', { at: start });
    const scheduler = run();
    await planned();
    await forge(memory, auditEvents, auditId('case/1', 1), undefined);
    await forge(memory, cases, '1', undefined);
    await happen(memory, '1', { at: start + 1, kind: 'forged' });
    await pass(clock, dayMs);
    await planned();
    await scheduler.drain(1_000);

    expect(log.lines).toContainEqual({
      level: 'error',
      message: 'the audit trail contradicts its last list',
      fields: { subject: 'case/1' },
    });
  });

  it('waits for the folder when it cannot be written, and comes when it can', async () => {
    const { clock, log, run, planned } = await world();
    const away = `${folder.dir}-away`;
    await rename(folder.dir, away);
    const scheduler = run();
    while (log.lines.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await pass(clock, 0);
    }
    await rename(away, folder.dir);
    // The first rest of a failed step; a jump of its longest duration would give up the next one.
    await pass(clock, 11_000);

    const written = await planned();
    await scheduler.drain(1_000);

    expect(written).toBe(1);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'a step failed and is put off' }),
    );
  });

  it('is not wanted where nothing is set', async () => {
    const auditing = await openAuditing({ store, settings: undefined, log: recordLog() });
    await auditing.begin(start);

    expect(auditing.jobs).toEqual([]);
    expect(await all(store, auditDaily)).toEqual([]);
  });
});

describe('mistakes of the operator are named, never what a file held', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['no folder', () => openListPlace({ ...folder, dir: pathOf('nothing') })],
    ['no key', () => readSigningKey(pathOf('nothing'))],
    ['a public key to sign with', () => readSigningKey(folder.publicFile)],
    ['no list', () => readLists(pathOf('heads-nothing.jsonl'), place.key)],
    ['no folder to look in', () => newestList(pathOf('nothing'))],
  ])('%s', async (_, run) => {
    await expect(run()).rejects.toThrow(OperatorError);
  });

  it('something else than a key', async () => {
    await writeFile(pathOf('other'), 'xoxb-secret');

    const error = await readSigningKey(pathOf('other')).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(OperatorError);
    expect(String(error)).not.toContain('secret');
  });

  it('a folder beside lists may hold other files', async () => {
    await mkdir(pathOf('heads-old'));
    await writeFile(pathOf('heads-notes.txt'), 'notes');

    expect(await newestList(folder.dir)).toBeUndefined();
  });
});
