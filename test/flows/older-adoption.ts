import { adoptionCollections, adoptionSubject, adoptions } from '../../src/adoption/adoption.ts';
import { hashOf, keepOp } from '../../src/adoption/edition.ts';
import { appendAudit } from '../../src/core/audit.ts';
import { put } from '../../src/core/ports.ts';
import { openLayers } from '../../src/layers.ts';
import { openStore } from '../../src/storage/file-store.ts';

/*
 * A program for the time while a bot is down: leaves its store as if an older text of a shipped article had been adopted.
 * Arguments: the store's folder, the article's id, what the short answer said then.
 */
const [stateDir = '', topic = '', short = ''] = process.argv.slice(2);

const { texts } = await openLayers({}).shipped(0);
const shipped = texts.find((text) => text.topic === topic && text.locale === 'en');
if (!shipped) throw new Error(`there is no article ${topic}`);
const text = shipped.text.replace(/^\*\*.*\*\*$/m, `**${short}**`);
const hash = hashOf(text);
const to = { en: hash };
const audit = appendAudit(adoptionSubject(topic), undefined, {
  at: 1,
  kind: 'adopted',
  actor: 'U0LEAD',
  from: null,
  to,
});

const store = await openStore(stateDir, { collections: adoptionCollections });
await store.commit([
  put(adoptions, topic, { editions: to, at: 1, by: 'U0LEAD', head: audit.head }, 0),
  ...audit.ops,
  keepOp({ topic, locale: 'en', file: shipped.file, hash, text }, 1),
]);
await store.close();
