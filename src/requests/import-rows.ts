import { z } from 'zod';
import type { Finding } from '../core/findings.ts';
import type { People, Person, PersonId } from '../core/ports.ts';
import { monthsAfter } from './clocks.ts';
import { isThere } from './deciding.ts';
import { checkAnswer, fieldsAsked, type ReadLicense, tidyAnswer } from './form.ts';
import type { Answer, Answers, RequestEvent } from './request.ts';
import { standingKinds } from './standing.ts';
import { endOf, type Grant, type GrantMistake, readGrant } from './standing-grant.ts';
import type { Field, RequestType, TypeEdition } from './type.ts';

/** The columns of a table of past decisions; beside them `answer.<field>` for each field of a form. */
const importColumns = [
  'external',
  'kind',
  'people',
  'decision',
  'decided',
  'decider',
  'evidence',
  'submitted',
  'until',
  'reason',
  'projects',
  'license',
  'agreement',
  'note',
] as const;
type ImportColumn = (typeof importColumns)[number];
const answerPrefix = 'answer.';

/** A line of the table: where it stands (`line 12`), and its cells by column, trimmed; empty ones are left out. */
export interface ImportLine {
  readonly place: string;
  readonly cells: Readonly<Partial<Record<string, string>>>;
}

type Recorded = Extract<RequestEvent, { kind: 'recorded' }>;

/** A request that was decided elsewhere. */
export interface PastRequest {
  readonly what: 'request';
  readonly external: string;
  readonly edition: TypeEdition;
  readonly requester: PersonId;
  readonly answers: Answers;
  /** ms */
  readonly submitted: number;
  readonly decision: Pick<Recorded, 'decision' | 'decider' | 'decidedAt' | 'evidence' | 'validUntil' | 'reason'>;
}

/** A standing approval that was given elsewhere and still holds. */
export interface PastStanding {
  readonly what: 'standing';
  readonly external: string;
  readonly grant: Grant;
  /** ms */
  readonly from: number;
  /** Absent where whoever granted it cannot be asked any more: then whoever imports it answers for it. */
  readonly grantedBy?: PersonId;
}

export type PastRow = PastRequest | PastStanding;

/** What the rows are held against. */
export interface ImportWorld {
  /** How findings call the table. */
  readonly file: string;
  readonly types: readonly TypeEdition[];
  readonly people: People;
  readonly readLicense: ReadLicense;
  /** ms */
  readonly now: number;
}

type Note = (column: string, problem: string, mend: string) => void;

const dayMs = 24 * 60 * 60_000;
// At noon UTC a day is the same day nearly everywhere.
const noonMs = dayMs / 2;
const isoDate = z.iso.date();
const memberId = /^[UW][A-Z0-9]{2,}$/;
const standingPrefix = 'standing/';
// An id, a name or a line of text as they are stored.
const longest = { external: 200, decider: 200, evidence: 3_000, note: 2_000 } as const;

/** Whether a line is about a standing approval. */
export function isStandingLine({ cells }: ImportLine): boolean {
  return cells.kind?.startsWith(standingPrefix) ?? false;
}

/** What is wrong with the header: columns that nobody reads, and those that are needed and missing. */
export function checkColumns(header: readonly string[], file: string): readonly Finding[] {
  const known = new Set<string>(importColumns);
  const needed: readonly ImportColumn[] = ['external', 'kind', 'people', 'decided', 'decider', 'evidence'];
  const strange = header.filter((name) => !known.has(name) && !name.startsWith(answerPrefix));
  const twice = header.filter((name, index) => header.indexOf(name) !== index);
  const at = { file, field: 'line 1', fatal: true };
  return [
    ...strange.map((name) => ({
      ...at,
      problem: `The column "${name}" is not known.`,
      mend: `Remove it or name it one of: ${importColumns.join(', ')}, ${answerPrefix}<field>.`,
    })),
    ...twice.map((name) => ({ ...at, problem: `The column "${name}" is there twice.`, mend: 'Remove one of them.' })),
    ...needed
      .filter((name) => !header.includes(name))
      .map((name) => ({ ...at, problem: `The column "${name}" is missing.`, mend: 'Add it.' })),
  ];
}

