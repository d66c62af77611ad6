import { UserError } from '../core/errors.ts';
import type { Texts } from '../core/i18n.ts';
import type { Parts } from './texts.ts';

const en = {
  asks: <W>(who: W, manager: W): Parts<W> => [who, ' names ', manager, ' as their manager. Is that right?'],
  asksText: 'Somebody named their manager, whom the directory does not know. Please confirm.',
  why: 'The directory knows no manager for them. Until you confirm one, a manager’s approval alone is not enough: the office is asked, too.',
  confirmed: <W>(manager: W, who: W): Parts<W> => ['✅ ', manager, ' is confirmed as the manager of ', who, '.'],
  refused: <W>(manager: W, who: W): Parts<W> => [manager, ' is not the manager of ', who, '. Nobody is known.'],
  answeredBy: <W>(who: W, when: W): Parts<W> => ['Said by ', who, ', ', when],
  later: 'It holds for all their requests, until the directory knows a manager or this one leaves.',
  newer: 'Somebody else was named since. The newer message counts.',
  confirm: 'Confirm',
  confirmLabel: 'Confirm the manager',
  other: 'Somebody else',
  otherTitle: 'Somebody else',
  otherLabel: 'Who is the manager?',
  otherHint: 'Left empty, whoever was named is not, and the office decides in place of a manager.',
  otherChoose: 'Choose a colleague',
  save: 'Save',
  cancel: 'Cancel',
  problems: {
    office: 'Only the open source office confirms managers.',
    over: 'Somebody else was named since. The newer message counts.',
    own: 'This is about your own manager, so somebody else of the office confirms it.',
    self: 'You would confirm yourself, so somebody else of the office does it.',
    wrong: 'Choose a colleague who works here, and not the person themselves.',
  },
};

/** Words for managers whom somebody named and the office confirms. */
export const managerTexts: Texts<typeof en> = {
  en,
  'zh-CN': {
    asks: (who, manager) => [who, ' 指定 ', manager, ' 为经理，对吗？'],
    asksText: '有人指定了通讯录里没有的经理，请确认。',
    why: '通讯录里没有这个人的经理。确认之前，只有经理批准还不够，也要由开源办审批。',
    confirmed: (manager, who) => ['✅ 已确认 ', manager, ' 是 ', who, ' 的经理。'],
    refused: (manager, who) => [manager, ' 不是 ', who, ' 的经理，目前不知道是谁。'],
    answeredBy: (who, when) => ['答复：', who, '，', when],
    later: '对这个人的所有申请都有效，直到通讯录里有了经理，或者这位经理离开。',
    newer: '之后又指定了别人，以新的消息为准。',
    confirm: '确认',
    confirmLabel: '确认经理',
    other: '另有其人',
    otherTitle: '另有其人',
    otherLabel: '经理是谁？',
    otherHint: '不填表示指定的人不是经理，由开源办代为审批。',
    otherChoose: '选择同事',
    save: '保存',
    cancel: '取消',
    problems: {
      office: '只有开源办可以确认经理。',
      over: '之后又指定了别人，以新的消息为准。',
      own: '这是你自己的经理，要由开源办的其他人确认。',
      self: '不能确认自己，要由开源办的其他人确认。',
      wrong: '请选择在职的同事，不能选本人。',
    },
  },
};

/** Why an answer to the question is refused, for the person. */
export function managerProblem(why: keyof typeof en.problems): UserError {
  return new UserError({ en: managerTexts.en.problems[why], 'zh-CN': managerTexts['zh-CN'].problems[why] });
}
