import { z } from 'zod';
import { AuditHead, type AuditSubjects } from '../core/audit.ts';
import { locales } from '../core/i18n.ts';
import type { CuratedArticle } from '../core/links.ts';
import type { Collection } from '../core/ports.ts';

/** Somebody read an article again and found it still right. */
export const ArticleReview = z.strictObject({
  /** The texts that were read, by their hash, and the day. */
  editions: z.partialRecord(z.enum(locales), z.strictObject({ hash: z.string().min(1), on: z.iso.date() })),
  /** ms */
  at: z.number(),
  by: z.string().min(1),
  head: AuditHead,
});
export type ArticleReview = z.infer<typeof ArticleReview>;

/** By the name of the article. */
export const articleReviews: Collection<ArticleReview> = {
  name: 'article_review',
  schema: ArticleReview,
  shape: 1,
  index: () => [],
  personal: ['by'],
};

export function reviewSubject(name: string): string {
  return `review/${name}`;
}

export const reviewSubjects: AuditSubjects<ArticleReview> = {
  collection: articleReviews,
  subjectOf: ({ id }) => reviewSubject(id),
  headOf: ({ head }) => head,
};

/**
 * What a review of an article covers: all its texts, but for a translation that lags behind. Whoever confirms the English
 * one says nothing about a text that was made from an older version.
 * @param on ISO date
 */
export function reviewed({ files }: CuratedArticle, on: string): ArticleReview['editions'] {
  return Object.fromEntries(
    locales.flatMap((locale) => {
      const file = files[locale];
      return file && file.reviewed >= files.en.reviewed ? [[locale, { hash: file.hash, on }]] : [];
    }),
  );
}
