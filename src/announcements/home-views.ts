import type { KnownBlock, ModalView } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  checkboxes,
  context,
  header,
  input,
  joinWords,
  message,
  modal,
  multiSelect,
  radioButtons,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import type { Known } from './announcement.ts';
import { titleFor } from './draft.ts';
import { texts as leadTexts } from './form-texts.ts';
import { mostBeside, mostOffered } from './forms.ts';
import type { Kind } from './kind.ts';
import { day, type Look, line, when } from './look.ts';
import type { NewsReader } from './reader.ts';
import { texts } from './texts.ts';

/** An announcement in somebody's list. */
export interface NewsItem {
  readonly announcement: Known;
  /** It wants to be confirmed, and is not. */
  readonly open: boolean;
}

// Enough for a morning; the rest is in the list.
const mostAtHome = 5;
// A message has 50 blocks, a modal 100; two for each.
const mostInList = 20;

function newsTitle({ announcement }: NewsItem, { reader, kind }: Look): string {
  return titleFor(announcement, reader.locale) || kind(announcement.kind);
}

/** What a reader has to read, on Home; nothing where there is nothing. */
export function newsSection(
  items: readonly NewsItem[],
  total: number,
  what: 'homeConfirm' | 'homeNews',
  look: Look,
): readonly KnownBlock[] {
  if (items.length === 0) return [];
  const words = texts[look.reader.locale];
  const left = total - Math.min(items.length, mostAtHome);
  return [
    header(words[what]),
    // The heading says already that these want to be confirmed.
    ...items.slice(0, mostAtHome).flatMap((item) => newsLines({ ...item, open: false }, look)),
    ...(left > 0 ? [context([words.more(left)])] : []),
  ];
}

function newsLines(item: NewsItem, look: Look): KnownBlock[] {
  const words = texts[look.reader.locale];
  const { id, kind, sentAt } = item.announcement;
  const title = newsTitle(item, look);
  const open = button({
    id: 'announcements.show',
    text: words.open,
    label: truncate(words.openLabel(title), 75),
    value: id,
  });
  const facts: Words[] = [
    look.kind(kind),
    ...(sentAt === undefined ? [] : [line(words.sentOn<Words>(day(sentAt, look)))]),
    ...(item.open ? [words.mustConfirm] : []),
  ];
  return [section(title, { accessory: open }), context([joinWords(facts)])];
}

/** What every reader finds on Home: what changed, and what they want to hear of. */
export function newsButtons(look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  return [
    actions([
      button({ id: 'announcements.changed', text: words.whatChanged, value: 'home' }),
      button({ id: 'announcements.settings', text: words.newsSettings, value: 'home' }),
    ]),
  ];
}

/** A list of announcements as a message: what was sent to somebody, or what was found. */
export function listMessage(
  items: readonly NewsItem[],
  total: number,
  searched: boolean,
  look: Look,
  extra: readonly KnownBlock[] = [],
): Rendered {
  const words = texts[look.reader.locale];
  const intro =
    total === 0 ? (searched ? words.listNone : words.listEmpty) : searched ? words.listFound(total) : words.listMine;
  const shown = items.slice(0, mostInList);
  return message({
    text: [intro, ...shown.map((item) => newsTitle(item, look))].join('\n'),
    blocks: [header(words.listTitle), section(intro), ...shown.flatMap((item) => newsLines(item, look)), ...extra],
  });
}

/** What came in a week, or what still matters to somebody new, in one message. */
export function gatheredMessage(items: readonly NewsItem[], what: 'digest' | 'welcome', look: Look): Rendered {
  const words = texts[look.reader.locale];
  const title = what === 'digest' ? words.digestTitle : words.welcomeTitle;
  const intro = what === 'digest' ? words.digestIntro(items.length) : words.welcomeIntro;
  const shown = items.slice(0, mostInList);
  const left = items.length - shown.length;
  return message({
    text: [`${title}. ${intro}`, ...shown.map((item) => newsTitle(item, look))].join('\n'),
    blocks: [
      header(title),
      section(intro),
      ...shown.flatMap((item) => newsLines(item, look)),
      ...(left > 0 ? [context([words.more(left)])] : []),
      ...(what === 'digest' ? [context([words.digestFoot])] : []),
    ],
  });
}

/** What changed for a reader: since when, what is new, and what holds from before. */
export interface Changes {
  readonly since: { readonly kind: 'joined' | 'read'; readonly at: number } | { readonly kind: 'year' };
  readonly fresh: readonly NewsItem[];
  readonly before: readonly NewsItem[];
}

export function changesView({ since, fresh, before }: Changes, look: Look): ModalView {
  const words = texts[look.reader.locale];
  const intro =
    since.kind === 'year'
      ? words.sinceYear
      : line((since.kind === 'joined' ? words.sinceJoined : words.sinceRead)<Words>(when(since.at, look)));
  return modal({
    callback: 'announcements.note',
    title: words.changedTitle,
    close: words.close,
    blocks: [
      section(intro),
      ...(fresh.length === 0
        ? [section(words.nothingNew)]
        : fresh.slice(0, mostInList).flatMap((item) => newsLines(item, look))),
      ...(before.length === 0
        ? []
        : [section(words.before), ...before.slice(0, mostInList).flatMap((item) => newsLines(item, look))]),
    ],
  });
}

