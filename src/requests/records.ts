import { z } from 'zod';
import type { AuditSubjects } from '../core/audit.ts';
import type { Collection, PersonId } from '../core/ports.ts';
import { requestNames } from './names.ts';
import { type Asked, isOpen, Request, submittedAt } from './request.ts';
import { RequestType } from './type.ts';

const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');

/**
 * Kept ten years: an approval is asked for in audits, in due diligence and in disputes, and claims from contracts and
 * copyright can come up for as long. Then the words and the people go; what was decided when, and by which rules, stays.
 */
export const requests: Collection<Request> = {
  name: 'request',
  schema: Request,
  shape: 1,
  index(request) {
    const at = submittedAt(request);
    const { requester, state, type, restricted, keys, promised, external } = request;
    // What is confidential is found by those it concerns, and by nobody who only looks around.
    const open = [
      { key: `type:${type}`, at },
      { key: `state:${state}`, at },
      ...keys.map((key) => ({ key, at })),
      ...(state === 'approved' ? keys.flatMap((key) => approvedKeys(type, key)).map((key) => ({ key, at })) : []),
      // By the promise, so that what is late comes first.
      ...(promised === undefined ? [] : [{ key: 'promised', at: promised }]),
    ];
    return [
      { key: `requester:${requester}`, at },
      { key: `draft:${request.draft}`, at },
      ...(external ? [{ key: `external:${external}`, at }] : []),
      ...(isOpen(request) ? [{ key: `requesting:${requester}`, at }] : []),
      // What became of it is still to be told; of what was moved here nobody is asked.
      ...(isUntold(request) ? [{ key: followingKey(requester), at: request.since }] : []),
      ...(restricted ? [{ key: `restricted:${state}`, at }] : open),
      ...waitingKeys(request).map(([key, due]) => ({ key, at: due })),
    ];
  },
  due: (request) => request.wakeAt,
  retain: { days: 3_653, end: 'pseudonymize' },
  personal: [
    'requester',
    'manager',
    'mentors',
    'where',
    'cards',
    'answers',
    'keys',
    'stages.asked',
    'stages.votes',
    'questions',
    'conditions.text',
    'conditions.by',
    'link',
    'events.by',
    'events.inPlaceOf',
    'events.to',
    'events.who',
    'events.asked',
    'events.decider',
    'events.text',
    'events.evidence',
    'events.conditions',
    'events.answers',
    'events.before',
    'events.keys',
    'events.link',
  ],
};

function isUntold({ state, outcome, imported }: Request): boolean {
  return state === 'approved' && !imported && (outcome === undefined || outcome === 'submitted');
}

/** Approvals by what they are for, and those for a project by their type as well: who works on it is asked for at once. */
function approvedKeys(type: string, key: string): readonly string[] {
  return [`approved:${key}`, ...(key.startsWith('project:') ? [approvedKey(type, key)] : [])];
}

/** Finds what of a type is approved for a project. @param project as `projectKey` writes it */
export function approvedKey(type: string, project: string): string {
  return `approved:${type}:${project}`;
}

/** What was approved for a person and may still have to be told of, by when it was approved. */
export function followingKey(requester: PersonId): string {
  return `following:${requester}`;
}

/** Whom a request waits for, role by role and person by person, with the promise: the most urgent come first. */
function waitingKeys(request: Request): readonly (readonly [string, number])[] {
  if (request.state === 'on_hold' || !isOpen(request)) return [];
  const keys = request.stages
    .filter(({ state }) => state === 'open')
    .flatMap(({ asked, clock }) =>
      asked.map((one) => [waitingKey(one), clock?.due ?? Number.MAX_SAFE_INTEGER] as const),
    );
  return [...new Map(keys)];
}

/** What waits for a role, or for a person by name. Ids of members are upper case, names of roles are not. */
export function waitingKey(asked: Asked): string {
  return `waiting:${'role' in asked ? asked.role : asked.person}`;
}

export const requestAudit: AuditSubjects<Request> = {
  collection: requests,
  subjectOf: ({ id }) => requestSubject(id),
  headOf: ({ audit }) => audit,
};

/** The chain of everything that happened to a request. @param id as stored */
export function requestSubject(id: string): string {
  return `req/${id}`;
}

/** A type as it was when a request was asked with it; by the hash of its file. Requests go on under theirs. */
export const KeptType = z.strictObject({ type: RequestType, at: z.number() });
export type KeptType = z.infer<typeof KeptType>;
export const requestForms: Collection<KeptType> = {
  name: 'request_form',
  schema: KeptType,
  shape: 1,
  index: ({ type, at }) => [{ key: `type:${type.id}`, at }],
};

/** The last number that was given. */
export const Counter = z.strictObject({ last: z.int().nonnegative() });
export const requestCounter: Collection<z.infer<typeof Counter>> = {
  name: 'request_counter',
  schema: Counter,
  shape: 1,
  index: () => [],
};

/** Requests that somebody is to be reminded of, gathered so that one message names them all; by person. */
export const Reminder = z.strictObject({
  /** Not said yet. */
  requests: z.array(z.string().min(1)),
  /** Said last: what the message names. */
  said: z.array(z.string().min(1)),
  saidAt: z.number().nullable(),
  wakeAt: z.number().nullable(),
});
export type Reminder = z.infer<typeof Reminder>;
export const reminders: Collection<Reminder> = {
  name: 'request_reminder',
  schema: Reminder,
  shape: 1,
  index: () => [],
  due: ({ wakeAt }) => wakeAt,
};

/** The weekly list of what waits on whom, for one lead; by person. `wakeAt` is null while they lead nothing. */
export const Digest = z.strictObject({ wakeAt: z.number().nullable() });
export type Digest = z.infer<typeof Digest>;
export const digests: Collection<Digest> = {
  name: 'request_digest',
  schema: Digest,
  shape: 1,
  index: () => [],
  due: ({ wakeAt }) => wakeAt,
};

/** Who decides for somebody while they are away, and when that is; by person. `away` is null while they are there. */
export const Absence = z.strictObject({
  /** Chosen once, kept for the next time. */
  delegate: person.exactOptional(),
  away: z
    .strictObject({
      from: z.number(),
      until: z.number(),
      /** Said by the person, or read from their Slack status. */
      source: z.enum(['person', 'status']),
      /** What waits for them was looked at, so that whoever stands in is asked. */
      looked: z.literal(true).exactOptional(),
    })
    .refine(({ from, until }) => from < until, 'an absence ends after it begins')
    .nullable(),
});
export type Absence = z.infer<typeof Absence>;
export const absences: Collection<Absence> = {
  name: 'request_absence',
  schema: Absence,
  shape: 1,
  index: ({ away }) => (away ? [{ key: 'away', at: away.until }] : []),
  // Looked at when it begins, and forgotten when it is over: who was away when is nobody's business later.
  due: ({ away }) => (away ? (away.looked ? away.until : away.from) : null),
  personal: ['delegate'],
};

export const requestCollections = [requests, requestForms, requestCounter, requestNames, reminders, digests, absences];
