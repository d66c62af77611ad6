import type { Standing } from './standing.ts';
import type { Words } from './track.ts';

/** What reminders say of training; part of a list that others draw. */
export const dueTexts = {
  topic: { en: 'My training', 'zh-CN': '我的培训' },
  mandatory: {
    en: 'This training is mandatory for your work. If it does not fit, ask to be excused: a lead decides.',
    'zh-CN': '这门培训是你工作的必修课。觉得不合适，可以申请免修，由负责人决定。',
  },
  excuse: { en: 'Ask to be excused', 'zh-CN': '申请免修' },
  ranOut: {
    en: 'It has run out; quick approvals do not count it any more.',
    'zh-CN': '已经过期，快速批准不再认它。',
  },
  runsOut: {
    en: 'It runs out on that day. Renew it before.',
    'zh-CN': '到这一天就过期，请提前续上。',
  },
  modules: (n: number): Words => ({
    en: n === 1 ? 'One module.' : `${n} modules, one after the other.`,
    'zh-CN': `共 ${n} 个模块，可以分次学。`,
  }),
  left: (n: number): Words => ({
    en: n === 1 ? 'One module is left.' : `${n} modules are left.`,
    'zh-CN': `还剩 ${n} 个模块。`,
  }),
  open: ({ is }: Standing, begun: boolean): Words => {
    if (begun) return { en: 'Go on', 'zh-CN': '接着学' };
    if (is === 'renew' || is === 'expired' || is === 'current') return { en: 'Renew it', 'zh-CN': '去续期' };
    return { en: 'Start', 'zh-CN': '开始学' };
  },
};