/** What somebody wants to hear of. */
export function settingsForm(reader: NewsReader, kinds: readonly Kind[], look: Look): ModalView {
  const { locale } = look.reader;
  const words = texts[locale];
  const optional = kinds.filter(({ required }) => !required).slice(0, mostOffered);
  const choices = optional.map(({ id, name, about }) => ({
    text: name[locale],
    value: id,
    description: truncate(about[locale], 75),
  }));
  const ids = optional.map(({ id }) => id);
  const wanted = ids.filter((id) => !reader.optOut.includes(id));
  const required = kinds.filter(({ required }) => required);
  const always = required.map(({ name }) => name[locale]).join(locale === 'en' ? ', ' : '、');
  return modal({
    callback: 'announcements.settings',
    title: words.settingsTitle,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify(ids),
    blocks: [
      ...(optional.length === 0
        ? []
        : [
            input({
              blockId: 'kinds',
              label: words.settingsKinds,
              optional: true,
              element:
                choices.length > mostBeside
                  ? multiSelect({ id: 'kinds', choices, initial: wanted })
                  : checkboxes({ id: 'kinds', choices, initial: wanted }),
            }),
          ]),
      input({
        blockId: 'how',
        label: words.settingsHow,
        element: radioButtons({
          id: 'how',
          choices: [
            { text: words.asItComes, value: 'each' },
            { text: words.asDigest, value: 'digest' },
          ],
          initial: reader.digest ? 'digest' : 'each',
        }),
      }),
      ...(required.length === 0
        ? []
        : [
            context([
              words.always(always),
              ...required
                .slice(0, 9)
                .flatMap(({ name, required: why }) => (why ? [words.because(name[locale], why[locale])] : [])),
            ]),
          ]),
    ],
  });
}

/** What leads find on Home: what is in the making. */
export function leadSection(open: readonly Known[], look: Look): readonly KnownBlock[] {
  const words = leadTexts[look.reader.locale];
  return [
    header(words.leadHeader),
    ...(open.length === 0
      ? [section(words.noneOpen)]
      : open.slice(0, mostAtHome).flatMap((one) => leadLines(one, look))),
    actions([
      button({ id: 'announcements.write', text: words.write, value: 'new', style: 'primary' }),
      button({ id: 'announcements.all', text: words.all, value: 'all' }),
    ]),
  ];
}

/** An announcement as its senders list it. */
function leadLines(announcement: Known, look: Look): KnownBlock[] {
  const words = leadTexts[look.reader.locale];
  const title = titleFor(announcement, look.reader.locale) || words.untitled;
  const { id, state, author, since, wakeAt } = announcement;
  const open = button({
    id: 'announcements.open',
    text: words.open,
    label: truncate(words.openLabel(title), 75),
    value: id,
  });
  const moment =
    state === 'scheduled' && wakeAt !== null
      ? words.goesOut<Words>(when(wakeAt, look))
      : words.since<Words>(when(since, look));
  const facts = [
    words.states[state],
    look.kind(announcement.kind),
    line(words.by<Words>(look.name(author))),
    line(moment),
  ];
  return [section(title, { accessory: open }), context([joinWords(facts)])];
}

/** The list of leads as a message. */
export function leadMessage(all: readonly Known[], total: number, searched: boolean, look: Look): Rendered {
  const words = leadTexts[look.reader.locale];
  const said = texts[look.reader.locale];
  const intro = searched ? (total === 0 ? said.listNone : said.listFound(total)) : all.length === 0 && words.noneYet;
  const shown = all.slice(0, mostInList);
  const titles = shown.map((one) => titleFor(one, look.reader.locale) || words.untitled);
  return message({
    text: [words.leadTitle, ...(intro ? [intro] : []), ...titles].join('\n'),
    blocks: [
      header(words.leadTitle),
      ...(intro ? [section(intro)] : []),
      ...shown.flatMap((one) => leadLines(one, look)),
      actions([button({ id: 'announcements.write', text: words.write, value: 'new', style: 'primary' })]),
    ],
  });
}

/** The same in a modal, for a button on Home. */
export function leadView(all: readonly Known[], look: Look): ModalView {
  const words = leadTexts[look.reader.locale];
  return modal({
    callback: 'announcements.note',
    title: words.leadTitle,
    close: words.close,
    blocks: [
      ...(all.length === 0 ? [section(words.noneYet)] : all.slice(0, 40).flatMap((one) => leadLines(one, look))),
      actions([button({ id: 'announcements.write', text: words.write, value: 'new', style: 'primary' })]),
    ],
  });
}
