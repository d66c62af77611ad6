import type { PersonId } from '../core/ports.ts';
import { dateToken, joinWords, type Mrkdwn, type Reader, type Words } from '../slack/blocks.ts';
import type { Parts } from './texts.ts';

/** Who looks, and what they need to know beside the announcement. */
export interface Look {
  readonly reader: Reader;
  /** ms */
  readonly now: number;
  /** A person in words. */
  name(id: PersonId): string;
  /** A kind of announcement in words; its id where there is no such kind any more. */
  kind(id: string): string;
}

/** A moment as the reader's Slack shows it. */
export function when(ms: number, { reader }: Pick<Look, 'reader'>): Mrkdwn {
  return dateToken(ms, 'dateTime', reader);
}

export function day(ms: number, { reader }: Pick<Look, 'reader'>): Mrkdwn {
  return dateToken(ms, 'date', reader);
}

/** A sentence in pieces as one. */
export function line(parts: Parts<Words>): Mrkdwn {
  return joinWords(parts, '');
}
