import type {
  Datepicker,
  DateTimepicker,
  DispatchActionConfig,
  EmailInput,
  FileInput,
  NumberInput,
  PlainTextInput,
  RichTextInput,
  Timepicker,
  URLInput,
} from '@slack/types';
import { type Common, common, type Placeholding, placeholding } from './block-base.ts';
import { exactId, present } from './block-text.ts';
import { truncate } from './escape.ts';

// Limits: https://docs.slack.dev/reference/block-kit/block-elements. A draft is cut to what its field takes; a mistake in the code throws RangeError.

interface Typing extends Placeholding {
  /** Tell the app while typing; with `dispatch_action` of the input. */
  readonly tellOn?: readonly ('on_enter_pressed' | 'on_character_entered')[];
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
