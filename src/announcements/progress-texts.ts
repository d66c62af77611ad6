import type { Texts } from '../core/i18n.ts';

/** Why a place did not get an announcement, as far as somebody can do something about it. */
export type Reason =
  | 'left'
  | 'archived'
  | 'outside'
  | 'forbidden'
  | 'unreachable'
  | 'text'
  | 'removed'
  | 'fixed'
  | 'later'
  | 'unknown'
  | 'other';

/** How a sentence begins that says how long something takes: "About 3 h 20 min". */
interface Spans {
  readonly soon: string;
  minutes(n: number): string;
  hours(h: number, min: number): string;
}

const en = {
  expanding: (done: string) => `The list of places is being made: ${done} so far.`,
  sending: (done: string, total: string, percent: number) =>
    `Being sent: ${done} of ${total} places have it (${percent} %).`,
  changing: (done: string, total: string, percent: number) =>
    `Being changed: ${done} of ${total} places show the new text (${percent} %).`,
  sent: (done: string, total: string) => `Sent: ${done} of ${total} places have it.`,
  stopped: (done: string, total: string) => `Stopped: ${done} of ${total} places have it.`,
  retracting: (done: string, total: string, percent: number) =>
    `Being withdrawn: gone at ${done} of ${total} places (${percent} %).`,
  retracted: (done: string, total: string) => `Withdrawn: gone at ${done} of ${total} places.`,
  outline: (title: string, how: string) => `"${title}". ${how}`,
  untitled: 'Without a title',
  rate: (perMinute: string) => `${perMinute} a minute`,
  rest: (span: string) => `${span} left`,
  stalled: 'Slack takes no messages at the moment. I go on by myself as soon as it does.',
  failed: (n: string) => `${n} failed`,
  unknown: (n: string) => `${n} unknown`,
  left: (n: string) => `${n} left out by the stop`,
  covered: (n: string) => `${n} read it in a channel`,
  quiet: (n: string) => `${n} on Home or in the digest only`,
  times: (n: string, what: string) => `${n} × ${what}`,
  spans: {
    soon: 'Less than a minute',
    minutes: (n) => (n === 1 ? 'About 1 minute' : `About ${n} minutes`),
    hours: (h, min) => (min === 0 ? `About ${h} h` : `About ${h} h ${min} min`),
  } as Spans,
  reasons: {
    left: 'Left the company before their turn came. There is nothing to do.',
    archived: 'The channel is archived. Bring it back or choose another one, then retry.',
    outside: 'I am not in the channel, or it is gone. Let somebody in it write /invite @ospo-advisor, then retry.',
    forbidden: 'Only some people may write in the channel. Ask whoever looks after it to let me, then retry.',
    unreachable: 'Slack cannot reach this person by direct message. Tell them another way.',
    text: 'Slack does not take the text. Change it, send the changes, then retry.',
    removed: 'Somebody removed the message. Retry to send it again.',
    fixed: 'Slack does not let me change the message that stands there.',
    later: 'Slack did not take it for more than an hour. Retry now.',
    unknown:
      'Slack gave no answer and I may not look, so nothing is sent twice. Look there: a press on a button of the message tells me that it came; where it is missing, duplicate the announcement for that place. With the scope channels:history (private: groups:history) I look myself.',
    other: 'Slack refused it for another reason. Whoever runs this bot finds it in the log.',
  } as Readonly<Record<Reason, string>>,
};

const zh: typeof en = {
  expanding: (done) => `正在列出接收的地方：目前 ${done} 个。`,
  sending: (done, total, percent) => `正在发送：${total} 处中已有 ${done} 处收到（${percent}%）。`,
  changing: (done, total, percent) => `正在更新：${total} 处中已有 ${done} 处换成新内容（${percent}%）。`,
  sent: (done, total) => `已发送：${total} 处中有 ${done} 处收到。`,
  stopped: (done, total) => `已停止：${total} 处中有 ${done} 处收到。`,
  retracting: (done, total, percent) => `正在撤回：${total} 处中已撤回 ${done} 处（${percent}%）。`,
  retracted: (done, total) => `已撤回：${total} 处中撤回了 ${done} 处。`,
  outline: (title, how) => `《${title}》${how}`,
  untitled: '没有标题',
  rate: (perMinute) => `每分钟 ${perMinute} 条`,
  rest: (span) => `还需${span}`,
  stalled: 'Slack 暂时不接收消息。恢复后我会自动继续。',
  failed: (n) => `${n} 处失败`,
  unknown: (n) => `${n} 处结果不明`,
  left: (n) => `${n} 处因停止而没有发送`,
  covered: (n) => `${n} 人在频道里看到`,
  quiet: (n) => `${n} 处只在首页或汇总里显示`,
  times: (n, what) => `${n} 处：${what}`,
  spans: {
    soon: '不到一分钟',
    minutes: (n) => `大约 ${n} 分钟`,
    hours: (h, min) => (min === 0 ? `大约 ${h} 小时` : `大约 ${h} 小时 ${min} 分钟`),
  },
  reasons: {
    left: '还没轮到就已离职，不用处理。',
    archived: '频道已归档。恢复它或改选别的频道，再重试。',
    outside: '我不在这个频道里，或者频道已经没有了。请频道里的人发送 /invite @ospo-advisor，再重试。',
    forbidden: '这个频道只有部分人可以发言。请频道的负责人允许我发言，再重试。',
    unreachable: 'Slack 无法给这个人发私信，请用别的方式告诉对方。',
    text: 'Slack 不接受这段内容。改好并发送修改，再重试。',
    removed: '消息被人删掉了。重试会重新发送。',
    fixed: 'Slack 不允许我修改这条已经发出的消息。',
    later: 'Slack 一个多小时都没有接收。现在可以重试。',
    unknown:
      'Slack 没有回应，我也无权查看，所以不会重复发送。请去看一看：消息在的话，按一下它的按钮，我就知道送到了；不在的话，复制一份通知发到那里。给我 channels:history（私有频道是 groups:history）权限，我就能自己查。',
    other: 'Slack 因为别的原因拒绝了。维护这个机器人的人可以在日志里查到。',
  },
};

/** How far an announcement is, what became of it, and what can be done about it. */
export const progressTexts: Texts<typeof en> = { en, 'zh-CN': zh };
