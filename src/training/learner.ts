import { z } from 'zod';
import { AuditHead, type AuditSubjects } from '../core/audit.ts';
import type { Collection, Doc } from '../core/ports.ts';

const filled = z.string().min(1);
const isoDate = z.iso.date();
/** What a person wrote: as long as a field of ours takes. */
const note = z.string().max(1_000);
const url = z.string().max(2_000);
const Score = z.strictObject({ right: z.int().nonnegative(), of: z.int().positive() });

/** A module that was done in the round at hand. */
export const ModuleDone = z.strictObject({
  at: z.number(),
  how: z.enum(['attest', 'quiz', 'evidence']),
  /** Hash of the track's file that it was done on. */
  edition: filled,
  score: Score.exactOptional(),
  evidence: url.exactOptional(),
});
export type ModuleDone = z.infer<typeof ModuleDone>;

/** That somebody completed a track: what is shown to an auditor. */
export const Completion = z.strictObject({
  /** The day, by the person's clock. */
  on: isoDate,
  /** When it was written down, ms. */
  at: z.number(),
  /** The last day on which it counts; absent where it does for ever. */
  until: isoDate.exactOptional(),
  /** `import`: taken over from another learning system. */
  how: z.enum(['modules', 'import']),
  edition: filled,
  /** What each module came to. */
  modules: z.record(z.string(), ModuleDone),
  evidence: url.exactOptional(),
  /** Who took it over. */
  by: filled.exactOptional(),
});
export type Completion = z.infer<typeof Completion>;

/** Where one person stands in one track. What that means on a given day says `standingOf`. */
export const TrackRecord = z.strictObject({
  assigned: z
    .strictObject({
      at: z.number(),
      /** `rule`, or the member id of a lead or of the person. */
      by: filled,
      /** The last day; a working day. Absent where it was current when it was assigned. */
      due: isoDate.exactOptional(),
      mandatory: z.boolean(),
      note: note.exactOptional(),
    })
    .exactOptional(),
  /** Modules of the round at hand. */
  done: z.record(z.string(), ModuleDone),
  completed: Completion.exactOptional(),
  exempt: z.strictObject({ at: z.number(), by: filled, reason: note, until: isoDate.exactOptional() }).exactOptional(),
  /** Asked to be excused from what is mandatory: a lead decides. */
  asked: z.strictObject({ at: z.number(), reason: note }).exactOptional(),
  /** A lead said that it stays. */
  kept: z.strictObject({ at: z.number(), by: filled, reason: note }).exactOptional(),
  /** "Not for me": no rule assigns it again, unless it becomes mandatory. */
  off: z.strictObject({ at: z.number(), reason: note }).exactOptional(),
  /** Grows with each assignment and each completion: what is due has another name each time. */
  round: z.int().nonnegative(),
});
export type TrackRecord = z.infer<typeof TrackRecord>;

/** A person as training knows them; the id of the document is theirs. */
export const Learner = z.strictObject({
  /** When we first saw them, ms. */
  since: z.number(),
  /** They came after training was set up: rules for joiners count. */
  joined: z.literal(true).exactOptional(),
  /** Completions came in from elsewhere, and the engine of reminders has not heard of it. */
  unannounced: z.literal(true).exactOptional(),
  /** When they are welcomed, ms; null once they were. */
  greetAt: z.number().nullable(),
  tracks: z.record(z.string(), TrackRecord),
  /** What was completed before what counts now, oldest first. */
  past: z.array(Completion.extend({ track: filled })),
  /** When it last changed, ms. */
  changed: z.number(),
  audit: AuditHead.exactOptional(),
});
export type Learner = z.infer<typeof Learner>;
export type KnownLearner = Learner & { readonly id: string };

const dayMs = 24 * 60 * 60_000;
/** Six years: what somebody was taught is asked for in a dispute, and claims from a contract are over by then. */
export const keepDays = 2_192;

/** When something of it is to be forgotten, ms; null while there is nothing. What counts now is asked about anew after that time, too. */
export function forgetAt({ past, tracks, changed }: Pick<Learner, 'past' | 'tracks' | 'changed'>): number | null {
  const oldest = past.map(({ at }) => at);
  const all = Object.keys(tracks).length > 0 ? [...oldest, changed] : oldest;
  return all.length === 0 ? null : Math.min(...all) + keepDays * dayMs;
}

/** What is still to be kept: of somebody who left, nothing once its time is over. @param isHere they work here */
export function remembered(learner: Learner, isHere: boolean, now: number): Learner {
  const isOver = !isHere && learner.changed + keepDays * dayMs <= now;
  const past = learner.past.filter(({ at }) => at + keepDays * dayMs > now);
  return { ...learner, past: isOver ? [] : past, tracks: isOver ? {} : learner.tracks };
}

export const learners: Collection<Learner> = {
  name: 'learner',
  schema: Learner,
  shape: 1,
  index: (learner) => [{ key: 'changed', at: learner.changed }],
  due(learner) {
    const times = [learner.greetAt, forgetAt(learner)].filter((at) => at !== null);
    return times.length > 0 ? Math.min(...times) : null;
  },
  retain: { days: keepDays, end: 'pseudonymize' },
  personal: ['tracks', 'past'],
};

export function learnerSubject(person: string): string {
  return `training/${person}`;
}

/** A chain for everybody to whom something happened. */
export const learnerAudit: AuditSubjects<Learner> = {
  collection: learners,
  subjectOf: (doc: Doc<Learner>) => doc.audit && learnerSubject(doc.id),
  headOf: (doc) => doc.audit,
};

/** Before anything happened. */
export const freshRecord: TrackRecord = { done: {}, round: 0 };

export function recordOf({ tracks }: Pick<Learner, 'tracks'>, track: string): TrackRecord {
  return tracks[track] ?? freshRecord;
}
