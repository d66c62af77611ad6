import MiniSearch, { type SearchResult } from 'minisearch';
import type { Analysis, Lexicon } from './analyse.ts';
import type { KnowledgeBase } from './article.ts';
import { askTokens, conceptFields, type Entry, entriesOf, type Field, type Subject, surfaceFields } from './entry.ts';

/** One subject that may be meant, with what speaks for it. */
export interface Candidate {
  readonly subject: Subject;
  /** What it is ranked by. */
  readonly score: number;
  /** The part of the score that comes from words alone, before any penalty: the better sign of being ours at all. */
  readonly surface: number;
  /** 0 to 1: how like the question is to the most like of its titles and aliases; 1 = the same words. */
  readonly likeness: number;
  /** 0 to 1: how much of the question's weight in rare words occurs anywhere in it. */
  readonly coverage: number;
}

export interface Ranker {
  /** Best first, at most twenty, articles and desks together. */
  rank(question: Analysis): readonly Candidate[];
}

/** How many candidates are looked at closely: the right one is nearly always among the first ten. */
const shortlist = 20;

const boosts: Readonly<Record<Field, number>> = {
  titleEn: 3,
  titleZh: 3,
  aliasesEn: 3,
  aliasesZh: 3,
  answerEn: 1,
  answerZh: 1,
  tags: 1.5,
  scope: 1,
  titleConcepts: 3,
  aliasConcepts: 3,
  answerConcepts: 1,
};

const bm25 = { k: 1.2, b: 0.7, d: 0.5 };

/** Found by trying on the tuning questions; each is flat around its value. */
const weights = {
  concepts: 0.6,
  likeness: 1,
  /** An entry about other licenses than the one asked about. */
  otherLicense: 0.6,
};

/** Builds the index; the base is not read again. */
export function createRanker(base: KnowledgeBase, lexicon: Lexicon): Ranker {
  const entries = entriesOf(base, lexicon);
  const index = new MiniSearch<Entry>({
    fields: [...surfaceFields, ...conceptFields],
    extractField: (entry, name) => (name === 'id' ? entry.id : entry.fields[name as Field].join(' ')) as string,
    tokenize: (text) => (text ? text.split(' ') : []),
    processTerm: (term) => term,
  });
  index.addAll(entries);
  const rarity = rarityOf(entries);

  function search(tokens: readonly string[], fields: readonly Field[]): ReadonlyMap<number, SearchResult> {
    const boost = Object.fromEntries(fields.map((field) => [field, boosts[field]]));
    const results = index.search(tokens.join(' '), { fields: [...fields], boost, bm25, boostTerm: weightOf });
    return new Map(results.map((result) => [result.id as number, result]));
  }

  return {
    rank(question) {
      const surface = search(question.surface, surfaceFields);
      const concepts = search(question.concepts, conceptFields);
      const tokens = askTokens(question);
      const families = question.surface.filter((token) => token.startsWith('f:'));
      const total = weightSum(question.surface, rarity);

      return entries
        .filter(({ id }) => surface.has(id) || concepts.has(id))
        .map((entry) => {
          const words = surface.get(entry.id)?.score ?? 0;
          const meant = concepts.get(entry.id)?.score ?? 0;
          const factor = namesOther(entry, families) ? weights.otherLicense : 1;
          return { entry, words, score: (words + weights.concepts * meant) * factor };
        })
        .sort((a, b) => b.score - a.score || a.entry.id - b.entry.id)
        .slice(0, shortlist)
        .map(({ entry, words, score }) => {
          const likeness = Math.max(0, ...entry.asks.map((ask) => likenessOf(tokens, ask, rarity)));
          const covered = weightSum(surface.get(entry.id)?.queryTerms ?? [], rarity);
          return {
            subject: entry.subject,
            score: score * (1 + weights.likeness * likeness),
            surface: words,
            likeness,
            coverage: total > 0 ? covered / total : 0,
          };
        })
        .sort((a, b) => b.score - a.score);
    },
  };
}

/** How much a token of the question counts: a pair of Han characters is half a word, the type of a question says little. */
function weightOf(token: string): number {
  if (token.startsWith('l:')) return 1.5;
  if (token.startsWith('c:q_')) return 0.5;
  return /^\p{Script=Han}/u.test(token) ? 0.5 : 1;
}

function namesOther(entry: Entry, families: readonly string[]): boolean {
  return families.length > 0 && entry.families.size > 0 && !families.some((family) => entry.families.has(family));
}

/** How rare a token is in the base, times how much its kind counts. */
type Rarity = (token: string) => number;

function rarityOf(entries: readonly Entry[]): Rarity {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    for (const token of new Set(Object.values(entry.fields).flat())) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return (token) => Math.log(1 + (entries.length + 0.5) / ((counts.get(token) ?? 0) + 0.5)) * weightOf(token);
}

function weightSum(tokens: readonly string[], rarity: Rarity): number {
  return tokens.reduce((sum, token) => sum + rarity(token), 0);
}

/** Cosine of two sets of tokens, weighted by rarity. */
function likenessOf(question: readonly string[], ask: readonly string[], rarity: Rarity): number {
  const asked = new Set(ask);
  const shared = weightSum(
    question.filter((token) => asked.has(token)),
    rarity,
  );
  return shared === 0 ? 0 : shared / Math.sqrt(weightSum(question, rarity) * weightSum(ask, rarity));
}
