import type { Locale } from '../core/i18n.ts';
import type { Organization } from '../core/organization.ts';
import type { Article, Edition, KnowledgeBase } from './article.ts';

/** Whose text holds for a reader; undefined fields are not known. */
export interface Reader {
  readonly entity?: string | undefined;
  readonly office?: string | undefined;
}

/** The legal entities and offices that variants are named after. */
export type Places = Pick<Organization, 'entities' | 'offices'>;

/**
 * Which of several texts on one topic holds for a reader: the one of their legal entity, else of their office, else the
 * general one. `ask` when too little is known about the reader to say so.
 * @param articles all texts of one topic
 * @param reader undefined for nobody in particular: the general text
 */
export function chooseVariant(
  articles: readonly Article[],
  reader: Reader | undefined,
  places: Places,
): Article | 'ask' | undefined {
  const general = articles.find((article) => !article.variant);
  const variants = articles.filter((article) => isPlace(article.variant, places));
  if (!reader || variants.length === 0) return general;
  const own =
    variants.find(({ variant }) => variant === reader.entity) ??
    variants.find(({ variant }) => variant === reader.office);
  if (own) return own;
  const known = variants.every(({ variant }) =>
    isEntity(variant, places) ? reader.entity !== undefined : reader.office !== undefined,
  );
  return known ? general : 'ask';
}

/** The name of a variant's entity or office in a language, or undefined when the organization has none of that id. */
export function placeName(variant: string | undefined, places: Places, locale: Locale): string | undefined {
  return [...places.entities, ...places.offices].find(({ id }) => id === variant)?.name[locale];
}

function isPlace(variant: string | undefined, places: Places): boolean {
  return placeName(variant, places, 'en') !== undefined;
}

function isEntity(variant: string | undefined, { entities }: Places): boolean {
  return entities.some(({ id }) => id === variant);
}

/**
 * The base with one article for each topic: variants are found by their own words too, but count once. Otherwise the
 * words of a topic with variants would seem common, and the topic would compete with itself.
 */
export function foldVariants(base: KnowledgeBase): KnowledgeBase {
  if (!base.articles.some(({ variant }) => variant)) return base;
  const folded = new Map<string, Article>();
  const generalFirst = base.articles.toSorted(
    (a, b) => Number(a.variant !== undefined) - Number(b.variant !== undefined),
  );
  for (const article of generalFirst) {
    const main = folded.get(article.id);
    folded.set(article.id, main ? withWordsOf(main, article) : article);
  }
  return { ...base, articles: [...folded.values()] };
}

function withWordsOf(main: Article, other: Article): Article {
  const { en, 'zh-CN': zh } = main.editions;
  const otherZh = other.editions['zh-CN'];
  return {
    ...main,
    editions: {
      en: withAliases(en, other.editions.en),
      ...(zh && { 'zh-CN': otherZh ? withAliases(zh, otherZh) : zh }),
    },
  };
}

// The same two editions are the same one together, so that it is indexed once.
const together = new WeakMap<Edition, WeakMap<Edition, Edition>>();

function withAliases(edition: Edition, other: Edition): Edition {
  const known = together.get(edition) ?? new WeakMap<Edition, Edition>();
  const both = known.get(other) ?? { ...edition, aliases: [...new Set([...edition.aliases, ...other.aliases])] };
  together.set(edition, known.set(other, both));
  return both;
}
