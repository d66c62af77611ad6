import type { KnownBlock, ModalView, RichTextBlock, RichTextElement } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { People, PersonId } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  dateToken,
  divider,
  header,
  joinWords,
  type Mrkdwn,
  mentionPerson,
  modal,
  type Reader,
  richText,
  section,
  type Words,
} from '../slack/blocks.ts';
import { plain } from '../slack/escape.ts';
import type { Value } from './condition.ts';
import { facts } from './facts.ts';
import { fieldBlocks } from './field-views.ts';
import { type AskedStep, answerInWords, subjectOf } from './form.ts';
import type { Draft } from './form-draft.ts';
import type { Filling, FormMeta, Outlook } from './form-page.ts';
import { type Parts, texts } from './form-texts.ts';
import { managerField } from './manager-views.ts';
import type { Field, Words as Labels } from './type.ts';

/** A person as a reader; whoever the directory does not know yet reads English. */
export function readerOf(people: Pick<People, 'get'>, id: PersonId): Reader {
  const { locale, zone } = people.get(id) ?? { locale: 'en' as const, zone: 'UTC' };
  return { locale, zone };
}

/** Who looks, and what a form needs to know beside itself. */
export interface FormLook {
  readonly reader: Reader;
  /** Whether names are known that a field may be picked from. */
  suggests(field: Field): boolean;
}

/** The draft that was left alone longest, when there are many. */
export interface OldestDraft {
  readonly id: string;
  readonly subject: string;
  readonly count: number;
}

/** What is said above the questions of a step. */
export interface StepNotes {
  /** Errors by field id that stand on this step, where they cannot be shown beside the field. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Answers on this step ask for more, on the same step. */
  readonly more?: boolean;
  readonly oldest?: OldestDraft;
}

// As long as a title can be; plain_text is cut beyond.
const longestTitle = 24;
// Enough to recognize what was written; it is whole on its own step.
const longestInReview = 400;

/** A page of questions. */
export function stepView(filling: Filling, step: AskedStep, look: FormLook, notes: StepNotes = {}): ModalView {
  const { locale } = look.reader;
  const words = texts[locale];
  const { draft, edition, steps, values } = filling;
  const { type } = edition;
  const place = steps.findIndex(({ index }) => index === step.index);
  const fields = step.fields.flatMap((field) =>
    fieldBlocks({
      field,
      type: type.id,
      step: step.index,
      revision: draft.revisions[field.id] ?? 0,
      value: values[field.id],
      locale,
      suggests: look.suggests(field),
    }),
  );
  const isFirst = place === 0;
  return modal({
    callback: 'requests.form',
    title: titleOf(type.short[locale], place + 1, steps.length, locale),
    submit: place === steps.length - 1 ? words.check : words.next,
    close: words.close,
    metadata: metaOf(filling, 'step', step.index),
    blocks: [
      ...noteBlocks(filling, step, notes, locale),
      ...(steps.length > 1 ? [header(step.title[locale])] : []),
      ...(isFirst && type.restricted ? [section(words.restricted)] : []),
      ...fields,
      ...(isFirst ? [] : [actions([backButton(locale)])]),
      context([words.kept]),
    ],
  });
}

function titleOf(short: string, step: number, steps: number, locale: Locale): string {
  if (steps === 1) return short;
  const words = texts[locale];
  const title = words.stepOf(short, String(step), String(steps));
  return title.length <= longestTitle ? title : words.stepOfShort(short, String(step), String(steps));
}

