import type { Person } from '../core/ports.ts';
import type { HomeSection } from '../feature.ts';
import type { Announcements } from './announcements.ts';
import type { AnnouncementCards } from './cards.ts';
import { leadSection, newsButtons, newsSection } from './home-views.ts';
import type { News } from './news.ts';

// With what waits for the reader; below what is theirs to do; settings near the end; what leads look after comes last.
const confirmOrder = 22;
const newsOrder = 45;
const settingsOrder = 50;
const leadOrder = 62;

/** Announcements on somebody's Home: what wants to be confirmed, what is new, and for leads what is in the making. */
export function createHome(deps: {
  readonly news: News;
  readonly cards: AnnouncementCards;
  readonly announcements: Announcements;
}) {
  const { news, cards, announcements } = deps;

  return async function home(person: Person): Promise<readonly HomeSection[]> {
    const look = cards.lookFor(person.id);
    const items = await news.listFor(person.id);
    const { seenAt, joinedAt = 0 } = await news.readerOf(person.id);
    const open = items.filter((item) => item.open);
    const fresh = items.filter(
      (item) => !item.open && (item.announcement.sentAt ?? 0) > Math.max(seenAt, joinedAt, look.now - newsMs),
    );
    const isLead = announcements.isLead(person.id);
    const hasNews = items.length > 0 || isLead;
    return [
      { order: confirmOrder, blocks: newsSection(open, open.length, 'homeConfirm', look) },
      { order: newsOrder, blocks: newsSection(fresh, fresh.length, 'homeNews', look) },
      { order: settingsOrder, blocks: hasNews ? newsButtons(look) : [] },
      { order: leadOrder, blocks: isLead ? leadSection(await news.inTheMaking(), look) : [] },
    ].filter(({ blocks }) => blocks.length > 0);
  };
}

// What is older is found in the list; a page of old news hides the new.
const newsMs = 30 * 24 * 60 * 60_000;
