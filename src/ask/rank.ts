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

  const size = entries.length;

  const rarity: Rarity = (token) => {
    const found = (token.startsWith('c:') ? concepts : surface).get(token)?.documents.length ?? 0;
    return Math.log(1 + (size + 0.5) / (found + 0.5)) * weightOf(token);
  };
  // The tokens by field are not kept: they are most of the memory that building takes.
  const kept = entries.map(({ id, subject, families, asks }) => ({
    id,
    subject,
    families,
    asks: asks.map((tokens) => ({ tokens, weight: weightSum(tokens, rarity) })),
  }));

  return (question) => {
    const words = addUp(question.surface, surface, size);
    const meant = addUp(question.concepts, concepts, size);
    const tokens = askTokens(question);
    const rarities = new Map(tokens.map((token) => [token, rarity(token)]));
    const weight = weightSum(tokens, rarity);
    const families = question.surface.filter((token) => token.startsWith('f:'));
    const total = weightSum(question.surface, rarity);

    const scores = words.map((score, id) => {
      const entry = kept[id];
      const sum = score + weights.concepts * (meant[id] ?? 0);
      return sum > 0 && entry && namesOther(entry, families) ? sum * weights.otherLicense : sum;
    });
    const candidates = topOf(scores, shortlist)
      .flatMap((id) => kept[id] ?? [])
      .map((entry) => {
        const score = scores[entry.id] ?? 0;
        const likeness = Math.max(0, ...entry.asks.map((ask) => likenessOf(rarities, weight, ask)));
        const covered = question.surface.filter((token) => occursIn(surface, token, entry.id));
        return {
          subject: entry.subject,
          score: score * (1 + weights.likeness * likeness),
          surface: words[entry.id] ?? 0,
          likeness,
          coverage: total > 0 ? weightSum(covered, rarity) / total : 0,
        };
      })
      .sort((a, b) => b.score - a.score);
    return { candidates, lean: lean(tokens), length: tokens.length };
  };
}

/** The places of the highest scores above 0, best first; of equal scores the earlier place first. */
function topOf(scores: Float64Array, count: number): readonly number[] {
  const top: number[] = [];
  let floor = 0;
  scores.forEach((score, id) => {
    if (score <= floor) return;
    const worse = top.findIndex((other) => (scores[other] ?? 0) < score);
    top.splice(worse < 0 ? top.length : worse, 0, id);
    if (top.length > count) top.pop();
    if (top.length === count) floor = scores[top[count - 1] ?? 0] ?? 0;
  });
  return top;
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

/** Binary search: postings of frequent words are long. */
function occursIn(impacts: Impacts, token: string, document: number): boolean {
  const documents = impacts.get(token)?.documents ?? [];
  let low = 0;
  let high = documents.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((documents[middle] ?? 0) < document) low = middle + 1;
    else high = middle;
  }
  return documents[low] === document;
}

function namesOther(entry: Pick<Entry, 'families'>, families: readonly string[]): boolean {
  return families.length > 0 && entry.families.size > 0 && !families.some((family) => entry.families.has(family));
}

/** How rare a token is in the base, times how much its kind counts. */
type Rarity = (token: string) => number;

function weightSum(tokens: readonly string[], rarity: Rarity): number {
  return tokens.reduce((sum, token) => sum + rarity(token), 0);
}

/** Cosine of the question and one title or alias as sets of tokens, weighted by rarity. */
function likenessOf(
  question: ReadonlyMap<string, number>,
  weight: number,
  ask: { readonly tokens: readonly string[]; readonly weight: number },
): number {
  const shared = ask.tokens.reduce((sum, token) => sum + (question.get(token) ?? 0), 0);
  return shared === 0 ? 0 : shared / Math.sqrt(weight * ask.weight);
}
