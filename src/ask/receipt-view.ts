import { dayOf } from '../core/dates.ts';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import { context, dateToken, header, message, mrkdwn, section } from '../slack/blocks.ts';
import { toMessageBlocks } from '../slack/render.ts';
import { nameOf } from './article-part.ts';
import { wholeText } from './edition-view.ts';
import type { Shelf } from './reply.ts';
import { texts } from './texts.ts';
import { articleText, englishInstead, ownerName } from './view-parts.ts';

/** An answer that its asker keeps: everything that names what was said, and when. */
export interface Receipt {
  readonly question: string;
  readonly locale: Locale;
  /** The text that was shown, also when another one holds by now. */
  readonly shelf: Shelf;
  /** ms */
  readonly askedAt: number;
  /** ms */
  readonly keptAt: number;
}

// The question, cut: it is the asker's own and only has to be recognized.
const longestQuestion = 500;
// Leaves room for the rest within what all blocks of a message may hold.
const longestBody = 10_000;

/** The receipt as a lasting message. */
export function receiptMessage({ question, locale, shelf, askedAt, keptAt }: Receipt): Rendered {
  const { article, edition } = shelf;
  const words = texts[locale];
  // Slack shows each reader their own zone; UTC is for the rest.
  const reader = { locale, zone: 'UTC' };
  const asked = question.length > longestQuestion ? `${question.slice(0, longestQuestion).toWellFormed()}…` : question;
  const title = words.receiptFor(edition.title);
  const facts = [
    `${words.readAnswer} ${nameOf(article)}`,
    ownerName(shelf, locale),
    words.reviewed(dayOf(edition.reviewed, locale)),
    edition.starter ? words.starter : words.confirmed,
  ].join(' · ');
  const times = mrkdwn`${words.shownOn} ${dateToken(askedAt, 'dateTime', reader)} · ${words.keptOn} ${dateToken(keptAt, 'dateTime', reader)}`;
  return message({
    text: [
      title,
      words.labeled(words.youAsked, asked),
      facts,
      words.fullVersion(edition.hash),
      articleText(shelf, locale, askedAt),
    ].join('\n'),
    blocks: [
      header(title),
      section(words.labeled(words.youAsked, asked)),
      ...toMessageBlocks(wholeText(edition), longestBody),
      ...englishInstead(shelf, locale),
      context([words.holdsFor(edition.scope)]),
      context([facts, words.fullVersion(edition.hash), times, words.canBeShown]),
    ],
  });
}
