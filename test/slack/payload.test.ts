import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { type Entry, enteredValue, inputsOf, inputsShape } from '../../src/playground/inputs.ts';
import {
  ActionBody,
  actionOf,
  CommandBody,
  OptionsBody,
  ShortcutBody,
  SubmissionBody,
  shortcutOf,
  viewOf,
} from '../../src/slack/payload.ts';

const now = 1_795_424_400_000;
const user = { id: 'U1', username: 'mei', name: 'mei', team_id: 'T1' };
const text = (words: string) => ({ type: 'plain_text', text: words });
const options = [
  { text: text('One'), value: 'one' },
  { text: text('Two'), value: 'two' },
];

function action(more: object, element: object = { type: 'button', value: 'v' }) {
  const actions = [{ action_id: 'act', action_ts: '1.2', ...element }];
  return actionOf(ActionBody.parse({ type: 'block_actions', user, team: { id: 'T1' }, actions, ...more }), now);
}

describe('an action', () => {
  const channel = { id: 'C1', name: 'general' };

  it.each([
    [
      'on a message',
      { channel, message: { ts: '1.1', text: 'x' }, container: { type: 'message', message_ts: '1.1' } },
      { channel: 'C1', ts: '1.1', ephemeral: false },
    ],
    [
      'in a thread',
      { channel, message: { ts: '1.1', thread_ts: '1.0' }, container: { type: 'message', message_ts: '1.1' } },
      { channel: 'C1', ts: '1.1', thread: '1.0', ephemeral: false },
    ],
    [
      'on an ephemeral message, which Slack does not send back',
      { channel, container: { type: 'message', message_ts: '1.1', thread_ts: '1.0', is_ephemeral: true } },
      { channel: 'C1', ts: '1.1', thread: '1.0', ephemeral: true },
    ],
    ['in a view', { view: { id: 'V1', type: 'modal' }, container: { type: 'view', view_id: 'V1' } }, undefined],
  ])('%s', (_, more, message) => {
    expect(action(more).message).toEqual(message);
  });

  it.each([
    ['a button', { type: 'button', value: 'v' }, 'v'],
    ['a button without a value', { type: 'button' }, ''],
    ['a menu', { type: 'overflow', selected_option: { text: text('One'), value: 'one' } }, 'one'],
    ['an emptied menu', { type: 'static_select', selected_option: null }, ''],
    ['a thumb', { type: 'feedback_buttons', value: 'q/helpful' }, 'q/helpful'],
    ['an input that was entered', { type: 'plain_text_input', value: 'words' }, 'words'],
    ['an input that was emptied', { type: 'plain_text_input', value: null }, ''],
  ])('brings the value of %s', (_, element, value) => {
    expect(action({}, element).value).toBe(value);
  });

  it('says who, from which workspace, and when', () => {
    expect(action({})).toMatchObject({ person: 'U1', team: 'T1', at: now, action: 'act' });
  });

  it('may come without a workspace, as on an organization-wide installation', () => {
    expect(action({ team: null }).team).toBe('');
  });

  it.each([
    ['nobody', { actions: [{ action_id: 'act' }] }],
    ['no action', { user, actions: [] }],
  ])('is refused with %s', (_, body) => {
    expect(ActionBody.safeParse(body).success).toBe(false);
  });
});

/** The state of one element as Slack reports it after `entry` was entered; undefined: it was left alone. */
function stateOf(element: object, entry?: Entry) {
  const blocks = [{ type: 'input', block_id: 'b', element: { action_id: 'e', ...element } }];
  const inputs = inputsOf(blocks);
  if (entry !== undefined) inputs.get('b')?.set('e', enteredValue({ action_id: 'e', ...element }, entry));
  return viewOf(SubmissionBody.parse({ user, view: { id: 'V1', state: { values: inputsShape(inputs) } } }).view).values
    .b?.e;
}

describe('what a form holds', () => {
  it.each<[string, object, Entry, unknown]>([
    ['plain_text_input', {}, 'words', 'words'],
    ['email_text_input', {}, 'mei@example.com', 'mei@example.com'],
    ['url_text_input', {}, 'https://example.com', 'https://example.com'],
    ['number_input', {}, '12', '12'],
    ['radio_buttons', { options }, 'two', 'two'],
    ['static_select', { options }, 'one', 'one'],
    ['external_select', {}, { text: text('MIT'), value: 'MIT' }, 'MIT'],
    ['users_select', {}, 'U2', 'U2'],
    ['channels_select', {}, 'C2', 'C2'],
    ['conversations_select', {}, 'C2', 'C2'],
    ['checkboxes', { options }, ['one', 'two'], ['one', 'two']],
    ['multi_static_select', { options }, ['two'], ['two']],
    ['multi_external_select', {}, [{ text: text('MIT'), value: 'MIT' }], ['MIT']],
    ['multi_users_select', {}, ['U2', 'U3'], ['U2', 'U3']],
    ['multi_channels_select', {}, ['C2'], ['C2']],
    ['multi_conversations_select', {}, ['C2', 'C3'], ['C2', 'C3']],
    ['datepicker', {}, '2026-11-23', '2026-11-23'],
    ['timepicker', {}, '09:30', '09:30'],
    ['datetimepicker', {}, 1_795_424_400, '1795424400'],
  ])('%s', (type, more, entry, value) => {
    expect(stateOf({ type, ...more }, entry)).toEqual(value);
  });

  it('files by the links that open them, else by their ids', () => {
    const link = 'https://example.slack.com/files/U1/F1/sbom.json';
    const files = [{ id: 'F1', name: 'sbom.json', permalink: link }, { id: 'F2' }];
    const values = { b: { e: { type: 'file_input', files } } };

    expect(viewOf(SubmissionBody.parse({ user, view: { id: 'V1', state: { values } } }).view).values.b?.e).toEqual([
      link,
      'F2',
    ]);
  });

  it.each([
    ['plain_text_input', undefined],
    ['static_select', undefined],
    ['users_select', undefined],
    ['datepicker', undefined],
    ['datetimepicker', undefined],
    ['checkboxes', []],
    ['multi_users_select', []],
    ['multi_channels_select', []],
  ])('%s left alone', (type, value) => {
    expect(stateOf({ type, options })).toEqual(value);
  });

  it('carries what we put into it', () => {
    const view: Partial<ModalView> & { id: string; hash: string } = {
      id: 'V1',
      hash: 'h',
      callback_id: 'form',
      private_metadata: '{"draft":1}',
    };

    expect(viewOf(SubmissionBody.parse({ user, view }).view)).toEqual({
      id: 'V1',
      hash: 'h',
      callback: 'form',
      metadata: '{"draft":1}',
      values: {},
    });
  });
});

describe('a shortcut', () => {
  it('brings the message it was called on', () => {
    const body = ShortcutBody.parse({
      user,
      team: { id: 'T1' },
      trigger_id: 't',
      channel: { id: 'C1' },
      message: { ts: '1.1', thread_ts: '1.0', text: 'may we?' },
    });

    expect(shortcutOf(body, now)).toEqual({
      person: 'U1',
      team: 'T1',
      at: now,
      message: { channel: 'C1', ts: '1.1', thread: '1.0', text: 'may we?' },
    });
  });

  it('is called anywhere', () => {
    expect(shortcutOf(ShortcutBody.parse({ user, trigger_id: 't' }), now).message).toBeUndefined();
  });
});

it('a command may come without words, a type-ahead too', () => {
  expect(CommandBody.parse({ user_id: 'U1', channel_id: 'C1' }).text).toBe('');
  expect(OptionsBody.parse({ user }).value).toBe('');
});
