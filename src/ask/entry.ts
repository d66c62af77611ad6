import { type Analysis, analyse, createLexicon, licenseTokens, normalize } from './analyse.ts';
import type { Article, Concept, Desk, Edition, LicenseName } from './article.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** What a question can lead to: an article, or the desk of a question that is not ours. */
export type Subject =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'desk'; readonly desk: Desk };

/** A subject as it is indexed: what it says, by the numbers of tokens. */
export interface Entry {
  /** Which tokens it uses in which field how often: one place in each array, by ascending field. */
  readonly uses: { readonly tokens: Int32Array; readonly fields: Uint8Array; readonly counts: Uint16Array };
  /** The title and each alias as a set, the questions it answers: for each how many tokens follow, and these. */
  readonly asks: Int32Array;
  /** How many questions these are. */
  readonly asked: number;
  /** The English words that a typo may be mended to, as often as they occur. */
  readonly words: Int32Array;
  /** License families it is about; empty when it is about none in particular. */
  readonly families: ReadonlySet<string>;
}

/**
 * What is indexed of which texts, how much it counts as a match (`boost`), and as an example of how the question is asked
 * (`example`). Words and concepts can so be scored without the other.
 */
const fields = {
  titleEn: { boost: 3, example: 3, of: 'surface' },
  titleZh: { boost: 3, example: 3, of: 'surface' },
  aliasesEn: { boost: 4, example: 1, of: 'surface' },
  aliasesZh: { boost: 4, example: 1, of: 'surface' },
  answerEn: { boost: 1, example: 0.15, of: 'surface' },
  answerZh: { boost: 1, example: 0.15, of: 'surface' },
  tags: { boost: 1.5, example: 0.5, of: 'surface' },
  scope: { boost: 1, example: 0.5, of: 'surface' },
  titleConcepts: { boost: 3, example: 3, of: 'concepts' },
  aliasConcepts: { boost: 4, example: 1, of: 'concepts' },
  answerConcepts: { boost: 1, example: 0.15, of: 'concepts' },
} as const;
type Field = keyof typeof fields;

/** By the number of the field. */
export const fieldBoosts: readonly number[] = Object.values(fields).map(({ boost }) => boost);
export const fieldExamples: readonly number[] = Object.values(fields).map(({ example }) => example);

/** Reads subjects for the index, with the thesaurus and license names of one state of the base. */
export interface Reader {
  /** An article or desk whose texts are the very objects of before is not read again. */
  read(subject: Subject): Entry;
  /** As for entries: the words of thesaurus and license names. */
  readonly words: Int32Array;
  /** Reads a question. */
  analyse(text: string): Analysis;
  readonly tokens: Tokens;
}

export function createReader(concepts: readonly Concept[], licenseNames: readonly LicenseName[]): Reader {
  const tokens = createTokens();
  const lexicon = createLexicon(concepts, licenseNames);
  const readText = (text: string): Read => {
    const { surface, concepts, licenses } = analyse(normalize(text), lexicon);
    const families = licenses.flatMap(({ license }) => licenseTokens(license).slice(-1));
    return { surface: surface.map(tokens.numberOf), concepts: concepts.map(tokens.numberOf), families };
  };
  const articles = new WeakMap<Edition, { readonly article: Article; readonly entry: Entry }>();
  const desks = new WeakMap<Desk, Entry>();

  function readArticle(article: Article): Entry {
    const before = articles.get(article.editions.en);
    if (before && saysTheSame(before.article, article)) return before.entry;
    const entry = pack(articleSays(article, readText), tokens);
    articles.set(article.editions.en, { article, entry });
    return entry;
  }

  function readDesk(desk: Desk): Entry {
    const entry = desks.get(desk) ?? pack(deskSays(desk, readText), tokens);
    desks.set(desk, entry);
    return entry;
  }

  const names = [
    ...concepts.flatMap(({ en, zh }) => [...en, ...zh]),
    ...licenseNames.flatMap((license) => license.names),
  ];
  return {
    read: (subject) => (subject.kind === 'article' ? readArticle(subject.article) : readDesk(subject.desk)),
    words: wordsOf(names, tokens),
    analyse: (text) => analyse(text, lexicon),
    tokens,
  };
}

/** Everything that is indexed of two articles with the same English text. */
function saysTheSame(a: Article, b: Article): boolean {
  return a.editions['zh-CN'] === b.editions['zh-CN'] && a.tags === b.tags && a.licenses === b.licenses;
}

