import type { AskOffice, Channels, Doing, PeriodNumbers, Projects } from '../core/announcing.ts';
import type { Locale } from '../core/i18n.ts';
import type { OpenRequest, ReminderSource, Reminders } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import type { People, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Declared, Feature } from '../feature.ts';
import { announcementAudit, announcements, announcementTexts, leadRole, targets } from './announcement.ts';
import { createAnnouncements } from './announcements.ts';
import { createCards } from './cards.ts';
import { createDesks } from './desks.ts';
import { listenToForms } from './form-listeners.ts';
import { texts as formTexts } from './form-texts.ts';
import { createHome } from './home.ts';
import { inOrder, type Kind, kindContent } from './kind.ts';
import { listenToLeads } from './listeners.ts';
import { createNews } from './news.ts';
import { progressButtons } from './page-views.ts';
import { createPages } from './pages.ts';
import type { Pace } from './progress.ts';
import { follows, newsQuestions } from './question.ts';
import { createReaching } from './reaching.ts';
import { newsReaders } from './reader.ts';
import { listenToReaders } from './reader-listeners.ts';
import { createReadings } from './reading.ts';
import { readings } from './readings.ts';
import { announcementSamples } from './samples.ts';
import { createSending } from './sending-rows.ts';
import { texts } from './texts.ts';

/** What announcements keep and read. */
export const announcementsDeclared: Declared = {
  name: 'announcements',
  collections: [announcements, announcementTexts, targets, readings, newsReaders, newsQuestions, follows],
  content: [kindContent],
  auditSubjects: [announcementAudit],
};

/** Announcements: written, confirmed, delivered once to everybody, and shown to have been read. */
export interface AnnouncementsFeature extends Feature {
  /** Announcements that somebody still has to confirm. */
  readonly source: ReminderSource;
  /** What was announced in a stretch of time. */
  readonly numbers: PeriodNumbers;
}

export interface AnnouncementsFeatureDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  organization(): Organization;
  kinds(): readonly Kind[];
  doings(): readonly Doing[];
  readonly projects: Projects;
  readonly channels: Channels;
  readonly pace: Pace;
  readonly reminders: Reminders;
  readonly openRequest: OpenRequest;
  readonly askOffice: AskOffice;
  /** What other features can say of a quarter. */
  numbers(): readonly PeriodNumbers[];
  requests(locale: Locale): readonly { readonly id: string; readonly label: string }[];
  articles(typed: string, locale: Locale): readonly { readonly name: string; readonly title: string }[];
}

export function createAnnouncementsFeature(given: AnnouncementsFeatureDeps): AnnouncementsFeature {
  const deps = { ...given, kinds: () => inOrder(given.kinds()) };
  const { store, people } = deps;
  const reaching = createReaching(deps);
  const making = createAnnouncements({ ...deps, reaching });
  const sending = createSending({
    ...deps,
    aims: reaching.aims,
    startScheduled: making.startScheduled,
    clockMove: making.clockMove,
    buttons: progressButtons,
  });
  const reading = createReadings({ ...deps, reaching, announcements: making, delivery: sending });
  const news = createNews({ ...deps, reaching, announcements: making, delivery: sending, readings: reading });
  const cards = createCards({
    ...deps,
    ...{ reaching, announcements: making, delivery: sending, readings: reading, news },
  });
  const desks = createDesks({ ...deps, announcements: making, readings: reading, delivery: sending });

  /** Of whoever joined, while the bot ran or was down; each is looked at until it is noted. */
  async function welcomeJoiners(): Promise<void> {
    for (const person of people.all()) {
      if (person.since === undefined) continue;
      const ops = await news.joined(person);
      if (ops.length > 0) await store.commit(ops);
    }
  }

  return {
    ...announcementsDeclared,
    listen(gate) {
      const pages = createPages({
        ...deps,
        ...{ reaching, readings: reading, cards, desks, announcements: making, delivery: sending },
      });
      listenToLeads(gate, { ...deps, readings: reading, news, pages, announcements: making });
      listenToForms(gate, { announcements: making, readings: reading, pages });
      listenToReaders(gate, { ...deps, announcements: making, readings: reading, news, cards });
    },
    cards: { ...cards.show, ...sending.cards },
    mailings: sending.mailings,
    jobs: [...sending.jobs, ...reading.jobs, news.clockwork],
    contentChanged: welcomeJoiners,
    peopleChanged: welcomeJoiners,
    home: createHome({ news, cards, announcements: making }),
    samples: () => announcementSamples(deps.kinds()),
    commands: [
      {
        words: 'announcements',
        help: { en: texts.en.help, 'zh-CN': texts['zh-CN'].help },
        button: { en: texts.en.helpButton, 'zh-CN': texts['zh-CN'].helpButton },
      },
      {
        words: 'announcements quarter',
        help: { en: formTexts.en.quarterHelp, 'zh-CN': formTexts['zh-CN'].quarterHelp },
        roles: [leadRole],
      },
    ],
    source: reading.source,
    numbers: news.numbers,
  };
}
