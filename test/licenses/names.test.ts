import { describe, expect, it } from 'vitest';
import { buildKnowledgeBase, knowledgeContent } from '../../src/ask/knowledge.ts';
import { createLicenseReader } from '../../src/licenses/names.ts';
import { loadShipped } from './content.ts';
import { expressionOf } from './shipped.ts';

const { licenses } = buildKnowledgeBase(await loadShipped(knowledgeContent));
const read = createLicenseReader(licenses);
/** `name=expression` for what is clear, `name?candidate|candidate` for what is not. */
const said = (text: string) =>
  read(text).map((mention) =>
    mention.kind === 'license' ? `${mention.name}=${mention.text}` : `${mention.name}?${mention.candidates.join('|')}`,
  );

const gpl = 'GPL-2.0-only|GPL-2.0-or-later|GPL-3.0-only|GPL-3.0-or-later';

describe('reading licenses in a sentence', () => {
  it.each<readonly [string, readonly string[]]>([
    ['may I use GPL-3.0-only code in our app?', ['GPL-3.0-only=GPL-3.0-only']],
    ['is apache-2.0 fine', ['apache-2.0=Apache-2.0']],
    ['MIT OR Apache-2.0 in a device', ['MIT OR Apache-2.0=MIT OR Apache-2.0']],
    ['(MIT AND ISC) OR Zlib', ['(MIT AND ISC) OR Zlib=MIT AND ISC OR Zlib']],
    [
      'GPL-2.0-only WITH Classpath-exception-2.0.',
      ['GPL-2.0-only WITH Classpath-exception-2.0=GPL-2.0-only WITH Classpath-exception-2.0'],
    ],
    ['MIT or Apache-2.0, which is better?', ['MIT=MIT', 'Apache-2.0=Apache-2.0']],
    ['what about LicenseRef-Acme', ['LicenseRef-Acme=LicenseRef-Acme']],
    ['a 0BSD package', ['0BSD=0BSD']],
    ['MPL 2.0 on a phone', ['MPL 2.0=MPL-2.0']],
    ['GPLv3 or later', ['GPLv3 or later=GPL-3.0-or-later']],
    ['GNU GPL version 2 only', ['GPL version 2 only=GPL-2.0-only']],
    ['LGPL-2.1+', ['LGPL-2.1+=LGPL-2.1-or-later']],
    ['GPLv2 或更高版本可以吗', ['GPLv2 或更高版本=GPL-2.0-or-later']],
    ['木兰宽松许可证的代码能用吗', ['木兰宽松许可证=MulanPSL-2.0']],
    ['可以用 Apache 2.0 协议的库吗', ['Apache 2.0=Apache-2.0']],
    ['用了 BUSL 的组件', ['BUSL=BUSL-1.1']],
    ['under the Boost Software License', ['Boost Software License=BSL-1.0']],
    ['MIT and MIT again, and the mit license', ['MIT=MIT']],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it.each<readonly [string, readonly string[]]>([
    ['GPL', [`GPL?${gpl}`]],
    ['GPLv3', ['GPLv3?GPL-3.0-only|GPL-3.0-or-later']],
    ['can we use GPL-3.0', ['GPL-3.0?GPL-3.0-only|GPL-3.0-or-later']],
    ['AGPL in our SaaS', ['AGPL?AGPL-3.0-only|AGPL-3.0-or-later']],
    ['bsd', ['bsd?BSD-2-Clause|BSD-3-Clause|BSD-4-Clause']],
    ['the apache license', ['apache license?Apache-1.1|Apache-2.0']],
    ['creative commons', ['creative commons?CC-BY-4.0|CC-BY-SA-4.0|CC-BY-NC-4.0|CC-BY-ND-4.0']],
    ['BSL 可以用吗', ['BSL?BUSL-1.1|BSL-1.0']],
    ['LGPL 协议', ['LGPL 协议?LGPL-2.0-only|LGPL-2.1-only|LGPL-2.1-or-later|LGPL-3.0-only|LGPL-3.0-or-later']],
  ])('never guesses: %s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it.each([
    'we run curl and jq with Python on Apache Kafka',
    'how do I parse json in ruby',
    'my driving license has expired',
    'the boost from this elastic search is fair',
    '能用 vim 吗',
    '',
  ])('sees none where none is named: %s', (text) => {
    expect(said(text)).toEqual([]);
  });

  it.each([
    ['code under the curl license', ['curl=curl']],
    ['JSON 许可证', ['JSON=JSON']],
    ['licensed under Ruby', []],
  ])('reads everyday words beside a word that says license: %s', (text, expected) => {
    expect(said(text)).toEqual(expect.arrayContaining(expected));
  });

  it('gives expressions that read back', () => {
    for (const mention of read('MIT OR Apache-2.0, GPL-2.0-only, 木兰')) {
      if (mention.kind === 'license') expect(expressionOf(mention.text)).toEqual(mention.expression);
    }
  });
});
