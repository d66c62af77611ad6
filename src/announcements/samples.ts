import type { KnownBlock, ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { Person, PersonId, Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home } from '../slack/blocks.ts';
import type { AnnouncementEvent, AnnouncementState, AnnouncementText, Known } from './announcement.ts';
import { emptyAudience, type Preflight } from './audience.ts';
import { manyOffers, offers } from './audience-samples.ts';
import { audienceForm } from './audience-views.ts';
import { type Checked, confirmForm } from './confirm-views.ts';
import { texts as leadTexts } from './form-texts.ts';
import { beginForm, extrasForm, loadingView, questionForm, reasonForm, whenForm, wordsForm } from './forms.ts';
import {
  changesView,
  gatheredMessage,
  leadMessage,
  leadSection,
  leadView,
  listMessage,
  type NewsItem,
  newsButtons,
  newsSection,
  settingsForm,
} from './home-views.ts';
import type { Kind } from './kind.ts';
import type { Look } from './look.ts';
import { type Desk, deskPage, progressButtons } from './page-views.ts';
import { progressMessage, takesWords } from './progress-views.ts';
import { plainReader } from './reader.ts';
import { later, progress, results } from './result-samples.ts';
import { numbersMessage } from './result-views.ts';
import type { Results } from './results.ts';
import { texts } from './texts.ts';
import { toldMessage } from './told-views.ts';
import { announcementMessage, noteMessage, readingView, type Shown, sayView, withdrawnMessage } from './views.ts';

// A fixed moment, so that the gallery is the same every day: Monday, 23 November 2026, 10:00 UTC.
const start = Date.UTC(2026, 10, 23, 10);
const hourMs = 3_600_000;
const author = 'U0AUTHOR01' as PersonId;
const second = 'U0SECOND01' as PersonId;
const reader = 'U0READER01' as PersonId;

const words = {
  en: {
    title: 'AGPL in our services: ask first from 1 December on',
    body: 'From 1 December on: **a service that we host may use an AGPL component after a review.**\n\nWho has to do something:\n- teams that run one today: `ospo request component`, by 15 December\n- everybody else: nothing\n\nWhy: we change such components, and then owe their source to users.',
  },
  'zh-CN': {
    title: '服务里用 AGPL：12 月 1 日起先问再用',
    body: '12 月 1 日起：**我们部署的服务要用 AGPL 组件，须先评审。**\n\n谁需要做什么：\n- 现在就在用的团队：12 月 15 日之前提交申请\n- 其他人：什么都不用做\n\n为什么：我们会改这些组件，改了就要把源代码给用户。',
  },
} as const;

function textFor(more: Partial<AnnouncementText> = {}): AnnouncementText {
  return {
    announcement: 'A-SAMPLE',
    edition: 1,
    words: { ...words },
    links: [{ label: 'GNU AGPL v3', url: 'https://www.gnu.org/licenses/agpl-3.0.html' }],
    ask: true,
    by: author,
    at: start,
    ...more,
  };
}

function known(kind: string, state: AnnouncementState, more: Partial<Known> = {}): Known {
  const events: AnnouncementEvent[] = [{ kind: 'begun', at: start, by: author }];
  return {
    id: 'A-SAMPLE',
    kind,
    author,
    titles: { en: words.en.title, 'zh-CN': words['zh-CN'].title },
    audience: { ...emptyAudience, roles: ['legal', '@ospo'], channels: ['C0SAMPLE01'] },
    revision: 3,
    edition: 1,
    confirmFrom: 1,
    state,
    since: start,
    wakeAt: state === 'scheduled' ? start + 20 * hourMs : null,
    ...(state === 'draft' || state === 'review' || state === 'scheduled' ? {} : { sentAt: start }),
    events,
    ...more,
  };
}

function lookFor(locale: Locale, kinds: readonly Kind[]): Look {
  return {
    reader: { locale, zone: 'Europe/Berlin' },
    now: start + hourMs,
    name: () => (locale === 'en' ? 'OSPO lead' : '开源办公室负责人'),
    kind: (id) => kinds.find((kind) => kind.id === id)?.name[locale] ?? id,
  };
}

function personFor(locale: Locale, at: number): Person {
  const name = locale === 'en' ? `Engineer ${at}` : `工程师 ${at}`;
  return { id: reader, name, locale, zone: 'Europe/Berlin', active: true, guest: false, roles: [] };
}

function flightFor(locale: Locale, more: Partial<Preflight> = {}): Preflight {
  const people = [1, 2, 3, 4, 5, 6].map((at) => personFor(locale, at));
  return {
    reach: {
      people,
      channels: ['C0SAMPLE01'],
      covered: people.slice(0, 2).map((person) => ({ person, by: 'C0SAMPLE01' })),
      unseen: ['C0SAMPLE05'],
      projects: [
        { tie: { tie: 'maintains', name: 'apache/kafka' }, people: 3 },
        { tie: { tie: 'contributes', name: 'example/parser' }, people: 0 },
      ],
      left: { gone: 1, guest: 2, opted_out: 3, language: 0 },
      shut: [
        { channel: 'C0SAMPLE02', why: 'outside' },
        { channel: 'C0SAMPLE03', why: 'archived' },
        { channel: 'C0SAMPLE04', why: 'hidden' },
      ],
    },
    numbers: { people: 1_240, channels: 1, left: 9 },
    members: 310,
    wide: false,
    later: 120,
    last: start + 23 * hourMs,
    over: 12,
    digest: 40,
    byLocale: { en: 900, 'zh-CN': 340 },
    ...more,
  };
}

/** Everything that announcements can show, in both languages. */
export function announcementSamples(kinds: readonly Kind[]): readonly Sample[] {
  return locales.flatMap((locale) => {
    const look = lookFor(locale, kinds);
    const named = (what: string) => `announcements: ${what} (${locale})`;
    const messages: readonly (readonly [string, Rendered | undefined])[] = messagesFor(locale, look);
    const modals: readonly (readonly [string, ModalView])[] = [
      ...pagesFor(locale, look),
      ...formsFor(locale, look, kinds),
    ];
    return [
      ...messages.flatMap(([what, payload]): Sample[] =>
        payload ? [{ name: named(what), surface: 'message', payload }] : [],
      ),
      ...modals.map(([what, payload]): Sample => ({ name: named(what), surface: 'modal', payload })),
      ...homesFor(look).map(
        ([what, blocks]): Sample => ({ name: named(what), surface: 'home', payload: home({ blocks }) }),
      ),
    ];
  });
}

function shownFor(more: Partial<Shown> = {}): Shown {
  return {
    announcement: known('policy-change', 'sent'),
    text: textFor(),
    confirm: true,
    reading: undefined,
    surface: 'person',
    request: undefined,
    ...more,
  };
}

function items(): readonly NewsItem[] {
  return [
    { announcement: known('policy-change', 'sent'), open: true },
    { announcement: known('event', 'sent', { titles: { en: 'Open source day' } }), open: false },
  ];
}

const revised: AnnouncementEvent = { kind: 'revised', at: start + hourMs, by: author, edition: 2, anew: true };

function messagesFor(locale: Locale, look: Look): readonly (readonly [string, Rendered | undefined])[] {
  const changed = known('policy-change', 'sent', { edition: 2, confirmFrom: 2, events: [revised] });
  const request = { label: locale === 'en' ? 'Request component use' : '申请使用组件', value: 'component' };
  const other: Locale = locale === 'en' ? 'zh-CN' : 'en';
  const reason = locale === 'en' ? 'The board wants another wording.' : '评审会要求换个写法。';
  const retracting: AnnouncementEvent = { kind: 'retracting', at: start, by: author, text: reason };
  const withdrawn = known('policy-change', 'retracted', { events: [retracting] });
  const numbers = { people: 1_240, channels: 1, left: 9 };
  const told: readonly AnnouncementEvent[] = [
    { kind: 'confirmed', at: start, by: author, numbers, wide: true },
    { kind: 'approved', at: start, by: second, numbers },
    { kind: 'returned', at: start, by: second, text: reason },
    { kind: 'halted', at: start, why: 'no_lead' },
    { kind: 'halted', at: start, why: 'nobody' },
    { kind: 'cancelled', at: start, by: second },
    retracting,
  ];
  const picture = { url: 'https://example.com/poster.png', alt: locale === 'en' ? 'A poster' : '海报' };
  const draw = (more: Partial<Shown>) => announcementMessage(shownFor(more), look);
  const numbersOf = (kind: string, results: Results) =>
    numbersMessage(
      { announcement: known(kind, 'sent'), confirm: kind === 'policy-change', results },
      { ...look, now: start + 250 * hourMs },
    );
  const under = known('policy-change', 'sending');
  const half = { ...progress, sent: 600, waiting: 630, perMinute: 190, restMs: 200_000 };
  const misses = [
    { target: { channel: 'C0SAMPLE03' }, state: 'failed', reason: 'is_archived' },
    { target: { person: reader }, state: 'unknown', reason: 'lost' },
  ] as const;
  return [
    ['message', draw({ request, text: textFor({ picture, article: 'agpl-saas' }) })],
    ['message, confirmed', draw({ reading: { at: start + hourMs, edition: 1 } })],
    ['message, to be read again', draw({ announcement: changed, reading: { at: start, edition: 1 } })],
    ['message, only in the other language', draw({ text: textFor({ words: { [other]: words[other] } }) })],
    ['message in a channel', draw({ surface: 'channel' })],
    [
      'message that calls a channel',
      draw({
        surface: 'channel',
        announcement: known('alert', 'sent', { audience: { ...emptyAudience, callChannel: true } }),
      }),
    ],
    ['message, as long as it gets', draw({ text: textFor({ words: { [locale]: longest(locale) } }) })],
    ['preview', draw({ surface: 'preview', announcement: known('policy-change', 'draft', { pictureGone: true }) })],
    ['withdrawn', withdrawnMessage(withdrawn, words[locale].title, look)],
    ['digest', gatheredMessage(items(), 'digest', look)],
    ['welcome', gatheredMessage(items(), 'welcome', look)],
    ['list of a reader', listMessage(items(), 2, false, look)],
    ['list of a reader, nothing', listMessage([], 0, false, look)],
    ['search, nothing found', listMessage([], 0, true, look)],
    ['list of a lead', leadMessage([known('policy-change', 'scheduled'), known('event', 'draft')], 2, false, look)],
    ['search of a lead', leadMessage([known('policy-change', 'sent')], 1, true, look)],
    ['note', noteMessage(texts[locale].thanks)],
    ...told.map(
      (event, at) => [`told to leads, ${at + 1}`, toldMessage(known('policy-change', 'review'), event, look)] as const,
    ),
    ['numbers', numbersOf('policy-change', later)],
    ['numbers, nothing to confirm', numbersOf('event', later)],
    ['numbers, too few people', numbersOf('policy-change', { ...later, people: 4, read: 2, units: [] })],
    ['progress, under way', progressMessage(under, half, { locale, buttons: progressButtons, misses: [] })],
    [
      'progress, done',
      progressMessage(known('policy-change', 'sent'), progress, { locale, buttons: progressButtons, misses }),
    ],
  ];
}

function longest(locale: Locale): { readonly title: string; readonly body: string } {
  const { title, body } = words[locale];
  return { title, body: `${body}\n\n`.repeat(100).slice(0, 11_900) };
}

function pagesFor(locale: Locale, look: Look): readonly (readonly [string, ModalView])[] {
  const page = (state: AnnouncementState, more: Partial<Desk> = {}) =>
    deskPage(
      {
        announcement: known('policy-change', state),
        text: textFor(),
        pending: false,
        confirm: true,
        mayApprove: true,
        results: state === 'sent' || state === 'sending' || state === 'cancelled' ? results : undefined,
        misses: [],
        changesPerMinute: 34,
        questions: { total: 0, latest: [] },
        nameOf: (what) => what,
        ...more,
      },
      look,
    );
  const states: readonly AnnouncementState[] = [
    ...(['draft', 'review', 'scheduled', 'expanding', 'sending', 'sent'] as const),
    ...(['cancelled', 'retracting', 'retracted'] as const),
  ];
  const question = locale === 'en' ? 'Does this hold for internal tools, too?' : '内部工具也算吗？';
  const asked = { announcement: 'A-SAMPLE', person: reader, text: question, at: start };
  const failed = { target: { channel: 'C0SAMPLE03' }, state: 'failed', reason: 'is_archived' } as const;
  return [
    ...states.map((state) => [`page, ${state}`, page(state)] as const),
    ['page with changes', page('sent', { pending: true })],
    ['page with questions and failures', page('sent', { questions: { total: 3, latest: [asked] }, misses: [failed] })],
    [
      'page of an empty draft',
      page('draft', {
        text: textFor({ words: {} }),
        announcement: known('event', 'draft', { titles: {}, audience: emptyAudience }),
      }),
    ],
  ];
}

function formsFor(locale: Locale, look: Look, kinds: readonly Kind[]): readonly (readonly [string, ModalView])[] {
  const form = { id: 'A-SAMPLE', revision: 3 };
  const draft = known('alert', 'draft', { audience: { ...emptyAudience, everybody: true, callChannel: true } });
  const alert = kinds.find(({ id }) => id === 'alert');
  const tied = known('event', 'draft', {
    audience: { ...emptyAudience, projects: [{ tie: 'maintains', name: 'apache/kafka' }] },
  });
  const checked = (more: Partial<Checked> = {}): Checked => ({
    announcement: known('policy-change', 'draft'),
    text: textFor(),
    flight: flightFor(locale),
    step: 'confirm',
    hasSecond: true,
    wideAudience: 500,
    perMinute: 190,
    moved: false,
    ...more,
  });
  const takes = takesWords(10_000, 34, locale);
  const nobody = flightFor(locale, {
    numbers: { people: 0, channels: 0, left: 0 },
    reach: {
      people: [],
      covered: [],
      channels: [],
      unseen: [],
      projects: [],
      left: { gone: 0, guest: 0, opted_out: 0, language: 0 },
      shut: [],
    },
    ...{ later: 0, over: 0, digest: 0 },
  });
  const one: Locale = locale;
  return [
    ...(kinds.length > 0 ? [['begin', beginForm('A-SAMPLE', kinds, look.reader)] as const] : []),
    ['text', wordsForm({ ...form, locale: one }, words[locale], look.reader)],
    ['text, as long as it gets', wordsForm({ ...form, locale: one }, longest(locale), look.reader)],
    [
      'extras',
      extrasForm(
        form,
        textFor(),
        { requests: [{ id: 'component', label: 'Component' }], article: { name: 'agpl-saas', title: 'AGPL' } },
        look.reader,
      ),
    ],
    ['audience', audienceForm(form, draft, alert, offers, look.reader)],
    ['audience, with a project', audienceForm(form, tied, undefined, offers, look.reader)],
    ['audience, with many units and no project', audienceForm(form, draft, alert, manyOffers, look.reader)],
    [
      'when',
      whenForm(
        form,
        known('event', 'draft', { timing: { kind: 'local', date: '2026-12-01', time: '09:00' } }),
        start,
        look.reader,
      ),
    ],
    ['check', confirmForm(checked(), look)],
    ['check, wide', confirmForm(checked({ flight: flightFor(locale, { wide: true }) }), look)],
    [
      'check, no second lead',
      confirmForm(checked({ flight: flightFor(locale, { wide: true }), hasSecond: false }), look),
    ],
    ['check, approve', confirmForm(checked({ step: 'approve', moved: true }), look)],
    [
      'check, nobody',
      confirmForm(
        checked({ flight: nobody, text: textFor({ words: { en: { title: '‹What›', body: '‹why›' } } }) }),
        look,
      ),
    ],
    ['send back', reasonForm('return', 'A-SAMPLE', look.reader)],
    ['withdraw', reasonForm('retract', 'A-SAMPLE', look.reader)],
    [
      'withdraw, which takes long',
      reasonForm('retract', 'A-SAMPLE', look.reader, leadTexts[locale].changesTake(10_000, takes ?? '', 34)),
    ],
    ['ask', questionForm('SAMPLE/A-SAMPLE', look.reader)],
    ['loading', loadingView(texts[locale].listTitle, look.reader)],
    ['said', sayView(texts[locale].listTitle, texts[locale].notYours, look.reader)],
    ['whole text', readingView(shownFor(), look)],
    ['settings', settingsForm({ ...plainReader, optOut: ['newsletter'], digest: true }, kinds, look)],
    [
      'changes since joining',
      changesView({ since: { kind: 'joined', at: start }, fresh: items(), before: items() }, look),
    ],
    ['changes since reading', changesView({ since: { kind: 'read', at: start }, fresh: [], before: [] }, look)],
    ['changes of a year', changesView({ since: { kind: 'year' }, fresh: items(), before: [] }, look)],
    ['all announcements', leadView([known('policy-change', 'sent'), known('event', 'draft')], look)],
  ];
}

function homesFor(look: Look): readonly (readonly [string, readonly KnownBlock[]])[] {
  const many = Array.from({ length: 8 }, () => items()).flat();
  return [
    ['home, to confirm', newsSection(items(), 2, 'homeConfirm', look)],
    ['home, news', [...newsSection(many, many.length, 'homeNews', look), ...newsButtons(look)]],
    ['home of a lead', leadSection([known('policy-change', 'review'), known('event', 'draft')], look)],
    ['home of a lead, nothing', leadSection([], look)],
  ];
}
