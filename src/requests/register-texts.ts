import type { Texts } from '../core/i18n.ts';
import type { Parts } from './texts.ts';

const en = {
  found: (name: string) => `Yes: ${name} is approved, for this:`,
  several: (n: number, name: string) => `Yes: ${name} is approved, ${n} times. The latest:`,
  none: (name: string) => `I find no approval of ${name} that is in force.`,
  noneNext: 'Confidential requests are not in the register, and neither are those that are still open.',
  approved: <W>(when: W): Parts<W> => ['approved ', when],
  validUntil: <W>(when: W): Parts<W> => ['valid until ', when],
  conditions: (all: string) => `Conditions: ${all}`,
  ownUse: 'An approval holds for its use and its conditions. For another use, ask anew.',
  same: 'Request the same',
  about: (number: string) => `Request the same as ${number}`,
};

/** Words of the register of what was approved. */
export const registerTexts: Texts<typeof en> = {
  en,
  'zh-CN': {
    found: (name) => `有，${name} 已批准，范围如下：`,
    several: (n, name) => `有，${name} 批准过 ${n} 次，最近的如下：`,
    none: (name) => `没有查到 ${name} 目前有效的批准。`,
    noneNext: '保密的申请和还在审批的申请不在登记册里。',
    approved: (when) => ['批准于 ', when],
    validUntil: (when) => ['有效期至 ', when],
    conditions: (all) => `条件：${all}`,
    ownUse: '批准只对当时的用途和条件有效，用途不同请重新申请。',
    same: '同样申请一份',
    about: (number) => `按 ${number} 同样申请一份`,
  },
};
