import { z } from 'zod';
import type { ContentKind } from '../core/content.ts';
import { checkShape } from '../core/findings.ts';
import { locales } from '../core/i18n.ts';
import type { Edition } from './article.ts';
import { type ArticlePart, nameOf } from './article-part.ts';

/** Somebody read a text again and found it still right: no new text, only a later date. */
const ReviewFile = z.strictObject({
  /** Hex SHA-256 of the text that was read, and the day; another text needs another review. */
  editions: z.partialRecord(z.enum(locales), z.strictObject({ hash: z.string().min(1), on: z.iso.date() })),
});
export interface Review extends z.infer<typeof ReviewFile> {
  /** As people write it: `security-fix`, `security-fix.cn`. */
  readonly article: string;
}

/** `reviews/<article>.yml`, which only the store gives: files carry their date in `reviewed`. */
export const reviewContent: ContentKind<Review> = {
  name: 'reviews',
  folder: 'reviews',
  match: 'yaml',
  parse(raw) {
    const checked = checkShape(ReviewFile, raw.data, raw.file);
    return checked.findings
      ? { findings: checked.findings }
      : { item: { article: raw.id, ...checked.value }, findings: [] };
  },
};

// The same edition with the same date is the same object, so that what was indexed and parsed of it stays known.
const reviewed = new WeakMap<Edition, Edition>();

/** The texts with the dates of their latest reviews. A review of another version of a text says nothing about this one. */
export function withReviews(parts: readonly ArticlePart[], reviews: readonly Review[]): readonly ArticlePart[] {
  if (reviews.length === 0) return parts;
  const byArticle = new Map(reviews.map((review) => [review.article, review.editions]));
  return parts.map((part) => {
    const review = byArticle.get(nameOf(part))?.[part.locale];
    const later = review?.hash === part.edition.hash && review.on > part.edition.reviewed;
    return review && later ? { ...part, edition: datedAnew(part.edition, review.on) } : part;
  });
}

function datedAnew(edition: Edition, on: string): Edition {
  const known = reviewed.get(edition);
  if (known?.reviewed === on) return known;
  const dated = { ...edition, reviewed: on };
  reviewed.set(edition, dated);
  return dated;
}
