import type { OpenCommand } from '../core/commands.ts';
import type { Locale } from '../core/i18n.ts';
import type { LicenseAnswer, OpenRequest } from '../core/links.ts';
import type { Article, Desk, Edition, KnowledgeBase } from './article.ts';
import { topicOf } from './article-part.ts';
import type { Question } from './question.ts';
import { chooseVariant, type Places, placeName, type Reader } from './variants.ts';

/** An article in the language of a reader. */
export interface Shelf {
  readonly article: Article;
  readonly edition: Edition;
  /** `missing`: there is no edition in the reader's language. `behind`: there is, but the English one was reviewed later and holds. */
  readonly translation: 'fine' | 'missing' | 'behind';
}

/** One of several texts on a topic, for a reader to choose. */
interface Holder {
  readonly pick: string;
  /** The legal entity or office; undefined for the general text. */
  readonly place: string | undefined;
}

/** What a question gets, in one language; made from its record and the base of the moment. */
export type Reply = {
  readonly questionId: string;
  readonly locale: Locale;
  readonly edited: boolean;
  readonly concern: boolean;
  /** What a question that leans on the one before it was taken for. */
  readonly meant?: string | undefined;
  /** Only the beginning was read. */
  readonly long: boolean;
  /** The request that comes next, where the asker may make it. */
  readonly request?: ReturnType<OpenRequest>;
  /** What the bot does itself on this topic. */
  readonly command?: ReturnType<OpenCommand>;
} & (
  | {
      readonly kind: 'answer';
      readonly shelf: Shelf;
      readonly alsoClose: readonly Shelf[];
      readonly related: readonly Shelf[];
      /** What is known of the license that the question names; see `withLicense`. */
      readonly license?: LicenseAnswer;
      readonly assumed: Question['assumed'];
      readonly corrections: Question['corrections'];
    }
  /** A card about a license, and what the handbook has on the question. */
  | {
      readonly kind: 'license';
      readonly license: LicenseAnswer;
      /** Names the card, like the article of an answer. */
      readonly pick: string;
      readonly handbook: Extract<Reply, { kind: 'answer' }> | undefined;
      readonly choices: readonly Shelf[];
    }
  | { readonly kind: 'choices'; readonly choices: readonly Shelf[]; readonly corrections: Question['corrections'] }
  /** The topic has texts for several entities or offices, and nobody knows which one holds for the asker. */
  | { readonly kind: 'which'; readonly title: string; readonly holders: readonly Holder[] }
  | { readonly kind: 'unknown'; readonly closest: readonly Shelf[]; readonly desk: Desk | undefined }
  | { readonly kind: 'help' }
  /** What it was answered with was taken out of the base since. */
  | { readonly kind: 'gone' }
);

/** Who reads, and what they chose. */
export interface Reading {
  /** An article that the reader chose instead of what was found: `<id>`, or an exact text, `<id>.<variant>` or `<id>.` for the general one. */
  readonly pick?: string | undefined;
  /** undefined: nobody in particular, who gets the general text. */
  readonly reader: Reader | undefined;
  readonly places: Places;
}

/** The search reads this much of a question; see `clean`. */
const readUpTo = 1_000;

export function replyTo(
  asked: Question & { readonly id: string },
  base: KnowledgeBase,
  { pick, reader, places }: Reading,
): Reply {
  const { locale, corrections } = asked;
  const common = {
    questionId: asked.id,
    locale,
    edited: asked.via === 'edit',
    concern: asked.concern ?? false,
    meant: asked.meant,
    long: asked.text.length > readUpTo,
  };
  const textsOn = (id: string) => base.articles.filter((article) => article.id === id);
  const shelves = (ids: readonly string[]) =>
    ids.flatMap((id) => mainOf(textsOn(id)) ?? []).map((a) => shelve(a, locale));

  const wanted = pick ?? (asked.outcome === 'answer' ? asked.shown?.id : undefined);
  if (wanted !== undefined) {
    const { id, exact } = readPick(wanted);
    const texts = textsOn(id);
    const article = exact ? texts.find((one) => topicOf(one) === wanted) : chooseVariant(texts, reader, places);
    if (!article) return { ...common, kind: 'gone' };
    if (article === 'ask') {
      const title = mainOf(texts)?.editions[locale]?.title ?? mainOf(texts)?.editions.en.title ?? '';
      return { ...common, kind: 'which', title, holders: holdersOf(texts, places, locale) };
    }
    const others = pick && asked.shown ? [asked.shown.id, ...asked.offered] : asked.offered;
    const alsoClose = shelves([...new Set(others)].filter((other) => other !== id)).slice(0, 2);
    const close = new Set([id, ...alsoClose.map((shelf) => shelf.article.id)]);
    const related = shelves([...new Set(article.related)].filter((other) => !close.has(other)));
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
    const choices = shelves(asked.offered).slice(0, 3);
    return choices.length > 0 ? { ...common, kind: 'choices', choices, corrections } : { ...common, kind: 'gone' };
  }
  if (asked.outcome === 'unknown') {
    const desk = base.desks.find((d) => d.id === asked.desk && !d.nobody);
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

/** The exact text on a shelf, as a pick: what is read on, shared or kept is what was shown. */
export function pickOf({ article }: Shelf): string {
  return topicOf(article);
}

function readPick(pick: string): { readonly id: string; readonly exact: boolean } {
  const [id = '', variant] = pick.split('.');
  return { id, exact: variant !== undefined };
}

/** The text that stands for a topic where it is only named. */
function mainOf(texts: readonly Article[]): Article | undefined {
  return texts.find(({ variant }) => !variant) ?? texts[0];
}

function holdersOf(texts: readonly Article[], places: Places, locale: Locale): readonly Holder[] {
  const general = texts.filter(({ variant }) => !variant).map((one) => ({ pick: topicOf(one), place: undefined }));
  const variants = texts.flatMap((one) => {
    const place = placeName(one.variant, places, locale);
    return place ? [{ pick: topicOf(one), place }] : [];
  });
  return [...variants, ...general];
}

/** The value of a button that brings the question to a human; `/r` offers to let only legal and compliance see it. */
export function humanValue(reply: Reply): string {
  return reply.concern ? `${reply.questionId}/r` : reply.questionId;
}
