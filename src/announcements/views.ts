import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  header,
  image,
  joinWords,
  linkTo,
  message,
  modal,
  mrkdwn,
  type Reader,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { parseMarkdown, toMessageBlocks, toPlainText, toRichText } from '../slack/render.ts';
import type { AnnouncementText, Known } from './announcement.ts';
import { wordsFor } from './draft.ts';
import { type Look, line, when } from './look.ts';
import type { Reading } from './readings.ts';
import { texts } from './texts.ts';

/** An announcement as one reader, or a channel, sees it. */
export interface Shown {
  readonly announcement: Known;
  readonly text: AnnouncementText;
  /** Its kind asks for a confirmation. */
  readonly confirm: boolean;
  /** The reader's confirmation, of whichever edition. */
  readonly reading: Pick<Reading, 'at' | 'edition'> | undefined;
  readonly surface: 'person' | 'channel' | 'preview';
  /** The button that opens the form, where the reader may ask for it. */
  readonly request: { readonly label: string; readonly value: string } | undefined;
}

// What the message needs beside its text, within the 13,000 characters that all blocks share.
const longestBody = 12_000;

/** The message as it stands in Slack. Nothing where there is no text. */
export function announcementMessage(shown: Shown, look: Look): Rendered | undefined {
  const { announcement, text, surface } = shown;
  const { locale } = look.reader;
  const found = wordsFor(text, locale);
  if (!found) return undefined;
  const { words } = found;
  const calls = surface === 'channel' && announcement.audience.callChannel;
  const title = words.title || look.kind(announcement.kind);
  const body = bodyOf(words.body, longestBody - title.length);
  const buttons = buttonsOf(shown, found.locale, look);
  const blocks: KnownBlock[] = [
    ...(surface === 'preview' ? [context([texts[locale].previewNote])] : []),
    ...(calls ? [section(mrkdwn`<!channel>`)] : []),
    header(title),
    ...pictureOf(shown),
    ...body.blocks,
    ...linksOf(text),
    ...(buttons.length > 0 ? [actions(buttons)] : []),
    context(footOf(shown, found.locale, look)),
  ];
  const plain = `${title}\n\n${body.plain}`;
  // Escaped by `message`, and the call is markup of our own.
  return message({ text: calls ? mrkdwn`<!channel> ${plain}` : plain, blocks });
}

interface DrawnBody {
  readonly blocks: readonly KnownBlock[];
  readonly plain: string;
}

// Two languages of what is on its way, of a few announcements.
const mostDrawn = 8;
const drawn = new Map<string, DrawnBody>();

/**
 * A body as blocks and as plain words. The latest are remembered: a text of 12,000 characters takes longer to read than
 * Slack gives us between two messages, and it goes to thousands of people unchanged.
 */
function bodyOf(body: string, longest: number): DrawnBody {
  const key = `${longest}:${body}`;
  const known = drawn.get(key);
  if (known) return known;
  const content = parseMarkdown(body);
  const fresh = { blocks: toMessageBlocks(content, longest), plain: toPlainText(content) };
  const [oldest] = drawn.keys();
  if (oldest !== undefined && drawn.size >= mostDrawn) drawn.delete(oldest);
  drawn.set(key, fresh);
  return fresh;
}

function pictureOf({ announcement, text }: Shown): KnownBlock[] {
  if (!text.picture || announcement.pictureGone) return [];
  return [image({ url: text.picture.url, alt: text.picture.alt })];
}

function linksOf({ links }: AnnouncementText): KnownBlock[] {
  return links.length === 0 ? [] : [section(joinWords(links.map(({ label, url }) => linkTo(url, label))))];
}

