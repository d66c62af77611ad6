import { expect, it, onTestFinished } from 'vitest';
import type { Log, Store } from '../../src/core/ports.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { collections, commitOps, countCommits, temporaryFolder } from './commits.ts';
import { compactAt } from './crashes.ts';
import { createSimulatedDisk, diskError, type Fault, type SimulatedDisk, type Step } from './simulated-disk.ts';

interface Broken {
  readonly dir: string;
  readonly disk: SimulatedDisk;
  readonly store: Store;
  /** From now on the steps of this kind fail, on files whose path contains `on`. */
  fail(step: Step, code: string, on?: string): void;
  mend(): void;
  readonly logged: string[];
}

/** A store with one commit, on a disk that fails on demand. */
async function openBreakable(options: { readonly compactAt?: number } = {}): Promise<Broken> {
  const faults: Fault[] = [];
  const dir = await temporaryFolder();
  const disk = createSimulatedDisk(dir, {
    fault: (step, path) => faults.map((fault) => fault(step, path)).find((error) => error),
  });
  const logged: string[] = [];
  const note = (_fields: object, message: string) => logged.push(message);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  await initStore(dir, disk.files);
  const store = await openStore(dir, { collections, files: disk.files, log, ...options });
  onTestFinished(() => store.close());
  await store.commit(commitOps(1));
  return {
    ...{ dir, disk, store, logged },
    fail(step, code, on = '') {
      faults.push((name, path) => (name === step && path.includes(on) ? diskError(code) : undefined));
    },
    mend() {
      faults.length = 0;
    },
  };
}

async function reopen({ dir, disk, store }: Broken): Promise<number> {
  await store.close();
  const reopened = await openStore(dir, { collections, files: disk.files });
  return countCommits(reopened).finally(() => reopened.close());
}

async function commitMany(store: Store, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n += 1) await store.commit(commitOps(n));
}

it.each(['ENOSPC', 'EDQUOT'])('survives %s: rejects, keeps reading, goes on when there is room', async (code) => {
  const broken = await openBreakable();
  const { store } = broken;
  const before = broken.disk.contents();
  broken.fail('write', code);

  const failed = await Promise.allSettled([commitOps(2), commitOps(3), commitOps(4)].map((ops) => store.commit(ops)));
  const whileFull = { health: await store.health(), commits: await countCommits(store), disk: broken.disk.contents() };
  broken.mend();
  await commitMany(store, 2, 5);

  expect(failed.map((one) => one.status === 'rejected' && one.reason.name)).toEqual([
    'DiskFull',
    'DiskFull',
    'DiskFull',
  ]);
  expect(whileFull).toMatchObject({
    health: { ok: false, note: expect.stringMatching(/full/) },
    commits: 1,
    disk: before,
  });
  expect(await store.health()).toEqual({ ok: true, documents: 4 });
  expect(await reopen(broken)).toBe(5);
});

it('rejects what was staged on a commit that failed, also when it comes while the failure is under way', async () => {
  const broken = await openBreakable();
  const { store } = broken;
  broken.fail('write', 'ENOSPC');

  const first = store.commit(commitOps(2)).catch((error: unknown) => {
    broken.mend();
    return error;
  });
  const second = store.commit(commitOps(3));

  await expect(second).rejects.toMatchObject({ name: 'DiskFull' });
  expect(await first).toMatchObject({ name: 'DiskFull' });
  await commitMany(store, 2, 3);
  expect(await reopen(broken)).toBe(3);
});

it.each<[string, Step, string]>([
  ['a flush fails', 'sync', 'EIO'],
  ['a flush meets a full disk', 'sync', 'ENOSPC'],
  ['a write fails', 'write', 'EIO'],
])('stops when %s: no commit more, even if the disk recovers; reading goes on', async (_, step, code) => {
  const broken = await openBreakable();
  const { store } = broken;
  broken.fail(step, code);

  const failed = store.commit(commitOps(2));
  await expect(failed).rejects.toMatchObject({ name: 'StoreStopped', cause: { code } });
  broken.mend();
  const later = store.commit(commitOps(2));

  await expect(later).rejects.toMatchObject({ name: 'StoreStopped' });
  expect(await countCommits(store)).toBe(1);
  expect(await store.health()).toMatchObject({ ok: false, note: expect.stringMatching(/restart/) });
  expect(await reopen(broken)).toBeGreaterThanOrEqual(1);
});

it.each<Step>(['truncate', 'sync'])('stops when a full disk does not let a write be taken back: %s', async (step) => {
  const broken = await openBreakable();
  const { store } = broken;
  broken.fail('write', 'ENOSPC');
  broken.fail(step, 'EIO');

  const failed = store.commit(commitOps(2));

  await expect(failed).rejects.toMatchObject({ name: 'StoreStopped' });
  broken.mend();
  await expect(store.commit(commitOps(2))).rejects.toMatchObject({ name: 'StoreStopped' });
  expect(await reopen(broken)).toBe(1);
});

it.each<[string, Step, string]>([
  ['a new journal cannot be made', 'open', 'journal'],
  ['a new journal cannot be made durable', 'syncFolder', ''],
  ['a snapshot cannot be made', 'open', 'snapshot'],
  ['a snapshot cannot be written', 'write', 'snapshot'],
  ['a snapshot cannot be renamed', 'rename', 'snapshot'],
])('goes on without a compaction when %s, and makes up for it', async (_, step, on) => {
  const broken = await openBreakable({ compactAt });
  const { store, disk } = broken;
  broken.fail(step, 'ENOSPC', on);

  await commitMany(store, 2, 30);
  const whileFull = { ...(await store.health()), logged: [...broken.logged] };
  broken.mend();
  await commitMany(store, 31, 60);
  const commits = await countCommits(store);

  expect(whileFull).toMatchObject({ ok: true, note: expect.stringMatching(/could not be compacted/) });
  const failures = whileFull.logged.filter((message) => message === 'compaction failed').length;
  // Seven kilobytes of journal, tried again every one and a half: not with each of 29 commits.
  expect(failures).toBeGreaterThan(0);
  expect(failures).toBeLessThan(8);
  expect(commits).toBe(60);
  expect(await store.health()).toEqual({ ok: true, documents: 4 });
  expect(await reopen(broken)).toBe(60);
  expect([...disk.contents().keys()].filter((name) => name.startsWith('snapshot'))).toHaveLength(1);
});

it('stops when a journal that nobody may see cannot be taken back', async () => {
  const broken = await openBreakable({ compactAt });
  broken.fail('syncFolder', 'EIO');
  broken.fail('remove', 'EIO');

  const failed = await commitMany(broken.store, 2, 30).catch((error: unknown) => error);

  expect(failed).toMatchObject({ name: 'StoreStopped' });
  broken.mend();
  expect(await reopen(broken)).toBe(await countCommits(broken.store));
});
