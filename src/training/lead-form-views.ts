import type { ModalView } from '@slack/types';
import { z } from 'zod';
import {
  checkboxes,
  datePicker,
  input,
  modal,
  multiUsersSelect,
  section,
  staticSelect,
  textInput,
} from '../slack/blocks.ts';
import { leadTexts } from './lead-texts.ts';
import type { Look } from './look.ts';
import type { TrackEdition } from './track.ts';

/** What the forms of a decision carry. */
export const ExcuseForm = z.strictObject({ value: z.string() });
export type ExcuseForm = z.infer<typeof ExcuseForm>;

/** To excuse somebody, with what they wrote, or to say that it stays; either way with a reason that they read. */
export function decisionForm(
  kind: 'exempt' | 'keep',
  form: ExcuseForm,
  subject: { readonly asks: string; readonly reason: string },
  { locale }: Pick<Look, 'locale'>,
): ModalView {
  const words = leadTexts[locale];
  const until = input({
    blockId: 'until',
    label: words.untilLabel,
    hint: words.untilHint,
    optional: true,
    element: datePicker({ id: 'date' }),
  });
  return modal({
    callback: `training.${kind}`,
    title: kind === 'exempt' ? words.exemptTitle : words.keepTitle,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      section(subject.asks),
      ...(subject.reason ? [section(words.quote(subject.reason))] : []),
      input({
        blockId: 'reason',
        label: words.reasonLabel,
        element: textInput({ id: 'text', multiline: true, max: 1_000 }),
      }),
      ...(kind === 'exempt' ? [until] : []),
    ],
  });
}

// What one click may do to people, and one commit takes.
const mostAssigned = 50;

export function assignForm(editions: readonly TrackEdition[], { locale }: Pick<Look, 'locale'>): ModalView {
  const words = leadTexts[locale];
  const mandatory = { text: words.assignMandatory, value: 'mandatory', description: words.assignMandatoryHint };
  return modal({
    callback: 'training.assign',
    title: words.assignTitle,
    submit: words.assignSend,
    close: words.cancel,
    blocks: [
      input({
        blockId: 'track',
        label: words.assignTrack,
        element: staticSelect({
          id: 'id',
          choices: editions.map(({ track }) => ({ text: track.title[locale], value: track.id })),
        }),
      }),
      input({
        blockId: 'people',
        label: words.assignPeople,
        element: multiUsersSelect({ id: 'ids', most: mostAssigned }),
      }),
      input({
        blockId: 'due',
        label: words.assignDue,
        hint: words.assignDueHint,
        optional: true,
        element: datePicker({ id: 'date' }),
      }),
      input({
        blockId: 'mandatory',
        label: words.assignBinding,
        optional: true,
        element: checkboxes({ id: 'is', choices: [mandatory] }),
      }),
      input({
        blockId: 'note',
        label: words.assignNote,
        optional: true,
        element: textInput({ id: 'text', max: 300 }),
      }),
    ],
  });
}

/** What came of assigning. */
export function assignedView(
  done: { readonly given: number; readonly left: number },
  { locale }: Pick<Look, 'locale'>,
): ModalView {
  const words = leadTexts[locale];
  const said = [words.assigned(done.given), ...(done.left > 0 ? [words.leftOut(done.left)] : [])];
  return modal({
    callback: 'training.note',
    title: words.assignTitle,
    close: words.close,
    blocks: [section(said.join(locale === 'en' ? ' ' : ''))],
  });
}
