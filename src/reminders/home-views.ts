import type { KnownBlock } from '@slack/types';
import { actions, context, header, section } from '../slack/blocks.ts';
import type { Due, ReminderBook } from './book.ts';
import { dayIn, type View } from './look.ts';
import { texts } from './texts.ts';
import { commonButtons, settingsButton, thingBlocks, titleOf } from './views.ts';

// Home shows a hundred blocks for everything; a thing takes three.
const mostAtHome = 6;

/** What is due and what was put off; nothing when there is neither. */
export function dueSection(
  due: readonly Due[],
  later: readonly (Due & { readonly until: string })[],
  view: View,
): readonly KnownBlock[] {
  if (due.length + later.length === 0) return [];
  const words = texts[view.reader.locale];
  const left = due.length - mostAtHome;
  const put = later.slice(0, mostAtHome).map((thing) => words.putOff(titleOf(thing, view), dayIn(thing.until, view)));
  return [
    header(words.dueTitle),
    ...due.slice(0, mostAtHome).flatMap((thing) => thingBlocks(thing, view, { titled: true, last: false })),
    ...(left > 0 ? [context([words.homeRest(left)])] : []),
    ...(put.length > 0 ? [context([put.join('\n')])] : []),
    ...(due.length > 0 ? [actions(commonButtons(due, view, false).filter(({ type }) => type === 'button'))] : []),
  ];
}

/** What the reader hears of, and the button that changes it. */
export function settingsSection(
  { rhythm, pausedUntil }: Pick<ReminderBook, 'rhythm' | 'pausedUntil'>,
  view: View,
): readonly KnownBlock[] {
  const words = texts[view.reader.locale];
  const isPaused = pausedUntil !== undefined && pausedUntil > view.today;
  const state = isPaused ? words.homePaused(dayIn(pausedUntil, view)) : words.homeSettings(words.rhythms[rhythm]);
  return [section(state, { accessory: settingsButton(view) })];
}
