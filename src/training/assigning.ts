import { type Calendar, dateAfter, isWorkingDay } from '../core/business-time.ts';
import type { Person } from '../core/ports.ts';
import type { Learner } from './learner.ts';
import { recordOf } from './learner.ts';
import type { Move } from './moves.ts';
import { isStartedOver, standingOf } from './standing.ts';
import type { Rule, Track, TrackEdition } from './track.ts';

/** Training is for everybody who works here; guests and people who left have none. */
export function isLearner({ active, guest }: Pick<Person, 'active' | 'guest'>): boolean {
  return active && !guest;
}

/** Whether a rule names somebody. @param joined they came after training was set up */
export function fits(rule: Rule, person: Person, joined: boolean): boolean {
  if (rule.when === 'contributing' || (rule.when === 'joining' && !joined)) return false;
  const among = (list: readonly string[] | undefined, one: string | undefined) =>
    list === undefined || (one !== undefined && list.includes(one));
  return (
    holds(person, rule.roles) &&
    holds(person, rule.groups) &&
    among(rule.offices, person.office) &&
    among(rule.units, person.unit) &&
    among(rule.entities, person.entity)
  );
}

/** User groups are among the roles of a person, with their sign. */
function holds({ roles }: Person, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.some((role) => roles.includes(role));
}

function isNamed(track: Track, person: Person, joined: boolean): boolean {
  return track.for.some((rule) => fits(rule, person, joined));
}

/** The last day of something that is given today: the first working day that the time reaches. */
export function dueDate(today: string, duration: string, calendar: Calendar): string {
  const known = dueDates.get(calendar) ?? new Map<string, string>();
  dueDates.set(calendar, known);
  const key = `${today} ${duration}`;
  const due = known.get(key) ?? workingDay(dateAfter(today, duration), calendar);
  known.set(key, due);
  return due;
}

// A walk through everybody asks for the same few days thousands of times.
const dueDates = new WeakMap<Calendar, Map<string, string>>();

/** A day that nobody works on ends nothing: the next working day does. No break of a calendar is longer than a month. */
function workingDay(date: string, calendar: Calendar): string {
  let day = date;
  for (let days = 0; days < 31 && !isWorkingDay(day, calendar); days += 1) day = dateAfter(day, 'P1D');
  return day;
}

export interface RuleMove {
  readonly track: string;
  readonly move: Move;
}

/**
 * What the rules change for one person: what is new is assigned, what no rule asks for any more is taken back, and who has to
 * start over does. Nothing when the rules have been followed already, whatever else changed in a track: its text, its time.
 * @param editions tracks that are in force and adopted
 * @param today ISO date, by the person's clock
 */
export function followRules(
  learner: Pick<Learner, 'tracks' | 'joined'>,
  person: Person,
  editions: readonly TrackEdition[],
  { today, calendar }: { readonly today: string; readonly calendar: Calendar },
): readonly RuleMove[] {
  if (!isLearner(person)) return [];
  const known = new Set(editions.map(({ track }) => track.id));
  const gone = Object.entries(learner.tracks)
    .filter(([id, record]) => !known.has(id) && record.assigned?.by === 'rule')
    .map(([track]) => ({ track, move: { kind: 'withdraw' as const } }));
  return [
    ...gone,
    ...editions.flatMap(({ track }) => {
      const move = ruleMove(learner, person, track, { today, calendar });
      return move ? [{ track: track.id, move }] : [];
    }),
  ];
}

function ruleMove(
  learner: Pick<Learner, 'tracks' | 'joined'>,
  person: Person,
  track: Track,
  { today, calendar }: { readonly today: string; readonly calendar: Calendar },
): Move | undefined {
  const record = recordOf(learner, track.id);
  const { assigned, completed, exempt, off } = record;
  const due = () => dueDate(today, track.due, calendar);
  if (assigned && completed && isStartedOver(track, completed.on, today)) return { kind: 'restart', due: due() };
  if (!isNamed(track, person, learner.joined === true)) {
    return assigned?.by === 'rule' ? { kind: 'withdraw' } : undefined;
  }
  const { mandatory } = track;
  if (exempt && (exempt.until === undefined || today <= exempt.until)) return undefined;
  if (!assigned || exempt) {
    if (off && !mandatory) return undefined;
    const { is } = standingOf(record, track, today);
    const counts = is === 'current' || is === 'renew';
    return { kind: 'assign', mandatory, ...(counts ? {} : { due: due() }) };
  }
  // It became mandatory, or no longer is: what somebody has to do by when stays.
  if (assigned.by === 'rule' && assigned.mandatory !== mandatory) {
    return { kind: 'assign', mandatory, ...(assigned.due ? { due: assigned.due } : {}) };
  }
  return undefined;
}
