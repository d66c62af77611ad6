import { dayNear } from '../core/dates.ts';
import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import type { Line } from './line.ts';
import type { Standing } from './standing.ts';
import { texts } from './texts.ts';
import { minutesOf } from './track.ts';

/** Who looks, and what they need to know beside their training. */
export interface Look {
  readonly locale: Locale;
  /** ISO date, by the reader's clock. */
  readonly today: string;
  /** A person in words. */
  name(id: PersonId): string;
  /** The title of an article of the handbook; undefined where there is none. */
  article(id: string): string | undefined;
  /** Text with what only the organization can say filled in. */
  fill(text: string): string;
}

export function day(date: string, { today, locale }: Pick<Look, 'today' | 'locale'>): string {
  return dayNear(date, today, locale);
}

/** Where somebody stands, as part of a line. */
export function stateWords(standing: Standing, look: Pick<Look, 'today' | 'locale'>): string {
  const words = texts[look.locale];
  switch (standing.is) {
    case 'due':
      return standing.due ? words.dueOn(day(standing.due, look)) : words.dueOpen;
    case 'overdue':
      return words.overdueSince(day(standing.due, look));
    case 'renew':
      return words.renewBy(day(standing.until, look));
    case 'expired':
      return words.expiredOn(day(standing.until, look));
    case 'current':
      return standing.until ? words.validUntil(day(standing.until, look)) : words.state.current;
    case 'exempt':
      return standing.until ? words.excusedUntil(day(standing.until, look)) : words.state.exempt;
    default:
      return words.state[standing.is];
  }
}

/** How long a track takes from here. */
export function minutesLeft({ left, edition }: Pick<Line, 'left' | 'edition'>): number {
  return minutesOf(left.length > 0 ? left : edition.track.modules);
}
