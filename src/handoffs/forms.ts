import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  checkboxes,
  dateToken,
  input,
  modal,
  type Reader,
  radioButtons,
  section,
  textInput,
  usersSelect,
} from '../slack/blocks.ts';
import { Reason, Spot } from './handoff.ts';
import { line } from './look.ts';
import { texts } from './texts.ts';

/** What the form of a new question carries. */
export const AskForm = z.strictObject({
  draft: z.string(),
  question: z.string(),
  where: Spot,
  /** Asked outside our conversation: there the form itself says that it was sent. */
  elsewhere: z.boolean(),
  /** The asker was told that nobody can keep it confidential, and sends it all the same. */
  openly: z.literal(true).exactOptional(),
});
export type AskForm = z.infer<typeof AskForm>;

/** What the forms about a question carry: which one, the round that was seen, and a name for this writing. */
export const CaseForm = z.strictObject({ draft: z.string(), id: z.string(), round: z.int().nonnegative() });
export type CaseForm = z.infer<typeof CaseForm>;

/** The reasons that those who answer may give. */
export const officeReasons = Reason.extract(['duplicate', 'elsewhere', 'unneeded']);

/**
 * To bring a question to a human.
 * @param restricted it sounds like something for legal and compliance alone: the check mark is set, and the asker may take it away
 * @param typed what was written before, when the form comes again
 */
export function askForm(form: AskForm, restricted: boolean, { locale }: Reader, typed = ''): ModalView {
  const words = texts[locale];
  const choice = { text: words.confidential, value: 'restricted', description: words.confidentialHint };
  const confidential = input({
    blockId: 'who',
    label: words.confidentialLabel,
    optional: true,
    element: checkboxes({ id: 'restricted', choices: [choice], ...(restricted ? { initial: ['restricted'] } : {}) }),
  });
  return modal({
    callback: 'handoffs.ask',
    title: words.askTitle,
    submit: form.openly ? words.sendToOffice : words.sendQuestion,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      section(form.openly ? words.nobodyConfidential : restricted ? words.confidentialNotice : words.askNotice),
      textField(words.addLabel, words.addHint, { optional: true, initial: typed }),
      ...(form.openly ? [] : [confidential]),
    ],
  });
}

/** Says that the question was sent, where no message of ours does. @param due ms */
export function sentView(desk: 'office' | 'restricted', due: number, reader: Reader): ModalView {
  const words = texts[reader.locale];
  return noteView(words.sentTitle, [section(line(words.sent(desk, dateToken(due, 'dateTime', reader))))], reader);
}

/** Says one thing and needs nothing. */
export function sayView(title: string, words: string, reader: Reader): ModalView {
  return noteView(title, [section(words)], reader);
}

function noteView(title: string, blocks: readonly KnownBlock[], { locale }: Reader): ModalView {
  return modal({ callback: 'handoffs.note', title, close: texts[locale].close, blocks });
}

/** To answer, or to ask back. */
export function answerForm(form: CaseForm, { locale }: Reader): ModalView {
  const words = texts[locale];
  return caseModal('handoffs.answer', words.answerTitle, words.send, form, locale, [
    textField(words.answerLabel, words.answerHint),
    input({
      blockId: 'kind',
      label: words.kindLabel,
      element: radioButtons({
        id: 'kind',
        choices: [
          { text: words.kindAnswer, value: 'answer' },
          { text: words.kindQuery, value: 'query', description: words.kindQueryHint },
        ],
        initial: 'answer',
      }),
    }),
  ]);
}

/** To hand over to a colleague, or back to all. */
export function handForm(form: CaseForm, { locale }: Reader): ModalView {
  const words = texts[locale];
  return caseModal('handoffs.hand', words.handTitle, words.handOver, form, locale, [
    input({
      blockId: 'to',
      label: words.handLabel,
      hint: words.handHint,
      optional: true,
      element: usersSelect({ id: 'person' }),
    }),
    textField(words.noteLabel, undefined, { optional: true }),
  ]);
}

/** To close without an answer, with a reason. */
export function closeForm(form: CaseForm, { locale }: Reader): ModalView {
  const words = texts[locale];
  const choices = officeReasons.options.map((value) => ({ text: words.reasons[value], value }));
  return caseModal('handoffs.close', words.closeTitle, words.closeIt, form, locale, [
    input({ blockId: 'reason', label: words.closeLabel, element: radioButtons({ id: 'reason', choices }) }),
    textField(words.closeNoteLabel, words.closeNoteHint, { optional: true }),
  ]);
}

/** For the asker: to add, to reply, or to ask on. */
export function writeForm(form: CaseForm, again: boolean, { locale }: Reader): ModalView {
  const words = texts[locale];
  const title = again ? words.anotherTitle : words.addTitle;
  return caseModal('handoffs.write', title, words.send, form, locale, [
    textField(words.addTextLabel, words.addTextHint),
  ]);
}

function caseModal(
  callback: string,
  title: string,
  submit: string,
  form: CaseForm,
  locale: Reader['locale'],
  blocks: readonly KnownBlock[],
): ModalView {
  return modal({ callback, title, submit, close: texts[locale].cancel, metadata: JSON.stringify(form), blocks });
}

/** Up to 3,000 characters, which is what Slack's field takes. */
function textField(
  label: string,
  hint: string | undefined,
  more: { readonly optional?: boolean; readonly initial?: string } = {},
): KnownBlock {
  const { optional = false, initial = '' } = more;
  const element = textInput({
    id: 'text',
    multiline: true,
    focus: !optional,
    max: 3_000,
    ...(initial ? { initial } : {}),
  });
  return input({ blockId: 'text', label, optional, element, ...(hint ? { hint } : {}) });
}
