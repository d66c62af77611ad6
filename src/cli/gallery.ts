import type { Command } from 'commander';
import { buildFeatures, declared } from '../app.ts';
import { systemClock } from '../core/time.ts';
import type { Sample } from '../feature.ts';
import { createLog } from '../log.ts';
import { createMemoryStore } from '../storage/memory-store.ts';
import { print } from './print.ts';
import { localConfig, readHandbook } from './setup.ts';

export function registerGallery(program: Command): void {
  program
    .command('gallery')
    .description('write every message, modal and Home that the bot can produce, one JSON line each')
    .action(async () => {
      for (const sample of await gallery()) print(JSON.stringify(sample));
    });
}

/** Every sample of every feature. The features are real; only nobody talks to them. */
async function gallery(): Promise<readonly Sample[]> {
  const handbook = await readHandbook(localConfig().contentDir);
  const features = buildFeatures({
    store: createMemoryStore(declared.flatMap((feature) => feature.collections)),
    clock: systemClock,
    log: createLog('silent'),
    people: { get: () => undefined, withRole: () => [], all: () => [] },
    handbook: () => handbook,
    botUserId: '',
    publishHome: () => Promise.resolve(),
    suggestPrompts: () => Promise.resolve(),
  });
  return features.flatMap((feature) => feature.samples());
}
