import { inSteps, type Steps } from '../core/steps.ts';
import type { Entry } from './entry.ts';
import { increase, type Tokens, weightOf } from './tokens.ts';

/** How much a question sounds like our articles rather than other desks: above 0 ours, below 0 theirs, around -5 to 5. */
export type Lean = (tokens: readonly string[]) => number;

/**
 * Every title and alias is an example of a question that is ours or somebody else's. A token leans to the side where it is
 * more usual; the question leans as its tokens do on average. The ranking cannot see this: it looks for one good entry,
 * while near misses share a few strong words with one of ours and everything else with nobody.
 */
export function* buildLean(articles: readonly Entry[], desks: readonly Entry[], tokens: Tokens): Steps<Lean> {
  const ours = yield* countAsks(articles, tokens);
  const theirs = yield* countAsks(desks, tokens);

  const odds = (token: string) => {
    const number = tokens.find(token) ?? -1;
    const [our, their] = [ours.counts[number] ?? 0, theirs.counts[number] ?? 0];
    // Half an occurrence more on either side: a token seen once says little.
    return our + their > 0 ? Math.log((our + 0.5) / (ours.asks + 1)) - Math.log((their + 0.5) / (theirs.asks + 1)) : 0;
  };

  return (question) => {
    const weight = question.reduce((sum, token) => sum + weightOf(token), 0);
    return weight > 0 ? question.reduce((sum, token) => sum + odds(token) * weightOf(token), 0) / weight : 0;
  };
}

interface Counted {
  readonly counts: Int32Array;
  readonly asks: number;
}

const atOnce = 64;

function* countAsks(entries: readonly Entry[], tokens: Tokens): Steps<Counted> {
  const counts = new Int32Array(tokens.weights.length);
  let count = 0;
  yield* inSteps(entries, atOnce, ({ asks }) => {
    for (let at = 0; at < asks.length; count += 1) {
      const end = at + 1 + (asks[at] ?? 0);
      for (at += 1; at < end; at += 1) increase(counts, asks[at] ?? 0);
    }
  });
  return { counts, asks: count };
}