function noteBlocks(
  { edition, lifted }: Filling,
  step: AskedStep,
  { errors = {}, more, oldest }: StepNotes,
  locale: Locale,
): readonly KnownBlock[] {
  const words = texts[locale];
  const labelOf = (id: string) => edition.type.fields.find((field) => field.id === id)?.label[locale] ?? id;
  const wrong = step.fields.flatMap(({ id, label }) => {
    const error = errors[id];
    return error ? [`${label[locale]}: ${error}`] : [];
  });
  const changes = lifted && [
    words.changed,
    ...(lifted.again.length > 0 ? [words.askedAgain(lifted.again.map(labelOf).join(words.comma))] : []),
    ...(lifted.gone > 0 ? [words.answersGone(lifted.gone)] : []),
  ];
  const discard = button({
    id: 'requests.discard_oldest',
    text: words.discardOldest,
    style: 'danger',
    value: oldest?.id ?? '-',
  });
  return [
    ...(changes ? [section(changes.join(' '))] : []),
    ...(wrong.length > 0 ? [section([words.toMend, ...wrong].join('\n'))] : []),
    ...(more ? [section(words.moreAsked)] : []),
    ...(oldest ? [section(words.manyDrafts(oldest.count, oldest.subject), { accessory: discard })] : []),
  ];
}

// Slack's limit for what a view carries.
const longestMeta = 3_000;

/** Carries what is not stored yet, as much of it as fits; everything else is read from the draft. */
export function metaOf({ id, draft, edition, version }: Filling, page: FormMeta['page'], at: number): string {
  const meta: FormMeta = { draft: id, type: edition.type.id, form: edition.hash, page, at };
  if (version !== undefined) return JSON.stringify(meta);
  const prefill: Draft['answers'] = {};
  const all = { ...meta, ...(draft.where ? { where: draft.where } : {}), prefill };
  for (const [field, answer] of Object.entries(draft.answers)) {
    prefill[field] = answer;
    if (JSON.stringify(all).length > longestMeta) delete prefill[field];
  }
  return JSON.stringify(all);
}

function backButton(locale: Locale) {
  return button({ id: 'requests.back', text: texts[locale].back });
}

/** The line that names what is being asked for; without answers the title of the form. */
export function subjectOrTitle({ draft, edition }: Pick<Filling, 'draft' | 'edition'>, locale: Locale): string {
  const { type } = edition;
  const hasAny = Object.keys(draft.answers).length > 0;
  return hasAny ? subjectOf(type, draft.answers, locale) : texts[locale].untitled(type.title[locale]);
}

/* ---------- the last look ---------- */

/** Everything before it is sent: what will happen, then the answers. */
export function reviewView(filling: Filling, outlook: Outlook, look: FormLook): ModalView {
  const { reader } = look;
  const { locale } = reader;
  const words = texts[locale];
  const { type } = filling.edition;
  const lastStep = type.steps.length;
  return modal({
    callback: 'requests.form',
    title: words.reviewTitle(type.short[locale]),
    submit: words.send,
    close: words.close,
    metadata: metaOf(filling, 'review', lastStep),
    blocks: [
      header(subjectOrTitle(filling, locale)),
      ...outlookBlocks(outlook, reader),
      ...(outlook.asksManager ? [managerField(filling.draft.manager, locale)] : []),
      ...filling.steps.flatMap((step) => answerBlocks(filling, step, locale)),
      actions([backButton(locale)]),
    ],
  });
}

function outlookBlocks(outlook: Outlook, reader: Reader): readonly KnownBlock[] {
  const { locale } = reader;
  const words = texts[locale];
  const said = (all: readonly Labels[]) => all.map((one) => one[locale]).join(locale === 'en' ? ' ' : '');
  const unknown = outlook.unknown.map((name) => facts[name]?.words[locale] ?? name);
  const small = [
    ...(outlook.because.length > 0 ? [words.why(said(outlook.because))] : []),
    ...(unknown.length > 0 ? [words.notKnown(unknown.join(words.comma))] : []),
    ...(outlook.restricted ? [words.restricted] : []),
  ];
  const flags = outlook.flags.map((flag) => flag[locale]).join(locale === 'en' ? '; ' : '；');
  return [
    section(joinWords(whatHappens(outlook, reader), '\n')),
    ...trainingBlocks(outlook, locale),
    ...(flags ? [section(words.flags(flags))] : []),
    ...(small.length > 0 ? [context(small)] : []),
  ];
}

