import { describe, expect, it } from 'vitest';
import {
  actions,
  button,
  channelsSelect,
  checkboxes,
  confirm,
  context,
  conversationsSelect,
  datePicker,
  dateTimePicker,
  divider,
  emailInput,
  externalSelect,
  feedback,
  fields,
  fileInput,
  groupedSelect,
  header,
  home,
  image,
  input,
  markdown,
  message,
  modal,
  mrkdwn,
  multiChannelsSelect,
  multiConversationsSelect,
  multiExternalSelect,
  multiSelect,
  multiUsersSelect,
  numberInput,
  option,
  overflow,
  radioButtons,
  richText,
  richTextInput,
  section,
  staticSelect,
  textInput,
  timePicker,
  urlInput,
  usersSelect,
} from '../../src/slack/blocks.ts';

const long = '长'.repeat(5000);
const choices = (count: number) => Array.from({ length: count }, (_, i) => ({ text: `t${i}`, value: `v${i}` }));
const hostile = '<!channel> *x*';

describe('words', () => {
  it('shows a string as it is and reads only Mrkdwn as markup', () => {
    const lines = context([hostile, mrkdwn`*bold* ${hostile}`]);

    expect(lines.elements).toEqual([
      { type: 'plain_text', text: '<\u2060!channel> *x*' },
      { type: 'mrkdwn', text: '*bold* &lt;!channel&gt; *x*', verbatim: true },
    ]);
  });

  it('shows a dash where people left nothing', () => {
    expect(header(' \u200B ').text.text).toBe('–');
    expect(section(mrkdwn`${''}`).text?.text).toBe('–');
  });
});

describe('text for people is cut to the limit', () => {
  it.each([
    ['header', header(long).text, 150],
    ['section', section(long).text, 3000],
    ['section in markup', section(mrkdwn`${long}`).text, 3000],
    ['field', fields([long]).fields?.[0], 2000],
    ['button', button({ id: 'a', text: long }).text, 75],
    ['option', option({ text: long, value: 'v' }).text, 75],
    ['option description', option({ text: 't', value: 'v', description: long }).description, 75],
    ['confirm title', confirm({ title: long, text: 't', confirm: 'c', deny: 'd' }).title, 100],
    ['confirm text', confirm({ title: 't', text: long, confirm: 'c', deny: 'd' }).text, 300],
    ['confirm button', confirm({ title: 't', text: 't', confirm: long, deny: 'd' }).confirm, 30],
    ['label', input({ label: long, element: textInput({ id: 'a' }) }).label, 2000],
    ['hint', input({ label: 'l', hint: long, element: textInput({ id: 'a' }) }).hint, 2000],
    ['placeholder', textInput({ id: 'a', placeholder: long }).placeholder, 150],
    ['modal title', modal({ callback: 'c', title: long, blocks: [] }).title, 24],
    ['modal submit', modal({ callback: 'c', title: 't', submit: long, blocks: [] }).submit, 24],
  ])('%s', (_, text, max) => {
    expect(text?.text).toHaveLength(max);
    expect(text?.text.endsWith('…')).toBe(true);
  });

  it.each([
    ['accessibility label', button({ id: 'a', text: 't', label: long }).accessibility_label, 75],
    ['alternative text', image({ url: 'https://a.b/c.png', alt: long }).alt_text, 2000],
    ['text of a message', message({ text: long, blocks: [] }).text, 4000],
    ['a draft, to what its field takes', textInput({ id: 'a', max: 10, initial: long }).initial_value, 10],
  ])('%s', (_, text, max) => {
    expect(text).toHaveLength(max);
  });
});

