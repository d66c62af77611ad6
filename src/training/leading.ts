import { dateAt } from '../core/business-time.ts';
import { csvLine, csvMark } from '../core/csv.ts';
import { UserError } from '../core/errors.ts';
import { type Op, type Person, type PersonId, put, type Say } from '../core/ports.ts';
import { finishInTurn, inSteps } from '../core/steps.ts';
import { isLearner } from './assigning.ts';
import {
  type Counted,
  type Counts,
  concerns,
  countAll,
  countGroups,
  type Group,
  type Grouping,
  isNameable,
  percentCurrent,
} from './coverage.ts';
import { escalations, toTell } from './escalation.ts';
import { recordOf } from './learner.ts';
import type { Roll } from './roll.ts';
import { escalated } from './saying.ts';
import { standingOf } from './standing.ts';
import { refusalTexts } from './texts.ts';
import type { TrackEdition } from './track.ts';
import { isLead, type Training, type TrainingDeps } from './training.ts';

/** A track in numbers. */
export interface TrackNumbers {
  readonly edition: TrackEdition;
  readonly starter: boolean;
  /** Undefined where fewer people than the smallest group have to do with it. */
  readonly counts: Counts | undefined;
}

/** Somebody who is late with a mandatory track. */
export interface LatePerson {
  readonly person: Person;
  /** ISO date: the last day on which it was in time. */
  readonly since: string;
}

/** What those who lead see and do. Managers see those who report to them; leads of training everybody. */
export interface Leading {
  /** Whose numbers somebody may see; undefined for nobody's. */
  scopeOf(person: PersonId): 'all' | 'team' | undefined;
  /** In steps, since it looks at everybody in every track. */
  numbers(reader: PersonId): Promise<readonly TrackNumbers[]>;
  groups(reader: PersonId, track: string, by: Grouping): readonly Group[];
  /** @throws UserError for who may not see them */
  late(reader: PersonId, track: string): readonly LatePerson[];
  /** That names were opened, for the audit trail. */
  openedNames(reader: PersonId, track: string, count: number): Promise<readonly Op[]>;
  /** The numbers as a table: grouped, never a name. */
  table(reader: PersonId): string;
  /** Tells the managers of those who are late. @throws UserError */
  escalate(lead: PersonId, track: string): Promise<Escalated>;
  /** Assigns a track to many. @throws UserError */
  assign(lead: PersonId, wanted: Assigning): Promise<Assigned>;
}

export interface Escalated {
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
  readonly managers: number;
  readonly late: number;
  /** Late, and nobody is known who leads them. */
  readonly unled: number;
}

export interface Assigning {
  readonly track: string;
  readonly people: readonly PersonId[];
  /** ISO date; without it the track's own time. */
  readonly due?: string;
  readonly mandatory: boolean;
  readonly note?: string;
}

export interface Assigned {
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
  readonly given: number;
  /** Guests, and people who left. */
  readonly left: number;
}

// People looked at in about a millisecond.
const atOnce = 200;

