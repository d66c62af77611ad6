import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defuse,
  escapeMarkdown,
  escapeMrkdwn,
  plain,
  stripUnseen,
  truncate,
  truncateMrkdwn,
} from '../../src/slack/escape.ts';
import { hostile, shape } from './hostile.ts';

const family = '👨‍👩‍👧';

describe('stripUnseen', () => {
  it.each([
    ['controls', 'a\u0000b\u001Bc\u009Fd', 'abcd'],
    ['tab and line feed stay', 'a\tb\nc', 'a\tb\nc'],
    ['other line ends', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['zero-width space, word joiner, byte order mark, soft hyphen', 'a\u200Bb\u2060c\uFEFFd\u00ADe', 'abcde'],
    ['direction overrides', 'gpj.\u202Eexe\u2066', 'gpj.exe'],
    ['lone surrogates and noncharacters', 'a\uD800b\uDC00c\uFDD0d\uFFFFe', 'abcde'],
    ['emoji keep their joiners', family, family],
  ])('%s', (_, text, expected) => {
    const stripped = stripUnseen(text);

    expect(stripped).toBe(expected);
  });
});

describe('truncate', () => {
  it.each([
    ['short text stays', 'abc', 3, 'abc'],
    ['cut text ends in an ellipsis', 'abcdef', 4, 'abc…'],
    ['no space before the ellipsis', 'ab cdef', 4, 'ab…'],
    ['a combined emoji is kept whole', `ab${family}cd`, 11, `ab${family}…`],
    ['or goes as a whole', `ab${family}cd`, 10, 'ab…'],
    ['a surrogate pair is not cut', 'a𠮷b𠮷', 3, 'a…'],
    ['a combining accent stays with its letter', 'xe\u0301yz', 3, 'x…'],
    ['nothing fits', family, 1, '…'],
    ['Chinese', '开源合规办公室', 4, '开源合…'],
  ])('%s', (_, text, max, expected) => {
    const cut = truncate(text, max);

    expect(cut).toBe(expected);
  });

  it('refuses a maximum without room for the ellipsis', () => {
    expect(() => truncate('abc', 0)).toThrow(RangeError);
  });

  it('never exceeds the maximum, never leaves half a character', () => {
    const unit = fc.string({ unit: 'grapheme', maxLength: 60 });

    fc.assert(
      fc.property(unit, fc.integer({ min: 1, max: 80 }), (text, max) => {
        const cut = truncate(text, max);

        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
        if (text.length > max) expect(text.startsWith(cut.slice(0, -1))).toBe(true);
        else expect(cut).toBe(text);
      }),
      { seed: 20261122 },
    );
  });
});

describe('truncateMrkdwn', () => {
  it.each([
    ['a token goes as a whole', 'by <!date^1796288400^{date}|Thu> ok', 20, 'by…'],
    ['a token that fits stays', 'ab <@U123> and much more', 14, 'ab <@U123> an…'],
    ['an entity goes as a whole', 'a &lt;b', 5, 'a…'],
    ['an entity that fits stays', 'a &lt; and more', 8, 'a &lt;…'],
  ])('%s', (_, text, max, expected) => {
    const cut = truncateMrkdwn(text, max);

    expect(cut).toBe(expected);
  });
});

describe('defuse', () => {
  it.each(['<!channel>', '<!here|x>', '<!everyone>', '<!subteam^S1>', '<!date^1^{date}|x>', '<@U1>', '<@W1>', '<#C1>'])(
    'breaks %s where nobody sees it',
    (token) => {
      const broken = defuse(`a ${token} b`);

      expect(broken).not.toContain(token);
      expect(broken.replaceAll('\u2060', '')).toBe(`a ${token} b`);
    },
  );

  it.each([
    '<!-- SPDX-License-Identifier: MIT -->',
    '<!DOCTYPE html>',
    '#include <stdio.h>',
    'import <@types/node>',
    'a < b',
  ])('leaves what people copy as it is: %s', (code) => {
    expect(defuse(code)).toBe(code);
  });
});

describe('plain', () => {
  it('finds a token that was hidden behind characters nobody sees', () => {
    const shown = plain('<\u200B!channel> <\u2060@U1>');

    expect(shown).not.toMatch(shape.control);
  });

  it('counts what it adds', () => {
    const shown = plain('<!channel>'.repeat(10), 50);

    expect(shown.length).toBeLessThanOrEqual(50);
  });
});

describe('escapeMrkdwn', () => {
  it.each([
    ['R&D <b>', 'R&amp;D &lt;b&gt;'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['<\u200Bhttps://evil.example|our site>', '&lt;https://evil.example|our site&gt;'],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['@here, look', '@\u2060here, look'],
    ['mail me@example.com', 'mail me@example.com'],
    ['许可证', '许可证'],
  ])('%s', (text, expected) => {
    expect(escapeMrkdwn(text)).toBe(expected);
  });

  it('leaves no control character in any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeMrkdwn(text)).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
      }),
      { seed: 20261122 },
    );
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['heading', '# Big', '\\# Big'],
    ['list', '- x', '\\- x'],
    ['numbered list', '1. x', '1\\. x'],
    ['rule', '---', '\\---'],
    ['quote', '> x', '&gt; x'],
    ['link', '[x](y)', '\\[x\\](y)'],
    ['emphasis', '**x** _y_ ~~z~~', '\\*\\*x\\*\\* \\_y\\_ \\~\\~z\\~\\~'],
    ['code', '`x`', '\\`x\\`'],
    ['lines', 'a\n\n# b\n- c', 'a # b - c'],
    ['token', '<!channel>', '&lt;!channel&gt;'],
    ['entity', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['table', 'a | b', 'a \\| b'],
    ['address', 'see https://evil.example', 'see https:\u2060//evil.example'],
    ['address without a scheme', 'www.evil.example', 'www\u2060.evil.example'],
    ['everybody', '@channel', '@\u2060channel'],
  ])('%s', (_, text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});
