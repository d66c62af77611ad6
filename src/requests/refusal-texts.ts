import { UserError } from '../core/errors.ts';
import type { Locale, Texts } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import type { PlainRefusal, Refusal } from './refusing.ts';
import type { RequestState, Vote } from './request.ts';

interface RefusalTexts {
  readonly plain: Readonly<Record<PlainRefusal, string>>;
  readonly ended: Readonly<Record<RequestState, (at: string, by: string | undefined) => string>>;
  readonly decided: Readonly<Record<Vote['vote'], (by: string, at: string) => string>>;
  readonly votedAlready: (at: string) => string;
  readonly questionOpen: (by: string, at: string) => string;
  readonly tooLate: (at: string) => string;
  readonly cannotTake: (by: string) => string;
  readonly gone: string;
  readonly unknownType: string;
  readonly notOffered: string;
  readonly incomplete: string;
  readonly nobody: string;
  readonly somebody: string;
}

const en: RefusalTexts = {
  plain: {
    own_request: 'This is your own request, so somebody else decides about it. The rule holds for everybody.',
    not_allowed: 'This request is not yours to decide. Whoever may is named on its card.',
    not_requester: 'Only the person who asked can do this.',
    not_your_turn: 'It is not the turn of this part yet, or not any more. The card shows who is asked now.',
    nothing_asked: 'No question is open any more. Add a note instead.',
    nothing_corrected:
      'No approval of yours stands here that came before a correction. The card shows how it stands now.',
    not_approved: 'This request is not approved yet, so nothing follows from it.',
    not_on_hold: 'This request is not on hold. Nothing was changed.',
    on_hold: 'This request is on hold. Take it up again first, then decide.',
    still_open: 'This request is still under way. Nothing was changed.',
    unknown_reason: 'Choose a reason, so that it is clear what would change the decision.',
    wrong_number: 'The number does not match. Type the number of this request, without REQ.',
    cannot_hand:
      'Here everybody has a say of their own, which cannot be handed on. Name a delegate for when you are away.',
    unconfirmed:
      'That you manage the requester is not confirmed yet, so you cannot hand this on. The open source office is asked beside you.',
    no_appeal: 'A second look was taken already, or there is none for this kind of request.',
    bad_date:
      'Choose a day that fits: for a hold within half a year from now, for a decision made elsewhere one in the past.',
    no_condition: 'This condition is not there any more. Open the request again.',
    last_one: 'Nobody else could decide then. Hand the request to somebody who can instead.',
    full: 'This request holds as much text as it can. Go on in a document and link to it.',
  },
  ended: {
    in_review: () => 'This request is under way.',
    needs_info: () => 'This request waits for an answer.',
    on_hold: () => 'This request is on hold.',
    approved: (at, by) => `This request was approved ${by ? `by ${by} ` : ''}on ${at}. Nothing was changed.`,
    declined: (at, by) => `This request was declined ${by ? `by ${by} ` : ''}on ${at}. Nothing was changed.`,
    withdrawn: (at) => `This request was withdrawn on ${at}. Nothing was changed.`,
    expired: (at) => `This request ran out on ${at}. Open it again, or ask anew.`,
    revoked: (at, by) => `This approval was taken back ${by ? `by ${by} ` : ''}on ${at}. Nothing was changed.`,
    superseded: (at) => `Another request took the place of this one on ${at}. Nothing was changed.`,
  },
  decided: {
    approve: (by, at) => `${by} approved this part on ${at}. Nothing was changed.`,
    decline: (by, at) => `${by} declined it on ${at}. Nothing was changed.`,
    abstain: (by, at) => `${by} abstained on ${at}, and this part is over. Nothing was changed.`,
    conflict: (by, at) => `${by} stepped back on ${at}, and this part is over. Nothing was changed.`,
  },
  votedAlready: (at) => `You have had your say here on ${at}. It counts once.`,
  questionOpen: (by, at) =>
    `${by} asked the requester something on ${at}. Wait for the answer; only ${by} can decide without it.`,
  tooLate: (at) =>
    `That ended on ${at}, which is too long ago. Please ask anew: the form can be filled from this request.`,
  cannotTake: (by) =>
    `${by} cannot take this request: it is their own, they had their say, or they are not there any more.`,
  gone: 'This request is not here any more. Nothing was changed.',
  unknownType: 'This kind of request is no longer offered. What you wrote is kept as a draft.',
  notOffered: 'This kind of request is not open to you. Ask the open source office to make it for you.',
  incomplete:
    'Something in the form is missing or no longer fits. What you wrote is kept as a draft; go through it once more.',
  nobody:
    'There is nobody who could decide about this request. What you wrote is kept as a draft; please tell the open source office.',
  somebody: 'somebody',
};

