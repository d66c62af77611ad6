import { dateAfter, dateAt } from '../core/business-time.ts';
import { csvLine, csvMark } from '../core/csv.ts';
import type { DueThing, ReminderSource, Reminders } from '../core/links.ts';
import { type AnyJob, type Doc, type Op, type PersonId, type Posted, put, remove, type Say } from '../core/ports.ts';
import {
  type Announcement,
  announcements,
  isOut,
  type Known,
  rowsKey,
  sentKey,
  type Target,
  targets,
} from './announcement.ts';
import type { AnnouncementDeps, Announcements } from './announcements.ts';
import type { Delivery } from './delivery.ts';
import { titleFor } from './draft.ts';
import { texts as leadTexts } from './form-texts.ts';
import type { Kind } from './kind.ts';
import { type Follow, follows, newsQuestions } from './question.ts';
import { type Reading, readId, readings } from './readings.ts';
import { countUnits, type Results, spanMs, spansSince } from './results.ts';
import { texts } from './texts.ts';

export interface ReadingDeps extends AnnouncementDeps {
  readonly announcements: Announcements;
  readonly delivery: Delivery;
  readonly reminders: Reminders;
}

/** Confirming that something was read, and everything that is counted by it. */
export interface Readings {
  kindOf(announcement: Pick<Announcement, 'kind'>): Kind | undefined;
  readingOf(announcement: string, person: PersonId): Promise<Doc<Reading> | undefined>;
  /** Whether somebody still has to confirm it. */
  isOpen(announcement: Known, person: PersonId): Promise<boolean>;
  /**
   * Notes that somebody has read the edition of the moment; nothing new for one that is noted. `over`: it was withdrawn.
   * @param at the message on which they said so
   */
  confirm(
    announcement: Known,
    person: PersonId,
    at?: Posted,
  ): Promise<{ readonly reading: Reading; readonly ops: readonly Op[]; readonly say: readonly Say[] } | 'over'>;
  results(announcement: Known): Promise<Results>;
  /** Every place with what became of it, and who confirmed what when, as a table for an auditor. */
  exported(announcement: Known, locale: 'en' | 'zh-CN'): Promise<string>;
  /** Was it sent to this person, or to a channel, where everybody may read it? */
  mayRead(announcement: Known, person: PersonId): Promise<boolean>;
  readonly source: ReminderSource;
  /** Brings whoever has not confirmed to the reminders, and forgets questions in time. */
  readonly jobs: readonly AnyJob[];
}

const sourceName = 'announcements';
const topic = 'read';
const pageSize = 500;
// A person wakes with one or two operations, and a commit takes a thousand.
const wokenTogether = 200;
// Whoever has more to confirm than this does so in several days.
const mostDue = 10;
const dayMs = 24 * 60 * 60_000;
// What nobody confirmed in a quarter is not read by being asked again.
const longestDue = 90 * dayMs;

