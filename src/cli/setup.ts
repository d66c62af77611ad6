import { readdir } from 'node:fs/promises';
import type { Handbook } from '../ask/ask.ts';
import { readLocalConfig } from '../config.ts';
import type { Content } from '../content/content.ts';
import { loadContent } from '../content/content.ts';
import type { Store } from '../core/ports.ts';
import { systemClock } from '../core/time.ts';
import { handbookFrom, handbookKinds, readCalibration } from '../handbook.ts';
import { type Layers, layerCollections, openLayers } from '../layers.ts';
import { openStore } from '../storage/file-store.ts';

/** Settings that need no Slack, from the environment. @throws OperatorError */
export function localConfig() {
  return readLocalConfig(process.env);
}

/** The content as the bot would load it now. @param kinds those that answer, unless others are wanted */
export function readContent({ all }: Layers, kinds = handbookKinds): Promise<Content> {
  return loadContent({ layers: all, kinds, now: systemClock.now() });
}

/** What was adopted, as it is at this moment, beside a running bot too; undefined where there is no store yet. @throws OperatorError */
export async function readAdoptions(): Promise<Store | undefined> {
  const { stateDir } = localConfig();
  const files = await readdir(stateDir).catch(() => []);
  return files.length > 0 ? openStore(stateDir, { collections: layerCollections, mode: 'read' }) : undefined;
}

/** Everything that answers, read once. @throws OperatorError when there is no organization file */
export async function readHandbook(): Promise<Handbook> {
  const layers = openLayers({ contentDir: localConfig().contentDir, store: await readAdoptions() });
  const content = await readContent(layers);
  return handbookFrom(content, await readCalibration(), (path) => layers.originOf(path) === 'shipped');
}
