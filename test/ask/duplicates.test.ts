import { describe, expect, it } from 'vitest';
import type { Article, KnowledgeBase } from '../../src/ask/article.ts';
import { duplicateQuestions } from '../../src/ask/duplicates.ts';
import { smallBase } from './base.ts';

const sorted = (text: string) =>
  text
    .toLowerCase()
    .split(/[\s,?]+/)
    .filter((word) => !['the', 'a', 'of', ''].includes(word));

function withAliases(id: string, aliases: readonly string[], variant?: string): Article {
  const [first] = smallBase.articles;
  if (!first) throw new Error('the small base has articles');
  const en = { ...first.editions.en, aliases, file: `knowledge/using/${id}.en.md` };
  return { ...first, id, ...(variant ? { variant } : {}), editions: { en } };
}

function baseOf(...articles: readonly Article[]): KnowledgeBase {
  return { ...smallBase, articles, desks: [] };
}

describe('ways to ask that two topics share', () => {
  it('are found though they are not the same to the letter', () => {
    const base = baseOf(
      withAliases('a', ['license of the container']),
      withAliases('b', ['the container, a license?']),
    );

    expect(duplicateQuestions(base, sorted)).toMatchObject([
      {
        file: 'knowledge/using/b.en.md',
        problem: '"the container, a license?" says the same as "license of the container" at a.',
      },
    ]);
  });

  it.each<readonly [string, KnowledgeBase]>([
    ['in one topic', baseOf(withAliases('a', ['license of containers', 'containers, the license']))],
    [
      'of variants of one topic',
      baseOf(withAliases('a', ['license of containers']), withAliases('a', ['containers license'], 'cn')),
    ],
    ['of one word', baseOf(withAliases('a', ['license']), withAliases('b', ['the license?']))],
    [
      'to the letter, which is found when content is loaded',
      baseOf(withAliases('a', ['a b']), withAliases('b', ['A b?'])),
    ],
  ])('are none %s', (_, base) => {
    expect(duplicateQuestions(base, sorted)).toEqual([]);
  });

  it('are found at desks too', () => {
    const desk = { id: 'it', name: { en: 'IT', 'zh-CN': 'IT' }, aliases: { en: ['broken laptop'], 'zh-CN': ['坏了'] } };
    const base = { ...baseOf(withAliases('a', ['laptop broken'])), desks: [desk] };

    expect(duplicateQuestions(base, sorted)[0]?.problem).toContain('at desk it');
  });
});
