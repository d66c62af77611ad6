import type { Texts } from '../core/i18n.ts';

const en = {
  bug: (reference: string) =>
    `Something went wrong on our side, and nothing was changed. Try again; if it happens twice, tell the open source office the reference ${reference}.`,
  notOpened: 'Slack did not open the form in time. Nothing is lost: open it again.',
  openAgain: 'Open it again',
  problemTitle: 'That did not work',
  close: 'Close',
};

/** Words of the Slack adapter itself: what did not work, and what to do. */
export const texts: Texts<typeof en> = {
  en,
  'zh-CN': {
    bug: (reference) =>
      `我们这边出了问题，没有做任何改动。请再试一次；如果再次出错，请把编号 ${reference} 告诉开源项目办公室。`,
    notOpened: 'Slack 没能及时打开表单。内容没有丢失，再打开一次就好。',
    openAgain: '重新打开',
    problemTitle: '没有成功',
    close: '关闭',
  },
};
