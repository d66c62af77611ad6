import type { InputBlock, InputBlockElement } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import {
  checkboxes,
  datePicker,
  externalSelect,
  fileInput,
  input,
  multiExternalSelect,
  multiSelect,
  multiUsersSelect,
  numberInput,
  radioButtons,
  staticSelect,
  textInput,
  urlInput,
  usersSelect,
} from '../slack/blocks.ts';
import type { Value } from './condition.ts';
import { pickId } from './form-picks.ts';
import { texts } from './form-texts.ts';
import { blockIdOf, uploadIdOf } from './form-values.ts';
import type { Field } from './type.ts';

/** How a field is drawn. */
export interface FieldSpec {
  readonly field: Field;
  readonly type: string;
  readonly step: number;
  readonly revision: number;
  readonly value: Value;
  readonly locale: Locale;
  /** Names are known that it may be picked from; otherwise it is typed. */
  readonly suggests: boolean;
  /** Tells nobody of a choice: the whole form is read when it is sent. */
  readonly quiet?: true;
}

// Radio buttons show their second lines and take a line each; beyond this a menu is quicker to read.
const mostRadio = 7;
// Slack's limits: check boxes, and the options that one menu carries.
const mostBoxes = 10;
const mostOptions = 100;
// Slack's limit of files in one input.
const mostUploads = 10;
// What Slack takes as the value of an option.
const longestOption = 150;
// Slack asks for a maximum, and no answer is a larger number.
const mostNumber = 1_000_000_000;
const longestText = { text: 150, purl: 500, long: 3_000 } as const;

/** A question with its input; for files a second one, to upload them. */
export function fieldBlocks(spec: FieldSpec): readonly InputBlock[] {
  return spec.field.kind === 'files' ? [linkBlock(spec), uploadBlock(spec)] : [fieldBlock(spec)];
}

/** Links and what was uploaded before: Slack takes no file as the initial value of an upload. */
function linkBlock(spec: FieldSpec): InputBlock {
  return { ...fieldBlock(spec), optional: true };
}

function uploadBlock({ field, step, revision, locale }: FieldSpec): InputBlock {
  const words = texts[locale];
  return input({
    blockId: uploadIdOf(field.id, step, revision),
    label: words.uploadLabel,
    hint: words.uploadHint,
    element: fileInput({ id: 'files', max: mostUploads }),
    optional: true,
  });
}

/** A question with its input; choices tell us at once, so that they are saved and what they lead to is shown. */
function fieldBlock(spec: FieldSpec): InputBlock {
  const { field, step, revision, locale } = spec;
  const hint = [field.help?.[locale], field.kind === 'files' ? texts[locale].filesHint : undefined];
  const words = hint.filter((one) => one !== undefined).join(' ');
  return input({
    blockId: blockIdOf(field.id, step, revision),
    label: field.label[locale],
    element: elementOf(spec),
    optional: !field.required,
    dispatch: isChoice(spec) && !spec.quiet,
    ...(words ? { hint: words } : {}),
  });
}

/** Whether the field is chosen rather than typed. */
function isChoice({ field, suggests }: FieldSpec): boolean {
  if (field.kind === 'text') return suggests;
  return !['long', 'purl', 'url', 'number', 'files'].includes(field.kind);
}

function elementOf(spec: FieldSpec): InputBlockElement {
  const { field, value, locale, suggests } = spec;
  const words = texts[locale];
  const placeholder = field.placeholder?.[locale];
  const typed = { id: 'text', ...(placeholder ? { placeholder } : {}) };
  const set = { id: 'requests.set', placeholder: placeholder ?? words.choose };
  const text = textIn(value);
  switch (field.kind) {
    case 'text':
      if (suggests) return picked(spec, placeholder ?? words.pickName);
      return textInput({ ...typed, initial: text, max: field.max ?? longestText.text });
    case 'purl':
      return textInput({ ...typed, initial: text, max: field.max ?? longestText.purl });
    case 'long':
      return textInput({ ...typed, initial: text, multiline: true, max: field.max ?? longestText.long });
    case 'files':
      return textInput({ ...typed, initial: listIn(value).join('\n'), multiline: true });
    case 'url':
      return urlInput({ ...typed, initial: text });
    case 'number':
      return numberInput({
        ...typed,
        decimals: false,
        min: 0,
        max: field.max ?? mostNumber,
        ...(/^\d+$/.test(text) ? { initial: Number(text) } : {}),
      });
    case 'license':
      return picked(spec, placeholder ?? words.pickLicense);
    case 'choice':
      return oneOf(spec, set);
    case 'choices':
      return someOf(spec, set);
    case 'yesno': {
      const choices = [
        { text: words.yes, value: 'yes' },
        { text: words.no, value: 'no' },
      ];
      return radioButtons({ id: set.id, choices, ...(text ? { initial: text } : {}) });
    }
    case 'confirm': {
      const choices = [{ text: words.confirmed, value: 'yes' }];
      return checkboxes({ id: set.id, choices, ...(text ? { initial: [text] } : {}) });
    }
    case 'date':
      return datePicker({ ...set, ...(text ? { initial: text } : {}) });
    case 'person':
      return usersSelect({ ...set, ...(text ? { initial: text } : {}) });
    case 'people':
      return multiUsersSelect({ ...set, initial: listIn(value) });
  }
}

interface Setting {
  readonly id: string;
  readonly placeholder: string;
}

function oneOf(spec: FieldSpec, set: Setting): InputBlockElement {
  const choices = choicesOf(spec);
  const chosen = textIn(spec.value);
  const initial = chosen ? { initial: chosen } : {};
  if (choices.length > mostOptions) return picked(spec, set.placeholder);
  return choices.length <= mostRadio
    ? radioButtons({ id: set.id, choices, ...initial })
    : staticSelect({ ...set, choices, ...initial });
}

function someOf(spec: FieldSpec, set: Setting): InputBlockElement {
  const choices = choicesOf(spec);
  const initial = listIn(spec.value);
  if (choices.length <= mostBoxes) return checkboxes({ id: set.id, choices, initial });
  if (choices.length <= mostOptions) return multiSelect({ ...set, choices, initial });
  const chosen = choices.filter(({ value }) => initial.includes(value)).slice(0, mostOptions);
  const id = pickId(spec.type, spec.field.id);
  return multiExternalSelect({
    id,
    placeholder: set.placeholder,
    initial: chosen,
    minLength: 0,
    most: mostOptions,
  });
}

/** Picked from what we know, found while typing. */
function picked(spec: FieldSpec, placeholder: string): InputBlockElement {
  const value = textIn(spec.value);
  const label = choicesOf(spec).find((one) => one.value === value)?.text ?? value;
  const isShort = value !== '' && value.length <= longestOption;
  return externalSelect({
    id: pickId(spec.type, spec.field.id),
    placeholder,
    minLength: 0,
    ...(isShort ? { initial: { text: label, value } } : {}),
  });
}

function choicesOf({ field, locale }: FieldSpec) {
  return (field.choices ?? []).map(({ id, label, help }) => ({
    text: label[locale],
    value: id,
    ...(help ? { description: help[locale] } : {}),
  }));
}

function textIn(value: Value): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function listIn(value: Value): readonly string[] {
  return Array.isArray(value) ? value : [];
}
