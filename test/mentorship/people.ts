import type { PersonId } from '../../src/core/ports.ts';
import type { Partner } from '../../src/mentorship/fit.ts';
import type { Guiding, Waiting } from '../../src/mentorship/matching.ts';
import type { Program } from '../../src/mentorship/program.ts';

export const dayMs = 24 * 60 * 60_000;

export const rules: Pick<Program, 'hours' | 'overlapHours' | 'weights'> = {
  hours: { from: '09:00', to: '18:00' },
  overlapHours: 2,
  weights: { skills: 60, overlap: 15, language: 10, hours: 5, room: 10 },
};

/** Somebody who speaks English in Berlin and knows Rust, unless told otherwise. */
export function partner(id: string, more: Partial<Omit<Partner, 'id'>> = {}): Partner {
  return {
    id: id as PersonId,
    topics: new Set(['rust']),
    languages: ['en'],
    offset: 60,
    hours: 4,
    blocked: new Set(),
    met: new Set(),
    ...more,
  };
}

/** Somebody who waits since the beginning of time, unless told otherwise. */
export function waiting(id: string, more: Partial<Omit<Waiting, 'id'>> = {}): Waiting {
  return { ...partner(id), since: 0, ...more };
}

/** Somebody who takes one mentee, unless told otherwise. */
export function guiding(id: string, more: Partial<Omit<Guiding, 'id'>> = {}): Guiding {
  return { ...partner(id), places: 1, free: 1, ...more };
}

export function ids(...names: readonly string[]): ReadonlySet<PersonId> {
  return new Set(names as readonly PersonId[]);
}

/** Numbers from 0 to 1 that are the same every time (a linear congruential generator, Numerical Recipes). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
