import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import { dayOf, monthName } from '../core/dates.ts';
import type { Locale } from '../core/i18n.ts';
import type { CuratedArticle } from '../core/links.ts';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, header, message, modal, overflow, section } from '../slack/blocks.ts';
import type { MonthCounts } from './history.ts';
import { type Look, roleName } from './look.ts';
import { wordsIn } from './words.ts';

// As many as one reads on a morning; the rest follows when these are done.
const shown = 8;
const versionLength = 8;

/** Who is asked: a recipient of reminders, the reader of a list, or the reader of one article. */
export type Asked = string | 'mine' | 'one';

/** One message for all that is due for somebody; undefined when nothing is. @param today ISO date */
export function dueMessage(
  due: readonly CuratedArticle[],
  asked: Asked,
  today: string,
  look: Look,
): Rendered | undefined {
  if (due.length === 0) return undefined;
  const { locale } = look.reader;
  const words = wordsIn(locale);
  const found = words.dueFound(due.length);
  const list = due.map((article) => words.entry(articleTitle(article, locale), dueText(article, today, locale)));
  return message({
    text: [found, ...list].join('\n'),
    blocks: [section(found), ...dueBlocks(due, asked, today, locale)],
  });
}

/** The same in a modal, for whoever looks by themselves. */
export function dueModal(due: readonly CuratedArticle[], today: string, look: Look): ModalView {
  const { locale } = look.reader;
  const words = wordsIn(locale);
  return modal({
    callback: 'curating.due',
    title: words.dueTitle,
    close: words.close,
    blocks: [
      section(due.length === 0 ? words.dueNone : words.dueFound(due.length)),
      ...dueBlocks(due, 'mine', today, locale),
    ],
  });
}

function dueBlocks(due: readonly CuratedArticle[], asked: Asked, today: string, locale: Locale): KnownBlock[] {
  if (due.length === 0) return [];
  const words = wordsIn(locale);
  const left = due.length - shown;
  return [
    ...due.slice(0, shown).flatMap((article, at) => [
      section(articleTitle(article, locale)),
      context([`${article.name} · ${roleName(article.owner, locale)} · ${dueText(article, today, locale)}`]),
      actions([
        rightButton(article, `${asked}`, locale, at),
        overflow({
          id: `curating.due_more:${at}`,
          choices: [
            { text: words.editIt, value: `edit/${article.name}` },
            { text: words.handOver, value: `hand/${article.name}` },
            { text: words.history, value: `history/${article.name}` },
          ],
        }),
      ]),
    ]),
    ...(left > 0 ? [context([words.dueMore(left)])] : []),
    context([words.dueHow]),
  ];
}

function dueText({ due }: CuratedArticle, today: string, locale: Locale): string {
  const words = wordsIn(locale);
  return due < today ? words.overdueSince(dayOf(due, locale)) : words.dueOn(dayOf(due, locale));
}

export function articleTitle({ files }: CuratedArticle, locale: Locale): string {
  return (files[locale] ?? files.en).title;
}

/** `<name>/<version that was looked at>/<who was asked>` */
function rightButton(article: CuratedArticle, asked: Asked, locale: Locale, at: number): ActionsBlockElement {
  const words = wordsIn(locale);
  return button({
    id: `curating.right:${at}`,
    text: words.right,
    label: words.about(words.right, articleTitle(article, locale)),
    value: `${article.name}/${article.files.en.hash.slice(0, versionLength)}/${asked}`,
  });
}

/** How an article does. */
export interface History {
  readonly article: CuratedArticle;
  readonly months: readonly MonthCounts[];
  /** Its text comes from Slack, and could be withdrawn. */
  readonly fromSlack: boolean;
  /** Its files changed under what came from Slack. */
  readonly conflict: boolean;
}

export function historyMessage(history: History, look: Look): Rendered {
  const { locale } = look.reader;
  const title = articleTitle(history.article, locale);
  const lines = monthLines(history, locale);
  return message({
    text: [title, factsOf(history.article, locale), ...lines].join('\n'),
    blocks: [header(title), ...historyBlocks(history, locale)],
  });
}

export function historyModal(history: History, look: Look): ModalView {
  const { locale } = look.reader;
  const words = wordsIn(locale);
  return modal({
    callback: 'curating.history',
    title: words.articleTitle,
    close: words.close,
    blocks: [header(articleTitle(history.article, locale)), ...historyBlocks(history, locale)],
  });
}

function historyBlocks(history: History, locale: Locale): KnownBlock[] {
  const words = wordsIn(locale);
  const { article, fromSlack, conflict } = history;
  return [
    context([`${article.name} · ${factsOf(article, locale)}`]),
    section(monthLines(history, locale).join('\n')),
    ...(history.months.some(wasAsked) ? [context([words.howCounted])] : []),
    ...(fromSlack ? [context([words.fromSlack])] : []),
    ...(conflict ? [section(words.conflictIn(article.name))] : []),
    actions([
      rightButton(article, 'one', locale, 0),
      button({ id: 'curating.write', text: words.editIt, value: `article/${article.name}` }),
      button({ id: 'curating.hand', text: words.handOver, value: article.name }),
      ...(fromSlack ? [withdrawButton(article, locale)] : []),
    ]),
  ];
}

function withdrawButton(article: CuratedArticle, locale: Locale): ActionsBlockElement {
  const words = wordsIn(locale);
  return button({
    id: 'curating.withdraw',
    text: words.withdraw,
    label: words.about(words.withdraw, articleTitle(article, locale)),
    value: article.name,
    style: 'danger',
    confirm: {
      title: words.withdrawTitle,
      text: words.withdrawText,
      confirm: words.withdraw,
      deny: words.keep,
      style: 'danger',
    },
  });
}

function factsOf({ owner, files, due }: CuratedArticle, locale: Locale): string {
  const reviewed = dayOf(files.en.reviewed, locale);
  return wordsIn(locale).ownerAndReview(roleName(owner, locale), reviewed, dayOf(due, locale));
}

function wasAsked({ shown: times, missed }: MonthCounts): boolean {
  return times + missed > 0;
}

/** Months without a question are left out. */
function monthLines({ months }: History, locale: Locale): readonly string[] {
  const words = wordsIn(locale);
  const asked = months.filter(wasAsked);
  if (asked.length === 0) return [words.neverAsked(months.length)];
  return asked.map(({ month, shown: times, helpful, unhelpful, missed }) =>
    words.month(
      monthName(month, locale),
      [
        words.shownTimes(times),
        words.helpedTimes(helpful),
        words.failedTimes(unhelpful),
        words.missedTimes(missed),
      ].join(' · '),
    ),
  );
}
