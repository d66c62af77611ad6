import type { ActionsBlockElement, Button, KnownBlock } from '@slack/types';
import type { DueButton } from '../core/links.ts';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, divider, joinWords, message, overflow, richText, section } from '../slack/blocks.ts';
import { plain } from '../slack/escape.ts';
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
  /** What is due besides: it had its turn in an earlier reminder, or did not fit. */
  readonly rest: readonly Due[];
}

/** The reminder that stands. */
export function reminderMessage(reminding: Reminding, view: View): Rendered {
  const words = texts[view.reader.locale];
  const { due, later, rest } = reminding;
  if (due.length === 0) return overMessage(later.length > 0 ? laterLines(reminding, view).join('\n') : words.settled);
  const besides = rest.length > 0 ? [besidesLine(rest, view)] : [];
  const below = [...besides, ...laterLines(reminding, view), words.foot];
  return listMessage(due, view, reminding.last, { rest: rest.length, below });
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
  const rest = due.length - shown.length;
  return listMessage(shown, view, new Set(), { rest, below: rest > 0 ? [words.rest(rest)] : [] });
}

function listMessage(
  due: readonly Due[],
  view: View,
  last: ReadonlySet<string>,
  { rest, below }: { readonly rest: number; readonly below: readonly string[] },
): Rendered {
  const words = texts[view.reader.locale];
  const [first] = due;
  const isOne = due.length === 1;
  const headline = isOne && first ? words.dueOne(titleOf(first, view)) : words.dueMany(due.length + rest);
  const lines = due.flatMap((thing) => [
    ...(isOne ? [] : [titleOf(thing, view)]),
    ...[thing.detail?.[view.reader.locale] ?? '', factsOf(thing, view)].filter(Boolean),
    ...(last.has(thing.key) ? [words.lastWord] : []),
  ]);
  const blocks = [
    section(headline),
    ...due.flatMap((thing) => thingBlocks(thing, view, { titled: !isOne, last: last.has(thing.key) })),
    ...(isOne ? [] : [divider()]),
    actions([...(isOne && first ? ownButtons(first, view) : []), ...commonButtons(due, view, isOne)]),
    ...(below.length > 0 ? [context([below.join('\n')])] : []),
  ];
  return message({ text: [headline, ...lines, ...below].join('\n'), blocks });
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
  return [
    ...(titled ? [titleBlock(titleOf(thing, view), detail)] : detail ? [section(detail)] : []),
    ...(small.length > 0 ? [context(small)] : []),
    ...(buttons.length > 0 ? [actions(buttons)] : []),
  ];
}

/** Emphasis is rich text: asterisks beside Chinese are printed. */
function titleBlock(title: string, detail: string | undefined): KnownBlock {
  const text = { type: 'text' as const, text: plain(title), style: { bold: true } };
  const more = detail ? [{ type: 'text' as const, text: plain(`\n${detail}`) }] : [];
  return richText([{ type: 'rich_text_section', elements: [text, ...more] }]);
}

/** The source's own buttons, then Done where a click settles it. */
function ownButtons(thing: Due, view: View): readonly Button[] {
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

// More buttons than these wrap on a phone.
const mostInRow = 4;

/** Later and Not for me, about everything that is listed, and a menu for the rest. @param isOne beside the buttons of the one thing */
export function commonButtons(due: readonly Due[], view: View, isOne: boolean): readonly ActionsBlockElement[] {
  const words = texts[view.reader.locale];
  const mayDecline = due.some(({ decline, mandatory, excusable }) => decline || (mandatory && !excusable));
  const own = isOne ? due.flatMap((thing) => ownButtons(thing, view)).length : 0;
  const isTight = own + 2 > mostInRow - 1;
  const declining = { text: words.notForMe, value: 'decline' };
  return [
    button({ id: 'reminders.later', text: words.later, value: 'due' }),
    ...(mayDecline && !isTight ? [button({ id: 'reminders.decline', text: words.notForMe, value: 'due' })] : []),
    overflow({
      id: 'reminders.more',
      choices: [...(mayDecline && isTight ? [declining] : []), { text: words.settings, value: 'settings' }],
    }),
  ];
}

export function settingsButton({ reader }: View): Button {
  return button({ id: 'reminders.settings', text: texts[reader.locale].settings, value: 'settings' });
}

// Titles that a line takes; Home has all of it.
const mostBesides = 3;

function besidesLine(rest: readonly Due[], view: View): string {
  const { locale } = view.reader;
  const shown = rest.slice(0, mostBesides).map((thing) => titleOf(thing, view));
  const titles = shown.join(locale === 'en' ? '; ' : '；');
  const more = rest.length - shown.length;
  return more > 0 ? texts[locale].besidesMore(titles, more) : texts[locale].besides(titles);
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
