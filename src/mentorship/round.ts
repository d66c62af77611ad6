import { z } from 'zod';
import type { Collection } from '../core/ports.ts';

/** When people are matched next, and what came of it the last time. */
export const Round = z.strictObject({
  /** ms */
  next: z.number(),
  last: z
    .strictObject({ at: z.number(), waiting: z.int().nonnegative(), pairs: z.int().nonnegative() })
    .exactOptional(),
});
export type Round = z.infer<typeof Round>;

/** There is one. */
export const roundId = 'round';

export const rounds: Collection<Round> = {
  name: 'mentorship_round',
  schema: Round,
  shape: 1,
  index: () => [],
  due: ({ next }) => next,
};
