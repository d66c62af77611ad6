import type { Op, PersonId, Store } from '../core/ports.ts';
import { put, remove } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Absences } from './deciding.ts';
import { type Absence, absences } from './records.ts';

/** Who is away, in memory, following the store. */
export interface Away extends Absences {
  /** Reads everybody who is away now; called at the start, and by itself after every change. */
  load(): Promise<void>;
  /** Whose place somebody takes now. */
  representedBy(person: PersonId): readonly PersonId[];
  /** What somebody set, whether it has begun or not. */
  setBy(person: PersonId): Promise<Absence | undefined>;
  /** Operations that make somebody away; the delegate is not the person themselves. */
  set(person: PersonId, absence: Absence): Promise<readonly Op[]>;
  /** Operations that make somebody be back. */
  clear(person: PersonId): Promise<readonly Op[]>;
}

// More people than this are never away at once in a company that one process serves.
const most = 10_000;

export function createAway(store: Store, clock: Clock): Away {
  let known: ReadonlyMap<PersonId, Absence> = new Map();

  async function load(): Promise<void> {
    const { docs } = await store.list(absences, { key: 'all', from: clock.now(), order: 'asc', limit: most });
    known = new Map(docs.map(({ id, version: _, ...absence }) => [id as PersonId, absence]));
  }
  store.changed([absences.name], () => void load().catch(() => undefined));

  function of(person: PersonId) {
    const absence = known.get(person);
    const now = clock.now();
    if (!absence || now < absence.from || now >= absence.until) return undefined;
    return absence.delegate ? { delegate: absence.delegate } : {};
  }

  return {
    load,
    of,
    representedBy: (person) => [...known.keys()].filter((away) => of(away)?.delegate === person),
    setBy: async (person) => store.get(absences, person),
    async set(person, absence) {
      if (absence.delegate === person) throw new RangeError('nobody stands in for themselves');
      const before = await store.get(absences, person);
      return [put(absences, person, absence, before?.version ?? 0)];
    },
    async clear(person) {
      const before = await store.get(absences, person);
      return before ? [remove(absences, before)] : [];
    },
  };
}
