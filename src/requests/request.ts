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
const Answer = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
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

/**
 * Who is asked. A role is everybody who holds it at the click. A person is asked by name, `as` the role whose part they
 * take: with `manager` as long as they are the requester's, `inPlaceOf` as long as that person is away and named them.
 */
export const Asked = z.union([
  z.strictObject({ role: filled }),
  z.strictObject({ person, as: filled.exactOptional(), inPlaceOf: person.exactOptional() }),
]);
export type Asked = z.infer<typeof Asked>;

/** A channel, a thread in it, or a person's conversation with us. */
export const Spot = z.union([
  z.strictObject({ channel: filled, thread: filled.exactOptional() }),
  z.strictObject({ person }),
]);
export type Spot = z.infer<typeof Spot>;

/** A stage's promise, and when it is reminded of next, ms; without `nudgeAt` no more. */
export const StageClock = z.strictObject({ due: ms, nudgeAt: ms.exactOptional() });
export type StageClock = z.infer<typeof StageClock>;

/** Working time left of a stage's promise while the clock stands, ms. */
export const StageRest = z.strictObject({ due: ms, nudge: ms.exactOptional() });
export type StageRest = z.infer<typeof StageRest>;

/** Where a stage stands. */
export const StageState = z.strictObject({
  id: filled,
  state: z.enum(['waiting', 'open', 'approved', 'declined', 'skipped']),
  /** Who is asked, as it was when the stage opened or was handed on. */
  asked: z.array(Asked),
  votes: z.array(Vote),
  openedAt: ms.exactOptional(),
  /** When it was decided. */
  settledAt: ms.exactOptional(),
  /** There while the clock runs. */
  clock: StageClock.exactOptional(),
  /** There while the clock stands. */
  rest: StageRest.exactOptional(),
  /** How often it was reminded of. */
  nudges: z.int().nonnegative(),
  escalated: z.boolean(),
});
export type StageState = z.infer<typeof StageState>;

/** Somebody did something with a request; `draft` names the form it came with, so that a form sent twice counts once. */
const moved = { at: ms, by: person, draft: filled.exactOptional() };
const outcome = z.enum(['submitted', 'merged', 'rejected', 'abandoned', 'released']);
const clocks = z.record(z.string(), StageClock);
const rests = z.record(z.string(), StageRest);

/**
 * What can happen to a request. Each carries all that the state after it needs, so that replaying them gives the state
 * without a calendar or a directory. Those with `by` were done by a person; the others by the system, by its rules.
 */
