import { describe, expect, it } from 'vitest';
import { choicesOf, chosenOf } from '../../src/playground/page/choices.ts';
import { complete, completionsFor, stored } from '../../src/playground/page/completion.ts';
import { dateToken, durationOf } from '../../src/playground/page/format.ts';
import { pageLocale, texts } from '../../src/playground/page/texts.ts';
import type { PersonInfo, Snapshot } from '../../src/playground/protocol.ts';

function person(id: string, name: string): PersonInfo {
  return { id, name, realName: name.toUpperCase(), locale: 'en-US', zone: 'UTC', playable: true, unread: 0 };
}

const snapshot: Snapshot = {
  me: 'U1',
  now: 0,
  people: [person('U1', 'employee'), person('U2', 'ospo-lead')],
  groups: [{ id: 'S1', handle: 'legal' }],
  conversations: ['general', 'ospo'].map((name) => ({
    id: `C${name}`,
    name,
    kind: 'public',
    members: [],
    archived: false,
    app: true,
    unread: 0,
    ringing: 0,
    readTo: '0',
    messages: [],
  })),
  modals: [],
  prompts: [],
  notifications: [],
  app: {
    user: 'U9',
    name: 'App',
    description: '',
    running: true,
    commands: [{ command: '/ospo', description: 'Ask', hint: '[help]' }],
    shortcuts: [],
  },
  faults: { slow: false, limited: false },
};

describe('completing what is typed', () => {
  it.each([
    ['/', ['/ospo']],
    ['/os', ['/ospo']],
    ['/ospo ', []],
    ['hello @le', ['@ospo-lead', '@legal']],
    ['hello @', ['@ospo-lead', '@employee', '@legal']],
    ['see #ge', ['#general']],
    ['a@b', []],
    ['plain', []],
  ])('%j', (draft, expected) => {
    const offered = completionsFor(draft, snapshot).map(({ insert }) => insert);

    expect(offered).toEqual(expected);
  });

  it('puts the completion in the place of the last word', () => {
    const [first] = completionsFor('hello @leg', snapshot);

    expect(first && complete('hello @leg', first)).toBe('hello @legal ');
  });
});

it.each([
  ['@ospo-lead, please', '<@U2>, please'],
  ['ask @legal.', 'ask <!subteam^S1>.'],
  ['@here', '<!here>'],
  ['in #general', 'in <#Cgeneral|general>'],
  ['mail me@legal', 'mail me@legal'],
  ['@nobody', '@nobody'],
])('sends %j as %j', (typed, expected) => {
  expect(stored(typed, snapshot)).toBe(expected);
});

it.each([
  ['en', '{date_short} at {time}', 'Nov 22, 2026 at 17:00'],
  ['zh-CN', '{date_short}', '2026年11月22日'],
  ['en', '{unknown}', '{unknown}'],
] as const)('shows a date token in %s', (locale, pattern, expected) => {
  const seconds = String(Date.UTC(2026, 10, 22, 16) / 1000);

  expect(dateToken(locale, 'Europe/Berlin', seconds, pattern, 'fallback')).toBe(expected);
});

it('falls back where a date token has no time', () => {
  expect(dateToken('en', 'UTC', 'soon', '{date}', 'fallback')).toBe('fallback');
});

it.each([
  [5 * 60_000, '5 minutes'],
  [3_600_000, '1 hour'],
  [34 * 3_600_000, '34 hours'],
  [72 * 3_600_000, '3 days'],
])('says %d ms in words', (ms, expected) => {
  expect(durationOf('en', ms)).toBe(expected);
});

it.each([
  [{ type: 'static_select', selected_option: { value: 'a' } }, ['a']],
  [{ type: 'multi_users_select', selected_users: ['U1', 'U2'] }, ['U1', 'U2']],
  [{ type: 'checkboxes', selected_options: [{ value: 'a' }, { value: 'b' }] }, ['a', 'b']],
  [{ type: 'radio_buttons', selected_option: null }, []],
])('reads what was chosen from %j', (value, expected) => {
  expect(chosenOf(value)).toEqual(expected);
});

it('offers people, channels and grouped options', () => {
  const text = (label: string) => ({ type: 'plain_text', text: label });
  const group = { label: text('Group'), options: [{ text: text('One'), value: '1' }] };

  const people = choicesOf({ type: 'users_select' }, snapshot);
  const channels = choicesOf({ type: 'multi_channels_select' }, snapshot);
  const options = choicesOf({ type: 'static_select', option_groups: [group] }, snapshot);

  expect(people.map(({ value }) => value)).toEqual(['U1', 'U2']);
  expect(channels.map((each) => each.text)).toEqual(['#general', '#ospo']);
  expect(options).toEqual([{ value: '1', text: 'One', description: '', group: 'Group' }]);
});

it('speaks the language that was asked for, else the browser’s', () => {
  expect(pageLocale('zh', 'en-US')).toBe('zh-CN');
  expect(pageLocale(null, 'zh-TW')).toBe('zh-CN');
  expect(pageLocale(null, 'fr')).toBe('en');
  expect(texts['zh-CN'].steps).toHaveLength(texts.en.steps.length);
});
