import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import { collections } from '../app.ts';
import { OperatorError } from '../core/errors.ts';
import { type Finding, formatFinding } from '../core/findings.ts';
import { organizationContent } from '../core/organization.ts';
import type { People, PersonId, Store } from '../core/ports.ts';
import { systemClock } from '../core/time.ts';
import { openLayers } from '../layers.ts';
import { readExpression } from '../licenses/expression.ts';
import { readPeople } from '../people/known.ts';
import { commitImport, type ImportPlan, planImport } from '../requests/import.ts';
import { checkColumns, type ImportLine } from '../requests/import-rows.ts';
import { inOffer, requestContent } from '../requests/type-content.ts';
import { openStore } from '../storage/file-store.ts';
import { counted } from './audit-lines.ts';
import { print } from './print.ts';
import { localConfig, readContent } from './setup.ts';

interface Options {
  readonly commit?: boolean;
  readonly by?: string;
}

/** Adds `requests import` to the command of requests. */
export function registerRequestsImport(requests: Command): void {
  requests
    .command('import <csv>')
    .description('check a table of past requests and standing approvals, also while the bot runs; --commit takes it in')
    .option('--commit', 'write it; the bot must be stopped')
    .option('--by <id>', 'your Slack member id: who recorded it; needed with --commit')
    .action(importTable);
}

/** @throws OperatorError when the file or the store cannot be read, or the bot has the store */
async function importTable(path: string, { commit = false, by }: Options): Promise<void> {
  const { header, lines } = await readTable(path);
  const file = basename(path);
  const strange = checkColumns(header, file);
  if (strange.length > 0) return refuse(strange);
  const store = commit ? await openForImporting() : await openForReading();
  try {
    const { plan, people } = await planFor(store, lines, file);
    if (plan.findings.length > 0) return refuse(plan.findings);
    if (commit) {
      const context = { by: recorder(by, people), people, now: systemClock.now() };
      await commitImport(store, plan.rows, context);
    }
    print(summary(plan, commit));
    if (!commit && plan.rows.length > 0) {
      print('Nothing was written. To take it in, stop the bot and add --commit --by <your Slack member id>.');
    }
  } finally {
    await store.close();
  }
}

async function planFor(store: Store, lines: readonly ImportLine[], file: string) {
  const now = systemClock.now();
  const layers = openLayers({ contentDir: localConfig().contentDir, store });
  const content = await readContent(layers, [organizationContent, requestContent]);
  const [organization] = content.items(organizationContent);
  if (!organization) throw missing('organization.yml', 'There is none.', 'Write one into your content folder.');
  const people = await readPeople(store, organization, now);
  const types = inOffer(content.items(requestContent));
  return { people, plan: await planImport(store, lines, { file, types, people, readLicense: readExpression, now }) };
}

/** @throws OperatorError when nobody here goes by this id */
function recorder(by: string | undefined, people: People): PersonId {
  const mend = 'Give your Slack member id, like U012ABCDEF; people are known once the bot has run.';
  if (by === undefined) throw missing('--by', 'Nothing says who records it.', mend);
  const person = people.get(by as PersonId);
  if (!person?.active || person.guest) throw missing(`--by ${by}`, 'Nobody who works here has this id.', mend);
  return person.id;
}

function summary({ rows, known }: ImportPlan, commit: boolean): string {
  const requests = rows.filter(({ what }) => what === 'request').length;
  const parts = [counted(requests, 'request'), counted(rows.length - requests, 'standing approval')].join(', ');
  return `${commit ? 'Imported' : 'To import'}: ${parts}. Here already: ${counted(known, 'line')}.`;
}

function refuse(findings: readonly Finding[]): void {
  for (const finding of findings) print(`Error: ${formatFinding(finding)}`);
  print(`${counted(findings.length, 'mistake')}; nothing was written.`);
  process.exitCode = 1;
}

const CsvLine = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

interface CsvTable {
  readonly header: readonly string[];
  readonly lines: readonly ImportLine[];
}

/** @throws OperatorError */
async function readTable(path: string): Promise<CsvTable> {
  const bytes = await readFile(path).catch(() => {
    throw missing(path, 'This file cannot be read.', 'Check its path.');
  });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const parsed: readonly unknown[] = parseCsv(text, { info: true, skip_empty_lines: true, trim: true });
    const [first, ...rest] = parsed.map((one) => CsvLine.parse(one));
    if (!first)
      throw missing(path, 'The file is empty.', 'Write a line with the columns and one line for each decision.');
    const header = first.record;
    const lines = rest.map(({ record, info }): ImportLine => {
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

function openForReading(): Promise<Store> {
  return openStore(localConfig().stateDir, { collections, mode: 'read' });
}

/** @throws OperatorError when there is no store, or the bot has it */
async function openForImporting(): Promise<Store> {
  try {
    return await openStore(localConfig().stateDir, { collections });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const mend = 'Stop the bot, import, start it again. Without --commit the table is checked beside it.';
    const own = { where: 'requests import --commit', problem: 'needs the store for itself.', mend };
    throw new OperatorError([...error.mistakes, own]);
  }
}

function missing(where: string, problem: string, mend: string): OperatorError {
  return new OperatorError([{ where, problem, mend }]);
}
