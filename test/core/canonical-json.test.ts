import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../src/core/canonical-json.ts';

describe('canonical JSON', () => {
  it.each<[string, Json, string]>([
    ['keys by code units, not by locale', { é: 1, z: 2, a: 3, Z: 4 }, '{"Z":4,"a":3,"z":2,"é":1}'],
    ['keys at every depth', { b: [{ d: 1, c: 2 }], a: null }, '{"a":null,"b":[{"c":2,"d":1}]}'],
    [
      'a key beyond the basic plane before one at its end',
      { '\ufb33': 1, '\ud83d\ude00': 2 },
      '{"\ud83d\ude00":2,"\ufb33":1}',
    ],
    [
      'numbers as ECMAScript writes them',
      [1e21, 1e-7, 0.1, -0, 333333333.3333333],
      '[1e+21,1e-7,0.1,0,333333333.3333333]',
    ],
    ['control characters', '\u0000\n"\\', '"\\u0000\\n\\"\\\\"'],
    ['Chinese as it is', '许可证', '"许可证"'],
    ['literals', [true, false, null, []], '[true,false,null,[]]'],
  ])('%s', (_, value, written) => {
    const spelled = canonicalJson(value);

    expect(spelled).toBe(written);
  });

  it.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['Infinity', [Number.POSITIVE_INFINITY]],
    ['undefined', { a: undefined }],
    ['a function', () => 1],
    ['half a surrogate pair', '\ud83d'],
    ['half a pair in a key', { '\ud83d': 1 }],
  ])('refuses %s', (_, value) => {
    const spell = () => canonicalJson(value as Json);

    expect(spell).toThrow(TypeError);
  });

  it('says the same as JSON, and the same however the keys were written', () => {
    const wellFormed = fc.jsonValue({ stringUnit: 'grapheme' });

    fc.assert(
      fc.property(wellFormed, (value) => {
        const spelled = canonicalJson(value as Json);

        expect(JSON.parse(spelled)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(turned(value as Json))).toBe(spelled);
      }),
      { seed: 20261122 },
    );
  });
});

/** The same value with all keys written in the opposite order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)] as const);
  return Object.fromEntries(entries.toReversed());
}
