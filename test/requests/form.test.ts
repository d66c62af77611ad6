import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExpression } from '../../src/licenses/expression.ts';
import { type Condition, holds, judge, type Values } from '../../src/requests/condition.ts';
import { answersAsked, checkAnswer, fieldsAsked, stepsOf, subjectOf, tidyAnswer } from '../../src/requests/form.ts';
import { componentKey, keysOf, licenseKeys, projectKey, sameKey } from '../../src/requests/keys.ts';
import { readPurl } from '../../src/requests/purl.ts';
import { type Field, RequestType } from '../../src/requests/type.ts';

const words = (text: string) => ({ en: text, 'zh-CN': text });

const type = RequestType.parse({
  id: 'sample',
  title: words('Sample'),
  short: words('Sample'),
  what: words('What'),
  subject: { en: 'Use {component} ({license}) · {nature}', 'zh-CN': '使用 {component}（{license}） · {nature}' },
  order: 1,
  fields: [
    {
      id: 'nature',
      kind: 'choice',
      label: words('Nature'),
      choices: [
        { id: 'bug_fix', label: { en: 'Bug fix', 'zh-CN': '修 bug' } },
        { id: 'feature', label: { en: 'New feature', 'zh-CN': '新功能' } },
      ],
    },
    { id: 'component', kind: 'text', label: words('Component'), ask: { when: 'nature', is: 'feature' } },
    { id: 'license', kind: 'license', label: words('License'), ask: { when: 'component', filled: true } },
    { id: 'url', kind: 'url', label: words('Address'), ask: { when: 'project.known', isNot: 'yes' } },
    {
      id: 'tags',
      kind: 'choices',
      label: words('Tags'),
      required: false,
      choices: [
        { id: 'none', label: words('None'), alone: true },
        { id: 'a', label: words('A') },
        { id: 'b', label: words('B') },
      ],
    },
  ],
  steps: [
    { title: words('One'), fields: ['nature', 'component', 'license'] },
    { title: words('Two'), fields: ['url'] },
    { title: words('Three'), fields: ['tags'] },
  ],
  stages: [{ id: 'ospo', name: words('Office'), order: 1, who: { roles: ['ospo'] }, days: 2 }],
  routes: [{ id: 'all', level: 4, stages: ['ospo'], because: words('All') }],
  same: ['component', 'nature'],
  find: { component: 'component', license: 'license' },
  declines: [{ id: 'no', label: words('No'), mend: words('Mend') }],
});

const field = (kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  ...type.fields[0],
  id: 'one',
  label: words('One'),
  required: true,
  fact: false,
  quote: false,
  confidential: false,
  choices: undefined,
  kind,
  ...more,
});

describe('the steps of a form', () => {
  it('vanish when nothing on them is asked, and come back', () => {
    const titles = (values: Values) => stepsOf(type, values).map(({ title }) => title.en);

    expect(titles({ nature: 'bug_fix', 'project.known': 'yes' })).toEqual(['One', 'Three']);
    expect(titles({ nature: 'bug_fix', 'project.known': 'no' })).toEqual(['One', 'Two', 'Three']);
    expect(titles({})).toEqual(['One', 'Two', 'Three']);
  });

  it('ask nothing because of an answer that is not asked itself any more', () => {
    const values = { nature: 'bug_fix', component: 'zod', license: 'MIT' };

    expect(fieldsAsked(type, values).map(({ id }) => id)).toEqual(['nature', 'url', 'tags']);
    expect(answersAsked(type, { ...values, tags: [] })).toEqual({ nature: 'bug_fix' });
    expect(answersAsked(type, { ...values, nature: 'feature' })).toMatchObject({ component: 'zod', license: 'MIT' });
  });
});

