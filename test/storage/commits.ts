import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Collection, type Op, put, remove, type Store } from '../../src/core/ports.ts';

/*
 * Numbered commits whose result says which of them are there: commit n writes item n, moves the counter to n and removes
 * item n - 3. Any state that is not exactly the first n commits shows.
 */

const Counter = z.strictObject({ n: z.number() });
const Item = z.strictObject({ n: z.number(), text: z.string() });

export const counters: Collection<z.infer<typeof Counter>> = {
  name: 'counter',
  schema: Counter,
  shape: 1,
  index: () => [],
};
export const items: Collection<z.infer<typeof Item>> = {
  name: 'item',
  schema: Item,
  shape: 1,
  index: ({ n }) => [{ key: 'all', at: n }],
  due: ({ n }) => n,
};
export const collections = [counters, items];

// How many items stand behind the newest one.
const kept = 3;

/** The operations of commit n, counted from 1. */
export function commitOps(n: number): readonly Op[] {
  const gone = n - kept;
  return [
    put(counters, 'n', { n }, n - 1),
    put(items, itemId(n), { n, text: textOf(n) }, 0),
    ...(gone >= 1 ? [remove(items, { id: itemId(gone), version: 1 })] : []),
  ];
}

/** How many commits are there. @throws Error when the documents are not exactly theirs */
export async function countCommits(store: Store): Promise<number> {
  const counter = await store.get(counters, 'n');
  const n = counter?.n ?? 0;
  const found: number[] = [];
  for await (const item of store.scan(items)) {
    if (item.text !== textOf(item.n) || item.id !== itemId(item.n)) throw new Error(`item ${item.id} is wrong`);
    found.push(item.n);
  }
  const expected = Array.from({ length: Math.min(n, kept) }, (_, k) => Math.max(n - kept, 0) + k + 1);
  const listed = await store.list(items, { key: 'all', order: 'asc', limit: 99 });
  const due = await store.due(items, { now: n, limit: 99 });
  for (const numbers of [found, listed.docs.map((doc) => doc.n), due.map((doc) => doc.n)]) {
    if (numbers.join() !== expected.join()) throw new Error(`after ${n} commits the items are ${numbers.join()}`);
  }
  if (n > 0 && counter?.version !== n) throw new Error(`counter ${n} has version ${counter?.version}`);
  return n;
}

/** A folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'store-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

/** Random numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function itemId(n: number): string {
  return `item/${String(n).padStart(6, '0')}`;
}

function textOf(n: number): string {
  return `Größe 许可证 🧾 ${n} `.repeat(1 + (n % 3));
}
