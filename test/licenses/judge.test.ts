import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatExpression } from '../../src/licenses/expression.ts';
import { judge, stricter, type Tier } from '../../src/licenses/judge.ts';
import { type UseCase, useCases } from '../../src/licenses/policy.ts';
import { expressionOf, shippedLicenses } from './shipped.ts';

const require = createRequire(import.meta.url);
const ids: readonly string[] = require('spdx-license-ids');

const licenses = await shippedLicenses();
const starter = await shippedLicenses(false);

const judged = (text: string, use: UseCase = 'installable', modified = false) =>
  judge(licenses, expressionOf(text), { use, modified });

describe('the judge', () => {
  it.each<readonly [string, UseCase, boolean, Tier]>([
    ['AGPL-3.0-only', 'server', false, 'refer'],
    ['AGPL-3.0-or-later', 'internal', true, 'refer'],
    ['MIT', 'installable', false, 'conditions'],
    ['MIT', 'server', true, 'permitted'],
    ['GPL-3.0-only', 'internal', true, 'permitted'],
    ['GPL-2.0-only', 'embedded', false, 'refer'],
    ['LGPL-2.1-or-later', 'installable', false, 'conditions'],
    ['LGPL-2.1-or-later', 'installable', true, 'refer'],
    ['BUSL-1.1', 'internal', false, 'refer'],
    ['LicenseRef-none', 'internal', false, 'prohibited'],
    ['LicenseRef-acme', 'internal', false, 'unknown'],
    ['Apache-2.0 AND LicenseRef-Commons-Clause', 'server', false, 'refer'],
    ['licenseref-scancode-commons-clause', 'server', false, 'refer'],
    ['BSL-1.0', 'embedded', false, 'conditions'],
    // No facts of ours; rated Bronze by Blue Oak Council.
    ['Xfig', 'server', false, 'permitted'],
    // Rated Lead: that is not enough.
    ['Rdisc', 'server', false, 'unknown'],
  ])('%s for %s, modified %s: %s', (text, use, modified, tier) => {
    expect(judged(text, use, modified).tier).toBe(tier);
  });

  it.each([
    ['MIT OR GPL-3.0-only', 'conditions', ['MIT'], ['MIT']],
    ['GPL-3.0-only OR MIT', 'conditions', ['MIT'], ['MIT']],
    ['MIT AND GPL-3.0-only', 'refer', ['MIT', 'GPL-3.0-only'], []],
    ['(MIT OR GPL-3.0-only) AND ISC', 'conditions', ['MIT', 'ISC'], ['MIT']],
    ['LicenseRef-acme OR MIT', 'conditions', ['MIT'], ['MIT']],
    ['LicenseRef-acme OR GPL-3.0-only', 'refer', ['GPL-3.0-only'], ['GPL-3.0-only']],
    ['LicenseRef-acme AND MIT', 'unknown', ['LicenseRef-acme', 'MIT'], []],
    ['LicenseRef-acme AND LicenseRef-none', 'prohibited', ['LicenseRef-acme', 'LicenseRef-none'], []],
    ['Apache-2.0 OR MIT', 'conditions', ['Apache-2.0'], ['Apache-2.0']],
    ['(GPL-2.0-only AND ISC) OR Zlib', 'conditions', ['Zlib'], ['Zlib']],
  ])('%s: %s', (text, tier, held, taken) => {
    const found = judged(text);

    expect(found.tier).toBe(tier);
    expect(found.licenses.map(({ license }) => formatExpression(license))).toEqual(held);
    expect(found.taken.map(formatExpression)).toEqual(taken);
  });

  it.each([
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'conditions'],
    ['GPL-3.0-or-later WITH GCC-exception-3.1', 'conditions'],
    // It frees what the tool writes, not the tool.
    ['GPL-3.0-or-later WITH Bison-exception-2.2', 'refer'],
    ['AGPL-3.0-only WITH GPL-3.0-linking-exception', 'refer'],
    // Nobody has written down what it does: as if it were not there.
    ['GPL-2.0-only WITH vsftpd-openssl-exception', 'refer'],
  ])('counts an exception for what it says: %s', (text, tier) => {
    expect(judged(text).tier).toBe(tier);
  });

  it('permits nothing before the policy is adopted', () => {
    for (const use of useCases) {
      for (const id of ids) {
        const { tier, starter: unadopted } = judge(starter, expressionOf(id), { use, modified: false });

        expect([id, unadopted]).toEqual([id, true]);
        expect(['ask-first', 'refer', 'unknown', 'prohibited']).toContain(tier);
      }
    }
  });

  it('never allows what nobody knows', () => {
    const strangers = ids.filter((id) => licenses.factsOf(id) === undefined);

    expect(strangers.length).toBeGreaterThan(100);
    for (const id of strangers) expect([id, judged(id, 'internal').tier]).toEqual([id, 'unknown']);
  });

  it('tells what is due when what happens', () => {
    const dues = (text: string, use: UseCase, modified: boolean) =>
      judged(text, use, modified).licenses[0]?.dues.map(({ trigger }) => trigger);

    expect(dues('MIT', 'server', true)).toEqual([]);
    expect(dues('MIT', 'installable', true)).toEqual(['copy']);
    expect(dues('BSL-1.0', 'embedded', false)).toEqual(['source']);
    expect(dues('AGPL-3.0-only', 'server', false)).toEqual([]);
    expect(dues('AGPL-3.0-only', 'server', true)).toEqual(['network']);
    expect(dues('EUPL-1.2', 'server', false)).toEqual(['network']);
    expect(dues('GPL-3.0-only', 'embedded', true)).toEqual(['copy', 'changed', 'device']);
    expect(dues('SSPL-1.0', 'server', false)).toEqual(['service']);
  });

  it('of an OR is never worse than a branch, of an AND never better than a part', () => {
    const some = fc.constantFrom('MIT', 'GPL-3.0-only', 'AGPL-3.0-only', 'LicenseRef-x', 'LicenseRef-none', 'BUSL-1.1');
    const use = fc.constantFrom(...useCases);

    fc.assert(
      fc.property(some, some, some, use, fc.boolean(), (a, b, c, where, modified) => {
        const tier = (text: string) => judged(text, where, modified).tier;

        expect(stricter(tier(`${a} OR ${b} OR ${c}`), tier(a))).toBe(tier(a));
        expect(stricter(tier(`${a} AND ${b} AND ${c}`), tier(a))).toBe(tier(`${a} AND ${b} AND ${c}`));
        expect(tier(`${a} AND ${b}`)).toBe(tier(`${b} AND ${a}`));
      }),
      { seed: 20261122 },
    );
  });
});
