import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { commandAction } from '../core/commands.ts';
import { dayOf } from '../core/dates.ts';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  feedback,
  joinWords,
  linkTo,
  type Mrkdwn,
  message,
  mrkdwn,
  section,
} from '../slack/blocks.ts';
import type { Edition } from './article.ts';
import { nameOf } from './article-part.ts';
import { plainBody, shortBlocks } from './edition-view.ts';
import { reviewDue } from './knowledge-checks.ts';
import type { Reply, Shelf } from './reply.ts';
import { texts } from './texts.ts';

/** Where a reply is shown decides which buttons make sense: lasting ones only where the message lasts. */
export type Surface = 'conversation' | 'ephemeral' | 'shared';

/** What views need to know beside the reply. */
export interface Setting {
  /** ms, for the freshness of an article. */
  readonly now: number;
  /** Link or channel of a desk, by the desk's `link`; undefined where the organization has set none. */
  deskLink(link: string | undefined, locale: Locale): string | undefined;
  /** Whether somebody can be reached: without it, no button promises a person. */
  readonly human: boolean;
}

/** A sentence that needs nothing more. */
export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}

/** An article as plain text: what phones and screen readers get, and the command line. */
export function articleText(shelf: Shelf, locale: Locale, now: number): string {
  const { edition } = shelf;
  return [
    texts[locale].labeled(edition.title, edition.short),
    plainBody(edition),
    texts[locale].holdsFor(edition.scope),
    [plainSource(shelf, locale, now), ...starterLine(shelf, locale)].join('\n'),
  ].join('\n\n');
}

export function buttonRow(elements: readonly ActionsBlockElement[]): KnownBlock[] {
  return elements.length > 0 ? [actions(elements)] : [];
}

/** Opens the form that comes next, with what the article knows filled in. */
export function requestButton(reply: Reply): ActionsBlockElement[] {
  const { request, locale } = reply;
  if (!request) return [];
  const { label, value } = request;
  const said = reply.kind === 'answer' ? texts[locale].labeled(label, reply.shelf.edition.title) : label;
  return [button({ id: 'requests.open', text: label, label: said, value, style: 'primary' })];
}

/** Does what the article is about. Its answer stands below a message, so modals have no such button. */
export function commandButton({ command, locale, ...reply }: Reply): ActionsBlockElement[] {
  if (!command) return [];
  const { label, value } = command;
  const said = reply.kind === 'answer' ? texts[locale].labeled(label, reply.shelf.edition.title) : label;
  return [button({ id: commandAction, text: label, label: said, value, style: 'primary' })];
}

export function showButton(shelf: Shelf, questionId: string, position: number): ActionsBlockElement {
  // Ids must differ within a block; what follows the colon is not part of the action's name.
  return button({ id: `ask.show:${position}`, text: shelf.edition.title, value: `${questionId}/${shelf.article.id}` });
}

export function alsoClose(reply: Extract<Reply, { kind: 'answer' }>): KnownBlock[] {
  if (reply.alsoClose.length === 0) return [];
  const words = texts[reply.locale];
  return [
    context([words.alsoClose]),
    actions(reply.alsoClose.map((shelf, i) => showButton(shelf, reply.questionId, i))),
  ];
}

/** The entities and offices that a topic has texts for, and the general text. */
export function holderButtons({ holders, questionId, locale }: Extract<Reply, { kind: 'which' }>): KnownBlock[] {
  const elements = holders.map(({ pick, place }, i) =>
    button({ id: `ask.show:${i}`, text: place ?? texts[locale].elsewhere, value: `${questionId}/${pick}` }),
  );
  // A row takes 25 buttons; an organization with more entities for one topic has to group its variants anyway.
  return buttonRow(elements.slice(0, 25));
}

export function thumbs(reply: Reply): KnownBlock {
  const words = texts[reply.locale];
  return feedback({
    id: 'ask.feedback',
    positive: { text: words.helpful, value: `${reply.questionId}/helpful`, label: words.helpful },
    negative: { text: words.unhelpful, value: `${reply.questionId}/unhelpful`, label: words.unhelpful },
  });
}

export function englishInstead(shelf: Shelf, locale: Locale): KnownBlock[] {
  const words = texts[locale];
  if (shelf.translation === 'fine') return [];
  if (shelf.translation === 'missing') return [context([words.onlyEnglish])];
  const { en } = shelf.article.editions;
  return [context([words.translationBehind]), ...shortBlocks(en)];
}

/** What was read differently from how it was written; nothing when the question was taken as it stands. */
export function understoodLine(reply: Extract<Reply, { kind: 'answer' | 'choices' | 'unknown' }>): KnownBlock[] {
  const words = texts[reply.locale];
  const corrections = reply.kind === 'unknown' ? [] : reply.corrections;
  const pairs = corrections.map(({ from, to }) => words.pair(from, to)).join(words.and);
  const lines = [
    ...(reply.long ? [words.tooLong] : []),
    ...(pairs ? [words.readAs(pairs)] : []),
    ...(reply.kind === 'answer' && reply.assumed ? [words.assumed(reply.assumed.said, reply.assumed.spdx)] : []),
  ];
  return lines.length > 0 ? [context(lines)] : [];
}

/** Where the answer comes from, which version it is, and whether the office stands behind it. */
export function sourceLines(shelf: Shelf, locale: Locale, now: number): KnownBlock {
  return context([sourceLine(shelf, locale, now), ...starterLine(shelf, locale)]);
}

function starterLine({ edition }: Shelf, locale: Locale): readonly string[] {
  return edition.starter ? [texts[locale].starter] : [];
}

/** "Source: GNU AGPL v3 §13 · Compliance · reviewed 21 Nov 2026 · agpl-saas 1a2b3c4d", or that the review is overdue. */
function sourceLine(shelf: Shelf, locale: Locale, now: number): Mrkdwn {
  const links = joinWords(
    shelf.article.sources.map((source) => linkTo(source.url, source.title)),
    ', ',
  );
  return mrkdwn`${texts[locale].labeled(texts[locale].source, '')}${links} · ${ownerName(shelf, locale)} · ${freshness(shelf, locale, now)} · ${versionOf(shelf)}`;
}

function plainSource(shelf: Shelf, locale: Locale, now: number): string {
  const links = shelf.article.sources.map((source) => `${source.title} (${source.url})`).join(', ');
  return `${texts[locale].labeled(texts[locale].source, links)} · ${ownerName(shelf, locale)} · ${freshness(shelf, locale, now)} · ${versionOf(shelf)}`;
}

// Eight characters name one text among some ten thousand; a receipt carries all 64.
const versionLength = 8;

/** Names the exact text: `agpl-saas 1a2b3c4d`. */
function versionOf({ article, edition }: Shelf): string {
  return `${nameOf(article)} ${shortVersion(edition)}`;
}

/** The beginning of the hash: what people read, type and find the text by. */
export function shortVersion({ hash }: Pick<Edition, 'hash'>): string {
  return hash.slice(0, versionLength);
}

export function ownerName(shelf: Shelf, locale: Locale): string {
  const { owner } = shelf.article;
  return texts[locale].roles[owner] ?? owner.charAt(0).toUpperCase() + owner.slice(1);
}

function freshness(shelf: Shelf, locale: Locale, now: number): string {
  const { edition, article } = shelf;
  const due = reviewDue(edition.reviewed, article.reviewEvery);
  const overdue = Date.parse(due) < now;
  return overdue ? texts[locale].stale(dayOf(due, locale)) : texts[locale].reviewed(dayOf(edition.reviewed, locale));
}
