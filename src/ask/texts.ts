import type { Locale, Texts } from '../core/i18n.ts';

/** "A, B or C", as the language writes it; in Chinese with a space between Han and Latin, which ids are. */
function anyOf(locale: Locale, ids: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' })
    .format(ids)
    .replace(', or ', ' or ')
    .replace('或', ' 或 ');
}

const en = {
  /* the answer card */
  holdsFor: (scope: string) => `Holds for: ${scope}. If that changes, ask again.`,
  /** A label and what it labels. */
  labeled: (label: string, what: string) => `${label}: ${what}`,
  source: 'Source',
  reviewed: (date: string) => `reviewed ${date}`,
  stale: (date: string) => `⏳ review overdue since ${date}`,
  starter: 'Starter text, not yet confirmed by your open source office.',
  readOn: 'Read on',
  keepAnswer: 'Keep this answer',
  alsoClose: 'Also close',
  askHuman: 'Ask a human',
  more: 'More',
  shareHere: 'Share here',
  openInConversation: 'Open in our conversation',
  helpful: 'This helped',
  unhelpful: 'This did not help',
  thanks: 'Thank you. What helps stays, what does not is rewritten.',
  sorry: 'Thank you for saying so. A person can help: press "Ask a human".',
  assumed: (said: string, ids: readonly string[]) =>
    `"${said}" may mean ${anyOf('en', ids)}. A verdict needs the exact one, from the LICENSE file.`,
  readAs: (pairs: string) => `I read ${pairs}.`,
  pair: (from: string, to: string) => `"${from}" as "${to}"`,
  and: ' and ',
  translationBehind: 'The English version is newer and holds; it follows below.',
  onlyEnglish: 'This article exists in English only.',
  roles: {
    compliance: 'Compliance',
    legal: 'Legal',
    ospo: 'Open source office',
    security: 'Security',
    training: 'Training',
  } as Readonly<Record<string, string>>,

  /* unsure, unknown, help */
  whichOne: (count: number) =>
    count === 1
      ? 'One topic comes close. Is this what you mean?'
      : `${count} topics come close. Which one do you mean?`,
  whichPlace: (title: string) => `"${title}" has several answers. Where do you work?`,
  elsewhere: 'General',
  noneOfThese: 'None of these: ask a human',
  nothing: 'I have nothing on that in the open source handbook.',
  desk: (name: string) => `That is not an open source question: ask ${name}.`,
  deskAt: (name: string, link: string) => `That is not an open source question: ask ${name} (${link}).`,
  closest: 'The closest topics:',
  help: 'Ask me anything about using, contributing to or releasing open source, in one sentence or a long story, in English or Chinese. I answer only from what the open source office has written and reviewed, and say so when I do not know.',
  examples: 'For example:',
  example: [
    'Can we use an AGPL database behind our API?',
    'How do I get a bug fix into an upstream project?',
    'Who may sign a CLA?',
  ] as readonly string[],
  gone: 'That article is no longer in the handbook. Ask again, and I look for what holds now.',
  tooOld: 'This answer is too old for its buttons. Ask again, and you get the one that holds now.',
  tooLong: 'That is a lot of text. I read the first 1,000 characters; a shorter question finds more.',
  changed: 'You changed your question. Now it reads like this:',
  listensHere:
    'From now on I answer questions about open source in this channel without being mentioned, when I am sure, and only the asker sees it. The open source office has set it so; it can switch it off again.',
  forColleagues: 'I answer people of this company only. Ask the colleague who invited you here.',
  sharedBy: 'Shared by',
  shared: 'Shared. Everybody here can see it now.',
  opened: 'It is in our conversation now.',

  /* the receipt of an answer */
  receiptFor: (title: string) => `Receipt for an answer: ${title}`,
  youAsked: 'You asked',
  readAnswer: 'Article',
  fullVersion: (hash: string) => `Version ${hash}`,
  confirmed: 'Confirmed by the open source office.',
  shownOn: 'Asked',
  keptOn: 'Kept',
  canBeShown: 'Every published version is kept: the open source office can show this one again by its number.',
  kept: 'The receipt is in our conversation now.',

  /* where it can be asked */
  askTitle: 'Ask the OSPO',
  askLabel: 'Your question',
  askHint: 'One sentence is enough. Only you see the answer.',
  askPlaceholder: 'Can we use an AGPL component in a service we run?',
  ask: 'Ask',
  close: 'Close',
  answerTitle: 'Answer',
  commandHelp: 'Ask a question; only you see the answer.',
  emptyQuestion: 'Write your question first.',
};

