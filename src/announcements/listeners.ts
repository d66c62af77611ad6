import { momentOn } from '../core/business-time.ts';
import { UserError } from '../core/errors.ts';
import { type Locale, locales } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import type { Channels, Doing } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { Effect, IncomingAction, IncomingView, SlackGate, Submitted } from '../feature.ts';
import { type Audience, announcementId, type Known, leadRole, type Timing } from './announcement.ts';
import type { Announcements, Changed } from './announcements.ts';
import { bodyFields, bodyMax, joinBody } from './body.ts';
import type { AnnouncementCards } from './cards.ts';
import type { Desks } from './desks.ts';
import type { Extras } from './draft.ts';
import { texts } from './form-texts.ts';
import {
  audienceForm,
  beginForm,
  confirmForm,
  DeskForm,
  extrasForm,
  loadingView,
  reasonForm,
  whenForm,
  wordsForm,
} from './forms.ts';
import { leadMessage, leadView, listMessage } from './home-views.ts';
import { inOrder, type Kind } from './kind.ts';
import { lastQuarter, type News, quarterIn } from './news.ts';
import { deskPage } from './page-views.ts';
import type { Reaching } from './reaching.ts';
import type { Readings } from './reading.ts';
import { preview } from './saying.ts';
import { noteMessage, sayView } from './views.ts';

export interface LeadListenerDeps {
  readonly announcements: Announcements;
  readonly reaching: Reaching;
  readonly readings: Readings;
  readonly news: News;
  readonly cards: AnnouncementCards;
  readonly desks: Desks;
  readonly people: People;
  readonly channels: Channels;
  organization(): Organization;
  kinds(): readonly Kind[];
  doings(): readonly Doing[];
  /** Forms that a button may open. */
  requests(locale: Locale): readonly { readonly id: string; readonly label: string }[];
  /** Articles whose title has what was typed; all where nothing was. */
  articles(typed: string, locale: Locale): readonly { readonly name: string; readonly title: string }[];
}

const linkLine = /^(.*?)[|｜]?\s*(https?:\/\/\S+)$/u;
const mostLinks = 5;

