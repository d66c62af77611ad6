/**
 * The part of BM25+ that does not depend on the question, worked out when the index is built: how much each token
 * speaks for each document, summed over fields. A question then only adds up a few short lists, which keeps ten thousand
 * articles within milliseconds; a general search library works all of this out again for every question.
 */
export interface Impacts {
  /** Where a token occurs and how much that counts, by ascending document; undefined for an unknown token. */
  get(token: string): Posting | undefined;
}

interface Posting {
  readonly documents: Int32Array;
  readonly impacts: Float64Array;
}

// Saturation and length as usual for short texts; the floor is what "+" adds for occurring at all, so that a long
// article that has the word stays ahead of a short one that has not.
const bm25 = { saturation: 1.2, length: 0.7, floor: 0.5 };

/**
 * Fields are scored each for itself and added up: a word that is in title and aliases and answer counts more than a
 * chance hit, which one common saturation would hide.
 * @param documents tokens by field, repeated as often as they occur
 * @param boosts how much a field counts; fields without a boost are left out
 */
export function createImpacts<F extends string>(
  documents: readonly Readonly<Record<F, readonly string[]>>[],
  boosts: Readonly<Partial<Record<F, number>>>,
): Impacts {
  const fields = Object.entries<number | undefined>(boosts).flatMap(([name, boost]) =>
    boost === undefined ? [] : [{ name: name as F, boost }],
  );
  const occurrences = occurrencesOf(
    documents,
    fields.map(({ name }) => name),
  );
  // Length counts different tokens: aliases that all name the same thing are not made less of for it.
  const lengths = fields.map(({ name }) => documents.map((document) => new Set(document[name]).size));
  // Empty fields count too, so that a field that few documents fill weighs no more for it.
  const means = lengths.map((all) => all.reduce((sum, length) => sum + length, 0) / Math.max(1, all.length));
  const impactOf = (count: number, document: number, field: number, rarity: number) => {
    const spec = fields[field];
    if (!spec) return 0;
    const length = (lengths[field]?.[document] ?? 0) / (means[field] || 1);
    const { saturation, length: share, floor } = bm25;
    const saturated = (count * (saturation + 1)) / (count + saturation * (1 - share + share * length));
    return spec.boost * rarity * (floor + saturated);
  };

  const postings = new Map<string, Posting>();
  for (const [token, codes] of occurrences) {
    postings.set(token, postingOf(runsOf(codes, fields.length), fields.length, documents.length, impactOf));
  }
  return { get: (token) => postings.get(token) };
}

/** For each token, document * fields + field of every occurrence, ascending. */
function occurrencesOf<F extends string>(
  documents: readonly Readonly<Record<F, readonly string[]>>[],
  fields: readonly F[],
): ReadonlyMap<string, readonly number[]> {
  const occurrences = new Map<string, number[]>();
  documents.forEach((document, at) => {
    fields.forEach((name, field) => {
      const code = at * fields.length + field;
      for (const token of document[name]) {
        const codes = occurrences.get(token);
        if (codes) codes.push(code);
        else occurrences.set(token, [code]);
      }
    });
  });
  return occurrences;
}

interface Run {
  readonly document: number;
  readonly field: number;
  count: number;
}

function runsOf(codes: readonly number[], fields: number): readonly Run[] {
  const runs: Run[] = [];
  let before = -1;
  for (const code of codes) {
    const last = runs.at(-1);
    if (code === before && last) last.count += 1;
    else runs.push({ document: Math.floor(code / fields), field: code % fields, count: 1 });
    before = code;
  }
  return runs;
}

function postingOf(
  runs: readonly Run[],
  fields: number,
  total: number,
  impactOf: (count: number, document: number, field: number, rarity: number) => number,
): Posting {
  const spread = new Array<number>(fields).fill(0);
  for (const { field } of runs) spread[field] = (spread[field] ?? 0) + 1;
  const rarities = spread.map((count) => Math.log(1 + (total - count + 0.5) / (count + 0.5)));

  const documents: number[] = [];
  const impacts: number[] = [];
  for (const { document, field, count } of runs) {
    const impact = impactOf(count, document, field, rarities[field] ?? 0);
    const last = documents.length - 1;
    if (documents[last] === document) impacts[last] = (impacts[last] ?? 0) + impact;
    else {
      documents.push(document);
      impacts.push(impact);
    }
  }
  return { documents: Int32Array.from(documents), impacts: Float64Array.from(impacts) };
}
