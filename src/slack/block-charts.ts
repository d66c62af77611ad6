import type { KnownBlock } from '@slack/types';
import { counted, plainText, present } from './block-text.ts';

// Limits: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
const chartType = 'data_visualization';
const titleMax = 50;
const axisMax = 50;
const labelMax = 20;
const mostSeries = 12;
const mostPoints = 20;

/** Bars of one color: a count for each category, in the order of the categories. */
export interface Bars {
  /** Up to 20 characters, in the legend. */
  readonly name: string;
  /** Whole numbers from 0 on. */
  readonly values: readonly number[];
}

export interface BarChart {
  /** Up to 50 characters. */
  readonly title: string;
  /** Up to 20 characters each; what is cut to the same words is numbered. */
  readonly categories: readonly string[];
  readonly series: readonly Bars[];
  /** What categories beyond 20 and series beyond 12 are called, which are added up. */
  readonly rest: string;
  /** Up to 50 characters, beside the axis of the counts. */
  readonly unit?: string;
}

/**
 * Counts as groups of bars. Messages only, two in a message at most. Older clients and screen readers get nothing of it: say
 * the same in the text of the message, and in a table or lines beside it.
 * @returns one block; none where every count is 0
 * @throws RangeError when a series has not one whole number from 0 on for each category
 */
export function barChart({ title, categories, series, rest, unit }: BarChart): readonly KnownBlock[] {
  for (const { values } of series) checkCounts(values, categories.length);
  if (!series.some(({ values }) => values.some((value) => value > 0))) return [];
  const labels = labelsOf(fitted(categories, mostPoints, () => rest));
  const shown = fitted(series, mostSeries, (left) => ({ name: rest, values: totals(left, categories.length) }));
  const names = labelsOf(shown.map(({ name }) => name));
  const block = {
    type: chartType,
    title: lineOf(title, titleMax),
    chart: {
      type: 'bar',
      series: shown.map(({ values }, at) => ({ name: names[at], data: pointsOf(labels, values) })),
      axis_config: {
        categories: labels,
        ...present({ y_label: unit === undefined ? undefined : lineOf(unit, axisMax) }),
      },
    },
  };
  // The vendor's types do not know this block yet.
  return [block as unknown as KnownBlock];
}

/** Whether a block is one of these. */
export function isChart({ type }: { readonly type: string }): boolean {
  return type === chartType;
}

function checkCounts(values: readonly number[], categories: number): void {
  counted('values of a series', values, categories, categories);
  const odd = values.find((value) => !Number.isSafeInteger(value) || value < 0);
  if (odd !== undefined) throw new RangeError(`values of a series: ${odd} is no count`);
}

function pointsOf(labels: readonly string[], values: readonly number[]) {
  const shown = fitted(values, mostPoints, sum);
  return labels.map((label, at) => ({ label, value: shown[at] ?? 0 }));
}

/** The first ones, and in the last place what does not fit as one. */
function fitted<T>(items: readonly T[], most: number, join: (left: readonly T[]) => T): readonly T[] {
  return items.length <= most ? items : [...items.slice(0, most - 1), join(items.slice(most - 1))];
}

function totals(series: readonly Bars[], categories: number): readonly number[] {
  return Array.from({ length: categories }, (_, at) => sum(series.map(({ values }) => values[at] ?? 0)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Labels that fit, each of its own: Slack refuses a chart in which two are the same. */
function labelsOf(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  for (const name of names) taken.add(freeLabel(name, taken));
  return [...taken];
}

function freeLabel(name: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const mark = count === 1 ? '' : ` ${count}`;
    const label = lineOf(name, labelMax - mark.length) + mark;
    if (!taken.has(label)) return label;
  }
}

function lineOf(text: string, max: number): string {
  return plainText(text.replace(/\s+/g, ' '), max).text;
}
