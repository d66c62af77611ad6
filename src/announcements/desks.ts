import type { Doing } from '../core/announcing.ts';
import type { Organization } from '../core/organization.ts';
import type { People, PersonId, Store } from '../core/ports.ts';
import { type AnnouncementText, announcementTexts, type Known } from './announcement.ts';
import type { Announcements, Changed } from './announcements.ts';
import type { Delivery } from './delivery.ts';
import type { Desk } from './page-views.ts';
import type { Pace } from './progress.ts';
import { newsQuestions } from './question.ts';
import type { Readings } from './reading.ts';

/** Everything that a lead sees of an announcement, put together. */
export interface Desks {
  deskOf(announcement: Known, person: PersonId, note?: string): Promise<Desk | undefined>;
  /** As it is once a change is committed. */
  deskAfter(changed: Changed, person: PersonId, note?: string): Promise<Desk | undefined>;
}

const questionsShown = 5;

export function createDesks(deps: {
  readonly store: Store;
  readonly people: People;
  readonly announcements: Announcements;
  readonly readings: Readings;
  readonly delivery: Delivery;
  readonly pace: Pace;
  organization(): Organization;
  doings(): readonly Doing[];
}): Desks {
  const { store, people, announcements, readings } = deps;

  function nameFor(person: PersonId) {
    const locale = people.get(person)?.locale ?? 'en';
    const { offices, units } = deps.organization();
    const named = new Map([
      ...[...offices, ...units].map(({ id, name }) => [id, name[locale]] as const),
      ...deps.doings().map(({ name, label }) => [name, label[locale]] as const),
    ]);
    return (what: string) => named.get(what) ?? what;
  }

  async function drawn(
    announcement: Known,
    written: { readonly text: AnnouncementText; readonly pending: boolean } | undefined,
    person: PersonId,
    note: string | undefined,
  ): Promise<Desk | undefined> {
    if (!written) return undefined;
    const key = announcement.id;
    const [total, { docs }] = await Promise.all([
      store.count(newsQuestions, { key }),
      store.list(newsQuestions, { key, order: 'desc', limit: questionsShown }),
    ]);
    return {
      announcement,
      text: written.text,
      pending: written.pending,
      confirm: readings.kindOf(announcement)?.confirm ?? false,
      mayApprove: announcements.isLead(person) && announcement.confirmedBy !== person,
      misses: announcement.sentAt === undefined ? [] : (await deps.delivery.misses(announcement.id)).misses,
      changesPerMinute: deps.pace.update,
      results: announcement.sentAt === undefined ? undefined : await readings.results(announcement),
      questions: { total, latest: docs },
      ...(note ? { note } : {}),
      nameOf: nameFor(person),
    };
  }

  return {
    async deskOf(announcement, person, note) {
      return drawn(announcement, await announcements.writtenOf(announcement), person, note);
    },
    async deskAfter({ announcement, ops }, person, note) {
      // What the change writes is not in the store yet.
      const puts = ops.flatMap((op) => ('put' in op && op.in === announcementTexts ? [op] : []));
      const removed = ops.some((op) => 'remove' in op && op.in === announcementTexts);
      const fresh = puts.at(-1)?.put as AnnouncementText | undefined;
      if (fresh)
        return drawn(announcement, { text: fresh, pending: fresh.edition > announcement.edition }, person, note);
      const text = removed ? await announcements.textOf(announcement) : undefined;
      const written = text ? { text, pending: false } : await announcements.writtenOf(announcement);
      return drawn(announcement, written, person, note);
    },
  };
}
