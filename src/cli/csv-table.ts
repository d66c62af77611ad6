import { readFile } from 'node:fs/promises';
import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import { collections } from '../app.ts';
import { OperatorError } from '../core/errors.ts';
import { type Finding, formatFinding } from '../core/findings.ts';
import type { People, PersonId, Store } from '../core/ports.ts';
import { openStore } from '../storage/file-store.ts';
import { counted } from './audit-lines.ts';
import { print } from './print.ts';
import { localConfig } from './setup.ts';

// What the imports of tables share.

/** @throws OperatorError when nobody here goes by this id */
export function recorder(by: string | undefined, people: People): PersonId {
  const mend = 'Give your Slack member id, like U012ABCDEF; people are known once the bot has run.';
  if (by === undefined) throw missing('--by', 'Nothing says who records it.', mend);
  const person = people.get(by as PersonId);
  if (!person?.active || person.guest) throw missing(`--by ${by}`, 'Nobody who works here has this id.', mend);
  return person.id;
}

/** Prints every mistake; exits 1. */
export function refuse(findings: readonly Finding[]): void {
  for (const finding of findings) print(`Error: ${formatFinding(finding)}`);
  print(`${counted(findings.length, 'mistake')}; nothing was written.`);
  process.exitCode = 1;
}

const CsvLine = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/** A line of a table: where it stands (`line 12`), and its cells by column, trimmed; empty ones are left out. */
interface CsvRow {
  readonly place: string;
  readonly cells: Readonly<Partial<Record<string, string>>>;
}

interface CsvTable {
  readonly header: readonly string[];
  readonly lines: readonly CsvRow[];
}

/** @param what a line is about, in one word. @throws OperatorError */
export async function readTable(path: string, what: string): Promise<CsvTable> {
  const bytes = await readFile(path).catch(() => {
    throw missing(path, 'This file cannot be read.', 'Check its path.');
  });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const parsed: readonly unknown[] = parseCsv(text, { info: true, skip_empty_lines: true, trim: true });
    const [first, ...rest] = parsed.map((one) => CsvLine.parse(one));
    if (!first)
      throw missing(path, 'The file is empty.', `Write a line with the columns and one line for each ${what}.`);
    const header = first.record;
    const lines = rest.map(({ record, info }): CsvRow => {
      const cells = header.map((name, index) => [name, record[index] ?? ''] as const).filter(([, cell]) => cell !== '');
      return { place: `line ${info.lines}`, cells: Object.fromEntries(cells) };
    });
    return { header, lines };
  } catch (error) {
    if (error instanceof CsvError) {
      const mend = 'Separate cells by commas, and put text that holds commas, quotes or line ends into double quotes.';
      throw missing(path, `This is not valid CSV: ${error.message}.`, mend);
    }
    if (error instanceof TypeError) throw missing(path, 'The file is not UTF-8 text.', 'Export it as UTF-8.');
    throw error;
  }
}

export function openForReading(): Promise<Store> {
  return openStore(localConfig().stateDir, { collections, mode: 'read' });
}

/** @param command how it is called. @throws OperatorError when there is no store, or the bot has it */
export async function openForImporting(command: string): Promise<Store> {
  try {
    return await openStore(localConfig().stateDir, { collections });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const mend = 'Stop the bot, import, start it again. Without --commit the table is checked beside it.';
    const own = { where: `${command} --commit`, problem: 'needs the store for itself.', mend };
    throw new OperatorError([...error.mistakes, own]);
  }
}

export function missing(where: string, problem: string, mend: string): OperatorError {
  return new OperatorError([{ where, problem, mend }]);
}
