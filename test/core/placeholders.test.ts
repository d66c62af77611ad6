import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkShape } from '../../src/core/findings.ts';
import type { Locale } from '../../src/core/i18n.ts';
import { Organization } from '../../src/core/organization.ts';
import { fillPlaceholders, placeholdersIn, resolvePlaceholder } from '../../src/core/placeholders.ts';

const { value: organization } = checkShape(
  Organization,
  {
    name: 'Example',
    ospo: {
      name: { en: 'Open Source Office', 'zh-CN': '开源办公室' },
      sla: { component: { en: 'We answer within 2 business days.', 'zh-CN': '2 个工作日内答复。' } },
    },
    offices: [{ id: 'berlin', name: { en: 'Berlin', 'zh-CN': '柏林' }, zone: 'Europe/Berlin' }],
    roles: { legal: ['legal@example.com'] },
    links: { handbook: 'https://handbook.example.com' },
    desks: { it: '#it-help' },
  },
  'organization.yml',
);
if (!organization) throw new Error('the fixture is wrong');

describe('the value of a placeholder', () => {
  it.each<[string, Locale, string | undefined]>([
    ['name', 'en', 'Example'],
    ['ospo.name', 'en', 'Open Source Office'],
    ['ospo.name', 'zh-CN', '开源办公室'],
    ['links.handbook', 'zh-CN', 'https://handbook.example.com'],
    ['limits.smallContributionLines', 'en', '100'],
    ['desks.hr', 'en', undefined],
    ['ospo.sla', 'en', undefined],
    ['ospo.sla.component.en', 'en', 'We answer within 2 business days.'],
    ['roles.legal.0', 'en', undefined],
    ['people.0.who', 'en', undefined],
    ['links.constructor.name', 'en', undefined],
    ['name.length', 'en', undefined],
  ])('of %s in %s', (path, locale, expected) => {
    expect(resolvePlaceholder(organization, path, locale)).toBe(expected);
  });
});

describe('a text with placeholders', () => {
  it.each<[string, Locale, string, string]>([
    [
      'a promise as a sentence',
      'en',
      'Ask (see LICENSE). {{ospo.sla.component}} Until then, wait.',
      'Ask (see LICENSE). We answer within 2 business days. Until then, wait.',
    ],
    [
      'a promise with a full stop of its own',
      'en',
      'Ask. {{ospo.sla.component}}. Wait.',
      'Ask. We answer within 2 business days. Wait.',
    ],
    [
      'a promise in Chinese',
      'zh-CN',
      '提交申请。{{ospo.sla.component}}得到答复之前，不要上线。',
      '提交申请。2 个工作日内答复。得到答复之前，不要上线。',
    ],
    [
      'a value inside a sentence',
      'en',
      'Look into {{links.handbook}}, then ask {{ desks.it }}.',
      'Look into https://handbook.example.com, then ask #it-help.',
    ],
    ['a missing promise', 'en', 'Ask. {{ospo.sla.none}} Until then, wait.', 'Ask. Until then, wait.'],
    [
      'a missing promise in Chinese',
      'zh-CN',
      '提交申请（见文件）。{{ospo.sla.none}}得到答复之前，不要上线。',
      '提交申请（见文件）。得到答复之前，不要上线。',
    ],
    ['a missing promise at the end', 'en', 'Ask. {{ospo.sla.none}}', 'Ask.'],
    [
      'a missing value in a sentence',
      'en',
      'Ask v3.0 first. Then go to {{desks.hr}}, e.g. by mail, today. Done.',
      'Ask v3.0 first. Done.',
    ],
    [
      'a missing value in a Chinese sentence',
      'zh-CN',
      '先看许可证。再问 {{desks.hr}}，今天就问。好了。',
      '先看许可证。好了。',
    ],
    ['a missing value in a list', 'en', 'Ask:\n- {{desks.hr}}\n- {{desks.it}}\n', 'Ask:\n- #it-help\n'],
    ['a missing value alone in a paragraph', 'en', 'One.\n\n{{desks.hr}}.\n\nTwo.', 'One.\n\nTwo.'],
    ['an exact dollar sign and braces', 'en', 'Costs $& {x}. {{desks.it}}', 'Costs $& {x}. #it-help'],
  ])('%s', (_, locale, text, expected) => {
    expect(fillPlaceholders(text, organization, locale).text).toBe(expected);
  });

  it('names what is missing, each once', () => {
    const { missing } = fillPlaceholders(
      '{{desks.hr}} {{desks.hr}}\n{{ospo.sla.none}} {{desks.it}}',
      organization,
      'en',
    );

    expect(missing).toEqual(['desks.hr', 'ospo.sla.none']);
  });

  it('leaves no known placeholder behind and texts without one alone', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{{desks.hr}}',
        '{{desks.it}}',
        '{{ospo.sla.none}}',
        '{{ospo.sla.component}}',
        '. ',
        '。',
        '\n',
        '- ',
        'word ',
      ),
      fc.string({ maxLength: 8 }),
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const filled = fillPlaceholders(text, organization, 'en');

        expect(placeholdersIn(filled.text)).toEqual([]);
        if (placeholdersIn(text).length === 0) expect(filled.text).toBe(text);
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });
});
