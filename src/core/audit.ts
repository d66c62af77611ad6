import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, type Json } from './canonical-json.ts';
import { randomId } from './ids.ts';
import { type Collection, type Doc, type Op, put } from './ports.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The end of a chain, kept with its subject and written in the same commit: without it, a cut-off tail is not seen. */
export const AuditHead = z.strictObject({ length: z.int().positive(), hash });
export type AuditHead = z.infer<typeof AuditHead>;

/** One thing that happened to a subject. Never changed, never removed; holds keys and hashes, no names, no free text. */
export const AuditEvent = z.strictObject({
  /** `<kind of subject>/<its id>`, e.g. `req/00000142`. */
  subject: z.string().min(3),
  /** 1 for the first. */
  seq: z.int().positive(),
  /** Hash of the event before; for the first the name of the subject, which ties the chain to it. */
  prev: z.string().min(1),
  /** ms */
  at: z.number(),
  /** What happened: `adopted`. */
  kind: z.string().min(1),
  /** Key of who did it: a Slack member id, or the name of a part of the system. */
  actor: z.string().min(1),
  /** The state before and after. */
  from: z.json(),
  to: z.json(),
  /** Versions of what was decided by: policy, form. */
  versions: z.record(z.string(), z.string()),
  /** Salted digest of each erasable part, by its name. */
  digests: z.record(z.string(), hash),
  /** SHA-256 over the canonical JSON of everything above. */
  hash,
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** Names and free text of an event, beside the chain under the same id: erasing them leaves the chain valid. */
export const AuditPart = z.strictObject({
  parts: z.record(z.string(), z.strictObject({ salt: z.string().min(1), text: z.string() })),
});
export type AuditPart = z.infer<typeof AuditPart>;

export const auditEvents: Collection<AuditEvent> = {
  name: 'audit',
  schema: AuditEvent,
  shape: 1,
  index: (event) => [
    { key: event.subject, at: event.seq },
    { key: 'all', at: event.at },
  ],
};

export const auditParts: Collection<AuditPart> = {
  name: 'audit_part',
  schema: AuditPart,
  shape: 1,
  index: () => [],
  personal: ['parts'],
};

/** Something that happened, before it has its place in the chain. */
export interface AuditEntry {
  /** When it is recorded, ms: what changed since a moment is found by it. When it happened elsewhere belongs into `to`. */
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly from: Json;
  readonly to: Json;
  readonly versions?: Readonly<Record<string, string>>;
  /** Names and free text: kept beside the chain, erasable. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** Id of an event in the store: sorts by its place in the chain. */
export function auditId(subject: string, seq: number): string {
  return `${subject}/${String(seq).padStart(6, '0')}`;
}

/** The subject whose chain an id belongs to: the reverse of `auditId`. */
export function chainOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}

/**
 * The next event of a chain, as operations for the commit that changes the subject, and the head to keep with the subject.
 * Two writers of one chain meet in a Conflict: the event is inserted.
 * @param head undefined for a subject to which nothing has happened yet
 * @param newSalt 128 bits or more, so that a digest cannot be tried against likely names
 * @throws TypeError when `from` or `to` hold text with half a surrogate pair
 */
export function appendAudit(
  subject: string,
  head: AuditHead | undefined,
  entry: AuditEntry,
  newSalt: () => string = () => randomId(26),
): { readonly ops: readonly Op[]; readonly head: AuditHead } {
  const parts = Object.fromEntries(
    Object.entries(entry.parts ?? {}).map(([name, text]) => [name, { salt: newSalt(), text: text.toWellFormed() }]),
  );
  const unsealed: Unsealed = {
    subject,
    seq: (head?.length ?? 0) + 1,
    prev: head?.hash ?? subject,
    at: entry.at,
    kind: entry.kind,
    actor: entry.actor,
    from: toJson(entry.from),
    to: toJson(entry.to),
    versions: entry.versions ?? {},
    digests: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, digestOf(part)])),
  };
  const event: AuditEvent = { ...unsealed, hash: hashOf(unsealed) };
  const id = auditId(subject, event.seq);
  const beside = Object.keys(parts).length > 0 ? [put(auditParts, id, { parts }, 0)] : [];
  return { ops: [put(auditEvents, id, event, 0), ...beside], head: { length: event.seq, hash: event.hash } };
}

