import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askTokens, createReader, type Reader } from '../../src/ask/entry.ts';
import { normalize } from '../../src/ask/plain.ts';
import { finish } from '../../src/core/steps.ts';
import { article, smallBase } from './base.ts';

const { concepts, licenses } = smallBase;

/** The numbers under which the title of an article is indexed, in their order. */
function indexed(reader: Reader, title: string): readonly number[] {
  const { asks } = reader.read({ kind: 'article', article: article('a', { title }) });
  return Array.from(asks.slice(1, 1 + (asks[0] ?? 0)));
}

/** The numbers that a question in the same words looks for. */
function soughtFor(reader: Reader, question: string): readonly (number | undefined)[] {
  return askTokens(reader.analyse(normalize(question))).map((token) => reader.tokens.find(token));
}

const words = [
  'the',
  'licences',
  'opensource',
  'who signs a CLA',
  'GPLv3',
  'gpl-3.0+',
  'version 2.0',
  '许可证',
  '我们的',
  '𠮷',
  'log4j',
  'naïve',
  '，',
  '. ',
  "don't",
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...words), { maxLength: 20 }).map((all) => all.join(' ')),
  fc.array(fc.constantFrom(...words), { maxLength: 20 }).map((all) => all.join('')),
);

describe('reading for the index', () => {
  it('names the tokens that a question in the same words looks for', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (titles) => {
        const reader = finish(createReader(concepts, licenses));
        const found = titles.map((title) => indexed(reader, title));

        expect(found).toEqual(titles.map((title) => soughtFor(reader, title)));
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('gives a token one number, whoever comes first', () => {
    const reader = finish(createReader(concepts, licenses));

    const first = indexed(reader, '开源许可证 AGPL mentors');
    const second = indexed(reader, 'mentor 许可证');

    expect(second.every((number) => first.includes(number))).toBe(true);
  });

  it('learns nothing from questions', () => {
    const reader = finish(createReader(concepts, licenses));
    indexed(reader, '开源');
    const before = reader.tokens.weights.length;

    reader.analyse(normalize('源开 zebra 𠮷 crossing'));

    expect(reader.tokens.weights.length).toBe(before);
  });
});

describe('words that typos are mended to', () => {
  it.each([
    ['four letters and more, as they were written', 'Licences the opensource log', ['licences', 'opensource']],
    ['the letters of what has digits', 'log4j kubernetes2 utf8', ['kubernetes']],
    ['each as often as it is there', 'mentor mentors mentor', ['mentor', 'mentors', 'mentor']],
    ['none in Chinese', '开源许可证', []],
  ])('%s', (_, title, expected) => {
    const reader = finish(createReader([], []));

    const { words: found } = reader.read({ kind: 'article', article: article('a', { title }) });

    expect(Array.from(found, (number) => reader.vocabulary.all[number]?.word)).toEqual(expected);
  });
});
