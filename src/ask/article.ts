import { z } from 'zod';
import type { Locale } from '../core/i18n.ts';

/** Ids and variants have no dots: the file name is `<id>[.<variant>].<locale>.md`. */
const articleId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const isoDate = z.iso.date();

const source = z.strictObject({
  title: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
});

/** What both languages of an article say about themselves. */
const shared = {
  id: articleId,
  title: z.string().min(1).max(150), // the limit of a header block
  reviewed: isoDate,
  /** Ways people really ask, one line each, all different in words. */
  aliases: z.array(z.string().min(1).max(200)).min(1),
  /** What the answer holds for: "a service we run". Shown on every answer. */
  scope: z.string().min(1).max(200),
  /** In the organization's own folder: the version of the shipped file that this one was written over. */
  replaces: z
    .string()
    .regex(/^[0-9a-f]{8,64}$/, 'the first 8 or more characters of a version, in quotes')
    .optional(),
  disabled: z.boolean().optional(),
};

/** Where articles lie, and what they are about. */
export const areas = ['using', 'compliance', 'contributing', 'releasing', 'people'] as const;

/** The front matter of the English file: it carries the facts that do not depend on the language. */
export const EnglishFront = z.strictObject({
  ...shared,
  area: z.enum(areas),
  audience: z.array(z.string().min(1)).min(1),
  /** The role that owns the article; shown as its owner and reminded when a review is due. */
  owner: z.string().min(1),
  /** ISO 8601 duration in months or years: P3M, P6M, P1Y. */
  reviewEvery: z.string().regex(/^P([1-9]\d?)[MY]$/, 'months or years: P3M, P6M, P1Y'),
  licenses: z.array(z.string().min(1)).default([]),
  tags: z.array(z.string().min(1)).default([]),
  next: z
    .strictObject({ request: z.string().min(1), prefill: z.record(z.string(), z.string()).default({}) })
    .optional(),
  /** The words of a command: the answer has a button that does the same, where the command has one. */
  opens: z.string().min(1).optional(),
  approved: z.strictObject({ role: z.string().min(1), on: isoDate }).optional(),
  related: z.array(articleId).default([]),
  /** Articles that are easily meant instead: ours or theirs, inbound or outbound. */
  siblings: z.array(articleId).default([]),
  sources: z.array(source).min(1),
  /** Nobody has written it in English yet: this text sends the reader to the other language. */
  standIn: z.literal(true).optional(),
});
export type EnglishFront = z.infer<typeof EnglishFront>;

/** The front matter of any other language: only what differs. */
export const TranslatedFront = z.strictObject(shared);
export type TranslatedFront = z.infer<typeof TranslatedFront>;

/** One article in one language, ready to be shown. */
export interface Edition {
  readonly title: string;
  /** ISO date. */
  readonly reviewed: string;
  readonly aliases: readonly string[];
  readonly scope: string;
  /** The first paragraph, without emphasis marks: the answer in one or two sentences. */
  readonly short: string;
  /** The rest, as Markdown. */
  readonly body: string;
  /** Hex SHA-256 of the file; names the exact text that was shown. */
  readonly hash: string;
  /** Path below its layer, for findings and links. */
  readonly file: string;
  /** Beginning of the hash of the shipped file that this one was written over. */
  readonly replaces?: string;
  /** The text ships with the bot, and the open source office has not adopted it. */
  readonly starter?: true;
}

/** A topic of the knowledge base, with its editions. English always exists. */
export interface Article extends Omit<EnglishFront, keyof TranslatedFront> {
  readonly id: string;
  readonly variant?: string;
  readonly editions: { readonly en: Edition } & { readonly [L in Locale]?: Edition };
}

/** A question that belongs to another desk, with ways people ask it. `data/knowledge/desks.yml`. */
export const Desk = z.strictObject({
  id: articleId,
  /** Who to turn to, in both languages: "the IT service desk". */
  name: z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) }),
  /** Nobody's: small talk. The bot says that it has nothing on it. */
  nobody: z.literal(true).optional(),
  /** Placeholder path of the organization's link or channel for it, e.g. `desks.it`. */
  link: z.string().min(1).optional(),
  aliases: z.strictObject({ en: z.array(z.string().min(1)).min(1), 'zh-CN': z.array(z.string().min(1)).min(1) }),
});
export type Desk = z.infer<typeof Desk>;

/** A concept with all the ways to say it in both languages. `data/knowledge/thesaurus.yml`. */
export const Concept = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  en: z.array(z.string().min(1)).default([]),
  zh: z.array(z.string().min(1)).default([]),
});
export type Concept = z.infer<typeof Concept>;

/** A license with its nicknames, for reading questions. `data/licenses/names.yml`. */
export const LicenseName = z.strictObject({
  /** Canonical token, e.g. `gpl-3.0`; ids with -only / -or-later share it. */
  token: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  /** Its family without a version, e.g. `gpl`. */
  family: z.string().min(1),
  /** SPDX ids this name may mean; more than one = ambiguous, never guessed in a verdict. */
  spdx: z.array(z.string().min(1)),
  names: z.array(z.string().min(1)).min(1),
});
export type LicenseName = z.infer<typeof LicenseName>;

/** Everything a question is answered from; replaced as a whole when content changes. */
export interface KnowledgeBase {
  readonly articles: readonly Article[];
  readonly desks: readonly Desk[];
  readonly concepts: readonly Concept[];
  readonly licenses: readonly LicenseName[];
}
