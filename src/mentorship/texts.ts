import type { Texts } from '../core/i18n.ts';
import type { Bar } from './fit.ts';
import type { Refusal } from './moves.ts';
import type { Answer, Doubt, Ending, Helped, Pair } from './pair.ts';

/** A sentence in pieces, so that names and times are filled in as the surface needs them: mentions and date tokens, or words. */
export type Parts<W> = readonly (string | W)[];

function inDays(days: number): string {
  if (days % 7 > 0) return days === 1 ? 'tomorrow' : `in ${days} days`;
  return days === 7 ? 'in a week' : days === 14 ? 'in two weeks' : `in ${days / 7} weeks`;
}

function daysOn(days: number): string {
  if (days % 7 > 0) return days === 1 ? '明天' : `${days} 天后`;
  return days === 7 ? '一周后' : days === 14 ? '两周后' : `${days / 7} 周后`;
}

const en = {
  somebody: 'somebody',
  noProgram: 'There is no mentorship program here yet. Ask the open source office.',

  /* the introduction */
  introduction: <W>(mentor: W, mentee: W): Parts<W> => [mentor, ' and ', mentee, ', you are a mentoring pair.'],
  introductionApart: <W>(other: W): Parts<W> => [
    'You are a mentoring pair with ',
    other,
    '. Write to each other to begin.',
  ],
  roles: <W>(mentor: W, mentee: W): Parts<W> => [mentor, ' guides, ', mentee, ' learns'],
  sharedTopics: (topics: string) => `in common: ${topics}`,
  sharedHours: (n: number) => (n === 1 ? 'one working hour a day in common' : `${n} working hours a day in common`),
  sharedLanguage: (language: string) => `meeting in ${language}`,
  wish: <W>(mentee: W): Parts<W> => ['What ', mentee, ' wants to reach:'],
  agenda: 'For your first meeting:',
  introductionNext: (days: number) =>
    `I ask each of you alone, ${inDays(days)}, whether you have met. What you tell each other stays between you.`,

  /* what happened to a pair */
  goalSet: <W>(who: W, when: W): Parts<W> => [who, ' set a goal, until ', when, ':'],
  goalMet: <W>(who: W): Parts<W> => [who, ' says that this goal is met:'],
  merged: <W>(who: W): Parts<W> => [who, ' has a change merged upstream.'],
  paused: <W>(who: W, when: W): Parts<W> => [
    'The pair rests until ',
    when,
    ', says ',
    who,
    '. I ask nothing until then.',
  ],
  resumed: (days: number) => `The break is over. I ask ${inDays(days)} whether you have met.`,
  extended: <W>(who: W, when: W): Parts<W> => ['You go on until ', when, ', says ', who, '.'],
  stalled:
    'You have not met for a while. Does it still fit? Find a date, take a break, or ask for another match: nobody minds.',
  ended: {
    finished: <W>(who: W): Parts<W> => ['Your pair with ', who, ' is finished.'],
    rematch: <W>(who: W): Parts<W> => [
      'Your pair with ',
      who,
      ' has ended: another match may fit better. Nobody did anything wrong.',
    ],
    departed: <W>(who: W): Parts<W> => ['Your pair with ', who, ' has ended: one of you has left the company.'],
    left: <W>(who: W): Parts<W> => ['Your pair with ', who, ' has ended: one of you has left the program.'],
  } satisfies Readonly<Record<Ending, <W>(who: W) => Parts<W>>>,
  backWaiting: (everyDays: number) =>
    `You are on the waiting list again, in the place that you had. ${
      everyDays === 1
        ? 'People are matched again on the next working day.'
        : `People are matched every ${everyDays} days.`
    }`,
  placeFree: 'Your place is free again. You hear from me when somebody fits.',
  finishedNext: 'If you want another mentor, join again at any time.',
  lookBackAsk: 'Two questions to look back, when you have a minute:',

  /* waiting */
  waiting: (place: number, count: number) =>
    count === 1
      ? 'You wait for a mentor; nobody else does.'
      : `You wait for a mentor: place ${place} of ${count}, by the time of waiting.`,
  waitExpected: (half: number, most: number, count: number) =>
    `Of the last ${count} people who got one, half had waited up to ${half} days, four of five up to ${most}.`,
  waitUnknown: 'How long it takes I cannot say yet: too few people have been matched in the last half year.',
  waitFree: (n: number) =>
    n === 1
      ? 'One mentor who fits has a free place: it is decided in the next round.'
      : `${n} mentors who fit have a free place: it is decided in the next round.`,
  waitFull: (n: number) =>
    n === 1 ? 'The one mentor who fits is full at the moment.' : `All ${n} mentors who fit are full at the moment.`,
  waitNone: 'At the moment no mentor fits you.',
  bars: {
    self: 'The only mentor is you.',
    manager: 'The only mentor is your manager, or you are theirs.',
    blocked: 'Whoever would fit is on a list of people not to be paired with.',
    again: 'You were paired with everybody who fits.',
    language: 'None of the mentors speaks your languages. The office sees that mentors for these are missing.',
    topics: 'None of the mentors offers what you look for. A broader wish may help.',
    overlap: 'Mentors who offer it work at other hours. Another time zone in your entry may help, if you work in one.',
  } as Readonly<Record<Bar, string>>,
  proposed: 'A pair is proposed for you; a lead of the program looks at it.',

  /* breaks and terms */
  breakOver: 'Your break from the mentorship program is over. You take part again.',
  termOver: 'The time for which you joined the mentorship program is over. Join again at any time.',
  termOverMentor: 'The time for which you joined as a mentor is over. Whoever you guide now you may guide to the end.',

  /* where somebody stands */
  title: 'Mentorship',
  notJoined:
    'Experienced colleagues guide others into open source communities, one to one. You set how much time it takes.',
  joinIt: 'Join',
  changeIt: 'Change my entry',
  takeBreak: 'Take a break',
  backNow: 'Take part again',
  leaveIt: 'Leave the program',
  leaveTitle: 'Leave the mentorship program?',
  leaveText:
    'Your open pairs end, and what you entered is deleted. Only whom you were paired with, or do not want to be, is kept for 400 days.',
  leaveConfirm: 'Leave',
  leaveDeny: 'Stay',
  left: 'You have left the mentorship program. What you entered is deleted, but for whom you were paired with or do not want to be: in 400 days that goes, too.',
  mentorLine: (taken: number, count: number) => {
    if (count > 1) return `You are a mentor: ${taken} of ${count} places taken.`;
    return taken === 0 ? 'You are a mentor: your one place is free.' : 'You are a mentor: your one place is taken.';
  },
  onBreak: <W>(when: W): Parts<W> => ['You are on a break until ', when, '.'],
  youGuide: <W>(who: W): Parts<W> => ['You guide ', who, '.'],
  youLearn: <W>(who: W): Parts<W> => [who, ' guides you.'],
  states: {
    proposed: 'proposed',
    confirmed: 'about to be introduced',
    active: 'under way',
    paused: 'on a break',
    declined: 'not confirmed',
    ended: 'ended',
  } as Readonly<Record<Pair['state'], string>>,
  plannedEnd: <W>(when: W): Parts<W> => ['planned until ', when],
  nextCheck: <W>(when: W): Parts<W> => ['next check-in ', when],
  goalLine: (text: string, day: string) => `Goal until ${day}: ${text}`,
  goalDone: 'Met',
  goalDrop: 'Drop it',
  metButton: 'We met',
  notYetButton: 'Not yet',
  helpButton: 'I need help',
  moreGoal: 'Set a goal',
  moreMerged: 'Something is merged',
  morePause: 'Take a break together',
  moreFinish: 'Finish',
  moreRematch: 'Another match',
  about: (action: string, name: string) => `${action}: ${name}`,
  morePairs: (count: number) => (count === 1 ? 'One more pair.' : `${count} more pairs.`),

  /* answers to a click */
  answered: {
    met: (days) => `Good. I ask again ${inDays(days)}.`,
    not_yet: (days) => `Noted. I ask again ${inDays(days)}.`,
    help: () => 'I tell the leads of the program that you need help, and nobody else. One of them writes to you.',
  } satisfies Readonly<Record<Answer, (days: number) => string>>,
  saved: 'Saved.',
  goalClosed: 'Noted.',
  brokenOff: 'You take part again.',

  /* for leads */
  proposal: <W>(mentor: W, mentee: W): Parts<W> => [mentor, ' for ', mentee],
  look: 'Look at it',
  more: (count: number) => (count === 1 ? 'One more.' : `${count} more.`),

  /* due things, in reminders */
  topicMine: 'My mentoring',
  topicLead: 'Mentorship, as a lead',
  dueCheck: (name: string) => `Meeting with ${name}`,
  dueCheckDetail: 'Have you met since I last asked?',
  dueGoal: (goal: string) => `Goal: ${goal}`,
  dueGoalDetail: 'Its date has come. Is it met?',
  dueEnd: (name: string) => `Your pair with ${name}`,
  dueEndDetail: 'The planned time is over. Without an answer it ends in a month.',
  goOn: 'Go on, 3 months',
  finish: 'Finish',
  dueLook: (name: string) => `Looking back on the pair with ${name}`,
  lookBack: 'Look back',
  dueProposal: (mentor: string, mentee: string) => `Proposed pair: ${mentor} for ${mentee}`,
  dueCall: (name: string) => `Somebody to help: ${name}`,

  helpMentorsButton: 'My mentoring',
  helpAmbassadorsButton: 'Who helps with what',
  helpMentors: 'The mentorship program: join, see your pairs, take a break.',
  helpAmbassadors: 'Who helps with what; add a topic, such as "rust", to see only those.',

  doubts: {
    know_each_other: 'They know each other, or work together',
    other_mentor: 'Another mentor fits better',
    other: 'Something else',
  } as Readonly<Record<Doubt, string>>,
  helped: { yes: 'Yes', partly: 'In part', no: 'No' } as Readonly<Record<Helped, string>>,

  refused: {
    gone: 'This entry is no longer there.',
    hat_in_use: 'You have an open pair in this role. Finish it first, then take the role off.',
    not_lead: 'Only leads of the mentorship program do this.',
    own_pair: 'You are one of the two. Another lead decides.',
    not_yours: 'This belongs to the two of the pair.',
    decided: 'This pair was decided on already.',
    not_together: 'The two are not under way as a pair at the moment.',
    over: 'This pair is over already.',
    round_over: 'This check-in was answered already.',
    too_early: 'This check-in has not begun yet.',
    goal_gone: 'This goal is not open anymore.',
    too_many: 'This pair holds no more. Finish something first.',
    past_date: 'Choose a day that lies ahead.',
    not_over: 'The pair is not over yet.',
    looked_back: 'You have looked back already. Thank you.',
    no_call: 'Somebody has taken care of it already.',
  } as Readonly<Record<Refusal | 'gone' | 'hat_in_use', string>>,
};

