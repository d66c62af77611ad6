import { describe, expect, it } from 'vitest';
import { checkOverrides } from '../../src/adoption/overrides.ts';
import { formatFinding } from '../../src/core/findings.ts';
import { shippedText } from './world.ts';

const shipped = shippedText('agpl', 'One');
const version = shipped.hash.slice(0, 8);

describe('files over shipped ones', () => {
  it.each<[string, string, string | undefined, RegExp | undefined]>([
    ['say what they replace', 'knowledge/using/agpl.en.md', version, undefined],
    ['say it with the whole hash', 'knowledge/using/agpl.en.md', shipped.hash, undefined],
    ['do not say it', 'knowledge/using/agpl.en.md', undefined, new RegExp(`Add replaces: "${version}"`)],
    ['were written over another text', 'knowledge/using/agpl.en.md', '00000000', /has changed since 00000000/],
    ['lie in another area', 'knowledge/people/agpl.en.md', '00000000', /has changed since 00000000/],
    ['replace nothing', 'knowledge/using/ours.en.md', undefined, undefined],
    ['are another language', 'knowledge/using/agpl.zh-CN.md', undefined, undefined],
  ])('%s', (_, file, replaces, said) => {
    const findings = checkOverrides([{ file, replaces }], [shipped], '/srv/content');

    const lines = findings.map(formatFinding);
    expect(lines).toHaveLength(said ? 1 : 0);
    if (said) expect(lines[0]).toMatch(said);
    expect(findings.every(({ fatal }) => !fatal)).toBe(true);
  });
});
