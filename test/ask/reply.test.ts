import { describe, expect, it } from 'vitest';
import type { KnowledgeBase } from '../../src/ask/article.ts';
import { humanValue, pickOf, shelve } from '../../src/ask/reply.ts';
import { smallBase } from './base.ts';
import { baseWith, reply } from './replies.ts';

const agpl = smallBase.articles[0];
const variantOf = (variant: string): KnowledgeBase['articles'] => (agpl ? [{ ...agpl, variant }] : []);
const withVariants: KnowledgeBase = {
  ...smallBase,
  articles: [...smallBase.articles, ...variantOf('acme-gmbh'), ...variantOf('nowhere')],
};

describe('an answer', () => {
  it('shows the article, at most two close ones, and what is related', () => {
    const base = baseWith('agpl-saas', (one) => ({ ...one, related: ['mentorship', 'cla', 'agpl-saas', 'removed'] }));

    const shown = reply({ offered: ['strong-copyleft', 'cla', 'mentorship'] }, base);

    expect(shown).toMatchObject({
      kind: 'answer',
      shelf: { article: { id: 'agpl-saas' } },
      alsoClose: [{ article: { id: 'strong-copyleft' } }, { article: { id: 'cla' } }],
      related: [{ article: { id: 'mentorship' } }],
    });
  });

  it('names a related topic once, however often the article does', () => {
    const base = baseWith('agpl-saas', (one) => ({ ...one, related: ['mentorship', 'mentorship'] }));

    expect(reply({ offered: [] }, base)).toMatchObject({ related: [{ article: { id: 'mentorship' } }] });
  });

  it('that was picked leads back to the first one', () => {
    const shown = reply({}, smallBase, { pick: 'cla' });

    expect(shown).toMatchObject({
      kind: 'answer',
      shelf: { article: { id: 'cla' } },
      alsoClose: [{ article: { id: 'agpl-saas' } }, { article: { id: 'strong-copyleft' } }],
    });
  });

  it.each([
    ['its article', {}, undefined],
    ['the article that was picked', {}, 'removed'],
    ['the text that was picked', {}, 'agpl-saas.removed'],
    ['every article to choose from', { outcome: 'choices', offered: ['removed', 'gone'] }, undefined],
  ] as const)('is gone with %s', (_, asked, pick) => {
    const base = pick ? smallBase : { ...smallBase, articles: smallBase.articles.slice(1) };

    expect(reply({ ...asked, offered: [...('offered' in asked ? asked.offered : [])] }, base, { pick }).kind).toBe(
      'gone',
    );
  });
});

describe('several texts on one topic', () => {
  it.each([
    ['nobody in particular', undefined, 'answer', undefined],
    ['somebody of the entity', { entity: 'acme-gmbh' }, 'answer', 'acme-gmbh'],
    ['somebody of another entity', { entity: 'other' }, 'answer', undefined],
    ['somebody of whom that is not known', {}, 'which', undefined],
  ])('for %s', (_, reader, kind, variant) => {
    const shown = reply({}, withVariants, { reader });

    expect(shown.kind).toBe(kind);
    if (shown.kind === 'answer') expect(shown.shelf.article.variant).toBe(variant);
  });

  it('are offered by the places that the organization has, the general one last', () => {
    const shown = reply({}, withVariants, { reader: {} });

    expect(shown).toMatchObject({
      kind: 'which',
      holders: [
        { pick: 'agpl-saas.acme-gmbh', place: 'Acme GmbH' },
        { pick: 'agpl-saas.', place: undefined },
      ],
    });
  });

  it.each([
    ['agpl-saas.acme-gmbh', 'acme-gmbh'],
    ['agpl-saas.', undefined],
  ])('can be picked exactly: %s', (pick, variant) => {
    const shown = reply({}, withVariants, { reader: { entity: 'other' }, pick });

    expect(shown).toMatchObject({ kind: 'answer' });
    if (shown.kind === 'answer') {
      expect(shown.shelf.article.variant).toBe(variant);
      expect(pickOf(shown.shelf)).toBe(pick);
    }
  });
});

describe('the other outcomes', () => {
  it('offers three to choose from, skipping what is gone', () => {
    const offered = ['removed', 'cla', 'mentorship', 'agpl-saas', 'strong-copyleft'];

    expect(reply({ outcome: 'choices', offered })).toMatchObject({
      kind: 'choices',
      choices: ['cla', 'mentorship', 'agpl-saas'].map((id) => ({ article: { id } })),
    });
  });

  it.each([
    ['the closest two', { offered: ['cla', 'mentorship', 'agpl-saas'] }, 2, undefined],
    ['the desk, and nothing that would distract', { offered: ['cla'], desk: 'it' }, 0, 'it'],
    ['nothing of a desk that is gone', { offered: ['cla'], desk: 'removed' }, 1, undefined],
  ])('does not know: %s', (_, asked, closest, desk) => {
    const shown = reply({ outcome: 'unknown', ...asked });

    expect(shown.kind).toBe('unknown');
    if (shown.kind !== 'unknown') return;
    expect(shown.closest).toHaveLength(closest);
    expect(shown.desk?.id).toBe(desk);
  });

  it('helps when nothing was asked', () => {
    expect(reply({ outcome: 'help', offered: [] }).kind).toBe('help');
  });

  it.each([
    [undefined, 'Q1'],
    [true, 'Q1/r'],
  ])('brings a human, restricted when it is a concern: %s', (concern, value) => {
    expect(humanValue(reply(concern ? { concern } : {}))).toBe(value);
  });
});

describe('the edition on the shelf', () => {
  it.each([
    ['the reader’s own', '2026-11-01', 'fine'],
    ['their own, reviewed later than the English one', '2026-12-01', 'fine'],
    ['their own, behind the English one', '2026-10-31', 'behind'],
  ])('is %s', (_, reviewed, translation) => {
    const [article] = baseWith('agpl-saas', (one) => {
      const zh = one.editions['zh-CN'];
      return zh ? { ...one, editions: { ...one.editions, 'zh-CN': { ...zh, reviewed } } } : one;
    }).articles;

    expect(article && shelve(article, 'zh-CN')).toMatchObject({
      translation,
      edition: { title: '在服务里使用 AGPL 组件' },
    });
  });

  it('is the English one when there is no other', () => {
    const cla = smallBase.articles.find(({ id }) => id === 'cla');
    const shelf = cla && shelve(cla, 'zh-CN');

    expect(shelf).toMatchObject({ translation: 'missing', edition: { title: 'Contributor license agreements' } });
  });
});
