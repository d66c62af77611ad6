import { optionsOf, type Placed, placedElements } from './blocks.ts';
import { type Fields, fieldsOf, isFields, listOf, textOf } from './json.ts';
import type { Inputs, InputValue } from './state.ts';

/** Under which name each stateful element reports its value, and what it reports when nothing was chosen. */
const reported: Readonly<Record<string, { readonly name: string; readonly empty: unknown; readonly initial: string }>> =
  {
    plain_text_input: { name: 'value', empty: null, initial: 'initial_value' },
    email_text_input: { name: 'value', empty: null, initial: 'initial_value' },
    url_text_input: { name: 'value', empty: null, initial: 'initial_value' },
    number_input: { name: 'value', empty: null, initial: 'initial_value' },
    rich_text_input: { name: 'rich_text_value', empty: null, initial: 'initial_value' },
    file_input: { name: 'files', empty: [], initial: '' },
    checkboxes: { name: 'selected_options', empty: [], initial: 'initial_options' },
    radio_buttons: { name: 'selected_option', empty: null, initial: 'initial_option' },
    static_select: { name: 'selected_option', empty: null, initial: 'initial_option' },
    external_select: { name: 'selected_option', empty: null, initial: 'initial_option' },
    users_select: { name: 'selected_user', empty: null, initial: 'initial_user' },
    channels_select: { name: 'selected_channel', empty: null, initial: 'initial_channel' },
    conversations_select: { name: 'selected_conversation', empty: null, initial: 'initial_conversation' },
    multi_static_select: { name: 'selected_options', empty: [], initial: 'initial_options' },
    multi_external_select: { name: 'selected_options', empty: [], initial: 'initial_options' },
    multi_users_select: { name: 'selected_users', empty: [], initial: 'initial_users' },
    multi_channels_select: { name: 'selected_channels', empty: [], initial: 'initial_channels' },
    multi_conversations_select: { name: 'selected_conversations', empty: [], initial: 'initial_conversations' },
    datepicker: { name: 'selected_date', empty: null, initial: 'initial_date' },
    timepicker: { name: 'selected_time', empty: null, initial: 'initial_time' },
    datetimepicker: { name: 'selected_date_time', empty: null, initial: 'initial_date_time' },
  };

export function isStateful(element: Fields): boolean {
  return textOf(element.type) in reported;
}

function initialValue(element: Fields): InputValue {
  const type = textOf(element.type);
  const how = reported[type];
  if (!how) return { type };
  return { type, [how.name]: element[how.initial] ?? how.empty };
}

/**
 * The state of the inputs in `blocks`. What was chosen before stays where an element of the same type has the same block
 * and action id (docs.slack.dev/surfaces/modals, "Updating views"); everything else starts with its initial value.
 */
export function inputsOf(blocks: readonly unknown[], before: Inputs = new Map()): Inputs {
  const inputs: Inputs = new Map();
  for (const { element, blockId, actionId } of placedElements(blocks)) {
    if (!isStateful(element)) continue;
    const kept = before.get(blockId)?.get(actionId);
    const row = inputs.get(blockId) ?? new Map<string, InputValue>();
    row.set(actionId, kept && kept.type === element.type ? kept : initialValue(element));
    inputs.set(blockId, row);
  }
  return inputs;
}

/** `state.values` of a payload. */
export function inputsShape(inputs: Inputs): Fields {
  return Object.fromEntries([...inputs].map(([block, row]) => [block, Object.fromEntries(row)]));
}

/** What a person enters: text, a chosen value, several, nothing, or an option as the app's type-ahead offered it. */
export type Entry = string | number | boolean | null | Fields | readonly (string | Fields)[];

function optionFor(element: Fields, wanted: unknown): Fields {
  if (isFields(wanted)) return wanted;
  const found = optionsOf(element).find((option) => option.value === wanted || fieldsOf(option.text).text === wanted);
  if (!found) throw new Error(`${textOf(element.action_id)} offers no option ${JSON.stringify(wanted)}`);
  return found;
}

function richText(text: string): Fields {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}

/**
 * The value that an element reports after a person entered `entry`. Options are given by value or by their text.
 * @throws Error when a person could not enter that
 */
export function enteredValue(element: Fields, entry: Entry): InputValue {
  const type = textOf(element.type);
  const how = reported[type];
  if (!how) throw new Error(`nothing can be entered into a ${type}`);
  const value = (given: unknown): InputValue => ({ type, [how.name]: given });
  if (entry === null) return value(how.empty);
  if (how.name === 'selected_option') return value(optionFor(element, entry));
  if (how.name === 'selected_options') return value(listOf(entry).map((each) => optionFor(element, each)));
  if (Array.isArray(how.empty)) return value(listOf(entry));
  if (how.name === 'rich_text_value') return value(typeof entry === 'string' ? richText(entry) : entry);
  if (how.name === 'selected_date_time') return value(entry);
  return value(String(entry));
}

function isEmpty(value: InputValue): boolean {
  const given = value[reported[value.type]?.name ?? ''];
  return given === null || given === undefined || given === '' || (Array.isArray(given) && given.length === 0);
}

const formats: Readonly<Record<string, (text: string, element: Fields) => boolean>> = {
  email_text_input: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  url_text_input: (text) => /^https?:\/\/\S+$/.test(text),
  number_input: (text, element) =>
    (element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(text) &&
    Number(text) >= Number(element.min_value ?? '-Infinity') &&
    Number(text) <= Number(element.max_value ?? 'Infinity'),
  plain_text_input: (text, element) =>
    text.length >= Number(element.min_length ?? 0) && text.length <= Number(element.max_length ?? 3000),
};

function problemOf({ element, block }: Placed, value: InputValue): string | undefined {
  if (isEmpty(value)) return block.optional === true ? undefined : 'Please complete this required field.';
  const fits = formats[textOf(element.type)]?.(textOf(value.value), element) ?? true;
  return fits ? undefined : 'Please enter a valid value.';
}

/** What Slack's client itself complains about before it sends a form, by block id. */
export function clientErrors(blocks: readonly unknown[], inputs: Inputs): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const placed of placedElements(blocks)) {
    const value = inputs.get(placed.blockId)?.get(placed.actionId);
    const problem = placed.block.type === 'input' && value ? problemOf(placed, value) : undefined;
    if (problem) errors[placed.blockId] = problem;
  }
  return errors;
}
