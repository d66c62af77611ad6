import { z } from 'zod';
import { AuditHead, type AuditSubjects } from '../core/audit.ts';
import type { Collection, Doc, People, Person, PersonId } from '../core/ports.ts';
import { isThere } from './deciding.ts';
import { projectKey } from './keys.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');
const ms = z.number();

/** The strictest scope comes last: what is used first is the one that binds the fewest people by name. */
export const standingKinds = ['project', 'team', 'trust', 'major', 'small', 'ccla'] as const;
export type StandingKind = (typeof standingKinds)[number];

/** Why a standing approval is over. */
const endings = ['lapsed', 'revoked', 'unused', 'project', 'nobody'] as const;
/** What can be known of a project; what is absent was not known when it was granted. */
export const ProjectTerms = z.strictObject({
  license: filled.exactOptional(),
  agreement: filled.exactOptional(),
  owner: filled.exactOptional(),
});
export type ProjectTerms = z.infer<typeof ProjectTerms>;

/** An approval given beforehand: for a project, or for people and the projects they work on. */
export const Standing = z.strictObject({
  number: z.int().positive(),
  kind: z.enum(standingKinds),
  /** As people write them: `apache/kafka`. */
  projects: z.array(filled).min(1),
  /** Whom it covers; nobody by name for `project`, which covers every employee. */
  people: z.array(person),
  /** Unit and roles of these people when it was granted or renewed: full trust ends with them. */
  posts: z.record(z.string(), z.strictObject({ unit: filled.exactOptional(), roles: z.array(z.string()) })),
  /** Of the first project, when it was granted. */
  terms: ProjectTerms,
  note: z.string().max(3_000),
  grantedBy: person,
  /** The request whose outcome it is, by id. */
  request: filled.exactOptional(),
  /** The form it was granted with: sent twice, it is granted once. */
  draft: filled,
  from: ms,
  /** Absent: a signed list holds until it is changed. */
  until: ms.exactOptional(),
  lastUsed: ms.exactOptional(),
  uses: z.int().nonnegative(),
  state: z.enum(['active', 'ended']),
  ended: z.strictObject({ at: ms, because: z.enum(endings), by: person.exactOptional() }).exactOptional(),
  /** The reminders before its end that were said, as days before it. */
  reminded: z.array(z.int()),
  /** Moved here from elsewhere, by its id there. */
  external: filled.exactOptional(),
  wakeAt: ms.nullable(),
  audit: AuditHead,
});
export type Standing = z.infer<typeof Standing>;
export type KnownStanding = Standing & { readonly id: string };

/** Kept as long as the requests that it covered. */
export const standings: Collection<Standing> = {
  name: 'standing',
  schema: Standing,
  shape: 1,
  index(standing) {
    const { state, kind, from, until, projects, people, draft, external } = standing;
    const active = [
      { key: 'active', at: until ?? Number.MAX_SAFE_INTEGER },
      { key: `active:${kind}`, at: from },
      ...[...new Set(projects.map(projectKey))].map((key) => ({ key, at: from })),
      ...people.map((one) => ({ key: `person:${one}`, at: from })),
    ];
    return [
      { key: 'all', at: from },
      { key: `draft:${draft}`, at: from },
      ...(external ? [{ key: `external:${external}`, at: from }] : []),
      ...(state === 'active' ? active : []),
    ];
  },
  due: ({ wakeAt }) => wakeAt,
  retain: { days: 3_653, end: 'pseudonymize' },
  personal: ['people', 'posts', 'note', 'grantedBy', 'ended.by'],
};

export const standingAudit: AuditSubjects<Standing> = {
  collection: standings,
  subjectOf: ({ id }) => standingSubject(id),
  headOf: ({ audit }) => audit,
};

/** The chain of everything that happened to a standing approval. @param id as stored */
export function standingSubject(id: string): string {
  return `standing/${id}`;
}

/** Where the last number lies. */
export const standingCounterId = 'standings';