/** Reads one line; every mistake in it is noted, by row and column. */
export function readLine(
  line: ImportLine,
  world: ImportWorld,
):
  | { readonly row: PastRow; readonly findings?: never }
  | { readonly row?: never; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const note: Note = (column, problem, mend) => {
    findings.push({ file: world.file, field: `${line.place}, ${column}`, problem, mend, fatal: true });
  };
  const row = isStandingLine(line) ? readStanding(line, world, note) : readRequest(line, world, note);
  return row && findings.length === 0 ? { row } : { findings };
}

interface Common {
  readonly external: string;
  readonly decider: string;
  readonly evidence: string;
  /** ms; undefined when it is no day */
  readonly decided: number | undefined;
}

function readCommon({ cells }: ImportLine, now: number, note: Note): Common {
  const textOf = (column: 'external' | 'decider' | 'evidence', mend: string) => {
    const text = cells[column] ?? '';
    if (text === '') note(column, 'It is empty.', mend);
    if (text.length > longest[column]) note(column, `It is longer than ${longest[column]} characters.`, 'Shorten it.');
    return text;
  };
  return {
    external: textOf('external', 'Write the id that it has where it comes from.'),
    decider: textOf('decider', 'Write who decided: a Slack member id, or a name.'),
    evidence: textOf('evidence', 'Write where the decision is kept: a link, or the name of a document.'),
    decided: pastDay(cells.decided, 'decided', now, note),
  };
}

function readRequest(line: ImportLine, world: ImportWorld, note: Note): PastRequest | undefined {
  const { cells } = line;
  const common = readCommon(line, world.now, note);
  for (const column of ['projects', 'license', 'agreement', 'note'] as const) {
    if (!cells[column]) continue;
    note(column, 'A request has no such cell.', `Empty it, or write it as an answer: ${answerPrefix}<field>.`);
  }
  const requester = oneMember(cells.people, note);
  const decision = (['approved', 'declined'] as const).find((one) => one === cells.decision);
  if (!decision) note('decision', said(cells.decision, 'is no decision'), 'Write approved or declined.');
  if (decision === 'approved' && requester !== undefined && common.decider === requester) {
    note('decider', 'Nobody approves their own request.', 'Write who approved it.');
  }
  const edition = world.types.find(({ type }) => type.id === cells.kind);
  if (!edition) {
    const kinds = world.types.map(({ type }) => type.id).join(', ');
    note('kind', said(cells.kind, 'is no kind of request'), `Write one of: ${kinds}; or standing/<kind>.`);
    return undefined;
  }
  const { type } = edition;
  const reason = readReason(cells.reason, decision, type, note);
  const { decided } = common;
  const submitted = cells.submitted ? pastDay(cells.submitted, 'submitted', world.now, note) : decided;
  if (submitted !== undefined && decided !== undefined && submitted > decided) {
    note('submitted', 'It was decided before it was submitted.', 'Correct one of the two days.');
  }
  const validUntil = endOfApproval(cells.until, decision, { decided, type }, note);
  const answers = readAnswers(line, type, world.readLicense, note);
  if (!requester || !decision || decided === undefined || submitted === undefined) return undefined;
  return {
    what: 'request',
    external: common.external,
    edition,
    requester,
    answers,
    submitted,
    decision: {
      decision,
      decider: isMember(common.decider) ? { person: common.decider } : { name: common.decider },
      decidedAt: decided,
      evidence: common.evidence,
      ...(validUntil === undefined ? {} : { validUntil }),
      ...(reason ? { reason } : {}),
    },
  };
}

function readReason(
  text: string | undefined,
  decision: Recorded['decision'] | undefined,
  { declines }: RequestType,
  note: Note,
): string | undefined {
  if (decision !== 'declined') {
    if (text) note('reason', 'Only a decline has a reason.', 'Empty it.');
    return undefined;
  }
  const found = declines.find(({ id }) => id === text)?.id;
  if (found || (declines.length === 0 && !text)) return found;
  const mend = declines.length > 0 ? `Write one of: ${declines.map(({ id }) => id).join(', ')}.` : 'Empty it.';
  note('reason', said(text, 'is no reason of this kind of request'), mend);
  return undefined;
}