/** A text by the numbers of its tokens; see `Analysis`. */
interface Read {
  readonly surface: readonly number[];
  readonly concepts: readonly number[];
  readonly families: readonly string[];
}
type ReadText = (text: string) => Read;

/** What a subject says. */
interface Says {
  readonly fields: Readonly<Record<Field, readonly Read[]>>;
  readonly asks: readonly Read[];
  readonly vocabulary: readonly string[];
  readonly families: readonly string[];
}

function articleSays(article: Article, read: ReadText): Says {
  const { en: english, 'zh-CN': chinese } = article.editions;
  const en = readEdition(english, read);
  const zh = chinese ? readEdition(chinese, read) : nothingRead;
  const tags = [...article.tags, ...article.licenses].map(read);

  return {
    fields: {
      titleEn: en.title,
      titleZh: zh.title,
      aliasesEn: en.aliases,
      aliasesZh: zh.aliases,
      answerEn: en.answer,
      answerZh: zh.answer,
      tags,
      scope: [...en.scope, ...zh.scope],
      titleConcepts: [...en.title, ...zh.title],
      aliasConcepts: [...en.aliases, ...zh.aliases],
      answerConcepts: [...tags, ...en.answer, ...zh.answer],
    },
    asks: [...en.title, ...en.aliases, ...zh.title, ...zh.aliases],
    vocabulary: [...article.tags, ...[english, chinese].flatMap((one) => (one ? [one.title, ...one.aliases] : []))],
    families: [...tags, ...en.title].flatMap((part) => part.families),
  };
}

type ReadEdition = Readonly<Record<'title' | 'aliases' | 'scope' | 'answer', readonly Read[]>>;

const nothingRead: ReadEdition = { title: [], aliases: [], scope: [], answer: [] };

function readEdition(edition: Edition, read: ReadText): ReadEdition {
  return {
    title: [read(edition.title)],
    aliases: edition.aliases.map(read),
    scope: [read(edition.scope)],
    // By paragraph: a word counts once in each, so that a list of twenty lines does not drown the rest.
    answer: [edition.short, ...withoutMarkup(edition.body).split(/\n\s*\n/)].map(read),
  };
}

/** Markdown without what nobody searches for: targets of links, placeholders. */
function withoutMarkup(body: string): string {
  return body
    .replace(/\]\([^)]*\)/g, '] ')
    .replace(/\bhttps?:\/\/\S+/g, ' ')
    .replace(/\{\{[^}]*\}\}/g, ' ');
}

function deskSays(desk: Desk, read: ReadText): Says {
  const names = [read(desk.name.en), read(desk.name['zh-CN'])] as const;
  const en = desk.aliases.en.map(read);
  const zh = desk.aliases['zh-CN'].map(read);

  return {
    fields: {
      titleEn: [names[0]],
      titleZh: [names[1]],
      aliasesEn: en,
      aliasesZh: zh,
      answerEn: [],
      answerZh: [],
      tags: [],
      scope: [],
      titleConcepts: names,
      aliasConcepts: [...en, ...zh],
      answerConcepts: [],
    },
    asks: [...en, ...zh],
    vocabulary: [desk.name.en, ...desk.aliases.en, ...desk.aliases['zh-CN']],
    families: [],
  };
}

/** What one question says, as one set. */
export function askTokens(analysis: Analysis): readonly string[] {
  return [...analysis.surface, ...analysis.concepts];
}

function pack(says: Says, tokens: Tokens): Entry {
  const uses = new Map<number, number>();
  Object.entries(fields).forEach(([name, { of }], field) => {
    for (const read of says.fields[name as Field]) {
      for (const token of read[of]) {
        const use = token * fieldBoosts.length + field;
        uses.set(use, (uses.get(use) ?? 0) + 1);
      }
    }
  });
  return {
    uses: {
      tokens: Int32Array.from(uses.keys(), (use) => Math.floor(use / fieldBoosts.length)),
      fields: Uint8Array.from(uses.keys(), (use) => use % fieldBoosts.length),
      counts: Uint16Array.from(uses.values()),
    },
    asks: Int32Array.from(
      says.asks.flatMap((ask) => [ask.surface.length + ask.concepts.length, ...ask.surface, ...ask.concepts]),
    ),
    asked: says.asks.length,
    words: wordsOf(says.vocabulary, tokens),
    families: new Set(says.families),
  };
}

/** Shorter words are not corrected, and nothing is corrected to them. */
function wordsOf(texts: readonly string[], tokens: Tokens): Int32Array {
  const words = texts.flatMap((text) => normalize(text).match(/[a-z]{4,}/g) ?? []);
  return Int32Array.from(words, tokens.numberOf);
}
