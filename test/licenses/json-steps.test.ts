import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/core/steps.ts';
import { readJson } from '../../src/licenses/json-steps.ts';

/** What JSON.parse makes of it. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function read(text: string): { readonly value: unknown } | undefined {
  const json = finish(readJson(text));
  return json.kind === 'value' ? { value: json.value } : undefined;
}

// So that the text stretches over several steps, wherever it begins.
const padding = fc.nat(40_000).map((length) => ' '.repeat(length));

describe('JSON in steps', () => {
  it('holds what JSON.parse says, whatever it is', () => {
    fc.assert(
      fc.property(padding, fc.json({ stringUnit: 'binary' }), (before, text) => {
        expect(read(before + text)).toEqual(parsed(text));
      }),
      { seed: 20261122 },
    );
  });

  it('breaks where JSON.parse breaks', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (text, at, noise) => {
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + noise + text.slice(place);

        expect(read(broken)).toEqual(parsed(broken));
        expect(read(text.slice(0, place))).toEqual(parsed(text.slice(0, place)));
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  it('keeps a character whole that stands between two steps', () => {
    for (const before of [15_997, 15_998, 15_999]) {
      const text = `"${'a'.repeat(before)}😀许"`;

      expect(read(text)).toEqual(parsed(text));
    }
  });

  it.each([
    { text: '{"a": 1,\n oops}', at: 10 },
    { text: `[${' '.repeat(40_000)}"a" "b"]`, at: 40_007 },
    { text: `{"😀": "${'许'.repeat(20_000)}", x}`, at: 20_011 },
    { text: '{"a": [1, 2', at: undefined },
    { text: '', at: undefined },
  ])('tells where it breaks: $at', ({ text, at }) => {
    expect(finish(readJson(text))).toEqual({ kind: 'broken', at });
  });
});
