import { type Calibration, type Features, featureNames, type Head, probability } from './decide.ts';

/** A question whose answer is known, as the ranking saw it. */
export interface Observation {
  readonly features: Features;
  /** Belongs to the base at all. */
  readonly ours: boolean;
  /** The first article is one of the right ones. */
  readonly right: boolean;
}

/** What the cut-offs aim at, as shares of the observations. */
export interface Aims {
  /** At most this share of our questions may be declined. */
  readonly declined: number;
  /** At most this share of the answers shown as sure may be wrong. */
  readonly wrong: number;
}

/**
 * Fits both heads and chooses both cut-offs. Deterministic: the same observations always give the same numbers.
 * @throws RangeError when the observations are all of one kind, which would teach nothing
 */
export function calibrate(observations: readonly Observation[], aims: Aims): Calibration {
  const ours = observations.map(({ features, ours }): Sample => [features, ours]);
  const right = observations.map(({ features, right }): Sample => [features, right]);
  const isOurs = heldOut(ours);
  const isRight = heldOut(right);
  return {
    ours: { ...train(ours), cut: declineCut(isOurs, aims.declined) },
    right: { ...train(right), cut: answerCut(isRight, aims.wrong) },
  };
}

type Sample = readonly [Features, boolean];

/** A probability given by weights that have not seen the sample, and what was true. */
interface Judged {
  readonly p: number;
  readonly label: boolean;
}

const folds = 5;

/** Cut-offs chosen on what the weights were fitted to would promise too much: every fifth is judged by the other four. */
function heldOut(samples: readonly Sample[]): readonly Judged[] {
  return Array.from({ length: folds }, (_, fold) => {
    const line = train(samples.filter((_, at) => at % folds !== fold));
    return samples
      .filter((_, at) => at % folds === fold)
      .map(([features, label]) => ({ p: probability(line, features), label }));
  }).flat();
}

// Some hundred observations and a dozen features: without a pull to zero the weights would learn the questions by heart.
const ridge = 0.005;
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

/** The highest cut-off that declines no more of our questions than allowed. */
function declineCut(judged: readonly Judged[], allowed: number): number {
  const own = judged
    .filter(({ label }) => label)
    .map(({ p }) => p)
    .sort((a, b) => a - b);
  return round6(own[Math.floor(own.length * allowed)] ?? 0);
}

/** The lowest cut-off from which on no more of the answers are wrong than allowed. */
function answerCut(judged: readonly Judged[], allowed: number): number {
  let wrong = 0;
  let cut = 1;
  [...judged]
    .sort((a, b) => b.p - a.p)
    .forEach(({ p, label }, at) => {
      wrong += Number(!label);
      if (wrong <= allowed * (at + 1)) cut = p;
    });
  return round6(cut);
}

/** Six digits are more than the observations can tell, and keep the file readable. Rounded down, so that a cut-off keeps its own question. */
function round6(value: number): number {
  return Math.floor(value * 1e6) / 1e6;
}
