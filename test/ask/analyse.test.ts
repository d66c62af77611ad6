import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, createLexicon, type Lexicon } from '../../src/ask/analyse.ts';
import { clean, normalize } from '../../src/ask/plain.ts';
import { finish } from '../../src/core/steps.ts';
import { smallBase } from './base.ts';
import { shippedBase } from './shipped.ts';

const lexicon = finish(createLexicon(smallBase.concepts, smallBase.licenses));

describe('clean', () => {
  it.each([
    ['mentions', '<@U123> <!here> may I <#C9|general>', 'may i'],
    ['links', 'see <https://example.com/x|the page> or https://example.com/y?z=1 now', 'see the page or now'],
    ['emoji codes', ':wave: hi :+1::skin-tone-2: there', 'hi there'],
    ['code blocks', 'why ```rm -rf /``` so', 'why so'],
    ['an open code block', 'why ```rm -rf /', 'why'],
    ['inline code stays', 'is `MIT` ok', 'is `mit` ok'],
    ['entities', 'R&amp;D &lt;b&gt;', 'r&d b'],
    ['wide letters', 'ＭＩＴ　许可', 'mit 许可'],
    ['accents', 'naïve Café', 'naive cafe'],
    ['Traditional characters', '開源軟體許可證', '开源软体许可证'],
    ['apostrophes', "don’t what's", 'dont whats'],
    ['nothing', '  \n\t ', ''],
  ])('%s', (_, message, expected) => {
    expect(clean(message)).toBe(expected);
  });

  it('keeps a thousand characters of a paste', () => {
    const text = clean('word '.repeat(8_000));

    expect(text.length).toBe(1_000);
  });

  it('takes any string and never leaves more than a thousand characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
        expect(clean(text).length).toBeLessThanOrEqual(1_000);
      }),
      { seed: 20261122 },
    );
  });
});

describe('analyse', () => {
  it.each([
    ['stems without stop words', 'the licensing of our libraries', ['licens', 'librari']],
    ['one spelling', 'licence of the organisation', ['licens', 'organ']],
    ['short forms', 'repos and deps', ['repositori', 'depend']],
    ['one word that is two', 'opensource', ['open', 'sourc']],
    ['Han pairs, without function words', '我们可以用开源软件吗', ['用开', '开源', '源软', '软件']],
    ['a single Han character', '请问 库', ['库']],
    ['mixed text', '用了 AGPL 的库', ['用', 'agpl', '库', 'f:agpl']],
    ['numbers', 'version 42', ['version', '42']],
    ['every token once', 'test tests testing', ['test']],
    ['nothing', '?!', []],
  ])('%s', (_, text, expected) => {
    const { surface } = analyse(normalize(text), lexicon);

    expect(surface).toEqual(expected);
  });

  it.each([
    ['in English', 'who signs the contributor license agreements', ['c:cla']],
    ['in Chinese', '怎么签贡献者许可协议', ['c:cla']],
    ['over an article', 'a service we host', ['c:saas']],
    ['the longest form alone', 'my pull request', ['c:pull_request']],
    ['not across punctuation', 'my pull, request', ['c:request']],
    ['none', 'nothing of the kind', []],
  ])('finds concepts: %s', (_, text, expected) => {
    const { concepts } = analyse(normalize(text), lexicon);

    expect(concepts).toEqual(expected);
  });

  it('is deterministic and takes any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        expect(analyse(normalize(text), lexicon)).toEqual(analyse(normalize(text), lexicon));
      }),
      { seed: 20261122 },
    );
  });
});

describe('license names as they ship', () => {
  let shipped: Lexicon;
  beforeAll(async () => {
    const base = await shippedBase();
    shipped = finish(createLexicon(base.concepts, base.licenses));
  });

  it.each([
    ['GPLv3', ['gpl-3.0']],
    ['gpl3', ['gpl-3.0']],
    ['GPL 3.0', ['gpl-3.0']],
    ['GPL-3.0-only', ['gpl-3.0']],
    ['GPL-3.0-or-later', ['gpl-3.0']],
    ['GPL-3.0+', ['gpl-3.0']],
    ['GNU General Public License version 3', ['gpl-3.0']],
    ['GPL v2', ['gpl-2.0']],
    ['gpl', ['gpl']],
    ['LGPL-2.1', ['lgpl-2.1']],
    ['LGPLv3', ['lgpl-3.0']],
    ['AGPLv3', ['agpl-3.0']],
    ['affero', ['agpl']],
    ['apache 2', ['apache-2.0']],
    ['Apache License, Version 2.0', ['apache-2.0']],
    ['Apache License 2.0', ['apache-2.0']],
    ['Apache 协议', ['apache']],
    ['MPL-2.0', ['mpl-2.0']],
    ['3-clause BSD', ['bsd-3-clause']],
    ['BSD-2-Clause', ['bsd-2-clause']],
    ['0BSD', ['0bsd']],
    ['CC BY-SA 4.0', ['cc-by-sa']],
    ['CC0', ['cc0-1.0']],
    ['BUSL-1.1', ['busl-1.1']],
    ['SSPL', ['sspl']],
    ['Elastic License 2.0', ['elastic-2.0']],
    ['木兰许可证', ['mulanpsl-2.0']],
    ['MIT and ISC', ['mit', 'isc']],
  ])('%s', (text, tokens) => {
    const { licenses } = analyse(normalize(text), shipped);

    expect(licenses.map(({ license }) => license.token)).toEqual(tokens);
  });

  it.each(['my Apache server is down', 'driving license', 'upgrade python', 'boost the signal', 'elastic search heap'])(
    'no license in: %s',
    (text) => {
      const { licenses } = analyse(normalize(text), shipped);

      expect(licenses).toEqual([]);
    },
  );
});
