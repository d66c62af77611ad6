/**
 * A set of (at, id) pairs in order: by `at`, then by `id` as text.
 * Chunks of parallel arrays instead of objects: an entry costs 16 bytes, and an insertion moves one chunk, not everything
 * behind it (anywhere in 100,000 entries: 1.5 µs here, 4 µs for numbers and 18 µs for texts in one flat array).
 */
export interface OrderedSet {
  readonly chunks: Chunk[];
  size: number;
}

interface Chunk {
  readonly ats: number[];
  readonly ids: string[];
}

export interface Entry {
  readonly at: number;
  readonly id: string;
}

/** Half open: from `low` up to, but not including, `high`; a bound that is left out does not limit. */
export interface Bounds {
  readonly low?: Entry | undefined;
  readonly high?: Entry | undefined;
}

// Two cache pages of pointers; measured flat between 256 and 1,024.
const chunkLimit = 512;

/** An empty set. */
export function createOrderedSet(): OrderedSet {
  return { chunks: [], size: 0 };
}

/** The smallest pair with this `at` that can exist: ids are never empty. */
export function startOf(at: number): Entry {
  return { at, id: '' };
}

/** The pair right behind this one: no printable id lies between "x" and "x" + NUL. */
export function justAfter(entry: Entry): Entry {
  return { at: entry.at, id: `${entry.id}\u0000` };
}

/** Adds a pair; one that is already there stays once. */
export function addEntry(set: OrderedSet, at: number, id: string): void {
  const last = set.chunks.length - 1;
  const index = Math.min(findChunk(set, at, id), Math.max(last, 0));
  const chunk = set.chunks[index] ?? appendChunk(set);
  const position = findInChunk(chunk, at, id);
  if (chunk.ats[position] === at && chunk.ids[position] === id) return;
  chunk.ats.splice(position, 0, at);
  chunk.ids.splice(position, 0, id);
  set.size += 1;
  if (chunk.ats.length > chunkLimit) split(set, index, chunk);
}

/** Removes a pair; nothing happens when it is not there. */
export function dropEntry(set: OrderedSet, at: number, id: string): void {
  const index = findChunk(set, at, id);
  const chunk = set.chunks[index];
  if (!chunk) return;
  const position = findInChunk(chunk, at, id);
  if (chunk.ats[position] !== at || chunk.ids[position] !== id) return;
  chunk.ats.splice(position, 1);
  chunk.ids.splice(position, 1);
  set.size -= 1;
  if (chunk.ats.length === 0) set.chunks.splice(index, 1);
}

/** How many pairs lie within the bounds. Touches one number per chunk, not the pairs. */
export function countEntries(set: OrderedSet, { low, high }: Bounds): number {
  const end = high ? rank(set, high) : set.size;
  return Math.max(0, end - (low ? rank(set, low) : 0));
}

/** The first pair, or undefined when the set is empty. */
export function firstEntry(set: OrderedSet): Entry | undefined {
  return entriesUp(set, {}).next().value ?? undefined;
}

/** Pairs within the bounds, smallest first. The set must not change while it is walked. */
export function* entriesUp(set: OrderedSet, { low, high }: Bounds): Generator<Entry, undefined> {
  let index = low ? findChunk(set, low.at, low.id) : 0;
  const start = set.chunks[index];
  let position = low && start ? findInChunk(start, low.at, low.id) : 0;
  for (let chunk = start; chunk; chunk = set.chunks[index], position = 0) {
    for (; position < chunk.ats.length; position += 1) {
      const entry = entryOf(chunk, position);
      if (high && !isBefore(entry, high)) return;
      yield entry;
    }
    index += 1;
  }
}

/** Pairs within the bounds, greatest first. The set must not change while it is walked. */
export function* entriesDown(set: OrderedSet, { low, high }: Bounds): Generator<Entry, undefined> {
  for (let index = high ? findChunk(set, high.at, high.id) : set.chunks.length - 1; index >= 0; index -= 1) {
    const chunk = set.chunks[index];
    if (!chunk) continue;
    let position = (high ? findInChunk(chunk, high.at, high.id) : chunk.ats.length) - 1;
    for (; position >= 0; position -= 1) {
      const entry = entryOf(chunk, position);
      if (low && isBefore(entry, low)) return;
      yield entry;
    }
  }
}

function entryOf(chunk: Chunk, position: number): Entry {
  return { at: chunk.ats[position] ?? 0, id: chunk.ids[position] ?? '' };
}

function appendChunk(set: OrderedSet): Chunk {
  const chunk: Chunk = { ats: [], ids: [] };
  set.chunks.push(chunk);
  return chunk;
}

function split(set: OrderedSet, index: number, chunk: Chunk): void {
  // A full chunk at the end is mostly growth by time: leave it nearly full instead of half empty.
  const keep = index === set.chunks.length - 1 ? chunkLimit : chunkLimit / 2;
  set.chunks.splice(index + 1, 0, { ats: chunk.ats.splice(keep), ids: chunk.ids.splice(keep) });
}

function rank(set: OrderedSet, bound: Entry): number {
  const index = findChunk(set, bound.at, bound.id);
  let before = 0;
  for (let i = 0; i < index; i += 1) before += set.chunks[i]?.ats.length ?? 0;
  const chunk = set.chunks[index];
  return chunk ? before + findInChunk(chunk, bound.at, bound.id) : before;
}

/** The first chunk whose last pair is not before (at, id): the only one that can hold it. */
function findChunk(set: OrderedSet, at: number, id: string): number {
  let low = 0;
  let high = set.chunks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const chunk = set.chunks[middle];
    if (chunk && precedes(chunk, chunk.ats.length - 1, at, id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first position whose pair is not before (at, id). */
function findInChunk(chunk: Chunk, at: number, id: string): number {
  let low = 0;
  let high = chunk.ats.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (precedes(chunk, middle, at, id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function precedes(chunk: Chunk, position: number, at: number, id: string): boolean {
  const found = chunk.ats[position] ?? 0;
  return found < at || (found === at && (chunk.ids[position] ?? '') < id);
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}
