import type { KnownBlock } from '@slack/types';
import type { z } from 'zod';
import type { Json } from './canonical-json.ts';
import type { Locale } from './i18n.ts';

/* ---------- the store: the same contract tests run on memory, file and PostgreSQL ---------- */

/** A stored document; `version` starts at 1 and grows by one with every put. */
export type Doc<T> = T & { readonly id: string; readonly version: number };

/** What a feature keeps. Index entries are derived from the document, never queried ad hoc. Ids are ASCII and sort: numbers zero-padded. */
export interface Collection<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Version of the stored shape; older documents are lifted when read. */
  readonly shape: number;
  lift?(old: unknown, from: number): unknown;
  /** `at` is the sort value within a key, e.g. milliseconds since 1970. */
  index(doc: T): readonly { readonly key: string; readonly at?: number }[];
  /** When this document wants attention again (ms), or null. */
  due?(doc: T): number | null;
  /** How long, and what happens then; read by retention and by the data page. */
  readonly retain?: { readonly days: number; readonly end: 'delete' | 'pseudonymize' | 'seal' };
  /** Paths of personal fields. */
  readonly personal?: readonly string[];
}

/** A collection of whatever: methods are compared loosely, so every Collection<T> fits. */
export type AnyCollection = Collection<unknown>;

export type Op =
  | { readonly put: object; readonly in: AnyCollection; readonly id: string; readonly expect: number } // 0 = must not exist
  | { readonly remove: true; readonly in: AnyCollection; readonly id: string; readonly expect: number }
  | { readonly check: true; readonly in: AnyCollection; readonly id: string; readonly expect: number }; // read dependency, nothing written

/** A put whose value is checked against its collection by the compiler. */
export function put<T extends object>(collection: Collection<T>, id: string, value: T, expect: number): Op {
  return { put: value, in: collection, id, expect };
}

/** Removes the version that was read. */
export function remove(collection: AnyCollection, doc: { readonly id: string; readonly version: number }): Op {
  return { remove: true, in: collection, id: doc.id, expect: doc.version };
}

export interface Page<T> {
  readonly docs: readonly Doc<T>[];
  /** Give it back as `after` for the following page; absent on the last one. */
  readonly next?: string;
}

export interface ListQuery {
  readonly key: string;
  readonly from?: number;
  readonly to?: number;
  readonly order: 'asc' | 'desc';
  readonly after?: string;
  readonly limit: number;
}

export interface Store {
  /** Validated and lifted; a copy. */
  get<T>(c: Collection<T>, id: string): Promise<Doc<T> | undefined>;
  /** By index key, ordered by (at, id). */
  list<T>(c: Collection<T>, q: ListQuery): Promise<Page<T>>;
  count<T>(
    c: Collection<T>,
    q: { readonly key: string; readonly from?: number; readonly to?: number },
  ): Promise<number>;
  /** Documents whose time has come, oldest first, without a lease: step them, then commit with the version read. */
  due<T>(c: Collection<T>, q: { readonly now: number; readonly limit: number }): Promise<readonly Doc<T>[]>;
  /** The earliest due time in the collection, or undefined: how long a scheduler may sleep. */
  nextDue<T>(c: Collection<T>): Promise<number | undefined>;
  /** For the sender: due documents, each to one owner until the lease ends. A lease is a hint that spares work; versions decide. */
  claim<T>(
    c: Collection<T>,
    q: { readonly now: number; readonly limit: number; readonly leaseMs: number; readonly owner: string },
  ): Promise<readonly Doc<T>[]>;
  /** All or nothing, durable when it resolves; at most 1,000 operations. Returns the new versions, in order (0 for remove, the found version for check). Throws Conflict. */
  commit(ops: readonly Op[]): Promise<readonly number[]>;
  /** Wakes when one of these collections changed, in this process or another. Returns how to stop. */
  changed(collections: readonly string[], wake: () => void): () => void;
  /** Everything, for moves, exports and verification. */
  scan<T>(c: Collection<T>): AsyncIterable<Doc<T>>;
  /** Into an empty store only; versions kept. */
  restore(docs: AsyncIterable<{ readonly collection: string; readonly doc: Doc<object> }>): Promise<void>;
  health(): Promise<{ readonly ok: boolean; readonly documents: number; readonly note?: string }>;
  close(): Promise<void>;
}

