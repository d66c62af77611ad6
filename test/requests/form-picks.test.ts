import { describe, expect, it } from 'vitest';
import { readExpression } from '../../src/licenses/expression.ts';
import { currentIds } from '../../src/licenses/spdx.ts';
import { type PickSource, pickedField, pickId, picksFor } from '../../src/requests/form-picks.ts';
import type { Field } from '../../src/requests/type.ts';
import { choice, field, typeOf } from './form-types.ts';

const source: PickSource = {
  readLicense: readExpression,
  licenses: () => currentIds,
  names: (kind) => (kind === 'projects' ? ['apache/kafka', 'apache/flink', 'kafka-ui'] : []),
};
const fields = typeOf([
  [
    field('license', 'license'),
    field('project', 'text', { suggest: 'projects' } as never),
    field('component', 'text', { suggest: 'components' } as never),
    field('plain', 'text'),
    field('country', 'choice', { choices: Array.from({ length: 150 }, (_, i) => choice(`c${i}`)) } as never),
  ],
]).fields;

function valuesFor(id: string, typed: string): readonly string[] {
  const found = fields.find((one) => one.id === id) as Field;
  return picksFor(found, typed, 'en', source).map(({ value }) => value);
}

describe('type-ahead', () => {
  it.each([
    ['license', 'apache2', 'Apache-2.0'],
    ['license', 'MIT', 'MIT'],
    ['license', 'mit or apache-2.0', 'MIT OR Apache-2.0'],
    ['license', 'LicenseRef-none', 'LicenseRef-none'],
    ['license', 'gpl 3', 'GPL-3.0-only'],
    ['project', 'kafka', 'kafka'],
    ['country', 'c14', 'c14'],
  ])('%s: "%s" finds %s first', (id, typed, expected) => {
    expect(valuesFor(id, typed)[0]).toBe(expected);
  });

  it('shows the usual licenses before anything is typed, and never more than a menu holds', () => {
    expect(valuesFor('license', '').slice(0, 2)).toEqual(['Apache-2.0', 'MIT']);
    expect(valuesFor('license', 'l').length).toBeLessThanOrEqual(100);
    expect(valuesFor('country', '')).toHaveLength(100);
  });

  it('offers what is typed itself where names are only suggested, each once', () => {
    expect(valuesFor('project', 'kafka')).toEqual(['kafka', 'kafka-ui', 'apache/kafka']);
    expect(valuesFor('project', 'apache/kafka')).toEqual(['apache/kafka']);
    expect(valuesFor('component', 'left-pad')).toEqual(['left-pad']);
  });

  it('offers nothing that Slack cannot carry, and nothing for plain text', () => {
    expect(valuesFor('project', 'x'.repeat(151))).toEqual([]);
    expect(valuesFor('plain', 'kafka')).toEqual([]);
  });

  it('knows its field by the id of the select', () => {
    expect(pickedField(pickId('small', 'license'))).toEqual({ type: 'small', field: 'license' });
  });
});