/** All words of asking and answering. */
export const texts: Texts<typeof en> = {
  en,
  'zh-CN': {
    holdsFor: (scope) => `适用范围：${scope}。情况有变，请再问一次。`,
    labeled: (label, what) => `${label}：${what}`,
    source: '来源',
    reviewed: (date) => `${date} 复核`,
    stale: (date) => `⏳ 应于 ${date} 复核，已逾期`,
    starter: '预置内容，尚未经开源项目办公室确认。',
    readOn: '阅读全文',
    keepAnswer: '保存这个答案',
    alsoClose: '也可能是',
    askHuman: '找人问',
    more: '更多',
    shareHere: '分享到这里',
    openInConversation: '在私信里打开',
    helpful: '有帮助',
    unhelpful: '没帮助',
    thanks: '谢谢反馈。有用的会保留，没用的会重写。',
    sorry: '谢谢你告诉我们。可以点“找人问”，由同事来回答。',
    assumed: (said, ids) => `“${said}”可能指 ${anyOf('zh-CN', ids)}。要下结论，得先按 LICENSE 文件确认是哪一个。`,
    readAs: (pairs) => `我把${pairs}。`,
    pair: (from, to) => `“${from}”理解为“${to}”`,
    and: '，',
    translationBehind: '英文版已更新，以英文为准，附在下面。',
    onlyEnglish: '这篇文章还没有中文版，先给你英文原文。',
    roles: { compliance: '合规', legal: '法务', ospo: '开源项目办公室', security: '安全', training: '培训' },
    whichOne: (count) =>
      count === 1 ? '有一个主题比较接近，你问的是它吗？' : `有 ${count} 个主题比较接近，你问的是哪一个？`,
    whichPlace: (title) => `“${title}”的答案因公司主体或工作地点而异，你在哪里工作？`,
    elsewhere: '通用',
    noneOfThese: '都不是，找人问',
    nothing: '开源手册里没有这方面的内容。',
    desk: (name) => `这不是开源方面的问题，请联系：${name}。`,
    deskAt: (name, link) => `这不是开源方面的问题，请联系：${name}（${link}）。`,
    closest: '最接近的主题：',
    help: '使用开源、参与贡献、对外开源的问题都可以问我，一句话也行，一大段也行，中英文都可以。我只依据开源项目办公室写好并复核过的内容回答，不知道就说不知道。',
    examples: '比如：',
    example: ['我们的后端能用 AGPL 的数据库吗？', '想给上游项目提一个 bug 修复，要走什么流程？', '谁有权签 CLA？'],
    gone: '这篇文章已不在手册里。请再问一次，我按现行的内容查。',
    tooOld: '这条答案太久了，按钮已失效。请再问一次，就能看到现行的答案。',
    tooLong: '内容很长，我只读了前 1,000 个字符；问得短一些更容易找到。',
    changed: '你修改了问题，下面是按新问题给的答案：',
    listensHere:
      '从现在起，这个频道里关于开源的问题不用 @ 我也会回答：只在有把握时回答，而且只有提问的人能看到。这是开源项目办公室的设置，随时可以关掉。',
    forColleagues: '我只回答本公司同事的问题，请联系邀请你进来的同事。',
    sharedBy: '分享人：',
    shared: '已分享，这里的人都能看到了。',
    opened: '已经发到私信里了。',
    receiptFor: (title) => `答案存档：${title}`,
    youAsked: '你的问题',
    readAnswer: '文章',
    fullVersion: (hash) => `版本 ${hash}`,
    confirmed: '已经开源项目办公室确认。',
    shownOn: '提问时间',
    keptOn: '保存时间',
    canBeShown: '发布过的版本都会保留，开源项目办公室可以按版本号调出这一版。',
    kept: '存档已发到私信里。',
    askTitle: '问开源项目办公室',
    askLabel: '你的问题',
    askHint: '一句话就够。答案只有你能看到。',
    askPlaceholder: '我们自己跑的服务能用 AGPL 的组件吗？',
    ask: '提问',
    close: '关闭',
    answerTitle: '答案',
    commandHelp: '提一个问题，答案只有你能看到。',
    emptyQuestion: '请先写下你的问题。',
  },
};
