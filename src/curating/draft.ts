import { z } from 'zod';
import { AuditHead, type AuditSubjects } from '../core/audit.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { Collection, PersonId } from '../core/ports.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');
/** As much as a Slack text field takes. */
const words = z.string().max(3_000);

/** An article in one language, as its author wrote it. */
export const DraftWords = z.strictObject({
  title: words,
  scope: words,
  short: words,
  body: words,
  // Longer lists than the field of a form come from files.
  aliases: z.array(z.string()),
});
export type DraftWords = z.infer<typeof DraftWords>;

/** What all languages share. */
export const DraftFacts = z.strictObject({
  area: z.string(),
  owner: z.string(),
  sources: z.array(z.strictObject({ title: z.string(), url: z.string() })),
});
export type DraftFacts = z.infer<typeof DraftFacts>;

/** What made somebody write. */
export const Origin = z.discriminatedUnion('kind', [
  /** A question that a person answered. */
  z.strictObject({ kind: z.literal('handoff'), id: filled }),
  /** A group of questions without an answer. */
  z.strictObject({ kind: z.literal('gap'), id: filled }),
  /** An article that is to change. */
  z.strictObject({ kind: z.literal('article'), id: filled }),
  z.strictObject({ kind: z.literal('blank') }),
]);
export type Origin = z.infer<typeof Origin>;

const Spot = z.union([z.strictObject({ channel: filled }), z.strictObject({ person })]);
export type Spot = z.infer<typeof Spot>;

/** A text that somebody writes, until it is in force or given up. */
export const DraftArticle = z.strictObject({
  origin: Origin,
  /** The language it began in. */
  locale: z.enum(locales),
  /** The name of the article; absent as long as its author has not given one. */
  article: filled.exactOptional(),
  facts: DraftFacts,
  /** Only the languages that are written or changed. */
  texts: z.partialRecord(z.enum(locales), DraftWords),
  /** The files it was written over, as they were then; none for a new article. */
  over: z.partialRecord(z.enum(locales), z.strictObject({ file: filled, hash: filled })),
  /** Everybody who wrote in it: none of them may review it. */
  authors: z.array(person).min(1),
  state: z.enum(['draft', 'review', 'published', 'discarded']),
  /** Grows with every change of the text: what was looked at is what is put into force. */
  revision: z.int().nonnegative(),
  /** When state or text last changed, ms. */
  since: z.number(),
  /** Who put it into force, or gave it up. */
  by: person.exactOptional(),
  /** Why it was sent back; gone when it is written on. */
  note: z.strictObject({ by: person, at: z.number(), text: words }).exactOptional(),
  /** Where its card stands, from the first review on. */
  cards: z.array(Spot),
  head: AuditHead.exactOptional(),
});
export type DraftArticle = z.infer<typeof DraftArticle>;

/** A stored draft with its id. */
export type KnownDraft = DraftArticle & { readonly id: string };

/** The key under which a draft is found by what made somebody write it. */
export function originKey(origin: Origin): string {
  return origin.kind === 'blank' ? 'origin:blank' : `origin:${origin.kind}:${origin.id}`;
}

export const draftArticles: Collection<DraftArticle> = {
  name: 'draft_article',
  schema: DraftArticle,
  shape: 1,
  index(draft) {
    const { state, since, authors, origin } = draft;
    const isOpen = state === 'draft' || state === 'review';
    return [
      { key: `state:${state}`, at: since },
      ...(isOpen ? [{ key: originKey(origin), at: since }] : []),
      ...(isOpen ? authors.map((author) => ({ key: `author:${author}`, at: since })) : []),
    ];
  },
  personal: ['authors', 'by', 'note.by', 'note.text', 'cards'],
};

/** The chain of everything that happened to a draft. */
export function draftSubject(id: string): string {
  return `draft/${id}`;
}

export const draftSubjects: AuditSubjects<DraftArticle> = {
  collection: draftArticles,
  subjectOf: ({ id, head }) => (head ? draftSubject(id) : undefined),
  headOf: ({ head }) => head,
};

/** The languages that are written. */
export function localesOf({ texts }: Pick<DraftArticle, 'texts'>): readonly Locale[] {
  return locales.filter((locale) => texts[locale] !== undefined);
}

/** Whether it makes a new article: then the language it began in carries what all languages share, else English does. */
export function isNew({ origin }: Pick<DraftArticle, 'origin'>): boolean {
  return origin.kind !== 'article';
}

/** Whether the form of a language asks for what all languages share. */
export function asksForFacts(draft: Pick<DraftArticle, 'origin' | 'locale'>, locale: Locale): boolean {
  return locale === (isNew(draft) ? draft.locale : 'en');
}
