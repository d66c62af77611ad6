import { type Calibration, type Features, featureNames, type Head, probability } from './decide.ts';

/** A question whose answer is known, as the ranking saw it. */
export interface Observation {
  readonly features: Features;
  /** Belongs to the base at all. */
  readonly ours: boolean;
  /** It does not, but sounds like it. */
  readonly near: boolean;
  /** The first article is one of the right ones. */
  readonly right: boolean;
}

/** What the cut-offs aim at, as shares. */
export interface Aims {
  /** Of our questions at most this share may be declined. */
  readonly declined: number;
  /** Of the others at least this share must be. */
  readonly refused: number;
  /** The same for those that sound like ours. */
  readonly refusedNear: number;
  /** Of the answers given at once at most this share may be wrong, with 95 % certainty. */
  readonly wrong: number;
}

/** What is promised; the calibration questions alone say where the cut-offs must be to hold it. */
export const promised: Aims = { declined: 0.05, refused: 0.95, refusedNear: 0.92, wrong: 0.04 };

/**
 * Fits both heads and chooses both cut-offs. Deterministic: the same observations always give the same numbers.
 * @param observations those of one writer next to each other
 * @throws RangeError when the observations are all of one kind, which would teach nothing
 */
export function calibrate(observations: readonly Observation[], aims: Aims): Calibration {
  const ours = observations.map(({ features, ours }): Sample => [features, ours]);
  const right = observations.map(({ features, right }): Sample => [features, right]);
  const isOurs = heldOut(ours);
  const isRight = heldOut(right);
  const judged = observations.map((one, at) => ({ ...one, pOurs: isOurs[at] ?? 0, pRight: isRight[at] ?? 0 }));
  const cut = declineCut(judged, aims);
  const kept = judged.filter(({ pOurs }) => pOurs >= cut);
  return { ours: { ...train(ours), cut }, right: { ...train(right), cut: answerCut(kept, aims.wrong) } };
}

type Sample = readonly [Features, boolean];

/** An observation with the probabilities given by weights that have not seen it. */
interface Judged extends Observation {
  readonly pOurs: number;
  readonly pRight: number;
}

const folds = 5;

/**
 * Cut-offs chosen on what the weights were fitted to would promise too much: every fifth is judged by the other four. A fifth
 * is a stretch, not every fifth question: people ask each in their way, and the next ones will be asked by somebody else.
 */
function heldOut(samples: readonly Sample[]): readonly number[] {
  const foldOf = (at: number) => Math.floor((at * folds) / samples.length);
  return Array.from({ length: folds }, (_, fold) => {
    const line = train(samples.filter((_, at) => foldOf(at) !== fold));
    return samples.filter((_, at) => foldOf(at) === fold).map(([features]) => probability(line, features));
  }).flat();
}

// Some hundred observations and a dozen features: without a pull to zero the weights would learn the questions by heart.
const ridge = 0.001;
// Each step doubles the digits that are right; ten are far more than six digits need.
const newtonSteps = 10;

type Line = Omit<Head, 'cut'>;

/** Logistic regression by Newton's method over standardized features; the result is in the features' own units. */
function train(samples: readonly Sample[]): Line {
  const yes = samples.filter(([, label]) => label).length;
  if (yes === 0 || yes === samples.length) throw new RangeError('Calibration needs questions of both kinds.');
  const scales = featureNames.map((name) => scaleOf(samples.map(([features]) => features[name])));
  const rows = samples.map(([features, label]) => ({
    // The first value belongs to the bias, which nothing pulls to zero.
    values: [
      1,
      ...featureNames.map((name, at) => (features[name] - (scales[at]?.mean ?? 0)) / (scales[at]?.spread ?? 1)),
    ],
    label: Number(label),
  }));
  const pulls = [0, ...featureNames.map(() => ridge * rows.length)];

  let line: readonly number[] = pulls.map(() => 0);
  for (let step = 0; step < newtonSteps; step += 1) {
    const gradient = line.map((slope, at) => (pulls[at] ?? 0) * slope);
    const curvature = pulls.map((pull, at) => pulls.map((_, other) => (at === other ? pull : 0)));
    for (const { values, label } of rows) {
      const p = 1 / (1 + Math.exp(-values.reduce((sum, value, at) => sum + value * (line[at] ?? 0), 0)));
      values.forEach((value, at) => {
        gradient[at] = (gradient[at] ?? 0) + (p - label) * value;
        const row = curvature[at] ?? [];
        values.forEach((other, column) => {
          row[column] = (row[column] ?? 0) + p * (1 - p) * value * other;
        });
      });
    }
    const change = solve(curvature, gradient);
    line = line.map((slope, at) => slope - (change[at] ?? 0));
  }

  const [bias = 0, ...slopes] = line;
  const own = slopes.map((slope, at) => slope / (scales[at]?.spread ?? 1));
  const shift = own.reduce((sum, slope, at) => sum + slope * (scales[at]?.mean ?? 0), 0);
  return {
    bias: round6(bias - shift),
    weights: Object.fromEntries(featureNames.map((name, at) => [name, round6(own[at] ?? 0)])) as Head['weights'],
  };
}

