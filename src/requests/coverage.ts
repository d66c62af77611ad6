import { csvLine, csvMark } from '../core/csv.ts';
import type { Person, PersonId } from '../core/ports.ts';
import { isThere } from './deciding.ts';
import { projectKey } from './keys.ts';
import { type KnownStanding, standingNumber } from './standing.ts';

const columns = [
  'agreement',
  'projects',
  'person',
  'name',
  'email',
  'github',
  'standing',
  'listedSince',
  'until',
] as const;

/** Somebody on a signed list, as far as they are known. */
export interface Covered {
  readonly name: string;
  readonly email?: string;
  readonly github?: string;
  /** Works here and may contribute for the company. */
  readonly isThere: boolean;
}

/** What the directory knows of somebody; undefined for whoever it does not know. */
export function coveredFrom(person: Person | undefined): Covered | undefined {
  if (!person) return undefined;
  const { name, email, github } = person;
  return { name, ...(email ? { email } : {}), ...(github ? { github } : {}), isThere: isThere(person) };
}

/** The name of the file for whoever asks for it in Slack. */
export const coverageFile = 'contributor-agreements.csv';

/**
 * Who is covered by signed corporate agreements: a line for each person on each list, whoever has left flagged, and one for a
 * list with nobody on it. What the other side of the agreement is sent, and is compared with what it has.
 * @param project as people write it; absent: all
 */
export function* coverageCsv(
  lists: Iterable<KnownStanding>,
  personOf: (id: PersonId) => Covered | undefined,
  project?: string,
): Generator<string> {
  yield `${csvMark}${csvLine(columns)}`;
  for (const list of lists) {
    if (list.kind !== 'ccla' || list.state !== 'active') continue;
    if (project !== undefined && !list.projects.some((one) => projectKey(one) === projectKey(project))) continue;
    for (const person of list.people.length > 0 ? list.people : [undefined])
      yield csvLine(rowOf(list, person, personOf));
  }
}

function rowOf(
  list: KnownStanding,
  person: PersonId | undefined,
  personOf: (id: PersonId) => Covered | undefined,
): readonly string[] {
  const known = person && personOf(person);
  return [
    standingNumber(list),
    list.projects.join(' '),
    person ?? '',
    known?.name ?? '',
    known?.email ?? '',
    known?.github ?? '',
    person === undefined ? 'nobody listed' : known?.isThere ? 'covered' : 'left',
    dayOf(list.from),
    list.until === undefined ? '' : dayOf(list.until),
  ];
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
