import type { Locale } from '../core/i18n.ts';
import { holds, isFilled, type Value, type Values } from './condition.ts';
import { readPurl } from './purl.ts';
import type { Answers } from './request.ts';
import { answerTexts } from './rule-texts.ts';
import type { Field, RequestType } from './type.ts';

/** Reads what a person wrote as an SPDX expression; `text` is the one spelling of what was meant. */
export type ReadLicense = (
  text: string,
) =>
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'invalid'; readonly why: string; readonly ids?: readonly string[] };

/** A page of the form with the fields that are asked on it. */
export interface AskedStep {
  /** Its place among the steps of the type: stays the same while others come and go. */
  readonly index: number;
  readonly title: Readonly<Record<Locale, string>>;
  readonly fields: readonly Field[];
}

// What a Slack text field and a stored answer hold; a `text` is one line.
const longest = { text: 150, long: 3_000 } as const;
const most = 1_000_000_000;
const mostPeople = 20;
// Expressions of whole distributions are longer; they come as a file, not in a form.
const longestLicense = 500;
// Addresses beyond this are cut by browsers and by Slack.
const longestUrl = 2_000;

/**
 * The steps of a form that the answers so far make necessary; a step without a question vanishes.
 * @param values answers by field id and facts by name; facts that are missing are not known
 */
export function stepsOf(type: RequestType, values: Values): readonly AskedStep[] {
  const asked = new Map(fieldsAsked(type, values).map((field) => [field.id, field]));
  return type.steps.flatMap(({ title, fields }, index) => {
    const present = fields.flatMap((id) => asked.get(id) ?? []);
    return present.length > 0 ? [{ index, title, fields: present }] : [];
  });
}

/** The fields that are asked, in the order of the steps: a condition sees only answers of fields that are asked themselves. */
export function fieldsAsked(type: RequestType, values: Values): readonly Field[] {
  const byId = new Map(type.fields.map((field) => [field.id, field]));
  const facts = Object.entries(values).filter(([name]) => !byId.has(name));
  const seen: Record<string, Value> = Object.fromEntries(facts);
  return type.steps.flatMap(({ fields }) =>
    fields.flatMap((id) => {
      const field = byId.get(id);
      if (!field || (field.ask && !holds(field.ask, seen))) return [];
      seen[id] = values[id];
      return [field];
    }),
  );
}

/** The answers of the fields that are asked: what was answered on a way that was left again is dropped, and so is nothing. */
export function answersAsked(type: RequestType, values: Values): Answers {
  const kept: Answers = {};
  for (const { id } of fieldsAsked(type, values)) {
    const value = values[id];
    if (isFilled(value) && value !== undefined) kept[id] = typeof value === 'object' ? [...value] : value;
  }
  return kept;
}

/**
 * What is wrong with an answer, for the person, in one line; `undefined` when it will do.
 * @param readLicense what reads SPDX expressions
 */
export function checkAnswer(field: Field, value: Value, locale: Locale, readLicense: ReadLicense): string | undefined {
  const words = answerTexts[locale];
  if (!isFilled(value) || isBlank(value)) return field.required ? missing(field, locale) : undefined;
  switch (field.kind) {
    case 'text':
    case 'long':
      return checkLength(value, field.max ?? longest[field.kind], locale);
    case 'license':
      return checkLicense(value, locale, readLicense);
    case 'purl':
      return typeof value === 'string' && readPurl(value) ? undefined : words.purl;
    case 'url':
      return isHttps(value) ? undefined : words.url;
    case 'number': {
      const number = numberFrom(value);
      const upTo = field.max ?? most;
      if (number === undefined) return words.wholeNumber;
      return number <= upTo ? undefined : words.tooLarge(String(upTo));
    }
    case 'choice':
      return field.choices?.some(({ id }) => id === value) ? undefined : words.unknownChoice;
    case 'choices':
      return checkChoices(field, value, locale);
    case 'yesno':
      return value === 'yes' || value === 'no' ? undefined : words.chooseOne;
    case 'confirm':
      return value === 'yes' || value === true ? undefined : words.tick;
    case 'date':
      return isDate(value) ? undefined : words.date;
    case 'person':
      return typeof value === 'string' && isMember(value) ? undefined : words.person;
    case 'people':
      return listOf(value).length <= mostPeople && listOf(value).every(isMember) ? undefined : words.person;
    case 'files':
      return undefined;
  }
}