export const RequestEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('submitted'), ...moved }),
  /** Needs nobody: automatic, or a standing approval covers it. `approved` follows. */
  z.strictObject({ kind: z.literal('passed'), at: ms, rule: filled, standing: filled.exactOptional() }),
  /** A stage is asked. `promised` when the promise to the requester was made or had to move. */
  z.strictObject({
    kind: z.literal('opened'),
    at: ms,
    stage: filled,
    asked: z.array(Asked),
    clock: StageClock,
    promised: ms.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('voted'),
    ...moved,
    stage: filled,
    role: filled,
    inPlaceOf: person.exactOptional(),
    vote: z.enum(['approve', 'decline', 'abstain', 'conflict']),
    text: words,
    conditions: z.array(words),
    /** A reason code of the type, when declined. */
    reason: filled.exactOptional(),
  }),
  /** A stage is over. `overruled`: an appeal against its decline was granted. */
  z.strictObject({
    kind: z.literal('settled'),
    at: ms,
    stage: filled,
    outcome: z.enum(['approved', 'declined', 'skipped', 'overruled']),
  }),
  z.strictObject({ kind: z.literal('approved'), at: ms, validUntil: ms.exactOptional() }),
  z.strictObject({ kind: z.literal('declined'), at: ms, stage: filled, reason: filled.exactOptional() }),
  /** Added by the requester or by those who decide; privately: legal's note, for those who decide only. */
  z.strictObject({ kind: z.literal('noted'), ...moved, text: words, privately: z.boolean() }),
  /** A question to the requester: all clocks stand. */
  z.strictObject({
    kind: z.literal('asked'),
    ...moved,
    stage: filled,
    text: words,
    /** The fields of the form that it is about: the requester can correct them with the answer. */
    fields: z.array(filled).exactOptional(),
    rests,
  }),
  /**
   * Answers every open question; the clocks run on. `answers`: the fields that changed with it, `before` what they held;
   * `keys` and `facts` as they are with them.
   */
  z.strictObject({
    kind: z.literal('answered'),
    ...moved,
    text: words,
    answers: Answers.exactOptional(),
    before: Answers.exactOptional(),
    keys: z.array(filled).exactOptional(),
    facts: Answers.exactOptional(),
    clocks,
    promised: ms.exactOptional(),
  }),
  /** Somebody decided without waiting for the answer to their own question: the clocks run on. */
  z.strictObject({ kind: z.literal('unasked'), at: ms, stage: filled, clocks, promised: ms.exactOptional() }),
  /** Changed answers set off red flags: more stages, a higher level. */
  z.strictObject({
    kind: z.literal('raised'),
    at: ms,
    level: z.int().min(0).max(7),
    raises: z.array(filled),
    stages: z.array(filled),
    restricted: z.boolean(),
  }),
  /** `asked`: everybody who is asked from now on. */
  z.strictObject({
    kind: z.literal('handed'),
    ...moved,
    stage: filled,
    to: person,
    asked: z.array(Asked),
    text: words,
  }),
  z.strictObject({ kind: z.literal('held'), ...moved, text: words, until: ms, rests }),
  /** Without `by` its time was over. */
  z.strictObject({
    kind: z.literal('resumed'),
    at: ms,
    by: person.exactOptional(),
    clocks,
    promised: ms.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('withdrawn'), ...moved, text: words }),
  /** The requester asks for a second look at a decline; `stage` hears it. */
  z.strictObject({ kind: z.literal('appealed'), ...moved, stage: filled, text: words }),
  /** Everything is asked anew, except what is approved already. */
  z.strictObject({ kind: z.literal('reopened'), ...moved, text: words }),
  z.strictObject({ kind: z.literal('revoked'), ...moved, text: words }),
  /** `lapsed`: the approval's time is over. `unanswered`: the requester answered no question for long. */
  z.strictObject({ kind: z.literal('expired'), at: ms, because: z.enum(['lapsed', 'unanswered']) }),
  z.strictObject({ kind: z.literal('superseded'), ...moved, other: filled }),
  /** Those who are waited for were reminded. */
  z.strictObject({ kind: z.literal('nudged'), at: ms, stage: filled, who: z.array(person), next: ms.exactOptional() }),
  /** The promise of a stage is over: told once to those who lead. */
  z.strictObject({
    kind: z.literal('escalated'),
    at: ms,
    stage: filled,
    to: z.array(person),
    next: ms.exactOptional(),
  }),
  /** The requester was reminded: of a question, or that the approval ends in so many days. */
  z.strictObject({ kind: z.literal('reminded'), at: ms, of: z.enum(['question', 'end']), days: z.int().nonnegative() }),
  /** Nobody of those who were asked can decide: who is asked now. */
  z.strictObject({
    kind: z.literal('rerouted'),
    at: ms,
    stage: filled,
    because: z.enum(['left', 'empty', 'own', 'away', 'manager']),
    asked: z.array(Asked),
  }),
  /**
   * An answer was corrected on which the say of some rested: it counts no more, and their stage is asked again. With `by` they took it
   * back themselves.
   */
  z.strictObject({
    kind: z.literal('recalled'),
    at: ms,
    by: person.exactOptional(),
    stage: filled,
    who: z.array(person).min(1),
  }),
  /** A decision that was made elsewhere, written down afterwards; the decider is told. */
  z.strictObject({
    kind: z.literal('recorded'),
    ...moved,
    decision: z.enum(['approved', 'declined']),
    decider: z.union([z.strictObject({ person }), z.strictObject({ name: words })]),
    decidedAt: ms,
    evidence: words,
    validUntil: ms.exactOptional(),
    reason: filled.exactOptional(),
  }),
  /** After the approval: what became of it upstream. */
  z.strictObject({
    kind: z.literal('followed'),
    ...moved,
    link: filled.exactOptional(),
    outcome: outcome.exactOptional(),
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

/** A request for approval. Everything from `restricted` on follows from how it began and from `events`. */
export const Request = z.strictObject({
  number: z.int().positive(),
  type: filled,
  /** The edition of the type it was asked with and goes on under, even when the type changes. */
  form: filled,
  /** Versions of what it was judged by: license policy, organization. */
  versions: z.record(z.string(), z.string()),
  requester: person,
  /** Whom the requester named as their manager, since nobody else knew. */
  manager: person.exactOptional(),
  /** Who could read the change when it was submitted, the best fit first; absent where the role `mentor` is asked. */
  mentors: z.array(person).min(1).exactOptional(),
  locale: z.enum(locales),
  /** The conversation it was asked from, where the requester is told; absent = their direct messages. */
  where: z.strictObject({ channel: filled, thread: filled.exactOptional() }).exactOptional(),
  /** The draft it was submitted with: sent again, it is the same request. */
  draft: filled,
  answers: Answers,
  /** What the system found out when it was submitted, or corrected: license tier, training, known project. */
  facts: Answers,
  /** Index keys from its answers, by the type that it was submitted with: `project:...`, `license:...`, `same:...`. */
  keys: z.array(filled),
  /** Seen by the requester, those who decide and auditors only. */
  restricted: z.boolean(),
  way: Way,
  /** Moved here from elsewhere: nobody is asked or told, unless it is taken up again. */
  imported: z.boolean().exactOptional(),
  /** Its id there. */
  external: filled.exactOptional(),
  state: z.enum(requestStates),
  since: ms,
  stages: z.array(StageState),
  /** The promise to the requester; moves only visibly. Absent while the clock stands and once it is decided. */
  promised: ms.exactOptional(),
  /** Questions that wait for the requester; empty but in `needs_info`, or on hold meanwhile. */
  questions: z.array(
    z.strictObject({ by: person, stage: filled, at: ms, text: words, fields: z.array(filled).exactOptional() }),
  ),
  conditions: z.array(z.strictObject({ text: words, by: person, met: ms.exactOptional() })),
  /** The approval ends, ms. */
  validUntil: ms.exactOptional(),
  /** On hold until then. */
  heldUntil: ms.exactOptional(),
  /** How often the requester was reminded of what is asked, or of the end that comes. */
  reminders: z.int().nonnegative(),
  outcome: outcome.exactOptional(),
  link: filled.exactOptional(),
  /** Where cards of those who decide stand. Like `wakeAt` it does not follow from the events. */
  cards: z.array(Spot),
  /** When the clock wants attention, ms. */
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

/** A stored request with its id. */
export type Known = Request & { readonly id: string };

/** Somebody is to do something about it. */
export function isOpen({ state }: Pick<Request, 'state'>): boolean {
  return state === 'in_review' || state === 'needs_info' || state === 'on_hold';
}

/** Moved here from elsewhere and only kept since: nobody is told. Taken up again, it goes on like any other. */
export function isQuiet({ imported, events }: Pick<Request, 'imported' | 'events'>): boolean {
  return imported === true && !events.some(({ kind }) => kind === 'reopened');
}

/** When it was submitted, ms. */
export function submittedAt({ events }: Pick<Request, 'events'>): number {
  return events[0]?.at ?? 0;
}
