import type { AuditEntry } from '../core/audit.ts';
import { dateAfter } from '../core/business-time.ts';
import type { Completion, ModuleDone, TrackRecord } from './learner.ts';
import { isRenewal, isStartedOver, modulesLeft, type Standing, standingOf } from './standing.ts';
import { modulesFor, type TrackEdition } from './track.ts';

/** What can happen to somebody in a track. */
export type Move =
  /** By a rule, by a lead, or by oneself. */
  | { readonly kind: 'assign'; readonly due?: string; readonly mandatory: boolean; readonly note?: string }
  /** Nobody asks for it any more. What was completed stays. */
  | { readonly kind: 'withdraw' }
  | {
      readonly kind: 'finish';
      readonly module: string;
      readonly how: ModuleDone['how'];
      readonly score?: { readonly right: number; readonly of: number };
      readonly evidence?: string;
    }
  /** Completed elsewhere. */
  | { readonly kind: 'import'; readonly on: string; readonly until?: string; readonly evidence?: string }
  /** "Not for me". */
  | { readonly kind: 'decline'; readonly reason: string }
  | { readonly kind: 'exempt'; readonly reason: string; readonly until?: string }
  /** A lead says that it stays. */
  | { readonly kind: 'keep'; readonly reason: string }
  /** From the first module again, whatever counted before. */
  | { readonly kind: 'restart'; readonly due?: string };

export interface MoveContext {
  readonly edition: TrackEdition;
  /** ms */
  readonly now: number;
  /** ISO date, by the person's clock. */
  readonly today: string;
  /** Member id, or `rule`. */
  readonly actor: string;
}

/** Why a move does nothing. */
export type Refusal =
  | { readonly why: 'no_module' | 'done_already' | 'not_assigned' | 'not_asked' | 'in_future' | 'older' | 'ended' }
  /** It is in force, and not to be renewed yet. */
  | { readonly why: 'current'; readonly standing: Standing };

/** A change, and what the audit trail hears of it. */
interface Change {
  readonly record: TrackRecord;
  readonly entries: readonly AuditEntry[];
  readonly refusal?: never;
}
export type Moved = Change | { readonly record?: never; readonly entries?: never; readonly refusal: Refusal };

/** What a move makes of somebody's record. Pure; every change grows the trail by at least one entry. */
export function move(before: TrackRecord, wanted: Move, context: MoveContext): Moved {
  switch (wanted.kind) {
    case 'assign':
      return changed(before, assigned(before, wanted, context), wanted, context);
    case 'withdraw':
      if (!before.assigned) return { refusal: { why: 'not_assigned' } };
      return changed(before, without(before, 'assigned', 'asked'), wanted, context);
    case 'finish':
      return finish(before, wanted, context);
    case 'import':
      return importCompletion(before, wanted, context);
    case 'decline':
      return decline(before, wanted, context);
    case 'exempt': {
      if (wanted.until !== undefined && wanted.until < context.today) return { refusal: { why: 'ended' } };
      const { reason, until } = wanted;
      const exempt = { at: context.now, by: context.actor, reason, ...(until ? { until } : {}) };
      return changed(before, { ...without(before, 'asked'), exempt }, wanted, context);
    }
    case 'keep':
      if (!before.asked) return { refusal: { why: 'not_asked' } };
      return changed(before, kept(before, wanted, context), wanted, context);
    case 'restart':
      return changed(before, restarted(before, wanted, context), wanted, context);
  }
}

/** A lead's word and a new duty stand over what the person, or an older exemption, said before. */
function assigned(before: TrackRecord, wanted: Extract<Move, { kind: 'assign' }>, context: MoveContext): TrackRecord {
  const { due, mandatory, note } = wanted;
  return {
    ...without(before, 'off', 'exempt', 'asked'),
    assigned: {
      at: context.now,
      by: context.actor,
      mandatory,
      ...(due ? { due } : {}),
      ...(note ? { note } : {}),
    },
    round: before.round + 1,
  };
}

function finish(before: TrackRecord, wanted: Extract<Move, { kind: 'finish' }>, context: MoveContext): Moved {
  const { edition, now, today } = context;
  const { track } = edition;
  // Whoever is excused may learn all the same.
  const standing = standingOf(without(before, 'exempt'), track, today);
  if (standing.is === 'current') return { refusal: { why: 'current', standing } };
  const needed = modulesFor(track, isRenewal(before, track, today));
  if (!needed.some(({ id }) => id === wanted.module)) return { refusal: { why: 'no_module' } };
  if (Object.hasOwn(before.done, wanted.module)) return { refusal: { why: 'done_already' } };

  const { how, score, evidence } = wanted;
  const one = { at: now, how, edition: edition.hash, ...(score ? { score } : {}), ...(evidence ? { evidence } : {}) };
  const after = { ...before, done: { ...before.done, [wanted.module]: one } };
  const went = changed(before, after, wanted, context);
  if (modulesLeft(after, track, today).length > 0) return went;

  const completed: Completion = {
    on: today,
    at: now,
    how: 'modules',
    edition: edition.hash,
    // Modules that left the track meanwhile were done on another text, and are no part of this completion.
    modules: Object.fromEntries(Object.entries(after.done).filter(([id]) => needed.some((one) => one.id === id))),
    ...(track.valid ? { until: dateAfter(today, track.valid) } : {}),
  };
  const record = completedBy(after, completed);
  return { record, entries: [...went.entries, entryOf('completed', after, record, context)] };
}