const zh: RefusalTexts = {
  plain: {
    own_request: '这是你自己的申请，要由别人来决定，对谁都一样。',
    not_allowed: '这个申请不归你审批。卡片上写着由谁审批。',
    not_requester: '只有申请人可以这样做。',
    not_your_turn: '还没轮到这一步，或者这一步已经过了。卡片上写着现在等谁。',
    nothing_asked: '已经没有待回答的问题。可以改为补充说明。',
    nothing_corrected: '这里没有你在更正之前作出的批准。目前的情况以卡片为准。',
    not_approved: '这个申请还没有批准，暂时没有后续。',
    not_on_hold: '这个申请没有搁置，什么都没有改变。',
    on_hold: '这个申请已搁置。请先恢复，再做决定。',
    still_open: '这个申请还在处理，什么都没有改变。',
    unknown_reason: '请选一个原因，让对方知道怎样才能批准。',
    wrong_number: '编号不对。请输入这个申请的编号，不带 REQ。',
    cannot_hand: '这一步每个人都有自己的一票，不能转交。不在的时候可以指定代理人。',
    unconfirmed: '你是不是申请人的经理还没有确认，暂时不能转交。开源办会和你一起审批。',
    no_appeal: '已经复核过，或者这类申请没有复核。',
    bad_date: '请选合适的日期：搁置不超过半年；在别处做的决定，日期要在今天之前。',
    no_condition: '这个条件已经不在了，请重新打开申请。',
    last_one: '你退出后就没有人能审批了。请改为转交给合适的人。',
    full: '这个申请已经装不下更多文字。请写在文档里，附上链接。',
  },
  ended: {
    in_review: () => '这个申请正在处理。',
    needs_info: () => '这个申请在等待补充信息。',
    on_hold: () => '这个申请已搁置。',
    approved: (at, by) => `这个申请已在 ${at} ${by ? `由 ${by} ` : ''}批准，什么都没有改变。`,
    declined: (at, by) => `这个申请已在 ${at} ${by ? `由 ${by} ` : ''}拒绝，什么都没有改变。`,
    withdrawn: (at) => `这个申请已在 ${at} 撤回，什么都没有改变。`,
    expired: (at) => `这个申请已在 ${at} 到期。可以重新打开，或者重新申请。`,
    revoked: (at, by) => `这个批准已在 ${at} ${by ? `由 ${by} ` : ''}撤销，什么都没有改变。`,
    superseded: (at) => `这个申请已在 ${at} 被另一个申请取代，什么都没有改变。`,
  },
  decided: {
    approve: (by, at) => `${by} 已在 ${at} 批准这一步，什么都没有改变。`,
    decline: (by, at) => `${by} 已在 ${at} 拒绝，什么都没有改变。`,
    abstain: (by, at) => `${by} 已在 ${at} 弃权，这一步已结束，什么都没有改变。`,
    conflict: (by, at) => `${by} 已在 ${at} 回避，这一步已结束，什么都没有改变。`,
  },
  votedAlready: (at) => `你已在 ${at} 表过态，只算一次。`,
  questionOpen: (by, at) => `${by} 在 ${at} 向申请人提了问题。请等回答；只有 ${by} 可以不等回答就决定。`,
  tooLate: (at) => `这件事在 ${at} 就结束了，时间太久。请重新申请，表单可以沿用这次的内容。`,
  cannotTake: (by) => `${by} 接不了这个申请：是本人提的、已经表过态，或者已经不在。`,
  gone: '这个申请已经不在了，什么都没有改变。',
  unknownType: '这类申请已经停用。你写的内容已存为草稿。',
  notOffered: '你不能提这类申请。可以请开源办代为提交。',
  incomplete: '表单有缺漏，或者有的内容已不适用。你写的内容已存为草稿，请再检查一遍。',
  nobody: '没有人能审批这个申请。你写的内容已存为草稿，请告诉开源办。',
  somebody: '有人',
};

const refusalTexts: Texts<RefusalTexts> = { en, 'zh-CN': zh };

/**
 * A refusal for the person, in both languages.
 * @param name a person in words; undefined when they are not known any more
 * @param moment a time in words, in the reader's zone
 */
export function refused(
  refusal: Refusal,
  name: (id: PersonId) => string | undefined,
  moment: (ms: number, locale: Locale) => string,
): UserError {
  const inWords = (locale: Locale) => {
    const words = refusalTexts[locale];
    return wordsFor(
      refusal,
      words,
      (id) => name(id) ?? words.somebody,
      (ms) => moment(ms, locale),
    );
  };
  return new UserError({ en: inWords('en'), 'zh-CN': inWords('zh-CN') });
}

/** What else can stand in the way, for the person. */
export function problem(why: 'gone' | 'unknownType' | 'notOffered' | 'incomplete' | 'nobody'): UserError {
  return new UserError({ en: refusalTexts.en[why], 'zh-CN': refusalTexts['zh-CN'][why] });
}

function wordsFor(
  refusal: Refusal,
  words: RefusalTexts,
  name: (id: PersonId) => string,
  at: (ms: number) => string,
): string {
  switch (refusal.why) {
    case 'ended':
      return words.ended[refusal.state](at(refusal.at), refusal.by && name(refusal.by));
    case 'decided':
      return words.decided[refusal.vote](name(refusal.by), at(refusal.at));
    case 'voted_already':
      return words.votedAlready(at(refusal.at));
    case 'question_open':
      return words.questionOpen(name(refusal.by), at(refusal.at));
    case 'too_late':
      return words.tooLate(at(refusal.at));
    case 'cannot_take':
      return words.cannotTake(name(refusal.by));
    default:
      return words.plain[refusal.why];
  }
}