export function createLeading(deps: TrainingDeps, training: Training, roll: Roll): Leading {
  const { store, people, clock } = deps;

  function reportsOf(manager: PersonId): readonly Person[] {
    return [...people.all()].filter((one) => one.manager === manager && isLearner(one));
  }

  function scopeOf(person: PersonId): 'all' | 'team' | undefined {
    const reader = people.get(person);
    if (!reader || !isLearner(reader)) return undefined;
    if (isLead(reader)) return 'all';
    return reportsOf(person).length > 0 ? 'team' : undefined;
  }

  function inScope(reader: PersonId): readonly Person[] {
    switch (scopeOf(reader)) {
      case 'all':
        return [...people.all()].filter(isLearner);
      case 'team':
        return reportsOf(reader);
      default:
        return [];
    }
  }

  function countedFor({ track }: TrackEdition, person: Person): Counted | undefined {
    const record = recordOf(roll.get(person.id) ?? { tracks: {} }, track.id);
    if (!concerns(record)) return undefined;
    return { person, standing: standingOf(record, track, training.placeOf(person.id).today) };
  }

  function countedIn(edition: TrackEdition, everybody: readonly Person[]): readonly Counted[] {
    return everybody.flatMap((person) => countedFor(edition, person) ?? []);
  }

  const smallest = () => deps.organization().limits.smallestGroup;

  function editionOf(track: string): TrackEdition {
    const edition = training.find(track);
    if (!edition) throw new UserError(refusalTexts.gone);
    return edition;
  }

  async function numbers(reader: PersonId): Promise<readonly TrackNumbers[]> {
    const everybody = inScope(reader);
    const found: TrackNumbers[] = [];
    for (const edition of training.editions()) {
      const counted: Counted[] = [];
      const count = (person: Person) => {
        const one = countedFor(edition, person);
        if (one) counted.push(one);
      };
      await finishInTurn(inSteps(everybody, atOnce, count));
      const counts = counted.length < smallest() ? undefined : countAll(counted);
      found.push({ edition, starter: training.isStarter(edition), counts });
    }
    return found;
  }

  const groups: Leading['groups'] = (reader, track, by) =>
    countGroups(countedIn(editionOf(track), inScope(reader)), by, smallest());

  function late(reader: PersonId, id: string): readonly LatePerson[] {
    if (!scopeOf(reader)) throw new UserError(refusalTexts.noLead);
    const { track } = editionOf(id);
    return inScope(reader)
      .flatMap((person) => {
        const record = recordOf(roll.get(person.id) ?? { tracks: {} }, id);
        const standing = standingOf(record, track, training.placeOf(person.id).today);
        if (!isNameable(record, standing)) return [];
        const since = standing.is === 'overdue' ? standing.due : standing.is === 'expired' ? standing.until : '';
        return [{ person, since }];
      })
      .toSorted((a, b) =>
        a.since === b.since ? (a.person.name < b.person.name ? -1 : 1) : a.since < b.since ? -1 : 1,
      );
  }

  return {
    scopeOf,
    numbers,
    groups,
    late,
    openedNames: (reader, track, count) => training.noted(reader, 'names_opened', { track, count }),
    table(reader) {
      const head = ['track', 'group', 'name', 'people', 'current', 'due', 'overdue', 'expired', 'excused', 'percent'];
      const lines = training
        .editions()
        .flatMap((edition) =>
          (['unit', 'office'] as const).flatMap((by) =>
            groups(reader, edition.track.id, by).map(({ group, counts }) => [
              edition.track.id,
              by,
              typeof group === 'string' ? group : group.id,
              ...[counts.people, counts.current, counts.due, counts.overdue, counts.expired, counts.excused].map(
                String,
              ),
              String(percentCurrent(counts)),
            ]),
          ),
        );
      return csvMark + [head, ...lines].map(csvLine).join('');
    },
    async escalate(lead, track) {
      if (scopeOf(lead) !== 'all') throw new UserError(refusalTexts.noLead);
      const all = late(lead, track);
      const led = all.flatMap(({ person: { manager } }) => (manager && isThere(manager) ? [manager] : []));
      const managers = [...new Set(led)];
      if (managers.length === 0) throw new UserError(refusalTexts.nobodyToTell);
      const day = dateAt(clock.now(), 'UTC');
      const before = await store.get(escalations, track);
      const tell = toTell(managers, before, day);
      if (tell.now.length === 0) throw new UserError(refusalTexts.toldToday);
      return {
        ops: [
          put(escalations, track, tell.after, before?.version ?? 0),
          ...(await training.noted(lead, 'escalated', { track, managers: tell.now.length, late: all.length })),
        ],
        say: tell.now.map((manager) => escalated(manager, track, lead, day)),
        managers: tell.now.length,
        late: all.length,
        unled: all.length - led.length,
      };
    },
    async assign(lead, { track, people: wanted, due, mandatory, note }) {
      if (!isLead(people.get(lead))) throw new UserError(refusalTexts.noLead);
      const edition = editionOf(track);
      const there = [...new Set(wanted)].filter((id) => {
        const person = people.get(id);
        return person !== undefined && isLearner(person);
      });
      const ops: Op[] = [];
      const say: Say[] = [];
      for (const id of there) {
        const { today } = training.placeOf(id);
        const last = due ?? training.dueDate(id, edition);
        const counts = standingOf(
          recordOf((await training.learner(id)) ?? { tracks: {} }, track),
          edition.track,
          today,
        );
        const dated = counts.is === 'current' || counts.is === 'renew' ? {} : { due: last };
        const move = { kind: 'assign' as const, mandatory, ...dated, ...(note ? { note } : {}) };
        const done = await training.change(id, [{ track, move }], lead);
        ops.push(...done.ops);
        say.push(...done.say);
      }
      return { ops, say, given: there.length, left: new Set(wanted).size - there.length };
    },
  };

  function isThere(id: PersonId): boolean {
    const person = people.get(id);
    return person !== undefined && isLearner(person);
  }
}
