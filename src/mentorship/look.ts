import { dateAt } from '../core/business-time.ts';
import { dayNear } from '../core/dates.ts';
import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { dateToken, joinWords, type Mrkdwn, type Reader, type Words } from '../slack/blocks.ts';
import { languageName, type Program, skillName } from './program.ts';
import type { Parts } from './texts.ts';

/** Who looks, and what they need to know beside what they look at. */
export interface Look {
  readonly reader: Reader;
  /** Undefined in a conversation of several. */
  readonly viewer: PersonId | undefined;
  /** ms */
  readonly now: number;
  readonly program: Program;
  /** A person in plain words. */
  name(id: PersonId): string;
}

/** A sentence in pieces as one. */
export function line(parts: Parts<Words>): Mrkdwn {
  return joinWords(parts, '');
}

/** A moment as the reader's Slack shows it. */
export function when(ms: number, { reader }: Look): Mrkdwn {
  return dateToken(ms, 'date', reader);
}

/** An ISO date as the reader writes it. */
export function day(date: string, { reader, now }: Look): string {
  return dayNear(date, dateAt(now, reader.zone), reader.locale);
}

/** A list in words. */
export function listed(items: readonly string[], locale: Locale): string {
  return items.join(locale === 'en' ? ', ' : '、');
}

/** Skills of the list by their names, free words as they are. */
export function topicsIn(topics: readonly string[], { program, reader }: Look): string {
  return listed(
    topics.map((topic) => skillName(program, topic, reader.locale)),
    reader.locale,
  );
}

export function languagesIn(languages: readonly string[], { program, reader }: Look): string {
  return listed(
    languages.map((language) => languageName(program, language, reader.locale)),
    reader.locale,
  );
}
