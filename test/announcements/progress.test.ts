import { describe, expect, it } from 'vitest';
import type { Announcement, Known } from '../../src/announcements/announcement.ts';
import type { Miss, Progress } from '../../src/announcements/delivery.ts';
import {
  type Counts,
  drawEveryMs,
  type ProgressFacts,
  percentOf,
  progressOf,
} from '../../src/announcements/progress.ts';
import { type ProgressLook, progressMessage, takesWords } from '../../src/announcements/progress-views.ts';
import type { Locale } from '../../src/core/i18n.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { button } from '../../src/slack/blocks.ts';

const pace = { post: 200, update: 40 };
const minute = 60_000;

describe('progress', () => {
  it('counts what is on its way as waiting, and what is being changed as sent', () => {
    const progress = progressOf(counts({ waiting: 500, queued: 150, changing: 40, sent: 300, outdated: 100 }), facts());

    expect(progress).toMatchObject({ total: 950, waiting: 610, sent: 340, outdated: 140 });
  });

  it.each<{
    readonly what: string;
    readonly counts: Partial<Counts>;
    readonly facts?: Partial<ProgressFacts>;
    readonly restMs: number | undefined;
    readonly perMinute?: number | undefined;
  }>([
    {
      what: 'by the pace, before there is a rate',
      counts: { waiting: 1_000 },
      facts: { since: -1 },
      restMs: 5 * minute,
    },
    {
      what: 'by the rate, once it is slower',
      counts: { waiting: 1_000 },
      facts: { lately: 100 },
      restMs: 10 * minute,
      perMinute: 100,
    },
    {
      what: 'by the pace, when the rate is faster',
      counts: { waiting: 1_000 },
      facts: { lately: 400 },
      restMs: 5 * minute,
      perMinute: 400,
    },
    {
      what: 'of changes by their own pace',
      counts: { sent: 400, outdated: 400 },
      facts: { lately: 40 },
      restMs: 10 * minute,
      perMinute: 40,
    },
    {
      what: 'of both by the slower one',
      counts: { waiting: 200, sent: 400, outdated: 400 },
      facts: { lately: 240 },
      restMs: 10 * minute,
      perMinute: 240,
    },
    {
      what: 'of a withdrawal of all that stands',
      counts: { sent: 400, retracted: 40 },
      facts: { state: 'retracting', lately: 40 },
      restMs: 10 * minute,
      perMinute: 40,
    },
    {
      what: 'unknown while nothing moves',
      counts: { waiting: 1_000, queued: 200 },
      facts: { lately: 0 },
      restMs: undefined,
      perMinute: 0,
    },
    {
      what: 'as long as the last one waits',
      counts: { waiting: 1 },
      facts: { lately: 0, lastFrom: 99 * minute },
      restMs: 89 * minute,
      perMinute: 0,
    },
    { what: 'nothing once it is over', counts: { sent: 1_000 }, facts: { state: 'sent' }, restMs: undefined },
  ])('says how long it takes: $what', ({ counts: some, facts: more, restMs, perMinute }) => {
    const progress = progressOf(counts(some), facts(more));

    expect({ restMs: progress.restMs, perMinute: progress.perMinute }).toEqual({ restMs, perMinute });
  });

  it.each([
    { places: 10, everyMs: 5_000 },
    { places: 10_000, everyMs: 30_000 },
    { places: 1_000_000, everyMs: 60_000 },
  ])('of $places places is drawn every $everyMs ms', ({ places, everyMs }) => {
    expect(drawEveryMs(counts({ waiting: places }), pace)).toBe(everyMs);
  });

  it.each([
    [0, 0, 100],
    [0, 10, 0],
    [999, 1_000, 99],
    [9_999, 10_000, 99],
    [10_000, 10_000, 100],
  ])('%i of %i are %i percent', (done, total, percent) => {
    expect(percentOf(done, total)).toBe(percent);
  });
});

