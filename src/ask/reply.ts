import type { Locale } from '../core/i18n.ts';
import type { Article, Desk, Edition, KnowledgeBase } from './article.ts';
import type { Question } from './question.ts';

/** An article in the language of a reader. */
export interface Shelf {
  readonly article: Article;
  readonly edition: Edition;
  /** `missing`: there is no edition in the reader's language. `behind`: there is, but the English one was reviewed later and holds. */
  readonly translation: 'fine' | 'missing' | 'behind';
}

/** What a question gets, in one language; made from its record and the base of the moment. */
export type Reply = { readonly questionId: string; readonly locale: Locale; readonly edited: boolean } & (
  | {
      readonly kind: 'answer';
      readonly shelf: Shelf;
      readonly alsoClose: readonly Shelf[];
      readonly related: readonly Shelf[];
      readonly assumed: Question['assumed'];
      readonly corrections: Question['corrections'];
    }
  | { readonly kind: 'choices'; readonly choices: readonly Shelf[]; readonly corrections: Question['corrections'] }
  | { readonly kind: 'unknown'; readonly closest: readonly Shelf[]; readonly desk: Desk | undefined }
  | { readonly kind: 'help' }
  /** The article was taken out of the base since. */
  | { readonly kind: 'gone' }
);

/** @param pick the id of an article that the reader chose instead of what was found */
export function replyTo(asked: Question & { readonly id: string }, base: KnowledgeBase, pick?: string): Reply {
  const { locale, corrections } = asked;
  const common = { questionId: asked.id, locale, edited: asked.via === 'edit' };
  const articles = new Map(base.articles.filter((a) => !a.variant).map((a) => [a.id, a]));
  const shelves = (ids: readonly string[]) => ids.flatMap((id) => articles.get(id) ?? []).map((a) => shelve(a, locale));

  const wanted = pick ?? (asked.outcome === 'answer' ? asked.shown?.id : undefined);
  if (wanted !== undefined) {
    const article = articles.get(wanted);
    if (!article) return { ...common, kind: 'gone' };
    const others = pick && asked.shown ? [asked.shown.id, ...asked.offered] : asked.offered;
    const alsoClose = shelves([...new Set(others)].filter((id) => id !== wanted)).slice(0, 2);
    const close = new Set([wanted, ...alsoClose.map((shelf) => shelf.article.id)]);
    const related = shelves(article.related.filter((id) => !close.has(id)));
    return {
      ...common,
      kind: 'answer',
      shelf: shelve(article, locale),
      alsoClose,
      related,
      corrections,
      assumed: asked.assumed,
    };
  }
  if (asked.outcome === 'choices') {
    return { ...common, kind: 'choices', choices: shelves(asked.offered).slice(0, 3), corrections };
  }
  if (asked.outcome === 'unknown') {
    const desk = base.desks.find((d) => d.id === asked.desk);
    return { ...common, kind: 'unknown', closest: desk ? [] : shelves(asked.offered).slice(0, 2), desk };
  }
  return { ...common, kind: 'help' };
}

/** The edition that a reader of `locale` sees: their own language, unless the English one is newer or the only one. */
export function shelve(article: Article, locale: Locale): Shelf {
  const own = article.editions[locale];
  if (!own) return { article, edition: article.editions.en, translation: 'missing' };
  const behind = own.reviewed < article.editions.en.reviewed;
  return { article, edition: own, translation: behind ? 'behind' : 'fine' };
}
