import type { Collection, Doc, ListQuery, Store } from './ports.ts';

const pageSize = 500;

/** Every document under a key of an index, in its order, read page by page: for work that may take its time. */
export async function* everyDoc<T>(
  store: Pick<Store, 'list'>,
  collection: Collection<T>,
  query: Omit<ListQuery, 'after' | 'limit'>,
): AsyncGenerator<Doc<T>> {
  for (let after: string | undefined; ; ) {
    const page = await store.list(collection, { ...query, limit: pageSize, ...(after ? { after } : {}) });
    yield* page.docs;
    if (!page.next) return;
    after = page.next;
  }
}