describe('mistakes in the code throw', () => {
  const field = input({ label: 'l', element: textInput({ id: 'a' }) });
  const id = 'x'.repeat(256);
  it.each([
    ['a long action id', () => button({ id, text: 't' })],
    ['an empty action id', () => button({ id: '', text: 't' })],
    ['a long block id', () => divider({ blockId: id })],
    ['a long button value', () => button({ id: 'a', text: 't', value: 'x'.repeat(2001) })],
    ['a long option value', () => option({ text: 't', value: 'x'.repeat(151) })],
    ['no fields', () => fields([])],
    ['too many fields', () => fields(Array.from({ length: 11 }, () => 'f'))],
    ['too many lines of context', () => context(Array.from({ length: 11 }, () => 'f'))],
    ['too many buttons', () => actions(Array.from({ length: 26 }, (_, i) => button({ id: `a${i}`, text: 't' })))],
    ['an action id twice', () => actions([button({ id: 'a', text: 't' }), button({ id: 'a', text: 'u' })])],
    ['too many in an overflow', () => overflow({ id: 'a', choices: choices(6) })],
    ['too many radio buttons', () => radioButtons({ id: 'a', choices: choices(11) })],
    ['too many checkboxes', () => checkboxes({ id: 'a', choices: choices(11) })],
    ['too many to select', () => staticSelect({ id: 'a', choices: choices(101) })],
    ['nothing to select', () => multiSelect({ id: 'a', choices: [] })],
    ['a value twice', () => staticSelect({ id: 'a', choices: [...choices(1), ...choices(1)] })],
    ['no choice allowed', () => multiUsersSelect({ id: 'a', most: 0 })],
    ['lengths the wrong way round', () => textInput({ id: 'a', min: 5, max: 4 })],
    ['too many files', () => fileInput({ id: 'a', max: 11 })],
    ['an image that is no web address', () => image({ url: 'data:image/png;base64,', alt: 'a' })],
    ['too much markdown', () => markdown('x'.repeat(12_001))],
    ['no rich text', () => richText([])],
    ['too many blocks in a message', () => message({ text: 't', blocks: Array.from({ length: 51 }, () => divider()) })],
    [
      'too much text in a message',
      () => message({ text: 't', blocks: Array.from({ length: 5 }, () => section(long)) }),
    ],
    ['a block id twice', () => message({ text: 't', blocks: [divider({ blockId: 'a' }), divider({ blockId: 'a' })] })],
    ['too many blocks in a view', () => home({ blocks: Array.from({ length: 101 }, () => divider()) })],
    ['markdown in a view', () => home({ blocks: [markdown('x')] })],
    ['an alert on Home', () => home({ blocks: [{ type: 'alert', text: { type: 'plain_text', text: 'x' } }] })],
    ['an input without submit', () => modal({ callback: 'c', title: 't', blocks: [field] })],
    ['long metadata', () => modal({ callback: 'c', title: 't', blocks: [], metadata: 'x'.repeat(3001) })],
    ['a view of 300 kB', () => home({ blocks: Array.from({ length: 100 }, () => section(long)) })],
  ])('%s', (_, make) => {
    expect(make).toThrow(RangeError);
  });
});

describe('fields without a value are left out', () => {
  it.each([
    [
      'button',
      button({ id: 'a', text: 't' }),
      { type: 'button', action_id: 'a', text: { type: 'plain_text', text: 't' } },
    ],
    ['section', section('t'), { type: 'section', text: { type: 'plain_text', text: 't' } }],
    ['text input', textInput({ id: 'a', initial: '' }), { type: 'plain_text_input', action_id: 'a' }],
    ['users', multiUsersSelect({ id: 'a', initial: [] }), { type: 'multi_users_select', action_id: 'a' }],
  ])('%s', (_, block, expected) => {
    expect(block).toStrictEqual(expected);
  });
});

