import { beforeAll, describe, expect, it } from 'vitest';
import { promised } from '../../src/ask/calibrate.ts';
import type { Calibration } from '../../src/ask/decide.ts';
import { calibrateBy, type Evaluation, evaluate, type GoldenLine } from '../../src/ask/evaluate.ts';
import { createSearch, type Search } from '../../src/ask/search.ts';
import { shippedBase, shippedCalibration, shippedLines } from './shipped.ts';

describe('the calibration that ships', () => {
  let lines: readonly GoldenLine[];
  let calibration: Calibration;
  let search: Search;
  let evaluation: Evaluation;
  beforeAll(async () => {
    lines = await shippedLines('calibration/questions.jsonl');
    calibration = await shippedCalibration();
    search = createSearch(await shippedBase(), calibration);
    evaluation = evaluate(search, lines);
  });

  it('is of the content as it is, but for small changes', () => {
    const anew = calibrateBy(search, lines, promised);

    expect(Math.abs(anew.ours.cut - calibration.ours.cut)).toBeLessThan(0.06);
    expect(Math.abs(anew.right.cut - calibration.right.cut)).toBeLessThan(0.06);
  });

  it('holds what is promised on the questions it was fitted to', () => {
    const { all, refused, wrong } = evaluation;

    expect(all.declined).toBeLessThanOrEqual(promised.declined);
    expect(refused.all).toBeGreaterThanOrEqual(promised.refused);
    expect(refused.near).toBeGreaterThanOrEqual(promised.refusedNear);
    expect(wrong).toBeLessThanOrEqual(promised.wrong);
  });

  it('still answers most questions at once', () => {
    expect(evaluation.all.answered).toBeGreaterThanOrEqual(0.6);
  });

  it('comes from questions enough, each asked once, of which the first ones stay', () => {
    expect(lines.length).toBeGreaterThanOrEqual(1_220);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(new Set(lines.map(({ q }) => q.trim().toLowerCase())).size).toBe(lines.length);
    expect(lines[0]?.id).toBe('c-001');
    expect(lines[1_167]?.id).toBe('c-801');
  });
});
