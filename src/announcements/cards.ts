import type { Locale } from '../core/i18n.ts';
import type { OpenRequest } from '../core/links.ts';
import type { Person, PersonId, Rendered, ShowCard } from '../core/ports.ts';
import { announcements, announcementTexts, type Known, textId } from './announcement.ts';
import type { Announcements } from './announcements.ts';
import { titleFor } from './draft.ts';
import { gatheredMessage } from './home-views.ts';
import type { Look } from './look.ts';
import type { News, NewsDeps } from './news.ts';
import { numbersMessage } from './result-views.ts';
import { texts } from './texts.ts';
import { toldMessage } from './told-views.ts';
import { announcementMessage, type Shown, withdrawnMessage } from './views.ts';

export interface CardDeps extends NewsDeps {
  readonly news: News;
  readonly announcements: Announcements;
  readonly openRequest: OpenRequest;
}

/** Announcements drawn for whoever looks. */
export interface AnnouncementCards {
  /**
   * `announcement.message`, `announcement.preview`, `announcement.numbers`: `<id>`. `announcement.told`: `<id>/<index of the event>`.
   * `announcement.digest`: `<person>/<from>/<to>`. `announcement.welcome`: `<person>`.
   */
  readonly show: Readonly<
    Record<`announcement.${'message' | 'preview' | 'numbers' | 'told' | 'digest' | 'welcome'}`, ShowCard>
  >;
  lookFor(person: PersonId | undefined, locale?: Locale): Look;
  /** What a reader sees of the edition of the moment; a channel without `viewer`. */
  shownTo(announcement: Known, viewer: Person | undefined, surface: Shown['surface']): Promise<Shown | undefined>;
}

export function createCards(deps: CardDeps): AnnouncementCards {
  const { store, clock, people, readings, news } = deps;

  function lookFor(person: PersonId | undefined, locale?: Locale): Look {
    const viewer = person && people.get(person);
    const reader = {
      locale: locale ?? viewer?.locale ?? 'en',
      zone: viewer?.zone ?? deps.organization().offices[0]?.zone ?? 'UTC',
    };
    return {
      reader,
      now: clock.now(),
      name: (id) => people.get(id)?.name ?? texts[reader.locale].somebody,
      kind: (id) => deps.kinds().find((kind) => kind.id === id)?.name[reader.locale] ?? id,
    };
  }

  async function shownTo(
    announcement: Known,
    viewer: Person | undefined,
    surface: Shown['surface'],
  ): Promise<Shown | undefined> {
    const { id, edition } = announcement;
    const text =
      surface === 'preview'
        ? (await deps.announcements.writtenOf(announcement))?.text
        : await store.get(announcementTexts, textId(id, edition));
    if (!text) return undefined;
    const locale = viewer?.locale ?? 'en';
    const asker = viewer?.id;
    // In a channel everybody sees the button; whoever may not ask is told so by the form.
    const request =
      text.request && asker ? deps.openRequest({ request: text.request, prefill: {} }, asker, locale) : undefined;
    return {
      announcement,
      text,
      confirm: readings.kindOf(announcement)?.confirm ?? false,
      reading: viewer && surface === 'person' ? await readings.readingOf(id, viewer.id) : undefined,
      surface,
      request,
    };
  }

  async function messageFor(id: string, viewer: Person | undefined, locale: Locale): Promise<Rendered | undefined> {
    const announcement = await store.get(announcements, id);
    if (!announcement) return undefined;
    const look = lookFor(viewer?.id, locale);
    if (announcement.state === 'retracting' || announcement.state === 'retracted') {
      return withdrawnMessage(announcement, titleFor(announcement, locale) ?? look.kind(announcement.kind), look);
    }
    const shown = await shownTo(announcement, viewer, viewer ? 'person' : 'channel');
    return shown && announcementMessage(shown, look);
  }

  return {
    lookFor,
    shownTo,
    show: {
      'announcement.message': messageFor,
      async 'announcement.preview'(id, viewer, locale) {
        const announcement = await store.get(announcements, id);
        const shown = announcement && (await shownTo(announcement, viewer, 'preview'));
        return shown && announcementMessage(shown, lookFor(viewer?.id, locale));
      },
      async 'announcement.numbers'(id, viewer, locale) {
        const announcement = await deps.announcements.find(id);
        // Whoever asked may have been a lead only until now.
        if (!announcement?.sentAt || !viewer || !deps.announcements.isLead(viewer.id)) return undefined;
        const confirm = readings.kindOf(announcement)?.confirm ?? false;
        const results = await readings.results(announcement);
        return numbersMessage({ announcement, confirm, results }, lookFor(viewer.id, locale));
      },
      async 'announcement.told'(id, viewer, locale) {
        const cut = id.lastIndexOf('/');
        const announcement = await store.get(announcements, id.slice(0, cut));
        const event = announcement?.events[Number(id.slice(cut + 1))];
        return announcement && event && toldMessage(announcement, event, lookFor(viewer?.id, locale));
      },
      async 'announcement.digest'(id, viewer, locale) {
        const [person = '', from = '', to = ''] = id.split('/');
        const items = await news.digestOf(person as PersonId, Number(from), Number(to));
        return items.length === 0 ? undefined : gatheredMessage(items, 'digest', lookFor(viewer?.id, locale));
      },
      async 'announcement.welcome'(_id, viewer, locale) {
        if (!viewer) return undefined;
        const { changes } = await news.changesFor(viewer.id);
        const items = [...changes.fresh, ...changes.before];
        return items.length === 0 ? undefined : gatheredMessage(items, 'welcome', lookFor(viewer.id, locale));
      },
    },
  };
}
