import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Locale } from '../core/i18n.ts';
import { actions, context, header, input, modal, radioButtons, section, textInput, urlInput } from '../slack/blocks.ts';
import { parseMarkdown, toRichText } from '../slack/render.ts';
import type { Line } from './line.ts';
import type { Look } from './look.ts';
import { type Graded, shownOrder } from './quiz.ts';
import { texts } from './texts.ts';
import { type Module, passMark } from './track.ts';
import { nextButton, outcomeOf } from './views.ts';

/** What the forms about a module carry. */
export const ModuleForm = z.strictObject({ track: z.string(), module: z.string(), attempt: z.int().nonnegative() });
export type ModuleForm = z.infer<typeof ModuleForm>;

/** What the form of "not for me" carries. */
export const TrackForm = z.strictObject({ track: z.string() });
export type TrackForm = z.infer<typeof TrackForm>;

/** The block of a question; a choice's value is its place in the file. */
export function questionBlock(at: number): string {
  return `q${at}`;
}

/** A check: at most five questions, one answer each. */
export function checkForm(module: Module, form: ModuleForm, locale: Locale): ModalView {
  const words = texts[locale];
  return modal({
    callback: 'training.check',
    title: words.checkTitle,
    submit: words.send,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      header(module.title[locale]),
      ...module.quiz.map((question, at) =>
        input({
          blockId: questionBlock(at),
          label: question.ask[locale],
          element: radioButtons({
            id: 'answer',
            choices: shownOrder(question, at, form.attempt).flatMap((place) => {
              const choice = question.choices[place];
              return choice ? [{ text: choice.text[locale], value: String(place) }] : [];
            }),
          }),
        }),
      ),
    ],
  });
}

/** What the answers came to, with the reason of each; failed, it leads to the next attempt. */
export function failedView(module: Module, graded: Graded, form: ModuleForm, locale: Locale): ModalView {
  const words = texts[locale];
  const said = words.failed(String(graded.right), String(graded.of), String(passMark(module)));
  return modal({
    callback: 'training.retry',
    title: words.checkTitle,
    submit: words.tryAgain,
    close: words.close,
    metadata: JSON.stringify({ ...form, attempt: form.attempt + 1 }),
    blocks: [section(said), ...reasons(module, graded, locale)],
  });
}

/** @param line after the module was done */
export function passedView(module: Module, graded: Graded, line: Line, look: Look): ModalView {
  const words = texts[look.locale];
  const next = nextButton(line, look);
  const said = [words.passed(String(graded.right), String(graded.of)), outcomeOf(line, look)].join(' ');
  return modal({
    callback: 'training.note',
    title: words.checkTitle,
    close: words.close,
    blocks: [section(said), ...(next ? [actions([next])] : []), ...reasons(module, graded, look.locale)],
  });
}

function reasons(module: Module, graded: Graded, locale: Locale): readonly KnownBlock[] {
  const words = texts[locale];
  return module.quiz.flatMap((question, at) => [
    section(question.ask[locale]),
    context([`${graded.each[at] ? words.right : words.wrong} ${question.why[locale]}`.trim()]),
  ]);
}

export function evidenceForm(module: Module, form: ModuleForm, locale: Locale): ModalView {
  const words = texts[locale];
  return modal({
    callback: 'training.evidence',
    title: words.evidenceTitle,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      section(module.about[locale]),
      input({
        blockId: 'evidence',
        label: words.evidenceLabel,
        hint: words.evidenceHint,
        element: urlInput({ id: 'url' }),
      }),
    ],
  });
}

export function declineForm(line: Line, form: TrackForm, locale: Locale): ModalView {
  const words = texts[locale];
  const isMandatory = line.record.assigned?.mandatory === true;
  return modal({
    callback: 'training.decline',
    title: isMandatory ? words.askExcuse : words.declineTitle,
    submit: words.declineSend,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      section(line.edition.track.title[locale]),
      section(isMandatory ? words.declineMandatory : words.declineFree),
      input({
        blockId: 'reason',
        label: words.declineLabel,
        hint: words.declineHint,
        element: textInput({ id: 'text', multiline: true, max: 1_000 }),
      }),
    ],
  });
}

/** Says one thing and needs nothing. */
export function noteView(title: string, said: string, locale: Locale, more: readonly KnownBlock[] = []): ModalView {
  return modal({
    callback: 'training.note',
    title,
    close: texts[locale].close,
    blocks: [section(said), ...more],
  });
}

/** An article of the handbook, to be read for a module. */
export function articleView(
  article: { readonly title: string; readonly short: string; readonly body: string },
  locale: Locale,
): ModalView {
  return modal({
    callback: 'training.note',
    title: texts[locale].sentTitle,
    close: texts[locale].close,
    blocks: [header(article.title), section(article.short), ...toRichText(parseMarkdown(article.body))],
  });
}