/** As it is written, or as the type has it. */
function endOfApproval(
  text: string | undefined,
  decision: Recorded['decision'] | undefined,
  { decided, type }: { readonly decided: number | undefined; readonly type: RequestType },
  note: Note,
): number | undefined {
  if (text && decision === 'declined') {
    note('until', 'What was declined has no end.', 'Empty it.');
    return undefined;
  }
  if (!text) {
    if (decision !== 'approved' || decided === undefined || type.validMonths === undefined) return undefined;
    return monthsAfter(decided, type.validMonths, 'UTC');
  }
  const end = isoDate.safeParse(text).success ? endOf(text, 'UTC') : undefined;
  if (end === undefined) note('until', said(text, 'is no day'), 'Write it like 2027-11-22.');
  else if (decided !== undefined && end <= decided) {
    note('until', 'The approval ends before it was given.', 'Correct the end, or the day of the decision.');
  }
  return end;
}

/**
 * Answers as the form of today takes them. Of past requests only what names and finds them is needed: nobody can be asked
 * any more for what a form of that time did not ask.
 */
function readAnswers({ cells }: ImportLine, type: RequestType, readLicense: ReadLicense, note: Note): Answers {
  const values: Answers = {};
  for (const [column, text] of Object.entries(cells)) {
    if (!column.startsWith(answerPrefix) || text === undefined) continue;
    const id = column.slice(answerPrefix.length);
    const field = type.fields.find((one) => one.id === id);
    if (field) values[id] = answerIn(field, text, readLicense);
    else note(column, `The form of ${type.id} has no field "${id}".`, `Empty it; ${fieldList(type)}.`);
  }
  for (const field of type.fields) {
    const value = values[field.id];
    const error = value === undefined ? undefined : checkAnswer(field, value, 'en', readLicense);
    if (error) note(`${answerPrefix}${field.id}`, `${JSON.stringify(value)} does not fit.`, error + choicesOf(field));
  }
  const named = new Set([...type.subject.en.matchAll(/\{(\w+)\}/g)].map(([, id]) => id));
  const { project, component } = type.find;
  for (const { id, required } of fieldsAsked(type, values)) {
    const isNeeded = required && (named.has(id) || id === project || id === component);
    if (isNeeded && values[id] === undefined) {
      note(`${answerPrefix}${id}`, 'It is empty, and names the request.', 'Fill it in.');
    }
  }
  // Also what today's form would not ask beside the others: it is how the request is found.
  return values;
}

function answerIn(field: Field, text: string, readLicense: ReadLicense): Answer {
  if (field.kind === 'choices' || field.kind === 'people') return [...listIn(text)];
  const value = tidyAnswer(field, text, readLicense);
  return typeof value === 'number' ? value : String(value);
}

function choicesOf({ choices }: Field): string {
  return choices ? ` Choices: ${choices.map(({ id }) => id).join(', ')}.` : '';
}

function fieldList({ fields }: RequestType): string {
  return `its fields: ${fields.map(({ id }) => id).join(', ')}`;
}

const grantMistakes: Readonly<Record<GrantMistake, readonly [string, string]>> = {
  noProject: ['Names no project, or more than 50.', 'Write 1 to 50 projects, separated by semicolons.'],
  oneProject: ['Only team and trust cover several projects.', 'Write one line for each project.'],
  noPeople: ['Names nobody.', 'Write Slack member ids, separated by semicolons.'],
  onePerson: ['This kind covers one person.', 'Write one line for each person.'],
  noPeopleHere: ['An approval for a project covers everybody.', 'Empty it.'],
  own: ['Whoever granted it would be covered.', 'Leave the line out and have somebody else grant it in Slack.'],
  badUntil: [
    'The end is missing, past, or more than 400 days away.',
    'Write a day like 2027-11-22; what is over stays out.',
  ],
  license: ['This is no SPDX license.', 'Write an SPDX id like Apache-2.0, or empty it.'],
};

