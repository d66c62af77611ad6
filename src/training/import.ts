import { z } from 'zod';
import { dateAt } from '../core/business-time.ts';
import type { Finding } from '../core/findings.ts';
import { type Op, type People, type Person, type PersonId, put, type Store } from '../core/ports.ts';
import { finishInTurn, inSteps } from '../core/steps.ts';
import { carryOut, newLearner } from './carrying.ts';
import { learners, recordOf } from './learner.ts';
import { type Move, move, type Refusal } from './moves.ts';
import type { TrackEdition } from './track.ts';

/** The columns of a table of completions, as learning systems export them. */
const importColumns = ['person', 'track', 'completed', 'until', 'evidence'] as const;
const needed = ['person', 'track', 'completed'] as const;

/** A line of the table: where it stands (`line 12`), and its cells by column. */
export interface ImportLine {
  readonly place: string;
  readonly cells: Readonly<Partial<Record<string, string>>>;
}

/** A completion that is new here. */
export interface PastCompletion {
  readonly person: PersonId;
  readonly edition: TrackEdition;
  readonly move: Extract<Move, { kind: 'import' }>;
}

export interface ImportPlan {
  /** Empty when there are mistakes: a broken table is refused as a whole. */
  readonly rows: readonly PastCompletion[];
  /** Lines that say nothing new: this, or something newer, counts already. */
  readonly known: number;
  readonly findings: readonly Finding[];
}

export interface ImportWorld {
  /** How findings call the table. */
  readonly file: string;
  readonly editions: readonly TrackEdition[];
  readonly people: People;
  /** ms */
  readonly now: number;
}

/** What is wrong with the header. */
export function checkColumns(header: readonly string[], file: string): readonly Finding[] {
  const at = { file, field: 'line 1', fatal: true };
  const known: readonly string[] = importColumns;
  return [
    ...header
      .filter((name) => !known.includes(name))
      .map((name) => ({
        ...at,
        problem: `The column "${name}" is not known.`,
        mend: `Remove it or name it one of: ${importColumns.join(', ')}.`,
      })),
    ...needed
      .filter((name) => !header.includes(name))
      .map((name) => ({ ...at, problem: `The column "${name}" is missing.`, mend: 'Add it.' })),
  ];
}

/** Reads a whole table and holds it against what is here; writes nothing. */
export async function planImport(store: Store, lines: readonly ImportLine[], world: ImportWorld): Promise<ImportPlan> {
  const rows: PastCompletion[] = [];
  const findings: Finding[] = [];
  const places = new Map<string, string>();
  const find = await findPeople(
    world.people,
    lines.map(({ cells }) => cells.person ?? ''),
  );
  let known = 0;
  for (const line of lines) {
    const note: Note = (column, problem, mend) =>
      findings.push({ file: world.file, field: `${line.place}, ${column}`, problem, mend, fatal: true });
    const row = readLine(line, world, find, note);
    if (!row) continue;
    const key = `${row.person} ${row.edition.track.id}`;
    const before = places.get(key);
    if (before !== undefined) {
      note('person', `${before} is about the same person and track.`, 'Leave only the latest of them.');
      continue;
    }
    places.set(key, line.place);
    const learner = await store.get(learners, row.person);
    const refusal = move(
      recordOf(learner ?? { tracks: {} }, row.edition.track.id),
      row.move,
      contextOf(row, world, ''),
    ).refusal;
    if (!refusal) rows.push(row);
    else if (refusal.why === 'older') known += 1;
    else noteRefusal(refusal, note);
  }
  return { rows: findings.length > 0 ? [] : rows, known, findings };
}

type Note = (column: (typeof importColumns)[number], problem: string, mend: string) => void;

/** The day of a completion, and the last one on which it counts. */
export const isoDate = z.iso.date();
/** Where the evidence of a completion is. */
export const address = z.url({ protocol: /^https?$/ }).max(2_000);

// People looked at in about a millisecond.
const atOnce = 2_000;

/**
 * Finds people as learning systems name them: by Slack member id, or by e-mail address in any case. Of two accounts with one
 * address the active one is meant. In steps, since addresses are looked for among everybody.
 * @param wanted everybody who will be asked for
 */
