import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { type Announcement, type AnnouncementText, isOut, type Words } from './announcement.ts';
import { emptyAudience } from './audience.ts';
import { blanksIn, type Kind } from './kind.ts';

/** What a form changes beside the words. */
export type Extras = Pick<AnnouncementText, 'links' | 'ask'> & {
  readonly picture: AnnouncementText['picture'] | undefined;
  readonly request: string | undefined;
  readonly article: string | undefined;
};

/** A new draft of a kind. */
export function newDraft(kind: Pick<Kind, 'id' | 'template'>, by: PersonId, at: number): Announcement {
  return {
    kind: kind.id,
    author: by,
    titles: titlesOf(kind.template),
    audience: emptyAudience,
    revision: 1,
    edition: 1,
    confirmFrom: 1,
    state: 'draft',
    since: at,
    wakeAt: null,
    events: [{ kind: 'begun', at, by }],
  };
}

/** The same once more, for other days: text and audience, and nothing of what happened. */
export function copyOf(
  { kind, audience, titles }: Announcement,
  text: AnnouncementText,
  id: string,
  by: PersonId,
  at: number,
): { readonly announcement: Announcement; readonly text: AnnouncementText } {
  const draft = newDraft({ id: kind, template: { en: emptyWords, 'zh-CN': emptyWords } }, by, at);
  return { announcement: { ...draft, audience, titles }, text: { ...text, announcement: id, edition: 1, by, at } };
}

const emptyWords: Words = { title: '', body: '' };

/** The edition that is written on: of what is out the one that comes next. */
export function writtenEdition(announcement: Announcement): number {
  return isOut(announcement) ? announcement.edition + 1 : announcement.edition;
}

/** The text with other words in one language; without title and body there is none in it. */
export function withWords(text: AnnouncementText, locale: Locale, { title, body }: Words): AnnouncementText {
  const words = { ...text.words };
  delete words[locale];
  return { ...text, words: title || body ? { ...words, [locale]: { title, body } } : words };
}

export function withExtras(text: AnnouncementText, extras: Extras): AnnouncementText {
  const { picture, request, article, ...rest } = text;
  return {
    ...rest,
    links: [...extras.links],
    ask: extras.ask,
    ...(extras.picture ? { picture: extras.picture } : {}),
    ...(extras.request ? { request: extras.request } : {}),
    ...(extras.article ? { article: extras.article } : {}),
  };
}

export function titlesOf(words: AnnouncementText['words']): Announcement['titles'] {
  return Object.fromEntries(locales.flatMap((locale) => (words[locale] ? [[locale, words[locale].title]] : [])));
}

/** What a reader of one language gets: their own text, or the other one. */
export function wordsFor(
  { words }: Pick<AnnouncementText, 'words'>,
  locale: Locale,
): { readonly words: Words; readonly locale: Locale } | undefined {
  const own = words[locale];
  if (own) return { words: own, locale };
  const other = locales.find((one) => words[one]);
  const there = other && words[other];
  return there && { words: there, locale: other };
}

/** A title for lists, in the reader's language where there is one. */
export function titleFor({ titles }: Pick<Announcement, 'titles'>, locale: Locale): string | undefined {
  return titles[locale] || locales.map((one) => titles[one]).find(Boolean);
}

/** Why a text cannot be sent, whatever its audience: nothing is there, half of it is, or blanks of the template. */
export function lacksOf(text: AnnouncementText): { readonly empty: boolean; readonly blanks: readonly string[] } {
  const all = locales.flatMap((locale) => text.words[locale] ?? []);
  return {
    empty: all.length === 0 || all.some(({ title, body }) => !title.trim() || !body.trim()),
    blanks: all.flatMap(({ title, body }) => blanksIn(`${title}\n${body}`)),
  };
}

/** Names a text for ever: what was confirmed can be shown to be what was sent. */
export function digestOf({ words, picture, links, ask, request, article }: AnnouncementText): string {
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify({ words, picture, links, ask, request, article }))))
    .digest('hex');
}
