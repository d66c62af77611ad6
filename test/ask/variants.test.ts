import { describe, expect, it } from 'vitest';
import type { Article, KnowledgeBase } from '../../src/ask/article.ts';
import { untrained } from '../../src/ask/decide.ts';
import { type Question, recordOf } from '../../src/ask/question.ts';
import { pickOf, type Reading, replyTo } from '../../src/ask/reply.ts';
import { createSearch } from '../../src/ask/search.ts';
import { chooseVariant, foldVariants, type Places, type Reader } from '../../src/ask/variants.ts';
import { article } from './base.ts';

const name = (words: string) => ({ en: words, 'zh-CN': `${words}（中）` });
const places: Places = {
  entities: [
    { id: 'de', name: name('GmbH') },
    { id: 'cn', name: name('Shanghai Ltd') },
  ],
  offices: [
    {
      id: 'berlin',
      name: name('Berlin'),
      zone: 'Europe/Berlin',
      hours: { from: '09:00', to: '18:00' },
      quiet: { from: '18:30', to: '08:30' },
      week: ['mon'],
      years: {},
    },
  ],
};

function text(variant?: string, id = 'fix'): Article {
  const base = article(id, { title: `About ${id} ${variant ?? ''}`, aliases: [`how do I ${id} ${variant ?? ''}`] });
  return variant ? { ...base, variant } : base;
}

const fixes = [text(), text('cn'), text('berlin')];

describe('which text holds for a reader', () => {
  it.each<[string, readonly Article[], Reader | undefined, string | undefined]>([
    ['the one of the entity', fixes, { entity: 'cn' }, 'cn'],
    ['the one of the entity before the one of the office', fixes, { entity: 'cn', office: 'berlin' }, 'cn'],
    ['the one of the office', fixes, { entity: 'de', office: 'berlin' }, 'berlin'],
    ['the general one for anybody else', fixes, { entity: 'de', office: 'shanghai' }, ''],
    ['unknown while nothing is known', fixes, {}, 'ask'],
    ['unknown while the office decides and is not known', fixes, { entity: 'de' }, 'ask'],
    ['unknown while the entity decides and is not known', fixes, { office: 'shanghai' }, 'ask'],
    ['clear without the office when no office has a text', [text(), text('cn')], { entity: 'de' }, ''],
    ['the general one for nobody in particular', fixes, undefined, ''],
    ['the general one when there is no other', [text()], {}, ''],
    ['the general one when the place of a variant does not exist', [text(), text('mars')], {}, ''],
    ['none when there is no general one', [text('cn')], { entity: 'de' }, undefined],
    ['the only one for whom it is', [text('cn')], { entity: 'cn' }, 'cn'],
  ])('%s', (_, texts, reader, variant) => {
    const chosen = chooseVariant(texts, reader, places);

    expect(typeof chosen === 'object' ? (chosen.variant ?? '') : chosen).toBe(variant);
  });
});

const base: KnowledgeBase = { articles: [...fixes, text(undefined, 'other')], desks: [], concepts: [], licenses: [] };

describe('searching topics with variants', () => {
  it('gives the same texts together the same object, so that they are indexed once', () => {
    const first = foldVariants(base).articles.map(({ editions }) => editions.en);
    const second = foldVariants({ ...base, articles: base.articles.map((one) => ({ ...one })) });

    expect(second.articles.every(({ editions }, at) => editions.en === first[at])).toBe(true);
  });

  it('sees one topic, found by the words of all its texts', () => {
    const search = createSearch(base, untrained);

    const found = search.read('how do I fix cn');

    expect(found.articles.map(({ article: { id } }) => id)).toEqual(['fix']);
    expect(found.features.likeness).toBeCloseTo(1);
  });

  it('leaves a base without variants as it is', () => {
    const plain = { ...base, articles: [text(), text(undefined, 'other')] };

    const folded = foldVariants(plain);

    expect(folded).toBe(plain);
  });

  it('keeps a topic that has only variants', () => {
    const folded = foldVariants({ ...base, articles: [text('cn'), text('berlin')] });

    expect(folded.articles).toMatchObject([{ id: 'fix', variant: 'cn' }]);
  });
});

function asked(reader: Reader | undefined, pick?: string, changes: Partial<Question> = {}) {
  const found = createSearch(base, untrained).find('how do I fix');
  const record = recordOf({ person: 'U0EMPLOYEE', text: 'how do I fix', via: 'conversation', at: 0 }, found);
  const reading: Reading = { reader, places, pick };
  return replyTo({ ...record, id: 'Q', outcome: 'answer', shown: { id: 'fix' }, ...changes }, base, reading);
}

describe('the reply', () => {
  it('asks which place holds, by names in the language of the question, the general text last', () => {
    const reply = asked({}, undefined, { locale: 'zh-CN' });

    expect(reply).toMatchObject({
      kind: 'which',
      holders: [
        { pick: 'fix.cn', place: 'Shanghai Ltd（中）' },
        { pick: 'fix.berlin', place: 'Berlin（中）' },
        { pick: 'fix.', place: undefined },
      ],
    });
  });

  it.each([
    ['fix.cn', 'cn'],
    ['fix.', undefined],
  ])('shows exactly the text that was chosen: %s', (pick, variant) => {
    const reply = asked({}, pick);

    expect(reply.kind === 'answer' && reply.shelf.article.variant).toBe(variant);
    expect(reply.kind === 'answer' && pickOf(reply.shelf)).toBe(pick);
  });

  it('follows the entity where only the topic was chosen', () => {
    const reply = asked({ entity: 'cn' }, 'fix', { shown: { id: 'other' } });

    expect(reply).toMatchObject({ kind: 'answer', shelf: { article: { variant: 'cn' } } });
    expect(reply.kind === 'answer' && reply.alsoClose.map(({ article: { id } }) => id)).toEqual(['other']);
  });

  it.each(['fix.mars', 'gone', 'gone.'])('says so when the text is gone: %s', (pick) => {
    const reply = asked({}, pick);

    expect(reply.kind).toBe('gone');
  });
});

describe('what is kept of a question', () => {
  const found = { ...createSearch(base, untrained).find('how do I fix'), outcome: 'answer' as const, article: text() };
  const question = { person: 'U0EMPLOYEE', text: 'how do I fix', via: 'conversation' as const, at: 0 };

  it.each([
    ['the variant that was shown', text('cn'), { id: 'fix', variant: 'cn', hash: 'fix' }],
    ['no text while the asker has not said which holds', 'ask' as const, { id: 'fix' }],
  ])('names %s', (_, holds, shown) => {
    const record = recordOf(question, found, holds);

    expect(record.shown).toEqual(shown);
  });
});