/** Where the subjects of one kind lie and keep the heads of their chains, so that verification finds both. They are never deleted. */
export interface AuditSubjects<T> {
  readonly collection: Collection<T>;
  /** The name that its events carry; undefined for a document that no event tells of yet, e.g. a draft. */
  subjectOf(doc: Doc<T>): string | undefined;
  headOf(doc: Doc<T>): AuditHead | undefined;
}

/** What is wrong with a chain, and from which event on. */
export interface AuditProblem {
  readonly seq: number;
  readonly problem: 'changed' | 'missing' | 'out of order' | 'foreign' | 'cut off' | 'beyond the head';
}

/** A chain that is followed event by event: how far it is whole, and where it breaks. */
export interface FollowedChain {
  readonly subject: string;
  readonly length: number;
  /** Of the last whole event; before the first the name of the subject. */
  readonly hash: string;
  readonly problem?: AuditProblem;
}

/** A chain before its first event. */
export function beginChain(subject: string): FollowedChain {
  return { subject, length: 0, hash: subject };
}

/** The chain with one more event, in the order of the ids. What follows a break is chained to what is wrong: it is one problem. */
export function followChain(chain: FollowedChain, event: AuditEvent): FollowedChain {
  if (chain.problem) return chain;
  const { subject, hash: prev } = chain;
  const seq = chain.length + 1;
  const problem = problemOf(event, { subject, seq, prev });
  return problem ? { ...chain, problem: { seq, problem } } : { subject, length: seq, hash: event.hash };
}

/** What is wrong with a chain that was followed to its end, held against the head that its subject keeps. */
export function endChain(
  { length, hash, problem }: FollowedChain,
  head: AuditHead | undefined,
): AuditProblem | undefined {
  const wanted = head?.length ?? 0;
  if (problem) return problem;
  if (length < wanted) return { seq: length + 1, problem: 'cut off' };
  if (length > wanted) return { seq: wanted + 1, problem: 'beyond the head' };
  return head && hash !== head.hash ? { seq: length, problem: 'changed' } : undefined;
}

/** What is wrong with a whole chain at hand, its events in the order of their ids; nothing when it is whole. */
export function verifyChain(
  subject: string,
  events: readonly AuditEvent[],
  head: AuditHead | undefined,
): readonly AuditProblem[] {
  const problem = endChain(events.reduce(followChain, beginChain(subject)), head);
  return problem ? [problem] : [];
}

/** The names of parts that are there and are not what the event was made of. An erased part is no problem. */
export function changedParts(event: AuditEvent, stored: AuditPart | undefined): readonly string[] {
  return Object.entries(stored?.parts ?? {})
    .filter(([name, part]) => event.digests[name] !== digestOf(part))
    .map(([name]) => name);
}

function problemOf(
  event: AuditEvent,
  expected: { readonly subject: string; readonly seq: number; readonly prev: string },
): AuditProblem['problem'] | undefined {
  const { hash: sealed, ...unsealed } = event;
  if (event.subject !== expected.subject) return 'foreign';
  if (event.seq > expected.seq) return 'missing';
  if (event.seq < expected.seq) return 'out of order';
  return sealed === hashOf(unsealed) && event.prev === expected.prev ? undefined : 'changed';
}

type Unsealed = Omit<AuditEvent, 'hash'>;

/** Field by field: a document that was read also carries id and version. */
function hashOf({ subject, seq, prev, at, kind, actor, from, to, versions, digests }: Unsealed): string {
  return sha256({ subject, seq, prev, at, kind, actor, from, to, versions, digests });
}

function digestOf({ salt, text }: AuditPart['parts'][string]): string {
  return sha256([salt, text]);
}

function sha256(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** As it comes back from the store: without undefined fields, -0 as 0. */
function toJson(value: unknown): z.core.util.JSONType {
  return JSON.parse(JSON.stringify(value));
}