/* ---------- people ---------- */

export type PersonId = string & { readonly __brand: 'PersonId' };

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly locale: Locale;
  /** IANA time zone, e.g. "Asia/Shanghai". */
  readonly zone: string;
  readonly active: boolean;
  /** A guest sees what guests may see; never an approver, never in an audience. */
  readonly guest: boolean;
  readonly email?: string;
  readonly manager?: PersonId;
  readonly office?: string;
  readonly unit?: string;
  readonly entity?: string;
  readonly roles: readonly string[];
  readonly github?: string;
  /** When they were first seen here, ms; absent for those who were here before the bot. */
  readonly since?: number;
}

/** A snapshot in memory: answers at once, calls nobody. */
export interface People {
  get(id: PersonId): Person | undefined;
  withRole(role: string): readonly Person[];
  all(): Iterable<Person>;
}

/* ---------- saying things ---------- */

export type Place = { readonly channel: string; readonly thread?: string } | { readonly person: PersonId };

/** A few people and us, without anybody else: Slack keeps one such conversation for the same people. */
export interface Group {
  readonly group: readonly PersonId[];
}

/**
 * What must be said, committed with the change that causes it.
 * `copy`: a card posted once and refreshed whenever its subject changes. `notice`: said once; its key has no version.
 * `mailing`: one message of a list that a feature keeps; what comes of it goes back into the list (`Mailing`).
 * `call`: said to another system, at least once.
 * `lost`: what happens when Slack's answer is lost and cannot be looked for:
 * `must` is sent again, `may` is left to the operator.
 */
export type Say =
  | {
      readonly kind: 'copy';
      readonly card: string;
      readonly id: string;
      readonly place: Place;
      readonly lost: 'must' | 'may';
      /** How long a message that stands may wait to be drawn anew, ms, together with what changes meanwhile; absent: not at all. */
      readonly mayWaitMs?: number;
    }
  | {
      readonly kind: 'notice';
      readonly key: string;
      readonly card: string;
      readonly id: string;
      readonly place: Place | Group;
      readonly lost: 'must' | 'may';
      /** `answers`: somebody waits for it. `many`: one of many that say the same, e.g. to a whole company. */
      readonly lane?: 'answers' | 'many';
    }
  | {
      readonly kind: 'mailing';
      /** Free again as soon as its outcome is in the list. */
      readonly key: string;
      readonly card: string;
      readonly id: string;
      readonly place: Place;
      /** Where the message stands that is to change; absent: one is posted. */
      readonly at?: Posted;
    }
  /** Another system is told, by a signed call with `key` as its id; where the operator named none, nothing is. */
  | {
      readonly kind: 'call';
      readonly key: string;
      readonly hook: string;
      readonly id: string;
    };

/** Turns what must be said into operations for the caller's own commit. */
export interface Outbox {
  ops(says: readonly Say[]): Promise<readonly Op[]>;
}

