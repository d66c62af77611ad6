import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedText } from '../../src/ask/typed.ts';

describe('what a person typed', () => {
  it.each([
    ['<@U0ASSISTANT> can we use GPL?', 'can we use GPL?'],
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['see <https://example.com/a|the page>', 'see the page (https://example.com/a)'],
    ['see <https://example.com/a|https://example.com/a>', 'see https://example.com/a'],
    ['ask in <#C0OSPO|ospo>, <!subteam^S012|@ospo> or <!here>', 'ask in #ospo, @ospo or @here'],
    ['  two\n lines   here ', 'two\n lines here'],
    ['&amp;lt;', '&lt;'],
  ])('%s', (message, typed) => {
    expect(typedText(message)).toBe(typed);
  });

  it('never throws and never grows out of hand', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => typedText(text).length <= text.length * 2 + 4),
      { seed: 20261122 },
    );
  });
});