function buttonsOf(shown: Shown, locale: Locale, { reader }: Look): ActionsBlockElement[] {
  const { announcement, text, confirm, surface, request } = shown;
  const words = texts[reader.locale];
  const { id } = announcement;
  const title = text.words[locale]?.title ?? '';
  // Buttons of a preview say so: nothing is noted for what was not sent.
  const value = surface === 'preview' ? `preview/${id}` : id;
  const wanted = confirm && !isConfirmed(shown);
  const hasOther = surface === 'channel' && text.words.en !== undefined && text.words['zh-CN'] !== undefined;
  return [
    ...(wanted
      ? [
          button({
            id: 'announcements.read',
            text: words.confirmRead,
            label: truncate(words.confirmLabel(title), 75),
            value,
            style: 'primary' as const,
          }),
        ]
      : []),
    ...(text.ask ? [button({ id: 'announcements.ask', text: words.askAbout, value })] : []),
    ...(text.article
      ? [button({ id: 'ask.read_on', text: words.readArticle, value: `news/${text.article}/${reader.locale}` })]
      : []),
    ...(request ? [button({ id: 'requests.open', text: request.label, value: request.value })] : []),
    ...(hasOther
      ? [button({ id: 'announcements.show', text: words.inOther, value: `${id}/${otherThan(reader.locale)}` })]
      : []),
  ];
}

function otherThan(locale: Locale): Locale {
  return locale === 'en' ? 'zh-CN' : 'en';
}

/** The reader confirmed an edition that still counts. */
function isConfirmed({ announcement, reading }: Pick<Shown, 'announcement' | 'reading'>): boolean {
  return reading !== undefined && reading.edition >= announcement.confirmFrom;
}

function footOf(shown: Shown, locale: Locale, look: Look): Words[] {
  const { announcement, reading } = shown;
  const words = texts[look.reader.locale];
  const revised = announcement.events.findLast((event) => event.kind === 'revised');
  return [
    words.fromOffice(look.kind(announcement.kind)),
    ...(locale === look.reader.locale ? [] : [locale === 'en' ? words.onlyEn : words.onlyZh]),
    ...(revised ? [line(words.changed<Words>(when(revised.at, look)))] : []),
    ...(reading && isConfirmed(shown) ? [line(words.confirmed<Words>(when(reading.at, look)))] : []),
    ...(reading && !isConfirmed(shown) ? [words.readAgain] : []),
    ...(announcement.pictureGone && shown.surface === 'preview' ? [words.pictureLeftOut] : []),
  ];
}

/** What stands in place of an announcement that was withdrawn. */
export function withdrawnMessage(announcement: Known, title: string, look: Look): Rendered {
  const words = texts[look.reader.locale];
  const event = announcement.events.findLast(({ kind }) => kind === 'retracting');
  const at = event?.at ?? announcement.since;
  const why = event?.kind === 'retracting' && event.text ? words.withdrawnWhy(event.text) : undefined;
  const said = line(words.withdrawn<Words>(when(at, look)));
  return message({
    text: joinWords([title, said, ...(why ? [why] : [])], '\n'),
    blocks: [header(words.withdrawnTitle), section(title), section(said), ...(why ? [section(why)] : [])],
  });
}

/** The whole text in a modal. */
export function readingView(shown: Shown, look: Look): ModalView {
  const { text } = shown;
  const words = texts[look.reader.locale];
  const found = wordsFor(text, look.reader.locale);
  if (!found) return sayView(words.listTitle, words.gone, look.reader);
  const buttons = buttonsOf({ ...shown, surface: 'person' }, found.locale, look);
  return modal({
    callback: 'announcements.note',
    title: words.listTitle,
    close: words.close,
    blocks: [
      header(found.words.title),
      ...pictureOf(shown),
      ...toRichText(parseMarkdown(found.words.body)),
      ...linksOf(text),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
      context(footOf(shown, found.locale, look)),
    ],
  });
}

/** Says one thing and needs nothing. */
export function sayView(title: string, said: string, { locale }: Reader): ModalView {
  return modal({ callback: 'announcements.note', title, close: texts[locale].close, blocks: [section(said)] });
}

/** One short line that stands for itself. */
export function noteMessage(said: string): Rendered {
  return message({ text: said, blocks: [section(said)] });
}
