import { type AuditEntry, appendAudit } from '../core/audit.ts';
import type { Op, People, PersonId } from '../core/ports.ts';
import {
  isUnused,
  type ProjectTerms,
  postsOf,
  type Standing,
  standingSubject,
  termsChanged,
  whyRemoved,
} from './standing.ts';

const dayMs = 24 * 60 * 60_000;
/** Days before its end at which it is reminded of. Without an answer it lapses. */
const remindDays = [30, 14, 3] as const;

/** What happens to a standing approval. Those without `by` follow from people, projects and time. */
export type StandingChange =
  /** `elsewhere`: it was granted there, and is recorded now by `by`. */
  | {
      readonly kind: 'granted';
      readonly by: PersonId;
      readonly elsewhere?: { readonly at: number; readonly by: PersonId };
    }
  | { readonly kind: 'used'; readonly by: PersonId; readonly request: string }
  /** Somebody whom it covers says that it is still needed; whoever granted it decides. */
  | { readonly kind: 'needed'; readonly by: PersonId }
  | { readonly kind: 'renewed'; readonly by: PersonId; readonly until: number }
  /** The list of people as it is from now on. */
  | { readonly kind: 'listed'; readonly by: PersonId; readonly people: readonly PersonId[] }
  | { readonly kind: 'removed'; readonly person: PersonId; readonly because: 'left' | 'moved' }
  | { readonly kind: 'reminded'; readonly days: readonly number[] }
  | { readonly kind: 'ended'; readonly because: 'lapsed' | 'unused' | 'project' | 'nobody' }
  | { readonly kind: 'revoked'; readonly by: PersonId; readonly text: string };

/** What the look at a standing approval rests on. */
export interface StandingWorld {
  readonly people: People;
  /** What the register knows of a project; undefined when nothing. */
  terms(project: string): ProjectTerms | undefined;
}

/** Before its chain and its clock are there. */
export type StandingCourse = Omit<Standing, 'audit' | 'wakeAt'>;

/** The standing approval after something happened. */
function applyChange<T extends StandingCourse>(before: T, change: StandingChange, at: number, people: People): T {
  switch (change.kind) {
    case 'granted':
    case 'needed':
      return before;
    case 'used':
      return { ...before, lastUsed: at, uses: before.uses + 1 };
    case 'renewed':
      return { ...before, until: change.until, reminded: [], posts: postsOf(before.people, people) };
    case 'listed': {
      const known = before.people.filter((one) => change.people.includes(one));
      const fresh = change.people.filter((one) => !before.people.includes(one));
      const kept = Object.fromEntries(Object.entries(before.posts).filter(([id]) => known.some((one) => one === id)));
      return { ...before, people: [...known, ...fresh], posts: { ...kept, ...postsOf(fresh, people) } };
    }
    case 'removed': {
      const { [change.person]: _, ...posts } = before.posts;
      return { ...before, posts, people: before.people.filter((one) => one !== change.person) };
    }
    case 'reminded':
      return { ...before, reminded: [...before.reminded, ...change.days] };
    case 'ended':
      return { ...before, state: 'ended', ended: { at, because: change.because } };
    case 'revoked':
      return { ...before, state: 'ended', ended: { at, because: 'revoked', by: change.by } };
  }
}

/**
 * What has become of a standing approval since it was looked at last: people who left or moved, a project whose terms
 * changed, a year without use, an end that is near or here. Mostly nothing.
 */
export function changesSince(standing: Standing, world: StandingWorld, now: number): readonly StandingChange[] {
  if (standing.state === 'ended') return [];
  const over = whyOver(standing, world, now);
  if (over) return [{ kind: 'ended', because: over }];
  const removed = standing.people.flatMap((person): readonly StandingChange[] => {
    const because = whyRemoved(standing, person, world.people.get(person));
    return because ? [{ kind: 'removed', person, because }] : [];
  });
  // A list that is empty for now is filled again; an approval for nobody is none.
  const isEmpty = removed.length > 0 && removed.length === standing.people.length && standing.kind !== 'ccla';
  if (isEmpty) return [...removed, { kind: 'ended', because: 'nobody' }];
  const days = standing.until === undefined ? [] : remindersDue(standing, standing.until - now);
  return [...removed, ...(days.length > 0 ? [{ kind: 'reminded', days } as const] : [])];
}

function whyOver(standing: Standing, world: StandingWorld, now: number): 'lapsed' | 'project' | 'unused' | undefined {
  const { until, projects, kind } = standing;
  if (until !== undefined && now >= until) return 'lapsed';
  const [first = ''] = projects;
  if (kind !== 'ccla' && termsChanged(standing, world.terms(first))) return 'project';
  return isUnused(standing, now) ? 'unused' : undefined;
}

/** Reminders whose time has come and that were not said; after a pause they fold into one message. */
function remindersDue({ reminded, from, until = 0 }: Standing, leftMs: number): readonly number[] {
  // What is granted for less than a month is not reminded of on its first day.
  return remindDays.filter((days) => leftMs <= days * dayMs && until - from > days * dayMs && !reminded.includes(days));
}

/** When it is looked at next, ms: each day, since what it rests on changes anywhere; null when it is over. */
export function nextLook({ state, until, reminded }: StandingCourse, now: number): number | null {
  if (state === 'ended') return null;
  const ahead = until === undefined ? [] : remindDays.filter((days) => !reminded.includes(days));
  const moments = [
    now + dayMs,
    ...(until === undefined ? [] : [until]),
    ...ahead.map((days) => (until ?? 0) - days * dayMs),
  ];
  return Math.min(...moments.filter((moment) => moment > now));
}

/** A standing approval after changes, and their entries in its chain. @param before its state; without `audit` a new one */
export function withChanges(
  id: string,
  before: StandingCourse & { readonly audit?: Standing['audit'] },
  changes: readonly StandingChange[],
  at: number,
  people: People,
): { readonly value: Standing; readonly ops: readonly Op[] } {
  const { audit, ...begun } = before;
  const ops: Op[] = [];
  let head = audit;
  let course: StandingCourse = begun;
  for (const change of changes) {
    const after = applyChange(course, change, at, people);
    const appended = appendAudit(standingSubject(id), head, entryOf(change, head ? course : null, after, at));
    ops.push(...appended.ops);
    head = appended.head;
    course = after;
  }
  if (!head) throw new Error('a standing approval begins with being granted');
  return { value: { ...course, wakeAt: nextLook(course, at), audit: head }, ops };
}

function entryOf(change: StandingChange, from: StandingCourse | null, to: StandingCourse, at: number): AuditEntry {
  const text = change.kind === 'revoked' ? change.text : change.kind === 'granted' ? to.note : '';
  return {
    at,
    kind: change.kind,
    actor: 'by' in change ? change.by : 'system:standing',
    from: from && stateOf(from),
    to: { ...stateOf(to), ...detailsOf(change) },
    parts: text ? { text } : {},
  };
}

function stateOf({ state, kind, until, people, projects, terms }: StandingCourse) {
  return { state, kind, projects, people, terms, ...(until === undefined ? {} : { until }) };
}

function detailsOf(change: StandingChange): Readonly<Record<string, string | number | readonly number[]>> {
  switch (change.kind) {
    case 'granted':
      return change.elsewhere ? { happenedAt: change.elsewhere.at, grantedBy: change.elsewhere.by } : {};
    case 'used':
      return { request: change.request };
    case 'removed':
      return { person: change.person, because: change.because };
    case 'ended':
      return { because: change.because };
    case 'reminded':
      return { days: change.days };
    default:
      return {};
  }
}
