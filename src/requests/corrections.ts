import type { Locale } from '../core/i18n.ts';
import { isFilled, type Value } from './condition.ts';
import { answerInWords, checkAnswer, fieldsAsked, type ReadLicense, tidyAnswer } from './form.ts';
import { blockIdOf, enteredIn, type ViewValues } from './form-values.ts';
import type { Answers, Request, RequestEvent } from './request.ts';
import type { Field, RequestType } from './type.ts';

/** What an answer to a question did to an answer of the form. */
export interface Change {
  readonly field: Field;
  readonly label: string;
  /** In words, people as their ids; empty where nothing was or is answered. */
  readonly before: string;
  readonly after: string;
}

/** The answers of the form that an event changed, in the order of the form. */
export function changesOf(event: RequestEvent, type: RequestType, locale: Locale): readonly Change[] {
  if (event.kind !== 'answered' || !event.answers) return [];
  const { answers, before = {} } = event;
  return type.fields.flatMap((field) => {
    if (!Object.hasOwn(answers, field.id)) return [];
    const inWords = (value: Value) => (isFilled(value) ? answerInWords(field, value, locale) : '');
    return [
      { field, label: field.label[locale], before: inWords(before[field.id]), after: inWords(answers[field.id]) },
    ];
  });
}

/** The fields that a question can be about: whatever was asked and can be answered otherwise. */
export function correctable(
  type: RequestType,
  { answers, facts }: Pick<Request, 'answers' | 'facts'>,
): readonly Field[] {
  return fieldsAsked(type, { ...answers, ...facts }).filter(({ kind }) => kind !== 'confirm');
}

/** The fields that the open questions are about, in the order of the form. */
export function askedAbout(type: RequestType, { questions }: Pick<Request, 'questions'>): readonly string[] {
  const wanted = new Set(questions.flatMap(({ fields = [] }) => fields));
  return type.fields.flatMap(({ id }) => (wanted.has(id) ? [id] : []));
}

/** The block of a field in the form of an answer. */
function correctionBlock(field: string): string {
  return blockIdOf(field, 0, 0);
}

/** What was corrected, what is wrong with it, or what has to be asked now because of it. */
export type Corrections =
  | { readonly is: 'wrong'; readonly errors: Record<string, string> }
  | { readonly is: 'more'; readonly entered: Answers; readonly fields: readonly string[] }
  | { readonly is: 'right'; readonly changed: Answers };

/**
 * Reads the fields of an answer's form.
 * @param shown ids of the fields on it
 */
export function correctionsIn(
  type: RequestType,
  { answers, facts }: Pick<Request, 'answers' | 'facts'>,
  form: { readonly values: ViewValues; readonly shown: readonly string[] },
  locale: Locale,
  readLicense: ReadLicense,
): Corrections {
  // The words of the answer itself stand in a block without a step, and are no field.
  const own = Object.fromEntries(Object.entries(form.values).filter(([block]) => block.includes('.')));
  const entered = enteredIn(type, own);
  const errors: Record<string, string> = {};
  const after: Answers = { ...answers };
  for (const field of type.fields) {
    if (!form.shown.includes(field.id)) continue;
    const raw = entered[field.id];
    const value = tidyAnswer(field, raw, readLicense);
    const error = checkAnswer(field, value, locale, readLicense);
    if (error) errors[correctionBlock(field.id)] = error;
    // Emptied stays named, so that the record says that it was.
    after[field.id] = value === undefined ? emptyOf(field) : typeof value === 'object' ? [...value] : value;
  }
  if (Object.keys(errors).length > 0) return { is: 'wrong', errors };
  const missing = fieldsAsked(type, { ...after, ...facts }).filter(
    ({ id, required }) => required && !isFilled(after[id]) && !form.shown.includes(id),
  );
  if (missing.length > 0) return { is: 'more', entered: after, fields: missing.map(({ id }) => id) };
  const changed = Object.entries(after).filter(([id, value]) => !isSame(value, answers[id]));
  return { is: 'right', changed: Object.fromEntries(changed) };
}

function emptyOf({ kind }: Field): string | string[] {
  return kind === 'choices' || kind === 'people' || kind === 'files' ? [] : '';
}

function isSame(one: Value, other: Value): boolean {
  if (!isFilled(one) && !isFilled(other)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}
