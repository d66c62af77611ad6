import type { Texts } from '../core/i18n.ts';
import type { Words } from './type.ts';

/** Why a request that might have passed by itself goes to people. */
export const whyPeople = {
  notAdopted: {
    en: 'The open source office has not adopted this form yet, so nothing passes by itself.',
    'zh-CN': '开源办还没有启用这份表单，所以不会自动批准。',
  },
  training: {
    en: 'The training that quick approvals ask for is not current.',
    'zh-CN': '快速批准所要求的培训不在有效期内。',
  },
  unknown: {
    en: 'Not everything that the rules look at is known.',
    'zh-CN': '规则要看的信息不全。',
  },
} as const satisfies Record<string, Words>;

interface AnswerTexts {
  readonly missing: string;
  readonly chooseOne: string;
  readonly unknownChoice: string;
  readonly alone: string;
  readonly tick: string;
  readonly tooLong: (most: string, now: string) => string;
  readonly tooLarge: (most: string) => string;
  readonly wholeNumber: string;
  readonly date: string;
  readonly url: string;
  readonly purl: string;
  readonly person: string;
  readonly license: string;
  readonly noLicense: (ids: string) => string;
  readonly yes: string;
  readonly no: string;
}

/** What is wrong with an answer, beside its field: what happened and what to do, in one line. */
export const answerTexts: Texts<AnswerTexts> = {
  en: {
    missing: 'This is needed. Please fill it in.',
    chooseOne: 'Please choose an answer.',
    unknownChoice: 'This answer is no longer offered. Choose another one.',
    alone: 'This answer stands alone: take it out, or take out the others.',
    tick: 'Please confirm this to go on.',
    tooLong: (most, now) => `At most ${most} characters; these are ${now}. Shorten it, or link to the long version.`,
    tooLarge: (most) => `At most ${most}.`,
    wholeNumber: 'Write a whole number in digits, like 40.',
    date: 'Write a date that exists, like 2026-12-31.',
    url: 'Write a full address that starts with https://.',
    purl: 'Write a package URL with type and name, like pkg:npm/left-pad@1.3.0.',
    person: 'Choose a person from the list.',
    license: 'Write the SPDX id from the LICENSE file, like Apache-2.0, or an expression like MIT OR Apache-2.0.',
    noLicense: (ids) =>
      `Not in the SPDX list: ${ids}. Take the id from the LICENSE file, like Apache-2.0 or GPL-3.0-only.`,
    yes: 'yes',
    no: 'no',
  },
  'zh-CN': {
    missing: '这一项必填，请补上。',
    chooseOne: '请选择一个答案。',
    unknownChoice: '这个选项已经没有了，请另选一个。',
    alone: '这个选项只能单选：去掉它，或者去掉其他选项。',
    tick: '请先勾选确认，再继续。',
    tooLong: (most, now) => `最多 ${most} 个字符，现在有 ${now} 个。请精简，或者附上完整版的链接。`,
    tooLarge: (most) => `最大为 ${most}。`,
    wholeNumber: '请填整数，例如 40。',
    date: '请填存在的日期，例如 2026-12-31。',
    url: '请填以 https:// 开头的完整地址。',
    purl: '请填带类型和名称的 package URL，例如 pkg:npm/left-pad@1.3.0。',
    person: '请从列表里选择人员。',
    license: '请填 LICENSE 文件对应的 SPDX 标识，例如 Apache-2.0，或者 MIT OR Apache-2.0 这样的表达式。',
    noLicense: (ids) => `SPDX 清单里没有：${ids}。请按 LICENSE 文件填写标识，例如 Apache-2.0、GPL-3.0-only。`,
    yes: '是',
    no: '否',
  },
};
