import { z } from 'zod';
import type { Collection, Op } from '../../src/core/ports.ts';
import { put } from '../../src/core/ports.ts';

/** What the handlers of these tests keep: one letter for each thing that they did. */
const Letter = z.strictObject({ text: z.string() });

export const letters: Collection<z.infer<typeof Letter>> = {
  name: 'letter',
  schema: Letter,
  shape: 1,
  index: () => [{ key: 'all' }],
};

/** Keeps that something was done; doing it twice makes two letters, unless the id is the same. */
export function keep(id: string, text = 'done'): Op {
  return put(letters, id, { text }, 0);
}
