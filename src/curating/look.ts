import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { dateToken, joinWords, type Mrkdwn, type Reader, type Words } from '../slack/blocks.ts';
import type { KnownDraft } from './draft.ts';
import type { Parts } from './texts.ts';
import { wordsIn } from './words.ts';

/** Who looks, and what they need to know beside the thing itself. */
export interface Look {
  readonly reader: Reader;
  /** ms */
  readonly now: number;
  /** A unit of the organization in words. */
  unit(id: string): string;
  name(id: PersonId): string;
}

/** A sentence in pieces as one. */
export function line(parts: Parts<Words>): Mrkdwn {
  return joinWords(parts, '');
}

/** A moment as the reader's Slack shows it. */
export function when(ms: number, { reader }: Look): Mrkdwn {
  return dateToken(ms, 'dateTime', reader);
}

/** A role in words; one that only this organization has by its own name. */
export function roleName(role: string, locale: Locale): string {
  return wordsIn(locale).roles[role] ?? role.charAt(0).toUpperCase() + role.slice(1);
}

export function areaName(area: string, locale: Locale): string {
  return wordsIn(locale).areas[area] ?? area;
}

/** The title in the reader's language, else in the other one. */
export function titleOf({ texts: written }: Pick<KnownDraft, 'texts'>, locale: Locale): string {
  const own = written[locale] ?? written.en ?? written['zh-CN'];
  return own?.title || wordsIn(locale).untitled;
}