/** Writing and sending: pages, forms and buttons of those who lead the office. */
export function listenToLeads(gate: SlackGate, deps: LeadListenerDeps): void {
  const { announcements, cards, desks, news } = deps;
  const lookOf = (person: PersonId) => cards.lookFor(person);
  const wordsOf = (person: PersonId) => texts[lookOf(person).reader.locale];

  gate.command('announcements', async ({ person, text }) => {
    const look = lookOf(person);
    const typed = text.trim();
    if (announcements.isLead(person)) {
      const all = typed ? await news.all(typed) : [...(await news.inTheMaking()), ...(await latestSent())];
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
  gate.opens('announcements.open', (a) => opening(a, (_words) => pageFor(a.person, a.value)));
  gate.opens('announcements.all', (a) =>
    opening(a, async () => {
      const { reader } = lookOf(a.person);
      if (!announcements.isLead(a.person)) return saying(a.person, texts[reader.locale].refused.not_lead);
      return { reply: { kind: 'view', view: leadView(await news.all(), lookOf(a.person)) } };
    }),
  );

  gate.submit('announcements.begin', async ({ person, view }) => {
    const kind = valueIn(view, 'kind', 'kind');
    return submitted(person, 'kind', async () =>
      pageAfter(person, await announcements.begin(view.metadata, kind, person)),
    );
  });

  /* from the page to a form, in the same modal */

  gate.action('announcements.text_en', (a) => turn(a, (known) => textFormOf(known, 'en', a.person)));
  gate.action('announcements.text_zh', (a) => turn(a, (known) => textFormOf(known, 'zh-CN', a.person)));
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
      const choices = { roles: rolesToChoose(), doings: deps.doings() };
      return audienceForm(formOf(known), known, kind, deps.organization(), choices, lookOf(a.person).reader);
    }),
  );
  gate.action('announcements.when', (a) =>
    turn(a, async (known) => whenForm(formOf(known), known, a.at, lookOf(a.person).reader)),
  );
  gate.action('announcements.check', (a) => turn(a, (known) => confirmFormOf(known, a.person, false)));
  gate.action('announcements.return', (a) =>
    turn(a, async ({ id }) => reasonForm('return', id, lookOf(a.person).reader)),
  );
  gate.action('announcements.retract', (a) =>
    turn(a, async ({ id }) => reasonForm('retract', id, lookOf(a.person).reader)),
  );

  /** While somebody types: the text below the fields follows. */
  gate.action('announcements.typed', async (a): Promise<Effect> => {
    if (!a.view) return {};
    const form = DeskForm.parse(JSON.parse(a.view.metadata));
    const { reader } = lookOf(a.person);
    const view = wordsForm({ ...form, locale: form.locale ?? 'en' }, typedIn(a.view), reader);
    return { reply: { kind: 'view', view } };
  });

  gate.options('announcements.article', (typed, person) =>
    deps.articles(typed, lookOf(person).reader.locale).map(({ name, title }) => ({ text: title, value: name })),
  );

  /* what forms bring */

  gate.submit('announcements.words', async ({ person, view }) => {
    const { id, revision, locale = 'en' } = DeskForm.parse(JSON.parse(view.metadata));
    const written = typedIn(view);
    const words = wordsOf(person);
    if (Boolean(written.title) !== Boolean(written.body)) return { errors: { title: words.needsBoth } };
    if (written.body.length > bodyMax) return { errors: { body0: words.bodyHint } };
    return submitted(person, 'title', async () =>
      pageAfter(person, await announcements.saveWords(id, revision, person, locale, written)),
    );
  });

  gate.submit('announcements.extras', async ({ person, view }) => {
    const { id, revision } = DeskForm.parse(JSON.parse(view.metadata));
    const read = extrasIn(view, wordsOf(person));
    if ('errors' in read) return read;
    return submitted(person, 'picture', async () =>
      pageAfter(person, await announcements.saveExtras(id, revision, person, read.extras)),
    );
  });

  gate.submit('announcements.audience', async ({ person, view }) => {
    const { id, revision } = DeskForm.parse(JSON.parse(view.metadata));
    const options = listIn(view, 'options', 'options');
    return submitted(person, 'everybody', async () => {
      const known = await announcements.find(id);
      const kind = known && deps.readings.kindOf(known);
      // A form from before the kind changed may still offer it.
      const callChannel = options.includes('call') && (kind?.callChannel ?? false);
      const audience = audienceIn(view, callChannel);
      const saved = await announcements.saveAudience(id, revision, person, audience, options.includes('spare'));
      return pageAfter(person, saved);
    });
  });

  gate.submit('announcements.when', async ({ person, view, at }) => {
    const { id, revision } = DeskForm.parse(JSON.parse(view.metadata));
    const { reader } = lookOf(person);
    const words = texts[reader.locale];
    const timing = timingIn(view, reader.zone);
    if (timing === 'missing') return { errors: { date: words.needsDate } };
    if (timing?.kind === 'moment' && timing.at <= at) return { errors: { date: words.isPast } };
    return submitted(person, 'date', async () =>
      pageAfter(person, await announcements.saveTiming(id, revision, person, timing)),
    );
  });

  gate.submit('announcements.confirm', async ({ person, view }) => {
    const { id, revision, shown = 0, kind = 'confirm' } = DeskForm.parse(JSON.parse(view.metadata));
    const { reader } = lookOf(person);
    try {
      const done = await announcements.confirm(id, person, kind, { revision, shown });
      if ('moved' in done) return { view: await confirmFormOf(done.announcement, person, true) };
      return await pageAfter(person, done);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { view: sayView(texts[reader.locale].pageTitle, error.texts[reader.locale], reader) };
    }
  });

  for (const kind of ['return', 'retract'] as const) {
    gate.submit(`announcements.${kind}`, async ({ person, view }) => {
      const text = valueIn(view, 'text', 'text');
      if (!text) return { errors: { text: wordsOf(person).emptyReason } };
      return submitted(person, 'text', async () =>
        pageAfter(person, await announcements.move(view.metadata, person, { kind, text })),
      );
    });
  }

  /* buttons of the page, and of the card that shows how far it is */

  gate.action('announcements.preview', async (a): Promise<Effect> => {
    const known = await announcements.find(a.value);
    if (!known || !announcements.isLead(a.person)) return saying(a.person, wordsOf(a.person).refused.not_lead);
    const page = await pageFor(a.person, known.id, wordsOf(a.person).previewSent);
    return { ...page, say: [preview(known.id, a.person, randomId())] };
  });
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
    return { reply: { kind: 'view', view: await confirmFormOf(known, a.person, false) } };
  });
  gate.action('announcements.export', async (a): Promise<Effect> => {
    const known = await announcements.find(a.value);
    if (!known || !announcements.isLead(a.person)) return saying(a.person, wordsOf(a.person).refused.not_lead);
    const { locale } = lookOf(a.person).reader;
    const content = await deps.readings.exported(known, locale);
    return { reply: { kind: 'file', person: a.person, name: texts[locale].exportFile(known.id), content } };
  });

  async function latestSent(): Promise<readonly Known[]> {
    return (await news.all()).filter(({ sentAt }) => sentAt !== undefined).slice(0, 5);
  }

  /** Roles and user groups that somebody holds or the organization names. */
  function rolesToChoose(): readonly string[] {
    const named = new Set(Object.keys(deps.organization().roles));
    for (const { roles } of deps.people.all()) for (const role of roles) named.add(role);
    // People first look for groups that they know from Slack.
    return [...named].sort((a, b) => Number(b.startsWith('@')) - Number(a.startsWith('@')) || (a < b ? -1 : 1));
  }

  function formOf({ id, revision }: Known): DeskForm {
    return { id, revision };
  }

  async function textFormOf(known: Known, locale: Locale, person: PersonId) {
    const written = await announcements.writtenOf(known);
    const words = written?.text.words[locale] ?? { title: '', body: '' };
    return written && wordsForm({ ...formOf(known), locale }, words, lookOf(person).reader);
  }

  async function confirmFormOf(known: Known, person: PersonId, moved: boolean) {
    const look = lookOf(person);
    const text = await announcements.textOf(known);
    const flight = await deps.reaching.preflight(known, look.now);
    if (!text) return sayView(texts[look.reader.locale].pageTitle, texts[look.reader.locale].refused.gone, look.reader);
    return confirmForm(
      {
        announcement: known,
        text,
        kind: deps.readings.kindOf(known),
        flight,
        step: known.state === 'review' ? 'approve' : 'confirm',
        hasSecond: deps.people.withRole(leadRole).some(({ id, active }) => active && id !== person),
        wideAudience: deps.organization().limits.wideAudience,
        moved,
      },
      look,
    );
  }

  async function pageFor(person: PersonId, id: string, note?: string): Promise<Effect> {
    const { reader } = lookOf(person);
    if (!announcements.isLead(person)) return saying(person, texts[reader.locale].refused.not_lead);
    const known = await announcements.find(id);
    const desk = known && (await desks.deskOf(known, person, note));
    if (!desk) return saying(person, texts[reader.locale].refused.gone);
    return { reply: { kind: 'view', view: deskPage(desk, lookOf(person)) } };
  }

  /** The page as it is after a change that is not committed yet. */
  async function pageAfter(person: PersonId, done: Changed, note?: string) {
    const desk = await desks.deskAfter(done, person, note);
    return { ops: done.ops, say: done.say, ...(desk ? { view: deskPage(desk, lookOf(person)) } : {}) };
  }

  async function clicked(
    a: IncomingAction,
    run: () => Promise<{ readonly done: Changed; readonly note?: string }>,
  ): Promise<Effect> {
    try {
      const { done, note } = await run();
      const { ops, say, view } = await pageAfter(a.person, done, note);
      return { ops, say, ...(a.view && view ? { reply: { kind: 'view', view } } : {}) };
    } catch (error) {
      return refusedTo(a, error);
    }
  }

  async function turn(
    a: IncomingAction,
    draw: (known: Known) => Promise<Parameters<typeof viewReply>[0] | undefined>,
  ): Promise<Effect> {
    try {
      const { refused } = wordsOf(a.person);
      if (!announcements.isLead(a.person)) return saying(a.person, refused.not_lead);
      const known = await announcements.find(a.value);
      const view = known && (await draw(known));
      return view ? viewReply(view) : saying(a.person, refused.gone);
    } catch (error) {
      return refusedTo(a, error);
    }
  }

  /** What is read comes into the modal once it is open. */
  function opening(a: IncomingAction, effect: (words: (typeof texts)['en']) => Promise<Effect>) {
    const { reader } = lookOf(a.person);
    return { view: loadingView(texts[reader.locale].pageTitle, reader), effect: () => effect(texts[reader.locale]) };
  }

  function saying(person: PersonId, said: string): Effect {
    const { reader } = lookOf(person);
    return viewReply(sayView(texts[reader.locale].pageTitle, said, reader));
  }

  /** Only whoever clicked sees why it was refused. */
  function refusedTo(a: IncomingAction, error: unknown): Effect {
    if (!(error instanceof UserError)) throw error;
    const said = error.texts[lookOf(a.person).reader.locale];
    if (a.view) return saying(a.person, said);
    if (!a.message) throw error;
    const { channel, thread } = a.message;
    const place = thread ? { channel, thread } : { channel };
    return { reply: { kind: 'ephemeral', place, person: a.person, rendered: noteMessage(said) } };
  }

  async function submitted(person: PersonId, field: string, run: () => Promise<Submitted>): Promise<Submitted> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { errors: { [field]: error.texts[lookOf(person).reader.locale] } };
    }
  }
}

