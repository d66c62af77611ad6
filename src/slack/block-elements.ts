import type {
  Button,
  ChannelsSelect,
  Checkboxes,
  ConfirmationDialog,
  ConversationsSelect,
  Datepicker,
  DateTimepicker,
  DispatchActionConfig,
  EmailInput,
  ExternalSelect,
  FileInput,
  MultiChannelsSelect,
  MultiConversationsSelect,
  MultiExternalSelect,
  MultiStaticSelect,
  MultiUsersSelect,
  NumberInput,
  Overflow,
  PlainTextElement,
  PlainTextInput,
  PlainTextOption,
  RadioButtons,
  RichTextInput,
  StaticSelect,
  Timepicker,
  URLInput,
  UsersSelect,
} from '@slack/types';
import { counted, distinct, exact, exactId, plainText, present, textObject } from './block-text.ts';
import { truncate } from './escape.ts';
import type { Words } from './mrkdwn.ts';

// Limits: https://docs.slack.dev/reference/block-kit/block-elements and .../composition-objects.
// Text meant for people is cut; an id, a value or a count outside its limit is a mistake in the code and throws RangeError.

/** A choice. `text` and `description` up to 75 characters, `value` up to 150. */
export interface Choice {
  readonly text: string;
  readonly value: string;
  readonly description?: string;
}

/** A question before an action is carried out. */
export interface ConfirmSpec {
  /** Up to 100 characters. */
  readonly title: string;
  /** Up to 300 characters. */
  readonly text: Words;
  /** Up to 30 characters each; name the action, not "OK". */
  readonly confirm: string;
  readonly deny: string;
  readonly style?: 'primary' | 'danger';
}

export function confirm(spec: ConfirmSpec): ConfirmationDialog {
  return {
    title: plainText(spec.title, 100),
    text: textObject(spec.text, 300),
    confirm: plainText(spec.confirm, 30),
    deny: plainText(spec.deny, 30),
    ...present({ style: spec.style }),
  };
}

/** @throws RangeError when the value does not fit */
export function option(choice: Choice): PlainTextOption {
  return {
    text: plainText(choice.text, 75),
    value: exact('option value', choice.value, 150),
    ...present({ description: optionalText(choice.description, 75) }),
  };
}

function optionalText(text: string | undefined, max: number): PlainTextElement | undefined {
  return text === undefined ? undefined : plainText(text, max);
}

export interface ButtonSpec {
  readonly id: string;
  /** Up to 75 characters; phones show about 30. */
  readonly text: string;
  /** What a screen reader says instead of `text`: names the object ("Approve REQ-0142"). Up to 75 characters. */
  readonly label?: string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmSpec;
}

/** @throws RangeError when id (255), value (2,000) or address (3,000) do not fit */
export function button(spec: ButtonSpec): Button {
  return {
    type: 'button',
    action_id: exactId(spec.id),
    text: plainText(spec.text, 75),
    ...present({
      accessibility_label: spec.label === undefined ? undefined : plainText(spec.label, 75).text,
      value: spec.value === undefined ? undefined : exact('button value', spec.value, 2000),
      url: spec.url === undefined ? undefined : exact('button url', spec.url, 3000),
      style: spec.style,
      confirm: spec.confirm && confirm(spec.confirm),
    }),
  };
}

/** The "..." menu. @throws RangeError outside 1 to 5 choices, or when a value comes twice */
export function overflow(spec: {
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly confirm?: ConfirmSpec;
}): Overflow {
  return {
    type: 'overflow',
    action_id: exactId(spec.id),
    options: choices(spec.choices, 5),
    ...present({ confirm: spec.confirm && confirm(spec.confirm) }),
  };
}

function choices(all: readonly Choice[], max: number): PlainTextOption[] {
  distinct(
    'option value',
    all.map((choice) => choice.value),
  );
  return counted('options', all, 1, max).map(option);
}

/** The choices whose values are initial. Values that are no longer offered are dropped: Slack refuses them. */
function initial(offered: readonly PlainTextOption[], values: readonly string[] | undefined) {
  const found = offered.filter((o) => o.value !== undefined && values?.includes(o.value));
  return found.length === 0 ? undefined : found;
}

interface Common {
  readonly id: string;
  /** Put the cursor here when the view opens; one element of a view. */
  readonly focus?: boolean;
}
interface Placeholding extends Common {
  /** Up to 150 characters. */
  readonly placeholder?: string;
}
interface Typing extends Placeholding {
  /** Tell the app while typing; with `dispatch_action` of the input. */
  readonly tellOn?: readonly ('on_enter_pressed' | 'on_character_entered')[];
}

function common(spec: Common) {
  return { action_id: exactId(spec.id), ...present({ focus_on_load: spec.focus }) };
}

