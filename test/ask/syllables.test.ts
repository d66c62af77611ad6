import { pinyin, polyphonic } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { syllables } from '../../src/ask/syllables.ts';

/** The characters of GB 2312, in the order of the standard. */
function standardCharacters(): readonly string[] {
  const decoder = new TextDecoder('gbk');
  const all: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) all.push(decoder.decode(new Uint8Array([row, cell])));
  }
  return all.filter((character) => /^\p{Script=Han}$/u.test(character));
}

/** The usual reading first, and one more where there is one. */
function readingsOf(character: string): readonly string[] {
  const options = { toneType: 'none', v: true } as const;
  const [others = []] = polyphonic(character, { ...options, type: 'array' });
  return [...new Set([pinyin(character, options), ...others.slice(0, 2)])]
    .map((reading) => reading.replace('ü', 'v'))
    .filter((reading) => /^[a-z]+$/.test(reading));
}

describe('the table of syllables', () => {
  it('says what the package says that it was made from', () => {
    const characters = new Map<string, string>();
    for (const character of standardCharacters()) {
      for (const reading of readingsOf(character)) {
        characters.set(reading, `${characters.get(reading) ?? ''}${character}`);
      }
    }
    const wanted = [...characters.keys()].toSorted().map((syllable) => `${syllable}${characters.get(syllable)}`);

    expect(syllables.trim().split(/\s+/)).toEqual(wanted);
  });
});
