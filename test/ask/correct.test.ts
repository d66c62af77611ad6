import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atomOf } from '../../src/ask/atoms.ts';
import { createCorrector, editDistance } from '../../src/ask/correct.ts';
import { finish } from '../../src/core/steps.ts';

const words =
  `oss deal reply giving docker license component contribute copyleft permissive mentor mentorship trademark openssf dependency
  vulnerability approval approval attribution foundation upstream release phone`.split(/\s+/);
const counted = words.filter((word) => word.length > 3).map((word) => ({ word, stem: atomOf(word).stem, count: 1 }));
const corrector = finish(createCorrector(counted));

describe('corrections', () => {
  it.each([
    ['dokcer', 'docker'],
    ['liicense', 'license'],
    ['compnent', 'component'],
    ['contirbute', 'contribute'],
    ['copyleeft', 'copyleft'],
    ['vulnerabilty', 'vulnerability'],
    ['mentro', 'mentor'],
    ['aprpoval', 'approval'],
    ['ocntribute', 'contribute'],
    ['fuondation', 'foundation'],
    ['tradmark', 'trademark'],
  ])('%s is read as %s', (from, to) => {
    const found = corrector.correct(`about ${from} please`);

    expect(found).toEqual({ text: `about ${to} please`, corrections: [{ from, to }] });
  });

  it.each([
    ['a common word', 'boss'],
    ['a common word', 'dead'],
    ['a common word', 'really'],
    ['a common word', 'driving'],
    ['a word of three letters', 'ops'],
    ['another form of a known word', 'dependencies'],
    ['a brand', 'openssl'],
    ['a brand', 'iphone'],
    ['a British spelling', 'licence'],
    ['a part of a path', 'src/dokcer/main'],
    ['a part of an identifier', 'my_dokcer'],
    ['a part of an address', 'a@dokcer'],
    ['two edits in a short word', 'mntir'],
    ['a word far from all', 'zebrafish'],
    ['a word of forty letters', 'dokcer'.repeat(7)],
    ['Chinese', '许可证怎么选'],
  ])('%s stays: %s', (_, text) => {
    const found = corrector.correct(text);

    expect(found).toEqual({ text, corrections: [] });
  });

  it('says each correction once', () => {
    const { text, corrections } = corrector.correct('dokcer or dokcer');

    expect(text).toBe('docker or docker');
    expect(corrections).toHaveLength(1);
  });

  it('looks up a few unknown words of a paste and no more', () => {
    const unknown = Array.from({ length: 26 }, (_, at) => `dokcer${String.fromCharCode(97 + at)}`).join(' ');

    const { corrections } = corrector.correct(`${unknown} dokcer`);

    expect(corrections.map(({ from }) => from)).not.toContain('dokcer');
  });

  it('takes any string and only ever puts words of the vocabulary', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        for (const { to } of corrector.correct(text.toLowerCase()).corrections) expect(words).toContain(to);
      }),
      { seed: 20261122 },
    );
  });
});

describe('edit distance', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'abd', 1],
    ['abc', 'ab', 1],
    ['abc', 'acb', 0.7],
    ['opso', 'ospo', 0.7],
    ['kitten', 'sitting', 3],
  ])('%s to %s is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is the same both ways, and zero only for equal words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBeCloseTo(editDistance(b, a), 9);
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
      { seed: 20261122 },
    );
  });
});
