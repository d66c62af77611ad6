import { describe, expect, it } from 'vitest';
import { numbersMessage, type Outcomes, timeBars } from '../../src/announcements/result-views.ts';
import type { Results } from '../../src/announcements/results.ts';
import type { Locale } from '../../src/core/i18n.ts';
import type { Rendered } from '../../src/core/ports.ts';
import { checkBlocks } from '../../src/playground/check-blocks.ts';
import { openNewsroom, start } from './newsroom.ts';

const day = 24 * 60 * 60_000;

const results: Results = {
  progress: {
    ...{
      total: 40,
      waiting: 0,
      sent: 40,
      outdated: 0,
      failed: 0,
      unknown: 0,
      quiet: 0,
      covered: 0,
      left: 0,
      retracted: 0,
    },
    perMinute: undefined,
    restMs: undefined,
  },
  read: 21,
  people: 40,
  units: [
    { unit: 'payments', read: 12, all: 20 },
    { unit: undefined, read: 9, all: 20 },
  ],
  spans: [
    { span: 'hour', sent: 30, read: 5 },
    { span: 'day', sent: 40, read: 18 },
    { span: 'days', sent: 40, read: 21 },
  ],
  smallest: 5,
  unitName: (unit, locale) => (locale === 'en' ? unit : '支付'),
};

const announcement: Outcomes['announcement'] = await (async () => {
  const room = openNewsroom();
  return room.sent('A-1', 'policy', []);
})();

function numbers(more: Partial<Results> = {}, confirm = true, locale: Locale = 'en'): Rendered {
  const reader = { locale, zone: 'UTC' };
  const look = { reader, now: start + 2 * day, name: () => 'somebody', kind: () => 'Policy' };
  return numbersMessage({ announcement, confirm, results: { ...results, ...more } }, look);
}

const chartsOf = ({ blocks }: Rendered) => blocks.filter(({ type }) => String(type) === 'data_visualization');
const points = (labels: readonly string[], values: readonly number[]) =>
  labels.map((label, at) => ({ label, value: values[at] }));

describe('the numbers of an announcement as a message', () => {
  it.each([
    [
      'en',
      { times: ['After 1 hour', 'After 1 day', 'Until now'], units: ['payments', 'All others'] },
      ['Reached', 'Confirmed', 'Not yet'],
    ],
    ['zh-CN', { times: ['1 小时后', '1 天后', '到目前'], units: ['支付', '其他'] }, ['送达', '已确认', '未确认']],
  ] as const)('draw reach and reading over time, and reading by unit, in %s', (locale, { times, units }, names) => {
    const [reached, confirmed, notYet] = names;

    const said = numbers({}, true, locale);

    expect(checkBlocks(said.blocks, 'message', '/blocks').problems).toEqual([]);
    expect(chartsOf(said)).toMatchObject([
      {
        chart: {
          series: [
            { name: reached, data: points(times, [30, 40, 40]) },
            { name: confirmed, data: points(times, [5, 18, 21]) },
          ],
        },
      },
      {
        chart: {
          series: [
            { name: confirmed, data: points(units, [12, 9]) },
            { name: notYet, data: points(units, [8, 11]) },
          ],
        },
      },
    ]);
  });

  it('say the same as text, for those who see no chart', () => {
    const { text } = numbers();

    expect(text).toContain('Sent to 40 of 40 places');
    expect(text).toContain('After 1 day: 40 reached, 18 confirmed');
    expect(text).toContain('payments: 12 of 20');
  });

  it('leave out who has confirmed where fewer people got it than the smallest group', () => {
    const said = numbers({ people: 4, read: 3, units: [] });

    expect(chartsOf(said)).toMatchObject([{ chart: { series: [{ name: 'Reached' }] } }]);
    expect(chartsOf(said)[0]).not.toHaveProperty('chart.series.1');
    expect(JSON.stringify(said)).toContain('Fewer than 5 people');
    expect(said.text).not.toMatch(/confirmed/i);
  });

  it('speak of reach alone where nobody has to confirm', () => {
    const said = numbers({}, false);

    expect(chartsOf(said)).toHaveLength(1);
    expect(JSON.stringify(said)).not.toMatch(/confirm/i);
  });

  it('hold when somebody changes units while they are counted', () => {
    const said = numbers({ units: [{ unit: 'payments', read: 6, all: 5 }] });

    expect(chartsOf(said)[1]).toMatchObject({ chart: { series: [{}, { data: [{ value: 0 }] }] } });
  });

  it('have no chart before anything was sent', () => {
    const said = numbers({ spans: [{ span: 'hour', sent: 0, read: 0 }], units: [] });

    expect(chartsOf(said)).toEqual([]);
  });
});

describe('reading over time on the page of a lead', () => {
  const bars = (more: Partial<Results>, confirm = true) =>
    JSON.stringify(
      timeBars(
        { announcement, confirm, results: { ...results, ...more } },
        { reader: { locale: 'en', zone: 'UTC' }, now: start + 2 * day, name: () => 'somebody', kind: () => 'Policy' },
      ),
    );

  it.each([
    [
      'who confirmed, of all whom it was for',
      {},
      true,
      ['█░░░░░░░░░  13 %  After 1 hour', '█████░░░░░  53 %  Until now'],
    ],
    ['where it arrived, where nobody confirms', {}, false, ['███████░░░  75 %  After 1 hour']],
    [
      'no more than all of them',
      { spans: [{ span: 'hour', sent: 40, read: 70 }] },
      true,
      ['██████████ 100 %  After 1 hour'],
    ],
  ] as const)('is bars of %s', (_, more, confirm, lines) => {
    const drawn = bars(more as Partial<Results>, confirm);

    for (const line of lines) expect(drawn).toContain(line);
  });

  it.each([
    ['nothing was sent', { spans: [] }],
    ['nobody was named', { people: 0 }],
  ])('is not drawn when %s', (_, more) => {
    expect(bars(more)).toBe('[]');
  });
});