function readStanding(line: ImportLine, world: ImportWorld, note: Note): PastStanding | undefined {
  const { cells } = line;
  const { external, decider, evidence, decided } = readCommon(line, world.now, note);
  for (const column of ['submitted', 'reason', ...Object.keys(cells).filter((one) => one.startsWith(answerPrefix))]) {
    if (cells[column]) note(column, 'A standing approval has no such cell.', 'Empty it.');
  }
  if (cells.decision && cells.decision !== 'approved') {
    note('decision', 'Only what was approved stands.', 'Write approved, or leave the line out.');
  }
  if ((cells.note ?? '').length > longest.note)
    note('note', `It is longer than ${longest.note} characters.`, 'Shorten it.');
  const grant = readGrantLine(line, world, note);
  if (!grant) return undefined;
  // A signed list approves nothing, so whoever keeps it may be on it.
  if (grant.kind !== 'ccla' && grant.people.some((one) => one === decider)) note('decider', ...grantMistakes.own);
  for (const one of grant.people) {
    if (isThere(world.people.get(one))) continue;
    const mend = 'Correct the id or leave the person out; people are known once the bot has run.';
    note('people', `${one} is nobody who works here.`, mend);
  }
  if (decided === undefined) return undefined;
  const granter = isMember(decider) ? world.people.get(decider) : undefined;
  const written = [cells.note, evidence, ...(isThere(granter) ? [] : [decider])];
  return {
    what: 'standing',
    external,
    grant: { ...grant, note: written.filter(Boolean).join('\n').slice(0, 3_000) },
    from: decided,
    ...grantedBy(granter),
  };
}

function grantedBy(granter: Person | undefined): Pick<PastStanding, 'grantedBy'> {
  return isThere(granter) ? { grantedBy: granter.id } : {};
}

/** The same rules as when it is granted in Slack. */
function readGrantLine({ cells }: ImportLine, { now, readLicense }: ImportWorld, note: Note): Grant | undefined {
  const kind = (cells.kind ?? '').slice(standingPrefix.length);
  if (!standingKinds.some((one) => one === kind)) {
    note(
      'kind',
      `${kind} is no kind of standing approval.`,
      `Write standing/ and one of: ${standingKinds.join(', ')}.`,
    );
    return undefined;
  }
  const people = listIn(cells.people ?? '');
  for (const one of people) {
    if (!isMember(one)) note('people', `${one} is no Slack member id.`, 'Write one like U012ABCDEF.');
  }
  const read = readGrant(
    {
      kind: { kind },
      projects: { projects: cells.projects },
      people: { people },
      license: { license: cells.license },
      agreement: { agreement: cells.agreement },
      note: { note: cells.note },
      until: { until: cells.until },
    },
    now,
    'UTC',
    (text) => {
      const license = readLicense(text);
      return license.kind === 'expression' ? license.text : undefined;
    },
  );
  if ('grant' in read) return read.grant;
  for (const [column, mistake] of Object.entries(read.mistakes)) note(column, ...grantMistakes[mistake]);
  return undefined;
}

function pastDay(text: string | undefined, column: string, now: number, note: Note): number | undefined {
  if (!text || !isoDate.safeParse(text).success) {
    note(column, said(text, 'is no day'), 'Write it like 2025-11-22.');
    return undefined;
  }
  const start = Date.parse(text);
  if (start > now) note(column, `${text} has not come yet.`, 'Write the day on which it happened.');
  return Math.min(start + noonMs, now);
}

function oneMember(text: string | undefined, note: Note): PersonId | undefined {
  if (text && isMember(text)) return text;
  note('people', said(text, 'is no Slack member id'), 'Write whose request it was: one id like U012ABCDEF.');
  return undefined;
}

function isMember(text: string): text is PersonId {
  return memberId.test(text);
}

function listIn(text: string): readonly string[] {
  return text.split(/[;\n]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
}

function said(text: string | undefined, problem: string): string {
  return text ? `"${text}" ${problem}.` : 'It is empty.';
}
