import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { OperatorError } from '../../src/core/errors.ts';
import { type Collection, put } from '../../src/core/ports.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { collections, commitOps, countCommits, counters, items, seeded, temporaryFolder } from './commits.ts';
import { compactAt } from './crashes.ts';
import { storeOf } from './damage.ts';
import { createSimulatedDisk, stopAt } from './simulated-disk.ts';
import { startWriter } from './writer-process.ts';

describe('init and open', () => {
  it('opens no folder that was never initialized, and leaves it as it is', async () => {
    const dir = await temporaryFolder();
    const missing = join(dir, 'missing');

    for (const mode of ['write', 'read'] as const) {
      for (const folder of [dir, missing]) {
        await expect(openStore(folder, { collections, mode })).rejects.toThrow(/npm run ospo -- init/);
      }
    }

    expect(await readdir(dir)).toEqual([]);
  });

  it('initializes a folder once', async () => {
    const dir = join(await temporaryFolder(), 'made', 'on the way');
    await initStore(dir);
    const store = await openStore(dir, { collections });
    await store.commit(commitOps(1));
    await store.close();

    const again = initStore(dir);

    await expect(again).rejects.toBeInstanceOf(OperatorError);
    const reopened = await openStore(dir, { collections });
    expect(await countCommits(reopened).finally(() => reopened.close())).toBe(1);
  });

  it('initializes again after an init that was interrupted anywhere, and never over a journal', async () => {
    const dir = await temporaryFolder();
    const counting = stopAt(Number.POSITIVE_INFINITY);
    await initStore(dir, createSimulatedDisk(dir, counting).files);

    for (let limit = 0; limit < counting.steps(); limit += 1) {
      const interrupted = createSimulatedDisk(dir, { fault: stopAt(limit).fault });
      await expect(initStore(dir, interrupted.files)).rejects.toThrow();
      const left = createSimulatedDisk(dir, { contents: interrupted.afterPowerCut(seeded(limit)) });
      await initStore(dir, left.files).catch(() => undefined);
      const store = await openStore(dir, { collections, files: left.files });
      await store.close();
    }

    const orphan = new Map([...(await storeOf(dir, 2))].filter(([name]) => name.startsWith('journal')));
    const disk = createSimulatedDisk(dir, { contents: orphan });
    await expect(initStore(dir, disk.files)).rejects.toBeInstanceOf(OperatorError);
    expect(disk.contents()).toEqual(orphan);
  });

  it('keeps others out: what it creates is for the owner only', async () => {
    const dir = join(await temporaryFolder(), 'state');

    await initStore(dir);

    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(dir)) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
  });

  it('lets one in: a second opener of the same or another process is refused until the first is gone', async () => {
    const dir = join(await temporaryFolder(), 'state');
    await initStore(dir);
    const writer = startWriter(dir, 1);
    await writer.started;

    await expect(openStore(dir, { collections })).rejects.toThrow(/Another process runs on this folder/);
    await expect(initStore(dir)).rejects.toThrow(/Another process runs on this folder/);
    await writer.kill();
    const first = await openStore(dir, { collections: [] });
    await expect(openStore(dir, { collections: [] })).rejects.toBeInstanceOf(OperatorError);
    await first.close();
    const second = await openStore(dir, { collections: [] });

    expect((await second.health()).ok).toBe(true);
    await second.close();
  });

  it('can be closed twice, and keeps what was committed right before', async () => {
    const dir = join(await temporaryFolder(), 'state');
    await initStore(dir);
    const store = await openStore(dir, { collections });

    const commits = [store.commit(commitOps(1)), store.commit(commitOps(2))];
    await Promise.all([store.close(), ...commits]);
    await store.close();

    const reopened = await openStore(dir, { collections });
    expect(await countCommits(reopened).finally(() => reopened.close())).toBe(2);
  });
});

