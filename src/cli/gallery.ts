import type { Command } from 'commander';
import type { Handbook } from '../ask/ask.ts';
import type { ContentItems } from '../core/content.ts';
import { systemClock } from '../core/time.ts';
import type { Feature, Sample } from '../feature.ts';
import { buildFeatures, declared } from '../features.ts';
import { openLayers } from '../layers.ts';
import { licenseContent } from '../licenses/licenses.ts';
import { createLog } from '../log.ts';
import { createManuscripts } from '../manuscripts.ts';
import { createMemoryStore } from '../storage/memory-store.ts';
import { print } from './print.ts';
import { localConfig, readAdoptions, readContent, readHandbook } from './setup.ts';

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
  const layers = openLayers({ contentDir: localConfig().contentDir, store: await readAdoptions() });
  const kinds = [...licenseContent, ...declared.flatMap((feature) => feature.content)];
  const content = await readContent(layers, [...new Set(kinds)]);
  return idleFeatures(await readHandbook(), content).flatMap((feature) => feature.samples());
}

const nothing: ContentItems = { items: () => [] };

/** The real features, only that nobody talks to them: over an empty store, and without Slack. */
export function idleFeatures(handbook: Handbook, content: ContentItems = nothing): readonly Feature[] {
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
    content: () => content,
    isStarter: () => true,
    manuscripts: createManuscripts({ layers: openLayers({}), handbook: () => handbook }),
    channels: { standings: async () => new Map(), members: async () => new Map(), join: async () => false },
    readFile: async (id) => ({ kind: 'unreadable', name: id }),
    fileCopies: { copy: async () => ({ kind: 'later' }), show: async () => ({ kind: 'later' }) },
    undisturbedUntil: async () => undefined,
    moreDue: () => [],
    botUserId: '',
    publishHome: () => Promise.resolve(),
    suggestPrompts: () => Promise.resolve(),
  });
}
