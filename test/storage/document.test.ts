import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AnyCollection } from '../../src/core/ports.ts';
import { encodeDocument } from '../../src/storage/document.ts';

const plain: AnyCollection = { name: 'plain', schema: z.looseObject({}), shape: 1, index: () => [] };

it('refuses a schema whose values do not survive JSON, at the first commit and not at the next start', () => {
  const dates: AnyCollection = { ...plain, schema: z.strictObject({ on: z.date() }) };

  const encode = () => encodeDocument(dates, 'a', { on: new Date(0) }, 1);

  expect(encode).toThrow(/plain\/a does not fit its schema: on: /);
});

it('does not repeat the value in its error: it may be personal', () => {
  const strict: AnyCollection = { ...plain, schema: z.strictObject({ state: z.enum(['open']) }) };

  const encode = () => encodeDocument(strict, 'a', { state: 'secret' }, 1);

  expect(encode).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') }));
});

describe('refuses what cannot be ordered', () => {
  it.each<[string, Partial<AnyCollection>]>([
    ['an index entry at NaN', { index: () => [{ key: 'all', at: Number.NaN }] }],
    ['an index entry at infinity', { index: () => [{ key: 'all', at: Number.POSITIVE_INFINITY }] }],
    ['a due time that is NaN', { due: () => Number.NaN }],
  ])('%s', (_, change) => {
    const encode = () => encodeDocument({ ...plain, ...change }, 'a', {}, 1);

    expect(encode).toThrow(RangeError);
  });
});
