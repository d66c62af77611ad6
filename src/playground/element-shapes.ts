import { counts, idLength, texts } from './limits.ts';
import { bool, like, list, num, object, oneOf, part, plain, type Rule, type Shape, shape, str, text } from './shape.ts';

/** Block elements: docs.slack.dev/reference/block-kit/block-elements. Every field that Slack knows; no other is accepted. */

const actionId = { action_id: str(idLength) };
const confirm = {
  confirm: object(
    { text: text(texts.confirmText) },
    {
      title: plain(texts.confirmTitle),
      confirm: plain(texts.confirmButton),
      deny: plain(texts.confirmButton),
      style: oneOf('primary', 'danger'),
    },
  ),
};
const focus = { focus_on_load: bool };
const placeholder = { placeholder: plain(texts.placeholder) };
const dispatch = {
  dispatch_action_config: object({
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
  }),
};
const accessibility = { accessibility_label: str(texts.button) };
const style = { style: oneOf('primary', 'danger') };
const maxSelected = { max_selected_items: num(1) };
const respondable = { response_url_enabled: bool };

function optionOf(label: Rule, more: Shape['optional'] = {}): Rule {
  return object({ text: label, value: str(texts.optionValue) }, { description: plain(texts.option), ...more });
}

const option = optionOf(plain(texts.option));
// Only these two may format their options.
const formattedOption = optionOf(text(texts.option));
const options = list(option, counts.options);
const optionGroups = list(object({ label: plain(texts.option), options }), counts.groups);
const filter = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: bool,
    exclude_bot_users: bool,
  },
);

const menu = { ...actionId, ...confirm, ...focus, ...placeholder };
const multiMenu = { ...menu, ...maxSelected };
const ids = list(str());
const date = like(/^\d{4}-\d{2}-\d{2}$/);
const time = like(/^([01]\d|2[0-3]):[0-5]\d$/);
const decimal = like(/^-?\d+(\.\d+)?$/);
const input = { ...actionId, ...dispatch, ...focus, ...placeholder };
const feedback = object({ text: plain(texts.button), value: str(texts.buttonValue) }, accessibility);

export const imageSource = {
  image_url: str(texts.url),
  slack_file: object({}, { id: str(), url: str() }),
};

export const elementShapes: Readonly<Record<string, Shape>> = {
  button: shape(
    { text: plain(texts.button) },
    { ...actionId, ...confirm, ...style, ...accessibility, value: str(texts.buttonValue), url: str(texts.url) },
  ),
  workflow_button: shape(
    {
      text: plain(texts.button),
      workflow: object({
        trigger: object({ url: str() }, { customizable_input_parameters: list(object({ name: str(), value: str() })) }),
      }),
    },
    { ...actionId, ...confirm, ...style, ...accessibility },
  ),
  feedback_buttons: shape({ positive_button: feedback, negative_button: feedback }, actionId),
  icon_button: shape(
    { icon: oneOf('trash'), text: plain(texts.button) },
    {
      ...actionId,
      ...confirm,
      ...accessibility,
      value: str(texts.buttonValue),
      visible_to_user_ids: list(str(), counts.visibleTo),
    },
  ),
  overflow: shape(
    { options: list(optionOf(plain(texts.option), { url: str(texts.url) }), counts.overflow) },
    { ...actionId, ...confirm },
  ),
  checkboxes: shape(
    { options: list(formattedOption, counts.checkboxes) },
    { ...actionId, ...confirm, ...focus, initial_options: list(formattedOption, counts.checkboxes) },
  ),
  radio_buttons: shape(
    { options: list(formattedOption, counts.checkboxes) },
    { ...actionId, ...confirm, ...focus, initial_option: formattedOption },
  ),
  static_select: shape({}, { ...menu, options, option_groups: optionGroups, initial_option: option }),
  multi_static_select: shape({}, { ...multiMenu, options, option_groups: optionGroups, initial_options: options }),
  external_select: shape({}, { ...menu, min_query_length: num(0), initial_option: option }),
  multi_external_select: shape({}, { ...multiMenu, min_query_length: num(0), initial_options: options }),
  users_select: shape({}, { ...menu, initial_user: str() }),
  multi_users_select: shape({}, { ...multiMenu, initial_users: ids }),
  channels_select: shape({}, { ...menu, ...respondable, initial_channel: str() }),
  multi_channels_select: shape({}, { ...multiMenu, initial_channels: ids }),
  conversations_select: shape(
    {},
    { ...menu, ...respondable, filter, default_to_current_conversation: bool, initial_conversation: str() },
  ),
  multi_conversations_select: shape(
    {},
    { ...multiMenu, filter, default_to_current_conversation: bool, initial_conversations: ids },
  ),
  datepicker: shape({}, { ...menu, initial_date: date }),
  timepicker: shape({}, { ...menu, initial_time: time, timezone: str() }),
  // Ten digits: seconds since 1970.
  datetimepicker: shape({}, { ...actionId, ...confirm, ...focus, initial_date_time: num(1e9, 9_999_999_999) }),
  plain_text_input: shape(
    {},
    {
      ...input,
      multiline: bool,
      min_length: num(0, texts.any),
      max_length: num(1, texts.any),
      initial_value: str(texts.any, 0),
    },
  ),
  email_text_input: shape({}, { ...input, initial_value: str(undefined, 0) }),
  url_text_input: shape({}, { ...input, initial_value: str(undefined, 0) }),
  number_input: shape(
    { is_decimal_allowed: bool },
    { ...input, initial_value: decimal, min_value: decimal, max_value: decimal },
  ),
  rich_text_input: shape(
    {},
    { ...input, initial_value: part('block', 'rich_text'), min_lines: num(1), max_lines: num(1) },
  ),
  file_input: shape({}, { ...actionId, filetypes: list(str()), max_files: num(1, counts.files) }),
  image: shape({ alt_text: str(texts.altText) }, imageSource),
  plain_text: shape({ text: str(texts.any) }, { emoji: bool }),
  mrkdwn: shape({ text: str(texts.any) }, { verbatim: bool }),
};

const selects = [
  'static_select',
  'external_select',
  'users_select',
  'channels_select',
  'conversations_select',
] as const;
const multiSelects = selects.map((name) => `multi_${name}`);
const pickers = ['datepicker', 'timepicker', 'datetimepicker'] as const;

/** Which elements each place takes (@slack/types 3.2, ActionsBlockElement, InputBlockElement, SectionBlockAccessory). */
export const allowedElements = {
  actions: [
    'button',
    'checkboxes',
    'overflow',
    'radio_buttons',
    'workflow_button',
    'rich_text_input',
    ...pickers,
    ...selects,
    ...multiSelects,
  ],
  section: [
    'button',
    'checkboxes',
    'overflow',
    'radio_buttons',
    'workflow_button',
    ...pickers,
    ...selects,
    ...multiSelects,
  ],
  input: [
    'checkboxes',
    'radio_buttons',
    'plain_text_input',
    'email_text_input',
    'url_text_input',
    'number_input',
    'rich_text_input',
    'file_input',
    ...pickers,
    ...selects,
    ...multiSelects,
  ],
} as const;
