import type { AnyCollection, Store } from '../core/ports.ts';
import { createEngine } from './engine.ts';
import { countDocuments, createTables } from './tables.ts';

/**
 * A store that ends with the process: for tests and for trying things out.
 * @throws RangeError when two collections have the same name
 */
export function createMemoryStore(collections: readonly AnyCollection[]): Store {
  const tables = createTables(collections);
  const engine = createEngine(tables);

  return {
    ...engine.reads,
    changed: engine.changed,
    async commit(ops) {
      const transaction = engine.stage(ops);
      engine.apply([transaction]);
      return transaction.versions;
    },
    async restore(docs) {
      engine.assertAccepts();
      const backup = await engine.readBackup(docs);
      engine.assertEmpty();
      engine.apply([backup]);
    },
    async health() {
      return { ok: true, documents: countDocuments(tables) };
    },
    async close() {
      engine.refuse(new Error('The store is closed.'));
    },
  };
}
