import type { ModalView } from '@slack/types';
import type { Channels, Doing, Projects } from '../core/announcing.ts';
import type { Locale } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import type { Organization } from '../core/organization.ts';
import type { People } from '../core/ports.ts';
import type { Effect, IncomingAction, SlackGate } from '../feature.ts';
import { announcementId, type Known } from './announcement.ts';
import type { Announcements, Changed } from './announcements.ts';
import { lists } from './audience.ts';
import { audienceForm, choosing, choosingProject, found, offersOf } from './audience-views.ts';
import { texts } from './form-texts.ts';
import { beginForm, DeskForm, extrasForm, loadingView, reasonForm, whenForm, wordsForm } from './forms.ts';
import { leadMessage, leadView, listMessage } from './home-views.ts';
import { inOrder, type Kind } from './kind.ts';
import { lastQuarter, type News, quarterIn } from './news.ts';
import { type Pages, typedIn } from './pages.ts';
import type { Readings } from './reading.ts';
import { asked } from './saying.ts';
import { noteMessage, sayView } from './views.ts';

export interface LeadListenerDeps {
  readonly announcements: Announcements;
  readonly readings: Readings;
  readonly news: News;
  readonly pages: Pages;
  readonly people: People;
  readonly channels: Channels;
  organization(): Organization;
  kinds(): readonly Kind[];
  doings(): readonly Doing[];
  readonly projects: Projects;
  /** Forms that a button may open. */
  requests(locale: Locale): readonly { readonly id: string; readonly label: string }[];
  /** Articles whose title has what was typed; all where nothing was. */
  articles(typed: string, locale: Locale): readonly { readonly name: string; readonly title: string }[];
}

const latestShown = 5;

