import type { Command } from 'commander';
import type { Adopting } from '../adoption/adopting.ts';
import { type Adopter, chooseStandings, sealOf, type Update } from '../adoption/adoption.ts';
import { texts } from '../adoption/texts.ts';
import { areaLines, outcomeLines, standingLine } from '../adoption/views.ts';
import { loadContent } from '../content/content.ts';
import { OperatorError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { systemClock } from '../core/time.ts';
import { createAdopting } from '../features.ts';
import { handbookKinds } from '../handbook.ts';
import { layerCollections, openLayers } from '../layers.ts';
import { openStore } from '../storage/file-store.ts';
import { print } from './print.ts';
import { localConfig, readAdoptions } from './setup.ts';

interface Options {
  readonly as?: string;
  readonly list?: boolean;
  readonly accept?: boolean;
}

export function registerAdopt(program: Command): void {
  program
    .command('adopt [what]')
    .description('take shipped articles and policies for your own: one, an area, or all')
    .option('--as <name>', 'the role or name in whose name you adopt; kept beside the audit trail')
    .option('--list', 'where everything stands; also while the bot runs')
    .option('--accept', 'take the new text of what was adopted before')
    .action((what: string | undefined, options: Options) => {
      if (options.list) return list();
      if (!what) throw unknown('adopt');
      return adopt(what, options);
    });
}

async function list(): Promise<void> {
  const store = await readAdoptions();
  const adopting = await openAdopting(store ?? (await noStore()));
  const standings = await adopting.standings();
  for (const standing of standings) {
    const { adoption } = standing;
    const since = adoption ? `  ${new Date(adoption.at).toISOString().slice(0, 10)} by ${adoption.by}` : '';
    print(`${standingLine(standing, 'en')}${since}`);
  }
  print('');
  for (const line of areaLines(standings, 'en')) print(line);
  printUpdates(await adopting.updates(standings));
}

async function adopt(what: string, { as: name, accept }: Options): Promise<void> {
  const store = await openForAdopting();
  try {
    const adopting = await openAdopting(store);
    const by: Adopter = { key: 'operator', ...(name ? { name } : {}) };
    if (accept) return await acceptAll(store, adopting, what, by);
    const outcome = await adopting.adopt(what, by);
    if (!outcome) throw unknown(what);
    for (const line of outcomeLines(outcome, 'en')) print(line);
    printUpdates(outcome.updates);
  } finally {
    await store.close();
  }
}

/** Accepts the update of one topic; of more only by naming each, since each has to be looked at. */
async function acceptAll(store: Store, adopting: Adopting, what: string, by: Adopter): Promise<void> {
  const chosen = chooseStandings(await adopting.standings(), what).filter(({ topic }) => topic === what);
  const accepted = await Promise.all(chosen.map((one) => adopting.accept(one.topic, sealOf(one), by)));
  const [first] = accepted;
  if (!first) throw unknown(what, 'Nothing waits to be accepted under this name.');
  await store.commit(first.ops);
  print(texts.en.accepted(what));
}

/** The adopting of this machine's content; the organization's own folder is read once, for what it replaces. */
async function openAdopting(store: Store): Promise<Adopting> {
  const layers = openLayers({ contentDir: localConfig().contentDir, store });
  await loadContent({ layers: layers.all, kinds: handbookKinds, now: systemClock.now() });
  return createAdopting({ store, now: systemClock.now, shipped: () => layers.shipped(systemClock.now()) });
}

function printUpdates(updates: readonly Update[]): void {
  for (const { standing, difference } of updates) {
    print(`\nAn update waits for ${standing.topic}; the adopted text stays in force.\n${difference}`);
    print(`Accept it: npm run ospo -- adopt ${standing.topic} --accept`);
  }
}

/** @throws OperatorError when there is no store, or the bot has it */
async function openForAdopting(): Promise<Store> {
  try {
    return await openStore(localConfig().stateDir, { collections: layerCollections });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const mend = 'While the bot runs, adopt in Slack: /ospo adopt and a name. `ospo adopt --list` works beside it.';
    throw new OperatorError([...error.mistakes, { where: 'adopt', problem: 'needs the store for itself.', mend }]);
  }
}

async function noStore(): Promise<never> {
  const mend = 'Create it: npm run ospo -- init.';
  throw new OperatorError([{ where: localConfig().stateDir, problem: 'There is no store yet.', mend }]);
}

function unknown(what: string, problem = 'There is no article, policy or area of that name.'): OperatorError {
  const mend = 'Give the name of an article or policy, an area, or all; `npm run ospo -- adopt --list` shows them.';
  return new OperatorError([{ where: what, problem, mend }]);
}