/** Words of the mentorship program. */
export const texts: Texts<typeof en> = {
  en,
  'zh-CN': {
    somebody: '有人',
    noProgram: '这里还没有导师计划，请联系开源项目办公室。',

    introduction: (mentor, mentee) => [mentor, '、', mentee, '，你们已结成师徒。'],
    introductionApart: (other) => ['你和 ', other, ' 已结成师徒。先打个招呼，约个时间吧。'],
    roles: (mentor, mentee) => [mentor, ' 是导师，', mentee, ' 是学员'],
    sharedTopics: (topics) => `共同方向：${topics}`,
    sharedHours: (n) => `每天有 ${n} 小时工作时间重合`,
    sharedLanguage: (language) => `用${language}交流`,
    wish: (mentee) => [mentee, ' 想达到的目标：'],
    agenda: '第一次见面可以聊：',
    introductionNext: (days) => `${daysOn(days)}，我会分别问你们见面了没有。你们之间聊的内容只属于你们自己。`,

    goalSet: (who, when) => [who, ' 定了一个目标，期限是 ', when, '：'],
    goalMet: (who) => [who, ' 说这个目标已达成：'],
    merged: (who) => [who, ' 有改动被上游合并了。'],
    paused: (who, when) => [who, ' 说你们先休息，最后一天是 ', when, '。在那之前我不会来问。'],
    resumed: (days) => `休息结束了。${daysOn(days)}我会问你们见面了没有。`,
    extended: (who, when) => [who, ' 说你们继续，最后一天是 ', when, '。'],
    stalled: '你们有一阵子没见面了。还合适吗？可以约个时间、休息一段，或者换一位搭档，都没关系。',
    ended: {
      finished: (who) => ['你和 ', who, ' 的师徒关系已圆满结束。'],
      rematch: (who) => ['你和 ', who, ' 的师徒关系已结束，换一位搭档也许更合适。谁都没有做错什么。'],
      departed: (who) => ['你和 ', who, ' 的师徒关系已结束，因为其中一位离开了公司。'],
      left: (who) => ['你和 ', who, ' 的师徒关系已结束，因为其中一位退出了计划。'],
    },
    backWaiting: (everyDays) =>
      `你已回到等候名单，位置不变。${everyDays === 1 ? '下一个工作日会再次配对。' : `每 ${everyDays} 天配对一次。`}`,
    placeFree: '你的名额空出来了。有合适的人时我会告诉你。',
    finishedNext: '想再找一位导师的话，随时可以重新加入。',
    lookBackAsk: '有空时请回顾一下，只有两个问题：',

    waiting: (place, count) =>
      count === 1 ? '你在等导师，目前只有你一个人在等。' : `你在等导师，按等候时间排在第 ${place} 位，共 ${count} 人。`,
    waitExpected: (half, most, count) =>
      `最近配上导师的 ${count} 人里，一半等了不到 ${half} 天，五分之四等了不到 ${most} 天。`,
    waitUnknown: '要等多久还说不准，近半年配对的人太少。',
    waitFree: (n) => `有 ${n} 位合适的导师还有名额，下一轮就会决定。`,
    waitFull: (n) => `${n} 位合适的导师目前都没有名额。`,
    waitNone: '目前没有合适的导师。',
    bars: {
      self: '导师只有你自己。',
      manager: '仅有的导师是你的上级，或者你是对方的上级。',
      blocked: '合适的人都在“不想配对”的名单里。',
      again: '合适的人都和你配过对了。',
      language: '没有导师会说你的语言。办公室会看到这些语言缺导师。',
      topics: '没有导师提供你想学的内容。把方向写宽一些可能有帮助。',
      overlap: '能教这些的导师工作时间和你对不上。如果你实际在别的时区工作，可以改一下时区。',
    },
    proposed: '已经为你提出了一个配对，计划负责人正在看。',

    breakOver: '你在导师计划里的休息结束了，现在重新参与。',
    termOver: '你参加导师计划的期限到了，随时可以重新加入。',
    termOverMentor: '你当导师的期限到了。正在带的人可以带到结束。',

    title: '导师计划',
    notJoined: '由有经验的同事一对一带人走进开源社区，花多少时间由你定。',
    joinIt: '加入',
    changeIt: '修改我的登记',
    takeBreak: '休息一段时间',
    backNow: '重新参与',
    leaveIt: '退出计划',
    leaveTitle: '退出导师计划？',
    leaveText: '进行中的师徒关系会结束，你登记的内容会删除；只有和你配过对的人、你不想配对的人，会再保留 400 天。',
    leaveConfirm: '退出',
    leaveDeny: '留下',
    left: '你已退出导师计划，登记的内容已删除；和你配过对的人、你不想配对的人，400 天后也会删除。',
    mentorLine: (taken, count) =>
      taken === 0 ? `你是导师：${count} 个名额，还没用上。` : `你是导师：${count} 个名额，已用 ${taken} 个。`,
    onBreak: (when) => ['你在休息，最后一天是 ', when, '。'],
    youGuide: (who) => ['你在带 ', who, '。'],
    youLearn: (who) => [who, ' 在带你。'],
    states: {
      proposed: '待确认',
      confirmed: '即将介绍',
      active: '进行中',
      paused: '休息中',
      declined: '未确认',
      ended: '已结束',
    },
    plannedEnd: (when) => ['计划到 ', when],
    nextCheck: (when) => ['下次询问 ', when],
    goalLine: (text, day) => `目标（${day}前）：${text}`,
    goalDone: '已达成',
    goalDrop: '不做了',
    metButton: '见过了',
    notYetButton: '还没有',
    helpButton: '需要帮助',
    moreGoal: '定一个目标',
    moreMerged: '有改动被合并了',
    morePause: '一起休息一段',
    moreFinish: '结束',
    moreRematch: '换一位搭档',
    about: (action, name) => `${action}：${name}`,
    morePairs: (count) => `还有 ${count} 对。`,

    answered: {
      met: (days) => `很好。${daysOn(days)}我再问。`,
      not_yet: (days) => `记下了。${daysOn(days)}我再问。`,
      help: () => '我会告诉计划负责人你需要帮助，不告诉别人。其中一位会联系你。',
    },
    saved: '已保存。',
    goalClosed: '记下了。',
    brokenOff: '你已重新参与。',

    proposal: (mentor, mentee) => [mentor, ' 带 ', mentee],
    look: '看一下',
    more: (count) => `还有 ${count} 项。`,

    topicMine: '我的导师计划',
    topicLead: '导师计划（负责人）',
    dueCheck: (name) => `和 ${name} 见面`,
    dueCheckDetail: '上次问过之后，你们见过面吗？',
    dueGoal: (goal) => `目标：${goal}`,
    dueGoalDetail: '期限到了，达成了吗？',
    dueEnd: (name) => `你和 ${name} 的师徒关系`,
    dueEndDetail: '计划的时间到了。不回答的话，一个月后结束。',
    goOn: '继续 3 个月',
    finish: '结束',
    dueLook: (name) => `回顾和 ${name} 的师徒关系`,
    lookBack: '回顾',
    dueProposal: (mentor, mentee) => `待确认的配对：${mentor} 带 ${mentee}`,
    dueCall: (name) => `有人需要帮助：${name}`,

    helpMentorsButton: '我的导师计划',
    helpAmbassadorsButton: '谁能帮什么忙',
    helpMentors: '导师计划：加入、查看师徒关系、休息。',
    helpAmbassadors: '谁能帮什么忙；后面加上方向（如 rust）只看相关的人。',

    doubts: {
      know_each_other: '两人本来就认识或共事',
      other_mentor: '换一位导师更合适',
      other: '其他',
    },
    helped: { yes: '有', partly: '有一些', no: '没有' },

    refused: {
      gone: '这条记录已经不在了。',
      hat_in_use: '这个身份还有进行中的师徒关系，请先结束，再取消这个身份。',
      not_lead: '只有导师计划的负责人可以操作。',
      own_pair: '你是其中一位，请由其他负责人决定。',
      not_yours: '这是这对师徒自己的事。',
      decided: '这个配对已经决定过了。',
      not_together: '两人目前没有处在进行中的师徒关系里。',
      over: '这段师徒关系已经结束。',
      round_over: '这次询问已经回答过了。',
      too_early: '这次询问还没开始。',
      goal_gone: '这个目标已经不在进行中。',
      too_many: '放不下更多了，请先结束一些。',
      past_date: '请选一个未来的日期。',
      not_over: '这段师徒关系还没有结束。',
      looked_back: '你已经回顾过了，谢谢。',
      no_call: '已经有人处理了。',
    },
  },
};