describe('an answer', () => {
  const choices = type.fields[4]?.choices;

  const cases: readonly (readonly [Field['kind'], Values[string], boolean, Partial<Field>?])[] = [
    ['text', 'apache/kafka', true],
    ['text', '   ', false],
    ['text', 'x'.repeat(151), false],
    ['text', 'x'.repeat(151), true, { max: 151 }],
    ['text', '', true, { required: false }],
    ['long', '漢'.repeat(3_000), true],
    ['long', 'x'.repeat(3_001), false],
    ['license', 'apache-2.0', true],
    ['license', 'MIT OR (GPL-2.0-only WITH Classpath-exception-2.0)', true],
    ['license', 'LicenseRef-none', true],
    ['license', 'Apache 2', false],
    ['license', 'NOASSERTION', false],
    ['license', 'GPL', false],
    ['purl', 'pkg:npm/%40scope/name@1.0.0', true],
    ['purl', 'npm/left-pad', false],
    ['url', 'https://github.com/apache/kafka/pull/1', true],
    ['url', 'http://github.com/apache/kafka', false],
    ['url', 'https://localhost', false],
    ['url', 'https://user:secret@example.com', false],
    ['url', 'javascript:alert(1)', false],
    ['url', 'https://example.com/a b', false],
    ['number', '40', true],
    ['number', '1,200', true],
    ['number', '４０', true],
    ['number', 0, true],
    ['number', '-3', false],
    ['number', '3.5', false],
    ['number', '100', false, { max: 99 }],
    ['number', 'many', false],
    ['yesno', 'no', true],
    ['yesno', 'maybe', false],
    ['confirm', 'yes', true],
    ['confirm', 'no', false],
    ['date', '2026-12-31', true],
    ['date', '2026-02-30', false],
    ['date', 'tomorrow', false],
    ['person', 'U012ABCDEF', true],
    ['person', '@mei', false],
    ['people', ['U012ABCDEF', 'W012ABCDEF'], true],
    ['people', [], false],
    ['choice', 'a', true, { choices }],
    ['choice', 'c', false, { choices }],
    ['choices', ['a', 'b'], true, { choices }],
    ['choices', ['none'], true, { choices }],
    ['choices', ['none', 'a'], false, { choices }],
    ['choices', ['a', 'c'], false, { choices }],
    ['files', ['F1'], true],
  ];
  it.each(cases.map(([kind, value, fine, more = {}]) => ({ kind, value, fine, more })))(
    'of the kind $kind: $value',
    ({ kind, value, fine, more }) => {
      const error = checkAnswer(field(kind, more), value, 'en', readExpression);

      expect(error === undefined, error).toBe(fine);
    },
  );

  it('says what is wrong and what to do, in the language of the person', () => {
    const long = field('text', { max: 3 });

    expect(checkAnswer(long, '1234', 'zh-CN', readExpression)).toBe(
      '最多 3 个字符，现在有 4 个。请精简，或者附上完整版的链接。',
    );
    expect(checkAnswer(field('license'), 'FooBar-1.0', 'en', readExpression)).toContain(
      'Not in the SPDX list: FooBar-1.0.',
    );
  });

  it.each<readonly [Field['kind'], string, unknown]>([
    ['text', '  apache \n kafka ', 'apache kafka'],
    ['long', ' one\n\ntwo ', 'one\n\ntwo'],
    ['number', '1,200', 1_200],
    ['license', 'apache-2.0 or mit', 'Apache-2.0 OR MIT'],
    ['purl', 'pkg:NPM/left-pad@1.0.0', 'pkg:npm/left-pad@1.0.0'],
  ])('of the kind %s is kept tidy: %j', (kind, value, kept) => {
    expect(tidyAnswer(field(kind), value, readExpression)).toBe(kept);
  });

  it('never throws, whatever is typed', () => {
    const kinds = ['text', 'long', 'license', 'purl', 'url', 'number', 'date', 'person'] as const;

    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.string({ unit: 'binary', maxLength: 200 }), (kind, text) => {
        const tidy = tidyAnswer(field(kind), text, readExpression);

        expect(typeof checkAnswer(field(kind), tidy, 'zh-CN', readExpression)).toMatch(/string|undefined/);
      }),
      { seed: 20261122 },
    );
  });
});

describe('the subject', () => {
  it.each<readonly [Values, string, string]>([
    [
      { nature: 'feature', component: 'zod', license: 'MIT' },
      'Use zod (MIT) · New feature',
      '使用 zod（MIT） · 新功能',
    ],
    [{ nature: 'bug_fix' }, 'Use · Bug fix', '使用 · 修 bug'],
    [{ component: 'zod' }, 'Use zod', '使用 zod'],
    [{ component: '{license}', license: 'MIT' }, 'Use {license} (MIT)', '使用 {license}（MIT）'],
  ])('of %j', (answers, en, zh) => {
    expect(subjectOf(type, answers, 'en')).toBe(en);
    expect(subjectOf(type, answers, 'zh-CN')).toBe(zh);
  });
});

