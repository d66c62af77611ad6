import { describe, expect, it } from 'vitest';
import {
  dateToken,
  instantText,
  joinWords,
  linkChannel,
  linkTo,
  markupOf,
  mentionGroup,
  mentionPerson,
  mrkdwn,
  richDate,
  safeUrl,
} from '../../src/slack/mrkdwn.ts';

const due = Date.parse('2026-12-03T09:00:00Z');
const shanghai = { locale: 'zh-CN', zone: 'Asia/Shanghai' } as const;
const berlin = { locale: 'en', zone: 'Europe/Berlin' } as const;

describe('mrkdwn', () => {
  it('escapes what is filled in and keeps what is written', () => {
    const words = mrkdwn`*Asked by* ${mentionPerson('U1')}: ${'<!channel> & co'}, ${40} lines`;

    expect(words.mrkdwn).toBe('*Asked by* <@U1>: &lt;!channel&gt; &amp; co, 40 lines');
  });

  it('joins data and markup', () => {
    const line = joinWords([linkTo('https://a.b/?c=1&d=2', 'A <b>'), 'Compliance & co']);

    expect(line.mrkdwn).toBe('<https://a.b/?c=1&amp;d=2|A &lt;b&gt;> · Compliance &amp; co');
  });

  it('escapes a string that stands alone', () => {
    expect(markupOf('<@U1>')).toBe('&lt;@U1&gt;');
  });

  it.each([
    [() => mentionPerson('U1'), '<@U1>'],
    [() => mentionGroup('S1'), '<!subteam^S1>'],
    [() => linkChannel('C1'), '<#C1>'],
  ])('token %#', (make, expected) => {
    expect(make().mrkdwn).toBe(expected);
  });

  it.each([
    () => mentionPerson('U1> <!channel'),
    () => mentionPerson('C1'),
    () => mentionGroup('U1'),
    () => linkChannel('general'),
  ])('refuses an id of the wrong kind %#', (make) => {
    expect(make).toThrow(RangeError);
  });
});

describe('links', () => {
  it.each([
    ['https://a.b/c', 'https://a.b/c'],
    ['mailto:ospo@a.b', 'mailto:ospo@a.b'],
    ['https://a.b/许可', 'https://a.b/%E8%AE%B8%E5%8F%AF'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['slack://user?id=1', undefined],
    ['/relative', undefined],
    ['', undefined],
    [`https://a.b/${'x'.repeat(3000)}`, undefined],
  ])('%s', (url, expected) => {
    expect(safeUrl(url)).toBe(expected);
  });

  it.each([
    ['an unsafe address leaves the words', 'javascript:alert(1)', 'x', 'x'],
    ['an address cannot end its own token', 'https://a.b/>|<!channel>', 'x', '<https://a.b/%3E%7C%3C!channel%3E|x>'],
    ['words cannot end it either', 'https://a.b/', 'x> <@U1', '<https://a.b/|x&gt; &lt;@U1>'],
  ])('%s', (_, url, words, expected) => {
    expect(linkTo(url, words).mrkdwn).toBe(expected);
  });
});

describe('dates', () => {
  it.each([
    ['date', berlin, '<!date^1796288400^{date_short_pretty}|Thu, 3 Dec 2026 (GMT+1)>'],
    ['dateTime', berlin, '<!date^1796288400^{date_short_pretty} {time}|Thu, 3 Dec 2026, 10:00 (GMT+1)>'],
    ['dateTime', shanghai, '<!date^1796288400^{date_short_pretty} {time}|2026年12月3日周四 17:00 (GMT+8)>'],
    ['time', shanghai, '<!date^1796288400^{time}|17:00 (GMT+8)>'],
    ['longDate', berlin, '<!date^1796288400^{date_long}|Thursday, 3 December 2026 (GMT+1)>'],
  ] as const)('%s for %o', (format, reader, expected) => {
    expect(dateToken(due, format, reader).mrkdwn).toBe(expected);
  });

  it('says the same in rich text', () => {
    const element = richDate(due, 'date', berlin);

    expect(element).toEqual({
      type: 'date',
      timestamp: 1796288400,
      format: '{date_short_pretty}',
      fallback: instantText(due, 'date', berlin),
    });
  });
});
