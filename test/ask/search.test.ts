import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSearch, type Search } from '../../src/ask/search.ts';
import { article, desk, smallBase } from './base.ts';
import { shippedBase, shippedCalibration } from './shipped.ts';

let search: Search;
let small: Search;
beforeAll(async () => {
  const calibration = await shippedCalibration();
  search = createSearch(await shippedBase(), calibration);
  small = createSearch(smallBase, calibration);
});

describe('ranking', () => {
  it.each([
    ['plain words', 'is AGPL allowed behind our API', 'agpl-saas'],
    ['the other license', 'is GPL allowed in our product', 'strong-copyleft'],
    ['a version', 'AGPLv3 database', 'agpl-saas'],
    ['a concept said otherwise', 'affero in the backend', 'agpl-saas'],
    ['a typo', 'i want to be a mentro', 'mentorship'],
    ['Chinese', '后端能用 AGPL 组件吗', 'agpl-saas'],
    ['Chinese for an English article', '贡献者许可协议', 'cla'],
  ])('%s', (_, question, id) => {
    const { ranking } = small.find(question);

    expect(ranking[0]?.id).toBe(id);
  });

  it('offers variants of an article as one', () => {
    const [first] = smallBase.articles;
    const twin = { ...(first ?? article('x', { title: 'x' })), variant: 'cn' };
    const varied = createSearch({ ...smallBase, articles: [...smallBase.articles, twin] }, untold);

    const { ranking } = varied.find('can we use AGPL in our SaaS');

    expect(ranking.map(({ id }) => id)).toEqual([...new Set(ranking.map(({ id }) => id))]);
  });
});

const untold = {
  ours: { bias: 5, weights: weightless(), cut: 0.5 },
  right: { bias: 5, weights: weightless(), cut: 0.5 },
};

function weightless() {
  return {
    logScore: 0,
    logSurface: 0,
    margin: 0,
    coverage: 0,
    likeness: 0,
    deskLead: 0,
    deskLikeness: 0,
    agreement: 0,
    logLength: 0,
    lean: 0,
    evidence: 0,
    evidenceLead: 0,
    sibling: 0,
  };
}

describe('the examples that aliases are', () => {
  const things = ['bread', 'rolls', 'cakes', 'pies', 'tarts', 'buns', 'pizza', 'waffles', 'muffins', 'scones'];
  const base = {
    ...smallBase,
    articles: [
      article('oven', { title: 'The oven', aliases: things.map((thing) => `how long do ${thing} bake`) }),
      article('brush', {
        title: 'The brush',
        aliases: [...things.map((thing) => `paint ${thing} red`), 'bake a dragon'],
      }),
    ],
  };

  it('speak for the topic where a word is a habit, against the one where it fell once', () => {
    const { articles } = createSearch(base, untold).read('bake');

    const [oven, brush] = ['oven', 'brush'].map((id) => articles.find(({ article }) => article.id === id)?.candidate);
    expect(articles[0]?.article.id).toBe('oven');
    expect(oven?.evidence).toBeGreaterThan(0);
    expect(oven?.evidence ?? 0).toBeGreaterThan(2 * (brush?.evidence ?? 0));
  });

  it('speak against a topic with every word that only others are asked with', () => {
    const search = createSearch(base, untold);
    const evidenceOf = (question: string) =>
      search.read(question).articles.find(({ article }) => article.id === 'oven')?.candidate.evidence ?? 0;

    expect(evidenceOf('bake and paint it red')).toBeLessThan(evidenceOf('bake'));
  });
});