describe('the card of its sender', () => {
  const states: readonly {
    readonly state: Announcement['state'];
    readonly task?: 'revise';
    readonly progress: Partial<Progress>;
    readonly en: string;
    readonly zh: string;
  }[] = [
    {
      state: 'expanding',
      progress: { total: 1_500, waiting: 1_500 },
      en: '"A new rule". The list of places is being made: 1,500 so far.',
      zh: '《新规定》正在列出接收的地方：目前 1,500 个。',
    },
    {
      state: 'sending',
      progress: { total: 10_000, waiting: 6_880, sent: 3_120, perMinute: 190, restMs: 36 * minute },
      en: '"A new rule". Being sent: 3,120 of 10,000 places have it (31 %).\nAbout 36 minutes left · 190 a minute',
      zh: '《新规定》正在发送：10,000 处中已有 3,120 处收到（31%）。\n还需大约 36 分钟 · 每分钟 190 条',
    },
    {
      state: 'sending',
      progress: { total: 10, waiting: 10, perMinute: 0 },
      en: '"A new rule". Being sent: 0 of 10 places have it (0 %).\nSlack takes no messages at the moment. I go on by myself as soon as it does.',
      zh: '《新规定》正在发送：10 处中已有 0 处收到（0%）。\nSlack 暂时不接收消息。恢复后我会自动继续。',
    },
    {
      state: 'sending',
      task: 'revise',
      progress: { total: 10_000, sent: 10_000, outdated: 7_500, restMs: 200 * minute },
      en: '"A new rule". Being changed: 2,500 of 10,000 places show the new text (25 %).\nAbout 3 h 20 min left',
      zh: '《新规定》正在更新：10,000 处中已有 2,500 处换成新内容（25%）。\n还需大约 3 小时 20 分钟',
    },
    {
      state: 'sent',
      progress: { total: 13, sent: 10, failed: 1, unknown: 1, quiet: 1 },
      en: '"A new rule". Sent: 10 of 12 places have it.\n1 failed · 1 unknown · 1 on Home or in the digest only',
      zh: '《新规定》已发送：12 处中有 10 处收到。\n1 处失败 · 1 处结果不明 · 1 处只在首页或汇总里显示',
    },
    {
      state: 'cancelled',
      progress: { total: 10, sent: 4, left: 6 },
      en: '"A new rule". Stopped: 4 of 10 places have it.\n6 left out by the stop',
      zh: '《新规定》已停止：10 处中有 4 处收到。\n6 处因停止而没有发送',
    },
    {
      state: 'retracting',
      progress: { total: 10, sent: 8, outdated: 8, retracted: 2, restMs: 20_000 },
      en: '"A new rule". Being withdrawn: gone at 2 of 10 places (20 %).\nLess than a minute left',
      zh: '《新规定》正在撤回：10 处中已撤回 2 处（20%）。\n还需不到一分钟',
    },
    {
      state: 'retracted',
      progress: { total: 10, retracted: 9, failed: 1 },
      en: '"A new rule". Withdrawn: gone at 9 of 10 places.\n1 failed',
      zh: '《新规定》已撤回：10 处中撤回了 9 处。\n1 处失败',
    },
  ];
  it.each(states)('$state, $task: $en', ({ state, task, progress, en, zh }) => {
    const announcement = { ...known, state, ...(task ? { work: { task, after: '' } } : {}) };

    const [english, chinese] = (['en', 'zh-CN'] as const).map((locale) =>
      progressMessage(announcement, { ...none, ...progress }, look(locale)),
    );

    expect(english?.text).toBe(en);
    expect(chinese?.text).toBe(zh);
  });

  it('names what mends it, the most frequent first, and nobody', () => {
    const misses: readonly Miss[] = [
      { target: { channel: 'C1' }, state: 'failed', reason: 'is_archived' },
      { target: { channel: 'C2' }, state: 'failed', reason: 'not_in_channel' },
      { target: { channel: 'C3' }, state: 'failed', reason: 'channel_not_found' },
      { target: { channel: 'C4' }, state: 'unknown', reason: 'missing_scope' },
      { target: { channel: 'C5' }, state: 'failed', reason: 'something_new' },
    ];

    const { text } = progressMessage(
      { ...known, state: 'sent' },
      { ...none, failed: 4, unknown: 1 },
      look('en', misses),
    );

    expect(text.split('\n').slice(2)).toEqual([
      '2 × I am not in the channel, or it is gone. Let somebody in it write /invite @ospo-advisor, then retry.',
      '1 × The channel is archived. Bring it back or choose another one, then retry.',
      expect.stringMatching(/^1 × Slack gave no answer and I may not look, so nothing is sent twice. Look there: /),
      '1 × Slack refused it for another reason. Whoever runs this bot finds it in the log.',
    ]);
    expect(text).not.toMatch(/C\d/);
  });

  it('does not count what it has not seen', () => {
    const misses: readonly Miss[] = [{ target: { channel: 'C1' }, state: 'failed', reason: 'is_archived' }];

    const { text } = progressMessage({ ...known, state: 'sent' }, none, { ...look('en', misses), more: true });

    expect(text).toMatch(/\nThe channel is archived/);
  });

  it('offers what its sender may do', () => {
    const stop = button({ id: 'announcements.open', text: 'Open', value: 'A-1' });

    const { blocks } = progressMessage(known, none, { ...look('en'), buttons: () => [stop] });

    expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'announcements.open' }] });
  });

  it('escapes the title', () => {
    const { text } = progressMessage({ ...known, titles: { en: '<!channel> & more' } }, none, look('en'));

    expect(text).toContain('&lt;!channel&gt; &amp; more');
  });
});

