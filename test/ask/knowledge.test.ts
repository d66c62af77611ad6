import { describe, expect, it } from 'vitest';
import { buildKnowledgeBase, knowledgeContent } from '../../src/ask/knowledge.ts';
import { loadContent } from '../../src/content/content.ts';
import { formatFinding } from '../../src/core/findings.ts';
import { organizationContent } from '../../src/core/organization.ts';
import { layerOf } from '../content/folder.ts';

const now = Date.UTC(2026, 10, 22);

const organization = `
name: Example
ospo:
  name: { en: Open Source Office, zh-CN: 开源办公室 }
  sla: { component: { en: Two days., zh-CN: 两天。 } }
roles: { compliance: ['@compliance'] }
offices: [{ id: berlin, name: { en: Berlin, zh-CN: 柏林 }, zone: Europe/Berlin }]
entities: [{ id: cn, name: { en: China Ltd, zh-CN: 中国公司 } }]
`;

interface Draft {
  readonly front?: string;
  readonly drop?: readonly string[];
  readonly body?: string;
}

const shared = [
  'title: One topic',
  'reviewed: 2026-11-01',
  'aliases: [how does one do it, may one do it]',
  'scope: everybody',
];
const facts = [
  'area: using',
  'audience: [engineer]',
  'owner: compliance',
  'reviewEvery: P6M',
  'sources: [{ title: The text, url: "https://example.com/text" }]',
];

function english(id: string, { front = '', drop = [], body = '**Yes.**\n\nThe rest.' }: Draft = {}): string {
  const lines = [`id: ${id}`, ...shared.map((line) => line.replaceAll('one', id)), ...facts];
  const kept = lines.filter((line) => !drop.some((field) => line.startsWith(`${field}:`)));
  return `---\n${[...kept, front].join('\n')}\n---\n${body}\n`;
}

function chinese(id: string, { front = '', drop = [], body = '**可以。**\n\n其余。' }: Draft = {}): string {
  const lines = [
    `id: ${id}`,
    'title: 题目',
    'reviewed: 2026-11-01',
    `aliases: [${id} 怎么做, ${id} 能不能做]`,
    'scope: 所有人',
  ];
  const kept = lines.filter((line) => !drop.some((field) => line.startsWith(`${field}:`)));
  return `---\n${[...kept, front].join('\n')}\n---\n${body}\n`;
}

async function load(files: Record<string, string>) {
  const content = await loadContent({
    layers: [layerOf('data', { 'organization.yml': organization, ...files })],
    kinds: [organizationContent, ...knowledgeContent],
    now,
  });
  return {
    base: buildKnowledgeBase(content),
    findings: content.findings,
    lines: content.findings.map(formatFinding),
  };
}

const both = { 'knowledge/using/one.en.md': english('one'), 'knowledge/using/one.zh-CN.md': chinese('one') };

