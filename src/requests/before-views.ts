import type { KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  dateToken,
  header,
  mentionPerson,
  message,
  modal,
  type Reader,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import type { Filling, SameRequest } from './form-page.ts';
import { texts } from './form-texts.ts';
import { type FormLook, line, metaOf, noteView } from './form-views.ts';
import type { Words as Labels } from './type.ts';

// A notification shows about 150 characters; number and state want half of them.
const longestInLine = 70;

/** Others ask the same, or it is approved already. @param at the step that comes next */
export function beforeView(
  filling: Filling,
  same: readonly SameRequest[],
  at: number,
  { reader }: FormLook,
): ModalView {
  const words = texts[reader.locale];
  return modal({
    callback: 'requests.form',
    title: words.beforeTitle,
    submit: words.goOnAllTheSame,
    close: words.close,
    metadata: metaOf(filling, 'before', at),
    blocks: [
      ...same.flatMap((one) => sameBlocks(one, filling, reader)),
      actions([button({ id: 'requests.back', text: words.changeAnswers }), discardButton(filling, reader.locale)]),
    ],
  });
}

function sameBlocks(same: SameRequest, { draft }: Filling, reader: Reader): readonly KnownBlock[] {
  const words = texts[reader.locale];
  const { number, subject, requester, conditions, at = 0, validUntil } = same;
  if (same.state === 'approved') {
    const until = validUntil === undefined ? [] : words.approvedUntil<Words>(dateToken(validUntil, 'date', reader));
    const approved = words.approvedBefore<Words>(number, subject, dateToken(at, 'date', reader));
    return [
      section(line([...approved, ' ', ...until])),
      ...(conditions.length > 0
        ? [section([words.underConditions, ...conditions.map((one) => `• ${one}`)].join('\n'))]
        : []),
      context([words.isEnough]),
    ];
  }
  if (requester !== draft.person) {
    const tell = button({
      id: `requests.await:${number}`,
      text: words.tellMe,
      label: words.tellMeLabel(number),
      value: number,
    });
    return [section(line(words.othersOpen<Words>(number, subject, mentionPerson(requester))), { accessory: tell })];
  }
  return [
    section(
      line(
        same.state === 'waiting'
          ? words.mineWaiting<Words>(number, subject)
          : words.mineOpen<Words>(number, subject, dateToken(at, 'dateTime', reader)),
      ),
    ),
  ];
}

/** Nothing to send: no request is needed. @param at the step that was left */
export function unneededView(filling: Filling, because: Labels, at: number, { reader }: FormLook): ModalView {
  const words = texts[reader.locale];
  return modal({
    callback: 'requests.form',
    title: words.unneededTitle,
    close: words.close,
    metadata: metaOf(filling, 'unneeded', at),
    blocks: [
      header(words.unneeded),
      section(because[reader.locale]),
      context([words.unneededEnd]),
      actions([button({ id: 'requests.back', text: words.changeAnswers }), discardButton(filling, reader.locale)]),
    ],
  });
}

function discardButton({ id }: Filling, locale: Locale) {
  return button({ id: 'requests.discard_this', text: texts[locale].discardDraft, value: id });
}

/** A request that somebody waited for has ended. @param draft what they began themselves, while it is there */
export function endedMessage(
  ended: { readonly number: string; readonly subject: string; readonly approved: boolean },
  draft: string | undefined,
  locale: Locale,
): Rendered {
  const words = texts[locale];
  const { number, approved } = ended;
  const subject = truncate(ended.subject, longestInLine);
  const said = (approved ? words.endedApproved : words.endedOtherwise)(number, subject);
  const goOn = draft === undefined ? [] : [button({ id: 'requests.go_on', text: words.goOn, value: draft })];
  return message({ text: said, blocks: [section(said), ...(goOn.length > 0 ? [actions(goOn)] : [])] });
}

/** They wait for another request, or it is decided by now. */
export function waitView(number: string, waits: boolean, reader: Reader): ModalView {
  const words = texts[reader.locale];
  return noteView(words.beforeTitle, (waits ? words.willTell : words.cannotWait)(number), reader);
}