function viewReply(view: ReturnType<typeof sayView>): Effect {
  return { reply: { kind: 'view', view } };
}

function valueIn({ values }: IncomingView, block: string, id: string): string {
  const value = values[block]?.[id];
  return typeof value === 'string' ? value.trim() : '';
}

function listIn({ values }: IncomingView, block: string, id: string): readonly string[] {
  const value = values[block]?.[id];
  return Array.isArray(value) ? value.map(String) : [];
}

function typedIn(view: IncomingView): { readonly title: string; readonly body: string } {
  const parts = Array.from({ length: bodyFields }, (_, at) => valueIn(view, `body${at}`, `announcements.typed:${at}`));
  return { title: valueIn(view, 'title', 'title'), body: joinBody(parts) };
}

function audienceIn(view: IncomingView, callChannel: boolean): Audience {
  const list = (block: string) => [...listIn(view, block, block)];
  const locale = locales.find((one) => one === valueIn(view, 'locale', 'locale'));
  return {
    everybody: listIn(view, 'everybody', 'everybody').includes('everybody'),
    channels: list('channels'),
    roles: list('roles'),
    offices: list('offices'),
    units: list('units'),
    doings: list('doings'),
    callChannel,
    ...(locale ? { locale } : {}),
  };
}

function timingIn(view: IncomingView, zone: string): Timing | 'missing' | undefined {
  const how = valueIn(view, 'how', 'how');
  if (how !== 'moment' && how !== 'local') return undefined;
  const date = valueIn(view, 'date', 'date');
  const time = valueIn(view, 'time', 'time');
  if (!date || !time) return 'missing';
  return how === 'local' ? { kind: how, date, time } : { kind: how, at: momentOn(date, time, zone) };
}