describe('the knowledge base', () => {
  it('joins the languages of a topic into an article', async () => {
    const { base, lines } = await load(both);

    expect(lines).toEqual([]);
    expect(base.articles).toMatchObject([
      {
        id: 'one',
        area: 'using',
        owner: 'compliance',
        licenses: [],
        editions: {
          en: {
            title: 'One topic',
            short: 'Yes.',
            body: 'The rest.',
            file: 'knowledge/using/one.en.md',
            hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
          'zh-CN': { title: '题目', short: '可以。', body: '其余。', file: 'knowledge/using/one.zh-CN.md' },
        },
      },
    ]);
    expect(base.articles[0]).not.toHaveProperty('title');
    expect(base.articles[0]).not.toHaveProperty('variant');
  });

  it('keeps the variants of a topic apart', async () => {
    const { base, lines } = await load({
      ...both,
      'knowledge/using/one.cn.en.md': english('one'),
      'knowledge/using/one.cn.zh-CN.md': chinese('one'),
    });

    expect(lines).toEqual([]);
    expect(base.articles.map(({ id, variant, editions }) => [id, variant, Object.keys(editions).toSorted()])).toEqual([
      ['one', 'cn', ['en', 'zh-CN']],
      ['one', undefined, ['en', 'zh-CN']],
    ]);
  });

  it('tells of a variant for a place that does not exist', async () => {
    const { lines } = await load({ ...both, 'knowledge/using/one.mars.en.md': english('one') });

    expect(lines).toContainEqual(expect.stringContaining('There is no entity and no office mars'));
  });

  it('reads desks, concepts and license names', async () => {
    const { base, lines } = await load({
      'knowledge/desks.yml':
        '- id: it\n  name: { en: IT, zh-CN: 信息技术 }\n  aliases: { en: [my laptop is broken], zh-CN: [电脑坏了] }\n',
      'knowledge/thesaurus.yml': '- { id: license, en: [license], zh: [许可证] }\n',
      'licenses/names.yml': '- { token: gpl-3.0, family: gpl, spdx: [GPL-3.0-only], names: [GPLv3] }\n',
    });

    expect(lines).toEqual([]);
    expect([base.desks[0]?.id, base.concepts[0]?.id, base.licenses[0]?.token]).toEqual(['it', 'license', 'gpl-3.0']);
  });

  it('names the entry of a list that is wrong', async () => {
    const { lines } = await load({ 'licenses/names.yml': '- { token: gpl-3.0, family: gpl, spdx: [], names: [] }\n' });

    expect(lines).toEqual([expect.stringMatching(/^data\/licenses\/names\.yml \(gpl-3\.0\.names\): This is empty\./)]);
  });

  it('leaves out links to articles that are not there, and says so', async () => {
    const { base, lines } = await load({
      ...both,
      'knowledge/using/one.en.md': english('one', { front: 'related: [two, gone]\nsiblings: [one]' }),
      'knowledge/using/two.en.md': english('two'),
      'knowledge/using/two.zh-CN.md': chinese('two'),
    });

    expect(base.articles[0]?.related).toEqual(['two']);
    expect(lines).toEqual([
      expect.stringContaining('(related): There is no article gone; it is not shown.'),
      expect.stringContaining('(siblings): The article names itself.'),
    ]);
  });
});

describe('what keeps an article out', () => {
  it.each<[string, Draft, RegExp]>([
    [
      'no short answer in bold',
      { body: 'Yes.\n\nMore.' },
      /\(short answer\): The text does not start with a short answer/,
    ],
    ['two bold pieces instead of one', { body: '**Yes** and **no**\n\nMore.' }, /does not start with a short answer/],
    ['no text at all', { body: '' }, /does not start with a short answer/],
    ['a short answer that is long', { body: `**${'x'.repeat(301)}**` }, /has more than 300 characters/],
    ['a placeholder in the short answer', { body: '**{{ospo.sla.component}}**' }, /short answer holds a placeholder/],
    ['a broadcast', { body: '**Yes.**\n\nTell <!channel>.' }, /holds <!, <@ or <#/],
    ['a mention in an alias', { drop: ['aliases'], front: 'aliases: ["ask <@U012ABCDEF>"]' }, /holds <!, <@ or <#/],
    ['a link that runs code', { body: '**Yes.**\n\n[x](javascript:alert)' }, /A link starts with javascript:/],
    [
      'an id that is not the name of the file',
      { drop: ['id'], front: 'id: other' },
      /\(id\): The id is other, the name of the file says one/,
    ],
    [
      'an area that is not the folder',
      { drop: ['area'], front: 'area: people' },
      /\(area\): The area is people, the folder using/,
    ],
    ['no source', { drop: ['sources'] }, /\(sources\): This field is missing\. Add it: a list\./],
    ['an unknown field', { front: 'sourcs: 1' }, /\(sourcs\): This field is not known/],
  ])('%s', async (_, draft, expected) => {
    const { base, lines, findings } = await load({ ...both, 'knowledge/using/one.en.md': english('one', draft) });

    expect(base.articles).toEqual([]);
    expect(lines[0]).toMatch(expected);
    expect(lines[1]).toMatch(/one\.zh-CN\.md: There is no English edition; the article is left out\./);
    expect(findings.map((finding) => finding.fatal)).toEqual([true, true]);
  });

  it('accepts a short answer of exactly 300 characters over two lines', async () => {
    const body = `**${'字'.repeat(149)}\n${'字'.repeat(150)}**`;

    const { base, lines } = await load({ ...both, 'knowledge/using/one.zh-CN.md': chinese('one', { body }) });

    expect(lines).toEqual([]);
    expect(base.articles[0]?.editions['zh-CN']?.short).toHaveLength(300);
  });
});

describe('what is reported while the article stays', () => {
  it.each<[string, Draft, RegExp]>([
    [
      'an overdue review',
      { drop: ['reviewed'], front: 'reviewed: 2026-05-21' },
      /\(reviewed\): The review was due on 2026-11-21\. Ask compliance/,
    ],
    [
      'a duty without approval',
      { front: 'licenses: [GPL-3.0-only]' },
      /\(approved\): Nobody has approved this article on duties/,
    ],
    ['a duty by its tag', { front: 'tags: [Patents]' }, /\(approved\): Nobody has approved/],
    ['an owner that nobody is', { drop: ['owner'], front: 'owner: nobody' }, /\(owner\): Nobody holds the role nobody/],
    [
      'a placeholder without a value',
      { body: '**Yes.**\n\nAsk. {{ospo.sla.release}}' },
      /\{\{ospo\.sla\.release\}\} has no value/,
    ],
    [
      'a broken placeholder',
      { body: '**Yes.**\n\nAsk {{ospo sla}}, {{ospo!}}.' },
      /\{\{ starts something that is not a placeholder/,
    ],
    [
      'a link without encryption',
      { body: '**Yes.**\n\nhttp://example.com/a' },
      /http:\/\/example\.com\/a is not encrypted/,
    ],
    [
      'a source without encryption',
      { drop: ['sources'], front: 'sources: [{ title: x, url: "http://example.com" }]' },
      /\(sources\.0\.url\): http:\/\/example\.com is not/,
    ],
    [
      'an alias of one character',
      { drop: ['aliases'], front: 'aliases: [x, how does one]' },
      /\(aliases\): The alias x has fewer than 2/,
    ],
    [
      'an alias twice',
      { drop: ['aliases'], front: 'aliases: [How does one?, how  does one]' },
      /"how {2}does one" is twice here/,
    ],
  ])('%s', async (_, draft, expected) => {
    const { base, lines, findings } = await load({ ...both, 'knowledge/using/one.en.md': english('one', draft) });

    expect(base.articles).toHaveLength(1);
    expect(lines).toEqual([expect.stringMatching(expected)]);
    expect(findings[0]?.fatal).toBe(false);
  });

  it('an approved duty is in order', async () => {
    const front = 'licenses: [GPL-3.0-only]\napproved: { role: legal, on: 2026-11-01 }';

    const { lines } = await load({ ...both, 'knowledge/using/one.en.md': english('one', { front }) });

    expect(lines).toEqual([]);
  });

  it('a review due today is in order', async () => {
    const draft = { drop: ['reviewed'], front: 'reviewed: 2026-05-22' };

    const { lines } = await load({ ...both, 'knowledge/using/one.en.md': english('one', draft) });

    expect(lines).toEqual([]);
  });

  it('a missing translation, and one that is older than the English edition', async () => {
    const missing = await load({ 'knowledge/using/one.en.md': english('one') });
    const older = await load({
      ...both,
      'knowledge/using/one.zh-CN.md': chinese('one', { drop: ['reviewed'], front: 'reviewed: 2026-10-31' }),
    });

    expect(missing.lines).toEqual(['data/knowledge/using/one.en.md: There is no Chinese edition. Write it.']);
    expect(older.lines).toEqual([expect.stringContaining('(reviewed): The English edition was reviewed later.')]);
    expect(older.base.articles).toHaveLength(1);
  });

  it('a desk that the organization does not say where to find', async () => {
    const { base, lines } = await load({
      'knowledge/desks.yml':
        '- id: it\n  name: { en: IT, zh-CN: 信息技术 }\n  link: desks.it\n  aliases: { en: [my laptop], zh-CN: [电脑坏了] }\n',
    });

    expect(base.desks).toHaveLength(1);
    expect(lines).toEqual([expect.stringContaining('desks.yml (it.link): desks.it has no value')]);
  });

  it('an alias that another article or a desk has', async () => {
    const same = { drop: ['aliases'], front: 'aliases: [Can we use it?, my laptop]' };

    const { lines } = await load({
      ...both,
      'knowledge/using/one.en.md': english('one', { drop: ['aliases'], front: 'aliases: [can we use it]' }),
      'knowledge/using/two.en.md': english('two', same),
      'knowledge/using/two.zh-CN.md': chinese('two'),
      'knowledge/desks.yml':
        '- id: it\n  name: { en: IT, zh-CN: 信息技术 }\n  aliases: { en: [my laptop], zh-CN: [电脑坏了] }\n',
    });

    expect(lines).toEqual([
      expect.stringContaining('two.en.md (aliases): "Can we use it?" is also at one.'),
      expect.stringContaining('two.en.md (aliases): "my laptop" is also at desk it.'),
    ]);
  });
});
