import { z } from 'zod';
import { type Locale, locales } from '../core/i18n.ts';
import type { PastQuestion } from '../core/links.ts';
import type { Collection } from '../core/ports.ts';
import { groupOf, noMeaning, type Rarity, withQuestion } from './grouping.ts';

const filled = z.string().min(1);
const counts = z.record(z.string().regex(/^\d{4}-\d{2}$/), z.int().nonnegative());

/** What became of a group: somebody writes an article, an article got an alias, or another desk is for it. */
const Resolved = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('article'), at: z.number(), by: filled, draft: filled }),
  z.strictObject({ kind: z.literal('alias'), at: z.number(), by: filled, article: filled }),
  /** `words`: how a curator would have it asked; the raw questions are gone after 90 days. */
  z.strictObject({
    kind: z.literal('desk'),
    at: z.number(),
    by: filled,
    desk: filled,
    words: filled,
    locale: z.enum(locales),
  }),
]);
export type Resolved = z.infer<typeof Resolved>;

/** Questions with the same meaning that the handbook did not answer, or not well. No names, no texts. */
export const Gap = z.strictObject({
  /** How many of the questions have each token. */
  tokens: z.record(z.string(), z.int().positive()),
  size: z.int().positive(),
  /** Ids of those questions that are still kept, the oldest first: they say nothing once these are gone. */
  questions: z.array(filled),
  /** By month: how often it was asked, and how often the answer did not help. */
  asked: counts,
  unhelpful: counts,
  locale: z.enum(locales),
  /** ms */
  first: z.number(),
  last: z.number(),
  resolved: Resolved.exactOptional(),
  /** How many were asked since it was resolved. */
  since: z.int().nonnegative(),
});
export type Gap = z.infer<typeof Gap>;
export type KnownGap = Gap & { readonly id: string };

// A group that nobody has asked about for two years says nothing about today's handbook.
const keptDays = 730;
const keptMs = keptDays * 24 * 60 * 60_000;

export const gaps: Collection<Gap> = {
  name: 'gap',
  schema: Gap,
  shape: 1,
  index: (gap) => [
    { key: 'all', at: gap.last },
    ...(isOpen(gap) ? [{ key: 'open', at: gap.last }] : []),
    ...(gap.resolved?.kind === 'desk' ? [{ key: 'desk', at: gap.resolved.at }] : []),
    ...gap.questions.map((id) => ({ key: `question:${id}` })),
  ],
  due: ({ last }) => last + keptMs,
  retain: { days: keptDays, end: 'delete' },
  personal: ['resolved.by'],
};

// One or two stragglers come while an article is written; three say that it does not answer them.
const askedAgain = 3;

/** Whether somebody should do something about it. */
export function isOpen({ resolved, since }: Pick<Gap, 'resolved' | 'since'>): boolean {
  return !resolved || since >= askedAgain;
}

// A document stays small; what a group is about shows in fewer.
const mostQuestions = 200;
// The numbers of two years are enough to see whether it gets better.
const mostMonths = 24;

/** "2026-11", in UTC. @param ms since 1970 */
export function monthOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7);
}

/** What a question is compared by. */
export interface Sorting {
  tokensOf(text: string): readonly string[];
  readonly rarity: Rarity;
}

/**
 * Puts questions into the groups where they belong, or into new ones.
 * @param known all groups there are
 * @param fresh questions that are in none of them, oldest first
 * @param newId names a new group
 * @returns the groups that changed or are new
 */
export function sortInto(
  known: readonly KnownGap[],
  fresh: readonly PastQuestion[],
  sorting: Sorting,
  newId: () => string,
): readonly KnownGap[] {
  const all = new Map(known.map((gap) => [gap.id, gap]));
  const changed = new Set<string>();
  for (const question of fresh) {
    const tokens = sorting.tokensOf(question.text);
    // A question of stop words alone is like nothing.
    if (tokens.length === 0) continue;
    const found = groupOf(tokens, all.values(), sorting.rarity);
    const id = found?.id ?? newId();
    all.set(id, { ...(found ? add(found, question, tokens) : begin(question, tokens)), id });
    changed.add(id);
  }
  return [...all.values()].filter(({ id }) => changed.has(id));
}

function begin(question: PastQuestion, tokens: readonly string[]): Gap {
  const { at, locale } = question;
  const empty = { ...noMeaning, questions: [], asked: {}, unhelpful: {}, locale, first: at, last: at, since: 0 };
  return add(empty, question, tokens);
}

