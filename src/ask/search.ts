import { type Locale, languageOf } from '../core/i18n.ts';
import { type Analysis, analyse, clean, createLexicon, normalize } from './analyse.ts';
import type { Article, Desk, KnowledgeBase } from './article.ts';
import { type Correction, createCorrector } from './correct.ts';
import { type Calibration, decide, type Reading, readRanking } from './decide.ts';
import { createRanker } from './rank.ts';
import { asksForHelp } from './small-talk.ts';
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
}

/** A choice or a neighbor must reach this share of the best score; less is noise to the reader. */
const near = 0.4;
/** A refusal names articles only when they hold this share of the question's rare words. */
const closeCoverage = 0.5;

/** Builds the search for a base: pure, no I/O, the same text always gets the same answer. Takes about a millisecond an article. */
export function createSearch(base: KnowledgeBase, calibration: Calibration): Search {
  const topics = foldVariants(base);
  const lexicon = createLexicon(base.concepts, base.licenses);
  const rank = createRanker(topics, lexicon);
  const corrector = createCorrector(vocabularyOf(topics));

  function understand(text: string) {
    const { text: corrected, corrections } = corrector.correct(clean(text));
    const analysis = analyse(corrected, lexicon);
    return { corrections, analysis, reading: readRanking(rank(analysis)) };
  }

  return {
    read: (text) => understand(text).reading,
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

/** Words that a typo may be mended to. */
function* vocabularyOf(base: KnowledgeBase): Iterable<string> {
  const texts = [
    ...base.articles.flatMap(({ editions, tags }) => [
      ...tags,
      ...Object.values(editions).flatMap(({ title, aliases }) => [title, ...aliases]),
    ]),
    ...base.desks.flatMap(({ name, aliases }) => [name.en, ...aliases.en, ...aliases['zh-CN']]),
    ...base.concepts.flatMap(({ en, zh }) => [...en, ...zh]),
    ...base.licenses.flatMap(({ names }) => names),
  ];
  for (const text of texts) yield* normalize(text).match(/[a-z]+/g) ?? [];
}
