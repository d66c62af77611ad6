/** What the questions of a group have in common: how many of them have each token. */
export interface Meaning {
  readonly tokens: Readonly<Record<string, number>>;
  /** How many questions that were. */
  readonly size: number;
}

/** How much a token tells; see the search. */
export type Rarity = (token: string) => number;

/**
 * From here on two questions mean the same. No two of the tuning questions are paraphrases; of those that this puts together
 * 77 of 100 pairs are about one topic, most others about neighbors. At 0.3 it is 62, at 0.55 half as many pairs are found.
 */
const sameFrom = 0.45;

// What a group is about shows in far fewer; a stray word of one question is dropped first.
const mostTokens = 40;

/** Nothing asked yet. */
export const noMeaning: Meaning = { tokens: {}, size: 0 };

/** 0 to 1: the cosine between a question and the average of a group, both weighted by the square of rarity: what all say tells nothing. */
export function likeness(asked: readonly string[], group: Meaning, rarity: Rarity): number {
  return likenessOf(weigh(asked, rarity), group, rarity);
}

/** The group that a question belongs to: the most like one, if any is like enough; of equals the first. */
export function groupOf<G extends Meaning>(
  asked: readonly string[],
  groups: Iterable<G>,
  rarity: Rarity,
): G | undefined {
  const weighed = weigh(asked, rarity);
  let best: { readonly group: G; readonly like: number } | undefined;
  for (const group of groups) {
    const like = likenessOf(weighed, group, rarity);
    if (like >= sameFrom && like > (best?.like ?? 0)) best = { group, like };
  }
  return best?.group;
}

interface Weighed {
  readonly tokens: readonly { readonly token: string; readonly weight: number }[];
  readonly sum: number;
}

function weigh(asked: readonly string[], rarity: Rarity): Weighed {
  const tokens = asked.map((token) => ({ token, weight: rarity(token) ** 2 }));
  return { tokens, sum: tokens.reduce((sum, { weight }) => sum + weight, 0) };
}

function likenessOf({ tokens, sum }: Weighed, group: Meaning, rarity: Rarity): number {
  let shared = 0;
  for (const { token, weight } of tokens) shared += (weight * (group.tokens[token] ?? 0)) / group.size;
  if (shared === 0) return 0;
  const own = Object.entries(group.tokens).reduce(
    (total, [token, count]) => total + rarity(token) ** 2 * (count / group.size) ** 2,
    0,
  );
  return shared / Math.sqrt(sum * own);
}

/** The group with one more question. */
export function withQuestion({ tokens, size }: Meaning, asked: readonly string[]): Meaning {
  const counts = { ...tokens };
  for (const token of asked) counts[token] = (counts[token] ?? 0) + 1;
  const kept = Object.entries(counts)
    .toSorted(([a, often], [b, seldom]) => seldom - often || (a < b ? -1 : 1))
    .slice(0, mostTokens);
  return { tokens: Object.fromEntries(kept), size: size + 1 };
}