function extrasIn(
  view: IncomingView,
  words: (typeof texts)['en'],
): { readonly extras: Extras } | { readonly errors: Record<string, string> } {
  const url = valueIn(view, 'picture', 'picture');
  const alt = valueIn(view, 'alt', 'alt');
  if (url && !/^https:\/\//.test(url)) return { errors: { picture: words.badUrl } };
  if (url && !URL.canParse(url)) return { errors: { picture: words.badUrl } };
  if (url && !alt) return { errors: { alt: words.needsAlt } };
  const links: { label: string; url: string }[] = [];
  const lines = valueIn(view, 'links', 'links')
    .split('\n')
    .map((one) => one.trim());
  for (const written of lines.filter(Boolean).slice(0, mostLinks)) {
    const [, label = '', target = ''] = linkLine.exec(written) ?? [];
    if (!target || !URL.canParse(target)) return { errors: { links: words.badLink(written.slice(0, 100)) } };
    links.push({ label: (label.replace(/[|｜\s]+$/u, '').trim() || target).slice(0, 75), url: target });
  }
  const request = valueIn(view, 'request', 'request');
  const article = valueIn(view, 'article', 'announcements.article');
  return {
    extras: {
      picture: url ? { url, alt } : undefined,
      links,
      ask: listIn(view, 'ask', 'ask').includes('ask'),
      request: request && request !== 'none' ? request : undefined,
      article: article || undefined,
    },
  };
}
