import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBlocks, type Surface } from '../../src/playground/check-blocks.ts';
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