function trainingBlocks({ training }: Outlook, locale: Locale): readonly KnownBlock[] {
  if (!training) return [];
  const { action, value, label } = training.button;
  const accessory = button({ id: action, text: label[locale], value });
  return [section(training.words[locale], { accessory })];
}

function whatHappens({ goes, stages, promised }: Outlook, reader: Reader): readonly Words[] {
  const words = texts[reader.locale];
  if (goes === 'passes' || goes === 'unneeded') return [words.passes];
  if (goes === 'covered') return [words.covered];
  const orders = [...new Set(stages.map(({ order }) => order))].toSorted((a, b) => a - b);
  const groups = orders.map((order) =>
    listed(
      stages.filter((stage) => stage.order === order).map((stage) => groupWords(stage, reader)),
      reader.locale,
    ),
  );
  return [
    ...groups.map((who, i) => line((i === 0 ? words.first : words.afterwards)<Words>(who))),
    ...(promised === undefined ? [] : [line(words.hear<Words>(dateToken(promised, 'dateTime', reader)))]),
  ];
}

/** "A, B and C" */
function listed(all: readonly Words[], locale: Locale): Words {
  const { comma, and } = texts[locale];
  const [last = ''] = all.slice(-1);
  return all.length < 2 ? last : joinWords([joinWords(all.slice(0, -1), comma), last], and);
}

function groupWords({ name, people }: Outlook['stages'][number], { locale }: Reader): Words {
  if (people.length === 0) return name[locale];
  return line(texts[locale].of<Words>(name[locale], joinWords(people.map(mentionPerson), ' ')));
}

function answerBlocks({ values }: Filling, step: AskedStep, locale: Locale): readonly KnownBlock[] {
  const words = texts[locale];
  const change = button({
    id: `requests.change:${step.index}`,
    text: words.change,
    label: words.changeLabel(step.title[locale]),
    value: String(step.index),
  });
  return [divider(), section(step.title[locale], { accessory: change }), answerList(step.fields, values, locale)];
}

/** Bold labels with their answers: rich text, since asterisks beside Chinese are printed. */
function answerList(fields: readonly Field[], values: Readonly<Record<string, Value>>, locale: Locale): RichTextBlock {
  return richText(
    fields.map((field) => ({
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: plain(`${field.label[locale]}  `), style: { bold: true } },
        ...answerElements(field, values[field.id], locale),
        { type: 'text', text: '\n' },
      ],
    })),
  );
}

function answerElements(field: Field, value: Value, locale: Locale): readonly RichTextElement[] {
  const people = peopleIn(field, value);
  if (people.length > 0) {
    return people.flatMap((id): RichTextElement[] => [
      { type: 'user', user_id: id },
      { type: 'text', text: ' ' },
    ]);
  }
  const answer = plain(answerInWords(field, value, locale), longestInReview);
  const words = answer || texts[locale].notAnswered;
  return [{ type: 'text', text: words, ...(answer ? {} : { style: { italic: true } }) }];
}

function peopleIn({ kind }: Field, value: Value): readonly string[] {
  if (kind === 'person' && typeof value === 'string') return [value];
  return kind === 'people' && Array.isArray(value) ? value : [];
}

/* ---------- one sentence ---------- */

/** The request was sent. @param promised ms; absent when nobody has to decide */
export function sentView(number: string, promised: number | undefined, before: boolean, reader: Reader): ModalView {
  const words = texts[reader.locale];
  const sent =
    promised === undefined
      ? words.sentAtOnce<Words>(number)
      : words.sent<Words>(number, dateToken(promised, 'dateTime', reader));
  return noteView(words.sentTitle, line(before ? words.sentBefore<Words>(number) : sent), reader);
}

/** Says one thing. */
export function noteView(title: string, said: Words, { locale }: Reader, more: readonly KnownBlock[] = []): ModalView {
  return modal({ callback: 'requests.note', title, close: texts[locale].close, blocks: [section(said), ...more] });
}

export function line(parts: Parts<Words>): Mrkdwn {
  return joinWords(parts, '');
}
