import { basename } from 'node:path';
import type { Command } from 'commander';
import { organizationContent } from '../core/organization.ts';
import type { Store } from '../core/ports.ts';
import { systemClock } from '../core/time.ts';
import { openLayers } from '../layers.ts';
import { readExpression } from '../licenses/expression.ts';
import { readPeople } from '../people/known.ts';
import { commitImport, type ImportPlan, planImport } from '../requests/import.ts';
import { checkColumns, type ImportLine } from '../requests/import-rows.ts';
import { inOffer, requestContent } from '../requests/type-content.ts';
import { counted } from './audit-lines.ts';
import { missing, openForImporting, openForReading, readTable, recorder, refuse } from './csv-table.ts';
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
  const { header, lines } = await readTable(path, 'decision');
  const file = basename(path);
  const strange = checkColumns(header, file);
  if (strange.length > 0) return refuse(strange);
  const store = commit ? await openForImporting('requests import') : await openForReading();
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

function summary({ rows, known }: ImportPlan, commit: boolean): string {
  const requests = rows.filter(({ what }) => what === 'request').length;
  const parts = [counted(requests, 'request'), counted(rows.length - requests, 'standing approval')].join(', ');
  return `${commit ? 'Imported' : 'To import'}: ${parts}. Here already: ${counted(known, 'line')}.`;
}
