import { inSteps, type Steps } from '../core/steps.ts';
import type { Analysis } from './analyse.ts';
import { askTokens, type Entry, type Subject } from './entry.ts';
import { buildImpacts, type Impacts } from './impacts.ts';
import { buildLean } from './lean.ts';
import { type Tokens, weightOf } from './tokens.ts';

/** One subject that may be meant, with what speaks for it. */
export interface Candidate {
  readonly subject: Subject;
  /** What it is ranked by. */
  readonly score: number;
  /** The part of the score that comes from words alone, before any penalty: the better sign of being ours at all. */
  readonly surface: number;
  /** How much likelier the question is where this subject is asked for than anywhere, as a logarithm, about -50 to 50. */
  readonly evidence: number;
  /** 0 to 1: how like the question is to the most like of its titles and aliases; 1 = the same words. */
  readonly likeness: number;
  /** 0 to 1: how much of the question's weight in rare words occurs anywhere in it. */
  readonly coverage: number;
}

export interface Ranking {
  /** Best first, at most twenty, articles and desks together; what is exactly asked for before everything else. */
  readonly candidates: readonly Candidate[];
  /** How much the question sounds like ours: see `Lean`. */
  readonly lean: number;
  /** Number of distinct tokens in the question: scores grow with it. */
  readonly length: number;
}

export interface Ranker {
  rank(question: Analysis): Ranking;
  /** How much a token tells: its rarity in the base, times how much its kind counts. */
  rarity(token: string): number;
}

// The cosine of equal sets, but for rounding.
const exact = 0.999;

/** Whether the question is one of its titles or aliases, word for word: whoever wrote that said where it leads. */
export function isExact({ likeness }: Candidate): boolean {
  return likeness >= exact;
}

/** How many candidates are looked at closely: the right one is nearly always among the first ten. */
const shortlist = 20;

/** Found by trying on the tuning questions; all are flat around these values: halving or doubling one moves a point or two. */
const weights = {
  concepts: 1,
  likeness: 2,
  evidence: 0.25,
  /** An entry about other licenses than the one asked about. */
  otherLicense: 0.6,
};

/**
 * Builds the index.
 * @param subjects articles, then desks
 * @param entries what each of them says
 */
