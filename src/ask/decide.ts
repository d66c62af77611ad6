import { z } from 'zod';
import type { Article, Desk } from './article.ts';
import { type Candidate, isExact, type Ranking } from './rank.ts';

/** What is known about a ranking; each grows or falls with being sure. */
export const featureNames = [
  'logScore',
  'logSurface',
  'margin',
  'coverage',
  'likeness',
  'deskLead',
  'deskLikeness',
  'agreement',
  'logLength',
  'lean',
  'evidence',
  'evidenceLead',
  'sibling',
] as const;
type FeatureName = (typeof featureNames)[number];
export type Features = Readonly<Record<FeatureName, number>>;

const Head = z.strictObject({
  bias: z.number(),
  weights: z.record(z.enum(featureNames), z.number()),
  /** Probability from which the head says yes. */
  cut: z.number().min(0).max(1),
});
export type Head = z.infer<typeof Head>;

/** `data/calibration/weights.json`: two logistic functions. Written by `ospo kb calibrate`, checked whenever the base changes. */
export const Calibration = z.strictObject({
  /** Is the question ours at all? Below its cut-off nothing is offered as an answer. */
  ours: Head,
  /** Is the first article the right one? From its cut-off on it is shown as the answer. */
  right: Head,
});
export type Calibration = z.infer<typeof Calibration>;

function noWeights(): Record<string, number> {
  return Object.fromEntries(featureNames.map((name) => [name, 0]));
}

/** Weights that say nothing: for a search that is only asked how it ranks. */
export const untrained: Calibration = Calibration.parse({
  ours: { bias: 0, weights: noWeights(), cut: 0 },
  right: { bias: 0, weights: noWeights(), cut: 0 },
});

/** A ranking, sorted out: articles without repetition, the best desk, and the features. */
export interface Reading {
  readonly articles: readonly RankedArticle[];
  readonly desk: { readonly desk: Desk; readonly candidate: Candidate } | undefined;
  readonly features: Features;
}

interface RankedArticle {
  readonly article: Article;
  readonly candidate: Candidate;
}

export interface Decision {
  readonly band: 'answer' | 'choices' | 'unknown';
  /** 0 to 1: how probable it is that the first article is the right one. */
  readonly confidence: number;
  /** The desk is the better guess. Only with `unknown`. */
  readonly deskWins: boolean;
}

/** Sorts out a ranking. */
export function readRanking(ranking: Ranking): Reading {
  const articles: RankedArticle[] = [];
  let desk: Reading['desk'];
  for (const candidate of ranking.candidates) {
    const { subject } = candidate;
    if (subject.kind === 'desk') desk ??= { desk: subject.desk, candidate };
    // Variants of one article for several offices are one topic.
    else if (!articles.some(({ article }) => article.id === subject.article.id)) {
      articles.push({ article: subject.article, candidate });
    }
  }
  return { articles, desk, features: featuresOf(articles, desk?.candidate, ranking) };
}

function featuresOf(articles: readonly RankedArticle[], desk: Candidate | undefined, ranking: Ranking): Features {
  const [first, next] = articles;
  const best = first?.candidate;
  const second = next?.candidate.score ?? 0;
  const bySurface = [...articles].sort((a, b) => b.candidate.surface - a.candidate.surface)[0]?.candidate;
  const byLikeness = [...articles].sort((a, b) => b.candidate.likeness - a.candidate.likeness)[0]?.candidate;
  return {
    logScore: Math.log1p(best?.score ?? 0),
    logSurface: Math.log1p(best?.surface ?? 0),
    // Not negative: what is exactly asked for stands first with any score.
    margin: best && best.score > 0 ? Math.max(0, best.score - second) / best.score : 0,
    coverage: best?.coverage ?? 0,
    likeness: best?.likeness ?? 0,
    // Bounded: when one side found nothing the ratio says no more than "by far".
    deskLead: Math.max(-2, Math.min(2, Math.log((desk?.score ?? 0) + 1) - Math.log((best?.score ?? 0) + 1))),
    deskLikeness: (desk?.likeness ?? 0) - (best?.likeness ?? 0),
    agreement: Number(bySurface === best) / 2 + Number(byLikeness === best) / 2,
    logLength: Math.log1p(ranking.length),
    lean: ranking.lean,
    evidence: best?.evidence ?? 0,
    // Bounded for the same reason.
    evidenceLead: best && next ? Math.max(-10, Math.min(10, best.evidence - next.candidate.evidence)) : 10,
    // What is not ours finds two articles that have nothing to do with each other.
    sibling: Number(first !== undefined && next !== undefined && areSiblings(first.article, next.article)),
  };
}

function areSiblings(a: Article, b: Article): boolean {
  return a.siblings.includes(b.id) || b.siblings.includes(a.id);
}

/** The probability that a head gives to features. */
export function probability(head: Pick<Head, 'bias' | 'weights'>, features: Features): number {
  const sum = featureNames.reduce((total, name) => total + head.weights[name] * features[name], head.bias);
  return 1 / (1 + Math.exp(-sum));
}

// Tokens, of which most words are one and some are two.
const fewestWords = 3;

// A desk that holds less of the question's rare words is a guess: then no desk is named.
const nameable = 0.25;

/**
 * Chooses one of three bands. Rules stand above the probabilities: the exact words of a title or alias get their article, or a
 * choice where they are few or several articles have them; the name of a license never ends in a refusal; the exact words of a
 * desk's alias go to that desk.
 */
export function decide(reading: Reading, namesLicense: boolean, calibration: Calibration): Decision {
  const { features, articles, desk } = reading;
  const confidence = probability(calibration.right, features);
  const ours = probability(calibration.ours, features);
  const [first, next] = articles;
  const asked = first !== undefined && isExact(first.candidate);
  const deskAsked = !asked && desk !== undefined && isExact(desk.candidate);
  const deskWins = features.deskLead > 0 && (desk?.candidate.coverage ?? 0) >= nameable;
  if (!first || deskAsked) return { band: 'unknown', confidence: 0, deskWins: deskAsked || deskWins };
  if (ours < calibration.ours.cut && !asked && !namesLicense) return { band: 'unknown', confidence, deskWins };
  // One word may be an alias by chance; several that only one article has are not.
  const wordForWord =
    asked && Math.round(Math.expm1(features.logLength)) >= fewestWords && !(next && isExact(next.candidate));
  const sure = wordForWord || (confidence >= calibration.right.cut && ours >= calibration.ours.cut);
  return { band: sure ? 'answer' : 'choices', confidence, deskWins: false };
}
