import type { ActionsBlockElement, Button, KnownBlock } from '@slack/types';
import type { DueButton } from '../core/links.ts';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, joinWords, message, section } from '../slack/blocks.ts';
import type { Due } from './book.ts';
import { dayIn, factsOf, type View } from './look.ts';
import { texts } from './texts.ts';

/** What a reminder says, of the state of the moment. */
export interface Reminding {
  /** What it names and is still due, in its order. */
  readonly due: readonly Due[];
  readonly later: readonly (Due & { readonly until: string })[];
  /** Keys of which this is the last word. */
  readonly last: ReadonlySet<string>;
  /** How many more were due and are not named. */
  readonly rest: number;
}

/** The reminder that stands. */
export function reminderMessage(reminding: Reminding, view: View): Rendered {
  const words = texts[view.reader.locale];
  const { due, later, rest } = reminding;
  if (due.length === 0) return overMessage(later.length > 0 ? laterLines(reminding, view).join('\n') : words.settled);
  const foot = [...laterLines(reminding, view), ...(rest > 0 ? [words.rest(rest)] : []), words.foot];
  return listMessage(due, view, reminding.last, foot);
}

/** A reminder that is no longer one: only words. */
export function overMessage(words: string): Rendered {
  return message({ text: words, blocks: [context([words])] });
}

/** What is due, for whoever asks. @param most so many are named */
export function dueMessage(due: readonly Due[], most: number, view: View): Rendered {
  const words = texts[view.reader.locale];
  const shown = due.slice(0, most);
  if (shown.length === 0) {
    return message({
      text: words.dueNothing,
      blocks: [section(words.dueNothing), actions([settingsButton(view)])],
    });
  }
  const foot = due.length > shown.length ? [words.rest(due.length - shown.length)] : [];
  return listMessage(shown, view, new Set(), foot);
}

function listMessage(due: readonly Due[], view: View, last: ReadonlySet<string>, foot: readonly string[]): Rendered {
  const words = texts[view.reader.locale];
  const [only] = due;
  const headline = due.length === 1 && only ? words.dueOne(titleOf(only, view)) : words.dueMany(due.length);
  const isOne = due.length === 1;
  const lines = due.flatMap((thing) => [
    ...(isOne ? [] : [titleOf(thing, view)]),
    ...[factsOf(thing, view), thing.detail?.[view.reader.locale] ?? ''].filter(Boolean),
    ...(last.has(thing.key) ? [words.lastWord] : []),
  ]);
  const blocks = [
    section(headline),
    ...due.flatMap((thing) => thingBlocks(thing, view, { titled: !isOne, last: last.has(thing.key) })),
    actions([...(isOne && only ? ownButtons(only, view) : []), ...commonButtons(due, view)]),
    ...(foot.length > 0 ? [context([foot.join('\n')])] : []),
  ];
  return message({ text: [headline, ...lines, ...foot].join('\n'), blocks });
}

/** The lines of one thing; in a list also its title and its own buttons. */
export function thingBlocks(
  thing: Due,
  view: View,
  { titled, last }: { readonly titled: boolean; readonly last: boolean },
): readonly KnownBlock[] {
  const words = texts[view.reader.locale];
  const detail = thing.detail?.[view.reader.locale];
  const small = [factsOf(thing, view), ...(last ? [words.lastWord] : [])].filter(Boolean);
  const buttons = titled ? ownButtons(thing, view) : [];
  const [first, ...more] = buttons;
  const accessory = first && more.length === 0 ? { accessory: first } : {};
  return [
    ...(titled ? [section(titleOf(thing, view), accessory)] : []),
    ...(detail ? [section(detail)] : []),
    ...(small.length > 0 ? [context(small)] : []),
    ...(more.length > 0 ? [actions(buttons)] : []),
  ];
}

/** The source's own buttons, then Done where a click settles it. */
export function ownButtons(thing: Due, view: View): readonly Button[] {
  const words = texts[view.reader.locale];
  const { buttons = [], done, key } = thing;
  const title = titleOf(thing, view);
  const own = buttons.map((spec, index) => sourceButton(spec, index, buttons, title, view));
  if (!done) return own;
  return [
    ...own,
    button({ id: 'reminders.done', text: words.done, label: words.about(words.done, title), value: key }),
  ];
}

function sourceButton(
  { action, value, label, url }: DueButton,
  index: number,
  all: readonly DueButton[],
  title: string,
  view: View,
): Button {
  const text = label[view.reader.locale];
  const isTwice = all.filter((one) => one.action === action).length > 1;
  return button({
    // Slack wants ids unique within a block; what follows a colon is not part of the action.
    id: isTwice ? `${action}:${index}` : action,
    text,
    label: texts[view.reader.locale].about(text, title),
    value,
    ...(url === undefined ? {} : { url }),
    ...(index === 0 ? { style: 'primary' as const } : {}),
  });
}

/** Later and Not for me, about everything that is listed, and the settings. */
export function commonButtons(due: readonly Due[], view: View): readonly ActionsBlockElement[] {
  const words = texts[view.reader.locale];
  const declines = due.some(({ decline, mandatory }) => decline || mandatory);
  return [
    button({ id: 'reminders.later', text: words.later, value: 'due' }),
    ...(declines ? [button({ id: 'reminders.decline', text: words.notForMe, value: 'due' })] : []),
    settingsButton(view),
  ];
}

export function settingsButton({ reader }: View): Button {
  return button({ id: 'reminders.settings', text: texts[reader.locale].settings, value: 'settings' });
}

function laterLines({ later }: Reminding, view: View): readonly string[] {
  return later.map((thing) => texts[view.reader.locale].putOff(titleOf(thing, view), dayIn(thing.until, view)));
}

export function titleOf({ title }: Due, { reader }: View): string {
  return title[reader.locale];
}

/** A sentence or two, for whoever clicked. */
export function noteMessage(...sentences: readonly string[]): Rendered {
  const words = joinWords(sentences, '\n');
  return message({ text: words, blocks: [section(words)] });
}
