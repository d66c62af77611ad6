import { type Command, Option } from 'commander';
import { OperatorError } from '../core/errors.ts';
import {
  exportRequests,
  type RequestChoice,
  type RequestExportFormat,
  requestExportFormats,
} from '../requests/export.ts';
import { requests as requestRecords } from '../requests/records.ts';
import { openStore } from '../storage/file-store.ts';
import { printPieces } from './print.ts';
import { localConfig } from './setup.ts';

/** Adds `requests export` to the command of requests. */
export function registerRequestsExport(requests: Command): void {
  requests
    .command('export')
    .description('print requests, confidential ones too; also while the bot runs')
    .option('--person <id>', 'who asked or decided, by Slack member id')
    .option('--project <name>', 'a project by name or address: apache/kafka')
    .option('--license <id>', 'an SPDX id: Apache-2.0')
    .option('--from <date>', 'submitted from this day or moment on, UTC', moment)
    .option('--to <date>', 'submitted before this day or moment, UTC', moment)
    .addOption(new Option('--format <format>', 'how').choices(requestExportFormats).default('csv'))
    .action(printRequests);
}

async function printRequests({
  format,
  ...choice
}: RequestChoice & { readonly format: RequestExportFormat }): Promise<void> {
  const store = await openStore(localConfig().stateDir, { collections: [requestRecords], mode: 'read' });
  await printPieces(exportRequests(store, choice, format));
}

/** A day or a moment as ISO 8601, in UTC where nothing is said. */
function moment(text: string): number {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (!Number.isNaN(at)) return at;
  const mend = 'Write 2026-11-22, or 2026-11-22T08:00:00Z.';
  throw new OperatorError([{ where: text, problem: 'This is no date.', mend }]);
}
