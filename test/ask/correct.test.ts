import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atomOf } from '../../src/ask/atoms.ts';
import { createCorrector, editDistance } from '../../src/ask/correct.ts';
import { stopWords } from '../../src/ask/words.ts';
import { finish } from '../../src/core/steps.ts';

const words =
  `oss deal reply giving docker license component contribute copyleft permissive mentor mentorship trademark openssf dependency
  vulnerability approval approval attribution foundation upstream release phone`.split(/\s+/);
const counted = words.filter((word) => word.length > 3).map((word) => ({ word, stem: atomOf(word).stem, count: 2 }));
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
    ['ontribute', 'contribute'],
    ['xontribute', 'contribute'],
    ['ccontribute', 'contribute'],
    ['replylicense', 'reply license'],
    ['yourlicense', 'your license'],
    ['contri bute', 'contribute'],
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
    ['what people say without an apostrophe', 'weve'],
    ['a day of the week', 'thursday'],
    ['a short word with another first letter', 'weal'],
    ['two words that mean something apart', 'up stream'],
    ['two words that ours are made of', 'my component'],
    ['a word with one of ours in it', 'licensezzzz'],
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
    const some = fc.array(
      fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom(...words, ' ', 'the', 'co', 'ntribute')),
    );
    fc.assert(
      fc.property(some, (parts) => {
        const { corrections } = corrector.correct(parts.join('').toLowerCase());

        const put = corrections.flatMap(({ to }) => to.split(' '));
        expect(put.filter((word) => !words.includes(word) && !stopWords.has(word))).toEqual([]);
      }),
      { seed: 20261122 },
    );
  });
});

describe('of two words that may be meant', () => {
  const spelled = (word: string, count: number) => ({ word, stem: atomOf(word).stem, count });
  const choosing = finish(createCorrector([spelled('source', 500), spelled('sauce', 1), spelled('component', 9)]));

  it('the one that people write much more often is', () => {
    expect(choosing.correct('souce code').text).toBe('source code');
  });

  it('the one that takes fewer slips is, where both are as usual', () => {
    const close = finish(createCorrector([spelled('commit', 5), spelled('comet', 5)]));

    expect(close.correct('comit').text).toBe('commit');
  });
});

describe('edit distance', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'abd', 1],
    ['abc', 'ab', 0.9],
    ['aproval', 'approval', 0.6],
    ['compatable', 'compatible', 0.8],
    ['abc', 'acb', 0.7],
    ['opso', 'ospo', 0.7],
    ['kitten', 'sitting', 2.7],
  ])('%s to %s is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBeCloseTo(distance, 9);
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
