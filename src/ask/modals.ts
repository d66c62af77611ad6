import type { KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, header, input, modal, section, textInput } from '../slack/blocks.ts';
import { toRichText } from '../slack/render.ts';
import { wholeText } from './edition-view.ts';
import { askedBackBlocks, licenseViewBlocks } from './license-views.ts';
import { humanValue, type Reply, type Shelf } from './reply.ts';
import { texts } from './texts.ts';
import {
  alsoClose,
  buttonRow,
  holderButtons,
  requestButton,
  type Setting,
  showButton,
  sourceLines,
  understoodLine,
} from './view-parts.ts';
import { replyText } from './views.ts';

/** The whole article, for "Read on". */
export function articleModal(shelf: Shelf, locale: Locale, now: number): ModalView {
  const words = texts[locale];
  return modal({
    callback: 'ask.article',
    title: words.answerTitle,
    close: words.close,
    blocks: [
      header(shelf.edition.title),
      ...toRichText(wholeText(shelf.edition)),
      context([words.holdsFor(shelf.edition.scope)]),
      sourceLines(shelf, locale, now),
    ],
  });
}

/** A sentence where a modal was expected. */
export function noteModal(words: string, locale: Locale): ModalView {
  const { answerTitle, close } = texts[locale];
  return modal({ callback: 'ask.note', title: answerTitle, close, blocks: [section(words)] });
}

/** What another feature says in a message, as a modal. */
export function cardModal({ blocks }: Rendered, locale: Locale): ModalView {
  const { answerTitle, close } = texts[locale];
  return modal({ callback: 'ask.card', title: answerTitle, close, blocks });
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
  const own = reply.kind === 'answer' || reply.kind === 'license' ? [] : requestButton(reply);
  const person = setting.human ? [button({ id: 'ask.human', text: words.askHuman, value: humanValue(reply) })] : [];
  const human = buttonRow([...own, ...person]);
  switch (reply.kind) {
    case 'answer':
      return [
        header(reply.shelf.edition.title),
        ...toRichText(wholeText(reply.shelf.edition)),
        context([words.holdsFor(reply.shelf.edition.scope)]),
        sourceLines(reply.shelf, reply.locale, setting.now),
        ...understoodLine(reply),
        ...askedBackBlocks(reply, 'ephemeral'),
        ...buttonRow(requestButton(reply)),
        ...alsoClose(reply),
        ...human,
      ];
    case 'license':
      return licenseViewBlocks(reply, human, setting.now);
    case 'choices':
      return [
        section(words.whichOne(reply.choices.length)),
        actions(reply.choices.map((shelf, i) => showButton(shelf, reply.questionId, i))),
        ...human,
      ];
    case 'which':
      return [section(words.whichPlace(reply.title)), ...holderButtons(reply), ...human];
    default:
      return [section(replyText(reply, setting)), ...human];
  }
}
