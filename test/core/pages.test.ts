import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { everyDoc } from '../../src/core/pages.ts';
import { type Collection, put } from '../../src/core/ports.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';

const Note = z.strictObject({ n: z.number() });
type Note = z.infer<typeof Note>;
const notes: Collection<Note> = {
  name: 'notes',
  schema: Note,
  shape: 1,
  index: ({ n }) => [{ key: n % 2 === 0 ? 'even' : 'odd', at: n }],
};

describe('everything under a key', () => {
  it.each([0, 1, 500, 501, 1_234])('comes once, in its order: %i documents', async (count) => {
    const store = createMemoryStore([notes]);
    for (let n = 0; n < 2 * count; n += 1) await store.commit([put(notes, `n${n}`, { n }, 0)]);

    const found: number[] = [];
    for await (const { n } of everyDoc(store, notes, { key: 'even', order: 'desc' })) found.push(n);

    expect(found).toEqual(Array.from({ length: count }, (_, i) => 2 * (count - 1 - i)));
  });
});
