import type { ModalView } from '@slack/types';
import { calendarOf } from '../core/business-time.ts';
import { type Locale, locales } from '../core/i18n.ts';
import { Office } from '../core/organization.ts';
import type { Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home } from '../slack/blocks.ts';
import { type Due, emptyBook } from './book.ts';
import { declineForm, laterForm, loadingView, sayView, settingsForm } from './forms.ts';
import { dueSection, settingsSection } from './home-views.ts';
import type { View } from './look.ts';
import type { Place } from './place.ts';
import { texts } from './texts.ts';
import { dueMessage, noteMessage, overMessage, reminderMessage } from './views.ts';

// A Tuesday.
const today = '2026-11-24';
const since = Date.parse(today);

const office = Office.parse({ id: 'berlin', name: { en: 'Berlin', 'zh-CN': '柏林' }, zone: 'Europe/Berlin' });
const place: Place = { calendar: calendarOf(office), quiet: office.quiet, spreadMs: 0 };

const start = { action: 'samples.start', value: 'sample', label: { en: 'Start', 'zh-CN': '开始' } };

const course: Due = {
  key: 'samples:course',
  topic: 'samples:training',
  title: { en: 'Licenses in practice', 'zh-CN': '许可证实务' },
  minutes: 12,
  since,
  due: '2026-12-04',
  mandatory: {
    en: 'Whoever contributes upstream has to know it. If that is not you, ask the open source office for an exemption.',
    'zh-CN': '向上游贡献代码的人都要学。如果你不需要，请联系开源项目办公室申请豁免。',
  },
  buttons: [start],
};
const upstream: Due = {
  key: 'samples:upstream',
  topic: 'samples:training',
  title: { en: 'Contributing upstream', 'zh-CN': '向上游贡献' },
  minutes: 8,
  since,
  due: '2026-12-16',
  buttons: [start],
  done: true,
  decline: true,
};
const meeting: Due = {
  key: 'samples:meeting',
  topic: 'samples:mentoring',
  title: { en: 'Meeting with your mentor', 'zh-CN': '和导师见面' },
  detail: { en: 'Have you met in the last two weeks?', 'zh-CN': '最近两周你们见过面吗？' },
  since,
  decline: true,
  buttons: [
    { ...start, value: 'met', label: { en: 'We met', 'zh-CN': '见过了' } },
    { ...start, value: 'not-yet', label: { en: 'Not yet', 'zh-CN': '还没有' } },
    { ...start, value: 'help', label: { en: 'I need help', 'zh-CN': '需要帮助' } },
  ],
};
const notice: Due = {
  key: 'samples:notice',
  topic: 'samples:news',
  title: { en: 'The new policy on AI assistants', 'zh-CN': '关于 AI 编程助手的新规定' },
  since,
  due: '2026-11-20',
  done: true,
};
const longest: Due = {
  ...upstream,
  key: 'samples:longest',
  title: {
    en: `A title ${'that is as long as titles get, '.repeat(4)}`.slice(0, 80),
    'zh-CN': '很长的标题'.repeat(16),
  } as Due['title'],
  detail: { en: 'A sentence. '.repeat(20), 'zh-CN': '一句话。'.repeat(40) },
};

const all: readonly Due[] = [notice, course, meeting, upstream, longest];
const many: readonly Due[] = Array.from({ length: 40 }, (_, index) => ({ ...course, key: `samples:${index}` }));
const topics = (locale: Locale, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `samples:${index}`,
    name: `${course.title[locale]} ${index + 1}`,
  }));

/** Every message, modal and Home state of reminders, in both languages. */
export function reminderSamples(): readonly Sample[] {
  return locales.flatMap((locale) => {
    const view: View = { reader: { locale, zone: 'Europe/Berlin' }, today };
    return [...messageSamples(view), ...formSamples(view), ...homeSamples(view)];
  });
}