describe('outcomes', () => {
  it.each([
    '',
    '   ',
    'hi',
    'Hello there',
    'thanks a lot',
    'help',
    'what can you do?',
    '你好',
    '谢谢',
    '帮助',
    ':wave:',
    '<@U1>',
    '👍🎉',
  ])('help for: %s', (text) => {
    const { outcome } = search.find(text);

    expect(outcome).toBe('help');
  });

  it.each(['help me to choose a license', 'hi, may we use AGPL', '你好，请问 SBOM 是什么'])(
    'no help card for: %s',
    (text) => {
      const { outcome } = search.find(text);

      expect(outcome).not.toBe('help');
    },
  );

  it.each([
    ['how many vacation days do I have left', 'hr-leave'],
    ['VPN does not connect since this morning', 'it-network'],
    ['I need a JetBrains license', 'software-seats'],
    ['my driving license expires', 'other-permits'],
    ['git rebase went wrong, help', 'git-help'],
    ['今天中午吃什么', 'canteen'],
    ['申请 JetBrains 的授权', 'software-seats'],
  ])('%s goes to the desk %s', (text, id) => {
    const { outcome, desk } = search.find(text);

    expect({ outcome, desk: desk?.id }).toEqual({ outcome: 'unknown', desk: id });
  });

  it('says unknown for something of nobody', () => {
    const { outcome, closest, article: answer } = search.find('zxqv wblorp');

    expect({ outcome, closest, answer }).toEqual({ outcome: 'unknown', closest: [], answer: undefined });
  });

  it('answers the exact words of an alias, however unsure', () => {
    const never = { ...untold, ours: { ...untold.ours, bias: -50 }, right: { ...untold.right, bias: -50 } };
    const unsure = createSearch(smallBase, never);

    const { outcome, article } = unsure.find('Who may sign a CLA?');

    expect({ outcome, id: article?.id }).toEqual({ outcome: 'answer', id: 'cla' });
  });

  it('never refuses a question that names a license', () => {
    const never = { ...untold, ours: { ...untold.ours, bias: -50 } };
    const unsure = createSearch(smallBase, never);

    const { outcome } = unsure.find('GPL dragons');

    expect(outcome).toBe('choices');
  });

  it('sends the exact words of a desk there, however sure', () => {
    const always = createSearch(smallBase, untold);

    const { outcome, desk: found } = always.find('I need a license key for Photoshop');

    expect({ outcome, desk: found?.id }).toEqual({ outcome: 'unknown', desk: 'it' });
  });

  it('answers with at most two runners-up, and offers at most three choices', () => {
    const answered = createSearch(smallBase, untold).find('AGPL GPL CLA mentor');
    const offered = createSearch(smallBase, { ...untold, right: { ...untold.right, bias: -5 } }).find(
      'AGPL GPL CLA mentor',
    );

    expect(answered.outcome).toBe('answer');
    expect(answered.runnersUp.length).toBeLessThanOrEqual(2);
    expect(offered.outcome).toBe('choices');
    expect(offered.choices.length).toBeLessThanOrEqual(3);
  });
});

describe('what was understood', () => {
  it.each([
    ['may we use AGPL', 'en'],
    ['能用 AGPL 吗', 'zh-CN'],
  ])('%s is in %s', (text, language) => {
    expect(search.find(text).language).toBe(language);
  });

  it('says what it corrected', () => {
    expect(search.find('who signs the contributor agrement').corrections).toEqual([
      { from: 'agrement', to: 'agreement' },
    ]);
  });

  it.each([
    ['a family', 'GPL in our product', { said: 'gpl', spdx: ['GPL-2.0-only', 'GPL-3.0-only'] }],
    [
      'a version that may mean two ids',
      'GPLv3 in our product',
      { said: 'gpl 3', spdx: ['GPL-3.0-only', 'GPL-3.0-or-later'] },
    ],
    ['one id', 'SSPL in our product', undefined],
    ['no license', 'who signs a CLA', undefined],
  ])('names the license it assumed: %s', (_, text, license) => {
    expect(small.find(text).assumed?.license).toEqual(license);
  });
});

describe('any text at all', () => {
  it.each([
    ['40,000 characters', 'may we use AGPL in our service '.repeat(1_300)],
    ['40,000 brackets', '<'.repeat(40_000)],
    ['40,000 Han characters', '开源许可证'.repeat(8_000)],
    ['only emoji', '🎉👩‍👩‍👧‍👦🇨🇳'.repeat(200)],
    ['half of a pair', '\ud83d AGPL \udc4d'],
    ['names of object members', 'constructor __proto__ toString hasOwnProperty'],
    ['mark-up', '<!channel> *AGPL* ```x``` <https://x|y>'],
  ])('%s', (_, text) => {
    const found = search.find(text);

    expect(['answer', 'choices', 'unknown', 'help']).toContain(found.outcome);
    expect(found.confidence).toBeGreaterThanOrEqual(0);
    expect(found.confidence).toBeLessThanOrEqual(1);
  });

  it('never throws, and finds the same twice', () => {
    const words = fc.constantFrom(
      'agpl',
      'license',
      '许可证',
      'mentor',
      '的',
      '```',
      '<@U1>',
      ':x:',
      'GPL-3.0+',
      '\ud83d',
      '.',
      '',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(words, { maxLength: 40 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, (question) => {
        expect(small.find(question)).toEqual(small.find(question));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it.each([
    ['no content at all', { articles: [], desks: [], concepts: [], licenses: [] }],
    ['desks only', { ...smallBase, articles: [] }],
    ['articles only', { ...smallBase, desks: [] }],
    ['a desk alone', { articles: [], desks: [desk('it', ['x'])], concepts: [], licenses: [] }],
  ])('a base with %s', (_, base) => {
    const found = createSearch(base, untold).find('may we use AGPL in our service');

    expect(found.outcome).toBe(base.articles.length > 0 ? 'answer' : 'unknown');
  });
});
