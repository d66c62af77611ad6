import type { Texts } from '../core/i18n.ts';

const en = {
  /* being excused */
  excuseAsks: (who: string, title: string) => `${who} asks to be excused from "${title}".`,
  excuseDue: (date: string) => `Mandatory, due by ${date}`,
  quote: (text: string) => `"${text}"`,
  excuse: 'Excuse',
  keep: 'It stays',
  about: (action: string, who: string) => `${action}: ${who}`,
  excuseNext: 'They hear your decision with its reason. Until then they are not reminded.',
  wasExcused: (who: string) => `${who} excused them.`,
  wasKept: (who: string) => `${who} decided that it stays.`,
  overtaken: 'Nothing is left to decide: the training was completed, or is no longer asked for.',
  exemptTitle: 'Excuse from training',
  keepTitle: 'It stays',
  reasonLabel: 'Reason, which they read',
  reasonMissing: 'Write one sentence first.',
  untilLabel: 'Until when',
  untilHint: 'Without a date it holds for good; with one it is assigned anew afterwards.',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',

  /* coverage */
  coverage: 'Training in numbers',
  coverageTeam: 'Training in your team, in numbers',
  track: 'Training',
  people: 'People',
  current: 'Current',
  due: 'Due',
  late: 'Overdue',
  expired: 'Run out',
  excused: 'Excused',
  percent: 'Current, %',
  line: (title: string, percent: string, current: string, people: string, late: string) =>
    `${title}: ${percent} % current (${current} of ${people}), ${late} late`,
  hidden: (n: number) =>
    n === 1
      ? 'One more training concerns fewer people than the smallest group, so it is left out.'
      : `${n} more concern fewer people than the smallest group, or nobody, so they are left out.`,
  none: 'No training is assigned to enough people yet to show numbers.',
  coverageFoot: 'Percent counts those who are not excused. Names are shown only where mandatory training is late.',
  byUnit: 'By unit',
  byOffice: 'By office',
  names: 'Who is late',
  assign: 'Assign training',
  export: 'Export the numbers',
  noGroup: 'not known',
  rest: 'Smaller groups together',
  groupsNone: 'Fewer people than the smallest group have to do with it: no numbers are shown.',

  /* names */
  namesTitle: 'Who is late',
  namesWait: 'One moment.',
  namesNone: 'Nobody is late with this training.',
  namesIntro: (n: number) =>
    n === 1 ? '1 person is late with mandatory training.' : `${n} people are late with mandatory training.`,
  namesSince: (date: string) => `since ${date}`,
  namesMore: (n: number) => `And ${n} more.`,
  namesAudit: 'That you opened this list is recorded.',
  escalate: 'Tell their managers',
  escalateTitle: 'Tell their managers?',
  escalateText:
    'Each manager hears how many of their people are late, and can open the names. At most once a day for each training.',
  escalateConfirm: 'Tell them',
  escalateDeny: 'Not now',
  escalateDone: (n: number) => (n === 1 ? 'One manager is told.' : `${n} managers are told.`),
  escalateUnled: (n: number) =>
    n === 1 ? 'For one person no manager is known.' : `For ${n} people no manager is known.`,
  escalated: (n: number, title: string) =>
    n === 1
      ? `One person in your team is late with "${title}", which is mandatory.`
      : `${n} people in your team are late with "${title}", which is mandatory.`,
  escalatedBy: (who: string) => `${who} asked to let you know. Please give them the time for it.`,
  escalatedOver: (title: string) => `Nobody in your team is late with "${title}" any more.`,

  /* assigning */
  assignTitle: 'Assign training',
  assignTrack: 'Which training',
  assignPeople: 'To whom',
  assignDue: 'Due by',
  assignDueHint: 'Without a date the time of the training counts.',
  assignMandatory: 'Mandatory',
  assignMandatoryHint: 'Reminders cannot be turned off; only a lead excuses.',
  assignNote: 'A sentence for them',
  assignSend: 'Assign',
  assignNobody: 'Choose at least one person.',
  assignPast: 'This day is over. Choose a later one.',
  assigned: (n: number) =>
    n === 1
      ? 'Assigned to one person. They hear of it with their next reminder.'
      : `Assigned to ${n} people. They hear of it with their next reminder.`,
  leftOut: (n: number) =>
    n === 1 ? 'One was left out: a guest, or somebody who left.' : `${n} were left out: guests, or people who left.`,

  /* home */
  homeTitle: 'Training: where people stand',
  homeOpen: 'Numbers',
  help: 'Training in numbers, and assigning it; for those who lead.',
  notYours: 'Numbers are for those who lead training, and for managers of at least one person.',
};