export function* buildRanker(subjects: readonly Subject[], entries: readonly Entry[], tokens: Tokens): Steps<Ranker> {
  const size = entries.length;
  const firstDesk = subjects.findIndex(({ kind }) => kind === 'desk');
  const articles = firstDesk < 0 ? size : firstDesk;
  const lean = yield* buildLean(entries.slice(0, articles), entries.slice(articles), tokens);
  const impacts = yield* buildImpacts(entries, tokens.weights.length);

  const rarityOf = (weight: number, found: number) => Math.log(1 + (size + 0.5) / (found + 0.5)) * weight;
  const rarities = new Float64Array(tokens.weights.length);
  yield* inSteps(tokens.weights, 500, (weight, number) => {
    rarities[number] = rarityOf(weight, impacts.occurrences(number));
  });
  const rarity: Rarity = (token) => rarities[tokens.find(token) ?? -1] ?? rarityOf(weightOf(token), 0);

  function rank(question: Analysis): Ranking {
    const words = addUp(numbered(question.surface, tokens), impacts, size);
    const meant = addUp(numbered(question.concepts, tokens), impacts, size);
    const asked = askTokens(question);
    const shares = new Map(numbered(asked, tokens).map(({ number, token }) => [number, rarity(token)]));
    const weight = weightSum(asked, rarity);
    const families = question.surface.filter((token) => token.startsWith('f:'));
    const total = weightSum(question.surface, rarity);

    const evidence = weigh(numbered(asked, tokens), impacts, size);
    const strongest = evidence.reduce((most, one) => Math.max(most, one), -Infinity);
    const scores = words.map((score, at) => {
      const entry = entries[at];
      const sum = score + weights.concepts * (meant[at] ?? 0);
      const license = sum > 0 && entry && namesOther(entry, families) ? weights.otherLicense : 1;
      return sum * license * Math.exp(weights.evidence * ((evidence[at] ?? 0) - strongest));
    });
    const candidates = topOf(scores, shortlist)
      .flatMap((at): Candidate[] => {
        const [subject, entry] = [subjects[at], entries[at]];
        if (!subject || !entry) return [];
        const score = scores[at] ?? 0;
        const likeness = likenessOf(shares, weight, entry.asks, rarities);
        const covered = question.surface.filter((token) => occursIn(impacts, tokens.find(token), at));
        return [
          {
            subject,
            score: score * (1 + weights.likeness * likeness),
            surface: words[at] ?? 0,
            evidence: evidence[at] ?? 0,
            likeness,
            coverage: total > 0 ? weightSum(covered, rarity) / total : 0,
          },
        ];
      })
      .sort((a, b) => Number(isExact(b)) - Number(isExact(a)) || b.score - a.score);
    return { candidates, lean: lean(asked), length: asked.length };
  }
  return { rank, rarity };
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

interface Numbered {
  readonly token: string;
  readonly number: number;
}

/** The tokens that occur anywhere in the base. */
function numbered(tokens: readonly string[], table: Tokens): readonly Numbered[] {
  return tokens.flatMap((token) => {
    const number = table.find(token);
    return number === undefined ? [] : [{ token, number }];
  });
}

/**
 * Scores by entry: what each token of the question brings, by how much its kind counts, times how many of them occur. One
 * strong word by chance is weak evidence, several together are not chance.
 */
function addUp(question: readonly Numbered[], impacts: Impacts, size: number): Float64Array {
  const scores = new Float64Array(size);
  const matches = new Uint16Array(size);
  for (const { token, number } of question) {
    const posting = impacts.get(number);
    const weight = weightOf(token);
    posting.entries.forEach((entry, at) => {
      scores[entry] = (scores[entry] ?? 0) + weight * (posting.impacts[at] ?? 0);
      matches[entry] = (matches[entry] ?? 0) + 1;
    });
  }
  return scores.map((score, entry) => score * (matches[entry] ?? 0));
}

/** The evidence for each entry: unlike a score it also falls, with every token of the question that others are asked with. */
function weigh(question: readonly Numbered[], impacts: Impacts, size: number): Float64Array {
  const found = new Float64Array(size);
  let known = 0;
  for (const { token, number } of question) {
    const posting = impacts.get(number);
    const weight = weightOf(token);
    if (posting.entries.length > 0) known += weight;
    posting.entries.forEach((entry, at) => {
      found[entry] = (found[entry] ?? 0) + weight * (posting.evidence[at] ?? 0);
    });
  }
  return found.map((evidence, entry) => evidence - known * (impacts.absence[entry] ?? 0));
}

/** Binary search: postings of frequent words are long. */
function occursIn(impacts: Impacts, token: number | undefined, entry: number): boolean {
  if (token === undefined) return false;
  const { entries } = impacts.get(token);
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle] ?? 0) < entry) low = middle + 1;
    else high = middle;
  }
  return entries[low] === entry;
}

function namesOther({ families: own }: Entry, families: readonly string[]): boolean {
  return families.length > 0 && own.size > 0 && !families.some((family) => own.has(family));
}

/** How rare a token is in the base, times how much its kind counts. */
type Rarity = (token: string) => number;

function weightSum(tokens: readonly string[], rarity: Rarity): number {
  return tokens.reduce((sum, token) => sum + rarity(token), 0);
}

/**
 * The highest cosine of the question and one title or alias as sets of tokens, weighted by rarity.
 * @param shares rarity of the question's tokens
 * @param weight their sum, with the tokens that occur nowhere
 * @param asks see `Entry`
 */
function likenessOf(
  shares: ReadonlyMap<number, number>,
  weight: number,
  asks: Int32Array,
  rarities: Float64Array,
): number {
  let highest = 0;
  for (let at = 0; at < asks.length; ) {
    const end = at + 1 + (asks[at] ?? 0);
    let shared = 0;
    let own = 0;
    for (at += 1; at < end; at += 1) {
      const token = asks[at] ?? 0;
      shared += shares.get(token) ?? 0;
      own += rarities[token] ?? 0;
    }
    if (shared > 0) highest = Math.max(highest, shared / Math.sqrt(weight * own));
  }
  return highest;
}
