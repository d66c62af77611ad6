import { basename } from 'node:path';
import type { Command } from 'commander';
import { collections } from '../app.ts';
import { articleContent } from '../ask/knowledge.ts';
import { formatFinding } from '../core/findings.ts';
import { organizationContent } from '../core/organization.ts';
import type { Store } from '../core/ports.ts';
import { systemClock } from '../core/time.ts';
import { handbookKinds } from '../handbook.ts';
import { openLayers } from '../layers.ts';
import { readPeople } from '../people/known.ts';
import { openStore } from '../storage/file-store.ts';
import { exportHead, exportLines } from '../training/export.ts';
import { checkColumns, commitImport, planImport } from '../training/import.ts';
import { learners } from '../training/learner.ts';
import { minutesOf } from '../training/track.ts';
import { checkArticles, inOffer, trackContent } from '../training/track-content.ts';
import { counted } from './audit-lines.ts';
import { missing, openForImporting, openForReading, readTable, recorder, refuse } from './csv-table.ts';
import { print, printPieces } from './print.ts';
import { localConfig, readAdoptions, readContent } from './setup.ts';

export function registerTraining(program: Command): void {
  const training = program
    .command('training')
    .description('tracks of training: list, check; export and import of completions');
  training.command('list').description('every track, its modules and minutes, and whether it is adopted').action(list);
  training.command('lint').description('list every mistake in the tracks, with its mend').action(lint);
  training
    .command('export')
    .description('every completion as CSV, as evidence of competence; also while the bot runs')
    .action(exportAll);
  training
    .command('import <csv>')
    .description('check a table of completions from a learning system; --commit takes it in')
    .option('--commit', 'write it; the bot must be stopped')
    .option('--by <id>', 'your Slack member id: who recorded it; needed with --commit')
    .action(importTable);
}

async function read() {
  const layers = openLayers({ contentDir: localConfig().contentDir, store: await readAdoptions() });
  const content = await readContent(layers, [...new Set([...handbookKinds, trackContent])]);
  return { layers, content, editions: inOffer(content.items(trackContent)) };
}

async function list(): Promise<void> {
  const { editions, layers } = await read();
  for (const { track, file } of editions) {
    const origin = layers.originOf(file) === 'shipped' ? 'starter' : layers.originOf(file);
    const size = `${counted(track.modules.length, 'module')}, ${minutesOf(track.modules)} min`;
    print(`${track.id}  ${track.kind}  ${track.title.en}  ${size}  ${origin}`);
  }
}

/** Exits 1 when something is not used as it is. */
async function lint(): Promise<void> {
  const { content, editions } = await read();
  const articles = new Set(content.items(articleContent).map(({ id }) => id));
  const findings = [
    ...content.findings.filter(({ file }) => file.includes('training/')),
    ...editions.flatMap((edition) => checkArticles(edition, articles)),
  ];
  for (const finding of findings) print(`${finding.fatal ? 'Error' : 'Note'}: ${formatFinding(finding)}`);
  print(`${counted(editions.length, 'track')}, ${counted(findings.length, 'finding')}.`);
  if (findings.some(({ fatal }) => fatal)) process.exitCode = 1;
}

/** @throws OperatorError when there is no store */
async function exportAll(): Promise<void> {
  const store = await openStore(localConfig().stateDir, { collections, mode: 'read' });
  try {
    await printPieces(pieces(store));
  } finally {
    await store.close();
  }
}

async function* pieces(store: Store): AsyncIterable<string> {
  yield exportHead;
  for await (const learner of store.scan(learners)) yield exportLines(learner.id, learner).join('');
}

/** @throws OperatorError when the file or the store cannot be read, or the bot has the store */
async function importTable(path: string, { commit = false, by }: { commit?: boolean; by?: string }): Promise<void> {
  const { header, lines } = await readTable(path, 'completion');
  const file = basename(path);
  const strange = checkColumns(header, file);
  if (strange.length > 0) return refuse(strange);
  const store = commit ? await openForImporting('training import') : await openForReading();
  try {
    const now = systemClock.now();
    const layers = openLayers({ contentDir: localConfig().contentDir, store });
    const content = await readContent(layers, [organizationContent, trackContent]);
    const [organization] = content.items(organizationContent);
    if (!organization) throw missing('organization.yml', 'There is none.', 'Write one into your content folder.');
    const people = await readPeople(store, organization, now);
    const world = { file, editions: inOffer(content.items(trackContent)), people, now };
    const plan = await planImport(store, lines, world);
    if (plan.findings.length > 0) return refuse(plan.findings);
    if (commit) await commitImport(store, plan.rows, world, recorder(by, people));
    const what = `${counted(plan.rows.length, 'completion')}. Here already: ${counted(plan.known, 'line')}.`;
    print(`${commit ? 'Imported' : 'To import'}: ${what}`);
    if (!commit && plan.rows.length > 0) {
      print('Nothing was written. To take it in, stop the bot and add --commit --by <your Slack member id>.');
    }
  } finally {
    await store.close();
  }
}
