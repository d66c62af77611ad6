import type { KnownBlock, ModalView } from '@slack/types';
import {
  checkboxes,
  datePicker,
  input,
  mentionPerson,
  modal,
  multiSelect,
  radioButtons,
  section,
  staticSelect,
  textInput,
  urlInput,
  usersSelect,
  type Words,
} from '../slack/blocks.ts';
import { correctable } from './corrections.ts';
import { decideTexts } from './decide-texts.ts';
import { fieldBlocks } from './field-views.ts';
import { historyTexts } from './history-texts.ts';
import { type Look, line, subjectIn } from './look.ts';
import { type MoveForm, wordy } from './move-form.ts';
import { reasonOf } from './reading.ts';
import { type Answers, type Known, numberOf } from './request.ts';
import { boldBlock, quoteBlock } from './text-views.ts';
import { texts } from './texts.ts';

// Slack's limit of boxes; a list of conditions that is longer is not read either.
const mostConditions = 10;
// A question is read whole; what is longer is on the card.
const longestQuestion = 1_500;

/** What was entered in a form. */
interface Entered {
  /** Of a decline. */
  readonly reason?: string;
  readonly text?: string;
  /** Answers of the request's form. */
  readonly answers?: Answers;
}

/**
 * The form of a move.
 * @param entered what was entered so far, where the form is drawn again because of it
 */
export function moveView(form: MoveForm, request: Known, look: Look, entered: Entered = {}): ModalView {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const { title, submit, label, hint } = words.forms[form.kind];
  const vote = look.type.stages.find(({ id }) => id === form.stage)?.vote;
  const isAgainst = form.kind === 'decline' && vote !== undefined;
  const named = isAgainst ? texts[locale].voteAgainst : title;
  return modal({
    callback: 'requests.move',
    title: named,
    submit: isAgainst ? named : submit,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      section(`${numberOf(request)} · ${subjectIn(request, look.type, locale)}`),
      ...fieldsOf(form, request, look, entered),
      form.kind === 'follow'
        ? input({
            blockId: 'link',
            label,
            hint,
            optional: true,
            element: urlInput({ id: 'link', ...given(request.link) }),
          })
        : textField(label, hint, !wordy.has(form.kind) || form.fields !== undefined, entered.text),
    ],
  });
}

function given(initial: string | undefined) {
  return initial === undefined ? {} : { initial };
}

function fieldsOf(form: MoveForm, request: Known, look: Look, entered: Entered): readonly KnownBlock[] {
  switch (form.kind) {
    case 'conditions':
      return [...conditionFields(look), ...careField(form, request, look)];
    case 'careful':
      return careField(form, request, look);
    case 'decline':
      return reasonFields(look, entered.reason);
    case 'ask':
      return aboutFields(request, look);
    case 'hand':
      return [personField(look)];
    case 'hold':
      return [dayField(look)];
    case 'answer':
      return [...questionBlocks(request, look), ...correctionFields(form, request, look, entered.answers)];
    case 'follow':
      return [outcomeField(request, look)];
    case 'meet':
      return metFields(request, look);
    case 'record':
      return recordFields(look);
    default:
      return [];
  }
}

/** Up to 3,000 characters, which is what Slack's field takes. */
function textField(label: string, hint: string, optional: boolean, initial?: string): KnownBlock {
  return input({
    blockId: 'text',
    label,
    hint,
    optional,
    element: textInput({ id: 'text', multiline: true, max: 3_000, ...given(initial) }),
  });
}

function conditionFields({ type, reader }: Look): readonly KnownBlock[] {
  const words = decideTexts[reader.locale];
  const choices = type.conditions
    .slice(0, mostConditions)
    .map((condition, index) => ({ text: condition[reader.locale], value: String(index) }));
  const common =
    choices.length > 0
      ? [
          input({
            blockId: 'conditions',
            label: words.chooseConditions,
            optional: true,
            element: checkboxes({ id: 'conditions', choices }),
          }),
        ]
      : [];
  const own = textInput({ id: 'own', multiline: true, max: 1_500 });
  return [...common, input({ blockId: 'own', label: words.ownConditions, optional: true, element: own })];
}

function careField({ stage }: MoveForm, request: Known, { type, reader }: Look): readonly KnownBlock[] {
  const words = decideTexts[reader.locale];
  if (!type.stages.find(({ id }) => id === stage)?.care) return [];
  return [
    input({
      blockId: 'care',
      label: words.careLabel(numberOf(request)),
      hint: words.careHint,
      element: textInput({ id: 'care', placeholder: numberOf(request), max: 20 }),
    }),
  ];
}

