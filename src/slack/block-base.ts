import type { PlainTextElement, PlainTextOption } from '@slack/types';
import { counted, distinct, exact, exactId, plainText, present } from './block-text.ts';

// What buttons, inputs and selects share.

/** A choice. `text` and `description` up to 75 characters, `value` up to 150. */
export interface Choice {
  readonly text: string;
  readonly value: string;
  readonly description?: string;
}

/** @throws RangeError when the value does not fit */
export function option(choice: Choice): PlainTextOption {
  return {
    text: plainText(choice.text, 75),
    value: exact('option value', choice.value, 150),
    ...present({ description: optionalText(choice.description, 75) }),
  };
}

/** Nothing stays nothing. */
export function optionalText(text: string | undefined, max: number): PlainTextElement | undefined {
  return text === undefined ? undefined : plainText(text, max);
}

/** @throws RangeError outside 1 to `max` choices, or when a value comes twice */
export function choices(all: readonly Choice[], max: number): PlainTextOption[] {
  distinct(
    'option value',
    all.map((choice) => choice.value),
  );
  return counted('options', all, 1, max).map(option);
}

/** The choices whose values are initial. Values that are no longer offered are dropped: Slack refuses them. */
export function initial(offered: readonly PlainTextOption[], values: readonly string[] | undefined) {
  const found = offered.filter((o) => o.value !== undefined && values?.includes(o.value));
  return found.length === 0 ? undefined : found;
}

export interface Common {
  readonly id: string;
  /** Put the cursor here when the view opens; one element of a view. */
  readonly focus?: boolean;
}

export interface Placeholding extends Common {
  /** Up to 150 characters. */
  readonly placeholder?: string;
}

/** The fields of every element of a form. */
export function common(spec: Common) {
  return { action_id: exactId(spec.id), ...present({ focus_on_load: spec.focus }) };
}

/** The fields of an element that shows words while it is empty. */
export function placeholding(spec: Placeholding) {
  return { ...common(spec), ...present({ placeholder: optionalText(spec.placeholder, 150) }) };
}
