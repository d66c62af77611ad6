import type { PersonId } from '../core/ports.ts';
import { dateToken, joinWords, type Mrkdwn, type Reader, type Words } from '../slack/blocks.ts';
import { isActive } from './handoff.ts';
import type { Known } from './saying.ts';
import type { Parts } from './texts.ts';

/** Who looks, and what they need to know beside the question. */
export interface Look {
  readonly reader: Reader;
  /** ms */
  readonly now: number;
  /** A person in words. */
  name(id: PersonId): string;
  /** The asker's unit, in the reader's language. */
  readonly unit: string | undefined;
  /** Whether the reader may answer: without it no buttons. */
  readonly mayAct: boolean;
}

/** How it ended; the last time, when it was opened again. */
export function closingOf({ events, asker }: Known) {
  const closed = events.findLast((event) => event.kind === 'closed');
  return closed?.kind === 'closed' ? closed : { by: asker, reason: 'withdrawn' as const, text: '' };
}

/** The promised time is over, and nobody waits for the asker. */
export function isLate(handoff: Known, now: number): boolean {
  return isActive(handoff) && !handoff.rest && now > handoff.deadline.due;
}

/** A moment as the reader's Slack shows it. */
export function when(ms: number, { reader }: Look): Mrkdwn {
  return dateToken(ms, 'dateTime', reader);
}

/** A sentence in pieces as one. */
export function line(parts: Parts<Words>): Mrkdwn {
  return joinWords(parts, '');
}