/** A card ready for Slack: `text` is what phones and screen readers get, `blocks` what the desktop shows. */
export interface Rendered {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** A card as a function of the state of the moment it is sent; `undefined` when its subject is gone (then nothing is sent). */
export type ShowCard = (id: string, viewer: Person | undefined, locale: Locale) => Promise<Rendered | undefined>;

/**
 * What came of one message of a mailing. `gone`: it was called off, or its card showed nothing: nothing was done. `failed`:
 * certainly not done. `unknown`: nobody knows. `code` is Slack's, or ours.
 */
export type Outcome =
  | { readonly kind: 'stands'; readonly at: Posted }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed' | 'unknown'; readonly code: string };

/** Whoever keeps the list that a mailing goes through, by the name of the card. */
export interface Mailing {
  /** Whether it is still to be done: asked before it takes its turn, so that what was called off costs none. */
  isWanted(key: string): Promise<boolean>;
  /** Writes the outcome into the list: operations for the commit that settles it. Asked again when that meets a Conflict. */
  settle(key: string, outcome: Outcome, now: number): Promise<readonly Op[]>;
}

/** What a call tells, as JSON; `undefined` when its subject is gone (then nothing is sent). */
export type DrawCall = (id: string) => Promise<Json | undefined>;

/* ---------- what other systems tell us ---------- */

/** What a sender is told. 200: all of it counts. 202: it was taken in, but not all of it counts. 400: it cannot be read. 503: not yet. */
export interface CallAnswer {
  readonly status: 200 | 202 | 400 | 503;
  readonly body: Json;
}

/** What a call of another system comes to: one commit, and the answer that the sender gets once it is written. */
export interface TakenCall {
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
  readonly answer: CallAnswer;
}

/** Takes what another system tells: signed, as JSON that nobody has looked at yet. */
export type TakeCall = (body: unknown, now: number) => Promise<TakenCall>;

/* ---------- Slack, as delivery sees it ---------- */

/** Where a message stands. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** Writes messages. Every method throws exactly one of the errors below, or resolves. */
export interface Messenger {
  /** `deliveryId` goes into the message's metadata, so that a lost answer can be looked for. */
  post(message: {
    readonly place: Place | Group;
    readonly rendered: Rendered;
    readonly deliveryId: string;
    readonly lane?: 'answers';
  }): Promise<Posted>;
  update(message: { readonly at: Posted; readonly rendered: Rendered; readonly deliveryId: string }): Promise<void>;
  /** Looks for a message by its delivery id, not before `oldest` (ms). @throws MessengerError `cannot_look` when history may not be read. */
  find(message: {
    readonly place: Place | Group;
    readonly deliveryId: string;
    readonly oldest: number;
  }): Promise<Posted | undefined>;
}

/**
 * `limited`: certainly not done, try again after `retryAfterMs`. `refused`: certainly not done, `code` is Slack's.
 * `lost`: no or a broken answer, nobody knows. `cannot_look`: history is not readable here.
 */
export class MessengerError extends Error {
  override readonly name = 'MessengerError';
  readonly kind: 'limited' | 'refused' | 'lost' | 'cannot_look';
  readonly code: string;
  readonly retryAfterMs: number;

  constructor(kind: MessengerError['kind'], code: string, retryAfterMs = 0, cause?: unknown) {
    super(`${kind}: ${code}`, { cause });
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/* ---------- jobs ---------- */

/** A step of one waiting document. The step is pure and always moves or clears the due time. */
export interface Job<T extends object, F> {
  readonly collection: Collection<T>;
  /** Reads what the step needs besides the document (people, calendars, links). */
  facts(doc: Doc<T>): Promise<F>;
  step(
    doc: Doc<T>,
    facts: F,
    now: number,
  ): { readonly value: T; readonly ops?: readonly Op[]; readonly say?: readonly Say[] };
}

/** A job whose types are closed over, so that a list of jobs needs no `any`. */
export interface AnyJob {
  readonly collection: AnyCollection;
  /** How long a step may take, ms, where it waits for more than the store: others of this job wait as long. */
  readonly longestMs?: number;
  /** Reads facts and steps the document; what comes back belongs in one commit. */
  run(
    doc: { readonly id: string; readonly version: number },
    now: number,
  ): Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] }>;
}

/** Closes a job over its types. */
export function job<T extends object, F>(spec: Job<T, F>): AnyJob {
  return {
    collection: spec.collection,
    async run(doc, now) {
      const own = doc as Doc<T>;
      const stepped = spec.step(own, await spec.facts(own), now);
      return {
        ops: [put(spec.collection, own.id, stepped.value, own.version), ...(stepped.ops ?? [])],
        say: stepped.say ?? [],
      };
    },
  };
}

/* ---------- logging ---------- */

/** A static message and fields; never message text, never tokens. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
