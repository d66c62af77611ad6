import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBlocks, type Surface } from '../../src/playground/check-blocks.ts';
import { checkView } from '../../src/playground/check-views.ts';
import { Refusal } from '../../src/playground/refusal.ts';

const long = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const many = (count: number, of: object) =>
  Array.from({ length: count }, (_, index) => ({ ...of, action_id: `a${index}` }));

const divider = { type: 'divider' };
const section = (more: object) => ({ type: 'section', text: mrkdwn('text'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain('label'), element, ...more });
const button = { type: 'button', text: plain('Go'), action_id: 'go' };
const option = (value: string, text = value) => ({ text: plain(text), value });
const select = (more: object) => ({ type: 'static_select', action_id: 's', options: [option('a')], ...more });
const line = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' };
const cell = { type: 'raw_text', text: 'cell' };
const chart = (more: object) => ({
  type: 'data_visualization',
  title: 'Chart',
  chart: { type: 'pie', segments: [{ label: 'a', value: 1 }], ...more },
});
const bars = (categories: string[], labels: string[]) => ({
  type: 'data_visualization',
  title: 'Bars',
  chart: {
    type: 'bar',
    series: [{ name: 's', data: labels.map((label) => ({ label, value: 1 })) }],
    axis_config: { categories },
  },
});

describe('blocks that Slack refuses', () => {
  // Sources: docs.slack.dev/reference/block-kit, @slack/types 3.2, and the registry of nicklambourne/slackblocks.
  it.each<[string, Surface, readonly unknown[], string]>([
    ['an unknown block', 'message', [{ type: 'banner' }], 'unsupported type: banner'],
    ['no block', 'message', ['text'], 'must provide an object'],
    ['51 blocks in a message', 'message', Array(51).fill(divider), 'no more than 50 items'],
    ['101 blocks in a modal', 'modal', Array(101).fill(divider), 'no more than 100 items'],
    ['markdown in a modal', 'modal', [{ type: 'markdown', text: 'x' }], 'unsupported type: markdown'],
    ['a table on the Home tab', 'home', [{ type: 'table', rows: [[cell]] }], 'unsupported type: table'],
    ['an alert in a message', 'message', [{ type: 'alert', text: plain('x') }], 'unsupported type: alert'],
    ['feedback in a modal', 'modal', [{ type: 'context_actions', elements: [] }], 'unsupported type: context_actions'],
    ['a file block', 'message', [{ type: 'file', source: 'remote', external_id: 'x' }], 'unsupported type: file'],
    ['an unknown field', 'message', [section({ colour: 'red' })], 'invalid additional property: colour'],
    [
      'an unknown field in a text',
      'message',
      [section({ text: { ...mrkdwn('x'), emoji: true } })],
      'invalid additional property: emoji',
    ],
    [
      'an undefined option field',
      'modal',
      [input(select({ options: [{ ...option('a'), label: 'x' }] }))],
      'invalid additional property: label',
    ],
    ['a section without text and fields', 'message', [{ type: 'section' }], 'must provide text or fields'],
    ['an empty text', 'message', [section({ text: mrkdwn('') })], 'must be more than 0 characters'],
    ['a section of 3001 characters', 'message', [section({ text: mrkdwn(long(3001)) })], 'must be less than 3001'],
    ['a field of 2001 characters', 'message', [section({ fields: [mrkdwn(long(2001))] })], 'must be less than 2001'],
    ['11 fields', 'message', [section({ fields: Array(11).fill(mrkdwn('x')) })], 'no more than 10 items'],
    ['a header in mrkdwn', 'message', [{ type: 'header', text: mrkdwn('x') }], 'unsupported type: mrkdwn'],
    ['a header of 151 characters', 'message', [{ type: 'header', text: plain(long(151)) }], 'must be less than 151'],
    [
      '11 elements of context',
      'message',
      [{ type: 'context', elements: Array(11).fill(mrkdwn('x')) }],
      'no more than 10 items',
    ],
    ['a button in context', 'message', [{ type: 'context', elements: [button] }], 'unsupported type: button'],
    ['26 buttons', 'message', [actions(...many(26, button))], 'no more than 25 items'],
    [
      'a button text of 76 characters',
      'message',
      [actions({ ...button, text: plain(long(76)) })],
      'must be less than 76',
    ],
    ['a button text in mrkdwn', 'message', [actions({ ...button, text: mrkdwn('x') })], 'unsupported type: mrkdwn'],
    [
      'a button value of 2001 characters',
      'message',
      [actions({ ...button, value: long(2001) })],
      'must be less than 2001',
    ],
    ['an empty button value', 'message', [actions({ ...button, value: '' })], 'must be more than 0'],
    [
      'a button in another style',
      'message',
      [actions({ ...button, style: 'default' })],
      'must be one of primary, danger',
    ],
    [
      'an action_id of 256 characters',
      'message',
      [actions({ ...button, action_id: long(256) })],
      'must be less than 256',
    ],
    ['a block_id of 256 characters', 'message', [{ ...divider, block_id: long(256) }], 'must be less than 256'],
    [
      'the same block_id twice',
      'message',
      [
        { ...divider, block_id: 'b' },
        { ...divider, block_id: 'b' },
      ],
      'block_id already exists: b',
    ],
    ['the same action_id twice in a block', 'message', [actions(button, button)], 'action_id already exists: go'],
    [
      'a confirm title of 101 characters',
      'message',
      [actions({ ...button, confirm: { title: plain(long(101)), text: plain('x') } })],
      'must be less than 101',
    ],
    [
      'a confirm without text',
      'message',
      [actions({ ...button, confirm: { title: plain('x') } })],
      'missing required field: text',
    ],
    [
      'a confirm button of 31 characters',
      'message',
      [actions({ ...button, confirm: { text: plain('x'), deny: plain(long(31)) } })],
      'must be less than 31',
    ],
    [
      'a plain text input in actions',
      'modal',
      [actions({ type: 'plain_text_input', action_id: 'p' })],
      'unsupported type: plain_text_input',
    ],
    ['a button in an input', 'modal', [input(button)], 'unsupported type: button'],
    ['an input without a label', 'modal', [{ type: 'input', element: select({}) }], 'missing required field: label'],
    [
      'a file input outside modals',
      'home',
      [input({ type: 'file_input', action_id: 'f' })],
      'unsupported type: file_input',
    ],
    [
      '101 options',
      'modal',
      [input(select({ options: Array.from({ length: 101 }, (_, at) => option(`${at}`)) }))],
      'no more than 100 items',
    ],
    ['no options', 'modal', [input(select({ options: [] }))], 'no less than 1 items'],
    [
      'options and groups',
      'modal',
      [input(select({ option_groups: [{ label: plain('g'), options: [option('a')] }] }))],
      'either options or option_groups',
    ],
    [
      'an initial option that is not offered',
      'modal',
      [input(select({ initial_option: option('b') }))],
      'initial options must match',
    ],
    [
      'an option text of 76 characters',
      'modal',
      [input(select({ options: [option('a', long(76))] }))],
      'must be less than 76',
    ],
    [
      'an option value of 151 characters',
      'modal',
      [input(select({ options: [option(long(151), 'a')] }))],
      'must be less than 151',
    ],
    [
      'an option without a value',
      'modal',
      [input(select({ options: [{ text: plain('a') }] }))],
      'missing required field: value',
    ],
    [
      'mrkdwn in a menu',
      'modal',
      [input(select({ options: [{ text: mrkdwn('a'), value: 'a' }] }))],
      'unsupported type: mrkdwn',
    ],
    [
      'a placeholder of 151 characters',
      'modal',
      [input(select({ placeholder: plain(long(151)) }))],
      'must be less than 151',
    ],
    [
      '6 overflow options',
      'message',
      [
        section({
          accessory: { type: 'overflow', action_id: 'o', options: [1, 2, 3, 4, 5, 6].map((n) => option(`${n}`)) },
        }),
      ],
      'no more than 5 items',
    ],
    [
      '11 checkboxes',
      'modal',
      [input({ type: 'checkboxes', action_id: 'c', options: Array.from({ length: 11 }, (_, at) => option(`${at}`)) })],
      'no more than 10 items',
    ],
    [
      'a number input that does not say whether decimals are allowed',
      'modal',
      [input({ type: 'number_input', action_id: 'n' })],
      'missing required field: is_decimal_allowed',
    ],
    [
      'a longest text of 3001',
      'modal',
      [input({ type: 'plain_text_input', action_id: 'p', max_length: 3001 })],
      'must be between 1 and 3000',
    ],
    [
      'a shortest text over the longest',
      'modal',
      [input({ type: 'plain_text_input', action_id: 'p', min_length: 5, max_length: 4 })],
      'min_length must not be more',
    ],
    [
      'a date in another format',
      'modal',
      [input({ type: 'datepicker', action_id: 'd', initial_date: '1.2.2026' })],
      'does not match',
    ],
    ['11 files', 'modal', [input({ type: 'file_input', action_id: 'f', max_files: 11 })], 'must be between 1 and 10'],
    [
      'an empty conversation filter',
      'modal',
      [input({ type: 'conversations_select', action_id: 'c', filter: {} })],
      'filter must not be empty',
    ],
    [
      'an image without alt_text',
      'message',
      [{ type: 'image', image_url: 'https://example.com' }],
      'missing required field: alt_text',
    ],
    ['an image from nowhere', 'message', [{ type: 'image', alt_text: 'a' }], 'either image_url or slack_file'],
    [
      'a title on an image element',
      'message',
      [section({ accessory: { ...image, title: plain('x') } })],
      'invalid additional property: title',
    ],
    ['a rich text element without text', 'message', [line({ type: 'text' })], 'missing required field: text'],
    ['an empty rich text', 'message', [line({ type: 'text', text: '' })], 'must be more than 0'],
    [
      'an unknown style of rich text',
      'message',
      [line({ type: 'text', text: 'x', style: { blink: true } })],
      'invalid additional property: blink',
    ],
    [
      'two tables',
      'message',
      [
        { type: 'table', rows: [[cell]] },
        { type: 'table', rows: [[cell]] },
      ],
      'only_one_table_allowed',
    ],
    ['a table of 101 rows', 'message', [{ type: 'table', rows: Array(101).fill([cell]) }], 'no more than 100 items'],
    ['a table of 21 columns', 'message', [{ type: 'table', rows: [Array(21).fill(cell)] }], 'no more than 20 items'],
    [
      'a data table without a caption',
      'message',
      [{ type: 'data_table', rows: [[cell], [cell]] }],
      'missing required field: caption',
    ],
    [
      'a data table with only its header',
      'message',
      [{ type: 'data_table', caption: 'c', rows: [[cell]] }],
      'no less than 2 items',
    ],
    [
      'rows of different length',
      'message',
      [{ type: 'data_table', caption: 'c', rows: [[cell], [cell, cell]] }],
      'same number of cells',
    ],
    ['three charts', 'message', Array(3).fill(chart({})), 'no more than 2 charts'],
    [
      'a pie of 13 pieces',
      'message',
      [chart({ segments: Array.from({ length: 13 }, (_, at) => ({ label: `${at}`, value: 1 })) })],
      'no more than 12 items',
    ],
    ['a piece of nothing', 'message', [chart({ segments: [{ label: 'a', value: 0 }] })], 'must be between'],
    [
      'pieces of the same name',
      'message',
      [
        chart({
          segments: [
            { label: 'a', value: 1 },
            { label: 'a', value: 2 },
          ],
        }),
      ],
      'names must be unique',
    ],
    ['bars beside their categories', 'message', [bars(['a', 'b'], ['a', 'c'])], 'data labels must match'],
    [
      'a card with nothing in it',
      'message',
      [{ type: 'card', subtitle: mrkdwn('x') }],
      'must provide hero_image, title, body or actions',
    ],
    ['a card body of 201 characters', 'home', [{ type: 'card', body: mrkdwn(long(201)) }], 'must be less than 201'],
    [
      '11 cards',
      'home',
      [{ type: 'carousel', elements: Array(11).fill({ type: 'card', title: mrkdwn('x') }) }],
      'no more than 10 items',
    ],
    [
      'a markdown block in a container',
      'message',
      [{ type: 'container', child_blocks: [{ type: 'markdown', text: 'x' }] }],
      'unsupported type: markdown',
    ],
    [
      'a fault deep in a container',
      'message',
      [{ type: 'container', child_blocks: [{ type: 'section' }] }],
      'must provide text or fields',
    ],
    [
      'feedback without a value',
      'message',
      [
        {
          type: 'context_actions',
          elements: [
            {
              type: 'feedback_buttons',
              positive_button: { text: plain('y') },
              negative_button: { text: plain('n'), value: 'n' },
            },
          ],
        },
      ],
      'missing required field: value',
    ],
    [
      'another icon',
      'message',
      [{ type: 'context_actions', elements: [{ type: 'icon_button', icon: 'star', text: plain('x') }] }],
      'must be one of trash',
    ],
  ])('%s', (_, surface, blocks, problem) => {
    const { problems } = checkBlocks(blocks, surface, '/blocks');

    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});

describe('blocks that Slack takes', () => {
  it.each<[string, Surface, readonly unknown[]]>([
    [
      'every limit at its edge',
      'message',
      [
        section({
          text: mrkdwn(long(3000)),
          fields: Array(10).fill(mrkdwn('x')),
          accessory: { ...button, value: long(2000) },
        }),
        { type: 'header', text: plain('\u{1F600}'.repeat(150)), block_id: long(255) },
        actions(...many(25, { ...button, text: plain(long(75)), style: 'primary' })),
      ],
    ],
    ['50 blocks', 'message', Array(50).fill(divider)],
    ['100 blocks', 'home', Array(100).fill(divider)],
    ['the same action_id in two blocks', 'message', [actions(button), actions(button)]],
    [
      'rich text',
      'message',
      [
        line(
          { type: 'text', text: 'a', style: { bold: true } },
          { type: 'user', user_id: 'U1' },
          { type: 'link', url: 'https://example.com' },
          { type: 'emoji', name: 'eyes' },
        ),
      ],
    ],
    [
      'lists, quotes and code',
      'modal',
      [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_list',
              style: 'bullet',
              indent: 1,
              elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
            },
            { type: 'rich_text_quote', elements: [{ type: 'text', text: 'a' }], border: 1 },
            { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a' }] },
          ],
        },
      ],
    ],
    [
      'an answer with feedback',
      'message',
      [
        { type: 'markdown', text: '# Title\n- point' },
        { type: 'context', elements: [mrkdwn('source'), image] },
        {
          type: 'context_actions',
          elements: [
            {
              type: 'feedback_buttons',
              action_id: 'f',
              positive_button: { text: plain('Good'), value: 'y' },
              negative_button: { text: plain('Bad'), value: 'n' },
            },
            { type: 'icon_button', action_id: 'd', icon: 'trash', text: plain('Delete') },
          ],
        },
      ],
    ],
    [
      'a chart, a table and a data table',
      'message',
      [
        chart({}),
        bars(['a', 'b'], ['a', 'b']),
        { type: 'table', rows: [[cell]] },
        { type: 'data_table', caption: 'c', rows: [[cell], [{ type: 'raw_number', value: 1, text: '1' }]] },
      ],
    ],
    [
      'a container and a carousel',
      'message',
      [
        {
          type: 'container',
          title: plain('More'),
          is_collapsible: true,
          default_collapsed: true,
          child_blocks: [section({}), divider],
        },
        { type: 'carousel', elements: [{ type: 'card', title: mrkdwn('x'), actions: [button] }] },
      ],
    ],
    [
      'every input',
      'modal',
      [
        input(select({ initial_option: option('a') })),
        input({
          type: 'multi_static_select',
          action_id: 'm',
          option_groups: [{ label: plain('g'), options: [option('a')] }],
        }),
        input(
          { type: 'external_select', action_id: 'e', min_query_length: 0, placeholder: plain('p') },
          { dispatch_action: true, optional: true },
        ),
        input({ type: 'users_select', action_id: 'u' }),
        input({
          type: 'multi_conversations_select',
          action_id: 'c',
          filter: { include: ['public'] },
          default_to_current_conversation: true,
        }),
        input({ type: 'datepicker', action_id: 'd', initial_date: '2026-11-22' }, { hint: plain('h') }),
        input({ type: 'timepicker', action_id: 't', initial_time: '09:30' }),
        input({
          type: 'plain_text_input',
          action_id: 'p',
          multiline: true,
          min_length: 1,
          max_length: 3000,
          focus_on_load: true,
        }),
        input({ type: 'number_input', action_id: 'n', is_decimal_allowed: false, min_value: '1', max_value: '9' }),
        input({ type: 'email_text_input', action_id: 'm' }),
        input({ type: 'url_text_input', action_id: 'l' }),
        input({ type: 'rich_text_input', action_id: 'r' }),
        input({ type: 'file_input', action_id: 'f', max_files: 1 }),
        input({
          type: 'checkboxes',
          action_id: 'k',
          options: [{ text: mrkdwn('*a*'), value: 'a', description: plain('d') }],
        }),
        input({ type: 'radio_buttons', action_id: 'o', options: [option('a')] }),
      ],
    ],
  ])('%s', (_, surface, blocks) => {
    const { problems } = checkBlocks(blocks, surface, '/blocks');

    expect(problems).toEqual([]);
  });

  it('never throws, whatever an app sends, and refuses what is no block', () => {
    const junk = fc.array(fc.anything({ maxDepth: 3 }), { minLength: 1, maxLength: 4 });

    fc.assert(
      fc.property(junk, fc.constantFrom<Surface>('message', 'modal', 'home'), (blocks, surface) => {
        expect(checkBlocks(blocks, surface, '/blocks').problems).not.toEqual([]);
      }),
      { seed: 20261122 },
    );
  });
});

describe('views', () => {
  const modal = (more: object) => ({ type: 'modal', title: plain('A form'), blocks: [divider], ...more });
  const code = (run: () => unknown) => {
    try {
      run();
      return 'ok';
    } catch (error) {
      return error instanceof Refusal ? error.code : String(error);
    }
  };

  it.each([
    [
      'ok',
      'modal',
      modal({ submit: plain('Send'), close: plain('Cancel'), private_metadata: long(3000), callback_id: long(255) }),
    ],
    ['ok', 'home', { type: 'home', blocks: [divider] }],
    ['invalid_arguments', 'modal', modal({ title: plain(long(25)) })],
    ['invalid_arguments', 'modal', modal({ title: undefined })],
    ['invalid_arguments', 'modal', modal({ submit: plain(long(25)) })],
    ['invalid_arguments', 'modal', modal({ close: plain(long(25)) })],
    ['invalid_arguments', 'modal', modal({ private_metadata: long(3001) })],
    ['invalid_arguments', 'modal', modal({ callback_id: long(256) })],
    ['invalid_arguments', 'modal', modal({ external_id: long(256) })],
    ['invalid_arguments', 'modal', modal({ blocks: [] })],
    ['invalid_arguments', 'modal', modal({ colour: 'red' })],
    ['invalid_arguments', 'modal', modal({ type: 'home' })],
    ['invalid_arguments', 'modal', modal({ blocks: [input({ type: 'plain_text_input', action_id: 'p' })] })],
    [
      'invalid_arguments',
      'modal',
      modal({
        submit: plain('Send'),
        blocks: ['a', 'b'].map((action_id) => input({ type: 'plain_text_input', action_id, focus_on_load: true })),
      }),
    ],
    ['invalid_arguments', 'home', { type: 'home', title: plain('Home'), blocks: [divider] }],
    ['invalid_arguments', 'home', { type: 'home', blocks: [{ type: 'markdown', text: 'x' }] }],
    ['view_too_large', 'modal', modal({ blocks: Array(100).fill(section({ text: mrkdwn(long(2600)) })) })],
  ] as const)('%s: %s', (expected, surface, view) => {
    const found = code(() => checkView(view, surface));

    expect(found).toBe(expected);
  });
});