/** Gaussian elimination for a matrix that is symmetric and positive definite, so that no rows need to be swapped. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  rows.forEach((row, at) => {
    for (const below of rows.slice(at + 1)) {
      const share = (below[at] ?? 0) / (row[at] ?? 1);
      row.forEach((value, column) => {
        below[column] = (below[column] ?? 0) - share * value;
      });
    }
  });
  const found: number[] = rows.map(() => 0);
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at] ?? [];
    const known = found.reduce((sum, value, column) => sum + (column > at ? value * (row[column] ?? 0) : 0), 0);
    found[at] = ((row[rows.length] ?? 0) - known) / (row[at] ?? 1);
  }
  return found;
}

function scaleOf(values: readonly number[]): { readonly mean: number; readonly spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, spread: Math.sqrt(variance) || 1 };
}

/**
 * Halfway between the lowest cut-off that refuses enough of what is not ours and the highest that declines no more of ours
 * than allowed, so that both aims have the same room, or miss by as much.
 */
function declineCut(judged: readonly Judged[], { declined, refused, refusedNear }: Aims): number {
  const ours = judged.filter((one) => one.ours).map(({ pOurs }) => pOurs);
  const others = judged.filter((one) => !one.ours);
  const near = others.filter((one) => one.near).map(({ pOurs }) => pOurs);
  const lowest = Math.max(
    cutBelow(
      others.map(({ pOurs }) => pOurs),
      refused,
    ),
    cutBelow(near, refusedNear),
  );
  const highest = ours.sort((a, b) => a - b)[Math.floor(ours.length * declined)] ?? 1;
  return round6((lowest + highest) / 2);
}

/** The lowest cut-off that has at least a share of the values below it. */
function cutBelow(values: readonly number[], share: number): number {
  const below = Math.ceil(values.length * share);
  const last = values.toSorted((a, b) => a - b)[below - 1];
  // A little above it, where the next number of six digits is: cut-offs are rounded down to that.
  return last === undefined ? 0 : last + 1e-6;
}

/** The lowest cut-off from which on we may be certain that no more of the answers are wrong than allowed; 1 when there is none. */
function answerCut(judged: readonly Judged[], allowed: number): number {
  let wrong = 0;
  let cut = 1;
  judged
    .toSorted((a, b) => b.pRight - a.pRight)
    .forEach(({ pRight, right }, at) => {
      wrong += Number(!right);
      if (atMost(wrong, at + 1) <= allowed) cut = pRight;
    });
  return round6(cut);
}

// 95 % of a normal distribution lie below this many standard deviations above its mean.
const certain = 1.645;

/** The share that `count` of `all` stand for at most, with 95 % certainty (Wilson's score interval, one side). */
function atMost(count: number, all: number): number {
  const share = count / all;
  const spread = certain ** 2 / all;
  const middle = share + spread / 2;
  return (middle + Math.sqrt(spread * (share * (1 - share) + spread / 4))) / (1 + spread);
}

/** Six digits are more than the observations can tell, and keep the file readable. Rounded down, so that a cut-off keeps its own question. */
function round6(value: number): number {
  return Math.floor(value * 1e6) / 1e6;
}
