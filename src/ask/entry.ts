import { type Analysis, analyse, type Lexicon, licenseTokens, normalize } from './analyse.ts';
import type { Article, Desk, Edition, KnowledgeBase } from './article.ts';

/** What a question can lead to: an article, or the desk of a question that is not ours. */
export type Subject =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'desk'; readonly desk: Desk };

/** A subject as it is indexed. */
export interface Entry {
  /** Position in the index. */
  readonly id: number;
  readonly subject: Subject;
  /** Tokens by field, repeated as often as they occur. */
  readonly fields: Readonly<Record<Field, readonly string[]>>;
  /** The title and each alias as one set of tokens: the questions it answers. */
  readonly asks: readonly (readonly string[])[];
  /** License families it is about; empty when it is about none in particular. */
  readonly families: ReadonlySet<string>;
}

/** Words and concepts have fields of their own, so that each can be scored without the other. */
type Field =
  | 'titleEn'
  | 'titleZh'
  | 'aliasesEn'
  | 'aliasesZh'
  | 'answerEn'
  | 'answerZh'
  | 'tags'
  | 'scope'
  | 'titleConcepts'
  | 'aliasConcepts'
  | 'answerConcepts';

/** Everything in the base as entries: articles first, then desks. */
export function entriesOf(base: KnowledgeBase, lexicon: Lexicon): readonly Entry[] {
  const subjects: readonly Subject[] = [
    ...base.articles.map((article) => ({ kind: 'article' as const, article })),
    ...base.desks.map((desk) => ({ kind: 'desk' as const, desk })),
  ];
  return subjects.map((subject, id) =>
    subject.kind === 'article' ? articleEntry(id, subject.article, lexicon) : deskEntry(id, subject.desk, lexicon),
  );
}

function articleEntry(id: number, article: Article, lexicon: Lexicon): Entry {
  const read = (text: string) => analyse(normalize(text), lexicon);
  const en = readEdition(article.editions.en, read);
  const zh = article.editions['zh-CN'] && readEdition(article.editions['zh-CN'], read);
  const tags = [...article.tags, ...article.licenses].map(read);
  const licenses = [...tags, en.title].flatMap((part) => part.licenses);
  const both = <T>(pick: (edition: ReadEdition) => readonly T[]) => [...pick(en), ...(zh ? pick(zh) : [])];

  return {
    id,
    subject: { kind: 'article', article },
    fields: {
      titleEn: en.title.surface,
      titleZh: zh?.title.surface ?? [],
      aliasesEn: en.aliases.flatMap((alias) => alias.surface),
      aliasesZh: zh?.aliases.flatMap((alias) => alias.surface) ?? [],
      answerEn: en.answer.flatMap((part) => part.surface),
      answerZh: zh?.answer.flatMap((part) => part.surface) ?? [],
      tags: tags.flatMap((tag) => tag.surface),
      scope: both((edition) => edition.scope.surface),
      titleConcepts: both((edition) => edition.title.concepts),
      aliasConcepts: both((edition) => edition.aliases.flatMap((alias) => alias.concepts)),
      answerConcepts: [
        ...tags.flatMap((tag) => tag.concepts),
        ...both((edition) => edition.answer.flatMap((part) => part.concepts)),
      ],
    },
    asks: both((edition) => [edition.title, ...edition.aliases]).map(askTokens),
    families: new Set(licenses.flatMap(({ license }) => licenseTokens(license).slice(-1))),
  };
}

interface ReadEdition {
  readonly title: Analysis;
  readonly aliases: readonly Analysis[];
  readonly scope: Analysis;
  readonly answer: readonly Analysis[];
}

function readEdition(edition: Edition, read: (text: string) => Analysis): ReadEdition {
  return {
    title: read(edition.title),
    aliases: edition.aliases.map(read),
    scope: read(edition.scope),
    // By paragraph: a word counts once in each, so that a list of twenty lines does not drown the rest.
    answer: [edition.short, ...withoutMarkup(edition.body).split(/\n\s*\n/)].map(read),
  };
}

/** Markdown without what nobody searches for: targets of links, placeholders. */
function withoutMarkup(body: string): string {
  return body
    .replace(/\]\([^)]*\)/g, '] ')
    .replace(/\bhttps?:\/\/\S+/g, ' ')
    .replace(/\{\{[^}]*\}\}/g, ' ');
}

function deskEntry(id: number, desk: Desk, lexicon: Lexicon): Entry {
  const read = (text: string) => analyse(normalize(text), lexicon);
  const names = [read(desk.name.en), read(desk.name['zh-CN'])] as const;
  const en = desk.aliases.en.map(read);
  const zh = desk.aliases['zh-CN'].map(read);

  return {
    id,
    subject: { kind: 'desk', desk },
    fields: {
      titleEn: names[0].surface,
      titleZh: names[1].surface,
      aliasesEn: en.flatMap((alias) => alias.surface),
      aliasesZh: zh.flatMap((alias) => alias.surface),
      answerEn: [],
      answerZh: [],
      tags: [],
      scope: [],
      titleConcepts: names.flatMap((name) => name.concepts),
      aliasConcepts: [...en, ...zh].flatMap((alias) => alias.concepts),
      answerConcepts: [],
    },
    asks: [...en, ...zh].map(askTokens),
    families: new Set(),
  };
}

/** What one question says, as one set. */
export function askTokens(analysis: Analysis): readonly string[] {
  return [...analysis.surface, ...analysis.concepts];
}

/** How much a token of the question counts: a pair of Han characters is half a word, the type of a question says little. */
export function weightOf(token: string): number {
  if (token.startsWith('l:')) return 1.5;
  // A family stands beside the word or the exact license that named it.
  if (token.startsWith('f:')) return 0.5;
  if (token.startsWith('c:q_')) return 0.5;
  return /^\p{Script=Han}/u.test(token) ? 0.5 : 1;
}
