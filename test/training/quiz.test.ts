import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grade, shownOrder } from '../../src/training/quiz.ts';
import { Module } from '../../src/training/track.ts';
import { moduleOf, question } from './tracks.ts';

const check = Module.parse(moduleOf('check', { complete: 'quiz', quiz: [question, question, question], pass: 2 }));

describe('a check', () => {
  it.each([
    ['passes with enough right', { 0: 1, 1: 1, 2: 0 }, true, 2],
    ['fails with too few', { 0: 1, 1: 0, 2: 0 }, false, 1],
    ['counts a missing answer as wrong', { 0: 1 }, false, 1],
    ['counts a choice that is not there as wrong', { 0: 1, 1: 9, 2: -1 }, false, 1],
  ])('%s', (_, answers, passed, right) => {
    expect(grade(check, answers)).toMatchObject({ passed, right, of: 3 });
  });

  it('asks for all where nothing else is said', () => {
    const strict = { ...check, pass: undefined };

    expect(grade(strict, { 0: 1, 1: 1, 2: 0 }).passed).toBe(false);
    expect(grade(strict, { 0: 1, 1: 1, 2: 1 }).passed).toBe(true);
  });
});

describe('the order of choices', () => {
  it('holds each once, the same for the same attempt', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(9), (at, attempt) => {
        const order = shownOrder(question, at, attempt);

        expect(order.toSorted()).toEqual([0, 1, 2]);
        expect(shownOrder(question, at, attempt)).toEqual(order);
      }),
      { seed: 20261122 },
    );
  });

  it('differs from one attempt to the next', () => {
    expect(shownOrder(question, 0, 1)).not.toEqual(shownOrder(question, 0, 0));
  });
});
