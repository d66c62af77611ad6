import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article, KnowledgeBase } from '../../src/ask/article.ts';
import { untrained } from '../../src/ask/decide.ts';
import { createSearch, createSearchBuilder, type Search } from '../../src/ask/search.ts';
import { finish } from '../../src/core/steps.ts';
import { article, desk, smallBase } from './base.ts';

const words = [
  'agpl',
  'mentor',
  'mentors',
  'docker',
  'approval',
  'the',
  'release',
  '许可证',
  '开源软件',
  '我们的导师',
  'gplv3',
  'licence',
];
const sentence = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((all) => all.join(' '));

/** A change of a base, given as a function of the one before. */
type Change = (base: KnowledgeBase) => KnowledgeBase;

const anArticle: fc.Arbitrary<Article> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    variant: fc.option(fc.constantFrom('cn', 'de'), { nil: undefined }),
    title: sentence,
    aliases: fc.array(sentence, { maxLength: 3 }),
    body: sentence,
    tags: fc.array(fc.constantFrom(...words), { maxLength: 2 }),
    zh: fc.option(fc.record({ title: sentence, aliases: fc.array(sentence, { maxLength: 2 }) }), { nil: undefined }),
    licenses: fc.array(fc.constantFrom('AGPL-3.0-only', 'MIT'), { maxLength: 1 }),
  })
  .map(({ id, variant, tags, zh, licenses, ...en }) => ({
    ...article(id, en, { licenses, ...(zh && { zh }) }),
    tags,
    ...(variant && { variant }),
  }));

const changeOf: fc.Arbitrary<Change> = fc.oneof(
  anArticle.map(
    (added): Change =>
      (base) => ({
        ...base,
        articles: [...base.articles.filter((one) => one.id !== added.id || one.variant !== added.variant), added],
      }),
  ),
  fc.nat().map(
    (at): Change =>
      (base) => ({ ...base, articles: base.articles.filter((_, other) => other !== at % 5) }),
  ),
  // What an article says changes while its English text stays the same object.
  fc.record({ at: fc.nat(), tag: fc.constantFrom(...words) }).map(
    ({ at, tag }): Change =>
      (base) => ({
        ...base,
        articles: base.articles.map((one, other) => (other === at % 5 ? { ...one, tags: [tag] } : one)),
      }),
  ),
  sentence.map(
    (alias): Change =>
      (base) => ({ ...base, desks: [...base.desks, desk(`d${base.desks.length}`, [alias])] }),
  ),
  sentence.map(
    (form): Change =>
      (base) => ({ ...base, concepts: [...base.concepts, { id: 'new', en: [form], zh: [] }] }),
  ),
  fc.constant<Change>((base) => ({ ...base, licenses: base.licenses.slice(1) })),
);

const asked = [
  'may we use agpl',
  'who is the mentro',
  '许可证',
  'docker release approvals',
  '开源软件 导师 gpl 3',
  'a licence',
  'hello',
];

function heard(search: Search): unknown {
  return asked.map((text) => ({ ...search.find(text), reading: search.read(text) }));
}

describe('a search built after another', () => {
  it('finds what a new one finds, whatever changed in between', () => {
    fc.assert(
      fc.property(fc.array(changeOf, { minLength: 1, maxLength: 8 }), (changes) => {
        const builder = createSearchBuilder();
        let base = smallBase;
        for (const change of changes) {
          base = change(base);

          const search = finish(builder.build(base, untrained));

          expect(heard(search)).toEqual(heard(createSearch(base, untrained)));
        }
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('leaves the one before as it was', () => {
    const builder = createSearchBuilder();
    const before = finish(builder.build(smallBase, untrained));
    const heardBefore = heard(before);

    const more = {
      ...smallBase,
      articles: [...smallBase.articles, article('new', { title: 'mentors approve releases' })],
    };
    finish(builder.build(more, untrained));

    expect(heard(before)).toEqual(heardBefore);
  });

  it('may be given up halfway', () => {
    const builder = createSearchBuilder();
    const more = {
      ...smallBase,
      articles: [...smallBase.articles, article('new', { title: 'mentors approve releases' })],
    };

    const abandoned = builder.build(more, untrained);
    for (let step = 0; step < 3; step += 1) abandoned.next();
    const search = finish(builder.build(smallBase, untrained));

    expect(heard(search)).toEqual(heard(createSearch(smallBase, untrained)));
  });

  it('reads an article again only when it changed', () => {
    const read: string[] = [];
    const spied = smallBase.articles.map((one) => ({
      ...one,
      editions: {
        ...one.editions,
        en: Object.defineProperty({ ...one.editions.en }, 'body', {
          get: () => {
            read.push(one.id);
            return one.editions.en.body;
          },
        }),
      },
    }));
    const builder = createSearchBuilder();
    finish(builder.build({ ...smallBase, articles: spied }, untrained));
    read.length = 0;

    const changed = article('new', { title: 'mentors' });
    finish(builder.build({ ...smallBase, articles: [...spied, changed] }, untrained));

    expect(read).toEqual([]);
  });

  it('pauses at every article', () => {
    const steps = createSearchBuilder().build(smallBase, untrained);

    let pauses = 0;
    while (!steps.next().done) pauses += 1;

    expect(pauses).toBeGreaterThan(smallBase.articles.length);
  });
});
