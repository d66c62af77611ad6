import { type Collection, type Op, put, type Store } from '../core/ports.ts';

/** Documents that one commit changes: each read once and written once, however many steps of the same change meet in it. */
export interface Changes {
  /** As the change has left it so far. */
  get<T extends object>(collection: Collection<T>, id: string): Promise<(T & { readonly id: string }) | undefined>;
  /** A document that was not read before is new. */
  set<T extends object>(collection: Collection<T>, id: string, value: T): void;
  ops(): readonly Op[];
}

export function openChanges(store: Pick<Store, 'get'>): Changes {
  const versions = new Map<string, number>();
  const values = new Map<string, unknown>();
  const written = new Map<string, Op>();

  return {
    async get<T extends object>(collection: Collection<T>, id: string) {
      const key = `${collection.name}/${id}`;
      if (!versions.has(key)) {
        const doc = await store.get(collection, id);
        versions.set(key, doc?.version ?? 0);
        if (doc) values.set(key, doc);
      }
      const value = values.get(key);
      return value === undefined ? undefined : { ...(value as T), id };
    },
    set<T extends object>(collection: Collection<T>, id: string, value: T) {
      const key = `${collection.name}/${id}`;
      values.set(key, value);
      written.set(key, put(collection, id, value, versions.get(key) ?? 0));
    },
    ops: () => [...written.values()],
  };
}
