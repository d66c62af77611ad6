import { appendAudit } from '../core/audit.ts';
import type { Op, PersonId } from '../core/ports.ts';
import { type Learner, learnerSubject, recordOf, type TrackRecord } from './learner.ts';
import { type Move, type MoveContext, move, type Refusal, supersededBy } from './moves.ts';

/** What becomes of a person's document. */
export interface Carried {
  readonly learner: Learner;
  /** Entries of the audit trail. */
  readonly ops: readonly Op[];
  readonly changes: readonly { readonly track: string; readonly before: TrackRecord; readonly after: TrackRecord }[];
  readonly refusals: readonly { readonly track: string; readonly refusal: Refusal }[];
}

/** Somebody of whom nothing is kept yet. @param now ms */
export function newLearner(now: number): Learner {
  return { since: now, greetAt: null, tracks: {}, past: [], changed: now };
}

/** Carries out one move after the other, each with its entries in the trail; what changes nothing is among the refusals. */
export function carryOut(
  person: PersonId,
  before: Learner,
  steps: readonly { readonly edition: MoveContext['edition']; readonly move: Move }[],
  at: Omit<MoveContext, 'edition'>,
): Carried {
  let learner: Learner = { ...before, changed: at.now };
  const ops: Op[] = [];
  const changes: { track: string; before: TrackRecord; after: TrackRecord }[] = [];
  const refusals: { track: string; refusal: Refusal }[] = [];
  for (const { edition, move: wanted } of steps) {
    const track = edition.track.id;
    const record = recordOf(learner, track);
    const moved = move(record, wanted, { ...at, edition });
    if (moved.refusal) {
      refusals.push({ track, refusal: moved.refusal });
      continue;
    }
    let head = learner.audit;
    for (const entry of moved.entries) {
      const appended = appendAudit(learnerSubject(person), head, entry);
      ops.push(...appended.ops);
      head = appended.head;
    }
    const superseded = supersededBy(record, moved.record);
    learner = {
      ...learner,
      tracks: { ...learner.tracks, [track]: moved.record },
      past: superseded ? [...learner.past, { ...superseded, track }] : learner.past,
      ...(head ? { audit: head } : {}),
    };
    changes.push({ track, before: record, after: moved.record });
  }
  return { learner, ops, changes, refusals };
}
