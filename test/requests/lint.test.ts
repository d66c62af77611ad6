import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RawItem } from '../../src/core/content.ts';
import { shippedDir } from '../../src/layers.ts';
import { requestContent } from '../../src/requests/type-content.ts';

const shipped = readFileSync(`${shippedDir}requests/contribute.yml`, 'utf8');

/** What the lint says of the shipped type with one thing changed. */
function lintWith(from: string, to: string, id = 'contribute') {
  const text = shipped.replace(from, to);
  if (text === shipped) throw new Error(`${from} is not in the file`);
  const raw: RawItem = { id, file: 'requests/contribute.yml', hash: 'a', body: '', data: parse(text) };
  const { item, findings } = requestContent.parse(raw);
  return { used: item !== undefined, findings: findings.map(({ field, problem }) => `${field}: ${problem}`) };
}

describe('the lint of request types', () => {
  it.each([
    [
      'a field in a condition that is not there',
      'when: nature, is: improvement }',
      'when: natur, is: improvement }',
      'routes.improvement.when: There is no field natur.',
    ],
    [
      'a fact that is not there',
      "when: cla.cleared, is: 'no'",
      "when: cla.clear, is: 'no'",
      'raises.agreement.when: There is no fact cla.clear.',
    ],
    [
      'a value that is never there',
      "when: project.known, is: 'no'",
      'when: project.known, is: never',
      'routes.unknown-project.when: project.known is never never.',
    ],
    [
      'a choice that is never there',
      'when: crypto, is: [standard, own]',
      'when: crypto, is: [standard, home-made]',
      'raises.cryptography.when: crypto is never home-made.',
    ],
    [
      'a stage that is not there',
      'stages: [manager, ospo, board]',
      'stages: [manager, ospo, bord]',
      'routes.new-project: There is no stage bord.',
    ],
    [
      'no way out at the end',
      '  - id: anything-else\n',
      '  - id: anything-else\n    when: { when: nature, is: typo }\n',
      'routes: Not every request finds a way.',
    ],
    [
      'a route that nobody can take',
      '  - id: improvement\n    when: { when: nature, is: improvement }',
      "  - id: improvement\n    when: { all: [{ when: nature, is: feature }, { when: project.known, is: 'yes' }] }",
      'routes.improvement: No answers lead to this route: the ones before it always hold first.',
    ],
    [
      'a field on no step',
      'fields: [benefit, review, link, clean]',
      'fields: [benefit, review, clean]',
      'steps: No step shows link.',
    ],
    [
      'a field on two steps',
      'fields: [benefit, review, link, clean]',
      'fields: [benefit, review, link, clean, lines]',
      'steps: lines is shown twice.',
    ],
    [
      'two labels alike',
      'label: { en: License of the project,',
      'label: { en: Address of the repository,',
      'fields: Two fields are labeled "Address of the repository".',
    ],
    [
      'a subject with a field that is not there',
      '{project} · {nature}", zh-CN',
      '{projekt} · {nature}", zh-CN',
      'subject.en: There is no field projekt.',
    ],
    ['an appeal to nobody', 'appeal: appeal', 'appeal: court', 'appeal: There is no stage court.'],
    [
      'a number compared with a word',
      "when: size.small, is: 'yes'",
      'when: nature, over: 3',
      'automatic.when: nature is no number.',
    ],
    [
      'a title that is too long',
      'short: { en: Contribute,',
      'short: { en: Contribute to upstream,',
      'short.en: This is too long or too large.',
    ],
    [
      'a language that is missing',
      'title: { en: Contribute upstream, zh-CN: 向外部项目贡献 }',
      'title: { en: Contribute upstream }',
      'title.zh-CN: This field is missing.',
    ],
  ])('finds %s', (_, from, to, expected) => {
    const { used, findings } = lintWith(from, to);

    expect(findings).toContain(expected);
    expect(used).toBe(false);
  });

  it('finds a question that depends on a later one', () => {
    const { findings } = lintWith(
      'ask: { not: { when: nature, is: [issue, typo] } }\n    max: 10000000',
      'ask: { when: summary, filled: true }\n    max: 10000000',
    );

    expect(findings).toContain('fields.lines.ask: summary is asked later.');
  });

  it('finds a file that is called otherwise', () => {
    const { findings } = lintWith('order: 10', 'order: 11', 'contribution');

    expect(findings).toEqual(['id: The file is called contribution, the type contribute.']);
  });

  it('uses a type that only has notes', () => {
    const { used, findings } = lintWith('stages: [manager, ospo, board]', 'stages: [manager, ospo]');

    expect(findings).toEqual(['stages.board: No route asks this stage.']);
    expect(used).toBe(true);
  });
});
