import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Conflict } from '../core/errors.ts';
import { locales } from '../core/i18n.ts';
import { everyDoc } from '../core/pages.ts';
import { type Collection, type Doc, put, type Store } from '../core/ports.ts';

/** A text that was in force at some time, whole, so that what was said can be shown years later. Never removed. */
export const KeptEdition = z.strictObject({
  /** `<id>` or `<id>.<variant>` of an article; `<area>/<id>` of anything else that is adopted. */
  topic: z.string().min(1),
  locale: z.enum(locales),
  /** Path below its layer. */
  file: z.string().min(1),
  /** The whole file: its SHA-256 is the id of this document. */
  text: z.string(),
  /** When it was kept first, ms. */
  at: z.number(),
});
export type KeptEdition = z.infer<typeof KeptEdition>;

/** A text to keep. */
export type NewEdition = Omit<KeptEdition, 'at'> & { readonly hash: string };

/** How much of a hash names a text to people. */
export const versionLength = 8;

/** By hash. */
export const editions: Collection<KeptEdition> = {
  name: 'edition',
  schema: KeptEdition,
  shape: 1,
  index: (edition) => [
    { key: `topic:${edition.topic}`, at: edition.at },
    { key: `version:${hashOf(edition.text).slice(0, versionLength)}`, at: edition.at },
  ],
};

/** Hex SHA-256 of a text as UTF-8. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

// One commit of 100 articles is about 500 kB: checked and applied in some 10 ms, so that no answer waits for it.
const atOnce = 100;

/**
 * Keeps the texts that are not kept yet. Safe to repeat, and beside others who keep the same.
 * @returns how many were new
 */
export async function keepEditions(store: Store, all: readonly NewEdition[], now: number): Promise<number> {
  const fresh = new Map<string, NewEdition>();
  for (const edition of all) if (!(await store.get(editions, edition.hash))) fresh.set(edition.hash, edition);
  const waiting = [...fresh.values()];
  let kept = 0;
  for (let start = 0; start < waiting.length; start += atOnce) {
    const ops = waiting.slice(start, start + atOnce).map((edition) => keepOp(edition, now));
    try {
      await store.commit(ops);
      kept += ops.length;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // Another process kept one of them meanwhile: look again at the rest.
      return kept + (await keepEditions(store, waiting.slice(start), now));
    }
  }
  return kept;
}

/** Keeps one text, in the commit of what it belongs to. */
export function keepOp({ hash, topic, locale, file, text }: NewEdition, now: number) {
  return put(editions, hash, { topic, locale, file, text, at: now }, 0);
}

/**
 * The kept texts with this version, newest first: one, but for the rare twin.
 * @param version a hash, or its beginning of 8 characters or more
 */
export async function findByVersion(store: Store, version: string): Promise<readonly Doc<KeptEdition>[]> {
  const key = `version:${version.slice(0, versionLength)}`;
  const { docs } = await store.list(editions, { key, order: 'desc', limit: 10 });
  return docs.filter((doc) => doc.id.startsWith(version));
}

/** All kept texts of a topic, newest first. */
export async function findByTopic(store: Store, topic: string): Promise<readonly Doc<KeptEdition>[]> {
  const found: Doc<KeptEdition>[] = [];
  for await (const doc of everyDoc(store, editions, { key: `topic:${topic}`, order: 'desc' })) found.push(doc);
  return found;
}
