import { beforeAll, describe, expect, it } from 'vitest';
import { articleContent } from '../../src/ask/knowledge.ts';
import { type Content, loadContent } from '../../src/content/content.ts';
import { folderLayer } from '../../src/content/layer.ts';
import { locales } from '../../src/core/i18n.ts';
import { handbookKinds } from '../../src/handbook.ts';
import { shippedDir } from '../../src/layers.ts';
import { readExpression } from '../../src/licenses/expression.ts';
import { useCases } from '../../src/licenses/policy.ts';
import type { Values } from '../../src/requests/condition.ts';
import { answersAsked, checkAnswer, checkAnswers, stepsOf, subjectOf } from '../../src/requests/form.ts';
import { keysOf } from '../../src/requests/keys.ts';
import { route } from '../../src/requests/routing.ts';
import type { RequestType } from '../../src/requests/type.ts';
import { checkArticles } from '../../src/requests/type-checks.ts';
import { requestContent } from '../../src/requests/type-content.ts';

let content: Content;
let types: ReadonlyMap<string, RequestType>;

beforeAll(async () => {
  content = await loadContent({
    layers: [folderLayer('data', shippedDir)],
    kinds: [...new Set([...handbookKinds, requestContent])],
    now: Date.parse('2026-11-22T00:00:00Z'),
  });
  types = new Map(content.items(requestContent).map(({ type }) => [type.id, type]));
});

function typeOf(id: string): RequestType {
  const type = types.get(id);
  if (!type) throw new Error(`there is no type ${id}`);
  return type;
}

const known = {
  'type.adopted': 'yes',
  'training.current': 'yes',
  'project.known': 'yes',
  'license.tier': 'permitted',
  'cla.cleared': 'yes',
  'size.small': 'yes',
  'standing.covers': 'no',
  'component.approved': 'no',
};
const fix = { project: 'apache/kafka', nature: 'bug_fix', lines: 40, summary: 'Fixes the lag.', flags: ['none'] };

describe('the types that ship', () => {
  it('have no mistakes, and point to articles that are there', () => {
    const articles = new Set(content.items(articleContent).map(({ id }) => id));
    const findings = content.findings.filter(({ file }) => file.includes('/requests/'));

    const lost = content.items(requestContent).flatMap((edition) => checkArticles(edition, articles));

    expect([...findings, ...lost]).toEqual([]);
    expect([...types.keys()].sort()).toEqual([
      'advice',
      'agreement',
      'component',
      'components',
      'concern',
      'contribute',
      'event',
      'inquiry',
      'it-exception',
      'ma-review',
      'maintainer',
      'pre-review',
      'release',
      'release-signoff',
      'supplier',
      'university',
    ]);
  });

  it('what articles fill in is an answer that the form takes', () => {
    const filled = content.items(articleContent).flatMap(({ id, facts }) => {
      const next = facts?.next;
      return next && 'request' in next ? [{ id, next }] : [];
    });

    const refused = filled.flatMap(({ id, next }) => {
      const type = typeOf(next.request);
      return Object.entries(next.prefill).flatMap(([name, value]) => {
        const field = type.fields.find((one) => one.id === name);
        const answer = field?.kind === 'choices' ? [value] : value;
        const error = field ? checkAnswer(field, answer, 'en', readExpression) : 'no such field';
        return error ? [`${id}: ${name}: ${value}: ${error}`] : [];
      });
    });

    expect(filled.length).toBeGreaterThan(10);
    expect(refused).toEqual([]);
  });

  it('components are used for what the license policy knows', () => {
    for (const type of ['component', 'components']) {
      const field = typeOf(type).fields.find(({ id }) => id === 'useCase');

      expect(field?.choices?.map(({ id }) => id)).toEqual([...useCases]);
    }
  });

  it('a request for a list is found by each of its components', () => {
    const components = 'pkg:npm/left-pad@1.3.0 · MIT\nzod 4.6.7 · MIT\nzod 4.6.8 · MIT\n\n@acme/core · ISC';

    const keys = keysOf(typeOf('components'), { components });

    expect(keys.filter((key) => !key.startsWith('name:'))).toEqual([
      'component:pkg:npm/left-pad',
      'component:zod',
      'component:@acme/core',
    ]);
    expect(keys.filter((key) => key.startsWith('name:'))).toEqual(['name:left-pad', 'name:zod', 'name:core']);
  });

  it('a simple fix on a known project is one step of five fields', () => {
    const steps = stepsOf(typeOf('contribute'), { ...fix, ...known });

    expect(steps.map(({ fields }) => fields.length)).toEqual([5]);
    expect(checkAnswers(typeOf('contribute'), { ...fix, ...known }, 'en', readExpression)).toEqual({});
    expect(subjectOf(typeOf('contribute'), fix, 'zh-CN')).toBe('贡献给 apache/kafka · 修 bug');
  });

  it('a component that the policy permits is one step', () => {
    const answers = { component: 'zod', version: '4.6.7', license: 'MIT', useCase: 'server', modified: 'no' };

    expect(stepsOf(typeOf('component'), { ...answers, ...known }).length).toBe(1);
    expect(stepsOf(typeOf('component'), { ...answers, ...known, 'license.tier': 'refer' }).length).toBe(3);
  });

  it('words are in the voice of the house, in both languages', () => {
    const texts = [...types.values()].flatMap((type) => textsIn(type));

    const english = texts.filter(({ locale }) => locale === 'en').map(({ text }) => text);
    const chinese = texts.filter(({ locale }) => locale === 'zh-CN').map(({ text }) => text);

    expect(english.filter((text) => /!|please be|as per|\p{Script=Han}/iu.test(text))).toEqual([]);
    expect(
      chinese.filter((text) =>
        /您|！|\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}|\p{Script=Han}[,;:?]/u.test(text),
      ),
    ).toEqual([]);
  });
});

