import { initStore, openStore } from '../../src/storage/file-store.ts';
import { collections, commitOps } from './commits.ts';
import { countOrRefuse } from './crashes.ts';
import { createSimulatedDisk } from './simulated-disk.ts';

/** A store of `count` commits, flushed one by one. */
export async function storeOf(dir: string, count: number, compactAt?: number): Promise<ReadonlyMap<string, Buffer>> {
  const disk = createSimulatedDisk(dir);
  await initStore(dir, disk.files);
  const store = await openStore(dir, { collections, files: disk.files, ...(compactAt ? { compactAt } : {}) });
  for (let n = 1; n <= count; n += 1) await store.commit(commitOps(n));
  await store.close();
  return disk.contents();
}

/** The name of the one file of this kind. */
export function nameOf(contents: ReadonlyMap<string, Buffer>, kind: 'journal' | 'snapshot'): string {
  const [name, another] = [...contents.keys()].filter((file) => file.startsWith(kind));
  if (name === undefined || another !== undefined) throw new Error(`There is not one ${kind}.`);
  return name;
}

/** How many commits are found after the file was cut to every length; undefined stands for a refusal. */
export async function cutEverywhere(
  dir: string,
  contents: ReadonlyMap<string, Buffer>,
  name: string,
): Promise<readonly (number | undefined)[]> {
  const bytes = contents.get(name) ?? Buffer.alloc(0);
  const found: (number | undefined)[] = [];
  for (let length = 0; length <= bytes.length; length += 1) {
    const cut = new Map(contents).set(name, bytes.subarray(0, length));
    found.push(await countOrRefuse(dir, cut, Number.POSITIVE_INFINITY));
  }
  return found;
}

/** The same after one bit was flipped in every byte; `bits` of every byte are tried, one at a time. */
export async function flipEverywhere(
  dir: string,
  contents: ReadonlyMap<string, Buffer>,
  name: string,
  bits: (offset: number) => readonly number[],
): Promise<readonly { readonly offset: number; readonly found: number | undefined }[]> {
  const bytes = contents.get(name) ?? Buffer.alloc(0);
  const results: { offset: number; found: number | undefined }[] = [];
  for (let offset = 0; offset < bytes.length; offset += 1) {
    for (const bit of bits(offset)) {
      const flipped = Buffer.from(bytes);
      flipped[offset] = (flipped[offset] ?? 0) ^ (1 << bit);
      const found = await countOrRefuse(dir, new Map(contents).set(name, flipped), Number.POSITIVE_INFINITY);
      results.push({ offset, found });
    }
  }
  return results;
}

/** How many whole lines lie before each length of the file. */
export function linesBefore(bytes: Buffer): readonly number[] {
  let lines = 0;
  const before = [0];
  for (const byte of bytes) {
    if (byte === 0x0a) lines += 1;
    before.push(lines);
  }
  return before;
}
