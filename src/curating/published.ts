import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AuditHead, type AuditSubjects } from '../core/audit.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { Collection } from '../core/ports.ts';

const filled = z.string().min(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A file that was put into force from Slack and does not lie among the organization's files yet. */
export const PublishedText = z.strictObject({
  /** Path below a layer. */
  file: filled,
  /** Hex SHA-256 of `text`. */
  hash,
  /** The whole file. */
  text: z.string(),
  /** The organization's own file at this path when it was written; absent when there was none. */
  over: hash.exactOptional(),
});
export type PublishedText = z.infer<typeof PublishedText>;

/** What lies over the files of an article; nothing once all of it is among the files, or was withdrawn. */
export const PublishedArticle = z.strictObject({
  texts: z.partialRecord(z.enum(locales), PublishedText),
  /** When something last changed, ms, and who did it: a Slack member id, or `files`. */
  at: z.number(),
  by: filled,
  head: AuditHead,
});
export type PublishedArticle = z.infer<typeof PublishedArticle>;

/** By the name of the article. Kept when it is empty: it carries the head of its chain. */
export const publishedArticles: Collection<PublishedArticle> = {
  name: 'published_article',
  schema: PublishedArticle,
  shape: 1,
  index: ({ texts, at }) => (Object.keys(texts).length > 0 ? [{ key: 'waiting', at }] : []),
  personal: ['by'],
};

/** The chain of everything that was put into force, withdrawn, or taken over by files. */
export function articleSubject(name: string): string {
  return `article/${name}`;
}

export const articleSubjects: AuditSubjects<PublishedArticle> = {
  collection: publishedArticles,
  subjectOf: ({ id }) => articleSubject(id),
  headOf: ({ head }) => head,
};

/** Its files with their languages. */
export function textsOf({ texts }: PublishedArticle): readonly (PublishedText & { readonly locale: Locale })[] {
  return locales.flatMap((locale) => {
    const text = texts[locale];
    return text ? [{ ...text, locale }] : [];
  });
}

/** The hashes of what is in force, for the audit. */
export function hashesOf(texts: PublishedArticle['texts']): Record<string, string> {
  return Object.fromEntries(locales.flatMap((locale) => (texts[locale] ? [[locale, texts[locale].hash]] : [])));
}

/** Hex SHA-256 of a text as UTF-8, as the loader names files. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What lies at the path of a published text in a folder. */
export interface Beneath {
  /** `same`: this very text, whatever its lines end with. */
  readonly is: 'same' | 'other' | 'none';
  readonly hash?: string | undefined;
}

/**
 * Where a published text stands. `waiting`: the folder has not got it. `arrived`: the file has the same content, the copy
 * steps back. `conflict`: the file is another one than it was written over.
 */
export function standingOf({ over }: PublishedText, { is, hash: found }: Beneath): 'waiting' | 'arrived' | 'conflict' {
  if (is === 'same') return 'arrived';
  if (is === 'none') return 'waiting';
  return found === over ? 'waiting' : 'conflict';
}
