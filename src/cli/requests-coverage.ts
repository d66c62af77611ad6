import type { Command } from 'commander';
import type { PersonId } from '../core/ports.ts';
import { personCollection } from '../people/record.ts';
import { type Covered, coverageCsv } from '../requests/coverage.ts';
import { type KnownStanding, standings } from '../requests/standing.ts';
import { openStore } from '../storage/file-store.ts';
import { printPieces } from './print.ts';
import { localConfig } from './setup.ts';

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
  const store = await openStore(localConfig().stateDir, {
    collections: [standings, personCollection],
    mode: 'read',
  });
  const people = new Map<string, Covered>();
  for await (const { id, slack, hr, goneSince } of store.scan(personCollection)) {
    people.set(id, {
      name: slack.name,
      ...(slack.email ? { email: slack.email } : {}),
      ...(hr?.github ? { github: hr.github } : {}),
      isThere: slack.active && !slack.guest && goneSince === undefined,
    });
  }
  const lists: KnownStanding[] = [];
  for await (const standing of store.scan(standings)) lists.push(standing);
  await printPieces(pieces(coverageCsv(lists, (id: PersonId) => people.get(id), project)));
}

async function* pieces(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines;
}