/** The reason, and under it what the requester will read because of it. */
function reasonFields({ type, reader }: Look, chosen: string | undefined): readonly KnownBlock[] {
  const words = decideTexts[reader.locale];
  const { locale } = reader;
  const choices = type.declines.map(({ id, label }) => ({ text: label[locale], value: id }));
  const reason = reasonOf(type, chosen);
  const tells = reason && [
    words.tells,
    texts[locale].mend(reason.mend[locale]),
    ...(reason.instead ? [texts[locale].instead(reason.instead[locale])] : []),
  ];
  return [
    input({
      blockId: 'reason',
      label: words.reasonLabel,
      dispatch: true,
      element: staticSelect({
        id: 'requests.reason',
        placeholder: words.reasonPlaceholder,
        choices,
        ...(chosen === undefined ? {} : { initial: chosen }),
      }),
    }),
    ...(tells ? [section(tells.join('\n'))] : []),
  ];
}

function personField({ reader }: Look): KnownBlock {
  return input({
    blockId: 'to',
    label: decideTexts[reader.locale].personLabel,
    element: usersSelect({ id: 'to' }),
  });
}

function dayField({ reader }: Look): KnownBlock {
  return input({
    blockId: 'until',
    label: decideTexts[reader.locale].untilLabel,
    element: datePicker({ id: 'until' }),
  });
}

function questionBlocks({ questions }: Known, { reader }: Look): readonly KnownBlock[] {
  const words = decideTexts[reader.locale];
  return questions.flatMap(({ by, text }) => [
    section(line(words.question<Words>(mentionPerson(by)))),
    quoteBlock(text, longestQuestion),
  ]);
}

/** Which answers of the form a question is about. */
function aboutFields(request: Known, { type, reader }: Look): readonly KnownBlock[] {
  const words = decideTexts[reader.locale];
  const choices = correctable(type, request).map(({ id, label }) => ({ text: label[reader.locale], value: id }));
  if (choices.length === 0) return [];
  const element = multiSelect({ id: 'fields', placeholder: words.aboutPlaceholder, choices });
  return [input({ blockId: 'fields', label: words.aboutLabel, hint: words.aboutHint, optional: true, element })];
}

/** The answers that were asked about, as they are now, to be corrected. */
function correctionFields(
  { fields = [] }: MoveForm,
  request: Known,
  { type, reader: { locale } }: Look,
  entered: Answers | undefined,
): readonly KnownBlock[] {
  const shown = type.fields.filter(({ id }) => fields.includes(id));
  if (shown.length === 0) return [];
  const words = decideTexts[locale];
  const values = entered ?? request.answers;
  return [
    section(entered ? words.moreToCorrect : words.toCorrect),
    ...shown.flatMap((field) =>
      fieldBlocks({
        field,
        type: type.id,
        step: 0,
        revision: 0,
        value: values[field.id],
        locale,
        suggests: false,
        quiet: true,
      }),
    ),
  ];
}

function outcomeField(request: Known, { type, reader }: Look): KnownBlock {
  const choices = outcomesFor(type.follow === 'release').map((value) => ({
    text: historyTexts[reader.locale].outcomes[value],
    value,
  }));
  return input({
    blockId: 'outcome',
    label: decideTexts[reader.locale].outcomeLabel,
    element: radioButtons({ id: 'outcome', choices, ...given(request.outcome) }),
  });
}

/** What can become of an approved request. */
type Outcome = NonNullable<Known['outcome']>;

function outcomesFor(isRelease: boolean): readonly Outcome[] {
  return isRelease ? ['released', 'abandoned'] : ['submitted', 'merged', 'rejected', 'abandoned'];
}

/** What was decided elsewhere, by whom and when; where it is written down comes after. */
function recordFields({ type, reader: { locale } }: Look): readonly KnownBlock[] {
  const words = decideTexts[locale];
  const decisions = (['approved', 'declined'] as const).map((value) => ({ text: words.decisions[value], value }));
  const reasons = type.declines.map(({ id, label }) => ({ text: label[locale], value: id }));
  const reason = staticSelect({ id: 'reason', placeholder: words.reasonPlaceholder, choices: reasons });
  const name = textInput({ id: 'name', max: 200 });
  return [
    input({
      blockId: 'decision',
      label: words.decisionLabel,
      element: radioButtons({ id: 'decision', choices: decisions }),
    }),
    ...(reasons.length > 0
      ? [input({ blockId: 'reason', label: words.declineReason, optional: true, element: reason })]
      : []),
    input({
      blockId: 'decider',
      label: words.deciderLabel,
      optional: true,
      element: usersSelect({ id: 'decider' }),
    }),
    input({ blockId: 'name', label: words.deciderName, optional: true, element: name }),
    input({ blockId: 'decided', label: words.decidedLabel, element: datePicker({ id: 'decided' }) }),
  ];
}

function metFields({ conditions }: Known, { reader }: Look): readonly KnownBlock[] {
  const open = conditions.flatMap(({ text, met }, index) =>
    met === undefined ? [{ text, value: String(index) }] : [],
  );
  if (open.length === 0) return [];
  return [
    ...open.filter(({ text }) => text.length > 75).map(({ text }) => boldBlock(text)),
    input({
      blockId: 'condition',
      label: decideTexts[reader.locale].conditionLabel,
      element: staticSelect({ id: 'condition', choices: open }),
    }),
  ];
}
