import type { KnownBlock, ModalView } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  header,
  joinWords,
  type Mrkdwn,
  mentionPerson,
  message,
  modal,
  type Reader,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { listTexts } from './list-texts.ts';
import { buttonValue, line, sentences, subjectIn, when } from './look.ts';
import { isLate } from './reading.ts';
import { isOpen, type Known, numberOf } from './request.ts';
import { openStages } from './state.ts';
import { texts } from './texts.ts';
import type { RequestType } from './type.ts';

/** A request with the edition of its type, as lists need it. */
export interface Listed {
  readonly request: Known;
  readonly type: RequestType;
  /** Who is waited for, in words; nothing where nobody is. */
  readonly waitsOn?: string;
}

/** Whose list it is: of those who decide, of those who asked, or of those who look after all. */
export type Side = 'desk' | 'requester' | 'lead';

/** How a list is read. */
export interface ListLook {
  readonly reader: Reader;
  /** ms */
  readonly now: number;
}

// A line of a list; the whole subject is one click away.
const longestSubject = 120;
/** On Home: enough for a glance, with the rest one click away. */
export const mostAtHome = 5;
/** On a page of a modal: twenty blocks of the hundred. */
export const perPage = 10;

/** A section of Home; nothing when the list is empty. `total`: also those not given. */
export function homeBlocks(
  title: string,
  items: readonly Listed[],
  total: number,
  side: Side,
  look: ListLook,
): readonly KnownBlock[] {
  if (items.length === 0) return [];
  const words = listTexts[look.reader.locale];
  const shown = items.slice(0, mostAtHome);
  const all = button({
    id: 'requests.list',
    text: words.showAll(total),
    label: words.showAllLabel(total),
    value: `${side}/0`,
  });
  return [
    header(title),
    ...shown.flatMap((item) => itemBlocks(item, side, look)),
    ...(total > shown.length ? [actions([all])] : []),
  ];
}

/** A request in a list: what it is, with a button, and how it stands. */
function itemBlocks({ request, type, waitsOn }: Listed, side: Side, look: ListLook): readonly KnownBlock[] {
  const { locale } = look.reader;
  const words = listTexts[locale];
  const subject = `${numberOf(request)} · ${subjectIn(request, type, locale)}`;
  const waits = side === 'requester' && request.state === 'needs_info';
  const accessory = waits
    ? button({
        id: 'requests.answer',
        text: texts[locale].answer,
        label: texts[locale].about(texts[locale].answer, numberOf(request)),
        value: buttonValue(request),
        style: 'primary',
      })
    : button({
        id: 'requests.details',
        text: words.open,
        label: texts[locale].about(words.open, numberOf(request)),
        value: buttonValue(request),
      });
  return [section(truncate(subject, longestSubject), { accessory }), context([itemLine(request, side, waitsOn, look)])];
}

function itemLine(request: Known, side: Side, waitsOn: string | undefined, look: ListLook): Mrkdwn {
  const { locale } = look.reader;
  const words = listTexts[locale];
  const due = dueOf(request, side);
  const clock = due !== undefined && due < look.now ? words.late : words.due;
  return joinWords([
    ...(side === 'requester' ? [] : [mentionPerson(request.requester)]),
    ...(side === 'desk' && request.state === 'in_review' ? [] : [texts[locale].states[request.state]]),
    ...(waitsOn && side !== 'desk' ? [words.waitsOn(waitsOn)] : []),
    ...(due === undefined ? [] : [line(clock<Words>(when(due, look)))]),
    ...(isOpen(request) ? [] : [when(request.since, look)]),
  ]);
}

/** Those who decide look at the clock of their stage, everybody else at the promise. */
function dueOf(request: Known, side: Side): number | undefined {
  if (!isOpen(request)) return undefined;
  const own = side === 'desk' ? openStages(request).flatMap(({ clock }) => clock?.due ?? []) : [];
  return own.length > 0 ? Math.min(...own) : request.promised;
}

