import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { dateToken, joinWords, type Mrkdwn, mentionPerson, type Reader, type Words } from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { subjectOf } from './form.ts';
import { type Known, numberOf } from './request.ts';
import { type Parts, texts } from './texts.ts';
import type { RequestType } from './type.ts';

/** Who looks, and what they need to know beside the request. */
export interface Look {
  readonly reader: Reader;
  /** ms */
  readonly now: number;
  /** The edition of the type that the request goes on under. */
  readonly type: RequestType;
  /** The reader; absent in a channel. */
  readonly viewer?: PersonId;
  /** A person in words. */
  name(id: PersonId): string;
  /** The requester's unit, in the reader's language. */
  readonly unit: string | undefined;
  /** Ids of the open stages that the reader may decide; in a channel of all that are open. */
  readonly mine: readonly string[];
  /** Who is asked as the manager only because the requester named them, and nobody confirmed it. */
  readonly unsureManager?: PersonId;
  /** Who can still decide a stage. */
  waitedFor(stage: string): readonly PersonId[];
  /** Whether the reader looks after requests of this kind: may put on hold, open again and take back. */
  readonly manages: boolean;
}

// A notification shows about 150 characters; number, state and date want some of them.
const longestInLine = 90;
// The names of a longer list are read by nobody.
const mostNamed = 3;

/** A moment as the reader's Slack shows it. */
export function when(ms: number, { reader }: Pick<Look, 'reader'>): Mrkdwn {
  return dateToken(ms, 'dateTime', reader);
}

/** A day as the reader's Slack shows it. */
export function day(ms: number, { reader }: Pick<Look, 'reader'>): Mrkdwn {
  return dateToken(ms, 'date', reader);
}

/** A sentence in pieces as one. */
export function line(parts: Parts<Words>): Mrkdwn {
  return joinWords(parts, '');
}

/** The line that names a request, whole. */
export function subjectIn(request: Pick<Known, 'answers'>, type: RequestType, locale: Locale): string {
  return subjectOf(type, request.answers, locale) || type.title[locale];
}

/** The same, as short as a notification wants it. */
export function shortSubject(request: Pick<Known, 'answers'>, { type, reader }: Pick<Look, 'type' | 'reader'>): string {
  return truncate(subjectIn(request, type, reader.locale), longestInLine);
}

/** A few people by name; nobody is called by it. @param you named first, as "you" */
export function namesOf(people: readonly PersonId[], look: Look): string {
  const words = texts[look.reader.locale];
  const { viewer } = look;
  const own = viewer && people.includes(viewer) ? [words.you] : [];
  const others = people.filter((id) => id !== viewer).map((id) => look.name(id));
  const shown = [...own, ...others].slice(0, mostNamed);
  const left = people.length - shown.length;
  if (shown.length === 0) return words.nobody;
  return [...shown, ...(left > 0 ? [words.others(left)] : [])].join(words.comma);
}

/** People as Slack shows them; they are notified only where a message is new. */
export function mentions(people: readonly PersonId[], { reader }: Pick<Look, 'reader'>): Mrkdwn {
  return joinWords(people.map(mentionPerson), texts[reader.locale].comma);
}

/** Several sentences as one paragraph: with spaces between them, where the language wants them. */
export function sentences(all: readonly Words[], { reader }: Pick<Look, 'reader'>): Mrkdwn {
  return joinWords(all, reader.locale === 'en' ? ' ' : '');
}

/** What every button about a request carries: which one, and how much of its history its reader had seen. */
export function buttonValue({ id, events }: Pick<Known, 'id' | 'events'>): string {
  return `${id}/${events.length}`;
}

/** What a screen reader says for a button. */
export function labelFor(action: string, request: Pick<Known, 'number'>, { reader }: Pick<Look, 'reader'>): string {
  return texts[reader.locale].about(action, numberOf(request));
}
