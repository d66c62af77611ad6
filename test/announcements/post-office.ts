import {
  type Announcement,
  type AnnouncementText,
  announcements,
  announcementTexts,
  type Target,
  targetId,
  targets,
  textId,
} from '../../src/announcements/announcement.ts';
import { type Announcements, createAnnouncements } from '../../src/announcements/announcements.ts';
import type { Preflight } from '../../src/announcements/audience.ts';
import { applyEvent, type Move } from '../../src/announcements/moves.ts';
import { follows } from '../../src/announcements/question.ts';
import { readings } from '../../src/announcements/readings.ts';
import { slackIdOf } from '../../src/announcements/recipients.ts';
import { messageCard } from '../../src/announcements/sending.ts';
import { createSending, type Sending } from '../../src/announcements/sending-rows.ts';
import { auditEvents, auditParts } from '../../src/core/audit.ts';
import { organizationContent } from '../../src/core/organization.ts';
import {
  type AnyCollection,
  type Doc,
  type People,
  type Person,
  type PersonId,
  put,
  type ShowCard,
  type Store,
} from '../../src/core/ports.ts';
import { mailingPace } from '../../src/delivery/budget.ts';
import { createScheduler, type Scheduler } from '../../src/delivery/scheduler.ts';
import { deliveryCollections } from '../../src/delivery/sender.ts';
import type { Call, Fault } from '../delivery/fake-slack.ts';
import { commitAgain, createWorld, minute, pass, start, type World } from '../delivery/world.ts';

export const lead = 'ULEAD' as PersonId;
export const announcementId = 'A-TEST';

/** Announcements on their way: the real use case, job, lists and sender, in memory and in virtual time. */
export interface PostOffice extends World {
  readonly sending: Sending;
  readonly announcements: Announcements;
  /** Whoever left the company. */
  readonly leavers: Set<string>;
  /** Sends to so many people and channels, or to these places. */
  send(to: { readonly people?: number; readonly channels?: number; readonly aims?: readonly Aimed[] }): Promise<void>;
  act(move: Exclude<Move, { kind: 'confirm' | 'approve' }>): Promise<void>;
  /** Another edition is written, and goes out. */
  revise(body: string): Promise<void>;
  /** Sender and job, as one process; replaces the one before. */
  run(over?: { readonly store?: Store; readonly messenger?: World['slack']['messenger'] }): void;
  stop(): Promise<void>;
  /** Lets time pass in steps of a second. */
  live(ms: number): Promise<void>;
  /** Until the announcement is in one of these states. @throws after `withinMs` */
  until(states: readonly Announcement['state'][], withinMs: number): Promise<Doc<Announcement>>;
  known(): Promise<Doc<Announcement>>;
  rows(): Promise<readonly Doc<Target>[]>;
  /** How many rows are in each state that has any. */
  states(): Promise<Readonly<Record<string, number>>>;
}

const kept: readonly AnyCollection[] = [
  announcements,
  announcementTexts,
  targets,
  readings,
  follows,
  auditEvents,
  auditParts,
];

/** What a store must hold to run a post office on it. */
export const postOfficeCollections: readonly AnyCollection[] = [...deliveryCollections, ...kept];

export interface Aimed {
  readonly target: Target['target'];
  readonly from?: number;
  readonly quiet?: boolean;
  /** The channel in which a person reads it. */
  readonly by?: string;
}