/** Writing and sending: pages, forms and buttons of those who lead the office. */
export function listenToLeads(gate: SlackGate, deps: LeadListenerDeps): void {
  const { announcements, news, pages } = deps;
  const { lookOf, wordsOf, formOf, saying } = pages;

  gate.command('announcements', async ({ person, text }) => {
    const look = lookOf(person);
    const typed = text.trim();
    if (announcements.isLead(person)) {
      const all = typed ? await news.all(typed) : await inTheMakingAndLatest();
      return { answer: leadMessage(all, all.length, typed !== '', look) };
    }
    const items = await news.listFor(person, typed);
    return { answer: listMessage(items, items.length, typed !== '', look) };
  });

  gate.command('announcements quarter', async ({ person, text, at }) => {
    const { reader } = lookOf(person);
    const words = texts[reader.locale];
    if (!announcements.isLead(person)) return { answer: noteMessage(words.refused.not_lead) };
    const quarter = text.trim() ? quarterIn(text) : lastQuarter(at);
    if (!quarter) return { answer: noteMessage(words.quarterWrong) };
    const content = await news.quarter(quarter, reader.locale);
    return {
      answer: noteMessage(words.exported),
      reply: { kind: 'file', person, name: `open-source-${quarter}.md`, content },
    };
  });

  gate.opens('announcements.write', (a) => {
    const { reader } = lookOf(a.person);
    const words = texts[reader.locale];
    if (!announcements.isLead(a.person)) {
      return { view: sayView(words.beginTitle, words.refused.not_lead, reader) };
    }
    return { view: beginForm(announcementId(randomId(12)), inOrder(deps.kinds()), reader) };
  });
  gate.opens('announcements.open', (a) => opening(a, (_words) => pages.page(a.person, a.value)));
  gate.opens('announcements.all', (a) =>
    opening(a, async () => {
      const { reader } = lookOf(a.person);
      if (!announcements.isLead(a.person)) return saying(a.person, texts[reader.locale].refused.not_lead);
      return { reply: { kind: 'view', view: leadView(await news.all(), lookOf(a.person)) } };
    }),
  );

  /* from the page to a form, in the same modal */

  gate.action('announcements.text_en', (a) => turn(a, (known) => pages.textForm(known, 'en', a.person)));
  gate.action('announcements.text_zh', (a) => turn(a, (known) => pages.textForm(known, 'zh-CN', a.person)));
  gate.action('announcements.extras', (a) =>
    turn(a, async (known) => {
      const { reader } = lookOf(a.person);
      const written = await announcements.writtenOf(known);
      if (!written) return undefined;
      const name = written.text.article;
      const article = name ? deps.articles('', reader.locale).find((one) => one.name === name) : undefined;
      return extrasForm(formOf(known), written.text, { requests: deps.requests(reader.locale), article }, reader);
    }),
  );
  gate.action('announcements.audience', (a) =>
    turn(a, async (known) => {
      const kind = deps.readings.kindOf(known);
      return audienceForm(formOf(known), known, kind, offers(), lookOf(a.person).reader);
    }),
  );
  gate.action('announcements.when', (a) =>
    turn(a, async (known) => whenForm(formOf(known), known, a.at, lookOf(a.person).reader)),
  );
  gate.action('announcements.check', (a) => turn(a, (known) => pages.confirmForm(known, a.person, false)));
  gate.action('announcements.return', (a) =>
    turn(a, async ({ id }) => reasonForm('return', id, lookOf(a.person).reader)),
  );
  gate.action('announcements.retract', (a) => turn(a, (known) => pages.retractForm(known, a.person)));

  /** While somebody types: the text below the fields follows. */
  gate.action('announcements.typed', async (a): Promise<Effect> => {
    if (!a.view) return {};
    const form = DeskForm.parse(JSON.parse(a.view.metadata));
    const { reader } = lookOf(a.person);
    const view = wordsForm({ ...form, locale: form.locale ?? 'en' }, typedIn(a.view), reader);
    return { reply: { kind: 'view', view } };
  });

  /* menus that are searched by typing */

  gate.options(choosing, (typed, person, action) => {
    const list = lists.find((one) => action.endsWith(`:${one}`));
    if (!list || !announcements.isLead(person)) return [];
    const { locale } = lookOf(person).reader;
    return found(
      offers()[list].map(({ value, label }) => ({ text: label[locale], value })),
      typed,
    );
  });
  gate.options(choosingProject, (typed, person) => {
    const names = announcements.isLead(person) ? deps.projects.names() : [];
    return found(
      names.map((name) => ({ text: name, value: name })),
      typed,
    );
  });
  gate.options('announcements.article', (typed, person) =>
    deps.articles(typed, lookOf(person).reader.locale).map(({ name, title }) => ({ text: title, value: name })),
  );

  /* buttons of the page, and of the card that shows how far it is */

  const notes = { preview: 'previewSent', numbers: 'numbersSent' } as const;
  for (const what of ['preview', 'numbers'] as const) {
    gate.action(`announcements.${what}`, async (a): Promise<Effect> => {
      const known = await announcements.find(a.value);
      if (!known || !announcements.isLead(a.person)) return saying(a.person, wordsOf(a.person).refused.not_lead);
      const page = await pages.page(a.person, known.id, wordsOf(a.person)[notes[what]]);
      return { ...page, say: [asked(what, known.id, a.person, randomId())] };
    });
  }
  gate.action('announcements.copy', (a) =>
    clicked(a, async () => {
      const copied = await announcements.duplicate(a.value, announcementId(randomId(12)), a.person);
      return { done: copied, note: wordsOf(a.person).copied };
    }),
  );
  const moves = {
    cancel: { kind: 'cancel' },
    publish: { kind: 'revise', anew: false },
    publish_anew: { kind: 'revise', anew: true },
    retry: { kind: 'retry' },
  } as const;
  for (const [name, move] of Object.entries(moves)) {
    gate.action(`announcements.${name}`, (a) =>
      clicked(a, async () => ({ done: await announcements.move(a.value, a.person, move) })),
    );
  }
  gate.action('announcements.drop', (a) =>
    clicked(a, async () => ({ done: await announcements.drop(a.value, a.person) })),
  );
  gate.action('announcements.join', async (a): Promise<Effect> => {
    const [id = '', channel = ''] = a.value.split('/');
    if (!announcements.isLead(a.person)) return saying(a.person, wordsOf(a.person).refused.not_lead);
    const known = await announcements.find(id);
    const isIn = await deps.channels.join(channel);
    if (!isIn || !known) return saying(a.person, wordsOf(a.person).notJoined);
    return { reply: { kind: 'view', view: await pages.confirmForm(known, a.person, false) } };
  });
  gate.action('announcements.export', async (a): Promise<Effect> => {
    const known = await announcements.find(a.value);
    if (!known || !announcements.isLead(a.person)) return saying(a.person, wordsOf(a.person).refused.not_lead);
    const { locale } = lookOf(a.person).reader;
    const content = await deps.readings.exported(known, locale);
    return { reply: { kind: 'file', person: a.person, name: texts[locale].exportFile(known.id), content } };
  });

  /** What is in the making, and below it the last ones that went out. */
  async function inTheMakingAndLatest(): Promise<readonly Known[]> {
    const open = await news.inTheMaking();
    const ids = new Set(open.map(({ id }) => id));
    const sent = (await news.all()).filter(({ id, sentAt }) => sentAt !== undefined && !ids.has(id));
    return [...open, ...sent.slice(0, latestShown)];
  }

  const offers = () => offersOf(deps.organization(), rolesToChoose(), deps.doings(), deps.projects.names());

  /** Roles and user groups that somebody holds or the organization names. */
  function rolesToChoose(): readonly string[] {
    const named = new Set(Object.keys(deps.organization().roles));
    for (const { roles } of deps.people.all()) for (const role of roles) named.add(role);
    // People first look for groups that they know from Slack.
    return [...named].sort((a, b) => Number(b.startsWith('@')) - Number(a.startsWith('@')) || (a < b ? -1 : 1));
  }

  async function clicked(
    a: IncomingAction,
    run: () => Promise<{ readonly done: Changed; readonly note?: string }>,
  ): Promise<Effect> {
    try {
      const { done, note } = await run();
      const { ops, say, view } = await pages.pageAfter(a.person, done, note);
      return { ops, say, ...(a.view && view ? { reply: { kind: 'view', view } } : {}) };
    } catch (error) {
      return pages.refusedTo(a, error);
    }
  }

  async function turn(a: IncomingAction, draw: (known: Known) => Promise<ModalView | undefined>): Promise<Effect> {
    try {
      const { refused } = wordsOf(a.person);
      if (!announcements.isLead(a.person)) return saying(a.person, refused.not_lead);
      const known = await announcements.find(a.value);
      const view = known && (await draw(known));
      return view ? { reply: { kind: 'view', view } } : saying(a.person, refused.gone);
    } catch (error) {
      return pages.refusedTo(a, error);
    }
  }

  /** What is read comes into the modal once it is open. */
  function opening(a: IncomingAction, effect: (words: (typeof texts)['en']) => Promise<Effect>) {
    const { reader } = lookOf(a.person);
    return { view: loadingView(texts[reader.locale].pageTitle, reader), effect: () => effect(texts[reader.locale]) };
  }
}