export function createReadings(deps: ReadingDeps): Readings {
  const { store, clock, people, reminders } = deps;

  const kindOf: Readings['kindOf'] = ({ kind }) => deps.kinds().find(({ id }) => id === kind);
  const readingOf: Readings['readingOf'] = (announcement, person) => store.get(readings, readId(announcement, person));

  async function isOpen(announcement: Known, person: PersonId): Promise<boolean> {
    if (!isOut(announcement) || !kindOf(announcement)?.confirm) return false;
    const reading = await readingOf(announcement.id, person);
    return !reading || reading.edition < announcement.confirmFrom;
  }

  const confirm: Readings['confirm'] = async (announcement, person, at) => {
    if (announcement.forgotten || (!isOut(announcement) && announcement.state !== 'cancelled')) return 'over';
    const known = await readingOf(announcement.id, person);
    const { edition } = announcement;
    const found = at ? await deps.delivery.found(announcement.id, person, at) : [];
    if (known && known.edition >= edition) return { reading: known, ops: found, say: [] };
    const unit = people.get(person)?.unit;
    const reading: Reading = {
      announcement: announcement.id,
      person,
      edition,
      at: clock.now(),
      ...(unit ? { unit } : {}),
    };
    return {
      reading,
      ops: [put(readings, readId(announcement.id, person), reading, known?.version ?? 0), ...found],
      say: await reminders.refresh(person),
    };
  };

  async function* rowsOf(announcement: string): AsyncGenerator<Doc<Target>> {
    yield* paged((after) => store.list(targets, page(rowsKey(announcement), after)));
  }

  async function* readingsOf(announcement: string): AsyncGenerator<Doc<Reading>> {
    yield* paged((after) => store.list(readings, page(announcement, after)));
  }

  async function results(announcement: Known): Promise<Results> {
    const { id, sentAt, confirmFrom } = announcement;
    const { units: named, limits } = deps.organization();
    const progress = await deps.delivery.progress(announcement);
    const all = new Map<string | undefined, number>();
    const read = new Map<string | undefined, number>();
    const concerned = new Set<string>();
    for await (const { target, state } of rowsOf(id)) {
      if (!('person' in target) || state === 'left' || state === 'failed') continue;
      concerned.add(target.person);
      count(all, people.get(target.person)?.unit);
    }
    let confirmed = 0;
    for await (const { person, edition } of readingsOf(id)) {
      // In channels anybody may confirm; counted are those whom it was for.
      if (edition < confirmFrom || !concerned.has(person)) continue;
      confirmed += 1;
      count(read, people.get(person)?.unit);
    }
    const now = clock.now();
    const begun = sentAt === undefined ? [] : spansSince(sentAt, now).map((span) => ({ span, sentAt }));
    const spans = await Promise.all(
      begun.map(async ({ span, sentAt: from }) => {
        const to = Math.min(now, from + spanMs[span]);
        const [sent, readBy] = await Promise.all([
          store.count(targets, { key: sentKey(id), to }),
          store.count(readings, { key: id, to }),
        ]);
        return { span, sent, read: readBy };
      }),
    );
    return {
      progress,
      read: announcement.readers ?? confirmed,
      people: concerned.size,
      units: countUnits(all, read, limits.smallestGroup),
      spans,
      smallest: limits.smallestGroup,
      unitName: (unit, locale) => named.find((one) => one.id === unit)?.name[locale] ?? unit,
    };
  }

  async function exported(announcement: Known, locale: 'en' | 'zh-CN'): Promise<string> {
    const read = new Map<string, Reading>();
    for await (const reading of readingsOf(announcement.id)) read.set(reading.person, reading);
    const lines = [csvMark, csvLine(leadTexts[locale].columns)];
    for await (const row of rowsOf(announcement.id)) {
      const { target } = row;
      const id = 'person' in target ? target.person : target.channel;
      lines.push(csvLine([...cellsOf(id, row), ...readCells(read.get(id))]));
      read.delete(id);
    }
    // Who read it in a channel has no row.
    for (const [id, reading] of read) lines.push(csvLine([...cellsOf(id, undefined), ...readCells(reading)]));
    return lines.join('');
  }

  function cellsOf(id: string, row: Target | undefined): readonly string[] {
    const person = people.get(id as PersonId);
    const sent = row?.sentAt === undefined ? '' : new Date(row.sentAt).toISOString();
    const { unit = '', office = '', name = id } = person ?? {};
    return [
      name,
      id,
      unit,
      office,
      row?.state ?? '',
      row?.reason ?? row?.by ?? '',
      sent,
      row?.shown ? String(row.shown) : '',
    ];
  }

  async function mayRead(announcement: Known, person: PersonId): Promise<boolean> {
    if (announcement.audience.channels.length > 0 && announcement.sentAt !== undefined) return true;
    return (await store.get(targets, `${announcement.id}/${person}`)) !== undefined;
  }

  /** What a person still has to confirm, and when they are asked. */
  async function dueFor(person: PersonId, now: number): Promise<readonly DueThing[]> {
    const { docs } = await store.list(targets, {
      key: `reader:${person}`,
      from: now - longestDue,
      order: 'desc',
      limit: pageSize,
    });
    const due: DueThing[] = [];
    for (const row of docs) {
      if (due.length >= mostDue) break;
      const announcement = await store.get(announcements, row.announcement);
      const kind = announcement && kindOf(announcement);
      if (!announcement || !kind?.remind || row.state === 'left' || row.state === 'waiting') continue;
      if (await isOpen(announcement, person)) due.push(dueThing(announcement, row, kind, kind.remind, person));
    }
    return due;
  }

  function dueThing(
    announcement: Known,
    { from, sentAt = from }: Target,
    kind: Kind,
    remind: NonNullable<Kind['remind']>,
    person: PersonId,
  ): DueThing {
    const revised = announcement.events.findLast((event) => event.kind === 'revised' && event.anew);
    const start = Math.max(sentAt, revised?.at ?? 0);
    const title = (locale: 'en' | 'zh-CN') =>
      texts[locale].due(titleFor(announcement, locale) ?? kind.name[locale]).slice(0, 80);
    const zone = people.get(person)?.zone ?? 'UTC';
    return {
      key: `${announcement.id}/${announcement.confirmFrom}`,
      topic,
      title: { en: title('en'), 'zh-CN': title('zh-CN') },
      since: start + remind.after * dayMs,
      due: dateAfter(dateAt(start, zone), `P${remind.due}D`),
      ...(kind.required
        ? { mandatory: { en: texts.en.dueWhy, 'zh-CN': texts['zh-CN'].dueWhy } }
        : { decline: true as const }),
      buttons: [
        {
          action: 'announcements.show',
          value: announcement.id,
          label: { en: texts.en.open, 'zh-CN': texts['zh-CN'].open },
        },
      ],
    };
  }

  /** A page of those who got it: whoever has not confirmed is looked at by the reminders. */
  const follow: AnyJob = {
    collection: follows,
    async run(doc, now) {
      const { id, edition, after } = doc as Doc<Follow>;
      const announcementId = id.slice(0, id.indexOf('/'));
      const announcement = await store.get(announcements, announcementId);
      if (!announcement || !isOut(announcement) || announcement.edition < edition) {
        return { ops: [remove(follows, doc)], say: [] };
      }
      const { docs, next } = await store.list(targets, {
        key: rowsKey(announcementId),
        order: 'asc',
        limit: wokenTogether,
        ...(after ? { after } : {}),
      });
      const woken: Op[] = [];
      for (const { target, state } of docs) {
        if (!('person' in target) || state === 'left' || state === 'failed') continue;
        if (await isOpen(announcement, target.person)) woken.push(...(await reminders.wake(target.person, now)));
      }
      const rest = next ? put(follows, id, { edition, after: next, due: now + 1 }, doc.version) : remove(follows, doc);
      return { ops: [rest, ...woken], say: [] };
    },
  };

  const forgetQuestions: AnyJob = {
    collection: newsQuestions,
    run: async (doc) => ({ ops: [remove(newsQuestions, doc)], say: [] }),
  };

  return {
    kindOf,
    readingOf,
    isOpen,
    confirm,
    results,
    exported,
    mayRead,
    source: {
      name: sourceName,
      topics: { [topic]: { en: texts.en.topic, 'zh-CN': texts['zh-CN'].topic } },
      dueFor,
      async settle(person, key, answer) {
        const announcement = await store.get(announcements, key.slice(0, key.indexOf('/')));
        if (!announcement) return { ops: [] };
        if (answer.how === 'declined' || !(await isOpen(announcement, person))) return { ops: [] };
        const done = await confirm(announcement, person);
        return done === 'over' ? { ops: [] } : { ops: done.ops };
      },
    },
    jobs: [follow, forgetQuestions],
  };
}

function readCells(reading: Reading | undefined): readonly string[] {
  return reading ? [String(reading.edition), new Date(reading.at).toISOString()] : ['', ''];
}

function count(counts: Map<string | undefined, number>, unit: string | undefined): void {
  counts.set(unit, (counts.get(unit) ?? 0) + 1);
}

function page(key: string, after: string | undefined) {
  return { key, order: 'asc' as const, limit: pageSize, ...(after ? { after } : {}) };
}

async function* paged<T>(
  read: (after: string | undefined) => Promise<{ readonly docs: readonly Doc<T>[]; readonly next?: string }>,
): AsyncGenerator<Doc<T>> {
  let after: string | undefined;
  do {
    const { docs, next } = await read(after);
    yield* docs;
    after = next;
  } while (after);
}