function importCompletion(before: TrackRecord, wanted: Extract<Move, { kind: 'import' }>, context: MoveContext): Moved {
  const { edition, now, today, actor } = context;
  const { track } = edition;
  const { on, evidence } = wanted;
  if (on > today) return { refusal: { why: 'in_future' } };
  if (isStartedOver(track, on, today) || (before.completed && before.completed.on >= on)) {
    return { refusal: { why: 'older' } };
  }
  const until = wanted.until ?? (track.valid ? dateAfter(on, track.valid) : undefined);
  if (until !== undefined && until < today) return { refusal: { why: 'ended' } };
  const completed: Completion = {
    on,
    at: now,
    how: 'import',
    edition: edition.hash,
    modules: {},
    by: actor,
    ...(until ? { until } : {}),
    ...(evidence ? { evidence } : {}),
  };
  return changed(before, completedBy(before, completed), wanted, context);
}

/** What counts now takes the place of what counted before; an open question about being excused is answered by it. */
function completedBy(before: TrackRecord, completed: Completion): TrackRecord {
  return { ...without(before, 'asked', 'off'), completed, done: {}, round: before.round + 1 };
}

/** What is mandatory is for a lead to decide; everything else is over at once. */
function decline(before: TrackRecord, wanted: Extract<Move, { kind: 'decline' }>, context: MoveContext): Moved {
  const { now, actor, edition, today } = context;
  const { assigned, asked } = before;
  if (!assigned) return { refusal: { why: 'not_assigned' } };
  const standing = standingOf(before, edition.track, today);
  if (standing.is === 'exempt') return { refusal: { why: 'current', standing } };
  const said = { at: now, reason: wanted.reason };
  if (assigned.mandatory) {
    if (asked) return { refusal: { why: 'done_already' } };
    return changed(before, { ...before, asked: said }, wanted, context);
  }
  const rest = without(before, 'assigned');
  // What one chose oneself one may drop without a word, and choose again.
  const isOwn = assigned.by === actor;
  return changed(before, isOwn ? rest : { ...rest, off: said }, wanted, context);
}

function kept(
  before: TrackRecord,
  { reason }: Extract<Move, { kind: 'keep' }>,
  { now, actor }: MoveContext,
): TrackRecord {
  return { ...without(before, 'asked'), kept: { at: now, by: actor, reason } };
}

function restarted(before: TrackRecord, wanted: Extract<Move, { kind: 'restart' }>, context: MoveContext): TrackRecord {
  const { assigned } = before;
  const { due } = wanted;
  const again = {
    at: context.now,
    by: assigned?.by ?? context.actor,
    mandatory: assigned?.mandatory ?? false,
    ...(due ? { due } : {}),
  };
  return {
    ...without(before, 'completed', 'asked', 'off', 'exempt'),
    assigned: again,
    done: {},
    round: before.round + 1,
  };
}

function without<K extends 'assigned' | 'asked' | 'exempt' | 'off' | 'completed'>(
  record: TrackRecord,
  ...gone: readonly K[]
): TrackRecord {
  const rest = { ...record };
  for (const one of gone) delete rest[one];
  return rest;
}

function changed(before: TrackRecord, record: TrackRecord, wanted: Move, context: MoveContext): Change {
  return { record, entries: [entryOf(wanted.kind, before, record, context, wanted)] };
}

/** Keys, dates and numbers go into the chain; what people wrote lies beside it. */
function entryOf(
  kind: Move['kind'] | 'completed',
  before: TrackRecord,
  after: TrackRecord,
  { edition, now, today, actor }: MoveContext,
  wanted?: Move,
): AuditEntry {
  const { track, hash } = edition;
  const said = wanted && 'reason' in wanted ? wanted.reason : wanted && 'note' in wanted ? wanted.note : undefined;
  const evidence = wanted && 'evidence' in wanted ? wanted.evidence : undefined;
  return {
    at: now,
    kind,
    actor,
    from: { track: track.id, ...stateOf(before, track, today) },
    to: { track: track.id, ...stateOf(after, track, today), ...detailsOf(wanted) },
    versions: { track: hash },
    ...(said || evidence ? { parts: { ...(said ? { said } : {}), ...(evidence ? { evidence } : {}) } } : {}),
  };
}

function stateOf(record: TrackRecord, track: TrackEdition['track'], today: string) {
  return { ...standingOf(record, track, today), ...(record.completed ? { completedOn: record.completed.on } : {}) };
}

function detailsOf(wanted: Move | undefined) {
  switch (wanted?.kind) {
    case 'assign':
      return { mandatory: wanted.mandatory };
    case 'finish':
      return { module: wanted.module, how: wanted.how, ...(wanted.score ? { score: { ...wanted.score } } : {}) };
    default:
      return {};
  }
}

/** What somebody completed before and what counts now differ: the older one is kept beside. */
export function supersededBy(before: TrackRecord, after: TrackRecord): Completion | undefined {
  return before.completed && before.completed !== after.completed ? before.completed : undefined;
}
