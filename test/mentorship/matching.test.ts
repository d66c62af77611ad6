import fc from 'fast-check';
import { munkres } from 'munkres';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/core/steps.ts';
import { assign } from '../../src/mentorship/assignment.ts';
import { fitOf } from '../../src/mentorship/fit.ts';
import { type Guiding, type Match, match, type Waiting } from '../../src/mentorship/matching.ts';
import { dayMs, guiding, ids, randomFrom, rules, waiting } from './people.ts';

const now = 100 * dayMs;
const matched = (mentees: readonly Waiting[], mentors: readonly Guiding[]) =>
  finish(match(mentees, mentors, rules, now))
    .map(({ mentee, mentor }) => `${mentee}-${mentor}`)
    .toSorted();

describe('a round', () => {
  it('leaves nobody who could be paired: an odd one waits', () => {
    const pairs = matched([waiting('a'), waiting('b'), waiting('c')], [guiding('x', { places: 2, free: 2 })]);

    expect(pairs).toHaveLength(2);
  });

  it.each([
    ['nobody waits', [], [guiding('x')]],
    ['there are no mentors', [waiting('a')], []],
    ['all mentors are full', [waiting('a')], [guiding('x', { places: 3, free: 0 })]],
    ['nobody fits', [waiting('a', { languages: ['zh'] })], [guiding('x')]],
  ])('pairs nobody where %s', (_, mentees, mentors) => {
    expect(matched(mentees, mentors)).toEqual([]);
  });

  it('takes two who could each have the same mentor apart, so that a third is not left out', () => {
    const open = waiting('open', { topics: new Set(['rust', 'go']) });
    const strict = waiting('strict', { topics: new Set(['go']) });
    const both = guiding('both', { topics: new Set(['rust', 'go']) });

    expect(matched([open, strict], [both, guiding('rust')])).toEqual(['open-rust', 'strict-both']);
  });

  it('gives the one place to whoever waited longest, even where somebody else fits better', () => {
    const late = waiting('late', { since: now - dayMs, topics: new Set(['rust']) });
    const early = waiting('early', { since: now - 9 * dayMs, topics: new Set(['rust', 'go', 'docs']) });

    expect(matched([late, early], [guiding('x')])).toEqual(['early-x']);
  });

  it('decides by fit between two who wait since the same day', () => {
    const worse = waiting('worse', { topics: new Set(['rust', 'go', 'docs']) });

    expect(matched([worse, waiting('better')], [guiding('x')])).toEqual(['better-x']);
  });

  it('lets somebody be mentor and mentee, of two others, and never of themselves', () => {
    const pairs = matched([waiting('both'), waiting('new')], [guiding('both'), guiding('old')]);

    expect(pairs).toEqual(['both-old', 'new-both']);
  });

  it('spreads people over mentors with room', () => {
    const mentors = [guiding('x', { places: 3, free: 3 }), guiding('y', { places: 3, free: 3 })];

    expect(
      matched([waiting('a'), waiting('b')], mentors)
        .map((pair) => pair.slice(2))
        .toSorted(),
    ).toEqual(['x', 'y']);
  });

  it('keeps whoever speaks a scarcer language for those who have no other', () => {
    const bilingual = guiding('bilingual', {
      languages: ['en', 'zh'],
      topics: new Set(['rust', 'go']),
      places: 2,
      free: 1,
    });
    const busy = guiding('busy', { languages: ['zh'], places: 5, free: 0 });
    const wish = waiting('wish', { topics: new Set(['rust', 'go']) });

    expect(matched([wish], [bilingual, busy, guiding('english')])).toEqual(['wish-english']);
  });
});

