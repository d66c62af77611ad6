import { type Known, leadRole, type Target, targetId, targets } from '../../src/announcements/announcement.ts';
import { type Announcements, type Changed, createAnnouncements } from '../../src/announcements/announcements.ts';
import { emptyAudience } from '../../src/announcements/audience.ts';
import { announcementsDeclared } from '../../src/announcements/feature.ts';
import type { Kind } from '../../src/announcements/kind.ts';
import { createNews, type News } from '../../src/announcements/news.ts';
import { createReaching, type Reaching } from '../../src/announcements/reaching.ts';
import { createReadings, type Readings } from '../../src/announcements/reading.ts';
import { createSending, type Sending } from '../../src/announcements/sending-rows.ts';
import type { Channels, Projects } from '../../src/core/announcing.ts';
import { auditEvents, auditParts } from '../../src/core/audit.ts';
import { Organization } from '../../src/core/organization.ts';
import { type Op, type People, type Person, type PersonId, put, type Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { mailingPace } from '../../src/delivery/budget.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';

export const lead = 'ULEAD' as PersonId;
export const second = 'USECOND' as PersonId;
export const reader = 'UREADER' as PersonId;
export const stranger = 'USTRANGER' as PersonId;
/** A Tuesday morning in Berlin. */
export const start = Date.UTC(2026, 10, 24, 9);

const words = { title: 'A title', body: 'A body' };
const about = { en: 'About it.', 'zh-CN': '说明。' };
const template = { en: words, 'zh-CN': words };
const name = { en: 'Event', 'zh-CN': '活动' };
const flags = { confirm: false, urgent: false, callChannel: false };

const kinds: readonly Kind[] = [
  { id: 'event', name, about, order: 1, template, ...flags },
  {
    ...{ id: 'policy', name: { en: 'Policy', 'zh-CN': '政策' }, about, order: 2, template, ...flags },
    ...{ required: about, confirm: true, remind: { after: 3, due: 10 }, joiners: 'P12M' },
  },
];

/** Somebody who works in Berlin and reads English. */
export function personOf(id: PersonId, more: Partial<Person> = {}): Person {
  return { id, name: id, locale: 'en', zone: 'Europe/Berlin', active: true, guest: false, roles: [], ...more };
}

export interface NewsroomOptions {
  readonly wideAudience?: number;
  readonly channels?: Channels;
  readonly projects?: Projects;
}

/** The use cases of announcements in memory, with two leads and a few readers. */
export interface Newsroom {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly staff: Map<PersonId, Person>;
  readonly announcements: Announcements;
  readonly reaching: Reaching;
  readonly delivery: Sending;
  readonly readings: Readings;
  readonly news: News;
  /** Whom the reminders were asked to look at. */
  readonly woken: PersonId[];
  done(change: Promise<Changed>): Promise<Known>;
  /** A draft of a kind for everybody. */
  draft(id: string, kind: string): Promise<Known>;
  /** One that went out at this moment, with a row for each of these people. */
  sent(id: string, kind: string, people: readonly PersonId[], state?: Target['state']): Promise<Known>;
  commit(ops: readonly Op[]): Promise<void>;
}

export function openNewsroom(options: NewsroomOptions = {}): Newsroom {
  const { wideAudience = 500 } = options;
  const clock = movableClock(start);
  const store = createMemoryStore([...announcementsDeclared.collections, auditEvents, auditParts]);
  const staff = new Map<PersonId, Person>(
    [
      personOf(lead, { roles: [leadRole] }),
      personOf(second, { roles: [leadRole] }),
      personOf(reader, { unit: 'payments' }),
      personOf('UZH' as PersonId, { locale: 'zh-CN', zone: 'Asia/Shanghai' }),
    ].map((one) => [one.id, one]),
  );
  const people: People = {
    get: (id) => staff.get(id),
    withRole: (role) => [...staff.values()].filter(({ roles }) => roles.includes(role)),
    all: () => staff.values(),
  };
  const organization = Organization.parse({
    name: 'Example',
    ospo: { name: { en: 'Office', 'zh-CN': '办公室' } },
    offices: [{ id: 'berlin', name: { en: 'Berlin', 'zh-CN': '柏林' }, zone: 'Europe/Berlin' }],
    limits: { wideAudience },
  });
  const woken: PersonId[] = [];
  const deps = {
    ...{ store, clock, people, organization: () => organization, kinds: () => kinds, doings: () => [] },
    channels: options.channels ?? {
      standings: async () => new Map(),
      members: async () => new Map(),
      join: async () => false,
    },
    projects: options.projects ?? { names: () => [], people: async () => [] },
    reminders: {
      async wake(id: PersonId) {
        woken.push(id);
        return [];
      },
      refresh: async () => [],
      spend: async () => [],
    },
    numbers: () => [async () => [{ label: { en: 'Questions', 'zh-CN': '问题' }, value: 7 }]],
  };
  const reaching = createReaching(deps);
  const announcements = createAnnouncements({ ...deps, reaching });
  const { startScheduled, clockMove } = announcements;
  const delivery = createSending({
    ...deps,
    ...{ pace: mailingPace, aims: reaching.aims, startScheduled, clockMove, buttons: () => [] },
  });
  const readings = createReadings({ ...deps, reaching, announcements, delivery });
  const news = createNews({ ...deps, reaching, announcements, delivery, readings });

  async function commit(ops: readonly Op[]): Promise<void> {
    if (ops.length > 0) await store.commit(ops);
  }
  async function done(change: Promise<Changed>): Promise<Known> {
    const { ops, announcement } = await change;
    await commit(ops);
    return announcement;
  }
  async function draft(id: string, kind: string): Promise<Known> {
    const { revision } = await done(announcements.begin(id, kind, lead));
    return done(announcements.saveAudience(id, revision, lead, { ...emptyAudience, everybody: true }, false));
  }

  return {
    ...{ store, clock, staff, announcements, reaching, delivery, readings, news, woken, done, draft, commit },
    async sent(id, kind, places, state = 'sent') {
      const { revision } = await draft(id, kind);
      const out = announcements.confirm(id, lead, 'confirm', { revision, shown: staff.size });
      await done(
        out.then((change) => {
          if ('moved' in change) throw new Error('the numbers moved');
          return change;
        }),
      );
      const at = clock.now();
      await commit(
        places.map((one) =>
          put(
            targets,
            targetId(id, one),
            {
              announcement: id,
              target: { person: one },
              state,
              since: at,
              from: at,
              shown: 1,
              ...(state === 'sent' ? { sentAt: at } : {}),
            },
            0,
          ),
        ),
      );
      const known = await announcements.find(id);
      if (!known) throw new Error('it is gone');
      return known;
    },
  };
}
