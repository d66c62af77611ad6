import type { Texts } from '../core/i18n.ts';

interface AwayTexts {
  readonly help: string;
  readonly helpButton: string;
  readonly there: string;
  readonly awayUntil: (date: string) => string;
  readonly delegate: (person: string) => string;
  readonly noDelegate: string;
  readonly back: string;
  readonly deputySet: (person: string) => string;
  readonly how: string;
  readonly notPerson: string;
  readonly notSelf: string;
  readonly badDate: string;
}

const en: AwayTexts = {
  helpButton: 'Am I marked as away?',
  help: 'Say that you are away and who decides for you: `away 2026-12-24 @deputy`, `away off`.',
  there: 'You are not marked as away.',
  awayUntil: (date) => `You are away until ${date}, inclusive.`,
  delegate: (person) => `${person} decides in your place, but never about their own requests.`,
  noDelegate: 'Nobody decides in your place; the others of your role are asked.',
  back: 'Welcome back. What waits is asked of you again.',
  deputySet: (person) => `${person} decides in your place whenever you are away.`,
  how: 'Set it with /ospo away 2026-12-24 @deputy, change only the deputy with /ospo away @deputy, end it with /ospo away off.',
  notPerson: 'This person cannot stand in for you: they are not there any more, or a guest. Name somebody else.',
  notSelf: 'You cannot stand in for yourself. Name somebody else.',
  badDate: 'Write your last day away, from today on and within a year, like 2026-12-24.',
};

const zh: AwayTexts = {
  helpButton: '我标记为不在了吗？',
  help: '标记你不在，并指定代理人：`away 2026-12-24 @代理人`、`away off`。',
  there: '你目前没有标记为不在。',
  awayUntil: (date) => `你在 ${date}（含）之前不在。`,
  delegate: (person) => `${person} 代你审批，但不能审批自己的申请。`,
  noDelegate: '没有人代你审批，会请同一角色的其他人处理。',
  back: '欢迎回来。等待审批的申请会重新找你。',
  deputySet: (person) => `以后你不在时，由 ${person} 代你审批。`,
  how: '用 /ospo away 2026-12-24 @代理人 设置，用 /ospo away @代理人 只换代理人，用 /ospo away off 取消。',
  notPerson: '这个人不能代你审批：已离职，或者是访客。请另选一个人。',
  notSelf: '不能由自己代理，请另选一个人。',
  badDate: '请写你不在的最后一天，从今天起一年以内，例如 2026-12-24。',
};

export const awayTexts: Texts<AwayTexts> = { en, 'zh-CN': zh };
