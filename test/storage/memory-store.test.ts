import { expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { testStoreContract } from './contract.ts';

testStoreContract({ name: 'memory', open: async (collections) => createMemoryStore(collections) });

it('refuses two collections of one name', () => {
  const named = { name: 'same', shape: 1, index: () => [] };

  const create = () => createMemoryStore([named, named].map((one) => ({ ...one, schema: z.unknown() })));

  expect(create).toThrow(RangeError);
});
