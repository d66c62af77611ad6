import type { ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { PersonId, Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home, type Reader } from '../slack/blocks.ts';
import { colleague, decider, requester, start } from './sample-data.ts';
import type { KnownStanding } from './standing.ts';
import { grantView, peopleView, revokeView } from './standing-form-views.ts';
import { newsMessage, type StandingNews, standingHome, standingListView, standingMessage } from './standing-views.ts';

const dayMs = 24 * 60 * 60_000;

function standingOf(locale: Locale, more: Partial<KnownStanding> = {}): KnownStanding {
  return {
    id: '00000012',
    number: 12,
    kind: 'small',
    projects: ['apache/kafka'],
    people: [requester],
    posts: {},
    terms: { license: 'Apache-2.0', agreement: 'icla' },
    note: locale === 'en' ? 'Keeps our metrics fixes flowing upstream.' : '方便把指标相关的修复持续贡献回上游。',
    grantedBy: decider,
    draft: 'SAMPLE',
    from: start - 300 * dayMs,
    until: start + 14 * dayMs,
    lastUsed: start - 3 * dayMs,
    uses: 7,
    state: 'active',
    reminded: [30],
    wakeAt: null,
    audit: { length: 1, hash: '0'.repeat(64) },
    ...more,
  };
}

/** Everything that standing approvals can show. */
export function standingSamples(): readonly Sample[] {
  return locales.flatMap((locale) => {
    const reader: Reader = { locale, zone: locale === 'en' ? 'Europe/Berlin' : 'Asia/Shanghai' };
    const own = standingOf(locale);
    const project: KnownStanding = { ...own, id: '00000013', number: 13, kind: 'project', people: [], uses: 0 };
    const many = Array.from({ length: 9 }, (_, index) => `U0MEMBER${index}` as PersonId);
    const { until: _, lastUsed: __, ...endless } = own;
    const list: KnownStanding = { ...endless, id: '00000014', number: 14, kind: 'ccla', people: many };
    const empty: KnownStanding = { ...list, number: 15, people: [] };
    const all = [own, project, list, empty];
    const lead = { reader, isLead: true, keepsLists: false };
    const member = { reader, isLead: false, keepsLists: false };
    const news: Readonly<Record<string, readonly [KnownStanding, StandingNews, boolean]>> = {
      granted: [own, { kind: 'granted', by: decider }, true],
      reminded: [own, { kind: 'remind' }, true],
      'reminded, who granted it': [list, { kind: 'remind' }, false],
      'still needed': [own, { kind: 'needed', by: requester }, false],
      renewed: [own, { kind: 'renewed' }, true],
      lapsing: [own, { kind: 'lapsing' }, false],
      'somebody on the list left': [list, { kind: 'removed', person: colleague, because: 'left' }, false],
      'somebody moved': [own, { kind: 'removed', person: colleague, because: 'moved' }, false],
      ...Object.fromEntries(
        (['lapsed', 'unused', 'project', 'nobody', 'revoked'] as const).map((because) => {
          const ended = { ...own, state: 'ended' as const, ended: { at: start, because, by: decider } };
          return [`over, ${because}`, [ended, { kind: 'ended' }, true] as const];
        }),
      ),
    };
    const form = { draft: 'SAMPLE' };
    return [
      message('own', locale, standingMessage(all, member)),
      message('none', locale, standingMessage([], member)),
      message('own, of a lead', locale, standingMessage([own], lead)),
      modal('all', locale, standingListView(all, { page: 1, hasNext: true }, lead)),
      modal('none at all', locale, standingListView([], { page: 0, hasNext: false }, lead)),
      modal('lists', locale, standingListView([list], { page: 0, hasNext: false }, { ...member, keepsLists: true })),
      modal('form', locale, grantView(form, {}, '2027-11-22', reader)),
      modal(
        'form from a request',
        locale,
        grantView(
          form,
          { kind: 'small', project: 'apache/kafka', person: requester, license: 'Apache-2.0', agreement: 'icla' },
          '2027-11-22',
          reader,
        ),
      ),
      modal('revoke', locale, revokeView(own, reader)),
      modal('people', locale, peopleView(list, reader)),
      {
        name: `standing: home (${locale})`,
        surface: 'home',
        payload: home({ blocks: standingHome([own], { all: 12, soon: 2 }, lead) }),
      } as const,
      ...Object.entries(news).flatMap(([name, [standing, said, isCovered]]) => {
        const rendered = newsMessage(standing, said, reader, isCovered);
        return rendered ? [message(name, locale, rendered)] : [];
      }),
    ];
  });
}

function message(name: string, locale: Locale, payload: Rendered): Sample {
  return { name: `standing: ${name} (${locale})`, surface: 'message', payload };
}

function modal(name: string, locale: Locale, payload: ModalView): Sample {
  return { name: `standing: ${name} (${locale})`, surface: 'modal', payload };
}
