import { type Locale, languageOf } from '../core/i18n.ts';
import { finish, inSteps, type Steps } from '../core/steps.ts';
import type { Analysis } from './analyse.ts';
import type { Article, Desk, KnowledgeBase } from './article.ts';
import { type Correction, type Corrector, type Counted, createCorrector } from './correct.ts';
import { type Calibration, decide, type Reading, readRanking } from './decide.ts';
import { askTokens, createReader, type Entry, type Reader, type Subject } from './entry.ts';
import { createHomophones, type Homophones } from './homophones.ts';
import { clean } from './plain.ts';
import { buildRanker, type Ranker } from './rank.ts';
import { asksForHelp } from './small-talk.ts';
import { increase } from './tokens.ts';
import { foldVariants } from './variants.ts';

/** What came of a question. */
export interface Found {
  /** `answer`: show `article`. `choices`: ask which of `choices`. `unknown`: say so. `help`: nothing was asked. */
  readonly outcome: 'answer' | 'choices' | 'unknown' | 'help';
  /** The language of the question: the answer is given in it. */
  readonly language: Locale;
  /** Only with `answer`. */
  readonly article?: Article;
  /** With `answer`: up to two articles that came next. */
  readonly runnersUp: readonly Article[];
  /** With `choices`: two or three articles, or one when nothing else comes near. */
  readonly choices: readonly Article[];
  /** With `unknown`: who to turn to, when the question looks like theirs. */
  readonly desk?: Desk;
  /** Words that were read as others; worth saying. */
  readonly corrections: readonly Correction[];
  /** A license was named in a way that fits several: the answer holds for all or needs an exact one. */
  readonly assumed?: { readonly license?: { readonly said: string; readonly spdx: readonly string[] } };
  /** 0 to 1: how probable it is that the first article is the right one. */
  readonly confidence: number;
  /** With `unknown`: up to two articles, only if they are close. */
  readonly closest: readonly Article[];
  /** The first three articles, whatever the outcome: for measuring. */
  readonly ranking: readonly Article[];
}

export interface Search {
  /** Any text at all; never throws. */
  find(text: string): Found;
  /** How the ranking sees a text: what calibration learns from. */
  read(text: string): Reading;
  /** What a text says, in every way and language to say it: what questions are compared by. */
  tokensOf(text: string): readonly string[];
  /** How much one of these tokens tells. */
  rarity(token: string): number;
}

/**
 * A choice or a neighbor must reach this share of the best score: two are shown in the mean, and of the questions that are
 * answered by one of the first three hardly any is lost.
 */
const near = 0.05;
/** A refusal names articles only when they hold this share of the question's rare words. */
const closeCoverage = 0.5;

/** Builds one search after the other for a base that changes. */
export interface SearchBuilder {
  /** A search like that of `createSearch`. Only what changed is read: articles that are the same objects as before are not. */
  build(base: KnowledgeBase, calibration: Calibration): Steps<Search>;
}

/** Builds the search for a base: pure, no I/O, the same text always gets the same answer. */
export function createSearch(base: KnowledgeBase, calibration: Calibration): Search {
  return finish(createSearchBuilder().build(base, calibration));
}

