import type { Analysis, Lexicon } from './analyse.ts';
import type { KnowledgeBase } from './article.ts';
import { askTokens, type Entry, entriesOf, type Subject, weightOf } from './entry.ts';
import { createImpacts, type Impacts } from './impacts.ts';
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

const surfaceBoosts = {
  titleEn: 3,
  titleZh: 3,
  aliasesEn: 4,
  aliasesZh: 4,
  answerEn: 1,
  answerZh: 1,
  tags: 1.5,
  scope: 1,
};
const conceptBoosts = { titleConcepts: 3, aliasConcepts: 4, answerConcepts: 1 };

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
  const fields = entries.map((entry) => entry.fields);
  const surface = createImpacts(fields, surfaceBoosts);
  const concepts = createImpacts(fields, conceptBoosts);
  const lean = createLean(entries);

  const rarity: Rarity = (token) => {
    const found = (token.startsWith('c:') ? concepts : surface).get(token)?.documents.length ?? 0;
    return Math.log(1 + (entries.length + 0.5) / (found + 0.5)) * weightOf(token);
  };

  return (question) => {
    const words = addUp(question.surface, surface, entries.length);
    const meant = addUp(question.concepts, concepts, entries.length);
    const covered = addRarity(question.surface, surface, entries.length, rarity);
    const tokens = askTokens(question);
    const families = question.surface.filter((token) => token.startsWith('f:'));
    const total = weightSum(question.surface, rarity);

    const scored = entries.flatMap((entry) => {
      const sum = (words[entry.id] ?? 0) + weights.concepts * (meant[entry.id] ?? 0);
      return sum > 0 ? [{ entry, score: namesOther(entry, families) ? sum * weights.otherLicense : sum }] : [];
    });
    const candidates = scored
      .sort((a, b) => b.score - a.score || a.entry.id - b.entry.id)
      .slice(0, shortlist)
      .map(({ entry, score }) => {
        const likeness = Math.max(0, ...entry.asks.map((ask) => likenessOf(tokens, ask, rarity)));
        return {
          subject: entry.subject,
          score: score * (1 + weights.likeness * likeness),
          surface: words[entry.id] ?? 0,
          likeness,
          coverage: total > 0 ? (covered[entry.id] ?? 0) / total : 0,
        };
      })
      .sort((a, b) => b.score - a.score);
    return { candidates, lean: lean(tokens), length: tokens.length };
  };
}

/**
 * Scores by document: what each token of the question brings, by how much its kind counts, times how many of them
 * occur. One strong word by chance is weak evidence, several together are not chance.
 */
function addUp(tokens: readonly string[], impacts: Impacts, size: number): Float64Array {
  const scores = new Float64Array(size);
  const matches = new Uint16Array(size);
  for (const token of tokens) {
    const posting = impacts.get(token);
    const weight = weightOf(token);
    posting?.documents.forEach((document, at) => {
      scores[document] = (scores[document] ?? 0) + weight * (posting.impacts[at] ?? 0);
      matches[document] = (matches[document] ?? 0) + 1;
    });
  }
  return scores.map((score, document) => score * (matches[document] ?? 0));
}

/** By document: the rarity of those tokens of the question that occur in it. */
function addRarity(tokens: readonly string[], impacts: Impacts, size: number, rarity: Rarity): Float64Array {
  const sums = new Float64Array(size);
  for (const token of tokens) {
    const weight = rarity(token);
    impacts.get(token)?.documents.forEach((document) => {
      sums[document] = (sums[document] ?? 0) + weight;
    });
  }
  return sums;
}

function namesOther(entry: Entry, families: readonly string[]): boolean {
  return families.length > 0 && entry.families.size > 0 && !families.some((family) => entry.families.has(family));
}

/** How rare a token is in the base, times how much its kind counts. */
type Rarity = (token: string) => number;

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
