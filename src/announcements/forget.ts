import { type AuditPart, appendAudit, auditId, auditParts } from '../core/audit.ts';
import { type Doc, type Op, put, remove, type Store } from '../core/ports.ts';
import { createPseudonyms } from '../core/pseudonyms.ts';
import {
  type Announcement,
  type AnnouncementEvent,
  announcementSubject,
  announcements,
  announcementTexts,
} from './announcement.ts';
import { readings } from './readings.ts';

// Ten thousand readers are forgotten in half a minute, and no commit holds up anybody.
const together = 400;
const pauseMs = 1_000;
// An announcement has at most 60 events, and so many editions.
const mostEditions = 100;

/**
 * A step of forgetting an announcement whose time is over: first those who confirmed it, so many at a time, then in one commit
 * the people and the reasons in it and beside its chain. What was announced when, to how many, and how many confirmed stays. The
 * chain stays whole: it holds keys and digests only, and tells that this happened.
 * @returns the operations of one commit; after an interruption the next step goes on where this one ended
 */
export async function forgetStep(
  store: Pick<Store, 'get' | 'list' | 'count'>,
  doc: Doc<Announcement>,
  now: number,
): Promise<readonly Op[]> {
  const { id, version, ...announcement } = doc;
  const readers = announcement.readers ?? (await store.count(readings, { key: id }));
  const { docs } = await store.list(readings, { key: id, order: 'asc', limit: together });
  if (docs.length > 0) {
    const next = { ...announcement, readers, wakeAt: now + pauseMs };
    return [put(announcements, id, next, version), ...docs.map((reading) => remove(readings, reading))];
  }
  const name = createPseudonyms();
  const told = toldOf(doc, readers, now);
  const forgotten = withoutPeople({ ...announcement, readers }, name);
  const texts = await store.list(announcementTexts, { key: id, order: 'asc', limit: mostEditions });
  return [
    put(announcements, id, { ...forgotten, ...(told.head ? { audit: told.head } : {}) }, version),
    ...texts.docs.map(({ id: of, version: read, ...text }) =>
      put(announcementTexts, of, { ...text, by: name(text.by) }, read),
    ),
    ...told.ops,
    ...(await partsOf(store, doc)).map((parts) => remove(auditParts, parts)),
  ];
}

function withoutPeople(announcement: Announcement, name: ReturnType<typeof createPseudonyms>): Announcement {
  const { author, confirmedBy, approvedBy, events, ...kept } = announcement;
  return {
    ...kept,
    author: name(author),
    ...(confirmedBy ? { confirmedBy: name(confirmedBy) } : {}),
    ...(approvedBy ? { approvedBy: name(approvedBy) } : {}),
    events: events.map((event): AnnouncementEvent => {
      const bare = 'text' in event ? { ...event, text: '' } : event;
      return 'by' in bare ? { ...bare, by: name(bare.by) } : bare;
    }),
    wakeAt: null,
    forgotten: true,
  };
}

function toldOf({ id, audit }: Doc<Announcement>, readers: number, now: number) {
  if (!audit) return { ops: [], head: undefined };
  const entry = { at: now, kind: 'forgotten', actor: 'clock', from: null, to: { readers } };
  return appendAudit(announcementSubject(id), audit, entry);
}

async function partsOf(
  store: Pick<Store, 'get'>,
  { id, audit }: Doc<Announcement>,
): Promise<readonly Doc<AuditPart>[]> {
  const ids = Array.from({ length: audit?.length ?? 0 }, (_, at) => auditId(announcementSubject(id), at + 1));
  const found = await Promise.all(ids.map((one) => store.get(auditParts, one)));
  return found.flatMap((parts) => parts ?? []);
}