describe('elements', () => {
  const three = choices(3);
  const second = { text: { type: 'plain_text', text: 't1' }, value: 'v1' };
  it.each([
    ['static_select', staticSelect({ id: 'a', choices: three, initial: 'v1' }), { initial_option: second }],
    ['radio_buttons', radioButtons({ id: 'a', choices: three, initial: 'v1' }), { initial_option: second }],
    ['checkboxes', checkboxes({ id: 'a', choices: three, initial: ['v1', 'gone'] }), { initial_options: [second] }],
    [
      'multi_static_select',
      multiSelect({ id: 'a', choices: three, initial: ['v1'], most: 2 }),
      { initial_options: [second], max_selected_items: 2 },
    ],
    [
      'static_select',
      groupedSelect({ id: 'a', groups: [{ label: 'g', choices: three }], initial: 'v1' }),
      { initial_option: second, option_groups: [{ label: { text: 'g' } }] },
    ],
    [
      'external_select',
      externalSelect({ id: 'a', initial: { text: 't1', value: 'v1' }, minLength: 0 }),
      { initial_option: second, min_query_length: 0 },
    ],
    [
      'multi_external_select',
      multiExternalSelect({ id: 'a', initial: [{ text: 't1', value: 'v1' }] }),
      { initial_options: [second] },
    ],
    ['users_select', usersSelect({ id: 'a', initial: 'U1' }), { initial_user: 'U1' }],
    ['multi_users_select', multiUsersSelect({ id: 'a', initial: ['U1'] }), { initial_users: ['U1'] }],
    [
      'conversations_select',
      conversationsSelect({ id: 'a', kinds: ['public'], current: true }),
      { filter: { include: ['public'], exclude_bot_users: true }, default_to_current_conversation: true },
    ],
    [
      'multi_conversations_select',
      multiConversationsSelect({ id: 'a', initial: ['C1'] }),
      { initial_conversations: ['C1'] },
    ],
    ['channels_select', channelsSelect({ id: 'a', initial: 'C1' }), { initial_channel: 'C1' }],
    ['multi_channels_select', multiChannelsSelect({ id: 'a', initial: ['C1'] }), { initial_channels: ['C1'] }],
    [
      'number_input',
      numberInput({ id: 'a', decimals: false, initial: 0, min: 0, max: 9 }),
      { is_decimal_allowed: false, initial_value: '0', min_value: '0', max_value: '9' },
    ],
    ['email_text_input', emailInput({ id: 'a', initial: 'a@b.c' }), { initial_value: 'a@b.c' }],
    ['url_text_input', urlInput({ id: 'a', initial: 'https://a.b' }), { initial_value: 'https://a.b' }],
    ['rich_text_input', richTextInput({ id: 'a', minLines: 2 }), { min_lines: 2 }],
    [
      'plain_text_input',
      textInput({ id: 'a', tellOn: ['on_enter_pressed'] }),
      { dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] } },
    ],
    [
      'datepicker',
      datePicker({ id: 'a', initial: '2026-12-03', focus: true }),
      { initial_date: '2026-12-03', focus_on_load: true },
    ],
    [
      'timepicker',
      timePicker({ id: 'a', initial: '17:30', zone: 'Asia/Shanghai' }),
      { initial_time: '17:30', timezone: 'Asia/Shanghai' },
    ],
    ['datetimepicker', dateTimePicker({ id: 'a', initial: 1_796_288_400_999 }), { initial_date_time: 1_796_288_400 }],
    ['file_input', fileInput({ id: 'a', types: ['json'], max: 1 }), { filetypes: ['json'], max_files: 1 }],
    [
      'overflow',
      overflow({ id: 'a', choices: choices(1), confirm: { title: 't', text: 't', confirm: 'Withdraw', deny: 'Keep' } }),
      { confirm: { confirm: { text: 'Withdraw' } } },
    ],
  ])('%s', (type, element, expected) => {
    expect(element).toMatchObject({ type, action_id: 'a', ...expected });
  });

  it('asks for feedback with words for screen readers', () => {
    const thumb = (text: string) => ({ text, value: text, label: `${text}: AGPL` });

    const block = feedback({ id: 'f', positive: thumb('Helpful'), negative: thumb('Not helpful') });

    expect(block).toMatchObject({
      type: 'context_actions',
      elements: [
        { type: 'feedback_buttons', positive_button: { value: 'Helpful', accessibility_label: 'Helpful: AGPL' } },
      ],
    });
  });
});

describe('message', () => {
  it('escapes a text that is data', () => {
    const { text } = message({ text: 'Asked: <!channel>', blocks: [] });

    expect(text).toBe('Asked: &lt;!channel&gt;');
  });
});
