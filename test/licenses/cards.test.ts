import { describe, expect, it } from 'vitest';
import { type Locale, locales } from '../../src/core/i18n.ts';
import { cardText, compatibilityCard, judgementCard, licenseCard, readingLines } from '../../src/licenses/cards.ts';
import { type License, readExpression } from '../../src/licenses/expression.ts';
import { judge } from '../../src/licenses/judge.ts';
import { type UseCase, useCases } from '../../src/licenses/policy.ts';
import { expressionOf, shippedLicenses } from './shipped.ts';

const licenses = await shippedLicenses();
const starter = await shippedLicenses(false);

function judged(text: string, use: UseCase, modified: boolean, locale: Locale = 'en') {
  const expression = expressionOf(text);
  return judgementCard(licenses, expression, judge(licenses, expression, { use, modified }), locale);
}

describe('what people ask most', () => {
  it('can I use AGPL-3.0 in our SaaS?', () => {
    const asIs = judged('AGPL-3.0-only', 'server', false);
    const changed = judged('AGPL-3.0-only', 'server', true);

    expect(asIs.answer).toBe('Goes to review (on our servers, unmodified)');
    expect(asIs.license).toContain('It asks nothing of us in this use.');
    expect(changed.license.join('\n')).toContain('When others use a changed version over a network: make the source');
    expect(asIs.license.join('\n')).toContain('Section 13');
    expect(asIs.policy.join('\n')).toContain('Goes to review: Whoever uses a changed version');
    expect(asIs.now).toEqual(['Request the component before you use it; say how it is joined to our code.']);
  });

  it('is Apache-2.0 compatible with GPL-2.0-only?', () => {
    const card = (inbound: string, outbound: string) =>
      compatibilityCard(licenses, expressionOf(inbound), expressionOf(outbound), 'en');

    expect(card('Apache-2.0', 'GPL-2.0-only').answer).toBe('No');
    expect(card('GPL-2.0-only', 'Apache-2.0').answer).toBe('No');
    expect(card('Apache-2.0', 'GPL-3.0-only').answer).toBe('Yes');
    expect(card('Apache-2.0', 'GPL-2.0-only').now.join(' ')).toContain('"GPL-2.0 or later"');
    expect(card('Apache-2.0', 'GPL-2.0-only').foot[0]).toContain('Separate programs');
  });

  it('what must I do to ship MIT code?', () => {
    const { license, now, answer } = judged('MIT', 'installable', false);

    expect(answer).toBe('Permitted with conditions (in an app that users install, unmodified)');
    expect(license).toContain('With every copy you hand out: keep the copyright notices; pass on the license text');
    expect(license.join(' ')).not.toContain('source');
    expect(now).toEqual(['No request is needed. Do what the conditions say, and keep it in the SBOM.']);
  });
});

describe('the policy for every use', () => {
  const policyOf = (id: string) => licenseCard(licenses, { kind: 'license', id, orLater: false }, 'en').policy;

  it('is one line where all uses are judged alike', () => {
    const [line = ''] = policyOf('AGPL-3.0-only');

    expect(line).toMatch(/^Whatever the use: .+, modified or not$/);
  });

  it('names every use once where they are not', () => {
    const lines = policyOf('GPL-3.0-only').filter((line) => !line.startsWith('Policy') && !line.startsWith('Starter'));
    const names = useCases.map((use) => licenses.policy?.useCases[use].name.en ?? use);

    expect(lines.length).toBeGreaterThan(1);
    for (const name of names) {
      expect(lines.filter((line) => line.toLowerCase().includes(name.toLowerCase()))).toHaveLength(1);
    }
  });
});

describe('every card', () => {
  const broken = /undefined|null|\[object|: *$|：$/m;

  it.each(locales)('of a license keeps the three layers apart, in %s', (locale) => {
    for (const { ids } of licenses.all) {
      const license: License = { kind: 'license', id: ids[0] ?? '', orLater: false };
      const card = licenseCard(licenses, license, locale);

      expect([card.title, card.license.length > 1, card.policy.length > 1, card.now.length]).toEqual([
        expect.stringContaining(ids[0] ?? ''),
        true,
        true,
        1,
      ]);
      expect(cardText(card, locale)).not.toMatch(broken);
    }
  });

  it.each(locales)('of a judgement says why and what to do, in %s', (locale) => {
    for (const text of [
      'MIT',
      'MIT OR GPL-3.0-only',
      'MIT AND LicenseRef-acme',
      'GPL-2.0-only WITH GCC-exception-2.0',
    ]) {
      for (const use of useCases) {
        const card = judged(text, use, true, locale);

        expect([card.answer.length > 0, card.policy.length >= 2, card.now.length]).toEqual([true, true, 1]);
        expect(cardText(card, locale)).not.toMatch(broken);
      }
    }
  });

  it.each([
    ['asks for it where uses come to different verdicts', licenses, 'MIT', /^Say what you use it for/],
    ['says what to do where all come to the same', starter, 'MIT', /^Ask the open source office/],
  ])('without a use %s', (_, known, id, now) => {
    const card = licenseCard(known, { kind: 'license', id, orLater: false }, 'en');

    expect(card.now).toEqual([expect.stringMatching(now)]);
  });

  it('marks a policy that nobody has adopted', () => {
    const card = licenseCard(starter, { kind: 'license', id: 'MIT', orLater: false }, 'en');

    expect(card.policy.at(-1)).toBe('Starter text, not yet confirmed by your open source office');
    expect(card.policy.join('\n')).not.toContain('Permitted');
  });
});

describe('what was read', () => {
  it.each([
    ['gpl-2.0+', ['Read gpl-2.0 as GPL-2.0.', 'GPL-2.0+ is a withdrawn id; read as GPL-2.0-or-later.']],
    ['Net-SNMP', ['Net-SNMP is a withdrawn id, and SPDX has none in its place.']],
    ['mit or isc', ['Read mit as MIT.', 'Read isc as ISC.']],
    ['NOASSERTION', ['NOASSERTION: nobody says what the license is.']],
    ['Apache 2', ['No SPDX id: Apache, 2.']],
    ['MIT/ISC', ['This is no SPDX expression. Join ids with AND, OR or WITH.']],
  ])('%s is told', (text, lines) => {
    expect(readingLines(readExpression(text), 'en')).toEqual(lines);
  });
});
