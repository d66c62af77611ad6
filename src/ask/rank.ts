import MiniSearch, { type SearchResult } from 'minisearch';
import type { Analysis, Lexicon } from './analyse.ts';
import type { KnowledgeBase } from './article.ts';
import {
  askTokens,
  conceptFields,
  type Entry,
  entriesOf,
  type Field,
  type Subject,
  surfaceFields,
  weightOf,
} from './entry.ts';
import { createLean } from './lean.ts';

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

export interface Ranking {
  /** Best first, at most twenty, articles and desks together. */
  readonly candidates: readonly Candidate[];
  /** How much the question sounds like ours: see `Lean`. */
  readonly lean: number;
  /** Number of distinct tokens in the question: scores grow with it. */
  readonly length: number;
}

export type Ranker = (question: Analysis) => Ranking;

/** How many candidates are looked at closely: the right one is nearly always among the first ten. */
const shortlist = 20;

const boosts: Readonly<Record<Field, number>> = {
  titleEn: 3,
  titleZh: 3,
  aliasesEn: 4,
  aliasesZh: 4,
  answerEn: 1,
  answerZh: 1,
  tags: 1.5,
  scope: 1,
  titleConcepts: 3,
  aliasConcepts: 4,
  answerConcepts: 1,
};

const bm25 = { k: 1.2, b: 0.7, d: 0.5 };

/** Found by trying on the tuning questions; all are flat around these values: halving or doubling one moves a point or two. */
const weights = {
  concepts: 1,
  likeness: 2,
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
  const lean = createLean(entries);

  function search(tokens: readonly string[], fields: readonly Field[]): ReadonlyMap<number, SearchResult> {
    const boost = Object.fromEntries(fields.map((field) => [field, boosts[field]]));
    const results = index.search(tokens.join(' '), { fields: [...fields], boost, bm25, boostTerm: weightOf });
    return new Map(results.map((result) => [result.id as number, result]));
  }

  return (question) => {
    const surface = search(question.surface, surfaceFields);
    const concepts = search(question.concepts, conceptFields);
    const tokens = askTokens(question);
    const families = question.surface.filter((token) => token.startsWith('f:'));
    const total = weightSum(question.surface, rarity);

    const scored = [...new Set([...surface.keys(), ...concepts.keys()])].flatMap((id) => {
      const entry = entries[id];
      if (!entry) return [];
      const words = surface.get(id)?.score ?? 0;
      const meant = concepts.get(id)?.score ?? 0;
      const factor = namesOther(entry, families) ? weights.otherLicense : 1;
      return [{ entry, words, score: (words + weights.concepts * meant) * factor }];
    });
    const candidates = scored
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
    return { candidates, lean: lean(tokens), length: tokens.length };
  };
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
