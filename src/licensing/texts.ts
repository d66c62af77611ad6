import type { Texts } from '../core/i18n.ts';

const en = {
  layers: { license: 'What the license says', policy: 'What our policy says', now: 'What to do now' },
  /** A label and what it labels. */
  labeled: (label: string, what: string) => `${label}: ${what}`,
  whichUse: 'What do you use it for?',
  assumedUnmodified: 'I took it that you do not change its code.',
  sameForAll: (ids: readonly string[]) =>
    `It is the same for ${ids.join(' and ')}. A request needs the exact one, from the LICENSE file.`,
  ifModified: 'We change it',
  ifUnmodified: 'We do not change it',
  assumedDirection: (inbound: string, outbound: string) =>
    `I took it that code under ${inbound} goes into a work under ${outbound}.`,
  otherWay: (verdict: string) => `The other way round: ${verdict}.`,
  turn: 'The other way round',
  eachIs: (license: string, verdict: string) => `${license}: ${verdict}`,
  allAlike: (verdict: string, use: string) => `${use}, whichever it is: ${verdict}.`,
  commandHelp: 'Show a license, or judge an expression for a use.',
};

/** All words of license advice in conversation; what is known of licenses has its own. */
export const texts: Texts<typeof en> = {
  en,
  'zh-CN': {
    layers: { license: '许可证怎么说', policy: '我们的政策怎么说', now: '现在怎么做' },
    labeled: (label, what) => `${label}：${what}`,
    whichUse: '用在哪里？',
    assumedUnmodified: '我按不改它的代码来回答。',
    sameForAll: (ids) => `${ids.join(' 和 ')} 的结论一样。提交申请时，以 LICENSE 文件为准填确切的编号。`,
    ifModified: '我们会改代码',
    ifUnmodified: '我们不改代码',
    assumedDirection: (inbound, outbound) => `我按 ${inbound} 的代码进入 ${outbound} 的作品来回答。`,
    otherWay: (verdict) => `反过来：${verdict}。`,
    turn: '反过来',
    eachIs: (license, verdict) => `${license}：${verdict}`,
    allAlike: (verdict, use) => `${use}，不管是哪一个：${verdict}。`,
    commandHelp: '查看一个许可证，或按用途判断一个表达式。',
  },
};
