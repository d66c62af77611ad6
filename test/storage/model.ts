import fc from 'fast-check';
import { expect } from 'vitest';
import { z } from 'zod';
import { Conflict } from '../../src/core/errors.ts';
import { type AnyCollection, type Collection, type Doc, type Op, put, type Store } from '../../src/core/ports.ts';

/** How an engine is opened for the contract; every engine of the port runs the same tests. */
export interface Harness {
  readonly name: string;
  /** An empty store; the suite closes it. */
  open(collections: readonly AnyCollection[]): Promise<Store>;
  /** Closes the store and opens the same data again; absent when nothing outlives the process. */
  reopen?(store: Store, collections: readonly AnyCollection[]): Promise<Store>;
}

export const Task = z.strictObject({ state: z.string(), at: z.number(), due: z.number().nullable().default(null) });
export type Task = z.infer<typeof Task>;

/** Documents with everything a collection can have: two keys, a place in their order, a due time. */
export const tasks: Collection<Task> = {
  name: 'task',
  schema: Task,
  shape: 1,
  index: (task) => [{ key: `state:${task.state}`, at: task.at }, { key: 'all' }],
  due: (task) => task.due,
};

/** Documents of any shape. */
export const notes: Collection<Record<string, unknown>> = {
  name: 'note',
  schema: z.looseObject({}),
  shape: 1,
  index: () => [],
};

/** A value of `tasks`. */
export function task(state: string, at: number, due: number | null = null): Task {
  return { state, at, due };
}

/** All there is, as a list. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A list as it comes from a file or another store. */
export async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

/** Ids by key, page by page. */
export async function listIds(store: Store, key: string, order: 'asc' | 'desc', limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const page = await store.list(tasks, { key, order, limit, ...(after === undefined ? {} : { after }) });
    pages.push(page.docs.map((doc) => doc.id));
    after = page.next;
  } while (after !== undefined);
  return pages;
}

const change = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  kind: fc.constantFrom('put', 'put', 'remove', 'check'),
  // Mostly the version that is there, sometimes one that is not.
  off: fc.constantFrom(0, 0, 0, 1, -1),
  state: fc.constantFrom('x', 'y'),
  at: fc.integer({ min: 0, max: 3 }),
  due: fc.option(fc.integer({ min: 0, max: 9 })),
});
const step = fc.record({
  changes: fc.uniqueArray(change, { selector: (one) => one.id, minLength: 1, maxLength: 4 }),
  waits: fc.boolean(),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Model = Map<string, Doc<Task>>;

/** Random commits, awaited or not, give what a plain map gives, also after the store was opened again. */
export async function followsModel(harness: Harness): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      let store = await harness.open([tasks]);
      try {
        const model = await runSteps(store, steps);
        await compare(store, model);
        if (!harness.reopen) return;
        store = await harness.reopen(store, [tasks]);
        await compare(store, model);
      } finally {
        await store.close();
      }
    }),
    { seed: 20261122, numRuns: harness.reopen ? 60 : 200 },
  );
}

async function runSteps(store: Store, steps: readonly Step[]): Promise<Model> {
  const model: Model = new Map();
  let pending: Promise<unknown>[] = [];
  for (const { changes, waits } of steps) {
    const ops = changes.map((one) => toOp(one, model));
    const fits = ops.every(({ id, expect: version }) => (model.get(id)?.version ?? 0) === version);
    const commit = store.commit(ops);
    if (fits) for (const one of changes) applyChange(one, model);
    const outcome = expect(commit);
    pending.push(fits ? outcome.resolves.toHaveLength(ops.length) : outcome.rejects.toBeInstanceOf(Conflict));
    if (!waits) continue;
    await Promise.all(pending);
    pending = [];
  }
  await Promise.all(pending);
  return model;
}

function toOp({ id, kind, off, state, at, due }: Change, model: Model): Op {
  // Removing version 0 is a mistake of its own, not a conflict.
  const version = Math.max(kind === 'remove' ? 1 : 0, (model.get(id)?.version ?? 0) + off);
  if (kind === 'put') return put(tasks, id, task(state, at, due), version);
  const target = { in: tasks, id, expect: version };
  return kind === 'remove' ? { remove: true, ...target } : { check: true, ...target };
}

function applyChange({ id, kind, state, at, due }: Change, model: Model): void {
  const version = (model.get(id)?.version ?? 0) + 1;
  if (kind === 'put') model.set(id, { id, version, ...task(state, at, due) });
  if (kind === 'remove') model.delete(id);
}

async function compare(store: Store, model: ReadonlyMap<string, Doc<Task>>): Promise<void> {
  const docs = [...model.values()];
  const byId = (a: Doc<Task>, b: Doc<Task>) => (a.id < b.id ? -1 : 1);
  expect(await collect(store.scan(tasks))).toEqual(docs.toSorted(byId));
  for (const state of ['x', 'y']) {
    const expected = docs.filter((doc) => doc.state === state).toSorted((a, b) => a.at - b.at || byId(a, b));
    const ids = expected.map((doc) => doc.id);
    expect((await listIds(store, `state:${state}`, 'asc', 2)).flat()).toEqual(ids);
    expect((await listIds(store, `state:${state}`, 'desc', 2)).flat()).toEqual(ids.toReversed());
    const inPeriod = expected.filter((doc) => doc.at >= 1 && doc.at < 3);
    expect(await store.count(tasks, { key: `state:${state}`, from: 1, to: 3 })).toBe(inPeriod.length);
  }
  const waiting = docs.filter((doc) => doc.due !== null && doc.due <= 5);
  const due = waiting.toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0) || byId(a, b));
  expect(await store.due(tasks, { now: 5, limit: 9 })).toEqual(due);
}
