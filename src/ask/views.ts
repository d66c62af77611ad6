import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { PersonId, Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  feedback,
  header,
  input,
  joinWords,
  linkTo,
  type Mrkdwn,
  mentionPerson,
  message,
  modal,
  mrkdwn,
  overflow,
  section,
  textInput,
} from '../slack/blocks.ts';
import { fold, parseMarkdown, toMessageBlocks, toPlainText, toRichText } from '../slack/render.ts';
import { reviewDue } from './knowledge-checks.ts';
import type { Reply, Shelf } from './reply.ts';
import { texts } from './texts.ts';

// A phone shows about this much before one scrolls; the rest is one tap away.
const foldAt = 1_200;

/** Where a reply is shown decides which buttons make sense: lasting ones only where the message lasts. */
export type Surface = 'conversation' | 'ephemeral' | 'shared';

/** What views need to know beside the reply. */
export interface Setting {
  /** ms, for the freshness of an article. */
  readonly now: number;
  /** Link or channel of a desk, by the desk's `link`; undefined where the organization has set none. */
  deskLink(link: string | undefined, locale: Locale): string | undefined;
  /** Whether somebody can be reached: without it, no button promises a person. */
  readonly human: boolean;
}

/** The message for a reply. */
export function replyMessage(reply: Reply, surface: Surface, setting: Setting): Rendered {
  switch (reply.kind) {
    case 'answer':
      return answerMessage(reply, surface, setting);
    case 'choices':
      return choicesMessage(reply, surface, setting);
    case 'unknown':
      return unknownMessage(reply, surface, setting);
    case 'help':
      return helpMessage(reply.locale);
    case 'gone':
      return noteMessage(texts[reply.locale].gone);
  }
}

/** A sentence that needs nothing more. */
export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}

/** An answer that somebody showed to a whole conversation. */
export function sharedMessage(reply: Reply, sharedBy: PersonId, setting: Setting): Rendered {
  const answer = replyMessage(reply, 'shared', setting);
  const by = mrkdwn`${texts[reply.locale].sharedBy} ${mentionPerson(sharedBy)}`;
  return { ...answer, blocks: [...answer.blocks, context([by])] };
}

type AnswerReply = Extract<Reply, { kind: 'answer' }>;

function answerMessage(reply: AnswerReply, surface: Surface, setting: Setting): Rendered {
  const { shelf, locale } = reply;
  const { shown, rest } = fold(parseMarkdown(shelf.edition.body), foldAt);
  const blocks: KnownBlock[] = [
    ...(reply.edited ? [context([texts[locale].changed])] : []),
    header(shelf.edition.title),
    ...toMessageBlocks(parseMarkdown(`**${shelf.edition.short}**`)),
    ...toMessageBlocks(shown),
    ...englishInstead(shelf, locale),
    context([texts[locale].holdsFor(shelf.edition.scope)]),
    ...buttonRow(answerButtons(reply, surface, setting, rest)),
    context([sourceLine(shelf, locale, setting.now)]),
    ...understoodLine(reply),
  ];
  if (surface !== 'shared') blocks.push(...alsoClose(reply));
  if (surface === 'conversation') blocks.push(thumbs(reply));
  return message({ text: articleText(shelf, locale, setting.now), blocks });
}

function answerButtons(reply: AnswerReply, surface: Surface, setting: Setting, rest: boolean): ActionsBlockElement[] {
  const { questionId, locale, shelf } = reply;
  const words = texts[locale];
  const subject = `${questionId}/${shelf.article.id}`;
  const readOn = button({
    id: 'ask.read_on',
    text: words.readOn,
    label: `${words.readOn}: ${shelf.edition.title}`,
    value: `${subject}/${locale}`,
  });
  if (surface === 'shared') return rest ? [readOn] : [];
  const human = setting.human ? [button({ id: 'ask.human', text: words.askHuman, value: questionId })] : [];
  if (surface === 'ephemeral') {
    return [
      button({ id: 'ask.share', text: words.shareHere, value: subject }),
      button({ id: 'ask.keep', text: words.openInConversation, value: subject }),
      ...human,
    ];
  }
  const related = relatedMenu(reply);
  return [...(rest ? [readOn] : []), ...human, ...(related ? [related] : [])];
}

/** "..." holds the related topics: Slack's menu takes five. */
function relatedMenu({ questionId, related }: AnswerReply): ActionsBlockElement | undefined {
  const choices = related
    .slice(0, 5)
    .map((shelf) => ({ text: shelf.edition.title, value: `${questionId}/${shelf.article.id}` }));
  return choices.length > 0 ? overflow({ id: 'ask.show', choices }) : undefined;
}