function placeholding(spec: Placeholding) {
  return { ...common(spec), ...present({ placeholder: optionalText(spec.placeholder, 150) }) };
}

function typing(spec: Typing) {
  const config: DispatchActionConfig | undefined = spec.tellOn && { trigger_actions_on: [...spec.tellOn] };
  return { ...placeholding(spec), ...present({ dispatch_action_config: config }) };
}

/** `min` and `max` are lengths, up to 3,000; a longer initial text is cut to `max`. */
export function textInput(
  spec: Typing & {
    readonly initial?: string;
    readonly multiline?: boolean;
    readonly min?: number;
    readonly max?: number;
  },
): PlainTextInput {
  const { min = 0, max = 3000 } = spec;
  if (min < 0 || max > 3000 || max < 1 || min > max) throw new RangeError(`text length from ${min} to ${max}`);
  return {
    type: 'plain_text_input',
    ...typing(spec),
    ...present({
      initial_value: spec.initial ? truncate(spec.initial, max) : undefined,
      multiline: spec.multiline,
      min_length: spec.min,
      max_length: spec.max,
    }),
  };
}

export function numberInput(
  spec: Typing & {
    readonly decimals: boolean;
    readonly initial?: number;
    readonly min?: number;
    readonly max?: number;
  },
): NumberInput {
  return {
    type: 'number_input',
    is_decimal_allowed: spec.decimals,
    ...typing(spec),
    ...present({
      initial_value: spec.initial?.toString(),
      min_value: spec.min?.toString(),
      max_value: spec.max?.toString(),
    }),
  };
}

export function emailInput(spec: Typing & { readonly initial?: string }): EmailInput {
  return { type: 'email_text_input', ...typing(spec), ...present({ initial_value: spec.initial || undefined }) };
}

export function urlInput(spec: Typing & { readonly initial?: string }): URLInput {
  return { type: 'url_text_input', ...typing(spec), ...present({ initial_value: spec.initial || undefined }) };
}

export function richTextInput(spec: Typing & { readonly minLines?: number }): RichTextInput {
  return { type: 'rich_text_input', ...typing(spec), ...present({ min_lines: spec.minLines }) };
}

/** Modals only. @throws RangeError outside 1 to 10 files */
export function fileInput(spec: {
  readonly id: string;
  readonly types?: readonly string[];
  readonly max?: number;
}): FileInput {
  const { max } = spec;
  if (max !== undefined && (max < 1 || max > 10)) throw new RangeError(`files: ${max}, 1 to 10 fit`);
  return {
    type: 'file_input',
    action_id: exactId(spec.id),
    ...present({ filetypes: spec.types && [...spec.types], max_files: max }),
  };
}

/** @param spec initial: an ISO date */
export function datePicker(spec: Placeholding & { readonly initial?: string }): Datepicker {
  return { type: 'datepicker', ...placeholding(spec), ...present({ initial_date: spec.initial }) };
}

/** @param spec initial: "17:30"; zone: IANA */
export function timePicker(spec: Placeholding & { readonly initial?: string; readonly zone?: string }): Timepicker {
  return {
    type: 'timepicker',
    ...placeholding(spec),
    ...present({ initial_time: spec.initial, timezone: spec.zone }),
  };
}

/** @param spec initial: milliseconds since 1970 */
export function dateTimePicker(spec: Common & { readonly initial?: number }): DateTimepicker {
  const seconds = spec.initial === undefined ? undefined : Math.floor(spec.initial / 1000);
  return { type: 'datetimepicker', ...common(spec), ...present({ initial_date_time: seconds }) };
}

interface Choosing {
  readonly choices: readonly Choice[];
  /** Value of the choice made already. */
  readonly initial?: string;
}
interface ChoosingMany {
  readonly choices: readonly Choice[];
  readonly initial?: readonly string[];
}

/** @throws RangeError outside 1 to 10 choices */
export function checkboxes(spec: Common & ChoosingMany): Checkboxes {
  const options = choices(spec.choices, 10);
  return {
    type: 'checkboxes',
    ...common(spec),
    options,
    ...present({ initial_options: initial(options, spec.initial) }),
  };
}

/** @throws RangeError outside 1 to 10 choices */
export function radioButtons(spec: Common & Choosing): RadioButtons {
  const options = choices(spec.choices, 10);
  return {
    type: 'radio_buttons',
    ...common(spec),
    options,
    ...present({ initial_option: firstOf(options, spec.initial) }),
  };
}

function firstOf(options: readonly PlainTextOption[], value: string | undefined): PlainTextOption | undefined {
  return value === undefined ? undefined : initial(options, [value])?.[0];
}

