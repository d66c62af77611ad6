import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import type { Finding } from '../core/findings.ts';
import { HrFacts } from './record.ts';

/** How a row names its person: at least one of the two. */
export interface HrKey {
  readonly slackId?: string;
  /** In lower case. */
  readonly email?: string;
}

export interface HrRow extends HrKey {
  readonly facts: HrFacts;
  /** Where it stands: `line 12`, or `entry 3` in JSON. */
  readonly place: string;
}

/** A file that can be used, or why it cannot. `broken` are people whose row has a mistake: what was known of them stays. */
export type HrFile =
  | { readonly rows: readonly HrRow[]; readonly broken: readonly HrKey[]; readonly findings: readonly Finding[] }
  | { readonly unusable: readonly Finding[] };

const columns = ['slackid', 'email', 'manager', 'office', 'unit', 'entity', 'start', 'end', 'github'] as const;
type Column = (typeof columns)[number];
type Cells = Readonly<Partial<Record<Column, string>>>;

// A person mends the first few and sees the pattern; 20,000 lines about one wrong date format help nobody.
const mostRowFindings = 50;

const slackId = z.string().regex(/^[UW][A-Z0-9]{5,}$/);
// Made once: making a schema costs far more than using it, and there are 20,000 rows.
const email = z.email();
const isoDate = z.iso.date();
const who = z.union([slackId, email]);

/**
 * Reads the HR file: JSON (a list of objects) when the name ends in .json, else CSV with a header line, separated by
 * commas, semicolons or tabs. Columns: Slack id, e-mail, manager, office, unit, entity, start, end, github; upper and
 * lower case, spaces, hyphens and underscores in their names do not matter, other columns are not used.
 */
export function parseHrFile(bytes: Uint8Array, name: string): HrFile {
  const text = decode(bytes);
  if (text === undefined) return unusable(name, 'The file is not UTF-8 text.', 'Export it as UTF-8.');
  const table = name.toLowerCase().endsWith('.json') ? readJson(text, name) : readCsv(text, name);
  return 'unusable' in table ? table : readRows(table, name);
}

interface Table {
  readonly rows: readonly { readonly place: string; readonly cells: Cells; readonly problem?: string }[];
  readonly notUsed: readonly string[];
}
type TableOutcome = Table | { readonly unusable: readonly Finding[] };

function readCsv(text: string, name: string): TableOutcome {
  try {
    const [header, ...lines] = parseCsv(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }).map(toLine);
    if (!header) return unusable(name, 'The file is empty.', 'Export it with a header line and one line a person.');
    const names = header.values.map(columnOf);
    if (!names.includes('slackid') && !names.includes('email')) {
      return unusable(
        name,
        'The header names neither a Slack id nor an e-mail column.',
        'Name one of them slack_id or email.',
      );
    }
    const rows = lines.map(({ values, line }) => ({
      place: `line ${line}`,
      cells: cellsOf(names.map((column, index) => [column, values[index] ?? ''] as const)),
      ...(values.length > names.length && { problem: 'The line has more values than the header.' }),
    }));
    return { rows, notUsed: header.values.filter((value) => columnOf(value) === undefined) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // After a stray quote nobody knows where the next line starts, so nothing of the file is believed.
    return unusable(
      name,
      `This is not valid CSV: ${error.message}.`,
      'Put text that holds quotes or line ends into double quotes.',
    );
  }
}

const CsvLine = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

function toLine(parsed: unknown): { readonly values: readonly string[]; readonly line: number } {
  const { record, info } = CsvLine.parse(parsed);
  return { values: record, line: info.lines };
}

function readJson(text: string, name: string): TableOutcome {
  const data = tryJson(text);
  const list = z.array(z.record(z.string(), z.unknown())).safeParse(data);
  if (!list.success)
    return unusable(name, 'This is not a JSON list of people.', 'Write [{ "email": "...", "manager": "..." }, ...].');
  const notUsed = new Set<string>();
  const rows = list.data.map((entry, index) => {
    for (const field of Object.keys(entry)) if (columnOf(field) === undefined) notUsed.add(field);
    const values = Object.entries(entry).map(
      ([field, value]) => [columnOf(field), value === null ? '' : String(value)] as const,
    );
    return { place: `entry ${index + 1}`, cells: cellsOf(values) };
  });
  return { rows, notUsed: [...notUsed] };
}