const none: Progress = {
  total: 0,
  waiting: 0,
  sent: 0,
  outdated: 0,
  failed: 0,
  unknown: 0,
  quiet: 0,
  covered: 0,
  left: 0,
  retracted: 0,
  perMinute: undefined,
  restMs: undefined,
};

const known: Known = {
  id: 'A-1',
  kind: 'policy',
  author: 'U1' as PersonId,
  titles: { en: 'A new rule', 'zh-CN': '新规定' },
  audience: { everybody: true, channels: [], roles: [], offices: [], units: [], doings: [], callChannel: false },
  revision: 1,
  edition: 1,
  confirmFrom: 1,
  state: 'sending',
  since: 0,
  wakeAt: null,
  events: [{ kind: 'begun', at: 0, by: 'U1' as PersonId }],
};

function look(locale: Locale, misses: readonly Miss[] = []): ProgressLook {
  return { locale, misses, buttons: () => [] };
}

function counts(some: Partial<Counts>): Counts {
  return {
    ...{ waiting: 0, queued: 0, sent: 0, failed: 0, unknown: 0, quiet: 0, covered: 0, left: 0, retracted: 0 },
    ...{ changing: 0, outdated: 0 },
    ...some,
  };
}

function facts(some: Partial<ProgressFacts> = {}): ProgressFacts {
  const now = 10 * minute;
  const since = some.since === -1 ? now - 1_000 : 0;
  return { state: 'sending', lately: 200, lastFrom: undefined, pace, now, ...some, since };
}

describe('how long so many messages take', () => {
  it.each([
    [10_000, 34, 'About 4 h 50 min', '大约 4 小时 50 分钟'],
    [10_000, 190, 'About 53 minutes', '大约 53 分钟'],
    [380, 190, 'About 2 minutes', '大约 2 分钟'],
    [379, 190, undefined, undefined],
    [0, 34, undefined, undefined],
  ])('%i at %i a minute: %s', (messages, perMinute, en, zh) => {
    expect(takesWords(messages, perMinute, 'en')).toBe(en);
    expect(takesWords(messages, perMinute, 'zh-CN')).toBe(zh);
  });
});
