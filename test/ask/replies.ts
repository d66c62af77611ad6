import type { Article, KnowledgeBase } from '../../src/ask/article.ts';
import type { Question } from '../../src/ask/question.ts';
import { type Reading, type Reply, replyTo } from '../../src/ask/reply.ts';
import { start } from '../delivery/world.ts';
import { smallBase } from './base.ts';

const name = (words: string) => ({ en: words, 'zh-CN': words });

/** One legal entity and one office. */
const places: Reading['places'] = {
  entities: [{ id: 'acme-gmbh', name: name('Acme GmbH') }],
  offices: [
    {
      id: 'shanghai',
      name: name('Shanghai'),
      zone: 'Asia/Shanghai',
      hours: { from: '09:00', to: '18:00' },
      quiet: { from: '18:30', to: '08:30' },
      week: ['mon'],
      years: {},
    },
  ],
};

/** A question as it was kept; answered with the AGPL article unless told otherwise. */
function question(more: Partial<Question> = {}): Question & { readonly id: string } {
  return {
    id: 'Q1',
    person: 'U1',
    text: 'can we use AGPL in our SaaS',
    locale: 'en',
    at: start,
    via: 'conversation',
    outcome: 'answer',
    shown: { id: 'agpl-saas', hash: 'agpl-saas' },
    offered: ['strong-copyleft', 'cla'],
    corrections: [],
    ...more,
  };
}

/** A base in which one article is changed. */
export function baseWith(id: string, change: (article: Article) => Article): KnowledgeBase {
  return { ...smallBase, articles: smallBase.articles.map((one) => (one.id === id ? change(one) : one)) };
}

export function reply(
  asked: Partial<Question> = {},
  base: KnowledgeBase = smallBase,
  reading: Partial<Reading> = {},
): Reply {
  return replyTo(question(asked), base, { reader: undefined, places, ...reading });
}
