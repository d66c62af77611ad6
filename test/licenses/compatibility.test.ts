import { describe, expect, it } from 'vitest';
import { compatibility } from '../../src/licenses/compatibility.ts';
import { expressionOf, shippedLicenses } from './shipped.ts';

const licenses = await shippedLicenses();
const into = (inbound: string, outbound: string) =>
  compatibility(licenses, expressionOf(inbound), expressionOf(outbound));
const byOf = (inbound: string, outbound: string) => into(inbound, outbound).by.map(({ url }) => new URL(url).host);

/** What people ask about most. */
const asked = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSD-4-Clause',
  'Apache-1.1',
  'Apache-2.0',
  'Zlib',
  'BSL-1.0',
  'UPL-1.0',
  'NCSA',
  'PostgreSQL',
  'Unlicense',
  'CC0-1.0',
  'WTFPL',
  'JSON',
  'OpenSSL',
  'PHP-3.01',
  'Python-2.0',
  'Artistic-2.0',
  'MS-PL',
  'AFL-3.0',
  'MulanPSL-2.0',
  'MPL-1.1',
  'MPL-2.0',
  'EPL-1.0',
  'EPL-2.0',
  'CDDL-1.0',
  'CDDL-1.1',
  'CPL-1.0',
  'MS-RL',
  'LGPL-2.1-only',
  'LGPL-2.1-or-later',
  'LGPL-3.0-only',
  'LGPL-3.0-or-later',
  'GPL-2.0-only',
  'GPL-2.0-or-later',
  'GPL-2.0-only WITH Classpath-exception-2.0',
  'GPL-3.0-only',
  'GPL-3.0-or-later',
  'AGPL-3.0-only',
  'AGPL-3.0-or-later',
  'EUPL-1.2',
  'OSL-3.0',
  'CECILL-2.1',
  'LicenseRef-MulanPubL-2.0',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC-BY-NC-4.0',
  'OFL-1.1',
  'ODbL-1.0',
  'SSPL-1.0',
  'BUSL-1.1',
  'Elastic-2.0',
  'LicenseRef-none',
  'LicenseRef-proprietary',
];

