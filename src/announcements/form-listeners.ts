import { ties } from '../core/announcing.ts';
import { momentOn } from '../core/business-time.ts';
import { UserError } from '../core/errors.ts';
import { locales } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import type { IncomingView, SlackGate, Submitted } from '../feature.ts';
import type { Audience, ProjectTie, Timing } from './announcement.ts';
import type { Announcements } from './announcements.ts';
import { choosing, choosingProject } from './audience-views.ts';
import { bodyMax } from './body.ts';
import type { Extras } from './draft.ts';
import type { texts } from './form-texts.ts';
import { DeskForm } from './forms.ts';
import { type Pages, typedIn, valueIn } from './pages.ts';
import type { Readings } from './reading.ts';
import { sayView } from './views.ts';

const linkLine = /^(.*?)[|｜]?\s*(https?:\/\/\S+)$/u;
const mostLinks = 5;

/** What the forms of those who lead the office bring. */
export function listenToForms(
  gate: SlackGate,
  deps: { readonly announcements: Announcements; readonly readings: Readings; readonly pages: Pages },
): void {
  const { announcements, pages } = deps;
  const { lookOf, wordsOf, pageAfter } = pages;

  gate.submit('announcements.begin', async ({ person, view }) => {
    const kind = valueIn(view, 'kind', 'kind');
    return submitted(person, 'kind', async () =>
      pageAfter(person, await announcements.begin(view.metadata, kind, person)),
    );
  });

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
    const words = wordsOf(person);
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
      if ('moved' in done) return { view: await pages.confirmForm(done.announcement, person, true) };
      return await pageAfter(person, done);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { view: sayView(wordsOf(person).pageTitle, error.texts[reader.locale], reader) };
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

  async function submitted(person: PersonId, field: string, run: () => Promise<Submitted>): Promise<Submitted> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { errors: { [field]: error.texts[lookOf(person).reader.locale] } };
    }
  }
}

function listIn({ values }: IncomingView, block: string, id: string): readonly string[] {
  const value = values[block]?.[id];
  return Array.isArray(value) ? value.map(String) : [];
}

function audienceIn(view: IncomingView, callChannel: boolean): Audience {
  // A list that is searched has another id than one that is shown.
  const list = (block: string, searched = `${choosing}:${block}`) => [
    ...listIn(view, block, block),
    ...listIn(view, block, searched),
  ];
  const projects = ties.flatMap((tie) =>
    list(tie, `${choosingProject}:${tie}`).map((name): ProjectTie => ({ tie, name })),
  );
  const locale = locales.find((one) => one === valueIn(view, 'locale', 'locale'));
  return {
    everybody: listIn(view, 'everybody', 'everybody').includes('everybody'),
    channels: list('channels'),
    roles: list('roles'),
    offices: list('offices'),
    units: list('units'),
    doings: list('doings'),
    callChannel,
    ...(projects.length > 0 ? { projects } : {}),
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
    .map((one) => one.trim())
    .filter(Boolean);
  if (lines.length > mostLinks) return { errors: { links: words.tooManyLinks } };
  for (const written of lines) {
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
