import type { Person, PersonId, Say } from '../core/ports.ts';
import type { Announcement, AnnouncementEvent, Known } from './announcement.ts';

/** What leads hear of one event: those whose turn it is, and those whose work it was; never who did it. */
export function toldLeads(
  before: Announcement,
  after: Known,
  event: AnnouncementEvent,
  leads: readonly Person[],
): readonly Say[] {
  const index = after.events.length - 1;
  const by = 'by' in event ? event.by : undefined;
  return hearers(before, event, leads)
    .filter((person) => person !== by)
    .map((person) => ({
      kind: 'notice',
      key: `announcement/${after.id}/${index}/${person}`,
      card: 'announcement.told',
      id: `${after.id}/${index}`,
      place: { person },
      lost: 'must',
    }));
}

function hearers(before: Announcement, event: AnnouncementEvent, leads: readonly Person[]): readonly PersonId[] {
  const senders = [...new Set([before.author, before.confirmedBy ?? before.author])];
  switch (event.kind) {
    case 'confirmed':
      return event.wide ? leads.map(({ id }) => id) : [];
    case 'approved':
    case 'returned':
    case 'cancelled':
    case 'retracting':
      return senders;
    case 'halted':
      return leads.map(({ id }) => id);
    default:
      return [];
  }
}

/**
 * What a lead asked to see in their own conversation with us: a preview as a reader would see it, or the numbers with charts.
 * @param click unique to the click
 */
export function asked(what: 'preview' | 'numbers', id: string, person: PersonId, click: string): Say {
  return {
    kind: 'notice',
    key: `announcement/${id}/${what}/${click}`,
    card: `announcement.${what}`,
    id,
    place: { person },
    lost: 'may',
    lane: 'answers',
  };
}
