import type { Person } from '../core/ports.ts';
import type { TrackRecord } from './learner.ts';
import { isLate, type Standing } from './standing.ts';

/** How many people of a group stand where. Everybody to whom the track is assigned, or who has completed it. */
export interface Counts {
  readonly people: number;
  /** In force, what is to be renewed soon among it. */
  readonly current: number;
  readonly due: number;
  readonly overdue: number;
  readonly expired: number;
  /** Excused, or asking to be. */
  readonly excused: number;
}

/** One person in one track, as far as counting goes. */
export interface Counted {
  readonly person: Pick<Person, 'office' | 'unit'>;
  readonly standing: Standing;
}

export type Grouping = 'unit' | 'office';

/** A line of the numbers. `rest`: groups that are too small to be shown alone, together. */
export interface Group {
  readonly group: { readonly id: string } | 'none' | 'rest';
  readonly counts: Counts;
}

/** Whether a track concerns somebody: for who never had to do with it nothing is counted. */
export function concerns({ assigned, completed, exempt, asked }: TrackRecord): boolean {
  return Boolean(assigned ?? completed ?? exempt ?? asked);
}

export function countAll(all: readonly Counted[]): Counts {
  const among = (...kinds: readonly Standing['is'][]) =>
    all.filter(({ standing }) => kinds.includes(standing.is)).length;
  return {
    people: all.length,
    current: among('current', 'renew'),
    due: among('due', 'free', 'off'),
    overdue: among('overdue'),
    expired: among('expired'),
    excused: among('exempt', 'asked'),
  };
}

/**
 * The numbers by group. A group below `smallest` could point at a person, so the small ones are counted together; and because
 * one small group would follow from the total and the others, the smallest of those joins it until they are enough.
 * @returns the largest first; nothing where all together are fewer than `smallest`
 */
export function countGroups(all: readonly Counted[], by: Grouping, smallest: number): readonly Group[] {
  if (all.length < smallest) return [];
  const groups = new Map<string | undefined, Counted[]>();
  for (const one of all) {
    const key = one.person[by];
    const members = groups.get(key);
    if (members) members.push(one);
    else groups.set(key, [one]);
  }
  const bySize = [...groups].toSorted(([a, x], [b, y]) => y.length - x.length || (String(a) < String(b) ? -1 : 1));
  const shown = bySize.filter(([, members]) => members.length >= smallest);
  const rest = bySize.filter(([, members]) => members.length < smallest).flatMap(([, members]) => members);
  while (rest.length > 0 && rest.length < smallest) {
    const smallestShown = shown.pop();
    if (!smallestShown) break;
    rest.push(...smallestShown[1]);
  }
  return [
    ...shown.map(([id, members]): Group => ({ group: id === undefined ? 'none' : { id }, counts: countAll(members) })),
    ...(rest.length > 0 ? [{ group: 'rest' as const, counts: countAll(rest) }] : []),
  ];
}

/** Whole percent of people who may be counted on; what is excused is left out. Rounded down: 99.6 is not all. */
export function percentCurrent({ people, current, excused }: Counts): number {
  const asked = people - excused;
  return asked === 0 ? 100 : Math.floor((current * 100) / asked);
}

/** Whether a name may be shown: mandatory, assigned, and late. */
export function isNameable({ assigned }: TrackRecord, standing: Standing): boolean {
  return assigned?.mandatory === true && isLate(standing);
}