/** Words of training for those who lead. */
export const leadTexts: Texts<typeof en> = {
  en,
  'zh-CN': {
    excuseAsks: (who, title) => `${who} 申请免修“${title}”。`,
    excuseDue: (date) => `必修，${date} 前完成`,
    quote: (text) => `“${text}”`,
    excuse: '同意免修',
    keep: '仍需完成',
    about: (action, who) => `${action}：${who}`,
    excuseNext: '对方会看到你的决定和理由。在此之前不会再提醒对方。',
    wasExcused: (who) => `${who} 已同意免修。`,
    wasKept: (who) => `${who} 决定仍需完成。`,
    overtaken: '不用再处理：培训已完成，或已不再要求。',
    exemptTitle: '同意免修',
    keepTitle: '仍需完成',
    reasonLabel: '理由（对方会看到）',
    reasonMissing: '请先写一句理由。',
    untilLabel: '免修到哪天',
    untilHint: '不填则一直有效；填了，到期后会重新分配。',
    save: '保存',
    cancel: '取消',
    close: '关闭',

    coverage: '培训情况',
    coverageTeam: '你团队的培训情况',
    track: '培训',
    people: '人数',
    current: '有效',
    due: '待学',
    late: '逾期',
    expired: '过期',
    excused: '免修',
    percent: '有效率 %',
    line: (title, percent, current, people, late) =>
      `${title}：${percent} % 有效（${people} 人中 ${current} 人），${late} 人逾期`,
    hidden: (n) => `另有 ${n} 门涉及的人数太少或没有人，不显示。`,
    none: '还没有哪门培训分配给足够多的人，暂不显示数字。',
    coverageFoot: '有效率不计免修的人。只有必修培训逾期才会显示姓名。',
    byUnit: '按部门',
    byOffice: '按办公室',
    names: '谁逾期了',
    assign: '分配培训',
    export: '导出数字',
    noGroup: '未知',
    rest: '较小的组合计',
    groupsNone: '涉及的人数太少，不显示数字。',

    namesTitle: '谁逾期了',
    namesWait: '请稍候。',
    namesNone: '没有人逾期。',
    namesIntro: (n) => `${n} 人的必修培训已逾期。`,
    namesSince: (date) => `自 ${date} 起`,
    namesMore: (n) => `还有 ${n} 人。`,
    namesAudit: '你打开过这份名单，已留记录。',
    escalate: '通知直属上级',
    escalateTitle: '通知直属上级？',
    escalateText: '每位上级会知道自己团队有几个人逾期，并可以查看姓名。每门培训每天最多通知一次。',
    escalateConfirm: '通知',
    escalateDeny: '先不',
    escalateDone: (n) => `已通知 ${n} 位上级。`,
    escalateUnled: (n) => `有 ${n} 人没有登记直属上级。`,
    escalated: (n, title) => `你的团队有 ${n} 人的必修培训“${title}”已逾期。`,
    escalatedBy: (who) => `${who} 请我告诉你。请给他们留出时间。`,
    escalatedOver: (title) => `你的团队已经没有人逾期未学“${title}”。`,

    assignTitle: '分配培训',
    assignTrack: '哪门培训',
    assignPeople: '分配给谁',
    assignDue: '完成期限',
    assignDueHint: '不填则按这门培训自己的期限。',
    assignMandatory: '必修',
    assignMandatoryHint: '提醒不能关闭，只有负责人能同意免修。',
    assignNote: '给他们的一句话',
    assignSend: '分配',
    assignNobody: '请至少选一个人。',
    assignPast: '这一天已经过了，请选晚一点的日期。',
    assigned: (n) => `已分配给 ${n} 人，他们会在下一次提醒里看到。`,
    leftOut: (n) => `${n} 人没有分配：访客，或者已离职。`,

    homeTitle: '培训：大家学得怎么样',
    homeOpen: '看数字',
    help: '培训情况和分配，供负责人使用。',
    notYours: '数字只给培训负责人，以及至少带一个人的上级看。',
  },
};