function messageSamples(view: View): readonly Sample[] {
  const words = texts[view.reader.locale];
  const sample = (what: string, payload: Rendered): Sample => ({
    name: `reminders: ${what} (${view.reader.locale})`,
    surface: 'message',
    payload,
  });
  const none = { due: [], later: [], last: new Set<string>(), rest: [] };
  const until = '2026-12-01';
  return [
    ...all.map((thing, index) => sample(`one thing, ${index + 1}`, reminderMessage({ ...none, due: [thing] }, view))),
    sample('two things', reminderMessage({ ...none, due: [course, upstream] }, view)),
    sample('as many as fit', reminderMessage({ ...none, due: all, rest: [...all, ...all].slice(0, 4) }, view)),
    sample('one thing, and another from before', reminderMessage({ ...none, due: [course], rest: [upstream] }, view)),
    sample('last word', reminderMessage({ ...none, due: [course, upstream], last: new Set([upstream.key]) }, view)),
    sample('one put off', reminderMessage({ ...none, due: [course], later: [{ ...upstream, until }] }, view)),
    sample(
      'all put off',
      reminderMessage(
        {
          ...none,
          later: [
            { ...upstream, until },
            { ...meeting, until },
          ],
        },
        view,
      ),
    ),
    sample('settled', reminderMessage(none, view)),
    sample('a newer one came', overMessage(words.newer)),
    sample('on demand', dueMessage([course, upstream], 5, view)),
    sample('on demand, many', dueMessage(many, 5, view)),
    sample('on demand, nothing', dueMessage([], 5, view)),
    sample('done', noteMessage(words.doneNote(course.title[view.reader.locale]))),
    sample('no longer due', noteMessage(words.goneNote)),
  ];
}

function formSamples(view: View): readonly Sample[] {
  const { locale } = view.reader;
  const words = texts[locale];
  const sample = (what: string, payload: ModalView): Sample => ({
    name: `reminders: ${what} (${locale})`,
    surface: 'modal',
    payload,
  });
  const titles = ['laterTitle', 'declineTitle', 'settingsTitle'] as const;
  return [
    ...titles.map((title) => sample(`loading, ${title}`, loadingView(title, view.reader))),
    sample('later, one thing', laterForm([course], place, view)),
    sample('later, several', laterForm(all, place, view)),
    sample('later, on a Friday', laterForm(many, place, { ...view, today: '2026-11-27' })),
    sample('not for me, one thing', declineForm([upstream], view)),
    sample('not for me, several', declineForm([course, meeting, upstream], view)),
    sample('not for me, mandatory', declineForm([course], view)),
    sample('nothing due', sayView(words.laterTitle, [words.goneNote], view.reader)),
    sample('settings', settingsForm(topics(locale, 3), { ...emptyBook, muted: ['samples:1'] }, view)),
    sample('settings, many topics', settingsForm(topics(locale, 12), emptyBook, view)),
    sample(
      'settings, nothing to choose',
      settingsForm([], { ...emptyBook, rhythm: 'weekly', pausedUntil: '2026-12-24' }, view),
    ),
  ];
}

function homeSamples(view: View): readonly Sample[] {
  const { locale } = view.reader;
  const until = '2026-12-01';
  const states = {
    'several things': dueSection(all, [{ ...upstream, key: 'samples:later', until }], view),
    'many things': dueSection(many, [], view),
    'only put off': dueSection([], [{ ...upstream, until }], view),
    settings: settingsSection(emptyBook, view),
    'settings, weekly': settingsSection({ ...emptyBook, rhythm: 'weekly' }, view),
    'settings, paused': settingsSection({ ...emptyBook, pausedUntil: '2026-12-24' }, view),
  };
  return Object.entries(states).map(
    ([what, blocks]): Sample => ({
      name: `reminders: home, ${what} (${locale})`,
      surface: 'home',
      payload: home({ blocks }),
    }),
  );
}
