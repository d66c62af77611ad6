import { z } from 'zod';
import { AuditHead } from '../core/audit.ts';
import { locales } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');
/** What a person wrote: as long as a Slack text field takes. */
const words = z.string().max(3_000);
const ms = z.number();

/** An answer of the form. */
export const Answer = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export type Answer = z.infer<typeof Answer>;
export const Answers = z.record(z.string(), Answer);
export type Answers = z.infer<typeof Answers>;

export const requestStates = [
  'in_review', // somebody is to decide
  'needs_info', // the requester is to answer: the clock stands
  'on_hold', // set aside by those who decide, with a reason: the clock stands
  'approved',
  'declined',
  'withdrawn',
  'expired', // an approval whose time is over, or a request that nobody answered for
  'revoked', // an approval taken back
  'superseded', // another request took its place
] as const;
export type RequestState = (typeof requestStates)[number];

/** A person's say in a stage. */
export const Vote = z.strictObject({
  by: person,
  /** The role in which it was decided, and for whom when the person stands in for somebody. */
  role: filled,
  inPlaceOf: person.exactOptional(),
  at: ms,
  /** `conflict`: has an interest in it and does not take part. */
  vote: z.enum(['approve', 'decline', 'abstain', 'conflict']),
});
export type Vote = z.infer<typeof Vote>;

/** Where a stage stands. */
export const StageState = z.strictObject({
  id: filled,
  state: z.enum(['waiting', 'open', 'approved', 'declined', 'skipped']),
  /** Who is asked, as it was when the stage opened or was handed on: a role is everybody who holds it at the click. */
  asked: z.array(z.union([z.strictObject({ role: filled }), z.strictObject({ person })])),
  votes: z.array(Vote),
  openedAt: ms.exactOptional(),
  /** The promise of this stage. */
  due: ms.exactOptional(),
  /** Working time left while the clock stands, ms. */
  rest: ms.exactOptional(),
  /** How often and when it was reminded of. */
  nudges: z.int().nonnegative(),
  escalated: z.boolean(),
});
export type StageState = z.infer<typeof StageState>;

/** Somebody did something with a request; `draft` names the form it came with, so that a form sent twice counts once. */
const moved = { at: ms, by: person, draft: filled.exactOptional() };

/** What can happen to a request. `by` is a person; what the system does carries the rule that it follows. */
export const RequestEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('submitted'), ...moved }),
  /** Approved by a rule, without a person: automatic or standing. */
  z.strictObject({ kind: z.literal('passed'), at: ms, rule: filled, standing: filled.exactOptional() }),
  z.strictObject({
    kind: z.literal('voted'),
    ...moved,
    stage: filled,
    role: filled,
    inPlaceOf: person.exactOptional(),
    vote: z.enum(['approve', 'decline', 'abstain', 'conflict']),
    /** For approvers' eyes and the requester's, except `privately`. */
    text: words,
    conditions: z.array(words),
    /** A reason code of the type, when declined. */
    reason: filled.exactOptional(),
  }),
  /** Said to nobody but those who decide: legal's private note. */
  z.strictObject({ kind: z.literal('noted'), ...moved, text: words, privately: z.boolean() }),
  z.strictObject({ kind: z.literal('asked'), ...moved, stage: filled, text: words }),
  z.strictObject({ kind: z.literal('answered'), ...moved, text: words, answers: Answers.exactOptional() }),
  z.strictObject({
    kind: z.literal('handed'),
    ...moved,
    stage: filled,
    from: person.exactOptional(),
    to: person,
    text: words,
  }),
  z.strictObject({ kind: z.literal('held'), ...moved, text: words, until: ms.exactOptional() }),
  z.strictObject({ kind: z.literal('resumed'), at: ms, by: person.exactOptional() }),
  z.strictObject({ kind: z.literal('withdrawn'), ...moved, text: words }),
  z.strictObject({ kind: z.literal('reopened'), ...moved, text: words }),
  z.strictObject({ kind: z.literal('revoked'), ...moved, text: words }),
  z.strictObject({ kind: z.literal('expired'), at: ms }),
  z.strictObject({ kind: z.literal('superseded'), ...moved, other: filled }),
  z.strictObject({ kind: z.literal('nudged'), at: ms, stage: filled, who: z.array(person) }),
  z.strictObject({ kind: z.literal('escalated'), at: ms, stage: filled, to: z.array(person) }),
  /** Nobody could decide any more: who is asked now. */
  z.strictObject({
    kind: z.literal('rerouted'),
    at: ms,
    stage: filled,
    because: z.enum(['left', 'empty', 'own', 'away']),
    to: z.array(person),
  }),
  /** After the approval: what became of it upstream. */
  z.strictObject({
    kind: z.literal('followed'),
    ...moved,
    link: filled.exactOptional(),
    outcome: z.enum(['submitted', 'merged', 'rejected', 'abandoned', 'released']).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('condition_met'), ...moved, condition: z.int().nonnegative(), text: words }),
]);
export type RequestEvent = z.infer<typeof RequestEvent>;

/** How a request goes: fixed when it was submitted, by the type and the policy of that moment. */
export const Way = z.strictObject({
  level: z.int().min(0).max(7),
  route: filled,
  /** Ids of the rules that raised it, the first found first. */
  raises: z.array(filled),
  /** Facts that were not known and so sent it to people. */
  unknown: z.array(filled),
  /** The rule that may pass it without a person. */
  automatic: filled.exactOptional(),
  /** The standing approval that covers it. */
  standing: filled.exactOptional(),
});
export type Way = z.infer<typeof Way>;

/** A request for approval. Everything from `state` on follows from `events`. */
export const Request = z.strictObject({
  number: z.int().positive(),
  type: filled,
  /** The edition of the type it was asked with and goes on under, even when the type changes. */
  form: filled,
  /** Versions of what it was judged by: license policy, organization. */
  versions: z.record(z.string(), z.string()),
  requester: person,
  locale: z.enum(locales),
  /** The conversation it was asked from, where the requester is told; absent = their direct messages. */
  where: z.strictObject({ channel: filled, thread: filled.exactOptional() }).exactOptional(),
  answers: Answers,
  /** What the system found out when it was submitted: license tier, training, known project. */
  facts: Answers,
  restricted: z.boolean(),
  way: Way,
  /** Moved here from elsewhere: nobody is asked or told. */
  imported: z.boolean().exactOptional(),
  state: z.enum(requestStates),
  since: ms,
  stages: z.array(StageState),
  /** The promise to the requester; moves only visibly. Absent once it is decided. */
  promised: ms.exactOptional(),
  /** The question that waits for the requester. */
  question: z.strictObject({ by: person, stage: filled, at: ms, text: words }).exactOptional(),
  conditions: z.array(z.strictObject({ text: words, by: person, met: ms.exactOptional() })),
  /** The approval ends, ms. */
  validUntil: ms.exactOptional(),
  outcome: z.enum(['submitted', 'merged', 'rejected', 'abandoned', 'released']).exactOptional(),
  link: filled.exactOptional(),
  wakeAt: ms.nullable(),
  events: z.array(RequestEvent).min(1),
  audit: AuditHead,
});
export type Request = z.infer<typeof Request>;

/** As people see it: `REQ-142`. */
export function numberOf(request: Pick<Request, 'number'>): string {
  return `REQ-${request.number}`;
}

/** As it is stored, so that ids sort by number. */
export function requestId(number: number): string {
  return String(number).padStart(8, '0');
}