describe('conditions', () => {
  it.each<readonly [Condition, Values, 'yes' | 'no' | 'unknown']>([
    [{ when: 'license.tier', is: 'permitted' }, {}, 'unknown'],
    [{ when: 'license.tier', is: 'permitted' }, { 'license.tier': 'unknown' }, 'unknown'],
    [{ when: 'license.tier', is: ['unknown', 'refer'] }, {}, 'yes'],
    [{ when: 'license.tier', is: ['unknown', 'refer'] }, { 'license.tier': 'permitted' }, 'no'],
    [{ when: 'license.tier', isNot: 'permitted' }, {}, 'unknown'],
    [{ not: { when: 'license.tier', is: 'permitted' } }, {}, 'unknown'],
    [
      {
        all: [
          { when: 'lines', upTo: 100 },
          { when: 'license.tier', is: 'permitted' },
        ],
      },
      { lines: 200 },
      'no',
    ],
    [
      {
        all: [
          { when: 'lines', upTo: 100 },
          { when: 'license.tier', is: 'permitted' },
        ],
      },
      { lines: 100 },
      'unknown',
    ],
    [
      {
        any: [
          { when: 'lines', over: 100 },
          { when: 'license.tier', is: 'permitted' },
        ],
      },
      { lines: 101 },
      'yes',
    ],
    [{ when: 'flags', is: ['a', 'b'] }, { flags: ['b', 'c'] }, 'yes'],
    [{ when: 'flags', isNot: 'b' }, { flags: ['b', 'c'] }, 'no'],
    [{ when: 'flags', filled: false }, { flags: [] }, 'yes'],
    [{ when: 'lines', over: 3 }, {}, 'no'],
    [{ when: 'lines', isNot: 3 }, {}, 'yes'],
  ])('%j for %j', (condition, values, is) => {
    expect(judge(condition, values).is).toBe(is);
  });

  it('that are decided hold whatever the unknown facts are', () => {
    const leaf = fc.record({ when: fc.constantFrom('a.x', 'b.x', 'c'), is: fc.constantFrom('yes', 'no') });
    const { tree } = fc.letrec<{ tree: Condition; leaf: Condition }>((tie) => ({
      leaf,
      tree: fc.oneof(
        { maxDepth: 3 },
        tie('leaf'),
        fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie('tree') }),
      ),
    }));
    const value = fc.constantFrom('yes', 'no');

    fc.assert(
      fc.property(
        tree,
        fc.record({ 'a.x': value, 'b.x': value, c: value }),
        fc.subarray(['a.x', 'b.x']),
        (one, all, hidden) => {
          const partly = Object.fromEntries(Object.entries(all).filter(([name]) => !hidden.includes(name)));
          const judged = judge(one, partly).is;

          if (judged !== 'unknown') expect(judged).toBe(holds(one, all) ? 'yes' : 'no');
        },
      ),
      { seed: 20261122, numRuns: 500 },
    );
  });
});

describe('package URLs', () => {
  it.each([
    ['pkg:npm/left-pad@1.3.0', 'pkg:npm/left-pad@1.3.0', 'pkg:npm/left-pad'],
    ['pkg:npm/%40babel/core@7.0.0', 'pkg:npm/%40babel/core@7.0.0', 'pkg:npm/%40babel/core'],
    ['pkg:npm/@babel/core', 'pkg:npm/%40babel/core', 'pkg:npm/%40babel/core'],
    [
      'pkg://maven/org.apache.kafka/kafka-clients@3.0?type=jar',
      'pkg:maven/org.apache.kafka/kafka-clients@3.0?type=jar',
      'pkg:maven/org.apache.kafka/kafka-clients',
    ],
    ['pkg:PyPI/Foo_Bar', 'pkg:pypi/foo-bar', 'pkg:pypi/foo-bar'],
    ['pkg:GitHub/Apache/Kafka#docs', 'pkg:github/apache/kafka#docs', 'pkg:github/apache/kafka'],
  ])('%s', (text, canonical, component) => {
    expect(readPurl(text)).toMatchObject({ text: canonical, component });
  });

  it.each(['', 'pkg:', 'pkg:npm', 'pkg:npm/', 'npm/left-pad', 'pkg:1npm/x', 'pkg:npm/%E0%A4%A', 'pkg:npm/x@'])(
    '%j is none',
    (text) => {
      expect(readPurl(text)).toBeUndefined();
    },
  );

  it('are what they are read back as', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.string({ maxLength: 10 }), (name, version) => {
        const purl = readPurl(
          `pkg:cargo/${encodeURIComponent(name)}${version ? `@${encodeURIComponent(version)}` : ''}`,
        );

        if (purl) expect(readPurl(purl.text)).toEqual(purl);
      }),
      { seed: 20261122 },
    );
  });
});

describe('what a request is found by', () => {
  it.each([
    ['https://github.com/Apache/Kafka.git', 'project:apache/kafka'],
    ['git@github.com:apache/kafka', 'project:git@github.com:apache/kafka'],
    ['ＡＰＡＣＨＥ/Kafka ', 'project:apache/kafka'],
    ['https://gitlab.com/a/b/?x=1', 'project:gitlab.com/a/b'],
  ])('the project %s', (text, key) => {
    expect(projectKey(text)).toBe(key);
  });

  it('each license of an expression, and no exception', () => {
    expect(licenseKeys('MIT OR (GPL-2.0-only WITH Classpath-exception-2.0 AND MIT)')).toEqual([
      'license:mit',
      'license:gpl-2.0-only',
    ]);
  });

  it('the component, whatever its version', () => {
    expect(componentKey('pkg:npm/left-pad@1.0.0')).toBe(componentKey('pkg:npm/left-pad@2.0.0'));
  });

  it('the same thing asked in other letters, and nothing when it is not said', () => {
    const key = (answers: Values) => sameKey(type, answers);

    expect(key({ component: 'Zod', nature: 'feature' })).toBe(key({ component: ' zod', nature: 'feature' }));
    expect(key({ component: 'zod', nature: 'bug_fix' })).not.toBe(key({ component: 'zod', nature: 'feature' }));
    expect(key({ component: 'zod' })).toBeUndefined();
    expect(keysOf(type, { component: 'zod', license: 'MIT', nature: 'feature' })).toHaveLength(4);
  });
});
