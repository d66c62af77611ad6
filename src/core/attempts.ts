import { Conflict } from './errors.ts';
import { type Collection, put, type Store } from './ports.ts';

// Two people on one card, or the sender moving it, meet once; three in a row is something else.
const attempts = 3;

/** Collections whose conflict means "done already": trying again would only do it twice. */
const settled: ReadonlySet<string> = new Set(['seen', 'inbox']);

/** Whether `error` says that this very thing was done before. */
export function isDoneAlready(error: unknown): boolean {
  return error instanceof Conflict && settled.has(error.collection);
}

/** Inserts a document that may be there already, whoever was quicker. */
export async function insertOnce<T extends object>(
  store: Store,
  collection: Collection<T>,
  id: string,
  value: T,
): Promise<void> {
  if (await store.get(collection, id)) return;
  try {
    await store.commit([put(collection, id, value, 0)]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

/** Reads, decides and commits anew when somebody else was quicker. @throws what `run` throws, the third time at the latest */
export async function againOnConflict<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const meet = error instanceof Conflict && !isDoneAlready(error);
      if (!meet || attempt === attempts) throw error;
    }
  }
}