/** A page of a list. */
export interface ListPage {
  readonly title: string;
  readonly items: readonly Listed[];
  /** Said when there are none. */
  readonly empty: string;
  readonly side: Side;
  /** From 0. */
  readonly page: number;
  /** How many pages there are; absent when nobody counted. */
  readonly pages?: number;
  /** What the buttons carry to draw another page of the same list. */
  readonly key: string;
  readonly hasNext: boolean;
}

/** A list in a modal, page by page. */
export function listView(list: ListPage, look: ListLook): ModalView {
  const words = listTexts[look.reader.locale];
  return modal({
    callback: 'requests.list',
    title: list.title,
    close: words.close,
    blocks: [
      ...(list.items.length === 0 ? [section(list.empty)] : []),
      ...list.items.flatMap((item) => itemBlocks(item, list.side, look)),
      ...pageBlocks(list, look),
    ],
  });
}

function pageBlocks({ page, pages, key, hasNext }: ListPage, { reader }: ListLook): readonly KnownBlock[] {
  const words = listTexts[reader.locale];
  const turn = (text: string, to: number, id: string) => button({ id, text, value: `${key}/${to}` });
  const buttons = [
    ...(page > 0 ? [turn(words.previous, page - 1, 'requests.page:previous')] : []),
    ...(hasNext ? [turn(words.next, page + 1, 'requests.page:next')] : []),
  ];
  return [
    ...(buttons.length > 0 ? [actions(buttons)] : []),
    ...(pages !== undefined && pages > 1 ? [context([words.pages(String(page + 1), String(pages))])] : []),
  ];
}

/** A list as a message that only its reader sees. `more`: there are others. */
export function listMessage(
  items: readonly Listed[],
  side: Side,
  empty: string,
  more: boolean,
  look: ListLook,
): Rendered {
  const words = listTexts[look.reader.locale];
  const search = actions([button({ id: 'requests.find', text: words.search })]);
  if (items.length === 0) return message({ text: empty, blocks: [section(empty), search] });
  const lines = items.map(({ request, type }) =>
    joinWords([
      `${numberOf(request)} · ${subjectIn(request, type, look.reader.locale)}`,
      texts[look.reader.locale].states[request.state],
    ]),
  );
  return message({
    text: joinWords([words.title, ...lines], '\n'),
    blocks: [
      ...items.flatMap((item) => itemBlocks(item, side, look)),
      ...(more ? [context([words.moreFound])] : []),
      search,
    ],
  });
}

/* ---------- reminders and digests ---------- */

// Read on a phone between two meetings; Home has the rest.
const mostReminded = 8;

/** What somebody is waited for, gathered. */
export function reminderMessage(items: readonly Listed[], total: number, look: ListLook): Rendered | undefined {
  if (items.length === 0) return undefined;
  return gathered(listTexts[look.reader.locale].reminder(total), items, total, 'desk', look);
}

/** What waits on whom, for those who lead. `late`: how many of them. */
export function digestMessage(items: readonly Listed[], total: number, late: number, look: ListLook): Rendered {
  const words = listTexts[look.reader.locale];
  if (total === 0) return message({ text: words.digestNone, blocks: [section(words.digestNone)] });
  const head = late > 0 ? sentences([words.digest(total), words.digestLate(late)], look) : words.digest(total);
  return gathered(head, items, total, 'lead', look);
}

function gathered(head: Words, items: readonly Listed[], total: number, side: Side, look: ListLook): Rendered {
  const words = listTexts[look.reader.locale];
  const shown = items.slice(0, mostReminded);
  const left = total - shown.length;
  const lines = shown.map(({ request, type }) =>
    // What is confidential says its number and no more, where a phone lies on a table.
    request.restricted ? numberOf(request) : `${numberOf(request)} · ${subjectIn(request, type, look.reader.locale)}`,
  );
  return message({
    text: joinWords([head, ...lines], '\n'),
    blocks: [
      section(head),
      ...shown.flatMap((item) => itemBlocks(item, side, look)),
      ...(left > 0 ? [context([words.others(left)])] : []),
    ],
  });
}

/** How many of a list are late. */
export function lateAmong(requests: readonly Known[], now: number): number {
  return requests.filter((request) => isLate(request, now)).length;
}
