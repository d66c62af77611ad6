import { describe, expect, it } from 'vitest';
import { checkBlocks, type Surface } from '../../src/playground/check-blocks.ts';
import { checkView } from '../../src/playground/check-views.ts';
import { Refusal } from '../../src/playground/refusal.ts';
import {
  actions,
  bars,
  button,
  cell,
  chart,
  divider,
  image,
  input,
  line,
  long,
  many,
  mrkdwn,
  option,
  plain,
  section,
  select,
} from './block-parts.ts';

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
