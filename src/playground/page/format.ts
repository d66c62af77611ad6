import type { Locale } from '../../core/i18n.ts';

type Moment = number | string;

/** Milliseconds of a message timestamp or of a number of milliseconds. */
export function msOf(moment: Moment): number {
  return typeof moment === 'number' ? moment : Number(moment) * 1000;
}

function format(locale: Locale, zone: string, moment: Moment, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(msOf(moment));
}

export function timeOf(locale: Locale, zone: string, moment: Moment): string {
  return format(locale, zone, moment, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

export function dayOf(locale: Locale, zone: string, moment: Moment): string {
  return format(locale, zone, moment, { weekday: 'long', day: 'numeric', month: 'long' });
}

export function momentOf(locale: Locale, zone: string, moment: Moment): string {
  return format(locale, zone, moment, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

export function durationOf(locale: Locale, ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  const [amount, unit] =
    hours >= 48 ? [Math.round(hours / 24), 'day'] : hours >= 1 ? [hours, 'hour'] : [Math.round(ms / 60_000), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(
    Number(amount),
  );
}

// docs.slack.dev/messaging/formatting-message-text, "Date formatting".
const dateParts: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_pretty: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_short_pretty: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_long_pretty: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  day_divider_pretty: { weekday: 'long', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

/** A date token as its reader sees it, in their own zone. */
export function dateToken(locale: Locale, zone: string, seconds: string, pattern: string, fallback: string): string {
  const ms = Number(seconds) * 1000;
  if (!Number.isFinite(ms)) return fallback;
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const options = dateParts[name];
    return options ? format(locale, zone, ms, options) : whole;
  });
}

const emoji: Readonly<Record<string, string>> = {
  eyes: '👀',
  white_check_mark: '✅',
  '+1': '👍',
  tada: '🎉',
  heart: '❤️',
  pray: '🙏',
};

/** The reactions that the page offers, by Slack's names. */
export const reactionNames: readonly string[] = Object.keys(emoji);

export function emojiOf(name: string): string {
  return emoji[name] ?? `:${name}:`;
}
