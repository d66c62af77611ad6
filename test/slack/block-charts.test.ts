import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../src/playground/check-blocks.ts';
import { type BarChart, barChart, home, message, modal } from '../../src/slack/blocks.ts';
import { hostile } from './hostile.ts';

const spec = {
  title: 'People',
  categories: ['Basics', 'Licenses'],
  series: [
    { name: 'Current', values: [3, 4] },
    { name: 'Late', values: [1, 0] },
  ],
  rest: 'Others',
} as const satisfies BarChart;

// The vendor's types do not know this block.
interface Drawn {
  readonly title: string;
  readonly chart: {
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label?: string };
  };
}

function drawn(chart: BarChart): Drawn {
  const [block] = barChart(chart);
  if (!block) throw new Error('no chart');
  return block as unknown as Drawn;
}

const valuesOf = ({ chart }: Drawn) => chart.series.map(({ data }) => data.map(({ value }) => value));
const numbers = (length: number) => Array.from({ length }, (_, at) => at + 1);

const charts = fc
  .record({ categories: fc.nat({ max: 30 }), series: fc.nat({ max: 16 }) })
  .chain(({ categories, series }) =>
    fc.record({
      title: hostile,
      rest: hostile,
      unit: hostile,
      categories: fc.array(hostile, { minLength: categories, maxLength: categories }),
      series: fc.array(
        fc.record({
          name: hostile,
          values: fc.array(fc.nat({ max: 1_000_000 }), { minLength: categories, maxLength: categories }),
        }),
        { minLength: series, maxLength: series },
      ),
    }),
  );

describe('a chart of bars', () => {
  it('has a bar of each series for each category', () => {
    const chart = drawn({ ...spec, unit: 'People' });

    expect(chart).toMatchObject({
      type: 'data_visualization',
      title: 'People',
      chart: {
        type: 'bar',
        series: [
          {
            name: 'Current',
            data: [
              { label: 'Basics', value: 3 },
              { label: 'Licenses', value: 4 },
            ],
          },
          { name: 'Late' },
        ],
        axis_config: { categories: ['Basics', 'Licenses'], y_label: 'People' },
      },
    });
  });

  it('is taken by Slack and loses no count, whatever it is made of', () => {
    fc.assert(
      fc.property(charts, (chart) => {
        const blocks = barChart(chart);

        const { problems } = checkBlocks(blocks, 'message', '/blocks');
        expect(problems).toEqual([]);
        const all = chart.series.flatMap(({ values }) => values);
        const shown = blocks.flatMap((block) => valuesOf(block as unknown as Drawn)).flat();
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(shown)).toBe(sum(all));
      }),
      { seed: 20261122 },
    );
  });

  it.each([
    ['no category', { categories: [], series: [{ name: 'Current', values: [] }] }],
    ['no series', { series: [] }],
    ['nothing but zeros', { series: [{ name: 'Current', values: [0, 0] }] }],
  ])('is left out where there is %s', (_, more) => {
    expect(barChart({ ...spec, ...more })).toEqual([]);
  });

  it('keeps the first categories, and adds up the others', () => {
    const values = numbers(22);
    const chart = drawn({ ...spec, categories: values.map(String), series: [{ name: 'Current', values }] });

    const [bars] = valuesOf(chart);

    expect(chart.chart.axis_config.categories.slice(-2)).toEqual(['19', 'Others']);
    expect(bars?.slice(-2)).toEqual([19, 20 + 21 + 22]);
  });

  it('keeps the first series, and adds up the others', () => {
    const series = numbers(14).map((value) => ({ name: `Series ${value}`, values: [value, 1] }));

    const { chart } = drawn({ ...spec, series });

    expect(chart.series).toHaveLength(12);
    expect(chart.series.at(-1)).toMatchObject({
      name: 'Others',
      data: [{ value: 12 + 13 + 14 }, { value: 3 }],
    });
  });

  it('tells labels apart that are cut to the same words', () => {
    const categories = ['Licenses for people who write code', 'Licenses for people who review it'];

    const { chart } = drawn({ ...spec, categories });

    expect(chart.axis_config.categories).toEqual(['Licenses for people…', 'Licenses for peop… 2']);
  });

  it.each([
    ['one value too few', [1]],
    ['a value below zero', [1, -1]],
    ['a fraction', [1, 0.5]],
    ['no number', [1, Number.NaN]],
  ])('is refused with %s', (_, values) => {
    expect(() => barChart({ ...spec, series: [{ name: 'Current', values }] })).toThrow(RangeError);
  });
});

describe('charts stand', () => {
  it('in a message, two at most', () => {
    const blocks = [...barChart(spec), ...barChart(spec)];

    expect(message({ text: 'Numbers', blocks }).blocks).toHaveLength(2);
    expect(() => message({ text: 'Numbers', blocks: [...blocks, ...barChart(spec)] })).toThrow('charts of a message');
  });

  it('in no view', () => {
    const blocks = barChart(spec);

    expect(() => modal({ callback: 'numbers', title: 'Numbers', blocks })).toThrow('only in messages');
    expect(() => home({ blocks })).toThrow('only in messages');
  });
});
