import { dayNear } from '../core/dates.ts';
import type { Words } from './track.ts';

/** What somebody reads whose quick approval waits for training. */
export const gateWords = {
  start: { en: 'Start it', 'zh-CN': '开始学' },
  renew: { en: 'Renew it', 'zh-CN': '去续期' },
  /** @param ended the last day on which it counted; undefined where it never did */
  why(title: Words, ended: string | undefined, today: string, minutes: number): Words {
    if (ended === undefined) {
      return {
        en: `Quick approvals need the training "${title.en}". Take it first (${minutes} minutes) and this can be approved at once.`,
        'zh-CN': `快速批准要求先完成培训“${title['zh-CN']}”。先学完（${minutes} 分钟），这类申请就能当场批准。`,
      };
    }
    const onEn = dayNear(ended, today, 'en');
    const onZh = dayNear(ended, today, 'zh-CN');
    return {
      en: `Your training "${title.en}" ran out on ${onEn}. Renew it first (${minutes} minutes) and this can be approved at once.`,
      'zh-CN': `你的培训“${title['zh-CN']}”已于 ${onZh}到期。先续期（${minutes} 分钟），这类申请就能当场批准。`,
    };
  },
};
