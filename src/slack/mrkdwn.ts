import type { RichTextDate } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import { escapeMrkdwn } from './escape.ts';

/** Text in Slack's own markup. Made only by this module, so that a string, which may come from anybody, is never read as markup. */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

/** What builders take: a string is data and shown as it is; `Mrkdwn` is markup. */
export type Words = string | Mrkdwn;

/** Tagged template: what is written in the code is markup, what is filled in is data and escaped, unless it is `Mrkdwn`. */
export function mrkdwn(parts: TemplateStringsArray, ...fills: readonly (Words | number)[]): Mrkdwn {
  const escaped = fills.map((fill) => (typeof fill === 'number' ? String(fill) : markupOf(fill)));
  return { mrkdwn: parts.map((part, i) => part + (escaped[i] ?? '')).join('') };
}

/** The words as mrkdwn source. */
export function markupOf(words: Words): string {
  return typeof words === 'string' ? escapeMrkdwn(words) : words.mrkdwn;
}

/** Several words in one line. */
export function joinWords(all: readonly Words[], separator = ' · '): Mrkdwn {
  return { mrkdwn: all.map(markupOf).join(separator) };
}

/** @throws RangeError when `id` is no Slack user id */
export function mentionPerson(id: string): Mrkdwn {
  return { mrkdwn: `<@${checkedId(id, /^[UW][A-Z0-9]+$/)}>` };
}

/** @throws RangeError when `id` is no Slack user group id */
export function mentionGroup(id: string): Mrkdwn {
  return { mrkdwn: `<!subteam^${checkedId(id, /^S[A-Z0-9]+$/)}>` };
}

/** @throws RangeError when `id` is no Slack channel id */
export function linkChannel(id: string): Mrkdwn {
  return { mrkdwn: `<#${checkedId(id, /^[CG][A-Z0-9]+$/)}>` };
}

function checkedId(id: string, shape: RegExp): string {
  if (!shape.test(id)) throw new RangeError('Not a Slack id of the kind that belongs here');
  return id;
}

/** A link; when `url` is not a web or mail address only the words are shown. */
export function linkTo(url: string, words: string): Mrkdwn {
  const target = safeUrl(url);
  // A bar ends the address, and there is no escape for it.
  if (!target) return { mrkdwn: escapeMrkdwn(words) };
  return { mrkdwn: `<${target.replace(/\|/g, '%7C').replace(/&/g, '&amp;')}|${escapeMrkdwn(words)}>` };
}

/** The address, normalized, when it is one that a person may be sent to (http, https, mailto), else undefined. */
export function safeUrl(url: string): string | undefined {
  // 3,000 is the limit of a button's address; nothing longer is meant for people.
  if (url.length > 3000 || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!['http:', 'https:', 'mailto:'].includes(parsed.protocol)) return undefined;
  const href = parsed.href.replace(/[<>"\s]/g, encodeURIComponent);
  return href.length > 3000 ? undefined : href;
}

/** How an instant is shown; Slack fills in the reader's zone and language. */
export type InstantFormat = 'date' | 'time' | 'dateTime' | 'longDate';

// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
const tokens: Readonly<Record<InstantFormat, string>> = {
  date: '{date_short_pretty}',
  time: '{time}',
  dateTime: '{date_short_pretty} {time}',
  longDate: '{date_long}',
};

const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const parts: Readonly<Record<InstantFormat, Intl.DateTimeFormatOptions>> = {
  date: day,
  time: clock,
  dateTime: { ...day, ...clock },
  longDate: { ...day, weekday: 'long', month: 'long' },
};

/** Who the text is for, when Slack cannot know. */
export interface Reader {
  readonly locale: Locale;
  /** IANA time zone. */
  readonly zone: string;
}

/** An instant in words that names its zone: "Thu, 3 Dec 2026, 17:00 (GMT+8)". @param ms since 1970 */
export function instantText(ms: number, format: InstantFormat, reader: Reader): string {
  const language = reader.locale === 'en' ? 'en-GB' : reader.locale;
  const words = new Intl.DateTimeFormat(language, { ...parts[format], timeZone: reader.zone }).format(ms);
  const named = new Intl.DateTimeFormat('en', { timeZone: reader.zone, timeZoneName: 'shortOffset' }).formatToParts(ms);
  return `${words} (${named.find((part) => part.type === 'timeZoneName')?.value ?? reader.zone})`;
}

/** Slack's date token: each reader sees their own zone; where it cannot be shown, the reader's zone is written out. @param ms since 1970 */
export function dateToken(ms: number, format: InstantFormat, reader: Reader): Mrkdwn {
  return { mrkdwn: `<!date^${Math.floor(ms / 1000)}^${tokens[format]}|${instantText(ms, format, reader)}>` };
}

/** The same for a rich_text block. @param ms since 1970 */
export function richDate(ms: number, format: InstantFormat, reader: Reader): RichTextDate {
  return {
    type: 'date',
    timestamp: Math.floor(ms / 1000),
    format: tokens[format],
    fallback: instantText(ms, format, reader),
  };
}