export async function findPeople(
  people: People,
  wanted: readonly string[],
): Promise<(who: string) => Person | undefined> {
  const strangers = wanted.filter((who) => !people.get(who as PersonId)).map((who) => who.toLowerCase());
  const addresses = new Set(strangers);
  const byMail = new Map<string, Person>();
  const take = (one: Person) => {
    const email = one.email?.toLowerCase();
    if (email === undefined || !addresses.has(email)) return;
    if (one.active || !byMail.has(email)) byMail.set(email, one);
  };
  if (addresses.size > 0) await finishInTurn(inSteps(people.all(), atOnce, take));
  return (who) => people.get(who as PersonId) ?? byMail.get(who.toLowerCase());
}

function readLine(
  { cells }: ImportLine,
  { editions }: ImportWorld,
  find: (who: string) => Person | undefined,
  note: Note,
): PastCompletion | undefined {
  const who = cells.person ?? '';
  const person = find(who);
  const edition = editions.find(({ track }) => track.id === cells.track);
  const on = isoDate.safeParse(cells.completed).data;
  const until = cells.until === undefined ? undefined : isoDate.safeParse(cells.until).data;
  const evidence = cells.evidence === undefined ? undefined : address.safeParse(cells.evidence).data;
  if (!person)
    note('person', `${who || 'Nobody'} is not in the workspace.`, 'Write a Slack member id, or an e-mail address.');
  if (!edition) {
    const ids = editions.map(({ track }) => track.id).join(', ');
    note('track', `There is no track ${cells.track ?? ''}.`, `Write one of: ${ids}.`);
  }
  if (!on) note('completed', 'This is no date.', 'Write one like 2026-11-22.');
  if (cells.until !== undefined && !until) note('until', 'This is no date.', 'Write one like 2027-11-22, or nothing.');
  if (cells.evidence !== undefined && !evidence) {
    note('evidence', 'This is no address.', 'Write one that starts with https://, or nothing.');
  }
  const isWhole = (cells.until === undefined || until) && (cells.evidence === undefined || evidence);
  if (!person || !edition || !on || !isWhole) return undefined;
  return {
    person: person.id,
    edition,
    move: { kind: 'import', on, ...(until ? { until } : {}), ...(evidence ? { evidence } : {}) },
  };
}

function noteRefusal({ why }: Refusal, note: Note): void {
  if (why === 'in_future') note('completed', 'This day has not come yet.', 'Correct the date.');
  else note('until', 'It has run out already.', 'Remove the line: what has run out counts for nothing.');
}

function contextOf({ edition, person }: PastCompletion, { people, now }: ImportWorld, actor: string) {
  return { edition, now, today: dateAt(now, people.get(person)?.zone ?? 'UTC'), actor };
}

// A row is a document, an event and the words beside it; the store takes 1,000 operations in a commit.
const batchSize = 200;

/**
 * Writes what was planned. Interrupted between two commits, the same table imported again adds what is missing. Says nothing to
 * anybody; the next walk of the bot announces renewals to the engine of reminders.
 */
export async function commitImport(
  store: Store,
  rows: readonly PastCompletion[],
  world: ImportWorld,
  by: PersonId,
): Promise<void> {
  const people = [...new Set(rows.map(({ person }) => person))];
  for (let from = 0; from < people.length; from += batchSize) {
    const ops: Op[] = [];
    for (const person of people.slice(from, from + batchSize)) {
      const own = rows.filter((row) => row.person === person);
      ops.push(...(await importFor(store, person, own, world, by)));
    }
    await store.commit(ops);
  }
}

async function importFor(
  store: Store,
  person: PersonId,
  rows: readonly PastCompletion[],
  world: ImportWorld,
  by: PersonId,
): Promise<readonly Op[]> {
  const doc = await store.get(learners, person);
  const { now, people } = world;
  const { id: _, version, ...before } = doc ?? { id: person, version: 0, ...newLearner(now) };
  const today = dateAt(now, people.get(person)?.zone ?? 'UTC');
  const { learner, ops } = carryOut(person, before, rows, { now, today, actor: by });
  return [put(learners, person, { ...learner, unannounced: true as const }, version), ...ops];
}