describe('contributions go', () => {
  const risky = (flag: string, more: Values = {}) => ({ ...fix, flags: [flag], ...more });

  it.each<readonly [string, Values, Values, number, readonly string[]]>([
    ['a bug report', { project: 'x', nature: 'issue' }, {}, 0, []],
    ['a typo on a known project', { project: 'x', nature: 'typo' }, known, 0, []],
    [
      'a typo on an unknown project',
      { project: 'x', nature: 'typo' },
      { ...known, 'project.known': 'no' },
      4,
      ['ospo'],
    ],
    ['a small fix', fix, known, 1, []],
    ['a small fix, under conditions of its license', fix, { ...known, 'license.tier': 'conditions' }, 1, []],
    ['a small fix, nobody knows the size', fix, { ...known, 'size.small': 'unknown' }, 4, ['ospo']],
    ['a large fix', fix, { ...known, 'size.small': 'no' }, 4, ['ospo']],
    ['a small fix, training lapsed', fix, { ...known, 'training.current': 'no' }, 4, ['ospo']],
    ['a small fix, training unknown', fix, { ...known, 'training.current': 'unknown' }, 4, ['ospo']],
    ['a small fix, type not adopted', fix, { ...known, 'type.adopted': 'no' }, 4, ['ospo']],
    ['a small fix, policy not adopted', fix, { ...known, 'license.tier': 'ask-first' }, 4, ['ospo']],
    ['a small fix, project unknown', fix, { ...known, 'project.known': 'unknown' }, 4, ['ospo']],
    ['a small fix, agreement unknown', fix, { ...known, 'cla.cleared': 'unknown' }, 4, ['ospo']],
    ['a small fix, agreement not cleared', fix, { ...known, 'cla.cleared': 'no' }, 5, ['ospo', 'legal']],
    ['a small fix, license to be reviewed', fix, { ...known, 'license.tier': 'refer' }, 5, ['ospo', 'legal']],
    ['nothing known', fix, {}, 4, ['ospo']],
    ['an improvement', { ...fix, nature: 'improvement' }, known, 3, ['manager']],
    ['a new feature', { ...fix, nature: 'feature' }, known, 4, ['ospo']],
    ['a new project', { ...fix, nature: 'new_project' }, known, 6, ['manager', 'ospo', 'board']],
    ['a security fix', { ...fix, nature: 'security_patch' }, known, 5, ['ospo', 'security']],
    ['a patent', risky('patent', { patentNote: 'x' }), known, 5, ['ospo', 'patents']],
    ['a known library for cryptography', risky('crypto', { crypto: 'calls' }), known, 4, ['ospo']],
    ['own cryptography', risky('crypto', { crypto: 'own' }), known, 5, ['ospo', 'security', 'export']],
    ['core code', risky('core'), known, 7, ['ospo', 'legal', 'executive']],
    ['code of others', risky('third_party', { origin: 'x' }), known, 5, ['ospo', 'compliance']],
    ['generated code', risky('ai', { aiNote: 'x' }), known, 4, ['ospo']],
    [
      'everything at once',
      { ...fix, nature: 'feature', flags: ['security', 'patent', 'crypto', 'core'], crypto: 'own' },
      known,
      7,
      ['ospo', 'security', 'legal', 'patents', 'export', 'executive'],
    ],
  ])('%s', (_, answers, facts, level, stages) => {
    const type = typeOf('contribute');

    const routed = route(type, answersAsked(type, { ...answers, ...facts }), facts);

    expect([routed.way.level, routed.stages.map(({ id }) => id)]).toEqual([level, stages]);
    expect(routed.way.automatic).toBe(level === 1 ? 'small-change-on-cleared-project' : undefined);
  });

  it.each<readonly [string, Values, number]>([
    ['covers a new feature', {}, 2],
    ['does not cover without training', { 'training.current': 'no' }, 4],
    ['does not cover before the type is adopted', { 'type.adopted': 'no' }, 4],
    ['does not cover of another kind', { 'standing.kind': 'other' }, 4],
    ['does not cover when it is unknown', { 'standing.covers': 'unknown' }, 4],
  ])('a standing approval %s', (_, facts, level) => {
    const standing = { ...known, 'standing.covers': 'yes', 'standing.kind': 'team', 'standing.id': 's1', ...facts };

    const { way } = route(typeOf('contribute'), { ...fix, nature: 'feature' }, standing);

    expect([way.level, way.standing]).toEqual([level, level === 2 ? 's1' : undefined]);
  });

  it('a standing approval covers no red flag and no board', () => {
    const standing = { ...known, 'standing.covers': 'yes', 'standing.kind': 'trust', 'standing.id': 's1' };
    const type = typeOf('contribute');

    expect(route(type, { ...fix, flags: ['ai'] }, standing).way.level).toBe(4);
    expect(route(type, { ...fix, nature: 'new_project' }, standing).way.level).toBe(6);
  });

  it('says what nobody knows and why it goes to people', () => {
    const routed = route(typeOf('contribute'), fix, { ...known, 'cla.cleared': 'unknown' });

    expect(routed.way.unknown).toEqual(['cla.cleared']);
    expect(routed.because.map(({ en }) => en)).toContain('Not everything that the rules look at is known.');
  });
});

