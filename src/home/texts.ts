import type { Texts } from '../core/i18n.ts';

const en = {
  title: 'Open source office',
  askLabel: 'Ask about using, contributing to or releasing open source',
  askPlaceholder: 'Can we use an AGPL component in a service we run?',
  askHint: 'Press Enter. Only you see the answer.',
  askLong: 'Ask in a larger field',
  about: (articles: number) =>
    articles === 1
      ? 'Answers come from one article of the open source office, never from a guess.'
      : `Answers come from ${articles} articles of the open source office, never from a guess.`,
  helpTitle: 'What you can type:',
  helpLine: (command: string, help: string) => `- ${command}: ${help}`,
  question: '<your question>',
  helpHelp: 'This list.',
  helpButton: 'All that I can do',
  helpShort: 'What I can do',
  close: 'Close',
  prompts: [
    { title: 'A component under AGPL', message: 'Can we use an AGPL component in a service we run?' },
    { title: 'Contribute upstream', message: 'How do I get approval to contribute to an open source project?' },
    { title: 'Reach the office', message: 'How do I reach a person in the open source office?' },
  ] as readonly { readonly title: string; readonly message: string }[],
};

/** Words of the Home tab and of the help. */
export const texts: Texts<typeof en> = {
  en,
  'zh-CN': {
    title: '开源项目办公室',
    askLabel: '关于使用开源、参与贡献、对外开源，直接问',
    askPlaceholder: '我们自己跑的服务能用 AGPL 的组件吗？',
    askHint: '按回车提问，答案只有你能看到。',
    askLong: '用大一点的输入框',
    about: (articles) => `答案来自开源项目办公室的 ${articles} 篇文章，绝不靠猜。`,
    helpTitle: '你可以输入：',
    helpLine: (command, help) => `- ${command}：${help}`,
    question: '<你的问题>',
    helpHelp: '显示这份列表。',
    helpButton: '我能做的全部',
    helpShort: '我能做什么',
    close: '关闭',
    prompts: [
      { title: 'AGPL 组件', message: '我们自己跑的服务能用 AGPL 的组件吗？' },
      { title: '向上游贡献', message: '给开源项目贡献代码，怎么走审批？' },
      { title: '找人', message: '怎么联系到开源项目办公室的人？' },
    ],
  },
};
