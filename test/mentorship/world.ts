import type { Reminders } from '../../src/core/links.ts';
import { Organization } from '../../src/core/organization.ts';
import type { People, Person, PersonId, Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { deliveryCollections } from '../../src/delivery/sender.ts';
import { mentorshipDeclared } from '../../src/mentorship/feature.ts';
import { createMentorship, type Mentorship } from '../../src/mentorship/mentorship.ts';
import { pairs } from '../../src/mentorship/pair.ts';
import { createPairing, type Pairing } from '../../src/mentorship/pairing.ts';
import { Program } from '../../src/mentorship/program.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { dayMs } from './people.ts';

/** Monday, 23 November 2026, 9:00 in Berlin. */
const start = Date.UTC(2026, 10, 23, 8);
const names = { en: 'Here', 'zh-CN': '这里' };

const organization = Organization.parse({
  name: 'Example',
  ospo: { name: names },
  offices: [{ id: 'berlin', name: names, zone: 'Europe/Berlin' }],
});

const program: Program = Program.parse({
  skills: [
    { id: 'rust', name: { en: 'Rust', 'zh-CN': 'Rust' } },
    { id: 'go', name: { en: 'Go', 'zh-CN': 'Go' } },
  ],
  languages: [
    { id: 'en', name: { en: 'English', 'zh-CN': '英文' }, locale: 'en' },
    { id: 'zh', name: { en: 'Chinese', 'zh-CN': '中文' }, locale: 'zh-CN' },
  ],
  zones: ['Europe/Berlin'],
  agenda: { en: ['Who you are.'], 'zh-CN': ['互相介绍。'] },
});

export function person(id: string, more: Partial<Person> = {}): Person {
  return {
    id: id as PersonId,
    name: id,
    locale: 'en',
    zone: 'Europe/Berlin',
    active: true,
    guest: false,
    roles: [],
    ...more,
  };
}

/** The program on a store in memory; what is said is read from the outbox, and nobody delivers it. */
export interface ProgramWorld {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly mentorship: Mentorship;
  readonly pairing: Pairing;
  /** Who was woken for a reminder, in order. */
  readonly woken: readonly PersonId[];
  /** Changes people from now on. */
  people: readonly Person[];
  /** Where the group of an introduction stands; nowhere when Slack opens none. */
  channel: string | undefined;
  joinAs(
    id: string,
    hat: 'mentor' | 'mentee',
    more?: { readonly places?: number; readonly reviews?: number; readonly skills?: readonly string[] },
  ): Promise<void>;
  commit(done: {
    readonly ops: Parameters<Store['commit']>[0];
    readonly say: Parameters<ReturnType<typeof createOutbox>['ops']>[0];
  }): Promise<void>;
  /** Does everything that is due, then everything that is due because of it. */
  work(): Promise<void>;
  /** Goes on by days, working each morning. */
  days(count: number): Promise<void>;
  /** What was said, as card and place. */
  said(): Promise<readonly string[]>;
}

export function openProgram(everybody: readonly Person[], own: Partial<Program> = {}): ProgramWorld {
  const clock = movableClock(start);
  const store = createMemoryStore([...deliveryCollections, ...mentorshipDeclared.collections]);
  const outbox = createOutbox(store, clock);
  const woken: PersonId[] = [];
  const reminders: Reminders = {
    wake: async (id) => {
      woken.push(id);
      return [];
    },
    refresh: async () => [],
    spend: async () => [],
  };
  const people: People = {
    get: (id) => world.people.find((one) => one.id === id),
    withRole: (role) => world.people.filter((one) => one.roles.includes(role)),
    all: () => world.people,
  };
  const deps = {
    store,
    outbox,
    clock,
    people,
    reminders,
    organization: () => organization,
    program: () => ({ ...program, ...own }),
    standsAt: async () => (world.channel ? { channel: world.channel, ts: '1' } : undefined),
  };
  const mentorship = createMentorship(deps);
  const pairing = createPairing({ ...deps, mentorship });

  async function workOnce(): Promise<boolean> {
    let worked = false;
    for (const job of pairing.jobs) {
      for (const doc of await store.due(job.collection, { now: clock.now(), limit: 100 })) {
        await world.commit(await job.run(doc as { readonly id: string; readonly version: number }, clock.now()));
        worked = true;
      }
    }
    return worked;
  }

  const world: ProgramWorld = {
    store,
    clock,
    mentorship,
    pairing,
    woken,
    people: everybody,
    channel: 'G1',
    async joinAs(id, hat, { places = 1, reviews = 1, skills = ['rust'] } = {}) {
      const found = people.get(id as PersonId);
      if (!found) throw new Error(`${id} is nobody`);
      const shared = { skills: [...skills], words: '', hours: 4 };
      await world.commit(
        await mentorship.join(found, {
          languages: ['en'],
          zone: undefined,
          blocked: [],
          months: undefined,
          mentor: hat === 'mentor' ? { ...shared, places, reviews } : undefined,
          mentee: hat === 'mentee' ? { ...shared, goals: 'A first change.' } : undefined,
        }),
      );
    },
    async commit({ ops, say }) {
      await store.commit([...ops, ...(await outbox.ops(say))]);
    },
    async work() {
      await pairing.begin();
      for (let turn = 0; turn < 10; turn += 1) if (!(await workOnce())) return;
      throw new Error('there is always more to do');
    },
    async days(count) {
      for (let day = 0; day < count; day += 1) {
        await clock.advance(dayMs);
        await world.work();
      }
    },
    async said() {
      const collections = deliveryCollections.filter(({ name }) => name === 'notice');
      const all: string[] = [];
      for (const collection of collections) {
        for await (const doc of store.scan(collection)) all.push(doc.id);
      }
      return all.toSorted();
    },
  };
  return world;
}

/** The first pair there is. */
export async function onlyPair(world: ProgramWorld) {
  const [pair] = (await world.store.list(pairs, { key: 'all', order: 'desc', limit: 1 })).docs;
  if (!pair) throw new Error('there is no pair');
  return pair;
}
