import type { Command } from 'commander';
import { buildFeatures, declared } from '../app.ts';
import type { Handbook } from '../ask/ask.ts';
import { systemClock } from '../core/time.ts';
import type { Feature, Sample } from '../feature.ts';
import { createLog } from '../log.ts';
import { createMemoryStore } from '../storage/memory-store.ts';
import { print } from './print.ts';
import { readHandbook } from './setup.ts';

export function registerGallery(program: Command): void {
  program
    .command('gallery')
    .description('write every message, modal and Home that the bot can produce, one JSON line each')
    .action(async () => {
      for (const sample of await gallery()) print(JSON.stringify(sample));
    });
}

/** Every sample of every feature. @throws OperatorError when there is no organization file */
export async function gallery(): Promise<readonly Sample[]> {
  return idleFeatures(await readHandbook()).flatMap((feature) => feature.samples());
}

/** The real features, only that nobody talks to them: over an empty store, and without Slack. */
export function idleFeatures(handbook: Handbook): readonly Feature[] {
  return buildFeatures({
    store: createMemoryStore(declared.flatMap((feature) => feature.collections)),
    outbox: { ops: () => Promise.resolve([]) },
    clock: systemClock,
    log: createLog('silent'),
    people: { get: () => undefined, withRole: () => [], all: () => [] },
    handbook: () => handbook,
    pastEdition: async () => undefined,
    shipped: async () => ({ texts: [], replaced: new Set() }),
    inForce: () => Promise.resolve(),
    content: () => ({ items: () => [] }),
    isStarter: () => true,
    botUserId: '',
    publishHome: () => Promise.resolve(),
    suggestPrompts: () => Promise.resolve(),
  });
}