function choicesMessage(reply: Extract<Reply, { kind: 'choices' }>, surface: Surface, setting: Setting): Rendered {
  const { choices, locale, questionId } = reply;
  const words = texts[locale];
  const question = words.whichOne(choices.length);
  const elements = choices.map((shelf, i) => showButton(shelf, questionId, i));
  const blocks: KnownBlock[] = [
    section(question),
    ...buttonRow(elements),
    ...understoodLine(reply),
    ...(setting.human ? [actions([button({ id: 'ask.human', text: words.noneOfThese, value: questionId })])] : []),
  ];
  if (surface === 'conversation') blocks.push(thumbs(reply));
  const list = choices.map((shelf) => `- ${shelf.edition.title}: ${shelf.edition.short}`).join('\n');
  return message({ text: `${question}\n${list}`, blocks });
}

function unknownMessage(reply: Extract<Reply, { kind: 'unknown' }>, surface: Surface, setting: Setting): Rendered {
  const { closest, desk, locale, questionId } = reply;
  const words = texts[locale];
  const link = desk && setting.deskLink(desk.link, locale);
  const said = desk ? (link ? words.deskAt(desk.name[locale], link) : words.desk(desk.name[locale])) : words.nothing;
  const blocks: KnownBlock[] = [section(said)];
  if (closest.length > 0) {
    blocks.push(section(words.closest), actions(closest.map((shelf, i) => showButton(shelf, questionId, i))));
  }
  if (setting.human) blocks.push(actions([button({ id: 'ask.human', text: words.askHuman, value: questionId })]));
  if (surface === 'conversation') blocks.push(thumbs(reply));
  const list = closest.map((shelf) => `- ${shelf.edition.title}`);
  return message({ text: [said, ...(list.length > 0 ? [words.closest, ...list] : [])].join('\n'), blocks });
}

/** What the bot is for, with three questions to try. */
export function helpMessage(locale: Locale): Rendered {
  const words = texts[locale];
  const examples = words.example.map((example) => `- ${example}`).join('\n');
  const list = `${words.examples}\n${examples}`;
  return message({ text: `${words.help}\n${list}`, blocks: [section(words.help), section(list)] });
}

/** The whole article, for "Read on". */
export function articleModal(shelf: Shelf, locale: Locale, now: number): ModalView {
  const words = texts[locale];
  return modal({
    callback: 'ask.article',
    title: words.answerTitle,
    close: words.close,
    blocks: [
      header(shelf.edition.title),
      ...toRichText(parseMarkdown(`**${shelf.edition.short}**\n\n${shelf.edition.body}`)),
      context([words.holdsFor(shelf.edition.scope)]),
      context([sourceLine(shelf, locale, now)]),
    ],
  });
}

/** An article as plain text: what phones and screen readers get, and the command line. */
export function articleText(shelf: Shelf, locale: Locale, now: number): string {
  const { edition } = shelf;
  return [
    `${edition.title}: ${edition.short}`,
    toPlainText(parseMarkdown(edition.body)),
    texts[locale].holdsFor(edition.scope),
    plainSource(shelf, locale, now),
  ].join('\n\n');
}

/** A reply as plain text, whatever it is. */
export function replyText(reply: Reply, setting: Setting): string {
  return reply.kind === 'answer'
    ? articleText(reply.shelf, reply.locale, setting.now)
    : replyMessage(reply, 'shared', setting).text;
}

/** The modal to type a question into. */
export function askModal(locale: Locale, initial?: string): ModalView {
  const words = texts[locale];
  return modal({
    callback: 'ask.question',
    title: words.askTitle,
    submit: words.ask,
    close: words.close,
    blocks: [
      input({
        blockId: 'question',
        label: words.askLabel,
        hint: words.askHint,
        element: textInput({
          id: 'text',
          multiline: true,
          max: 1_000,
          focus: true,
          placeholder: words.askPlaceholder,
          ...(initial ? { initial } : {}),
        }),
      }),
    ],
  });
}

/** A reply inside the modal that the question was typed into: rich text and plain buttons, which modals can show. */
export function replyModal(reply: Reply, setting: Setting): ModalView {
  const words = texts[reply.locale];
  return modal({
    callback: 'ask.reply',
    title: words.answerTitle,
    close: words.close,
    blocks: replyViewBlocks(reply, setting),
  });
}

