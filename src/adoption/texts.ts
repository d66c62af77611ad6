import type { Texts } from '../core/i18n.ts';
import type { State } from './adoption.ts';

const en = {
  help: 'Take shipped articles and policies for your own: one, an area, or all.',
  refused: 'Only the open source office adopts articles and policies. Ask it in its channel, or ask me who it is.',
  overview: 'What your open source office has adopted',
  how: 'Adopt one, an area or all: /ospo adopt agpl-saas, /ospo adopt using, /ospo adopt policy/licenses, /ospo adopt all.',
  areaLine: (area: string, confirmed: number, all: number) => `${area}: ${confirmed} of ${all} confirmed`,
  unknown: (what: string) => `There is no article, policy or area called "${what}".`,
  adopted: (count: number) =>
    count === 1
      ? 'Adopted: answers from it no longer say "starter text".'
      : `${count} articles and policies adopted: answers from them no longer say "starter text".`,
  nothingNew: 'There was nothing left to adopt.',
  left: (count: number) =>
    count === 0
      ? 'Nothing is left to adopt.'
      : count === 1
        ? 'One article or policy is still starter text.'
        : `${count} articles and policies are still starter text.`,
  unapproved: (count: number) =>
    count === 1
      ? 'One of them tells people what the law asks, and no role has approved it yet.'
      : `${count} of them tell people what the law asks, and no role has approved them yet.`,
  waiting: (count: number) =>
    count === 1
      ? 'One update waits: the adopted text stays in force until you accept the new one.'
      : `${count} updates wait: the adopted texts stay in force until you accept the new ones.`,
  more: (count: number) => `${count} more: look at one with /ospo adopt and its name.`,
  accept: 'Accept the new text',
  acceptOf: (topic: string) => `Accept the new text of ${topic}`,
  accepted: (topic: string) => `The new text of ${topic} is adopted and in force now.`,
  moved: 'Meanwhile another text ships, or somebody accepted this one. Look again: /ospo adopt and its name.',
  states: {
    own: 'yours',
    starter: 'starter text',
    adopted: 'adopted',
    changed: 'adopted; an update waits',
  } satisfies Record<State, string> as Readonly<Record<State, string>>,
};

/** All words of adopting. */
export const texts: Texts<typeof en> = {
  en,
  'zh-CN': {
    help: '采纳预置的文章和政策，作为公司自己的内容：一项、一个领域或全部。',
    refused: '只有开源项目办公室可以采纳文章和政策。请在他们的频道里提，也可以问我怎么联系他们。',
    overview: '开源项目办公室已采纳的内容',
    how: '采纳一项、一个领域或全部：/ospo adopt agpl-saas、/ospo adopt using、/ospo adopt policy/licenses、/ospo adopt all。',
    areaLine: (area, confirmed, all) => `${area}：共 ${all} 项，已确认 ${confirmed} 项`,
    unknown: (what) => `没有名为“${what}”的文章、政策或领域。`,
    adopted: (count) => `已采纳 ${count} 项，相关答案不再标注“预置内容”。`,
    nothingNew: '没有需要采纳的内容了。',
    left: (count) => (count === 0 ? '已全部采纳。' : `还有 ${count} 项是预置内容。`),
    unapproved: (count) => `其中 ${count} 项讲的是法律义务，还没有相应的角色批准。`,
    waiting: (count) => `有 ${count} 项有更新待接受：接受之前，已采纳的文本继续有效。`,
    more: (count) => `另有 ${count} 项：用 /ospo adopt 加名称查看。`,
    accept: '接受新文本',
    acceptOf: (topic) => `接受 ${topic} 的新文本`,
    accepted: (topic) => `${topic} 的新文本已采纳，即刻生效。`,
    moved: '预置的文本又变了，或者已经有人接受了这一版。请用 /ospo adopt 加名称再看一次。',
    states: { own: '自有', starter: '预置内容', adopted: '已采纳', changed: '已采纳，有更新待接受' },
  },
};
