import { beforeAll, describe, expect, it } from 'vitest';
import type { Licenses } from '../../src/licenses/licenses.ts';
import type { LicenseMention } from '../../src/licenses/names.ts';
import { followUp, readQuestion } from '../../src/licensing/question.ts';
import { shippedLicensesWithNames } from './licenses.ts';

let licenses: Licenses;
beforeAll(async () => {
  licenses = await shippedLicensesWithNames(true);
});

function read(text: string) {
  return readQuestion(text, licenses.mentionedIn);
}

function nameOf(mention: LicenseMention): string {
  return mention.kind === 'license' ? mention.text : mention.candidates.join('|');
}

describe('a question on one license', () => {
  it.each([
    ['can we use MIT in our SaaS?', 'MIT', 'server', undefined],
    ['我们的后端能用 MPL-2.0 的库吗', 'MPL-2.0', 'server', undefined],
    ['MPL-2.0 能不能用在我们卖的设备里', 'MPL-2.0', 'embedded', undefined],
    ['what must I do to ship MIT code?', 'MIT', 'installable', undefined],
    ['can we put ISC code in our app store app', 'ISC', 'installable', undefined],
    ['is Apache-2.0 ok in firmware that we patched', 'Apache-2.0', 'embedded', true],
    ['can an internal service use AGPL-3.0-only unmodified', 'AGPL-3.0-only', 'internal', false],
    ['内部系统能用 AGPL-3.0-only 吗，我们改过代码', 'AGPL-3.0-only', 'internal', true],
    ['can we use MIT OR GPL-3.0-only in the browser', 'MIT OR GPL-3.0-only', 'client', undefined],
    [
      'can we use a GPL library in our backend',
      'GPL-2.0-only|GPL-2.0-or-later|GPL-3.0-only|GPL-3.0-or-later',
      'server',
      undefined,
    ],
  ])('%s', (text, license, use, modified) => {
    const question = read(text);

    expect(question).toMatchObject({ standing: 'sure', about: 'one' });
    if (question?.about !== 'one') return;
    expect([nameOf(question.license), question.use, question.modified]).toEqual([license, use, modified]);
  });

  it.each([
    'what is MulanPSL-2.0',
    'MIT',
    'license MIT',
    'license curl',
    'MulanPSL-2.0 是什么',
    'isc license obligations',
    'GPL-2.0-only WITH Classpath-exception-2.0',
  ])('%s: asks what it is, whatever the use', (text) => {
    expect(read(text)).toMatchObject({ standing: 'sure', about: 'one', itself: true });
  });

  it('says no use where it may be one of several', () => {
    expect(read('can we use MIT in our backend and our mobile app')).not.toHaveProperty('use');
  });
});

describe('a question on two licenses', () => {
  it.each([
    ['can Apache-2.0 code go into a GPL-2.0-only project', 'Apache-2.0', 'GPL-2.0-only', true],
    ['can a GPL-2.0-only project use Apache-2.0 code', 'Apache-2.0', 'GPL-2.0-only', true],
    ['Apache-2.0 的代码能放进 GPL-2.0-only 项目吗', 'Apache-2.0', 'GPL-2.0-only', true],
    ['GPL-2.0-only 的项目里能用 Apache-2.0 的代码吗', 'Apache-2.0', 'GPL-2.0-only', true],
    ['is Apache-2.0 compatible with GPL-2.0-only?', 'Apache-2.0', 'GPL-2.0-only', false],
    ['MIT 和 GPL-3.0-only 兼容吗', 'MIT', 'GPL-3.0-only', false],
    ['MIT 的代码能不能和 GPL-3.0-only 的合在一起', 'MIT', 'GPL-3.0-only', false],
  ])('%s', (text, inbound, outbound, directed) => {
    const question = read(text);

    expect(question).toMatchObject({ standing: 'sure', about: 'pair', directed });
    if (question?.about !== 'pair') return;
    expect([nameOf(question.inbound), nameOf(question.outbound)]).toEqual([inbound, outbound]);
  });
});

describe('what the handbook knows better', () => {
  it.each([
    'who signs the MIT CLA',
    'AGPL-3.0 request stuck',
    'should our new library be MIT or Apache-2.0',
    'how do I get approval to contribute to a GPL-3.0 project',
    '怀疑我们发布的固件没遵守 GPL-2.0，先做什么',
    `${'we have a long story about this product. '.repeat(6)}can we use MIT?`,
  ])('%s', (text) => {
    expect(read(text)?.standing).toBe('named');
  });

  it.each(['how do I contribute a bug fix', 'MIT offers a course, who pays', '怎么申请参加开源会议'])(
    'names no license for sure: %s',
    (text) => {
      expect(read(text)?.standing).not.toBe('sure');
    },
  );
});

describe('a question that leans on the one before', () => {
  it.each([
    ['and for LGPL?', 'can we use AGPL in our SaaS?', 'can we use LGPL in our SaaS?'],
    ['那 LGPL 呢？', '我们的 SaaS 能用 AGPL 吗', '我们的 SaaS 能用 LGPL 吗'],
    ['and in firmware?', 'can we use MIT in our SaaS?', 'can we use MIT in our firmware?'],
    ['what if we patch it', 'can we use MIT in our SaaS?', 'can we use MIT in our SaaS? what if we patch it'],
    [
      'and for documentation?',
      'how do I contribute code upstream',
      'how do I contribute code upstream and for documentation?',
    ],
    ['and MIT?', 'is Apache-2.0 compatible with GPL-2.0-only?', 'is Apache-2.0 compatible with MIT?'],
  ])('%s', (text, before, meant) => {
    expect(followUp(text, before, licenses.mentionedIn)?.meant).toBe(meant);
  });

  it.each([
    { text: 'and for LGPL?', says: { license: true, use: false, modified: false } },
    { text: 'and in firmware?', says: { license: false, use: true, modified: false } },
    { text: '那改过的 LGPL 呢？', says: { license: true, use: false, modified: true } },
  ])('says itself: $text', ({ text, says }) => {
    expect(followUp(text, 'what does AGPL demand?', licenses.mentionedIn)?.says).toEqual(says);
  });

  it.each(['how do I release a project?', 'can we use MIT in our app?', 'and GPL-2.0-only into Apache-2.0?'])(
    'is none that stands alone: %s',
    (text) => {
      expect(followUp(text, 'can we use AGPL in our SaaS?', licenses.mentionedIn)).toBeUndefined();
    },
  );
});
