import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Expression,
  formatExpression,
  licensesIn,
  readExpression,
  spellId,
} from '../../src/licenses/expression.ts';

const require = createRequire(import.meta.url);
const currentIds: readonly string[] = require('spdx-license-ids');
const deprecatedIds: readonly string[] = require('spdx-license-ids/deprecated');
const exceptionIds: readonly string[] = require('spdx-exceptions');

const seeded = { seed: 20261122 };

const textOf = (text: string) => {
  const read = readExpression(text);
  return read.kind === 'expression' ? read.text : read;
};
const correctionsOf = (text: string) => {
  const read = readExpression(text);
  return read.kind === 'expression' ? read.corrections : read;
};

describe('reading an expression', () => {
  it.each([
    ['MIT', 'MIT'],
    ['  mit \n', 'MIT'],
    ['apache-2.0 or mit', 'Apache-2.0 OR MIT'],
    ['(MIT)', 'MIT'],
    ['（MIT OR Apache-2.0）', 'MIT OR Apache-2.0'],
    ['MIT AND (ISC AND Zlib)', 'MIT AND ISC AND Zlib'],
    ['MIT OR ISC AND Zlib', 'MIT OR ISC AND Zlib'],
    ['(MIT OR ISC) AND Zlib', '(MIT OR ISC) AND Zlib'],
    ['Apache-2.0+', 'Apache-2.0+'],
    ['gpl-2.0-only with classpath-EXCEPTION-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['licenseref-Acme.1', 'LicenseRef-Acme.1'],
    ['DocumentRef-spdx:LicenseRef-Acme', 'DocumentRef-spdx:LicenseRef-Acme'],
    ['GPL-2.0', 'GPL-2.0-only'],
    ['gpl-2.0+', 'GPL-2.0-or-later'],
    ['GPL-2.0-only+', 'GPL-2.0-or-later'],
    ['GPL-2.0-or-later+', 'GPL-2.0-or-later'],
    ['AGPL-1.0', 'AGPL-1.0-only'],
    ['GFDL-1.3', 'GFDL-1.3-only'],
    ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-2.0-with-classpath-exception+', 'GPL-2.0-or-later WITH Classpath-exception-2.0'],
    ['eCos-2.0', 'GPL-2.0-or-later WITH eCos-exception-2.0'],
    ['StandardML-NJ', 'SMLNJ'],
    ['LGPL-2.1-only WITH Nokia-Qt-exception-1.1', 'LGPL-2.1-only WITH Qt-LGPL-exception-1.1'],
    ['Net-SNMP', 'Net-SNMP'],
  ])('%j is %j', (text, expected) => {
    expect(textOf(text)).toBe(expected);
  });

  it.each([
    ['', { kind: 'unknown', why: 'empty' }],
    [' \t ', { kind: 'unknown', why: 'empty' }],
    ['NOASSERTION', { kind: 'unknown', why: 'noassertion' }],
    ['none', { kind: 'unknown', why: 'none' }],
    ['Apache 2', { kind: 'invalid', why: 'unknown-ids', ids: ['Apache', '2'] }],
    ['GPL', { kind: 'invalid', why: 'unknown-ids', ids: ['GPL'] }],
    ['MIT/Apache-2.0', { kind: 'invalid', why: 'syntax' }],
    ['MIT, ISC', { kind: 'invalid', why: 'syntax' }],
    ['MIT OR', { kind: 'invalid', why: 'syntax' }],
    ['(MIT', { kind: 'invalid', why: 'syntax' }],
    ['MIT WITH ISC', { kind: 'invalid', why: 'syntax' }],
    ['Classpath-exception-2.0', { kind: 'invalid', why: 'syntax' }],
    ['GPL-2.0 +', { kind: 'invalid', why: 'syntax' }],
    ['GPL-2.0-with-GCC-exception WITH LLVM-exception', { kind: 'invalid', why: 'syntax' }],
    ['MIT OR NOASSERTION', { kind: 'invalid', why: 'unknown-ids', ids: ['NOASSERTION'] }],
    [`MIT${' OR MIT'.repeat(2_000)}`, { kind: 'invalid', why: 'too-long' }],
    [`${'('.repeat(4_000)}MIT${')'.repeat(4_000)}`, { kind: 'invalid', why: 'syntax' }],
  ])('%j is no expression', (text, expected) => {
    expect(readExpression(text)).toEqual(expected);
  });

  it.each([
    ['MIT OR Apache-2.0', []],
    ['mit OR mit', [{ kind: 'spelling', from: 'mit', to: 'MIT' }]],
    ['GPL-2.0+', [{ kind: 'deprecated', from: 'GPL-2.0+', to: 'GPL-2.0-or-later' }]],
    [
      'gpl-2.0',
      [
        { kind: 'spelling', from: 'gpl-2.0', to: 'GPL-2.0' },
        { kind: 'deprecated', from: 'GPL-2.0', to: 'GPL-2.0-only' },
      ],
    ],
    ['Net-SNMP', [{ kind: 'withdrawn', from: 'Net-SNMP', to: 'Net-SNMP' }]],
  ])('what was corrected in %j is told', (text, expected) => {
    expect(correctionsOf(text)).toEqual(expected);
  });

  it('takes the longest chain that is let in', () => {
    const chain = `MIT${' OR MIT'.repeat(1_400)}`;

    expect(readExpression(chain)).toMatchObject({ kind: 'expression', text: chain });
  });
});

describe('every id', () => {
  const inAnyCase = (id: string) =>
    fc
      .array(fc.boolean(), { minLength: id.length, maxLength: id.length })
      .map((upper) => [...id].map((c, at) => (upper[at] ? c.toUpperCase() : c.toLowerCase())).join(''));

  it('of the SPDX list is read in any letter case', () => {
    const written = fc.constantFrom(...currentIds).chain((id) => inAnyCase(id).map((text) => ({ id, text })));

    fc.assert(
      fc.property(written, ({ id, text }) => {
        expect(readExpression(text)).toMatchObject({ expression: { kind: 'license', id, orLater: false } });
        expect(spellId(text)).toBe(id);
      }),
      { ...seeded, numRuns: 2_000 },
    );
  });

  it('in use stands for itself', () => {
    for (const id of currentIds) expect(textOf(id)).toBe(id);
  });

  it('that is withdrawn leads to ids that are in use, or says that there is none', () => {
    for (const id of deprecatedIds) {
      const read = readExpression(id);
      if (read.kind !== 'expression') throw new Error(id);
      if (read.corrections.some(({ kind }) => kind === 'withdrawn')) continue;
      expect(read.corrections).toHaveLength(1);
      for (const license of licensesIn(read.expression)) expect(currentIds).toContain(license.id);
    }
  });

  it('of an exception is no license', () => {
    for (const id of exceptionIds) expect(spellId(id)).toBeUndefined();
    expect(spellId('or')).toBeUndefined();
  });
});

describe('what is read', () => {
  const license = fc.record(
    {
      kind: fc.constant('license' as const),
      id: fc.constantFrom('MIT', 'Apache-2.0', 'GPL-2.0-only', 'LicenseRef-a.b-c', 'DocumentRef-d:LicenseRef-e'),
      orLater: fc.constant(false),
      exception: fc.constantFrom('Classpath-exception-2.0', 'LLVM-exception'),
    },
    { requiredKeys: ['kind', 'id', 'orLater'] },
  );
  const { expression } = fc.letrec<{ expression: Expression; and: Expression; or: Expression }>((tie) => ({
    expression: fc.oneof({ maxDepth: 4 }, license, tie('and'), tie('or')),
    and: fc.record({
      kind: fc.constant('and' as const),
      parts: fc.array(fc.oneof({ maxDepth: 4 }, license, tie('or')), { minLength: 2, maxLength: 4 }),
    }),
    or: fc.record({
      kind: fc.constant('or' as const),
      parts: fc.array(fc.oneof({ maxDepth: 4 }, license, tie('and')), { minLength: 2, maxLength: 4 }),
    }),
  }));

  it('can be written and read again, and is the same', () => {
    fc.assert(
      fc.property(expression, (written) => {
        const read = readExpression(formatExpression(written));

        expect(read).toMatchObject({ kind: 'expression', expression: written, corrections: [] });
      }),
      seeded,
    );
  });

  it('is never an error, whatever the text', () => {
    const word = fc.constantFrom(
      'MIT',
      'or',
      'AND',
      'with',
      '(',
      ')',
      '+',
      ':',
      'LicenseRef-',
      'DocumentRef-x',
      '木兰',
      '/',
    );
    const garbage = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 40 }).map((w) => w.join(' ')),
    );

    fc.assert(
      fc.property(garbage, (text) => {
        const read = readExpression(text);

        if (read.kind === 'expression') expect(textOf(read.text)).toBe(read.text);
      }),
      { ...seeded, numRuns: 3_000 },
    );
  });
});
