import type { ContentItems, ContentKind, Parsed, RawItem } from '../core/content.ts';
import { checkShape, type Finding } from '../core/findings.ts';
import { finish, inSteps, type Steps } from '../core/steps.ts';
import { type Article, Concept, Desk, type KnowledgeBase, LicenseName } from './article.ts';
import { type ArticlePart, groupByTopic, parseArticle, topicOf } from './article-part.ts';
import { checkDesks, checkKnowledge } from './knowledge-checks.ts';
import { reviewContent, withReviews } from './reviews.ts';

/** `knowledge/<area>/<id>[.<variant>].<locale>.md` */
export const articleContent: ContentKind<ArticlePart> = {
  name: 'articles',
  folder: 'knowledge',
  match: 'markdown',
  parse: parseArticle,
  check: (parts, context) =>
    checkKnowledge(withReviews(parts, context.items(reviewContent)), context.items(deskContent), context),
};

/** `knowledge/desks.yml` */
const deskContent: ContentKind<Desk> = {
  name: 'desks',
  folder: 'knowledge',
  match: 'list',
  file: 'desks.yml',
  parse: (raw) => parseEntry(Desk, raw),
  check: (desks, context) => checkDesks('knowledge/desks.yml', desks, context),
};

/** `knowledge/thesaurus.yml` */
const conceptContent: ContentKind<Concept> = {
  name: 'concepts',
  folder: 'knowledge',
  match: 'list',
  file: 'thesaurus.yml',
  parse: (raw) => parseEntry(Concept, raw),
};

/** `licenses/names.yml` */
const licenseNameContent: ContentKind<LicenseName> = {
  name: 'license names',
  folder: 'licenses',
  match: 'list',
  file: 'names.yml',
  key: 'token',
  parse: (raw) => parseEntry(LicenseName, raw),
};

/** Everything a question is answered from, as content declares it. */
export const knowledgeContent: readonly ContentKind<unknown>[] = [
  articleContent,
  reviewContent,
  deskContent,
  conceptContent,
  licenseNameContent,
];

/** The knowledge base of one state of the content. Articles without English are left out, and so are links to articles that are not there. */
export function buildKnowledgeBase(content: ContentItems): KnowledgeBase {
  return finish(knowledgeBaseInSteps(content));
}

/** The same, beside other work. */
export function* knowledgeBaseInSteps(content: ContentItems): Steps<KnowledgeBase> {
  const parts = withReviews(content.items(articleContent), content.items(reviewContent));
  const topics = yield* groupByTopic(parts);
  const known = new Set(parts.flatMap((part) => (part.facts ? [part.id] : [])));
  yield;
  const articles: Article[] = [];
  yield* inSteps(parts, 500, (part) => {
    for (const article of toArticle(part, topics.get(topicOf(part)) ?? [], known)) articles.push(article);
  });
  return {
    articles,
    desks: content.items(deskContent),
    concepts: content.items(conceptContent),
    licenses: content.items(licenseNameContent),
  };
}

function toArticle(english: ArticlePart, all: readonly ArticlePart[], known: ReadonlySet<string>): readonly Article[] {
  const { id, variant, facts } = english;
  if (!facts) return [];
  const others = Object.fromEntries(all.map((part) => [part.locale, part.edition]));
  return [
    {
      ...facts,
      id,
      ...(variant && { variant }),
      related: facts.related.filter((other) => known.has(other)),
      siblings: facts.siblings.filter((other) => known.has(other)),
      editions: { ...others, en: english.edition },
    },
  ];
}

function parseEntry<T>(schema: Parameters<typeof checkShape<T>>[0], raw: RawItem): Parsed<T> {
  const checked = checkShape(schema, raw.data, raw.file);
  if (!checked.findings) return { item: checked.value, findings: [] };
  // A list has many entries: the finding names the one.
  const inEntry = (finding: Finding) => ({ ...finding, field: finding.field ? `${raw.id}.${finding.field}` : raw.id });
  return { findings: checked.findings.map(inEntry) };
}
