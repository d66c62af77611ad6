import type { Finding } from '../core/findings.ts';
import { type Op, type People, type PersonId, put, type Store } from '../core/ports.ts';
import { auditOps } from './audit.ts';
import {
  type ImportLine,
  type ImportWorld,
  isStandingLine,
  type PastRequest,
  type PastRow,
  type PastStanding,
  readLine,
} from './import-rows.ts';
import { keysOf } from './keys.ts';
import { rememberNames } from './names.ts';
import { requestCounterId } from './numbering.ts';
import { requestCounter, requestForms, requests } from './records.ts';
import { type Request, requestId } from './request.ts';
import { route } from './routing.ts';
import { postsOf, standingCounterId, standings } from './standing.ts';
import { type StandingCourse, withChanges } from './standing-course.ts';
import { apply, begin, type LaterEvent } from './state.ts';

/** What a table comes to. */
export interface ImportPlan {
  /** What is new. Empty when there are mistakes: a broken table is refused as a whole. */
  readonly rows: readonly PastRow[];
  /** Lines that were imported before, by their ids elsewhere. */
  readonly known: number;
  /** Every mistake, by row and column. */
  readonly findings: readonly Finding[];
}

/** Reads a whole table and looks up which of it is here already; writes nothing. */
export async function planImport(store: Store, lines: readonly ImportLine[], world: ImportWorld): Promise<ImportPlan> {
  const rows: PastRow[] = [];
  const findings: Finding[] = [...repeated(lines, world.file)];
  let known = 0;
  for (const line of lines) {
    // What is here already may have lapsed or changed hands since; it is not held against today's people.
    if (await isKnown(store, line)) {
      known += 1;
      continue;
    }
    const read = readLine(line, world);
    if (read.row) rows.push(read.row);
    else findings.push(...read.findings);
  }
  return { rows: findings.length > 0 ? [] : rows, known, findings };
}

function repeated(lines: readonly ImportLine[], file: string): readonly Finding[] {
  const first = new Map<string, string>();
  return lines.flatMap((line): readonly Finding[] => {
    const { external } = line.cells;
    if (!external) return [];
    const key = keyOf(line);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, line.place);
      return [];
    }
    const problem = `"${external}" stands on ${before} too.`;
    const mend = 'Remove one of the two lines, or correct its id.';
    return [{ file, field: `${line.place}, external`, problem, mend, fatal: true }];
  });
}

function keyOf(line: ImportLine): string {
  return `${isStandingLine(line) ? 'standing' : 'request'}:${line.cells.external ?? ''}`;
}

async function isKnown(store: Store, line: ImportLine): Promise<boolean> {
  const { external } = line.cells;
  if (!external) return false;
  const query = { key: `external:${external}`, order: 'asc', limit: 1 } as const;
  const found = isStandingLine(line) ? await store.list(standings, query) : await store.list(requests, query);
  return found.docs.length > 0;
}

interface ImportContext {
  /** In whose name it is recorded. */
  readonly by: PersonId;
  readonly people: People;
  /** ms */
  readonly now: number;
}

// A row comes to nine operations at most, and the store takes 1,000 in a commit.
const batchSize = 100;

/**
 * Writes what was planned, each row with its audit events in one commit. Interrupted between two commits, the same table
 * imported again adds what is missing. Says nothing to anybody.
 * @throws what the store throws
 */
export async function commitImport(store: Store, rows: readonly PastRow[], context: ImportContext): Promise<void> {
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize);
    const past = batch.filter((row) => row.what === 'request');
    const standing = batch.filter((row) => row.what === 'standing');
    await store.commit([
      ...(await numbered(store, requestCounterId, past, (row, number) => requestOps(row, number, context))),
      ...(await numbered(store, standingCounterId, standing, (row, number) => standingOps(row, number, context))),
      ...(await formOps(store, past, context.now)),
      ...(await nameOps(store, past, context.now)),
    ]);
  }
}

