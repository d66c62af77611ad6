import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveManagers } from '../../src/people/managers.ts';

function resolve(claims: Readonly<Record<string, string>>, inactive: readonly string[] = []) {
  const people = new Set(Object.keys(claims));
  const { managers, findings } = resolveManagers(
    Object.entries(claims).map(([person, manager]) => ({ person, manager })),
    (who) => (people.has(who) ? who : undefined),
    (id) => !inactive.includes(id),
    (id) => id,
    'people.csv',
  );
  return { managers: Object.fromEntries(managers), lines: findings.map((finding) => finding.problem) };
}

describe('who manages whom', () => {
  it.each<[string, Record<string, string>, readonly string[], Record<string, string>, readonly string[]]>([
    [
      'a chain',
      { A: 'B', B: 'C', C: 'nobody' },
      [],
      { A: 'B', B: 'C' },
      ['nobody is the manager of 1 person, but is not in the workspace.'],
    ],
    ['oneself', { A: 'A' }, [], {}, ['A is their own manager.']],
    [
      'a circle of two',
      { A: 'B', B: 'A', C: 'A' },
      [],
      { C: 'A' },
      ['These people manage each other in a circle: A, B.'],
    ],
    [
      'a circle of three with a tail',
      { T: 'S', S: 'A', A: 'B', B: 'C', C: 'A' },
      [],
      { T: 'S', S: 'A' },
      ['These people manage each other in a circle: A, B, C.'],
    ],
    [
      'somebody who left',
      { A: 'C', B: 'C', C: 'A' },
      ['C'],
      { C: 'A' },
      ['C is the manager of 2 people, but is not active.'],
    ],
    ['a leaver whose manager left too', { A: 'B', B: 'gone' }, ['A', 'B'], {}, []],
  ])('%s', (_, claims, inactive, managers, lines) => {
    expect(resolve(claims, inactive)).toEqual({ managers, lines });
  });

  it('never leaves a circle, and cuts nobody outside one', () => {
    const person = fc.integer({ min: 0, max: 12 }).map((n) => `P${n}`);

    fc.assert(
      fc.property(fc.dictionary(person, person, { maxKeys: 13 }), (claims) => {
        const { managers } = resolve(claims);

        for (const start of Object.keys(claims)) {
          const above = walk(managers, start);
          expect(above).not.toContain(start);
          const isInCircle = walk(claims, start).includes(start);
          const claimed = claims[start] ?? '';
          expect(managers[start]).toBe(isInCircle || !Object.hasOwn(claims, claimed) ? undefined : claimed);
        }
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });
});

/** Everybody above a person, each once. */
function walk(managers: Readonly<Record<string, string>>, start: string): readonly string[] {
  const above = new Set<string>();
  for (let at = managers[start]; at !== undefined && !above.has(at); at = managers[at]) above.add(at);
  return [...above];
}