describe('the assignment', () => {
  const worth = fc.integer({ min: 0, max: 40 });
  const matrices = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(worth, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    );

  it('has the largest sum there is, in every small case', () => {
    fc.assert(
      fc.property(matrices, (worths) => {
        const pairs = finish(assign(worths));

        const sum = pairs.reduce((total, [row, column]) => total + (worths[row]?.[column] ?? 0), 0);
        expect(sum).toBe(bestSum(worths));
        expect(new Set(pairs.map(([row]) => row)).size).toBe(pairs.length);
        expect(new Set(pairs.map(([, column]) => column)).size).toBe(pairs.length);
        expect(pairs.every(([row, column]) => (worths[row]?.[column] ?? 0) > 0)).toBe(true);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it.each([
    [[]],
    [[[]]],
    [
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])('of nothing is nothing: %j', (worths) => {
    expect(finish(assign(worths))).toEqual([]);
  });
});

describe('the assignment of five hundred people', () => {
  it.each([
    [350, 150],
    [150, 350],
    [250, 250],
  ])('has the sum that another implementation finds, %i to %i', (rows, columns) => {
    const random = randomFrom(rows);
    const most = 1_000_000;
    const worths = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (random() < 0.4 ? 1 + Math.floor(random() * most) : 0)),
    );
    const sumOf = (pairs: readonly (readonly [number, number])[]) =>
      pairs.reduce((sum, [row, column]) => sum + (worths[row]?.[column] ?? 0), 0);

    const pairs = finish(assign(worths));

    expect(sumOf(pairs)).toBe(sumOf(munkres(worths.map((row) => row.map((worth) => most - worth)))));
  });
});

/** By trying everything. */
function bestSum(worths: readonly (readonly number[])[], row = 0, used: ReadonlySet<number> = new Set()): number {
  const current = worths[row];
  if (!current) return 0;
  const without = bestSum(worths, row + 1, used);
  return current.reduce((best, value, column) => {
    if (used.has(column) || value === 0) return best;
    return Math.max(best, value + bestSum(worths, row + 1, new Set([...used, column])));
  }, without);
}

describe('what a round promises, for any people', () => {
  const topics = fc.subarray(['rust', 'go', 'docs'], { minLength: 1 }).map((all) => new Set(all));
  const languages = fc.constantFrom(['en'], ['zh'], ['en', 'zh']);
  const offset = fc.constantFrom(60, 480, -300);
  const mentees = fc
    .array(fc.record({ topics, languages, offset, days: fc.integer({ min: 0, max: 5 }), blocks: fc.boolean() }), {
      maxLength: 5,
    })
    .map((all) =>
      all.map(({ days, blocks, ...one }, at) =>
        waiting(`e${at}`, { ...one, since: now - days * dayMs, ...(blocks ? { blocked: ids('m0') } : {}) }),
      ),
    );
  const mentors = fc
    .array(fc.record({ topics, languages, offset, free: fc.integer({ min: 0, max: 2 }) }), { maxLength: 4 })
    .map((all) => all.map((one, at) => guiding(`m${at}`, { ...one, places: 2 })));

  it('as many pairs as can be, the longest waiting first, and nobody against the rules', () => {
    fc.assert(
      fc.property(mentees, mentors, (those, guides) => {
        const pairs = finish(match(those, guides, rules, now));

        expect(brokenRules(pairs, those, guides)).toEqual([]);
        expect(waitingDays(pairs, those)).toEqual(longestFirst(those, guides));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});

function brokenRules(pairs: readonly Match[], mentees: readonly Waiting[], mentors: readonly Guiding[]) {
  const of = <T extends { readonly id: string }>(all: readonly T[], id: string) => all.find((one) => one.id === id);
  const barred = pairs.filter(({ mentee, mentor }) => {
    const [one, other] = [of(mentees, mentee), of(mentors, mentor)];
    return !one || !other || typeof fitOf(one, other, rules) === 'string';
  });
  const twice = pairs.filter(({ mentee }, at) => pairs.findIndex((pair) => pair.mentee === mentee) !== at);
  const overfull = mentors.filter(({ id, free }) => pairs.filter(({ mentor }) => mentor === id).length > free);
  return [...barred, ...twice, ...overfull];
}

function waitingDays(pairs: readonly Match[], mentees: readonly Waiting[]): readonly number[] {
  return mentees
    .filter(({ id }) => pairs.some(({ mentee }) => mentee === id))
    .map(({ since }) => (now - since) / dayMs)
    .toSorted((a, b) => b - a);
}

/** Of all sets of people who can be paired at the same time, the waiting of the one that is best, longest first. */
function longestFirst(mentees: readonly Waiting[], mentors: readonly Guiding[]): readonly number[] {
  const slots = mentors.flatMap((mentor) => Array.from({ length: mentor.free }, () => mentor));
  const sets: (readonly number[])[] = [];
  const visit = (at: number, used: ReadonlySet<number>, days: readonly number[]): void => {
    const mentee = mentees[at];
    if (!mentee) {
      sets.push(days.toSorted((a, b) => b - a));
      return;
    }
    visit(at + 1, used, days);
    for (const [slot, mentor] of slots.entries()) {
      if (used.has(slot) || typeof fitOf(mentee, mentor, rules) === 'string') continue;
      visit(at + 1, new Set([...used, slot]), [...days, (now - mentee.since) / dayMs]);
    }
  };
  visit(0, new Set(), []);
  return sets.toSorted(byLength)[0] ?? [];
}

function byLength(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return b.length - a.length;
  const differs = a.findIndex((day, at) => day !== b[at]);
  return differs < 0 ? 0 : (b[differs] ?? 0) - (a[differs] ?? 0);
}