/** Everything that is wrong with the answers of the fields that are asked, by field id; empty when they can be submitted. */
export function checkAnswers(
  type: RequestType,
  values: Values,
  locale: Locale,
  readLicense: ReadLicense,
): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const field of fieldsAsked(type, values)) {
    const error = checkAnswer(field, values[field.id], locale, readLicense);
    if (error) errors[field.id] = error;
  }
  return errors;
}

/** An answer as it is kept: trimmed text, numbers as numbers, licenses as the expression that was meant. */
export function tidyAnswer(field: Field, value: Value, readLicense: ReadLicense): Value {
  if (typeof value !== 'string') return value;
  const text = field.kind === 'long' ? value.trim() : value.replace(/\s+/g, ' ').trim();
  if (field.kind === 'number') return numberFrom(text) ?? text;
  if (field.kind === 'license') return licenseFrom(text, readLicense);
  if (field.kind === 'purl') return readPurl(text)?.text ?? text;
  return text.toWellFormed();
}

/** The line that names a request: the type's subject with answers in it, choices by their labels. Plain text, not escaped. */
export function subjectOf(type: RequestType, answers: Values, locale: Locale): string {
  const filled = type.subject[locale].replace(/\{(\w+)\}/g, (_, id: string) => {
    const field = type.fields.find((one) => one.id === id);
    return field ? answerInWords(field, answers[id], locale) : '';
  });
  // What was not asked leaves no dangling separators or brackets.
  return filled
    .replace(/\s*[(（]\s*[)）]/g, '')
    .replace(/(?:\s*[·:：,，]\s*)+$/u, '')
    .replace(/(\s*·\s*){2,}/g, ' · ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** An answer as a person reads it, plain text; people stay as their ids, nothing is empty text. */
export function answerInWords(field: Field, value: Value, locale: Locale): string {
  if (value === undefined) return '';
  const label = (id: string) => field.choices?.find((choice) => choice.id === id)?.label[locale] ?? id;
  if (Array.isArray(value)) return value.map(label).join(locale === 'zh-CN' ? '、' : ', ');
  if (field.kind === 'yesno' || field.kind === 'confirm') {
    return value === 'yes' || value === true ? answerTexts[locale].yes : answerTexts[locale].no;
  }
  return typeof value === 'string' ? label(value) : String(value);
}

function missing(field: Field, locale: Locale): string {
  const words = answerTexts[locale];
  if (field.kind === 'confirm') return words.tick;
  if (field.kind === 'person' || field.kind === 'people') return words.person;
  return ['choice', 'choices', 'yesno'].includes(field.kind) ? words.chooseOne : words.missing;
}

function isBlank(value: Value): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function checkLength(value: Value, upTo: number, locale: Locale): string | undefined {
  const { length } = String(value);
  return length <= upTo ? undefined : answerTexts[locale].tooLong(String(upTo), String(length));
}

function checkLicense(value: Value, locale: Locale, readLicense: ReadLicense): string | undefined {
  const words = answerTexts[locale];
  if (typeof value !== 'string') return words.license;
  const tooLong = checkLength(value, longestLicense, locale);
  if (tooLong) return tooLong;
  const read = readLicense(value);
  if (read.kind === 'expression') return undefined;
  return read.kind === 'invalid' && read.ids?.length ? words.noLicense(read.ids.join(', ')) : words.license;
}

function licenseFrom(text: string, readLicense: ReadLicense): string {
  const read = readLicense(text);
  return read.kind === 'expression' ? read.text : text;
}

function checkChoices(field: Field, value: Value, locale: Locale): string | undefined {
  const chosen = listOf(value);
  const choices = field.choices ?? [];
  if (!chosen.every((id) => choices.some((choice) => choice.id === id))) return answerTexts[locale].unknownChoice;
  const stands = choices.some(({ id, alone }) => alone && chosen.includes(id));
  return stands && chosen.length > 1 ? answerTexts[locale].alone : undefined;
}

function listOf(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}

/** Digits, also in groups or full-width as Chinese keyboards write them. */
function numberFrom(value: Value): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  const digits =
    typeof value === 'string'
      ? value
          .normalize('NFKC')
          .replace(/(?<=\d)[\s,'_](?=\d{3})/g, '')
          .trim()
      : '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

function isHttps(value: Value): boolean {
  if (typeof value !== 'string' || value.length > longestUrl || /\s/.test(value.trim())) return false;
  const url = URL.parse(value.trim());
  return url?.protocol === 'https:' && url.hostname.includes('.') && !url.username && !url.password;
}

function isDate(value: Value): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function isMember(id: string): boolean {
  return /^[UW][A-Z0-9]{2,}$/.test(id);
}