describe('other requests go', () => {
  const component = {
    component: 'zod',
    version: '1',
    license: 'MIT',
    useCase: 'server',
    modified: 'no',
    care: ['none'],
  };
  const release = { name: 'x', kind: 'library', license: 'MIT', touches: ['none'], authors: 'team' };

  it.each<readonly [string, string, Values, Values, number, readonly string[]]>([
    ['a permitted component', 'component', component, known, 0, []],
    [
      'an approved one',
      'component',
      component,
      { ...known, 'license.tier': 'refer', 'component.approved': 'yes' },
      0,
      [],
    ],
    [
      'an approved one that is patched now',
      'component',
      { ...component, modified: 'yes' },
      { ...known, 'license.tier': 'refer', 'component.approved': 'yes' },
      4,
      ['compliance'],
    ],
    ['one to be reviewed', 'component', component, { ...known, 'license.tier': 'refer' }, 4, ['compliance']],
    [
      'one before the policy is adopted',
      'component',
      component,
      { ...known, 'license.tier': 'ask-first' },
      4,
      ['compliance'],
    ],
    [
      'one without a verdict',
      'component',
      component,
      { ...known, 'license.tier': 'unknown' },
      5,
      ['compliance', 'legal'],
    ],
    [
      'a prohibited one',
      'component',
      component,
      { ...known, 'license.tier': 'prohibited' },
      6,
      ['compliance', 'legal', 'board'],
    ],
    [
      'one with holes',
      'component',
      { ...component, care: ['vulnerable', 'unmaintained'] },
      { ...known, 'license.tier': 'refer' },
      5,
      ['compliance', 'security', 'architect'],
    ],
    ['a small library of ours', 'release', release, known, 5, ['manager', 'ospo', 'security']],
    [
      'a sample under the GPL',
      'release',
      { ...release, license: 'GPL-3.0-only' },
      known,
      5,
      ['manager', 'ospo', 'security', 'compliance'],
    ],
    [
      'a project that we promote',
      'release',
      { ...release, kind: 'product' },
      known,
      6,
      ['manager', 'ospo', 'security', 'architect', 'board'],
    ],
    [
      'core code of ours',
      'release',
      { ...release, touches: ['core'] },
      known,
      7,
      ['manager', 'ospo', 'security', 'legal', 'board', 'executive'],
    ],
    ['an ICLA', 'agreement', { kind: 'cla', form: 'icla', clauses: ['none'] }, {}, 4, ['ospo', 'legal']],
    ['a CCLA', 'agreement', { kind: 'cla', form: 'ccla', clauses: ['none'] }, {}, 5, ['manager', 'ospo', 'legal']],
    [
      'an assignment',
      'agreement',
      { kind: 'cla', form: 'icla', clauses: ['assignment'] },
      {},
      6,
      ['manager', 'ospo', 'legal', 'board'],
    ],
    [
      'a membership',
      'agreement',
      { kind: 'foundation', terms: ['none'] },
      {},
      7,
      ['ospo', 'legal', 'board', 'executive'],
    ],
    ['a renewal', 'agreement', { kind: 'renewal', terms: ['none'] }, {}, 4, ['ospo', 'lead']],
    [
      'a renewal that changed',
      'agreement',
      { kind: 'renewal', terms: ['changed'] },
      {},
      7,
      ['ospo', 'legal', 'lead', 'executive'],
    ],
    ['a small sum', 'agreement', { kind: 'sponsorship', amount: 500 }, {}, 4, ['manager', 'ospo']],
    [
      'a sum of which nobody said how much',
      'agreement',
      { kind: 'sponsorship' },
      {},
      7,
      ['manager', 'ospo', 'executive'],
    ],
    ['going to a meetup for nothing', 'event', { kind: 'visit', amount: 0, touches: ['none'] }, {}, 0, []],
    ['a mentor by name', 'pre-review', { mentor: 'U0MENTOR' }, {}, 3, ['named']],
    ['any mentor', 'pre-review', {}, {}, 3, ['mentor']],
    ['a concern', 'concern', {}, {}, 5, ['handling']],
    ['a claim from outside', 'inquiry', { kind: 'claim' }, {}, 5, ['compliance', 'legal']],
  ])('%s', (_, id, answers, facts, level, stages) => {
    const routed = route(typeOf(id), answers, facts);

    expect([routed.way.level, routed.stages.map((stage) => stage.id)]).toEqual([level, stages]);
  });

  it.each(['concern', 'inquiry', 'ma-review'])('%s is confidential', (id) => {
    expect(route(typeOf(id), {}, {}).restricted).toBe(true);
  });

  it('a security fix is confidential, a plain one is not', () => {
    expect(route(typeOf('contribute'), { ...fix, nature: 'security_patch' }, known).restricted).toBe(true);
    expect(route(typeOf('contribute'), fix, known).restricted).toBe(false);
  });

  it('nothing but level 0 to 2 asks nobody, whatever is answered first', () => {
    for (const type of types.values()) {
      for (const choice of type.fields.flatMap(({ id, choices }) => (choices ?? []).map((one) => ({ [id]: one.id })))) {
        const { way, stages } = route(type, choice, {});

        expect(stages.length > 0, `${type.id} ${JSON.stringify(choice)}`).toBe(way.level > 2);
      }
    }
  });
});

/** All words of a type, wherever they stand. */
function textsIn(value: unknown): readonly { readonly locale: string; readonly text: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = locales.flatMap((locale) => {
    const text: unknown = Reflect.get(value, locale);
    return typeof text === 'string' ? [{ locale, text }] : [];
  });
  return [...own, ...Object.values(value).flatMap(textsIn)];
}
