import type { Handbook } from '../ask/ask.ts';
import { readLocalConfig } from '../config.ts';
import type { Content } from '../content/content.ts';
import { loadContent } from '../content/content.ts';
import { systemClock } from '../core/time.ts';
import { handbookFrom, handbookKinds, layersOf, readCalibration } from '../handbook.ts';

/** Settings that need no Slack, from the environment. @throws OperatorError */
export function localConfig() {
  return readLocalConfig(process.env);
}

/** The content as the bot would load it now. */
export function readContent(contentDir: string | undefined): Promise<Content> {
  return loadContent({ layers: layersOf(contentDir), kinds: handbookKinds, now: systemClock.now() });
}

/** Everything that answers, read once. @throws OperatorError when there is no organization file */
export async function readHandbook(contentDir: string | undefined): Promise<Handbook> {
  return handbookFrom(await readContent(contentDir), await readCalibration());
}
