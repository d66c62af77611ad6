import type { Texts } from '../core/i18n.ts';

const en = {
  topic: 'What became of my approved requests',
  link: 'It is approved. Tell us its address when it is out, and what became of it.',
  release: 'It is approved. Tell us when it is released, and where.',
  outcome: 'It is out. Tell us what became of it.',
  tell: 'Tell it',
};

/** Words of the reminders after an approval. */
export const followTexts: Texts<typeof en> = {
  en,
  'zh-CN': {
    topic: '我已获批的申请后来怎样了',
    link: '申请已批准。提交出去之后，请告诉我们地址和结果。',
    release: '申请已批准。发布之后，请告诉我们发布的地址。',
    outcome: '已经提交出去了，请告诉我们结果。',
    tell: '填写结果',
  },
};
