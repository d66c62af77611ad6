import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, type Observation } from '../../src/ask/calibrate.ts';
import {
  type Calibration,
  decide,
  type Features,
  featureNames,
  probability,
  type Reading,
  readRanking,
  untrained,
} from '../../src/ask/decide.ts';
import type { Candidate } from '../../src/ask/rank.ts';
import { article, desk } from './base.ts';

const nothing = Object.fromEntries(featureNames.map((name) => [name, 0])) as Features;

/** Sure by likeness alone: ours from 0.3, right from 0.6. */
const byLikeness: Calibration = {
  ours: { bias: -3, weights: { ...nothing, likeness: 10 }, cut: 0.5 },
  right: { bias: -6, weights: { ...nothing, likeness: 10 }, cut: 0.5 },
};

function candidate(subject: Candidate['subject'], likeness: number, score = 10): Candidate {
  return { subject, score, surface: score, evidence: 0, likeness, coverage: 1 };
}

function reading(likeness: number, deskLikeness?: number, deskScore = 5): Reading {
  const candidates = [candidate({ kind: 'article', article: article('a', { title: 'A' }) }, likeness)];
  if (deskLikeness !== undefined) {
    candidates.push(candidate({ kind: 'desk', desk: desk('it', ['x']) }, deskLikeness, deskScore));
  }
  return readRanking({ candidates, lean: 0, length: 3 });
}

describe('bands', () => {
  it.each([
    ['sure', reading(0.9), false, 'answer', false],
    ['half sure', reading(0.5), false, 'choices', false],
    ['not ours', reading(0.1), false, 'unknown', false],
    ['not ours, but a license is named', reading(0.1), true, 'choices', false],
    ['the exact alias', reading(1), false, 'answer', false],
    ['not ours, a better desk', reading(0.1, 0.2, 20), false, 'unknown', true],
    ['not ours, a worse desk', reading(0.1, 0.2, 5), false, 'unknown', false],
    ['exactly a desk', reading(0.9, 1, 5), false, 'unknown', true],
    ['exactly both', reading(1, 1, 20), false, 'answer', false],
    ['nothing found', readRanking({ candidates: [], lean: 0, length: 0 }), true, 'unknown', false],
  ] as const)('%s', (_, read, namesLicense, band, deskWins) => {
    const decision = decide(read, namesLicense, byLikeness);

    expect({ band: decision.band, deskWins: decision.deskWins }).toEqual({ band, deskWins });
  });

  it.each([
    { what: 'one article alone has the words', likenesses: [1, 0.4], length: 3, band: 'answer' },
    { what: 'two articles have them', likenesses: [1, 1], length: 3, band: 'choices' },
    { what: 'they are few', likenesses: [1, 0.4], length: 2, band: 'choices' },
  ])('of what is exactly asked, however unsure: $what', ({ likenesses, length, band }) => {
    const candidates = likenesses.map((likeness, at) =>
      candidate({ kind: 'article', article: article(`a${at}`, { title: 'A' }) }, likeness),
    );
    const unsure: Calibration = { ...untrained, right: { ...untrained.right, cut: 1 } };

    expect(decide(readRanking({ candidates, lean: 0, length }), false, unsure).band).toBe(band);
  });

  it('gives features that are numbers, whatever was found', () => {
    const score = fc.double({ min: 0, max: 1e6, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const subjects: readonly Candidate['subject'][] = [
      { kind: 'article', article: article('a', { title: 'A' }) },
      { kind: 'article', article: article('b', { title: 'B' }) },
      { kind: 'desk', desk: desk('it', ['x']) },
    ];
    const some = fc.record({
      subject: fc.constantFrom(...subjects),
      score,
      surface: score,
      evidence: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      likeness: share,
      coverage: share,
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 20 }), fc.nat(1_000), (candidates, length) => {
        const { features } = readRanking({ candidates: candidates.sort((a, b) => b.score - a.score), lean: 0, length });

        expect(featureNames.filter((name) => !Number.isFinite(features[name]))).toEqual([]);
      }),
      { seed: 20261122 },
    );
  });
});

describe('calibration', () => {
  const aims = { declined: 0.05, refused: 0.95, refusedNear: 0.92, wrong: 0.1 };

  /** Like is right, a strong desk is not ours; with an exception on each side, as in life. */
  function observe(count: number): readonly Observation[] {
    return Array.from({ length: count }, (_, at) => {
      const likeness = (at % 50) / 50;
      const ours = Math.floor(at / 50) % 2 === 0;
      const features = {
        ...nothing,
        likeness,
        deskLead: ours ? -1 + likeness : 0.5 + likeness,
        lean: at % 7 === 0 ? 0 : ours ? 1 : -1,
      };
      return { features, ours, near: !ours && at % 2 === 0, right: ours && likeness > 0.3 };
    });
  }
  const observations = observe(500);

  it('is deterministic', () => {
    expect(calibrate(observations, aims)).toEqual(calibrate(observations, aims));
  });

  it('tells apart what can be told apart', () => {
    const { ours } = calibrate(observations, aims);

    const share = (label: boolean) =>
      observations.filter((one) => one.ours === label && probability(ours, one.features) >= ours.cut === label).length /
      250;
    expect(share(true)).toBeGreaterThan(0.9);
    expect(share(false)).toBeGreaterThan(0.9);
  });

  it.each([
    ['no question of ours may be declined', { declined: 0 }, 'lower'],
    ['many of ours may be declined', { declined: 0.5 }, 'higher'],
    ['hardly anything must be refused', { refused: 0.1, refusedNear: 0.1 }, 'lower'],
    ['near misses alone must all be refused', { refused: 0.1, refusedNear: 1 }, 'higher'],
  ] as const)('cuts where it is told to: %s', (_, changed, where) => {
    const plain = calibrate(observations, { ...aims, refusedNear: 0.5 }).ours.cut;

    const cut = calibrate(observations, { ...aims, refusedNear: 0.5, ...changed }).ours.cut;

    expect(Math.sign(cut - plain)).toBe(where === 'lower' ? -1 : 1);
  });

  it('answers less the fewer may be wrong, and nothing when that cannot be held', () => {
    const cuts = [0.3, 0.1, 0.001].map((wrong) => calibrate(observations, { ...aims, wrong }).right.cut);

    expect(cuts).toEqual(cuts.toSorted((a, b) => a - b));
    expect(cuts.at(-1)).toBe(1);
  });

  it('answers nothing where it has seen too little to be certain', () => {
    const few = calibrate(observe(100), { ...aims, wrong: 0.05 });
    const many = calibrate(observe(2_000), { ...aims, wrong: 0.05 });

    expect(few.right.cut).toBe(1);
    expect(many.right.cut).toBeLessThan(1);
  });

  it('expects the next questions from somebody who asks differently: neighbors judge each other no more than others', () => {
    // For the last writer alone a good score means nothing and a lead everything.
    const own = observations.map((one, at) =>
      at < 400 ? one : { ...one, right: one.ours && at % 2 === 0, features: { ...one.features, evidenceLead: at % 2 } },
    );
    const mixed = Array.from({ length: 5 }, (_, start) => own.filter((_, at) => at % 5 === start)).flat();

    expect(calibrate(own, aims).right.cut).toBeGreaterThan(calibrate(mixed, aims).right.cut);
  });

  it('refuses to learn from questions of one kind', () => {
    const same = observations.map((one) => ({ ...one, ours: true }));

    expect(() => calibrate(same, aims)).toThrow(RangeError);
  });

  it('starts from weights that know nothing', () => {
    expect(probability(untrained.ours, nothing)).toBe(0.5);
  });
});