function replyViewBlocks(reply: Reply, setting: Setting): KnownBlock[] {
  const words = texts[reply.locale];
  const human = setting.human
    ? [actions([button({ id: 'ask.human', text: words.askHuman, value: reply.questionId })])]
    : [];
  switch (reply.kind) {
    case 'answer':
      return [
        header(reply.shelf.edition.title),
        ...toRichText(parseMarkdown(`**${reply.shelf.edition.short}**\n\n${reply.shelf.edition.body}`)),
        context([words.holdsFor(reply.shelf.edition.scope)]),
        context([sourceLine(reply.shelf, reply.locale, setting.now)]),
        ...understoodLine(reply),
        ...alsoClose(reply),
        ...human,
      ];
    case 'choices':
      return [
        section(words.whichOne(reply.choices.length)),
        actions(reply.choices.map((shelf, i) => showButton(shelf, reply.questionId, i))),
        ...human,
      ];
    default:
      return [section(replyText(reply, setting)), ...human];
  }
}

/* ---------- pieces ---------- */

function buttonRow(elements: readonly ActionsBlockElement[]): KnownBlock[] {
  return elements.length > 0 ? [actions(elements)] : [];
}

function showButton(shelf: Shelf, questionId: string, position: number): ActionsBlockElement {
  // Ids must differ within a block; what follows the colon is not part of the action's name.
  return button({ id: `ask.show:${position}`, text: shelf.edition.title, value: `${questionId}/${shelf.article.id}` });
}

function alsoClose(reply: AnswerReply): KnownBlock[] {
  if (reply.alsoClose.length === 0) return [];
  const words = texts[reply.locale];
  return [
    context([words.alsoClose]),
    actions(reply.alsoClose.map((shelf, i) => showButton(shelf, reply.questionId, i))),
  ];
}

function thumbs(reply: Reply): KnownBlock {
  const words = texts[reply.locale];
  return feedback({
    id: 'ask.feedback',
    positive: { text: words.helpful, value: `${reply.questionId}/helpful`, label: words.helpful },
    negative: { text: words.unhelpful, value: `${reply.questionId}/unhelpful`, label: words.unhelpful },
  });
}

function englishInstead(shelf: Shelf, locale: Locale): KnownBlock[] {
  const words = texts[locale];
  if (shelf.translation === 'fine') return [];
  if (shelf.translation === 'missing') return [context([words.onlyEnglish])];
  const { en } = shelf.article.editions;
  return [context([words.translationBehind]), ...toMessageBlocks(parseMarkdown(`**${en.short}**`))];
}

/** What was read differently from how it was written; nothing when the question was taken as it stands. */
function understoodLine(reply: Extract<Reply, { kind: 'answer' | 'choices' }>): KnownBlock[] {
  const words = texts[reply.locale];
  const pairs = reply.corrections.map(({ from, to }) => words.pair(from, to)).join(words.and);
  const lines = [
    ...(pairs ? [words.readAs(pairs)] : []),
    ...(reply.kind === 'answer' && reply.assumed
      ? [words.assumed(reply.assumed.said, reply.assumed.spdx.join(words.or))]
      : []),
  ];
  return lines.length > 0 ? [context(lines)] : [];
}

/** "Source: GNU AGPL v3 §13 · Compliance · reviewed 21 Nov 2026", or that the review is overdue. */
function sourceLine(shelf: Shelf, locale: Locale, now: number): Mrkdwn {
  const links = joinWords(
    shelf.article.sources.map((source) => linkTo(source.url, source.title)),
    ', ',
  );
  return mrkdwn`${texts[locale].source}: ${links} · ${ownerName(shelf, locale)} · ${freshness(shelf, locale, now)}`;
}

function plainSource(shelf: Shelf, locale: Locale, now: number): string {
  const links = shelf.article.sources.map((source) => `${source.title} (${source.url})`).join(', ');
  return `${texts[locale].source}: ${links} · ${ownerName(shelf, locale)} · ${freshness(shelf, locale, now)}`;
}

function ownerName(shelf: Shelf, locale: Locale): string {
  const { owner } = shelf.article;
  return texts[locale].roles[owner] ?? owner.charAt(0).toUpperCase() + owner.slice(1);
}

function freshness(shelf: Shelf, locale: Locale, now: number): string {
  const { edition, article } = shelf;
  const due = reviewDue(edition.reviewed, article.reviewEvery);
  const overdue = Date.parse(due) < now;
  return overdue ? texts[locale].stale(dayOf(due, locale)) : texts[locale].reviewed(dayOf(edition.reviewed, locale));
}

/** An ISO date as people write it; the year always, since a review is often of another one. */
function dayOf(date: string, locale: Locale): string {
  const language = locale === 'en' ? 'en-GB' : locale;
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(Date.parse(date));
}
