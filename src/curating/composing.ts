import type { Finding } from '../core/findings.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { ArticleWords, CuratedArticle, Manuscripts } from '../core/links.ts';
import { type DraftArticle, type DraftFacts, type DraftWords, localesOf } from './draft.ts';
import { hashOf, type PublishedText } from './published.ts';

/** A file as it would be put into force. */
export type Composed = PublishedText & { readonly locale: Locale };

/** Everything that a draft becomes a file by. */
export interface Composing {
  readonly manuscripts: Manuscripts;
  /** ISO date: the day of the review. */
  readonly today: string;
  /** Whether whoever puts it into force holds the role that owns the article. */
  readonly byOwner: boolean;
  /** The English short answer that stands where nobody has written one. */
  readonly standIn: string;
}

/** The files that a draft becomes, English first. @throws Error for a draft without a name */
export function compose(draft: DraftArticle, composing: Composing): readonly Composed[] {
  const name = nameOf(draft);
  const current = composing.manuscripts.find(name);
  const written = localesOf(draft).flatMap((locale) => {
    const words = draft.texts[locale];
    return words ? [composeOne(draft, { locale, words }, composing)] : [];
  });
  const chinese = draft.texts['zh-CN'];
  if (current || draft.texts.en || !chinese) return written;
  const words = { ...chinese, short: composing.standIn, body: `**${chinese.short}**\n\n${chinese.body}` };
  return [composeOne(draft, { locale: 'en', words, standIn: true }, composing), ...written];
}

function composeOne(
  draft: DraftArticle,
  text: { readonly locale: Locale; readonly words: DraftWords; readonly standIn?: true },
  { manuscripts, today, byOwner }: Composing,
): Composed {
  const { locale, words, standIn } = text;
  const current = manuscripts.find(nameOf(draft));
  const file = fileOf(draft, locale, current);
  const known = current?.files[locale];
  const sameAsShown =
    known !== undefined &&
    isSameAnswer(known.words(), words) &&
    (locale !== 'en' || JSON.stringify(current?.sources) === JSON.stringify(draft.facts.sources));
  const rewriting = { file, words, reviewed: sameAsShown ? known.reviewed : today, ...(standIn && { standIn }) };
  const write = (approved: 'keep' | 'none' | { readonly by: string }) =>
    manuscripts.write(locale === 'en' ? { ...rewriting, facts: { ...draft.facts, approved } } : rewriting);

  const plain = write(sameAsShown ? 'keep' : 'none');
  // Only what tells people their duties needs the word of its role.
  const wantsApproval = manuscripts.check(file, plain).some(({ field }) => field === 'approved');
  const whole = wantsApproval && byOwner ? write({ by: draft.facts.owner }) : plain;
  const over = manuscripts.ownHash(file);
  return { locale, file, text: whole, hash: hashOf(whole), ...(over !== undefined && { over }) };
}

/** The name of the article. @throws Error when the draft has none yet */
export function nameOf({ article }: Pick<DraftArticle, 'article'>): string {
  if (article === undefined) throw new Error('a draft without a name is no article');
  return article;
}

/** Where a language of the article lies: beside its English text, wherever that is. */
function fileOf(draft: DraftArticle, locale: Locale, current: CuratedArticle | undefined): string {
  const known = current?.files[locale]?.file;
  if (known) return known;
  const folder = current ? current.files.en.file.replace(/\/[^/]*$/, '') : `knowledge/${draft.facts.area}`;
  return `${folder}/${nameOf(draft)}.${locale}.md`;
}

/** Whether a reader is told the same. Other ways to ask are no other answer. */
function isSameAnswer(a: ArticleWords, b: DraftWords): boolean {
  return a.title === b.title && a.scope === b.scope && a.short === b.short && a.body.trim() === b.body.trim();
}

