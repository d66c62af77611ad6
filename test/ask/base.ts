import type { Article, Desk, Edition, KnowledgeBase } from '../../src/ask/article.ts';

/** An article with what the search reads; the rest is filled in. */
export function article(
  id: string,
  en: { readonly title: string; readonly aliases?: readonly string[]; readonly short?: string; readonly body?: string },
  more: {
    readonly zh?: { readonly title: string; readonly aliases: readonly string[] };
    readonly licenses?: string[];
  } = {},
): Article {
  const edition = (title: string, aliases: readonly string[], short: string, body: string): Edition => ({
    title,
    aliases,
    short,
    body,
    reviewed: '2026-11-01',
    scope: 'everybody',
    hash: id,
    file: `knowledge/using/${id}.en.md`,
  });
  return {
    id,
    area: 'using',
    audience: ['engineer'],
    owner: 'compliance',
    reviewEvery: 'P6M',
    licenses: more.licenses ?? [],
    tags: [],
    related: [],
    siblings: [],
    sources: [{ title: 'The text', url: 'https://example.com/text' }],
    editions: {
      en: edition(en.title, en.aliases ?? [], en.short ?? '', en.body ?? ''),
      ...(more.zh && { 'zh-CN': edition(more.zh.title, more.zh.aliases, '', '') }),
    },
  };
}

export function desk(id: string, en: readonly string[], zh: readonly string[] = ['别的事']): Desk {
  return { id, name: { en: `the ${id} desk`, 'zh-CN': `${id} 服务台` }, aliases: { en: [...en], 'zh-CN': [...zh] } };
}

/** Four articles that are easily taken for each other and two desks. */
export const smallBase: KnowledgeBase = {
  articles: [
    article(
      'agpl-saas',
      {
        title: 'AGPL components in a service we host',
        aliases: ['can we use AGPL in our SaaS', 'is an AGPL database fine behind our API'],
        short: 'Ask first.',
        body: 'The AGPL-3.0 adds a duty for modified programs that users reach over a network.',
      },
      { zh: { title: '在服务里使用 AGPL 组件', aliases: ['SaaS 里能用 AGPL 吗'] }, licenses: ['AGPL-3.0-only'] },
    ),
    article(
      'strong-copyleft',
      {
        title: 'GPL in products we ship',
        aliases: ['can a GPL library go into our product', 'does the GPL force us to publish our source'],
        short: 'Ask first.',
        body: 'Whoever gets the program also gets its source.',
      },
      { zh: { title: '产品里的 GPL 代码', aliases: ['产品能不能带 GPL 的库'] }, licenses: ['GPL-3.0-only'] },
    ),
    article('cla', {
      title: 'Contributor license agreements',
      aliases: ['who may sign a CLA', 'a bot wants my signature'],
    }),
    article('mentorship', { title: 'The mentorship program', aliases: ['join as a mentor', 'find me a mentor'] }),
  ],
  desks: [
    desk(
      'it',
      ['my laptop is broken', 'VPN does not connect', 'I need a license key for Photoshop'],
      ['电脑坏了', 'VPN 连不上'],
    ),
    desk('hr', ['how many vacation days do I have', 'renew my driving license'], ['我还剩几天年假', '驾照到期怎么换']),
  ],
  concepts: [
    { id: 'q_allowed', en: ['can we', 'is fine'], zh: ['能用', '能不能'] },
    { id: 'saas', en: ['saas', 'service we host', 'backend'], zh: ['服务', '后端'] },
    { id: 'cla', en: ['cla', 'contributor license agreement'], zh: ['贡献者许可协议'] },
    { id: 'pull_request', en: ['pull request', 'PR'], zh: ['拉取请求'] },
    { id: 'request', en: ['request'], zh: ['申请'] },
  ],
  licenses: [
    { token: 'gpl', family: 'gpl', spdx: ['GPL-2.0-only', 'GPL-3.0-only'], names: ['gpl', 'general public license'] },
    { token: 'gpl-3.0', family: 'gpl', spdx: ['GPL-3.0-only', 'GPL-3.0-or-later'], names: ['gpl 3'] },
    { token: 'agpl-3.0', family: 'agpl', spdx: ['AGPL-3.0-only', 'AGPL-3.0-or-later'], names: ['agpl 3'] },
    { token: 'agpl', family: 'agpl', spdx: ['AGPL-3.0-only', 'AGPL-3.0-or-later'], names: ['agpl', 'affero'] },
    { token: 'sspl', family: 'sspl', spdx: ['SSPL-1.0'], names: ['sspl'] },
  ],
};