function add(gap: Gap, question: PastQuestion, tokens: readonly string[]): Gap {
  const { at, id, feedback } = question;
  const month = monthOf(at);
  const later = gap.resolved && at > gap.resolved.at;
  return {
    ...gap,
    ...withQuestion(gap, tokens),
    questions: [...gap.questions, id].slice(-mostQuestions),
    asked: plusOne(gap.asked, month),
    unhelpful: feedback === 'unhelpful' ? plusOne(gap.unhelpful, month) : gap.unhelpful,
    first: Math.min(gap.first, at),
    last: Math.max(gap.last, at),
    since: gap.since + (later ? 1 : 0),
  };
}

function plusOne(counts: Gap['asked'], month: string): Gap['asked'] {
  const months = Object.entries({ ...counts, [month]: (counts[month] ?? 0) + 1 });
  return Object.fromEntries(months.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(-mostMonths));
}

/** The group without a question that is forgotten: its numbers and what it was about stay. */
export function withoutQuestion(gap: Gap, id: string): Gap {
  return { ...gap, questions: gap.questions.filter((other) => other !== id) };
}

/** The group that somebody does something about. */
export function resolve(gap: Gap, resolved: Resolved): Gap {
  return { ...gap, resolved, since: 0 };
}

export function sumOf(counts: Gap['asked']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** A group for a person to look at. */
export interface GapView {
  readonly id: string;
  readonly locale: Locale;
  /** One of the questions, without anything that points at a person; undefined when all are forgotten. */
  readonly example: string | undefined;
  /** What they have in common, most telling first: all that is left when the questions are forgotten. */
  readonly about: readonly string[];
  readonly asked: number;
  readonly unhelpful: number;
  /** ms */
  readonly first: number;
  readonly last: number;
  /** Units with enough askers to be named, and how many asked there. */
  readonly units: readonly { readonly unit: string; readonly askers: number }[];
}

/** A question, and the unit of who asked it where that is known. */
export interface Asked {
  readonly text: string;
  readonly person: string;
  readonly unit: string | undefined;
}

/**
 * A group as it may be shown.
 * @param askedBy those of its questions that are still kept
 * @param smallestGroup people from whom on a unit is named; fewer could point at a person
 */
export function viewOf(gap: KnownGap, askedBy: readonly Asked[], smallestGroup: number, rarity: Rarity): GapView {
  const askers = new Map<string, Set<string>>();
  for (const { unit, person } of askedBy) {
    if (unit !== undefined) askers.set(unit, (askers.get(unit) ?? new Set()).add(person));
  }
  return {
    id: gap.id,
    locale: gap.locale,
    example: exampleOf(askedBy.map(({ text }) => text)),
    about: wordsOf(gap.tokens, rarity),
    asked: sumOf(gap.asked),
    unhelpful: sumOf(gap.unhelpful),
    first: gap.first,
    last: gap.last,
    units: [...askers]
      .map(([unit, people]) => ({ unit, askers: people.size }))
      .filter(({ askers: count }) => count >= smallestGroup)
      .toSorted((a, b) => b.askers - a.askers || (a.unit < b.unit ? -1 : 1)),
  };
}

const shownWords = 5;

/** Words that a person can read: stems and Han pairs, not the names of concepts. */
function wordsOf(tokens: Gap['tokens'], rarity: Rarity): readonly string[] {
  return Object.entries(tokens)
    .filter(([token]) => !token.includes(':'))
    .map(([token, count]) => ({ token, weight: count * rarity(token) ** 2 }))
    .toSorted((a, b) => b.weight - a.weight || (a.token < b.token ? -1 : 1))
    .slice(0, shownWords)
    .map(({ token }) => token);
}

// A line on a phone; longer questions tell stories, and stories tell who.
const longestExample = 150;

/** The shortest telling question of the group. */
function exampleOf(texts: readonly string[]): string | undefined {
  const plain = texts.map(withoutPeople).filter((text) => text !== '');
  const [shortest] = plain.toSorted((a, b) => Math.abs(a.length - 50) - Math.abs(b.length - 50) || (a < b ? -1 : 1));
  if (shortest === undefined || shortest.length <= longestExample) return shortest;
  return `${shortest.slice(0, longestExample).toWellFormed().trimEnd()}…`;
}

/** Mentions, addresses, links and long numbers are taken out: they name people, customers and tickets. */
export function withoutPeople(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/<[@#!][^>]*>|<(?:https?|mailto|tel):[^>]*>/gi, ' … ')
    .replace(/\bhttps?:\/\/\S+/gi, ' … ')
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '…')
    .replace(/(^|\s)@[\p{L}\d._-]+/gu, '$1…')
    .replace(/\b(?!CVE-)[A-Z][A-Z0-9]+-\d{3,}\b(?!\.\d)/g, '…')
    .replace(/(?<![\w-])\+?\d[\d ()/-]{5,}\d/g, '…')
    .replace(/\s+/g, ' ')
    .replace(/(?:… ?)+…/g, '…')
    .trim();
}