/** The files that a draft is written over, as they are now. */
export function overOf(draft: Pick<DraftArticle, 'article'>, manuscripts: Manuscripts): DraftArticle['over'] {
  const current = draft.article === undefined ? undefined : manuscripts.find(draft.article);
  return Object.fromEntries(
    locales.flatMap((locale) => {
      const file = current?.files[locale]?.file;
      const hash = file === undefined ? undefined : manuscripts.hashAt(file);
      return file !== undefined && hash !== undefined ? [[locale, { file, hash }]] : [];
    }),
  );
}

/** The languages whose text changed since the draft was written over it. */
export function movedOn(draft: DraftArticle, manuscripts: Manuscripts): readonly Locale[] {
  const now = overOf(draft, manuscripts);
  return localesOf(draft).filter((locale) => now[locale]?.hash !== draft.over[locale]?.hash);
}

/** The fields of the form. */
export const formFields = [
  'article',
  'title',
  'scope',
  'area',
  'owner',
  'short',
  'body',
  'aliases',
  'sources',
] as const;
export type FormField = (typeof formFields)[number];

/** The field of the form that a finding is about. */
export function fieldOf({ field }: Finding): FormField {
  if (field === 'short answer') return 'short';
  if (field === 'id') return 'article';
  const [first] = (field ?? '').split('.');
  return formFields.find((known) => known === first) ?? 'body';
}

/** What is wrong with the files that a draft becomes, each with its language. */
export function problemsOf(
  files: readonly Composed[],
  manuscripts: Manuscripts,
): readonly (Finding & { readonly locale: Locale })[] {
  return files.flatMap(({ file, text, locale }) =>
    manuscripts.check(file, text).map((finding) => ({ ...finding, locale })),
  );
}

/** An id for a title: its first words, joined by hyphens; empty where it has no Latin letters. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return (words ?? []).slice(0, 5).join('-').slice(0, 60).replace(/-+$/, '');
}

/** What a form is filled with at first. */
export interface Beginning {
  readonly facts: DraftFacts;
  readonly words: DraftWords;
}

// The rules of the handbook: a longer short answer is not read, a longer alias is a story.
const longestShort = 300;
const longestAlias = 200;

/** One line of at most 200 characters: how it was asked. */
export function aliasOf(question: string): string {
  return question.replace(/\s+/g, ' ').trim().slice(0, longestAlias).toWellFormed().trim();
}

/** An answered question as the beginning of an article: the first sentence in front, the links as sources. */
export function beginningOf(question: string, answer: string, owner: string): Beginning {
  const text = answer.replace(/\r\n?/g, '\n').trim();
  const [first = ''] = /^[^\n]*?(?:[.!?](?=\s|$)|[。！？]|(?=\n)|$)/u.exec(text) ?? [];
  const isShort = first !== '' && [...first].length <= longestShort;
  const urls = [...new Set(text.match(/https?:\/\/[^\s<>"'，。；、）)]+/g) ?? [])];
  return {
    facts: { area: 'using', owner, sources: urls.map((url) => ({ title: titleOf(url), url })) },
    words: {
      title: '',
      scope: '',
      short: isShort ? first.trim() : '',
      body: isShort ? text.slice(first.length).trim() : text,
      aliases: [aliasOf(question)].filter((alias) => alias !== ''),
    },
  };
}

function titleOf(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}

/** Paragraphs that only one of two texts has. */
export function changesOf(
  before: string,
  after: string,
): { readonly gone: readonly string[]; readonly come: readonly string[] } {
  const [old, fresh] = [paragraphsOf(before), paragraphsOf(after)];
  return { gone: old.filter((one) => !fresh.includes(one)), come: fresh.filter((one) => !old.includes(one)) };
}

function paragraphsOf(text: string): readonly string[] {
  return text
    .split(/\n\s*\n|\n(?=\s*[-*] )/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** What a reviewer should know beside the text. */
export interface Overview {
  /** What `kb lint` would note. */
  readonly notes: readonly string[];
  /** The languages whose text in force changed since this was written. */
  readonly movedOn: readonly Locale[];
  /** The text in force, by language, to compare with. */
  readonly before: { readonly [L in Locale]?: ArticleWords };
  /** Whether anybody but the authors may review it. */
  readonly reviewers: boolean;
}