/** @throws RangeError outside 1 to 100 choices */
export function staticSelect(spec: Placeholding & Choosing): StaticSelect {
  const options = choices(spec.choices, 100);
  return {
    type: 'static_select',
    ...placeholding(spec),
    options,
    ...present({ initial_option: firstOf(options, spec.initial) }),
  };
}

/** Choices under headings. @throws RangeError outside 1 to 100 groups of 1 to 100 choices */
export function groupedSelect(
  spec: Placeholding & {
    readonly groups: readonly { readonly label: string; readonly choices: readonly Choice[] }[];
    readonly initial?: string;
  },
): StaticSelect {
  const groups = counted('option groups', spec.groups, 1, 100).map((group) => ({
    label: plainText(group.label, 75),
    options: choices(group.choices, 100),
  }));
  const all = groups.flatMap((group) => group.options);
  return {
    type: 'static_select',
    ...placeholding(spec),
    option_groups: groups,
    ...present({ initial_option: firstOf(all, spec.initial) }),
  };
}

interface Many {
  /** How many may be chosen, at least 1. */
  readonly most?: number;
}

function many(spec: Many) {
  if (spec.most !== undefined && spec.most < 1) throw new RangeError(`at most ${spec.most} choices`);
  return present({ max_selected_items: spec.most });
}

/** @throws RangeError outside 1 to 100 choices */
export function multiSelect(spec: Placeholding & ChoosingMany & Many): MultiStaticSelect {
  const options = choices(spec.choices, 100);
  return {
    type: 'multi_static_select',
    ...placeholding(spec),
    ...many(spec),
    options,
    ...present({ initial_options: initial(options, spec.initial) }),
  };
}

/** Type-ahead answered by the app, from the `minLength`th character on (0 = at once). */
export function externalSelect(
  spec: Placeholding & { readonly initial?: Choice; readonly minLength?: number },
): ExternalSelect {
  return {
    type: 'external_select',
    ...placeholding(spec),
    ...present({ initial_option: spec.initial && option(spec.initial), min_query_length: spec.minLength }),
  };
}

export function multiExternalSelect(
  spec: Placeholding & Many & { readonly initial?: readonly Choice[]; readonly minLength?: number },
): MultiExternalSelect {
  const chosen = spec.initial?.length ? spec.initial.map(option) : undefined;
  return {
    type: 'multi_external_select',
    ...placeholding(spec),
    ...many(spec),
    ...present({ initial_options: chosen, min_query_length: spec.minLength }),
  };
}

export function usersSelect(spec: Placeholding & { readonly initial?: string }): UsersSelect {
  return { type: 'users_select', ...placeholding(spec), ...present({ initial_user: spec.initial }) };
}

export function multiUsersSelect(
  spec: Placeholding & Many & { readonly initial?: readonly string[] },
): MultiUsersSelect {
  const chosen = spec.initial?.length ? [...spec.initial] : undefined;
  return { type: 'multi_users_select', ...placeholding(spec), ...many(spec), ...present({ initial_users: chosen }) };
}

/** `kinds`: which conversations are offered; bots are left out. */
interface Conversations {
  readonly kinds?: readonly ('im' | 'mpim' | 'private' | 'public')[];
}

function filtered(spec: Conversations) {
  const include = spec.kinds?.length ? [...spec.kinds] : undefined;
  return { filter: { exclude_bot_users: true, ...present({ include }) } };
}

export function conversationsSelect(
  spec: Placeholding & Conversations & { readonly initial?: string; readonly current?: boolean },
): ConversationsSelect {
  return {
    type: 'conversations_select',
    ...placeholding(spec),
    ...filtered(spec),
    ...present({ initial_conversation: spec.initial, default_to_current_conversation: spec.current }),
  };
}

export function multiConversationsSelect(
  spec: Placeholding & Conversations & Many & { readonly initial?: readonly string[] },
): MultiConversationsSelect {
  const chosen = spec.initial?.length ? [...spec.initial] : undefined;
  return {
    type: 'multi_conversations_select',
    ...placeholding(spec),
    ...filtered(spec),
    ...many(spec),
    ...present({ initial_conversations: chosen }),
  };
}

export function channelsSelect(spec: Placeholding & { readonly initial?: string }): ChannelsSelect {
  return { type: 'channels_select', ...placeholding(spec), ...present({ initial_channel: spec.initial }) };
}

export function multiChannelsSelect(
  spec: Placeholding & Many & { readonly initial?: readonly string[] },
): MultiChannelsSelect {
  const chosen = spec.initial?.length ? [...spec.initial] : undefined;
  return {
    type: 'multi_channels_select',
    ...placeholding(spec),
    ...many(spec),
    ...present({ initial_channels: chosen }),
  };
}
