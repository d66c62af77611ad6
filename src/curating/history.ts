import { z } from 'zod';
import type { ArticleCounts, PastQuestion } from '../core/links.ts';
import type { Collection } from '../core/ports.ts';
import { monthOf } from './gap.ts';

const count = z.int().nonnegative();

/** What is kept of the questions of one month about one article, once they are forgotten. Numbers only. */
export const ArticleMonth = z.strictObject({ shown: count, helpful: count, unhelpful: count, missed: count });
export type ArticleMonth = z.infer<typeof ArticleMonth>;

/** By `<article>/<month>`. */
export const articleMonths: Collection<ArticleMonth> = {
  name: 'article_month',
  schema: ArticleMonth,
  shape: 1,
  index: () => [],
};

export const nothing: ArticleMonth = { shown: 0, helpful: 0, unhelpful: 0, missed: 0 };

export function monthId(article: string, month: string): string {
  return `${article}/${month}`;
}

/** What a question counts for: at the article that answered it, or at the one that came closest. */
export function countsOf(question: PastQuestion): { readonly id: string; readonly counts: ArticleCounts } | undefined {
  const { shown, missed, feedback, at } = question;
  const article = shown ?? missed;
  if (article === undefined) return undefined;
  const counts = {
    shown: shown ? 1 : 0,
    helpful: shown && feedback === 'helpful' ? 1 : 0,
    unhelpful: shown && feedback === 'unhelpful' ? 1 : 0,
    missed: shown ? 0 : 1,
  };
  return { id: monthId(article, monthOf(at)), counts };
}

export function plus(a: ArticleCounts, b: ArticleCounts): ArticleMonth {
  return {
    shown: a.shown + b.shown,
    helpful: a.helpful + b.helpful,
    unhelpful: a.unhelpful + b.unhelpful,
    missed: a.missed + b.missed,
  };
}

/** The last months, this one first, each with its first and last moment. */
export function lastMonths(
  now: number,
  count: number,
): readonly { readonly month: string; readonly from: number; readonly to: number }[] {
  const today = new Date(now);
  const start = (back: number) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1);
  return Array.from({ length: count }, (_, back) => {
    const from = start(back);
    return { month: monthOf(from), from, to: start(back - 1) - 1 };
  });
}

/** How an article was asked for in a month. */
export interface MonthCounts extends ArticleCounts {
  /** "2026-11" */
  readonly month: string;
}