export function createSearchBuilder(): SearchBuilder {
  let current: { readonly base: KnowledgeBase; readonly reader: Reader } | undefined;

  /** Another thesaurus or other license names may change the reading of every text. */
  function* readerFor(base: KnowledgeBase): Steps<Reader> {
    const same =
      current && sameItems(current.base.concepts, base.concepts) && sameItems(current.base.licenses, base.licenses);
    const reader = same && current ? current.reader : yield* createReader(base.concepts, base.licenses);
    current = { base, reader };
    return reader;
  }

  return {
    *build(base, calibration) {
      const reader = yield* readerFor(base);
      yield;
      const topics = foldVariants(base);
      const subjects: readonly Subject[] = [
        ...topics.articles.map((article) => ({ kind: 'article' as const, article })),
        ...topics.desks.map((desk) => ({ kind: 'desk' as const, desk })),
      ];
      const entries: Entry[] = [];
      yield* inSteps(subjects, 1, (subject) => entries.push(reader.read(subject)));
      const ranker = yield* buildRanker(subjects, entries, reader.tokens);
      const corrector = yield* createCorrector(yield* countWords(entries, reader));
      const homophones = createHomophones(base.concepts, (pair) => reader.tokens.find(pair) !== undefined);
      return searchWith({ reader, ranker, corrector, homophones, calibration });
    },
  };
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** How often each word occurs that a typo may be mended to. */
function* countWords(entries: readonly Entry[], { words, vocabulary }: Reader): Steps<readonly Counted[]> {
  const counts = new Int32Array(vocabulary.all.length);
  const count = (all: Int32Array) => {
    for (const word of all) increase(counts, word);
  };
  count(words);
  yield* inSteps(entries, 64, (entry) => count(entry.words));
  const found: Counted[] = [];
  yield* inSteps(vocabulary.all, 4_000, (word, number) => {
    const often = counts[number] ?? 0;
    if (often > 0) found.push({ ...word, count: often });
  });
  return found;
}

interface Parts {
  readonly reader: Reader;
  readonly ranker: Ranker;
  readonly corrector: Corrector;
  readonly homophones: Homophones;
  readonly calibration: Calibration;
}

function searchWith({ reader, ranker, corrector, homophones, calibration }: Parts): Search {
  function mended(text: string) {
    const typed = corrector.correct(clean(text));
    const heard = homophones.correct(typed.text);
    return { text: heard.text, corrections: [...typed.corrections, ...heard.corrections] };
  }

  function understand(text: string) {
    const { text: corrected, corrections } = mended(text);
    const analysis = reader.analyse(corrected);
    return { corrections, analysis, reading: readRanking(ranker.rank(analysis)) };
  }

  return {
    read: (text) => understand(text).reading,
    tokensOf: (text) => askTokens(reader.analyse(mended(text).text)),
    rarity: ranker.rarity,
    find(text) {
      const language = languageOf(text);
      const nothing = {
        language,
        runnersUp: [],
        choices: [],
        closest: [],
        corrections: [],
        ranking: [],
        confidence: 0,
      };
      if (asksForHelp(clean(text))) return { ...nothing, outcome: 'help' };

      const { corrections, analysis, reading } = understand(text);
      const { band, confidence, deskWins } = decide(reading, analysis.licenses.length > 0, calibration);
      const [first, ...others] = reading.articles;
      const ranking = reading.articles.slice(0, 3).map(({ article }) => article);
      const found = { ...nothing, corrections, confidence, ranking, ...assumedOf(analysis) };
      const floor = (first?.candidate.score ?? 0) * near;
      const neighbors = others.filter(({ candidate }) => candidate.score >= floor).slice(0, 2);
      const neighborArticles = neighbors.map(({ article }) => article);

      if (first && band === 'answer') {
        return { ...found, outcome: 'answer', article: first.article, runnersUp: neighborArticles };
      }
      if (first && band === 'choices') {
        return { ...found, outcome: 'choices', choices: [first.article, ...neighborArticles] };
      }
      if (deskWins && reading.desk) return { ...found, outcome: 'unknown', desk: reading.desk.desk };
      const closest = reading.articles.slice(0, 2).filter(({ candidate }) => candidate.coverage >= closeCoverage);
      return { ...found, outcome: 'unknown', closest: closest.map(({ article }) => article) };
    },
  };
}

/** A name that fits several SPDX ids is never taken for one of them silently. */
function assumedOf(analysis: Analysis): Pick<Found, 'assumed'> {
  const ambiguous = analysis.licenses.find(({ license }) => license.spdx.length > 1);
  if (!ambiguous) return {};
  const { license, said } = ambiguous;
  // "GPL ... or GPLv3": the exact name settles the family.
  const settled = analysis.licenses.some(
    (other) => other.license.spdx.length === 1 && other.license.family === license.family,
  );
  return settled ? {} : { assumed: { license: { said, spdx: license.spdx } } };
}
