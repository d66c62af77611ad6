import type { Texts } from '../core/i18n.ts';

/** A sentence in pieces, so that names and times are filled in as the surface needs them: mentions and date tokens, or words. */
export type Parts<W> = readonly (string | W)[];

const en = {
  /* the message */
  fromOffice: (kind: string) => `${kind} · from the open source office`,
  onlyEn: 'There is no Chinese text of this, so you get the English one.',
  onlyZh: 'There is no English text of this, so you get the Chinese one.',
  changed: <W>(when: W): Parts<W> => ['Changed ', when, '.'],
  confirmRead: 'I have read this',
  confirmLabel: (title: string) => `I have read: ${title}`,
  confirmed: <W>(when: W): Parts<W> => ['You confirmed ', when, ' that you have read this.'],
  readAgain: 'It has changed in a way that matters: please read it again.',
  askAbout: 'Ask about it',
  readArticle: 'Read the article',
  inOther: 'Read it in Chinese',
  withdrawn: <W>(when: W): Parts<W> => ['This announcement was withdrawn ', when, '.'],
  withdrawnWhy: (reason: string) => `Why: ${reason}`,
  previewNote: 'Preview: only you see this. Its buttons do nothing yet.',
  pictureLeftOut: 'The picture could not be loaded and is left out.',
  withdrawnTitle: 'Withdrawn',

  /* what a click says */
  thanks: 'Noted: you have read this.',
  gone: 'This announcement is not there any more.',
  over: 'This announcement was withdrawn, so there is nothing to confirm.',
  notYours: 'This announcement was not for you, so I cannot show it.',
  previewOnly: 'This is a preview: nothing was noted.',
  askTitle: 'Ask about it',
  askLabel: 'What do you want to know?',
  askNotice:
    'The open source office answers you in our conversation; whoever sent the announcement sees your question, too.',
  askSend: 'Send the question',
  askEmpty: 'Write your question first.',
  askNobody: 'Nothing was sent: nobody is set up here to take questions.',
  askText: (title: string, text: string) => `About the announcement "${title}":\n\n${text}`,
  cancel: 'Cancel',
  close: 'Close',
  loading: 'One moment.',

  /* Home */
  homeConfirm: 'Please read and confirm',
  homeNews: 'News you have not read',
  open: 'Open',
  openLabel: (title: string) => `Open: ${title}`,
  sentOn: <W>(when: W): Parts<W> => ['Sent ', when],
  more: (n: number) => (n === 1 ? 'And 1 more: /ospo announcements' : `And ${n} more: /ospo announcements`),
  whatChanged: 'What changed',
  newsSettings: 'News settings',

  /* what changed */
  changedTitle: 'What changed',
  sinceJoined: <W>(when: W): Parts<W> => ['Since you joined, ', when, ':'],
  sinceRead: <W>(when: W): Parts<W> => ['Since you last looked here, ', when, ':'],
  sinceYear: 'In the last twelve months:',
  before: 'What still holds from before:',
  nothingNew: 'Nothing about strategy or rules has changed.',

  /* settings */
  settingsTitle: 'News settings',
  settingsKinds: 'What you want to hear of',
  settingsHow: 'How',
  asItComes: 'Each as it comes',
  asDigest: 'Once a week, Monday morning, in one message',
  always: (kinds: string) => `Always comes, and at once: ${kinds}.`,
  because: (kind: string, why: string) => `${kind}: ${why}`,
  save: 'Save',

  /* digest and welcome */
  digestTitle: 'Open source news of the week',
  digestIntro: (n: number) =>
    n === 1 ? 'One announcement since the last time.' : `${n} announcements since the last time.`,
  digestFoot: 'You get this once a week, since you chose so.',
  welcomeTitle: 'What you should know about open source here',
  welcomeIntro: 'You are new here. These announcements came before you did, and still hold.',
  mustConfirm: 'please confirm',

  /* the list */
  listTitle: 'Announcements',
  listMine: 'What was sent to you, the latest first.',
  listFound: (n: number) => (n === 1 ? '1 announcement found.' : `${n} announcements found.`),
  listNone: 'I have found no announcement with these words.',
  listEmpty: 'Nothing was announced to you yet.',
  help: 'Announcements of the open source office; with words, those that have them.',
  helpButton: 'Announcements',

  /* reminders */
  topic: 'Announcements to confirm',
  due: (title: string) => `Read: ${title}`,
  dueWhy: 'It changes a rule or a goal that concerns you; ask the open source office where it does not.',
  somebody: 'somebody',
};