describe('documents and programs of different age', () => {
  const open = async (dir: string, known: Parameters<typeof openStore>[1]['collections']) => {
    const store = await openStore(dir, { collections: known, compactAt: 1 });
    onTestFinished(() => store.close());
    return store;
  };

  it('carries collections along that it does not know, through compactions', async () => {
    const dir = join(await temporaryFolder(), 'state');
    await initStore(dir);
    const before = await open(dir, collections);
    await before.commit(commitOps(1));
    await before.close();

    const partly = await open(dir, [counters]);
    await expect(partly.get(items, 'item/000001')).rejects.toBeInstanceOf(RangeError);
    for (let n = 2; n <= 50; n += 1) await partly.commit([put(counters, 'other', { n }, n - 2)]);
    expect((await partly.health()).documents).toBe(3);
    await partly.close();

    const after = await open(dir, collections);
    expect(await after.get(items, 'item/000001')).toMatchObject({ version: 1, n: 1 });
  });

  it.each<[string, Partial<Collection<unknown>>, RegExp]>([
    ['a schema that refuses what is stored', { schema: z.strictObject({ n: z.string() }) }, /counter\/n does not fit/],
    ['a newer shape', { shape: 1 }, /counter\/n has shape 2, this program knows 1/],
    ['a lift that fails', { shape: 3, lift: () => ({ wrong: true }) }, /counter\/n does not fit/],
  ])('names the documents it cannot read: %s', async (_, change, message) => {
    const dir = join(await temporaryFolder(), 'state');
    await initStore(dir);
    const written: Collection<unknown> = { ...counters, shape: 2 } as Collection<unknown>;
    const before = await open(dir, [written]);
    await before.commit([put(written as Collection<object>, 'n', { n: 1 }, 0)]);
    await before.close();

    const opened = openStore(dir, { collections: [{ ...written, ...change }] });

    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.toBeInstanceOf(OperatorError);
    const again = await open(dir, [written]);
    expect((await again.health()).documents).toBe(1);
  });

  it('shows the first ten documents it cannot read and says how many more there are', async () => {
    const dir = join(await temporaryFolder(), 'state');
    await initStore(dir);
    const before = await open(dir, collections);
    await before.commit(Array.from({ length: 15 }, (_, n) => put(counters, `c${n}`, { n }, 0)));
    await before.close();

    const opened = openStore(dir, { collections: [{ ...counters, schema: z.string() } as Collection<unknown>] });

    await expect(opened).rejects.toThrow(/and 5 more/);
    await expect(opened).rejects.toMatchObject({ mistakes: { length: 10 } });
  });
});

describe('compaction', () => {
  it('keeps one snapshot and one journal, and what is not needed any more goes', async () => {
    const dir = await temporaryFolder();

    const contents = await storeOf(dir, 200, compactAt);

    expect([...contents.keys()].map((name) => name.split('-')[0]).sort()).toEqual(['journal', 'snapshot']);
    expect([...contents.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(2 * compactAt + 500);
  });

  it('makes up for one that is owed while it opens', async () => {
    const dir = await temporaryFolder();
    const owed = createSimulatedDisk(dir, { contents: await storeOf(dir, 50) });

    const store = await openStore(dir, { collections, files: owed.files, compactAt });
    const names = [...owed.contents().keys()];
    const commits = await countCommits(store).finally(() => store.close());

    expect(commits).toBe(50);
    expect(names.sort()).toEqual(['journal-0000000000000051.jsonl', 'snapshot-0000000000000050.jsonl']);
  });
});

describe('restore', () => {
  const backup = Array.from({ length: 2000 }, (_, n) => ({
    collection: 'item',
    doc: { id: `item/${String(n).padStart(6, '0')}`, version: 7, n, text: 'x'.repeat(200) },
  }));

  async function* documents() {
    yield* backup;
  }

  it('is durable with everything or leaves an empty store, wherever the power goes', async () => {
    const dir = await temporaryFolder();
    const empty = createSimulatedDisk(dir);
    await initStore(dir, empty.files);
    const restoreInto = async (disk: ReturnType<typeof createSimulatedDisk>) => {
      const store = await openStore(dir, { collections, files: disk.files });
      await store.restore(documents()).finally(() => store.close());
    };
    const counting = stopAt(Number.POSITIVE_INFINITY);
    await restoreInto(createSimulatedDisk(dir, { ...counting, contents: empty.contents() }));
    const outcomes = new Set<string>();

    for (let limit = 0; limit <= counting.steps(); limit += 1) {
      const disk = createSimulatedDisk(dir, { ...stopAt(limit), contents: empty.contents() });
      const said = await restoreInto(disk).then(
        () => 'restored',
        () => 'failed',
      );
      const left = createSimulatedDisk(dir, { contents: disk.afterPowerCut(seeded(limit)) });
      const store = await openStore(dir, { collections, files: left.files });
      outcomes.add(`${said}, ${(await store.health().finally(() => store.close())).documents}`);
    }

    expect(outcomes.has('restored, 0')).toBe(false);
    for (const outcome of outcomes) expect(outcome).toMatch(/^(restored, 2000|failed, (0|2000))$/);
    expect(outcomes).toContain('restored, 2000');
    expect(outcomes).toContain('failed, 0');
  });

  it('takes no commit while it runs', async () => {
    const dir = await temporaryFolder();
    await initStore(dir);
    const store = await openStore(dir, { collections });
    onTestFinished(() => store.close());

    const restoring = store.restore(documents());
    const commit = store.commit(commitOps(1));

    await expect(commit).rejects.toThrow(/being restored/);
    await restoring;
    expect(await store.commit([put(counters, 'n', { n: 1 }, 0)])).toEqual([1]);
    expect((await store.health()).documents).toBe(2001);
  });
});

it('does not mind other files in its folder', async () => {
  const dir = join(await temporaryFolder(), 'state');
  await initStore(dir);
  await mkdir(join(dir, 'snapshot-of-the-harbor'));

  const store = await openStore(dir, { collections });
  await store.commit(commitOps(1));
  await store.close();

  expect(await readdir(dir)).toContain('snapshot-of-the-harbor');
});