export function createPostOffice(
  options: {
    readonly faultOf?: (call: Call, nth: number) => Fault | undefined;
    readonly picture?: boolean;
    /** In memory when absent. */
    readonly store?: Store;
  } = {},
): PostOffice {
  const leavers = new Set<string>();
  const people = peopleWith(leavers);
  const list: Aimed[] = [];
  let parts: { readonly sending: Sending; readonly announcements: Announcements } | undefined;
  const known = (): typeof parts & object => {
    if (!parts) throw new Error('the post office is not built yet');
    return parts;
  };

  const show: ShowCard = async (id, _viewer, locale) => {
    const announcement = await world.store.get(announcements, id);
    const text = announcement && (await world.store.get(announcementTexts, textId(id, announcement.edition)));
    const isWithdrawn = announcement?.state === 'retracting' || announcement?.state === 'retracted';
    return text && { text: isWithdrawn ? 'Withdrawn' : (text.words[locale]?.body ?? 'nothing'), blocks: [] };
  };
  const world = createWorld({
    ...(options.faultOf ? { faultOf: options.faultOf } : {}),
    collections: kept,
    ...(options.store ? { store: options.store } : {}),
    cards: {
      [messageCard]: show,
      'announcement.progress': (...args) => known().sending.cards['announcement.progress'](...args),
    },
    mailings: () => known().sending.mailings,
    people,
  });
  const { clock, store, outbox, log } = world;

  function build(own: Store) {
    const reaching = {
      preflight: () => Promise.reject<Preflight>(new Error('nothing is confirmed here')),
      aims: async () =>
        list
          .map(({ from = clock.now(), quiet = false, ...aim }) => ({ ...aim, from, quiet }))
          .toSorted((a, b) => (slackIdOf(a.target) < slackIdOf(b.target) ? -1 : 1)),
    };
    const organization = organizationContent.parse({
      data: {},
      file: 'organization.yml',
      id: 'organization',
      body: '',
      layer: 'test',
    } as never).item;
    const uses = createAnnouncements({
      ...{ store: own, clock, people, reaching },
      channels: { standings: async () => new Map(), members: async () => new Map(), join: async () => false },
      organization: () => organization as never,
      kinds: () => [],
      doings: () => [],
      projects: { names: () => [], people: async () => [] },
    });
    const sending = createSending({
      ...{ store: own, clock, people, pace: mailingPace },
      aims: reaching.aims,
      startScheduled: uses.startScheduled,
      clockMove: uses.clockMove,
      buttons: () => [],
    });
    return { sending, announcements: uses };
  }
  parts = build(store);
  // What leads do is done by a process that lives: in a dead one nothing ever ends.
  const { announcements: living } = parts;

  let running: { readonly sender: ReturnType<World['sender']>; readonly scheduler: Scheduler } | undefined;

  async function read(): Promise<Doc<Announcement>> {
    const doc = await store.get(announcements, announcementId);
    if (!doc) throw new Error('there is no announcement');
    return doc;
  }

  async function rows(): Promise<readonly Doc<Target>[]> {
    const found: Doc<Target>[] = [];
    for await (const row of store.scan(targets)) found.push(row);
    return found;
  }

  const office: PostOffice = {
    ...world,
    ...parts,
    leavers,
    rows,
    known: read,
    async send({ people: persons = 0, channels = 0, aims = [] }) {
      for (let n = 0; n < persons; n += 1) list.push({ target: { person: personAt(n) } });
      for (let n = 0; n < channels; n += 1) list.push({ target: { channel: `C${String(n).padStart(5, '0')}` } });
      list.push(...aims);
      await store.commit([
        put(announcements, announcementId, announcementAt(clock.now(), channelsIn(list)), 0),
        put(announcementTexts, textId(announcementId, 1), textOf(1, 'Hello', options.picture ?? false), 0),
      ]);
    },
    async act(move) {
      await commitAgain(store, async () => {
        const { ops, say } = await living.move(announcementId, lead, move);
        return [...ops, ...(await outbox.ops(say))];
      });
    },
    async revise(body) {
      const { edition } = await read();
      await store.commit([
        put(announcementTexts, textId(announcementId, edition + 1), textOf(edition + 1, body, false), 0),
      ]);
      await office.act({ kind: 'revise', anew: false });
    },
    run(over = {}) {
      parts = build(over.store ?? store);
      const sender = world.sender(over);
      const scheduler = createScheduler({ store: over.store ?? store, jobs: parts.sending.jobs, outbox, clock, log });
      running = { sender, scheduler };
      sender.start();
      scheduler.start();
    },
    async stop() {
      const stopped = Promise.all([running?.sender.drain(minute), running?.scheduler.drain(minute)]);
      // A call that hangs is waited for as long as that, and time passes only here.
      await pass(clock, minute);
      await stopped;
    },
    async live(ms) {
      for (let at = 0; at < ms; at += 1_000) await pass(clock, 1_000);
    },
    async until(states, withinMs) {
      for (let at = 0; at < withinMs; at += 1_000) {
        const doc = await read();
        if (states.includes(doc.state) && doc.wakeAt === null) return doc;
        await pass(clock, 1_000);
      }
      throw new Error(`still ${(await read()).state}: ${JSON.stringify(await office.states())}`);
    },
    async states() {
      const counts: Record<string, number> = {};
      for (const { state } of await rows()) counts[state] = (counts[state] ?? 0) + 1;
      return counts;
    },
  };
  return office;
}

export function personAt(n: number): PersonId {
  return `U${String(n).padStart(5, '0')}` as PersonId;
}

/** How many messages each place got; a place with none is not there. */
export function messagesByPlace(world: Pick<World, 'slack'>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { place } of world.slack.messages) {
    const id = 'person' in place ? place.person : 'channel' in place ? place.channel : 'several people';
    if (id !== lead) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

export function rowIdOf(n: number): string {
  return targetId(announcementId, personAt(n));
}

function channelsIn(list: readonly Aimed[]): string[] {
  return list.flatMap(({ target }) => ('channel' in target ? [target.channel] : []));
}

function announcementAt(now: number, channels: string[]): Announcement {
  const numbers = { people: 1, channels: 0, left: 0 };
  const draft: Announcement = {
    kind: 'policy',
    author: lead,
    titles: { en: 'A new rule', 'zh-CN': '新规定' },
    audience: { everybody: true, channels, roles: [], offices: [], units: [], doings: [], callChannel: false },
    revision: 1,
    edition: 1,
    confirmFrom: 1,
    state: 'draft',
    since: now,
    wakeAt: null,
    events: [{ kind: 'begun', at: now, by: lead }],
  };
  return applyEvent(draft, { kind: 'confirmed', at: now, by: lead, numbers, wide: false }, now);
}

function textOf(edition: number, body: string, picture: boolean): AnnouncementText {
  return {
    announcement: announcementId,
    edition,
    words: { en: { title: 'A new rule', body } },
    ...(picture ? { picture: { url: 'https://example.com/gone.png', alt: 'A picture' } } : {}),
    links: [],
    ask: false,
    at: start,
    by: lead,
  };
}

function peopleWith(leavers: ReadonlySet<string>): People {
  const person = (id: PersonId): Person => ({
    ...{ id, name: 'Somebody', locale: 'en', zone: 'UTC', guest: false },
    active: !leavers.has(id),
    roles: id === lead ? ['ospo-lead'] : [],
  });
  return { get: person, withRole: () => [person(lead)], all: () => [] };
}
