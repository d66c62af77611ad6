import { describe, expect, it } from 'vitest';
import { firstCome, halfYear, mean, ours, type Waits } from './half-year.ts';

const seeds = [2, 3, 5, 6, 7];
const ratio = ({ zh, en }: Waits) => mean(zh) / mean(en);

describe('five hundred people over half a year, with fewer places than people', () => {
  it.each(seeds)('wait less than twice as long for speaking another language (%i)', (seed) => {
    const waits = halfYear(ours, seed);

    expect(mean(waits.en)).toBeGreaterThan(3);
    expect(Math.max(ratio(waits), 1 / ratio(waits))).toBeLessThan(2);
  });

  it('would wait more than twice as long where the first to come gets the best who is left', () => {
    const ratios = seeds.map((seed) => ratio(halfYear(firstCome, seed)));

    expect(ratios.filter((one) => one > 2).length).toBeGreaterThanOrEqual(3);
  });
});
