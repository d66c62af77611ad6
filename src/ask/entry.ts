import { inSteps, type Steps } from '../core/steps.ts';
import { type Analysis, analyse, type Collector, collect, createLexicon, familyOf, type Word } from './analyse.ts';
import type { Article, Concept, Desk, Edition, LicenseName } from './article.ts';
import { normalize } from './plain.ts';
import { createMarks } from './tables.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

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
  /** The English words that a typo may be mended to, by their numbers in the vocabulary, as often as they occur. */
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
const fieldNames = Object.keys(fields) as readonly Field[];

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
  readonly vocabulary: Vocabulary;
}

export function* createReader(concepts: readonly Concept[], licenseNames: readonly LicenseName[]): Steps<Reader> {
  const tokens = createTokens();
  const vocabulary = createVocabulary();
  const lexicon = yield* createLexicon(concepts, licenseNames);
  yield;
  const collector = collectNumbers(tokens);
  const split = (text: string) => lexicon.split(normalize(text), true);
  const readText = (text: string): Read => {
    const words = split(text);
    const { surface, concepts, licenses } = collect(words, lexicon, collector);
    return { words, surface, concepts, families: licenses.map(({ license }) => familyOf(license)) };
  };
  const pack = createPacker(vocabulary);
  const articles = new WeakMap<Edition, { readonly article: Article; readonly entry: Entry }>();
  const desks = new WeakMap<Desk, Entry>();

  function readArticle(article: Article): Entry {
    const before = articles.get(article.editions.en);
    if (before && saysTheSame(before.article, article)) return before.entry;
    const entry = pack(articleSays(article, readText));
    articles.set(article.editions.en, { article, entry });
    return entry;
  }

  function readDesk(desk: Desk): Entry {
    const entry = desks.get(desk) ?? pack(deskSays(desk, readText));
    desks.set(desk, entry);
    return entry;
  }

  const names = [
    ...concepts.flatMap(({ en, zh }) => [...en, ...zh]),
    ...licenseNames.flatMap((license) => license.names),
  ];
  const words: number[] = [];
  yield* inSteps(names, 100, (name) => {
    for (const number of numbersOf([split(name)], vocabulary)) words.push(number);
  });
  return {
    read: (subject) => (subject.kind === 'article' ? readArticle(subject.article) : readDesk(subject.desk)),
    words: new Int32Array(words),
    analyse: (text) => analyse(text, lexicon),
    tokens,
    vocabulary,
  };
}

/** Everything that is indexed of two articles with the same English text. */
function saysTheSame(a: Article, b: Article): boolean {
  return a.editions['zh-CN'] === b.editions['zh-CN'] && a.tags === b.tags && a.licenses === b.licenses;
}

/** A text by the numbers of its tokens; see `Analysis`. */
interface Read {
  readonly words: readonly Word[];
  readonly surface: readonly number[];
  readonly concepts: readonly number[];
  readonly families: readonly string[];
}
type ReadText = (text: string) => Read;

/** What a subject says. */
interface Says {
  readonly fields: Readonly<Record<Field, readonly Read[]>>;
  readonly asks: readonly Read[];
  readonly vocabulary: readonly Read[];
  readonly families: readonly string[];
}

function articleSays(article: Article, read: ReadText): Says {
  const { en: english, 'zh-CN': chinese } = article.editions;
  const en = readEdition(english, read);
  const zh = chinese ? readEdition(chinese, read) : nothingRead;
  const ownTags = article.tags.map(read);
  const tags = [...ownTags, ...article.licenses.map(read)];
  const asks = [...en.title, ...en.aliases, ...zh.title, ...zh.aliases];

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
    asks,
    vocabulary: [...ownTags, ...asks],
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
    vocabulary: [names[0], ...en, ...zh],
    families: [],
  };
}

/** What one question says, as one set. */
export function askTokens(analysis: Analysis): readonly string[] {
  return [...analysis.surface, ...analysis.concepts];
}

/** Names tokens by number. What was seen in a text is marked with the number of the text: there is nothing to clear. */
function collectNumbers(tokens: Tokens): Collector<readonly number[]> {
  const seenIn = createMarks();
  let text = 1;
  let taken: number[] = [];

  function mark(number: number): void {
    if (seenIn.get(number) === text) return;
    seenIn.set(number, text);
    taken.push(number);
  }

  return {
    add: (token) => mark(tokens.numberOf(token)),
    addPair: (first, second) => mark(tokens.pairOf(first, second)),
    take() {
      const all = taken;
      taken = [];
      text += 1;
      return all;
    },
  };
}

/** Counts what subjects say, one after the other. */
function createPacker(vocabulary: Vocabulary): (says: Says) => Entry {
  // How often each token occurs in the field at hand; all 0 between two fields.
  const tally = createMarks();

  /** The tokens of a field, in the order they come. */
  function count(reads: readonly Read[], of: 'surface' | 'concepts'): readonly number[] {
    const found: number[] = [];
    for (const read of reads) {
      for (const token of read[of]) {
        const before = tally.get(token);
        if (before === 0) found.push(token);
        tally.set(token, before + 1);
      }
    }
    return found;
  }

  return (says) => {
    const tokens: number[] = [];
    const inFields: number[] = [];
    const counts: number[] = [];
    fieldNames.forEach((name, field) => {
      for (const token of count(says.fields[name], fields[name].of)) {
        tokens.push(token);
        inFields.push(field);
        counts.push(tally.get(token));
        tally.set(token, 0);
      }
    });
    return {
      uses: { tokens: new Int32Array(tokens), fields: new Uint8Array(inFields), counts: new Uint16Array(counts) },
      asks: packAsks(says.asks),
      asked: says.asks.length,
      words: numbersOf(
        says.vocabulary.map(({ words }) => words),
        vocabulary,
      ),
      families: new Set(says.families),
    };
  };
}

/** See `Entry`. */
function packAsks(asks: readonly Read[]): Int32Array {
  const packed: number[] = [];
  for (const { surface, concepts } of asks) {
    packed.push(surface.length + concepts.length);
    for (const token of surface) packed.push(token);
    for (const token of concepts) packed.push(token);
  }
  return new Int32Array(packed);
}

/** What was written in texts, as often as it was. */
function numbersOf(texts: readonly (readonly Word[])[], vocabulary: Vocabulary): Int32Array {
  const numbers: number[] = [];
  for (const words of texts) {
    for (const { spellings } of words) for (const word of spellings) numbers.push(vocabulary.numberOf(word));
  }
  return new Int32Array(numbers);
}
