import { describe, expect, it } from 'vitest';
import type { RawItem } from '../../src/core/content.ts';
import { checkArticles, trackContent } from '../../src/training/track-content.ts';
import { editionOf, moduleOf, question, trackOf } from './tracks.ts';

function parse(more: object, id = 'licenses') {
  const raw: RawItem = { id, file: `training/${id}.yml`, hash: 'hash', body: '', data: { ...trackOf(), ...more } };
  return trackContent.parse(raw);
}

describe('a track', () => {
  it('without a mistake is used, with the hash of its file', () => {
    expect(parse({})).toMatchObject({ item: { hash: 'hash', track: { id: 'licenses' } }, findings: [] });
  });

  it.each<readonly [string, object, string, string]>([
    ['another id than its file', { id: 'other' }, 'id', 'The file is called licenses.'],
    ['a module twice', { modules: [moduleOf('a'), moduleOf('a')] }, 'modules', 'The module a is there twice.'],
    ['a renewal by nothing', { renewal: { modules: ['third'] } }, 'renewal.modules', 'There is no module third.'],
    [
      'a module that nothing teaches',
      { modules: [moduleOf('a', { pages: [] })] },
      'modules.0.pages',
      'Nothing teaches it.',
    ],
    [
      'a check without questions',
      { modules: [moduleOf('a', { complete: 'quiz' })] },
      'modules.0.quiz',
      'The check has no question.',
    ],
    [
      'questions that nobody is asked',
      { modules: [moduleOf('a', { quiz: [question] })] },
      'modules.0.complete',
      'There are questions, and nobody is asked them.',
    ],
    [
      'a pass mark out of reach',
      { modules: [moduleOf('a', { complete: 'quiz', quiz: [question], pass: 2 })] },
      'modules.0.pass',
      '2 of 1 answers cannot be right.',
    ],
    [
      'no right choice',
      {
        modules: [
          moduleOf('a', {
            complete: 'quiz',
            quiz: [{ ...question, choices: question.choices.slice(2).concat(question.choices[0] ?? []) }],
          }),
        ],
      },
      'modules.0.quiz.0.choices',
      'No choice is right.',
    ],
    [
      'two right choices',
      {
        modules: [
          moduleOf('a', {
            complete: 'quiz',
            quiz: [{ ...question, choices: question.choices.map((one) => ({ ...one, right: true })) }],
          }),
        ],
      },
      'modules.0.quiz.0.choices',
      '3 choices are right.',
    ],
    [
      'a sixth question',
      { modules: [moduleOf('a', { complete: 'quiz', quiz: Array(6).fill(question) })] },
      'modules.0.quiz',
      'This is too long or too large.',
    ],
    ['a kind that there is not', { kind: 'fun' }, 'kind', '"fun" is not a possible value.'],
    ['a time that is none', { due: '30 days' }, 'due', '"30 days" does not have the expected form.'],
  ])('with %s is not used', (_, more, field, problem) => {
    const { item, findings } = parse(more);

    expect(item).toBeUndefined();
    expect(findings).toEqual(expect.arrayContaining([expect.objectContaining({ field, problem, fatal: true })]));
  });

  it('with a missing article is used, and told of it', () => {
    const edition = editionOf({ modules: [moduleOf('a', { articles: ['there', 'gone'] })] });

    expect(checkArticles(edition, new Set(['there']))).toMatchObject([
      { problem: 'There is no article gone.', fatal: false },
    ]);
  });
});
