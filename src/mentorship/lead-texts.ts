import type { Texts } from '../core/i18n.ts';
import type { Parts } from './texts.ts';

const en = {
  leadTitle: 'Mentorship: for leads',
  fit: (score: number) => `fit ${score} of 100`,
  waited: (days: number) => {
    if (days === 0) return 'waited less than a day';
    return days === 1 ? 'waited one day' : `waited ${days} days`;
  },
  callHelp: <W>(who: W, other: W): Parts<W> => [
    who,
    ' asks for help with the pair with ',
    other,
    '. Write to them alone.',
  ],
  callStalled: <W>(mentor: W, mentee: W): Parts<W> => [
    mentor,
    ' and ',
    mentee,
    ' do not meet. Ask both what would help.',
  ],
  cared: 'I took care of it',
  caredDone: 'Good. It is off the list.',
  confirmed: 'Confirmed. They are introduced in their working hours.',
  declined: 'Not confirmed. The two are not proposed again, and the mentee keeps the place in the waiting list.',
  numbers: 'Numbers',
  numberLines: {
    active: (count: number) => (count === 1 ? 'one pair active' : `${count} pairs active`),
    kept: (kept: number, count: number) => `${kept} of ${count} check-ins kept`,
    goals: (met: number, count: number) => `${met} of ${count} goals met`,
    reviews: (count: number) => (count === 1 ? 'one pre-review done' : `${count} pre-reviews done`),
    merged: (count: number) =>
      count === 1 ? 'one mentee has merged upstream' : `${count} mentees have merged upstream`,
    waiting: (count: number) => (count === 1 ? 'one person waits' : `${count} people wait`),
    free: (count: number) => (count === 1 ? 'one place free' : `${count} places free`),
    wait: (language: string, days: number) =>
      `half of those who got a mentor in ${language} had waited up to ${days} days`,
  },
  missing: (language: string, count: number) =>
    count === 1
      ? `Mentors missing: one person who waits finds nobody who speaks ${language}.`
      : `Mentors missing: ${count} people who wait find nobody who speaks ${language}.`,
};

/** Words for the leads of the mentorship program. */
export const leadTexts: Texts<typeof en> = {
  en,
  'zh-CN': {
    leadTitle: '导师计划：负责人',
    fit: (score) => `匹配度 ${score}/100`,
    waited: (days) => (days === 0 ? '等了不到一天' : `等了 ${days} 天`),
    callHelp: (who, other) => [who, ' 在和 ', other, ' 的配对中需要帮助，请单独联系。'],
    callStalled: (mentor, mentee) => [mentor, ' 和 ', mentee, ' 一直没见面，请分别问问怎样能帮上忙。'],
    cared: '我处理了',
    caredDone: '好的，已从名单上拿掉。',
    confirmed: '已确认，会在两人的工作时间介绍他们认识。',
    declined: '未确认。这两人不会再配对，学员在等候名单上的位置不变。',
    numbers: '数据',
    numberLines: {
      active: (count) => `进行中 ${count} 对`,
      kept: (kept, count) => `询问 ${count} 次，见面 ${kept} 次`,
      goals: (met, count) => `目标 ${count} 个，达成 ${met} 个`,
      reviews: (count) => `完成预审 ${count} 次`,
      merged: (count) => `${count} 位学员的改动被上游合并`,
      waiting: (count) => `${count} 人在等`,
      free: (count) => `空余名额 ${count} 个`,
      wait: (language, days) => `用${language}配上导师的人，一半等了不到 ${days} 天`,
    },
    missing: (language, count) => `缺导师：等候的人里有 ${count} 位找不到会说${language}的导师。`,
  },
};
