import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { testStoreContract } from './contract.ts';

let root: string;
const dirs = new WeakMap<Store, string>();
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'store-'));
});
afterAll(() => rm(root, { recursive: true }));

testStoreContract({
  name: 'file',
  async open(collections) {
    const dir = await mkdtemp(join(root, 'contract-'));
    await initStore(dir);
    const store = await openStore(dir, { collections });
    dirs.set(store, dir);
    return store;
  },
  async reopen(store, collections) {
    const dir = dirs.get(store) ?? '';
    await store.close();
    const reopened = await openStore(dir, { collections });
    dirs.set(reopened, dir);
    return reopened;
  },
});