function readRows(table: Table, name: string): HrFile {
  const rows: HrRow[] = [];
  const broken: HrKey[] = [];
  const findings: Finding[] = [];
  for (const { place, cells, problem } of table.rows) {
    const mistakes = problem
      ? [[problem, 'Put values that hold the separator into double quotes.'] as const]
      : mistakesIn(cells);
    findings.push(...mistakes.map(([what, mend]) => ({ file: name, field: place, problem: what, mend, fatal: true })));
    const key = keyOf(cells);
    if (mistakes.length === 0) rows.push({ ...key, facts: factsOf(cells), place });
    else if (key.slackId !== undefined || key.email !== undefined) broken.push(key);
  }
  return { rows, broken, findings: [...shorten(findings, name), ...columnFindings(table.notUsed, name)] };
}

function mistakesIn(cells: Cells): readonly (readonly [string, string])[] {
  const mistakes: (readonly [string, string])[] = [];
  const { slackid, email: address, manager, start, end } = cells;
  if (slackid === undefined && address === undefined)
    mistakes.push(['The person has neither a Slack id nor an e-mail.', 'Fill in one of them.']);
  if (slackid !== undefined && !slackId.safeParse(slackid).success)
    mistakes.push([`${slackid} is not a Slack member id.`, 'Write one like U012ABCDEF.']);
  if (address !== undefined && !email.safeParse(address).success)
    mistakes.push([`${address} is not an e-mail address.`, 'Correct it.']);
  if (manager !== undefined && !who.safeParse(manager).success) {
    mistakes.push([
      `The manager ${manager} is neither a Slack member id nor an e-mail address.`,
      'Write one of them, or leave it empty.',
    ]);
  }
  for (const [field, date] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (date !== undefined && !isoDate.safeParse(date).success)
      mistakes.push([`The ${field} ${date} is not a date.`, 'Write it like 2026-11-22.']);
  }
  if (mistakes.length === 0 && start !== undefined && end !== undefined && end < start) {
    mistakes.push([`The end ${end} lies before the start ${start}.`, 'Correct one of them.']);
  }
  return mistakes;
}

function keyOf({ slackid, email: address }: Cells): HrKey {
  return {
    ...(slackid !== undefined && slackId.safeParse(slackid).success && { slackId: slackid }),
    ...(address !== undefined && email.safeParse(address).success && { email: address.toLowerCase() }),
  };
}

function factsOf({ slackid: _, email: __, ...facts }: Cells): HrFacts {
  return HrFacts.parse(facts);
}

function cellsOf(values: readonly (readonly [Column | undefined, string])[]): Cells {
  return Object.fromEntries(
    values
      .filter(([column, value]) => column !== undefined && value.trim() !== '')
      .map(([column, value]) => [column, value.trim()]),
  );
}

function columnOf(title: string): Column | undefined {
  const plain = title.toLowerCase().replace(/[\s_-]/g, '');
  return columns.find((column) => column === plain);
}

/** The separator that the header line has most of: exports differ by country. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const);
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}

function shorten(findings: readonly Finding[], name: string): readonly Finding[] {
  if (findings.length <= mostRowFindings) return findings;
  const more = findings.length - mostRowFindings;
  const problem = `There are ${more} more mistakes in this file.`;
  return [
    ...findings.slice(0, mostRowFindings),
    { file: name, problem, mend: 'Mend the first ones and load it again.', fatal: true },
  ];
}

function columnFindings(notUsed: readonly string[], name: string): readonly Finding[] {
  if (notUsed.length === 0) return [];
  const problem = `These columns are not used: ${notUsed.join(', ')}.`;
  return [{ file: name, problem, mend: `If one is meant, give it its name: ${columns.join(', ')}.`, fatal: false }];
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(file: string, problem: string, mend: string): { readonly unusable: readonly Finding[] } {
  return { unusable: [{ file, problem, mend: `${mend} Until then the data of the last file is used.`, fatal: true }] };
}
