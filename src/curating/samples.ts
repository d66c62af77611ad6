import type { ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { CuratedArticle } from '../core/links.ts';
import type { PersonId, Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home } from '../slack/blocks.ts';
import type { Overview } from './composing.ts';
import type { DraftWords, KnownDraft } from './draft.ts';
import { aliasForm, articleForm, backForm, deskForm, handForm, loadingView, sayView } from './forms.ts';
import type { GapView } from './gap.ts';
import { gapsMessage, gapsModal } from './gap-views.ts';
import { draftList, numberBlocks, overviewMessage, type State } from './home-views.ts';
import type { Look } from './look.ts';
import { dueMessage, dueModal, historyMessage, historyModal } from './review-views.ts';
import { draftMessage, draftPage, noteMessage, toldMessage } from './views.ts';
import { wordsIn } from './words.ts';

// A fixed moment, so that the gallery is the same every day: Monday, 23 November 2026, 10:00 UTC.
const now = Date.UTC(2026, 10, 23, 10);
const today = '2026-11-23';
const author = 'U0OFFICE01' as PersonId;
const colleague = 'U0OFFICE02' as PersonId;

function lookFor(locale: Locale): Look {
  const unit = locale === 'en' ? 'Payments' : '支付';
  const name = locale === 'en' ? 'OSPO lead' : '开源办负责人';
  return { reader: { locale, zone: 'Europe/Berlin' }, now, unit: () => unit, name: () => name };
}

const written: Readonly<Record<Locale, DraftWords>> = {
  en: {
    title: 'Container tools on your own machine',
    scope: 'tools on the machine you work on',
    short: 'Ask IT for a license before you install a commercial container desktop; the open source tools need none.',
    body: 'The engine is open source, the desktop application often is not: **larger companies pay for it**.\n\nWhat to do next: order it in the software shop. {{ospo.contact}}',
    aliases: ['may I install a container desktop on my laptop', 'which container tool needs no license'],
  },
  'zh-CN': {
    title: '自己电脑上的容器工具',
    scope: '自己工作用的电脑上的工具',
    short: '商业版的容器桌面软件，先找 IT 要许可证再装；开源的不用。',
    body: '引擎是开源的，桌面应用往往不是：**大公司要付费**。\n\n下一步：在软件商店下单。{{ospo.contact}}',
    aliases: ['笔记本上能装容器桌面软件吗', '哪个容器工具不用买许可证'],
  },
};

function draft(more: Partial<KnownDraft> = {}): KnownDraft {
  return {
    id: 'SAMPLE',
    origin: { kind: 'handoff', id: 'SAMPLE' },
    locale: 'en',
    article: 'desktop-containers',
    facts: {
      area: 'using',
      owner: 'compliance',
      sources: [{ title: 'The terms of the tool', url: 'https://example.com/terms' }],
    },
    texts: { en: written.en },
    over: {},
    authors: [author],
    state: 'draft',
    revision: 1,
    since: now,
    cards: [],
    ...more,
  };
}

const both = { en: written.en, 'zh-CN': written['zh-CN'] };
const note = { by: colleague, at: now, text: 'Say which tools are meant.' };
/** Every field as long as it gets. */
const longest: DraftWords = {
  title: 'x'.repeat(150),
  scope: 'y '.repeat(99),
  short: 'z '.repeat(149).trim(),
  body: `${'A sentence that goes on, **with a point**, and ends. '.repeat(56)}`.slice(0, 3_000),
  aliases: Array.from({ length: 40 }, (_, at) => `a way to ask number ${at}, as long as people type it`),
};

const drafts: Readonly<Record<string, KnownDraft>> = {
  'just begun': draft({ texts: { en: { ...written.en, title: '' } }, revision: 0 }),
  'being written': draft(),
  'in both languages': draft({ texts: both }),
  'sent back': draft({ note }),
  'in review': draft({ texts: both, state: 'review' }),
  'in review, changes an article': draft({ origin: { kind: 'article', id: 'desktop-containers' }, state: 'review' }),
  'as long as it gets': draft({ texts: { en: longest, 'zh-CN': longest }, state: 'review', note }),
  'in force': draft({ state: 'published', by: colleague }),
  'given up': draft({ state: 'discarded', by: author, texts: {} }),
};

function overviewOf(what: string): Overview {
  const before = { ...written.en, short: 'Ask IT first.', aliases: ['an old way to ask'] };
  const isChange = what.includes('changes');
  return {
    notes: what.includes('long') ? Array(30).fill('The link is not encrypted. Use https:// if the site has it.') : [],
    movedOn: isChange ? ['en'] : [],
    before: isChange ? { en: before } : {},
    reviewers: what !== 'in review',
  };
}

const gap: GapView = {
  id: 'SAMPLE',
  locale: 'en',
  example: 'may we use the logo of a project on our slides',
  about: ['logo', 'slide'],
  asked: 12,
  unhelpful: 4,
  first: now - 40 * 86_400_000,
  last: now,
  units: [{ unit: 'payments', askers: 6 }],
};
const forgotten: GapView = { ...gap, example: undefined, asked: 1, unhelpful: 1, units: [] };
const long: GapView = { ...gap, example: 'x'.repeat(151) };

function article(due: string, name = 'desktop-containers'): CuratedArticle {
  const file = (locale: Locale) => ({
    file: `knowledge/using/${name}.${locale}.md`,
    hash: 'a'.repeat(64),
    title: written[locale].title,
    words: () => written[locale],
    reviewed: '2026-05-22',
    origin: 'own' as const,
  });
  const files = { en: file('en'), 'zh-CN': file('zh-CN') };
  return { name, area: 'using', owner: 'compliance', sources: [], unapproved: false, due, files };
}

const months = ['2026-11', '2026-10', '2026-09', '2026-08', '2026-07', '2026-06'].map((month, at) => ({
  month,
  shown: 12 - at,
  helpful: 3,
  unhelpful: 1,
  missed: at,
}));
const unasked = months.map(({ month }) => ({ month, shown: 0, helpful: 0, unhelpful: 0, missed: 0 }));

const state: State = {
  waiting: [draft({ state: 'review' })],
  own: [draft()],
  reviews: 3,
  gaps: 1,
  unexported: 2,
  conflicts: ['agpl-saas'],
};
const nothing: State = { waiting: [], own: [], reviews: 0, gaps: 0, unexported: 0, conflicts: [] };

/** Every message, modal and Home state of looking after the answers, in both languages. */
export function curatingSamples(): readonly Sample[] {
  return locales.flatMap((locale) => {
    const name = (what: string) => `curating: ${what} (${locale})`;
    return [
      ...Object.entries(messages(locale)).map(
        ([what, payload]): Sample => ({ name: name(what), surface: 'message', payload }),
      ),
      ...Object.entries(modals(locale)).map(
        ([what, payload]): Sample => ({ name: name(`modal, ${what}`), surface: 'modal', payload }),
      ),
      ...homes(locale),
    ];
  });
}

function messages(locale: Locale): Readonly<Record<string, Rendered>> {
  const look = lookFor(locale);
  const words = wordsIn(locale);
  const due = [article('2026-11-01'), article('2026-12-01', 'other')];
  const history = { article: article('2026-12-01'), months, fromSlack: true, conflict: true };
  const some: Readonly<Record<string, Rendered | undefined>> = {
    ...Object.fromEntries(
      Object.entries(drafts).map(([what, one]) => [`card, ${what}`, draftMessage(one, overviewOf(what), look)]),
    ),
    'told, in force': toldMessage(draft({ state: 'published', by: colleague }), 'published', look),
    'told, sent back': toldMessage(draft({ note }), 'back', look),
    'gaps, none': gapsMessage({ views: [], total: 0 }, look),
    gaps: gapsMessage({ views: [gap, forgotten, long], total: 40 }, look),
    'one review due': dueMessage(due.slice(0, 1), '@U0OFFICE01', today, look),
    'many reviews due': dueMessage(Array(30).fill(due[0]), '@U0OFFICE01', today, look),
    history: historyMessage(history, look),
    'history, never asked': historyMessage({ ...history, months: unasked, fromSlack: false, conflict: false }, look),
    'history, from files': historyMessage({ ...history, fromSlack: false, conflict: false }, look),
    overview: overviewMessage(state, look),
    'overview, nothing waits': overviewMessage(nothing, look),
    'only the office': noteMessage(words.onlyOffice),
    'no such article': noteMessage(words.noArticle('agpl')),
    ...Object.fromEntries(Object.entries(words.refused).map(([why, said]) => [`refused, ${why}`, noteMessage(said)])),
  };
  return Object.fromEntries(Object.entries(some).flatMap(([what, one]) => (one ? [[what, one]] : [])));
}

function modals(locale: Locale): Readonly<Record<string, ModalView>> {
  const look = lookFor(locale);
  const { reader } = look;
  const words = wordsIn(locale);
  const choices = { areas: ['using', 'people'], roles: ['ospo', 'compliance', 'our-own-role'] };
  const form = { draft: 'DRAFT', subject: 'SAMPLE' };
  const desks = [{ id: 'it', name: { en: 'the IT service desk', 'zh-CN': 'IT 服务台' } }];
  const changing = draft({ origin: { kind: 'article', id: 'desktop-containers' } });
  const tooMany = { ...written.en, aliases: Array(60).fill('a way to ask it that is as long as people really type') };
  return {
    ...Object.fromEntries(
      Object.entries(drafts).map(([what, one]) => [
        `page, ${what}`,
        draftPage(one, overviewOf(what), look, what.includes('changes')),
      ]),
    ),
    'form, new': articleForm(draft(), 'en', written.en, choices, reader),
    'form, the other language': articleForm(draft(), 'zh-CN', written['zh-CN'], choices, reader),
    'form, changes an article': articleForm(changing, 'en', longest, choices, reader),
    'form, more aliases than fit': articleForm(changing, 'en', tooMany, choices, reader),
    'send back': backForm('SAMPLE/1', reader),
    loading: loadingView(words.pageTitle, reader),
    gone: sayView(words.pageTitle, words.gone, reader),
    gaps: gapsModal({ views: [gap, forgotten], total: 2 }, look),
    'gaps, none': gapsModal({ views: [], total: 0 }, look),
    alias: aliasForm(form, gap.example ?? '', article('2026-12-01'), reader),
    'alias, nothing close': aliasForm(form, '', undefined, reader),
    desk: deskForm(form, gap.example ?? '', desks, reader),
    due: dueModal([article('2026-11-01')], today, look),
    'due, none': dueModal([], today, look),
    'hand over': handForm(form, 'compliance', choices.roles, reader),
    history: historyModal({ article: article('2026-12-01'), months, fromSlack: false, conflict: false }, look),
    'sent to review': sayView(words.aliasTitle, words.sentToReview, reader),
    'taken off the list': sayView(words.deskTitle, words.tookOff, reader),
  };
}

function homes(locale: Locale): readonly Sample[] {
  const look = lookFor(locale);
  const sample = (what: string, blocks: Parameters<typeof home>[0]['blocks']): Sample => ({
    name: `curating: home, ${what} (${locale})`,
    surface: 'home',
    payload: home({ blocks }),
  });
  return [
    sample('drafts to read', draftList(Array(9).fill(state.waiting[0]), 'waiting', look)),
    sample('own drafts', draftList(state.own, 'own', look)),
    sample('numbers', numberBlocks(state, look)),
  ];
}
