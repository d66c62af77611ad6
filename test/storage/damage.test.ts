import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/core/errors.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { snapshotPath } from '../../src/storage/folder.ts';
import { writeSnapshot } from '../../src/storage/snapshot.ts';
import { collections, countCommits, temporaryFolder } from './commits.ts';
import { compactAt, countOrRefuse } from './crashes.ts';
import { cutEverywhere, flipEverywhere, linesBefore, nameOf, storeOf } from './damage.ts';
import { createSimulatedDisk } from './simulated-disk.ts';

const oneBit = (offset: number) => [offset % 8];

it('keeps exactly the whole commits of a journal that is cut at any byte, and goes on from there', async () => {
  const dir = await temporaryFolder();
  const contents = await storeOf(dir, 3);
  const name = nameOf(contents, 'journal');

  const found = await cutEverywhere(dir, contents, name);

  expect(found).toEqual(linesBefore(contents.get(name) ?? Buffer.alloc(0)));
});

it('never takes a flipped bit of the journal for data: it refuses, or cuts the last commit off', async () => {
  const dir = await temporaryFolder();
  const contents = await storeOf(dir, 3);
  const name = nameOf(contents, 'journal');
  const before = linesBefore(contents.get(name) ?? Buffer.alloc(0));

  const results = await flipEverywhere(dir, contents, name, oneBit);

  for (const { offset, found } of results)
    expect({ offset, found }).toEqual({ offset, found: before[offset] === 2 ? 2 : undefined });
});

it.each(['flip', 'cut'] as const)('refuses a snapshot after any %s', async (kind) => {
  const dir = await temporaryFolder();
  const contents = await storeOf(dir, 8, compactAt);
  const name = nameOf(contents, 'snapshot');

  const found =
    kind === 'cut'
      ? (await cutEverywhere(dir, contents, name)).slice(0, -1)
      : (await flipEverywhere(dir, contents, name, oneBit)).map((result) => result.found);

  expect(found.length).toBeGreaterThan(300);
  expect(new Set(found)).toEqual(new Set([undefined]));
});

it('refuses a snapshot that lacks a line', async () => {
  const dir = await temporaryFolder();
  const contents = new Map(await storeOf(dir, 8, compactAt));
  withoutLine(contents, nameOf(contents, 'snapshot'));
  const disk = createSimulatedDisk(dir, { contents });

  const open = openStore(dir, { collections, files: disk.files });

  await expect(open).rejects.toThrow(/the snapshot is incomplete/);
});

it.each([
  ['takes', 3, 3],
  ['refuses', 2, undefined],
])('%s a snapshot that shows commit 3 when the journal has %i', async (_, commits, expected) => {
  const dir = await temporaryFolder();
  const disk = createSimulatedDisk(dir, { contents: await storeOf(dir, commits) });
  await writeSnapshot(disk.files, snapshotPath(dir, 0), { seq: 0, lines: [], through: () => 3 });

  const found = await countOrRefuse(dir, disk.contents(), 3);

  expect(found).toBe(expected);
});

describe('refuses to start, saying where and what to do', () => {
  const without = (kind: string) => (contents: Map<string, Buffer>) => {
    for (const name of [...contents.keys()]) if (name.startsWith(kind)) contents.delete(name);
  };

  it.each<[string, (contents: Map<string, Buffer>) => void, RegExp]>([
    ['the snapshot is missing', without('snapshot'), /snapshot they belong to is missing/],
    ['the journal is missing', without('journal'), /journal from commit \d+ on is missing/],
    [
      'a journal in between is missing',
      (contents) => contents.set('journal-0000000000000099.jsonl', Buffer.alloc(0)),
      /journal-0+99\.jsonl, byte 0: .*from commit \d+ on is missing/,
    ],
    [
      'a line of the journal is missing',
      (contents) => withoutLine(contents, nameOf(contents, 'journal')),
      /journal-0+1\.jsonl, byte \d+: .*commit 2 is missing before 3/,
    ],
    [
      'the middle of the journal is damaged',
      (contents) => {
        const name = nameOf(contents, 'journal');
        contents.set(name, Buffer.from(String(contents.get(name)).replace('许', '准')));
      },
      /journal-0+1\.jsonl, byte 0: The store is damaged: commit 1 does not match its checksum\. Keep a copy .* restore/,
    ],
  ])('when %s', async (_, damage, message) => {
    const dir = await temporaryFolder();
    const contents = new Map(await storeOf(dir, 3));
    damage(contents);
    const disk = createSimulatedDisk(dir, { contents });

    const errors = await Promise.all([
      openStore(dir, { collections, files: disk.files }).catch((error: unknown) => error),
      openStore(dir, { collections, files: disk.files, mode: 'read' }).catch((error: unknown) => error),
    ]);

    for (const error of errors) {
      expect(error).toBeInstanceOf(OperatorError);
      expect(String(error)).toMatch(message);
    }
    expect(disk.contents()).toEqual(contents);
  });
});

it('cuts a torn tail off when it writes, and leaves it when it reads', async () => {
  const dir = await temporaryFolder();
  const whole = await storeOf(dir, 3);
  const name = nameOf(whole, 'journal');
  const torn = new Map(whole).set(name, Buffer.concat([whole.get(name) ?? Buffer.alloc(0), Buffer.from('0123 {"s"')]));
  const disk = createSimulatedDisk(dir, { contents: torn });

  const reading = await openStore(dir, { collections, files: disk.files, mode: 'read' });
  const afterReading = disk.contents();
  const writing = await openStore(dir, { collections, files: disk.files });
  const counts = [await countCommits(reading), await countCommits(writing)];
  await writing.close();

  expect(counts).toEqual([3, 3]);
  expect(afterReading).toEqual(torn);
  expect(disk.contents()).toEqual(whole);
});

/** Takes the second line out, as if it had never been written. */
function withoutLine(contents: Map<string, Buffer>, name: string): void {
  const lines = String(contents.get(name)).split('\n');
  contents.set(name, Buffer.from(lines.toSpliced(1, 1).join('\n')));
}
