import { type Entry, weightOf } from './entry.ts';

/** How much a question sounds like our articles rather than other desks: above 0 ours, below 0 theirs, around -5 to 5. */
export type Lean = (tokens: readonly string[]) => number;

/**
 * Every title and alias is an example of a question that is ours or somebody else's. A token leans to the side where it is
 * more usual; the question leans as its tokens do on average. The ranking cannot see this: it looks for one good entry,
 * while near misses share a few strong words with one of ours and everything else with nobody.
 */
export function createLean(entries: readonly Entry[]): Lean {
  const ours = countAsks(entries.filter(({ subject }) => subject.kind === 'article'));
  const theirs = countAsks(entries.filter(({ subject }) => subject.kind === 'desk'));

  // Half an occurrence more on either side: a token seen once says little.
  const odds = (token: string) =>
    ours.counts.has(token) || theirs.counts.has(token)
      ? Math.log(((ours.counts.get(token) ?? 0) + 0.5) / (ours.asks + 1)) -
        Math.log(((theirs.counts.get(token) ?? 0) + 0.5) / (theirs.asks + 1))
      : 0;

  return (tokens) => {
    const weight = tokens.reduce((sum, token) => sum + weightOf(token), 0);
    return weight > 0 ? tokens.reduce((sum, token) => sum + odds(token) * weightOf(token), 0) / weight : 0;
  };
}

function countAsks(entries: readonly Entry[]): { readonly counts: ReadonlyMap<string, number>; readonly asks: number } {
  const counts = new Map<string, number>();
  const asks = entries.flatMap((entry) => entry.asks);
  for (const token of asks.flat()) counts.set(token, (counts.get(token) ?? 0) + 1);
  return { counts, asks: asks.length };
}
