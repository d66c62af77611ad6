import { hashOf } from './adoption/edition.ts';
import { type Article, areas, type Edition } from './ask/article.ts';
import { checkBody, lacksApproval } from './ask/article-checks.ts';
import { nameOf, parseArticle } from './ask/article-part.ts';
import type { Handbook } from './ask/ask.ts';
import { articleContent } from './ask/knowledge.ts';
import { reviewDue } from './ask/knowledge-checks.ts';
import { readMarkdown, writeMarkdown } from './content/front-matter.ts';
import { parseFileName } from './content/path.ts';
import type { RawItem } from './core/content.ts';
import type { ArticleFile, ArticleWords, CuratedArticle, Manuscripts, Meanings, Rewriting } from './core/links.ts';
import { isSameText } from './curating/export.ts';
import type { Layers } from './layers.ts';

// Half a year, as most shipped articles: who writes from Slack can change it in the file.
const usualReview = 'P6M';
// Characters of a hash that name a version, as on answers.
const versionLength = 8;

/** The handbook's texts for those who write them: read, put together and checked as files are. */
export function createManuscripts({
  layers,
  handbook,
}: {
  readonly layers: Layers;
  handbook(): Handbook;
}): Manuscripts {
  // The base is replaced as a whole: what was made of it is too.
  let made: { readonly of: Handbook; readonly all: ReadonlyMap<string, CuratedArticle> } | undefined;

  function curated(): ReadonlyMap<string, CuratedArticle> {
    const current = handbook();
    if (made?.of !== current) {
      const all = current.base.articles.map((article) => articleOf(article, (edition) => fileOf(edition)));
      made = { of: current, all: new Map(all.map((article) => [article.name, article])) };
    }
    return made.all;
  }

  function fileOf(edition: Edition): ArticleFile {
    const { file, hash, reviewed, title } = edition;
    return { file, hash, title, reviewed, origin: layers.originOf(file), words: () => wordsOf(edition) };
  }

  /** The words as they were written: what is shown has the organization's values filled in. */
  function wordsOf({ file, title, scope, aliases, short, body }: Edition): ArticleWords {
    const text = layers.textOf(file);
    const raw = text === undefined ? undefined : rawOf(file, text);
    const written = raw ? checkBody(raw) : { short, rest: body };
    return { title, scope, aliases, short: written.short, body: written.rest };
  }

  function hashAt(file: string): string | undefined {
    const text = layers.textOf(file);
    return text === undefined ? undefined : hashOf(text);
  }

  return {
    all: () => [...curated().values()],
    find: (name) => curated().get(name),
    hashAt,
    ownFile(file, text) {
      const own = layers.ownTextOf(file);
      if (own === undefined) return 'none';
      return isSameText(own, text) ? 'same' : 'other';
    },
    ownHash(file) {
      const own = layers.ownTextOf(file);
      return own === undefined ? undefined : hashOf(own);
    },
    write(rewriting) {
      const { file } = rewriting;
      const before = layers.textOf(file);
      const ships = before !== undefined && ['shipped', 'adopted'].includes(layers.originOf(file));
      const over = ships ? { replaces: hashOf(before).slice(0, versionLength) } : {};
      return writeMarkdown(before, { ...frontOf(rewriting, before), ...over }, bodyOf(rewriting));
    },
    check(file, text) {
      const raw = rawOf(file, text);
      if (!raw) throw new Error(`${file} is no article file`);
      return parseArticle(raw).findings;
    },
    areas,
    desks: () => handbook().base.desks.filter(({ nobody }) => !nobody),
  };
}

function articleOf(article: Article, fileOf: (edition: Edition) => ArticleFile): CuratedArticle {
  const { en, 'zh-CN': zh } = article.editions;
  return {
    name: nameOf(article),
    area: article.area,
    owner: article.owner,
    sources: article.sources,
    unapproved: lacksApproval(article),
    due: reviewDue(en.reviewed, article.reviewEvery),
    files: { en: fileOf(en), ...(zh ? { 'zh-CN': fileOf(zh) } : {}) },
  };
}

/** What texts say, as the search in force reads them. */
export function meaningsOf(handbook: () => Handbook): Meanings {
  return {
    tokensOf: (text) => handbook().search.tokensOf(text),
    rarity: (token) => handbook().search.rarity(token),
    closest: (text) => handbook().search.find(text).ranking.map(nameOf),
  };
}

/** A text as the loader would hand it to the parser; undefined when it has no front matter or no name of an article file. */
function rawOf(file: string, text: string): RawItem | undefined {
  const name = parseFileName(articleContent, file);
  const parsed = readMarkdown(text);
  return 'name' in name && parsed ? { ...name.name, file, hash: hashOf(text), ...parsed } : undefined;
}

function frontOf(rewriting: Rewriting, before: string | undefined): Readonly<Record<string, unknown>> {
  const { file, words, reviewed, facts } = rewriting;
  const { title, scope, aliases } = words;
  const id = file.slice(file.lastIndexOf('/') + 1).split('.')[0];
  const fresh = before === undefined && facts !== undefined;
  return {
    id,
    title,
    ...(facts && { area: facts.area }),
    ...(fresh && { audience: ['everyone'] }),
    ...(facts && { owner: facts.owner }),
    reviewed,
    ...(fresh && { reviewEvery: usualReview }),
    aliases,
    scope,
    ...(facts && { sources: facts.sources, ...approvalOf(facts.approved, reviewed), standIn: rewriting.standIn }),
  };
}

function approvalOf(approved: 'keep' | 'none' | { readonly by: string }, on: string): { readonly approved?: unknown } {
  if (approved === 'keep') return {};
  return { approved: approved === 'none' ? undefined : { role: approved.by, on } };
}

function bodyOf({ words }: Rewriting): string {
  return `**${words.short.replace(/\s+/g, ' ').trim()}**\n\n${words.body.trim()}`;
}
