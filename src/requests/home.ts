import type { Person, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { HomeSection } from '../feature.ts';
import type { RequestCards } from './cards.ts';
import { listTexts } from './list-texts.ts';
import { homeBlocks, type ListLook, mostAtHome } from './list-views.ts';
import { isLate } from './reading.ts';
import { requests as requestRecords } from './records.ts';
import type { Requests } from './requests.ts';

export interface HomeDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly requests: Requests;
  readonly cards: RequestCards;
}

// First of what waits for the reader; after the drafts what the reader waits for; what leads look after comes last.
const waitingOrder = 15;
const askedOrder = 28;
const leadOrder = 60;
const leadRole = 'ospo-lead';
// Whoever has more waiting than this is told that it is this many; the first page is what matters. A thousand take 30 ms.
const mostCounted = 1_000;

/** Requests on somebody's Home: those that wait for them, those they asked for, and what is late for those who lead. */
export function createHome({ store, clock, requests, cards }: HomeDeps) {
  return async function home(person: Person): Promise<readonly HomeSection[]> {
    const look: ListLook = { reader: { locale: person.locale, zone: person.zone }, now: clock.now() };
    const sections = await Promise.all([waiting(person, look), asked(person, look), late(person, look)]);
    return sections.filter(({ blocks }) => blocks.length > 0);
  };

  async function waiting(person: Person, look: ListLook): Promise<HomeSection> {
    const docs = await requests.waitingFor(person.id, mostCounted);
    const items = await cards.listed(docs.slice(0, mostAtHome), look);
    const { waitingForYou } = listTexts[person.locale];
    return { order: waitingOrder, blocks: homeBlocks(waitingForYou, items, docs.length, 'desk', look) };
  }

  async function asked(person: Person, look: ListLook): Promise<HomeSection> {
    const key = `requesting:${person.id}`;
    const [{ docs }, total] = await Promise.all([
      store.list(requestRecords, { key, order: 'desc', limit: mostAtHome }),
      store.count(requestRecords, { key }),
    ]);
    const items = await cards.listed(docs, look);
    const { yourRequests } = listTexts[person.locale];
    return { order: askedOrder, blocks: homeBlocks(yourRequests, items, total, 'requester', look) };
  }

  async function late(person: Person, look: ListLook): Promise<HomeSection> {
    if (!person.roles.includes(leadRole)) return { order: leadOrder, blocks: [] };
    const key = 'promised';
    const [{ docs }, total] = await Promise.all([
      store.list(requestRecords, { key, order: 'asc', to: look.now, limit: mostAtHome }),
      store.count(requestRecords, { key, to: look.now }),
    ]);
    const items = await cards.listed(
      docs.filter((doc) => isLate(doc, look.now)),
      look,
    );
    return { order: leadOrder, blocks: homeBlocks(listTexts[person.locale].lateOnes, items, total, 'lead', look) };
  }
}
