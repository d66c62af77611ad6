import type { Button } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import { locales } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import { actions, context, header, message, section } from '../slack/blocks.ts';
import type { Known } from './announcement.ts';
import type { Miss, Progress } from './delivery.ts';
import { percentOf, takesMs } from './progress.ts';
import { progressTexts, type Reason } from './progress-texts.ts';

/** What a lead may do about an announcement on its way; none draws no row of buttons. */
export type ProgressButtons = (announcement: Known, progress: Progress, locale: Locale) => readonly Button[];

export interface ProgressLook {
  readonly locale: Locale;
  readonly buttons: ProgressButtons;
  /** Those that did not get it. */
  readonly misses: readonly Miss[];
  /** There are more of them than these, so that their numbers say nothing. */
  readonly more?: boolean;
}

const minuteMs = 60_000;
const leastNoticedMs = 2 * minuteMs;
// A card, not a report: the page of the announcement has the rest.
const mostReasons = 4;

/** The one card that shows its sender how far an announcement is, and in the end what became of it. */
export function progressMessage(announcement: Known, progress: Progress, look: ProgressLook): Rendered {
  const { locale } = look;
  const texts = progressTexts[locale];
  const title = titleIn(announcement, locale);
  const how = howFar(announcement, progress, locale);
  const pace = paceLine(progress, locale);
  const counts = countsLine(progress, locale);
  const reasons = reasonLines(look);
  const buttons = look.buttons(announcement, progress, locale);
  return message({
    text: [texts.outline(title, how), pace, counts, ...reasons].filter(Boolean).join('\n'),
    blocks: [
      header(title),
      section(how),
      ...(pace ? [context([pace])] : []),
      ...(counts ? [context([counts])] : []),
      ...(reasons.length > 0 ? [section(reasons.join('\n'))] : []),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
    ],
  });
}

function titleIn({ titles }: Known, locale: Locale): string {
  const own = titles[locale] || locales.map((other) => titles[other]).find(Boolean);
  return own || progressTexts[locale].untitled;
}

/** One sentence with the numbers that count at the moment. */
function howFar({ state, work }: Known, progress: Progress, locale: Locale): string {
  const texts = progressTexts[locale];
  const { sent, outdated, retracted, quiet, covered } = progress;
  const number = (n: number) => numberIn(n, locale);
  // What has no message of its own is not waited for.
  const total = progress.total - quiet - covered;
  const stands = sent + retracted;
  const withdrawable = retracted + outdated;
  switch (state) {
    case 'expanding':
      return texts.expanding(number(progress.total));
    case 'cancelled':
      return texts.stopped(number(stands), number(total));
    case 'retracting':
      return texts.retracting(number(retracted), number(withdrawable), percentOf(retracted, withdrawable));
    case 'retracted':
      return texts.retracted(number(retracted), number(retracted + sent + progress.failed));
    case 'sent':
      return texts.sent(number(sent), number(total));
    default: {
      const current = sent - outdated;
      const ended = total - progress.waiting;
      const isChanging = work?.task === 'revise' && progress.waiting === 0;
      if (isChanging) return texts.changing(number(current), number(sent), percentOf(current, sent));
      return texts.sending(number(sent), number(total), percentOf(ended, total));
    }
  }
}

/** Remaining time and rate; nothing where nothing goes on. */
function paceLine({ perMinute, restMs }: Progress, locale: Locale): string {
  const texts = progressTexts[locale];
  if (restMs === undefined) return perMinute === 0 ? texts.stalled : '';
  const rest = texts.rest(spanOf(restMs, locale));
  return perMinute ? `${rest} · ${texts.rate(numberIn(perMinute, locale))}` : rest;
}

function countsLine(progress: Progress, locale: Locale): string {
  const texts = progressTexts[locale];
  return (['failed', 'unknown', 'left', 'covered', 'quiet'] as const)
    .filter((one) => progress[one] > 0)
    .map((one) => texts[one](numberIn(progress[one], locale)))
    .join(' · ');
}

/** What happened and what mends it, the most frequent first. */
function reasonLines({ misses, more, locale }: ProgressLook): readonly string[] {
  const texts = progressTexts[locale];
  const counts = new Map<Reason, number>();
  for (const miss of misses) {
    const reason = reasonOf(miss);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostReasons)
    .map(([reason, count]) => {
      const words = texts.reasons[reason];
      return more ? words : texts.times(numberIn(count, locale), words);
    });
}

/** Why a place did not get it, with the mend. */
export function missText(miss: Miss, locale: Locale): string {
  return progressTexts[locale].reasons[reasonOf(miss)];
}

// Slack's errors of chat.postMessage and chat.update, by what can be done about them.
const reasonsByCode: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ['not_active', 'left'],
  ['is_archived', 'archived'],
  // What chat.update says of an archived channel.
  ['is_inactive', 'archived'],
  ['not_in_channel', 'outside'],
  ['channel_not_found', 'outside'],
  ['restricted_action', 'forbidden'],
  ['restricted_action_read_only_channel', 'forbidden'],
  ['restricted_action_non_threadable_channel', 'forbidden'],
  ['no_permission', 'forbidden'],
  ['messages_tab_disabled', 'unreachable'],
  ['user_disabled', 'unreachable'],
  ['user_not_found', 'unreachable'],
  ['user_not_visible', 'unreachable'],
  ['cannot_dm_bot', 'unreachable'],
  ['invalid_blocks', 'text'],
  ['msg_too_long', 'text'],
  ['msg_blocks_too_long', 'text'],
  ['no_text', 'text'],
  ['card_broken', 'text'],
  ['message_not_found', 'removed'],
  ['cant_update_message', 'fixed'],
  ['edit_window_closed', 'fixed'],
  ['service_unavailable', 'later'],
  ['request_timeout', 'later'],
  ['team_added_to_org', 'later'],
  ['message_limit_exceeded', 'later'],
  ['lost', 'later'],
]);

function reasonOf({ state, reason }: Miss): Reason {
  if (state === 'unknown') return 'unknown';
  return reasonsByCode.get(reason) ?? 'other';
}

/**
 * How long so many messages take, as a sentence begins: `About 36 minutes`; undefined where nobody would notice.
 * @param perMinute that Slack takes
 */
export function takesWords(messages: number, perMinute: number, locale: Locale): string | undefined {
  const ms = takesMs(messages, perMinute);
  return ms < leastNoticedMs ? undefined : spanOf(ms, locale);
}

/** Whole minutes, and from two hours on tens of minutes: nobody waits by the minute for so long. */
function spanOf(ms: number, locale: Locale): string {
  const { soon, minutes, hours } = progressTexts[locale].spans;
  const whole = Math.round(ms / minuteMs);
  if (whole < 1) return soon;
  if (whole < 120) return minutes(whole);
  const tens = Math.round(whole / 10) * 10;
  return hours(Math.floor(tens / 60), tens % 60);
}

function numberIn(n: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(n);
}
