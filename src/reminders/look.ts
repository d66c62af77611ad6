import { dayNear } from '../core/dates.ts';
import type { Reader } from '../slack/blocks.ts';
import type { Due } from './book.ts';
import { texts } from './texts.ts';

/** Whom a view is for, and when. */
export interface View {
  readonly reader: Reader;
  /** ISO date, by the clock of the reader. */
  readonly today: string;
}

export function dayIn(date: string, { reader, today }: View): string {
  return dayNear(date, today, reader.locale);
}

/** "12 min · by Fri 4 Dec · mandatory"; empty when there is nothing to say. */
export function factsOf({ minutes, due, mandatory }: Due, view: View): string {
  const words = texts[view.reader.locale];
  const isOver = due !== undefined && due < view.today;
  return [
    ...(minutes === undefined ? [] : [words.minutes(minutes)]),
    ...(due === undefined ? [] : [(isOver ? words.wasDue : words.by)(dayIn(due, view))]),
    ...(mandatory ? [words.mandatory] : []),
  ].join(' · ');
}
