import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  checkboxes,
  datePicker,
  input,
  modal,
  multiSelect,
  type Reader,
  radioButtons,
  section,
  textInput,
} from '../slack/blocks.ts';
import { type Due, type ReminderBook, rhythms } from './book.ts';
import { dayIn, factsOf, type View } from './look.ts';
import { daysAfter, type Place, weekFrom, workingFrom } from './place.ts';
import { texts } from './texts.ts';
import { titleOf } from './views.ts';

/** What the forms carry: what they are about, in the order of their choices. */
export const ThingsForm = z.strictObject({ keys: z.array(z.string()).min(1) });
export type ThingsForm = z.infer<typeof ThingsForm>;

/** What the settings carry: the topics, in the order of their choices. */
export const SettingsForm = z.strictObject({ topics: z.array(z.string()) });

// What check marks and radio buttons take.
const mostChoices = 10;
// So long a reason is read; an essay is not.
const longestReason = 500;

/** Shown while what is due is read. */
export function loadingView(title: 'laterTitle' | 'declineTitle' | 'settingsTitle', reader: Reader): ModalView {
  const words = texts[reader.locale];
  return sayView(words[title], [words.loading], reader);
}

/** Something to read, and nothing to send. */
export function sayView(title: string, sentences: readonly string[], reader: Reader): ModalView {
  return modal({
    callback: 'reminders.said',
    title,
    close: texts[reader.locale].close,
    blocks: sentences.map((sentence) => section(sentence)),
  });
}

/** The days that are offered for Later, each once. */
function laterDays(today: string, place: Place, view: View): readonly { text: string; value: string }[] {
  const words = texts[view.reader.locale];
  const tomorrow = daysAfter(today, 1);
  const next = workingFrom(tomorrow, place);
  const offered = [
    { value: next, text: next === tomorrow ? words.tomorrow : words.nextWorkingDay },
    { value: weekFrom(tomorrow, place), text: words.nextWeek },
    { value: workingFrom(daysAfter(today, 7), place), text: words.inAWeek },
  ];
  return offered
    .filter(({ value }, index) => offered.findIndex((one) => one.value === value) === index)
    .map(({ value, text }) => ({ value, text: text(dayIn(value, view)) }));
}

/** The choice of a day of one's own, beside those that are offered. */
export const ownDay = 'own';

/** @param due what may be put off, at least one; the rest of a long list stays where it is */
export function laterForm(due: readonly Due[], place: Place, view: View): ModalView {
  const words = texts[view.reader.locale];
  const days = laterDays(view.today, place, view);
  const offered = due.slice(0, mostChoices);
  const all = offered.map((_, index) => String(index));
  return modal({
    callback: 'reminders.later',
    title: words.laterTitle,
    submit: words.laterSubmit,
    close: words.cancel,
    metadata: JSON.stringify({ keys: offered.map(({ key }) => key) } satisfies ThingsForm),
    blocks: [
      ...whichOf(offered, view, 'whichOnes', (choices) => checkboxes({ id: 'what', choices, initial: all })),
      input({
        blockId: 'when',
        label: words.when,
        element: radioButtons({
          id: 'when',
          choices: [...days, { text: words.ownDay, value: ownDay }],
          ...(days[0] ? { initial: days[0].value } : {}),
        }),
      }),
      input({
        blockId: 'day',
        label: words.day,
        hint: words.dayHint,
        optional: true,
        element: datePicker({ id: 'day' }),
      }),
    ],
  });
}

/** @param due what can be declined, or is mandatory and says so; at least one */
export function declineForm(due: readonly Due[], view: View): ModalView {
  const words = texts[view.reader.locale];
  const offered = due.slice(0, mostChoices);
  if (offered.every(({ mandatory }) => mandatory)) {
    const sentences = offered.flatMap((thing) => mandatoryWords(thing, view.reader));
    return sayView(words.declineTitle, sentences, view.reader);
  }
  return modal({
    callback: 'reminders.decline',
    title: words.declineTitle,
    submit: words.declineSubmit,
    close: words.cancel,
    metadata: JSON.stringify({ keys: offered.map(({ key }) => key) } satisfies ThingsForm),
    blocks: [
      ...whichOf(offered, view, 'whichOne', (choices) => radioButtons({ id: 'what', choices })),
      input({
        blockId: 'why',
        label: words.why,
        hint: words.whyHint,
        element: textInput({ id: 'why', multiline: true, max: longestReason }),
      }),
    ],
  });
}

/** Why a thing cannot be declined, and whom to ask. */
export function mandatoryWords({ title, mandatory }: Due, { locale }: Reader): readonly string[] {
  return mandatory ? [texts[locale].isMandatory(title[locale]), mandatory[locale]] : [];
}

/** A field to choose among several, or what the one is. */
function whichOf(
  due: readonly Due[],
  view: View,
  label: 'whichOnes' | 'whichOne',
  element: (choices: { text: string; value: string; description?: string }[]) => Parameters<typeof input>[0]['element'],
): readonly KnownBlock[] {
  const [only] = due;
  if (only && due.length === 1) return [section(titleOf(only, view))];
  const choices = due.map((thing, index) => {
    const facts = factsOf(thing, view);
    return { text: titleOf(thing, view), value: String(index), ...(facts ? { description: facts } : {}) };
  });
  return [input({ blockId: 'what', label: texts[view.reader.locale][label], element: element(choices) })];
}

/** @param topics all there are, by id; those of the book's `muted` are turned off */
export function settingsForm(
  topics: readonly { readonly id: string; readonly name: string }[],
  book: Pick<ReminderBook, 'muted' | 'rhythm' | 'pausedUntil'>,
  { reader, today }: View,
): ModalView {
  const words = texts[reader.locale];
  const isPaused = book.pausedUntil !== undefined && book.pausedUntil > today;
  const choices = topics.map(({ name }, index) => ({ text: name, value: String(index) }));
  const initial = choices.filter((_, index) => !book.muted.includes(topics[index]?.id ?? '')).map(({ value }) => value);
  const topicField = choices.length > mostChoices ? multiSelect : checkboxes;
  return modal({
    callback: 'reminders.settings',
    title: words.settingsTitle,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify({ topics: topics.map(({ id }) => id) } satisfies z.infer<typeof SettingsForm>),
    blocks: [
      ...(choices.length === 0
        ? []
        : [
            input({
              blockId: 'topics',
              label: words.topics,
              hint: words.topicsHint,
              optional: true,
              element: topicField({ id: 'topics', choices, initial }),
            }),
          ]),
      input({
        blockId: 'rhythm',
        label: words.rhythm,
        element: radioButtons({
          id: 'rhythm',
          choices: rhythms.map((value) => ({ text: words.rhythms[value], value })),
          initial: book.rhythm,
        }),
      }),
      input({
        blockId: 'pause',
        label: words.pause,
        hint: words.pauseHint,
        optional: true,
        element: datePicker({ id: 'pause', ...(isPaused ? { initial: book.pausedUntil } : {}) }),
      }),
    ],
  });
}