const zh: typeof en = {
  fromOffice: (kind) => `${kind} · 来自开源项目办公室`,
  onlyEn: '这条通知没有中文版，所以给你看英文版。',
  onlyZh: '这条通知没有英文版，所以给你看中文版。',
  changed: (when) => [when, ' 有修改。'],
  confirmRead: '我已阅读',
  confirmLabel: (title) => `我已阅读：${title}`,
  confirmed: (when) => ['你在 ', when, ' 确认已阅读。'],
  readAgain: '内容有重要变化，请再读一遍。',
  askAbout: '问一问',
  readArticle: '看相关文章',
  inOther: '看英文版',
  withdrawn: (when) => ['这条通知已在 ', when, ' 撤回。'],
  withdrawnWhy: (reason) => `原因：${reason}`,
  previewNote: '预览：只有你看得到，按钮暂时不起作用。',
  pictureLeftOut: '图片加载不了，已略去。',
  withdrawnTitle: '已撤回',

  thanks: '已记下：你读过了。',
  gone: '这条通知已经不在了。',
  over: '这条通知已撤回，不用确认了。',
  notYours: '这条通知不是发给你的，没法给你看。',
  previewOnly: '这是预览，没有记录任何内容。',
  askTitle: '问一问',
  askLabel: '你想知道什么？',
  askNotice: '开源项目办公室会在我们的对话里答复你；发通知的人也看得到你的问题。',
  askSend: '发送问题',
  askEmpty: '请先写下你的问题。',
  askNobody: '没有发出：这里还没有设置接收问题的人。',
  askText: (title, text) => `关于通知《${title}》：\n\n${text}`,
  cancel: '取消',
  close: '关闭',
  loading: '请稍等。',

  homeConfirm: '请阅读并确认',
  homeNews: '你还没看的消息',
  open: '打开',
  openLabel: (title) => `打开：${title}`,
  sentOn: (when) => ['发送于 ', when],
  more: (n) => `还有 ${n} 条：/ospo announcements`,
  whatChanged: '有哪些变化',
  newsSettings: '通知设置',

  changedTitle: '有哪些变化',
  sinceJoined: (when) => ['自你 ', when, ' 加入以来：'],
  sinceRead: (when) => ['自你上次（', when, '）查看以来：'],
  sinceYear: '最近十二个月：',
  before: '更早但仍然有效的：',
  nothingNew: '战略和规则都没有变化。',

  settingsTitle: '通知设置',
  settingsKinds: '你想收到哪些',
  settingsHow: '怎么收',
  asItComes: '有就发',
  asDigest: '每周一早上汇总成一条',
  always: (kinds) => `这些总会立即发给你：${kinds}。`,
  because: (kind, why) => `${kind}：${why}`,
  save: '保存',

  digestTitle: '本周开源消息',
  digestIntro: (n) => `上次之后有 ${n} 条通知。`,
  digestFoot: '你选择了每周汇总，所以每周收到一次。',
  welcomeTitle: '关于开源，你该知道这些',
  welcomeIntro: '你刚加入。下面的通知发布得更早，但仍然有效。',
  mustConfirm: '请确认',

  listTitle: '通知',
  listMine: '发给你的通知，最新的在前。',
  listFound: (n) => `找到 ${n} 条通知。`,
  listNone: '没有找到含有这些词的通知。',
  listEmpty: '还没有发给你的通知。',
  help: '开源项目办公室的通知；加上词语可以搜索。',
  helpButton: '查看通知',

  topic: '需要确认的通知',
  due: (title) => `阅读：${title}`,
  dueWhy: '它改变了跟你有关的规则或目标；如果跟你无关，请告诉开源项目办公室。',
  somebody: '某位同事',
};

export const texts: Texts<typeof en> = { en, 'zh-CN': zh };
