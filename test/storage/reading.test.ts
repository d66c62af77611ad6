import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { put } from '../../src/core/ports.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import type { Files } from '../../src/storage/files.ts';
import { collections, counters, lastCommit } from './clients.ts';
import { countCommits, collections as numbered, temporaryFolder } from './commits.ts';
import { compactAt } from './crashes.ts';
import { storeOf } from './damage.ts';
import { createSimulatedDisk } from './simulated-disk.ts';
import { startWriter } from './writer-process.ts';

const clients = 4;

it('reads whole commits beside a writing process, through its compactions', { timeout: 60_000 }, async () => {
  const dir = join(await temporaryFolder(), 'state');
  await initStore(dir);
  const writer = startWriter(dir, clients);
  await writer.started;
  const snapshots = new Set<string>();
  let missed = 0;

  for (let opening = 0; opening < 60; opening += 1) {
    await wait(5);
    const heard = new Map(writer.acknowledged());
    const store = await openStore(dir, { collections, mode: 'read' });
    for (const [client, n] of heard) if ((await lastCommit(store, client)) < n) missed += 1;
    for (const name of await readdir(dir)) if (/^snapshot-.*jsonl$/.test(name)) snapshots.add(name);
  }
  await writer.kill();

  expect(missed).toBe(0);
  expect(snapshots.size).toBeGreaterThan(3);
});

it('takes no lock, changes no byte and takes no commit', async () => {
  const dir = join(await temporaryFolder(), 'state');
  await initStore(dir);
  const writing = await openStore(dir, { collections });
  await writing.commit([put(counters, 'a', { n: 1 }, 0)]);
  // As if the writer were in the middle of its next write.
  await appendFile(join(dir, 'journal-0000000000000001.jsonl'), '0123abcd {"s":2,"a":1,"o":[');
  const before = await readFolder(dir);

  const reading = await openStore(dir, { collections, mode: 'read' });
  const commit = reading.commit([put(counters, 'a', { n: 3 }, 1)]);
  const restore = reading.restore((async function* () {})());

  await expect(commit).rejects.toThrow('reading only');
  await expect(restore).rejects.toThrow('reading only');
  expect(await reading.get(counters, 'a')).toMatchObject({ n: 1 });
  expect(await reading.health()).toMatchObject({ ok: true, documents: 1 });
  await reading.close();
  expect(await readFolder(dir)).toEqual(before);
  await writing.close();
});

it.each([
  ['once: the folder changed under its eyes', 1, 30],
  ['again and again: the file is really gone', Number.POSITIVE_INFINITY, undefined],
])('looks a second time when a file vanishes %s', async (_, times, expected) => {
  const dir = await temporaryFolder();
  const contents = await storeOf(dir, 30, compactAt);
  const { files } = createSimulatedDisk(dir, { contents });
  const gone = [...contents.keys()].map((name) => name.replace(/\d{16}/, '0000000000000001'));
  let looks = 0;
  const moving: Files = {
    ...files,
    async list(folder) {
      looks += 1;
      return looks <= times ? gone : files.list(folder);
    },
  };

  const opened = openStore(dir, { collections: numbered, files: moving, mode: 'read' }).then(countCommits);

  await expect(opened.catch(() => undefined)).resolves.toBe(expected);
  expect(looks).toBe(2);
});

async function readFolder(dir: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(dir)).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name), 'utf8')] as const)),
  );
}
