import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addEntry,
  countEntries,
  createOrderedSet,
  dropEntry,
  type Entry,
  entriesDown,
  entriesUp,
  firstEntry,
  justAfter,
  type OrderedSet,
  startOf,
} from '../../src/storage/ordered-set.ts';

function compare(a: Entry, b: Entry): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function shuffled(count: number): Entry[] {
  // 7,919 is prime and divides no count used here: every number once, in a scattered order.
  return Array.from({ length: count }, (_, n) => ({ at: (n * 7919) % count, id: `d${n % 3}` }));
}

function filled(entries: readonly Entry[]): OrderedSet {
  const set = createOrderedSet();
  for (const { at, id } of entries) addEntry(set, at, id);
  return set;
}

it.each([
  ['ascending', (all: Entry[]) => all.toSorted(compare)],
  ['descending', (all: Entry[]) => all.toSorted(compare).toReversed()],
  ['scattered', (all: Entry[]) => all],
])('keeps order over many chunks when filled %s', (_, arrange) => {
  const entries = shuffled(5000);

  const set = filled(arrange(entries));

  expect([...entriesUp(set, {})]).toEqual(entries.toSorted(compare));
  expect([...entriesDown(set, {})]).toEqual(entries.toSorted(compare).toReversed());
  expect(set.size).toBe(5000);
});

it('is empty again when everything was dropped', () => {
  const entries = shuffled(3000);
  const set = filled(entries);

  for (const { at, id } of entries) dropEntry(set, at, id);

  expect(set).toEqual({ chunks: [], size: 0 });
  expect(firstEntry(set)).toBeUndefined();
});

it('behaves like a sorted array', () => {
  const entry = fc.record({ at: fc.integer({ min: -3, max: 3 }), id: fc.constantFrom('a', 'aa', 'b') });
  // A block of neighbors beside single steps, so that chunks fill, split and empty.
  const step = fc.record({ add: fc.boolean(), entry, block: fc.constantFrom(0, 0, 700) });
  const bound = fc.option(fc.record({ entry, kind: fc.constantFrom('at', 'start', 'after') }), { nil: undefined });

  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), bound, bound, (steps, lowBound, highBound) => {
      const set = createOrderedSet();
      const model = new Map<string, Entry>();
      for (const { add, entry: one, block } of steps) {
        for (let n = 0; n <= block; n += 1) {
          const id = `${one.id}${n || ''}`;
          if (add) {
            addEntry(set, one.at, id);
            model.set(`${one.at} ${id}`, { at: one.at, id });
          } else {
            dropEntry(set, one.at, id);
            model.delete(`${one.at} ${id}`);
          }
        }
      }
      const bounds = { low: toEntry(lowBound), high: toEntry(highBound) };
      const expected = [...model.values()]
        .filter((one) => !bounds.low || compare(one, bounds.low) >= 0)
        .filter((one) => !bounds.high || compare(one, bounds.high) < 0)
        .toSorted(compare);

      expect([...entriesUp(set, bounds)]).toEqual(expected);
      expect([...entriesDown(set, bounds)]).toEqual(expected.toReversed());
      expect(countEntries(set, bounds)).toBe(expected.length);
      expect(set.size).toBe(model.size);
      expect(firstEntry(set)).toEqual([...model.values()].toSorted(compare)[0]);
    }),
    { seed: 20261122, numRuns: 150 },
  );
});

function toEntry(bound: { readonly entry: Entry; readonly kind: string } | undefined): Entry | undefined {
  if (!bound) return undefined;
  if (bound.kind === 'start') return startOf(bound.entry.at);
  return bound.kind === 'after' ? justAfter(bound.entry) : bound.entry;
}
