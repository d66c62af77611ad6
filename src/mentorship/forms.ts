import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Locale } from '../core/i18n.ts';
import {
  context,
  datePicker,
  input,
  joinWords,
  modal,
  radioButtons,
  section,
  staticSelect,
  textInput,
} from '../slack/blocks.ts';
import { texts } from './form-texts.ts';
import { leadTexts } from './lead-texts.ts';
import type { Look } from './look.ts';
import { Doubt, Helped, type KnownPair } from './pair.ts';
import { texts as words } from './texts.ts';
import { namesOf, reasonsOf, wishOf } from './views.ts';

/** What the forms about a pair carry. */
export const PairForm = z.strictObject({ pair: z.string().min(1) });
export type PairForm = z.infer<typeof PairForm>;

/** The reasons of a proposed pair, and a lead's decision. */
export function decideForm(pair: KnownPair, look: Look): ModalView {
  const { locale } = look.reader;
  const say = texts[locale];
  const { months } = look.program;
  return pairModal('mentorship.decide', say.decideTitle, say.decideSend, pair.id, locale, [
    section(namesOf(pair, look)),
    context([joinWords([leadTexts[locale].fit(pair.fit.score), leadTexts[locale].waited(pair.fit.waitedDays)])]),
    section([say.reasons, ...reasonsOf(pair, look).map((one) => `• ${one}`)].join('\n')),
    ...wishOf(pair, look),
    input({
      blockId: 'decision',
      label: say.decide,
      element: radioButtons({
        id: 'decision',
        initial: 'yes',
        choices: [
          { text: say.yes, value: 'yes' },
          { text: say.no, value: 'no' },
        ],
      }),
    }),
    input({
      blockId: 'months',
      label: say.decideMonths,
      element: staticSelect({
        id: 'months',
        initial: String(months[1] ?? months[0]),
        choices: months.map((count) => ({ text: say.monthsCount(count), value: String(count) })),
      }),
    }),
    input({
      blockId: 'why',
      label: say.doubt,
      optional: true,
      element: staticSelect({
        id: 'why',
        choices: Doubt.options.map((value) => ({ text: words[locale].doubts[value], value })),
      }),
    }),
    textField('text', say.note, { hint: say.noteHint, optional: true, max: 300 }),
  ]);
}

/** A goal with its date. @param initial ISO date that is offered */
export function goalForm(pair: string, initial: string, locale: Locale): ModalView {
  const say = texts[locale];
  return pairModal('mentorship.goal', say.goalTitle, say.send, pair, locale, [
    textField('text', say.goalText, { max: 300 }),
    input({ blockId: 'due', label: say.goalDue, element: datePicker({ id: 'due', initial }) }),
  ]);
}

/** A break of a pair, or of a member where there is no pair. @param initial ISO date that is offered */
export function breakForm(pair: string | undefined, initial: string, locale: Locale): ModalView {
  const say = texts[locale];
  const callback = pair ? 'mentorship.rest' : 'mentorship.break';
  return pairModal(callback, say.pauseTitle, say.send, pair ?? 'own', locale, [
    input({
      blockId: 'until',
      label: say.pauseUntil,
      hint: pair ? say.pausePairHint : say.pauseOwnHint,
      element: datePicker({ id: 'until', initial }),
    }),
  ]);
}

export function mergeForm(pair: string, locale: Locale): ModalView {
  const say = texts[locale];
  return pairModal('mentorship.merge', say.mergeTitle, say.send, pair, locale, [
    textField('link', say.mergeLink, { hint: say.mergeHint, max: 500, lines: false }),
  ]);
}

/** To end a pair: because it is done, or for another match. Who ends it looks back at once. */
export function endForm(pair: string, why: 'finished' | 'rematch', locale: Locale): ModalView {
  const say = texts[locale];
  const finished = why === 'finished';
  const title = finished ? say.finishTitle : say.rematchTitle;
  return pairModal(finished ? 'mentorship.finish' : 'mentorship.rematch', title, say.end, pair, locale, [
    section(finished ? say.finishText : say.rematchText),
    ...lookFields(locale),
  ]);
}

export function lookBackForm(pair: string, locale: Locale): ModalView {
  const say = texts[locale];
  return pairModal('mentorship.look', say.lookTitle, say.send, pair, locale, lookFields(locale));
}

function lookFields(locale: Locale): KnownBlock[] {
  const say = texts[locale];
  return [
    input({
      blockId: 'helped',
      label: say.lookHelped,
      element: radioButtons({
        id: 'helped',
        choices: Helped.options.map((value) => ({ text: words[locale].helped[value], value })),
      }),
    }),
    textField('text', say.lookText, { hint: say.lookHint, optional: true, max: 1_000 }),
  ];
}

/** Says one thing and needs nothing. */
export function sayView(title: string, text: string, locale: Locale): ModalView {
  return modal({ callback: 'mentorship.note', title, close: texts[locale].close, blocks: [section(text)] });
}

/** Until what it shows has been read. */
export function loadingView(title: string, locale: Locale): ModalView {
  return sayView(title, texts[locale].loading, locale);
}

function pairModal(
  callback: string,
  title: string,
  submit: string,
  pair: string,
  locale: Locale,
  blocks: readonly KnownBlock[],
): ModalView {
  const metadata = JSON.stringify({ pair } satisfies PairForm);
  return modal({ callback, title, submit, close: texts[locale].cancel, metadata, blocks });
}

/** A field for words; several lines unless told otherwise. */
export function textField(
  id: string,
  label: string,
  more: {
    readonly hint?: string;
    readonly optional?: boolean;
    readonly initial?: string;
    readonly max: number;
    readonly lines?: false;
  },
): KnownBlock {
  const { hint, optional = false, initial = '', max, lines = true } = more;
  return input({
    blockId: id,
    label,
    optional,
    element: textInput({ id, max, multiline: lines, ...(initial ? { initial } : {}) }),
    ...(hint ? { hint } : {}),
  });
}