async function numbered<T>(
  store: Store,
  counterId: string,
  rows: readonly T[],
  opsOf: (row: T, number: number) => readonly Op[],
): Promise<readonly Op[]> {
  if (rows.length === 0) return [];
  const counter = await store.get(requestCounter, counterId);
  const last = counter?.last ?? 0;
  return [
    ...rows.flatMap((row, index) => opsOf(row, last + index + 1)),
    put(requestCounter, counterId, { last: last + rows.length }, counter?.version ?? 0),
  ];
}

function requestOps(row: PastRequest, number: number, { by, people, now }: ImportContext): readonly Op[] {
  const { edition, answers, requester, external, decision, submitted } = row;
  const { type, hash } = edition;
  const draft = `import:${external}`;
  // The way of that time is not known. Today's, with facts unknown, errs on the strict side and so keeps secret what is.
  const { way, restricted } = route(type, answers, {});
  const began = begin(
    {
      number,
      type: type.id,
      form: hash,
      versions: {},
      requester,
      locale: people.get(requester)?.locale ?? 'en',
      draft,
      answers,
      facts: {},
      keys: [...keysOf(type, answers)],
      restricted,
      way: { level: way.level, route: way.route, raises: way.raises, unknown: [] },
      imported: true,
      external,
      stages: [],
    },
    { kind: 'submitted', at: submitted, by: requester, draft },
  );
  const { validUntil } = decision;
  const events: readonly LaterEvent[] = [
    { kind: 'recorded', at: now, by, ...decision },
    ...(validUntil !== undefined && validUntil <= now
      ? [{ kind: 'expired', at: now, because: 'lapsed' } as const]
      : []),
  ];
  const request = events.reduce(apply, began);
  const id = requestId(number);
  const audit = auditOps(id, undefined, began, events, now);
  const value: Request = { ...request, cards: [], wakeAt: request.validUntil ?? null, audit: audit.head };
  return [put(requests, id, value, 0), ...audit.ops];
}

function standingOps(row: PastStanding, number: number, { by, people, now }: ImportContext): readonly Op[] {
  const { grant, external, from, grantedBy = by } = row;
  const id = requestId(number);
  const course: StandingCourse = {
    number,
    kind: grant.kind,
    projects: [...grant.projects],
    people: [...grant.people],
    posts: postsOf(grant.people, people),
    terms: {
      ...(grant.license ? { license: grant.license } : {}),
      ...(grant.agreement ? { agreement: grant.agreement } : {}),
    },
    note: grant.note,
    grantedBy,
    draft: `import:${external}`,
    external,
    from,
    ...(grant.until === undefined ? {} : { until: grant.until }),
    uses: 0,
    state: 'active',
    reminded: [],
  };
  const granted = { kind: 'granted', by, elsewhere: { at: from, by: grantedBy } } as const;
  const { value, ops } = withChanges(id, course, [granted], now, people);
  return [put(standings, id, value, 0), ...ops];
}

/** What was approved elsewhere and still holds can be picked by name, too. */
function nameOps(store: Store, rows: readonly PastRequest[], now: number): Promise<readonly Op[]> {
  const inForce = rows.filter(({ decision: { validUntil } }) => validUntil === undefined || validUntil > now);
  const approved = inForce.map(({ edition: { type }, answers, decision }) => {
    const { restricted } = route(type, answers, {});
    return { type, request: { answers, restricted, state: decision.decision } };
  });
  return rememberNames(store, approved, now);
}

/** The forms that the requests go on under, kept once. */
async function formOps(store: Store, rows: readonly PastRequest[], at: number): Promise<readonly Op[]> {
  const editions = new Map(rows.map(({ edition }) => [edition.hash, edition]));
  const ops = [...editions.values()].map(async ({ type, hash }) => {
    const kept = await store.get(requestForms, hash);
    return kept ? [] : [put(requestForms, hash, { type, at }, 0)];
  });
  return (await Promise.all(ops)).flat();
}
