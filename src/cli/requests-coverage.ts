import type { Command } from 'commander';
import { collections } from '../app.ts';
import { organizationContent } from '../core/organization.ts';
import { systemClock } from '../core/time.ts';
import { openLayers } from '../layers.ts';
import { readPeople } from '../people/known.ts';
import { coverageCsv, coveredFrom } from '../requests/coverage.ts';
import { type KnownStanding, standings } from '../requests/standing.ts';
import { openStore } from '../storage/file-store.ts';
import { printPieces } from './print.ts';
import { localConfig, readContent } from './setup.ts';

/** Adds `requests coverage` to the command of requests. */
export function registerRequestsCoverage(requests: Command): void {
  requests
    .command('coverage')
    .description(
      'print who is covered by signed contributor agreements, as CSV, leavers flagged; also while the bot runs',
    )
    .option('--project <name>', 'a project by name or address: apache/kafka')
    .action(printCoverage);
}

async function printCoverage({ project }: { readonly project?: string }): Promise<void> {
  const { stateDir, contentDir } = localConfig();
  const store = await openStore(stateDir, { collections, mode: 'read' });
  const content = await readContent(openLayers({ contentDir, store }), [organizationContent]);
  const [organization] = content.items(organizationContent);
  const people = organization && (await readPeople(store, organization, systemClock.now()));
  const lists: KnownStanding[] = [];
  for await (const standing of store.scan(standings)) lists.push(standing);
  await printPieces(pieces(coverageCsv(lists, (id) => coveredFrom(people?.get(id)), project)));
}

async function* pieces(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines;
}