describe('may code under this go into a work under that', () => {
  it.each<readonly [string, string, 'yes' | 'no' | 'depends' | 'unknown']>([
    // Apache and the GPL, in each direction.
    ['Apache-2.0', 'GPL-2.0-only', 'no'],
    ['GPL-2.0-only', 'Apache-2.0', 'no'],
    ['Apache-2.0', 'GPL-3.0-only', 'yes'],
    ['GPL-3.0-only', 'Apache-2.0', 'no'],
    ['Apache-2.0', 'GPL-2.0-or-later', 'depends'],
    ['GPL-2.0-or-later', 'Apache-2.0', 'no'],
    ['Apache-2.0', 'LGPL-2.1-only', 'no'],
    ['Apache-2.0', 'LGPL-3.0-only', 'yes'],
    ['Apache-2.0', 'AGPL-3.0-only', 'yes'],
    ['Apache-2.0 WITH LLVM-exception', 'GPL-2.0-only', 'yes'],
    ['Apache-1.1', 'GPL-3.0-only', 'no'],
    // The GNU licenses among themselves.
    ['GPL-2.0-only', 'GPL-3.0-only', 'no'],
    ['GPL-3.0-only', 'GPL-2.0-only', 'no'],
    ['GPL-2.0-or-later', 'GPL-3.0-only', 'yes'],
    ['GPL-2.0-or-later', 'AGPL-3.0-only', 'yes'],
    ['GPL-2.0-only', 'GPL-2.0-or-later', 'depends'],
    ['GPL-3.0-only', 'GPL-3.0-or-later', 'depends'],
    ['GPL-3.0-or-later', 'GPL-2.0-or-later', 'depends'],
    ['GPL-2.0-only', 'AGPL-3.0-only', 'no'],
    ['GPL-3.0-only', 'AGPL-3.0-only', 'yes'],
    ['AGPL-3.0-only', 'GPL-3.0-only', 'depends'],
    ['AGPL-3.0-only', 'GPL-2.0-only', 'no'],
    ['LGPL-2.1-only', 'GPL-2.0-only', 'yes'],
    ['LGPL-2.1-only', 'GPL-3.0-only', 'yes'],
    ['LGPL-3.0-only', 'GPL-2.0-only', 'no'],
    ['LGPL-3.0-only', 'GPL-3.0-only', 'yes'],
    ['LGPL-2.1-or-later', 'GPL-2.0-or-later', 'yes'],
    ['GPL-2.0-only', 'LGPL-2.1-only', 'no'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only', 'yes'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'Apache-2.0', 'depends'],
    ['GPL-2.0-only', 'GPL-2.0-only WITH Classpath-exception-2.0', 'depends'],
    ['MIT', 'GPL-2.0-only WITH Classpath-exception-2.0', 'yes'],
    // The list of the FSF.
    ['MIT', 'GPL-2.0-only', 'yes'],
    ['BSD-3-Clause', 'GPL-3.0-only', 'yes'],
    ['BSD-4-Clause', 'GPL-2.0-only', 'no'],
    ['BSD-4-Clause', 'GPL-3.0-or-later', 'no'],
    ['MPL-2.0', 'GPL-2.0-only', 'yes'],
    ['MPL-2.0', 'AGPL-3.0-or-later', 'yes'],
    ['MPL-2.0-no-copyleft-exception', 'GPL-3.0-only', 'no'],
    ['MPL-1.1', 'GPL-3.0-only', 'no'],
    ['EPL-1.0', 'GPL-2.0-only', 'no'],
    ['EPL-2.0', 'GPL-2.0-only', 'depends'],
    ['CDDL-1.0', 'GPL-2.0-only', 'no'],
    ['CPL-1.0', 'GPL-3.0-only', 'no'],
    ['MS-PL', 'GPL-3.0-only', 'no'],
    ['MS-RL', 'GPL-3.0-only', 'no'],
    ['AFL-3.0', 'GPL-3.0-only', 'no'],
    ['OSL-3.0', 'GPL-3.0-only', 'no'],
    ['OpenSSL', 'GPL-2.0-only', 'no'],
    ['PHP-3.01', 'GPL-3.0-only', 'no'],
    ['JSON', 'GPL-3.0-only', 'no'],
    ['JSON', 'Apache-2.0', 'no'],
    ['UPL-1.0', 'GPL-2.0-only', 'yes'],
    ['Artistic-2.0', 'GPL-2.0-only', 'yes'],
    ['EUPL-1.2', 'GPL-2.0-only', 'depends'],
    ['EUPL-1.2', 'GPL-3.0-only', 'depends'],
    ['GPL-3.0-only', 'EUPL-1.2', 'no'],
    ['CECILL-2.1', 'GPL-3.0-only', 'yes'],
    ['Sleepycat', 'GPL-2.0-only', 'depends'],
    ['FTL', 'GPL-2.0-only', 'no'],
    ['FTL', 'GPL-3.0-only', 'depends'],
    ['GPL-3.0-only', 'CDDL-1.0', 'no'],
    // Mulan.
    ['MulanPSL-2.0', 'GPL-2.0-only', 'depends'],
    ['MulanPSL-2.0', 'GPL-3.0-only', 'yes'],
    ['MulanPSL-2.0', 'Apache-2.0', 'yes'],
    ['MIT', 'MulanPSL-2.0', 'yes'],
    // Content.
    ['CC-BY-SA-4.0', 'GPL-3.0-only', 'yes'],
    ['CC-BY-SA-4.0', 'GPL-2.0-only', 'no'],
    ['CC-BY-SA-4.0', 'GPL-3.0-or-later', 'depends'],
    ['CC-BY-SA-3.0', 'GPL-3.0-only', 'no'],
    ['GPL-3.0-only', 'CC-BY-SA-4.0', 'no'],
    ['CC-BY-SA-3.0', 'CC-BY-SA-4.0', 'yes'],
    ['CC-BY-SA-4.0', 'CC-BY-SA-3.0', 'no'],
    ['CC-BY-4.0', 'GPL-3.0-only', 'yes'],
    ['CC-BY-4.0', 'CC-BY-SA-4.0', 'yes'],
    ['CC-BY-NC-4.0', 'MIT', 'no'],
    ['CC-BY-ND-4.0', 'CC-BY-4.0', 'no'],
    ['GFDL-1.3-only', 'GPL-3.0-only', 'no'],
    ['CC0-1.0', 'GPL-2.0-only', 'yes'],
    // Into closed and permissive works.
    ['MIT', 'LicenseRef-proprietary', 'yes'],
    ['Apache-2.0', 'MIT', 'yes'],
    ['LGPL-2.1-only', 'LicenseRef-proprietary', 'depends'],
    ['MPL-2.0', 'Apache-2.0', 'depends'],
    ['GPL-2.0-only', 'LicenseRef-proprietary', 'no'],
    ['AGPL-3.0-only', 'MIT', 'no'],
    // Not open.
    ['SSPL-1.0', 'AGPL-3.0-only', 'no'],
    ['BUSL-1.1', 'Apache-2.0', 'no'],
    ['GPL-3.0-only', 'SSPL-1.0', 'no'],
    ['LicenseRef-none', 'MIT', 'no'],
    ['LicenseRef-acme', 'MIT', 'unknown'],
    ['MIT', 'LicenseRef-acme', 'unknown'],
    ['Unlicense', 'LicenseRef-acme', 'unknown'],
  ])('%s into %s: %s', (inbound, outbound, verdict) => {
    expect(into(inbound, outbound).verdict).toBe(verdict);
  });

  it.each([
    ['GPL-2.0-only OR MIT', 'Apache-2.0', 'yes', 'Apache-2.0'],
    ['MIT AND GPL-2.0-only', 'Apache-2.0', 'no', undefined],
    ['MIT AND Apache-2.0', 'BSD-3-Clause', 'yes', 'BSD-3-Clause AND Apache-2.0'],
    ['GPL-3.0-only', 'MIT OR Apache-2.0', 'no', undefined],
    ['Apache-2.0', 'GPL-2.0-only OR GPL-3.0-only', 'depends', 'GPL-3.0-only'],
    ['MIT', 'MIT OR Apache-2.0', 'yes', 'MIT OR Apache-2.0'],
    ['Apache-2.0', 'GPL-2.0-or-later', 'depends', 'GPL-3.0-or-later'],
    ['GPL-2.0-only', 'GPL-2.0-or-later', 'depends', 'GPL-2.0-only'],
    ['GPL-3.0-only', 'GPL-3.0-or-later', 'depends', 'GPL-3.0-only'],
    ['MIT', 'GPL-2.0-or-later', 'yes', 'GPL-2.0-or-later'],
    ['GPL-3.0-only', 'AGPL-3.0-only', 'yes', 'AGPL-3.0-only AND GPL-3.0-only'],
    ['GPL-2.0-only', 'GPL-2.0-only WITH Classpath-exception-2.0', 'depends', 'GPL-2.0-only'],
  ])('%s into %s: the whole goes out under what is left', (inbound, outbound, verdict, result) => {
    expect(into(inbound, outbound)).toMatchObject({ verdict, result });
  });

  it('says whose analysis it is, what has to hold, and what else could be done', () => {
    const apache = into('Apache-2.0', 'GPL-2.0-only');
    const later = into('GPL-2.0-or-later', 'GPL-3.0-only');

    expect(byOf('Apache-2.0', 'GPL-2.0-only')).toEqual(['www.gnu.org', 'www.apache.org']);
    expect(apache.waysOut[0]?.en).toContain('GPL-2.0 or later');
    expect(later.conditions[0]?.en).toContain('GPL-3.0-only');
    expect(into('MPL-2.0', 'GPL-2.0-only').conditions[0]?.en).toContain('Incompatible With Secondary Licenses');
    expect(byOf('MulanPSL-2.0', 'GPL-2.0-only')).toEqual(['license.coscl.org.cn', 'www.gnu.org']);
    expect(byOf('Sleepycat', 'GPL-3.0-only')).toEqual(['www.gnu.org', 'www.osadl.org']);
  });
});

describe('among all licenses that people ask about', () => {
  const pairs = asked.flatMap((inbound) => asked.map((outbound) => [inbound, outbound] as const));
  const familyOf = (text: string) => licenses.factsOf(text.split(' ')[0] ?? '')?.family ?? 'unknown';
  const free = (text: string) => !['source-available', 'proprietary', 'none'].includes(familyOf(text));

  it('every pair has a verdict with a reason in both languages', () => {
    for (const [inbound, outbound] of pairs) {
      const { why, verdict } = into(inbound, outbound);

      expect([inbound, outbound, why.en, why['zh-CN']]).toEqual([
        inbound,
        outbound,
        expect.stringMatching(/[.]$/),
        expect.stringMatching(/。$/),
      ]);
      if (verdict === 'yes' && why.en !== 'It is the same license.') expect(byOf(inbound, outbound)).not.toEqual([]);
    }
  });

  it('each goes into itself, unless nobody may pass it on', () => {
    for (const id of asked.filter(free)) expect([id, into(id, id).verdict]).toEqual([id, 'yes']);
    expect(into('LicenseRef-none', 'LicenseRef-none').verdict).toBe('no');
  });

  it('nothing but permissive code goes into permissive works', () => {
    for (const [inbound, outbound] of pairs) {
      if (familyOf(outbound) !== 'permissive' || into(inbound, outbound).verdict !== 'yes') continue;
      expect([inbound, ['permissive', 'public-domain'].includes(familyOf(inbound))]).toEqual([inbound, true]);
    }
  });

  it('nothing that limits its users goes into open works, nor copyleft into closed ones', () => {
    for (const [inbound, outbound] of pairs) {
      const { verdict } = into(inbound, outbound);
      if (!free(inbound) && inbound !== outbound) expect(verdict).not.toBe('yes');
      if (['strong', 'network'].includes(familyOf(inbound)) && !free(outbound) && !inbound.includes('WITH')) {
        expect([inbound, outbound, verdict]).toEqual([inbound, outbound, 'no']);
      }
    }
  });

  it('the plainest permissive licenses go into everything open that takes code', () => {
    const taking = asked.filter((id) =>
      ['permissive', 'weak-file', 'weak-library', 'strong', 'network'].includes(familyOf(id)),
    );
    for (const inbound of ['MIT', 'ISC', 'BSD-3-Clause', '0BSD', 'Unlicense']) {
      for (const outbound of taking) {
        expect([inbound, outbound, into(inbound, outbound).verdict]).toEqual([inbound, outbound, 'yes']);
      }
    }
  });

  it('two copylefts never both say yes to each other, but for versions and exceptions of one', () => {
    const strong = asked.filter((id) => ['strong', 'network'].includes(familyOf(id)));
    for (const a of strong) {
      for (const b of strong) {
        if (a === b || into(a, b).verdict !== 'yes' || into(b, a).verdict !== 'yes') continue;
        expect(a.replace(/-(only|or-later).*/, '')).toBe(b.replace(/-(only|or-later).*/, ''));
      }
    }
  });

  it('an OR is never worse than its branches, an AND never better than its parts', () => {
    const ranks = ['yes', 'depends', 'unknown', 'no'];
    for (const [a, outbound] of pairs.filter((_, at) => at % 7 === 0)) {
      const [alone, either, both] = [a, `${a} OR MIT`, `${a} AND Apache-2.0`].map(
        (text) => into(text, outbound).verdict,
      );

      expect(ranks.indexOf(either ?? '')).toBeLessThanOrEqual(ranks.indexOf(alone ?? ''));
      expect(ranks.indexOf(both ?? '')).toBeGreaterThanOrEqual(ranks.indexOf(alone ?? ''));
    }
  });
});
