import type { Texts } from '../core/i18n.ts';
import type { Parts } from './texts.ts';

const en = {
  get: (n: number) => (n === 1 ? 'Get the file' : `Get ${n} files`),
  title: 'Files',
  onTheWay: 'The files are on their way: they come in our conversation, for you alone.',
  onTheWayBelow: 'The files are on their way: they come in the thread of this card, for you alone.',
  left: (n: number) => (n === 1 ? 'One more comes when you press again.' : `${n} more come when you press again.`),
  had: <W>(when: W): Parts<W> => ['You asked for these files ', when, '. They are in our conversation.'],
  none: 'No files were uploaded with this request.',
  of: (number: string) => `Files of ${number}:`,
  titled: (number: string, index: number) => `${number}, file ${index}`,
  missing: (number: string) => `Some files of ${number} I cannot hand on:`,
  oneOf: (name: string, why: string) => `${name}: ${why}`,
  unnamed: (index: number) => `File ${index}`,
  why: {
    deleted: 'its owner deleted it.',
    unseen: 'I cannot open it any more.',
    foreign: 'it does not belong to whoever gave it.',
    'too-large': 'it is larger than 20 MB.',
    failed: 'Slack did not take it.',
  },
  next: 'Ask for it again with "Ask for information" on the card. What Slack did not take, you can fetch once more.',
};

/** Words for files of requests on their way to those who decide. */
export const handingTexts: Texts<typeof en> = {
  en,
  'zh-CN': {
    get: (n) => `取 ${n} 个文件`,
    title: '文件',
    onTheWay: '文件马上发到我们的对话里，只有你能看到。',
    onTheWayBelow: '文件马上发到这张卡片的消息列里，只有你能看到。',
    left: (n) => `还有 ${n} 个，再点一次就发。`,
    had: (when) => ['你在 ', when, ' 取过这些文件，它们就在我们的对话里。'],
    none: '这个申请没有上传文件。',
    of: (number) => `${number} 的文件：`,
    titled: (number, index) => `${number} 文件 ${index}`,
    missing: (number) => `${number} 有文件没能发给你：`,
    oneOf: (name, why) => `${name}：${why}`,
    unnamed: (index) => `文件 ${index}`,
    why: {
      deleted: '上传的人已经删除了。',
      unseen: '我已经打不开了。',
      foreign: '不是提供者本人的文件。',
      'too-large': '超过 20 MB。',
      failed: 'Slack 没有收下。',
    },
    next: '可以点卡片上的“请补充信息”，请对方重新提供。Slack 没有收下的，可以再取一次。',
  },
};
