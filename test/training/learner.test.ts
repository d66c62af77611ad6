import { describe, expect, it } from 'vitest';
import { forgetAt, freshRecord, keepDays, type Learner, remembered } from '../../src/training/learner.ts';
import { now } from './tracks.ts';

const keepMs = keepDays * 86_400_000;
const old = {
  track: 'licenses',
  on: '2020-01-01',
  at: now - keepMs,
  how: 'import' as const,
  edition: 'hash',
  modules: {},
};
const learner: Learner = {
  since: now,
  greetAt: null,
  tracks: { licenses: freshRecord },
  past: [old, { ...old, at: now }],
  changed: now,
};

describe('what is kept of training', () => {
  it('is looked at when the oldest of it has been kept for six years', () => {
    expect(forgetAt(learner)).toBe(now);
    expect(forgetAt({ ...learner, past: [] })).toBe(now + keepMs);
    expect(forgetAt({ ...learner, past: [], tracks: {} })).toBeNull();
  });

  it('loses completions that are older than six years, and nothing else while somebody works here', () => {
    const later = now + keepMs - 1;

    expect(remembered(learner, true, now).past).toEqual([{ ...old, at: now }]);
    expect(remembered(learner, true, later).tracks).toEqual(learner.tracks);
  });

  it('is gone six years after the last change of somebody who left; the end of their chain stays', () => {
    const audit = { length: 1, hash: '0'.repeat(64) };
    const left = remembered({ ...learner, audit }, false, now + keepMs);

    expect(left).toMatchObject({ tracks: {}, past: [], audit });
    expect(remembered(learner, false, now + keepMs - 1).tracks).toEqual(learner.tracks);
  });
});