/** As people see it: `SA-12`. */
export function standingNumber({ number }: Pick<Standing, 'number'>): string {
  return `SA-${number}`;
}

/** A request as far as standing approvals look at it. */
export interface CoveredRequest {
  readonly requester: Person | undefined;
  readonly project: string | undefined;
  /** As the form says, or else the register; undefined where neither does. */
  readonly license?: string;
  readonly agreement?: string;
  readonly isSmall: boolean;
  /** ms */
  readonly at: number;
}

/**
 * Whether a standing approval covers a request at this moment. The answer comes from the people, the project's terms and
 * the date of now, not from what was noted before, so that nothing passes between a change and the look that records it.
 * A signed contributor agreement covers the signing and nothing else: see `coversSigning`.
 */
export function covers(standing: Standing, request: CoveredRequest): boolean {
  if (standing.kind === 'ccla' || !holdsFor(standing, request)) return false;
  if (!sameTerms(standing.terms, request)) return false;
  if (standing.kind === 'project') return true;
  return standing.kind !== 'small' || (request.isSmall && !isUnused(standing, request.at));
}

/** Whether somebody is on the signed list of a project's corporate agreement. */
export function coversSigning(standing: Standing, request: Omit<CoveredRequest, 'isSmall'>): boolean {
  return standing.kind === 'ccla' && holdsFor(standing, request);
}

/** Active, for this project, and for this person, who is still who they were. */
function holdsFor(standing: Standing, { requester, project, at }: Omit<CoveredRequest, 'isSmall'>): boolean {
  const { state, from, until, projects, people, kind } = standing;
  if (state !== 'active' || at < from || (until !== undefined && at >= until)) return false;
  if (project === undefined || !projects.some((one) => projectKey(one) === projectKey(project))) return false;
  if (!isThere(requester)) return false;
  return kind === 'project' || (people.includes(requester.id) && !whyRemoved(standing, requester.id, requester));
}

/** Terms that are known on both sides must agree; a project whose license changed is looked at again. */
function sameTerms(granted: ProjectTerms, now: ProjectTerms): boolean {
  return !differ(granted.license, now.license) && !differ(granted.agreement, now.agreement);
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.toLowerCase() !== b.toLowerCase();
}

/** Why somebody may be covered no more; undefined while they may. */
export function whyRemoved(
  { kind, posts }: Pick<Standing, 'kind' | 'posts'>,
  id: PersonId,
  person: Person | undefined,
): 'left' | 'moved' | undefined {
  if (!isThere(person)) return 'left';
  const before = posts[id];
  if (!before || (kind !== 'trust' && kind !== 'team')) return undefined;
  const moved = before.unit !== person.unit;
  const lost = kind === 'trust' && before.roles.some((role) => !person.roles.includes(role));
  return moved || lost ? 'moved' : undefined;
}

// Twelve months: whoever has not contributed for a year is asked like anybody else.
const unusedMs = 365 * 24 * 60 * 60_000;

export function isUnused({ kind, from, lastUsed }: Standing, now: number): boolean {
  return kind === 'small' && now - (lastUsed ?? from) >= unusedMs;
}

/** Posts of people as they are now. */
export function postsOf(ids: readonly PersonId[], people: People): Standing['posts'] {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const found = people.get(id);
      if (!found) return [];
      return [[id, { roles: [...found.roles], ...(found.unit ? { unit: found.unit } : {}) }]];
    }),
  );
}

/** Those that cover a request, the widest first. */
export function firstCovering(all: readonly Doc<Standing>[], request: CoveredRequest): Doc<Standing> | undefined {
  const rank = ({ kind }: Standing) => standingKinds.indexOf(kind);
  return all.filter((one) => covers(one, request)).toSorted((a, b) => rank(a) - rank(b))[0];
}

/** Whether a project's terms are known to be others than those it was granted under. */
export function termsChanged({ terms }: Standing, now: ProjectTerms | undefined): boolean {
  if (!now) return false;
  return !sameTerms(terms, now) || differ(terms.owner, now.owner);
}
