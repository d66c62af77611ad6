import type { Texts } from '../core/i18n.ts';

const en = {
  ambassadorsTitle: 'Who helps with what',
  nobodyYet: 'Nobody has entered themselves yet.',
  found: (topic: string) => `These colleagues help with ${topic}:`,
  foundNone: (topic: string) => `Nobody has said that they help with ${topic}.`,
  foundNext: 'You can join the mentorship program or ask the open source office.',
  also: (topic: string) => `Nobody is listed for ${topic}.`,
  ambassador: 'ambassador',
  mentorsOffer: (count: number) =>
    count === 1
      ? 'One mentor of the program offers it, too: join as a mentee.'
      : `${count} mentors of the program offer it, too: join as a mentee.`,
  speaks: (languages: string) => `speaks ${languages}`,
  becomeAmbassador: 'I help with something',
  changeAmbassador: 'Change what I help with',
  entered: 'You are in the list of those who help.',
  takenOut: 'You are no longer in the list of those who help.',
};

/** Words of the list of those who help with something. */
export const directoryTexts: Texts<typeof en> = {
  en,
  'zh-CN': {
    ambassadorsTitle: '谁能帮什么忙',
    nobodyYet: '还没有人登记。',
    found: (topic) => `这些同事可以帮忙：${topic}`,
    foundNone: (topic) => `还没有人登记可以帮忙的方向：${topic}`,
    foundNext: '你可以加入导师计划，或者问开源项目办公室。',
    also: (topic) => `没有人登记：${topic}`,
    ambassador: '大使',
    mentorsOffer: (count) => `导师计划里还有 ${count} 位导师能带这个方向，可以作为学员加入。`,
    speaks: (languages) => `语言：${languages}`,
    becomeAmbassador: '我能帮忙',
    changeAmbassador: '修改我能帮的忙',
    entered: '你已在名单里。',
    takenOut: '你已不在名单里。',
  },
};
