import { Conflict } from '../../src/core/errors.ts';
import type {
  AnyCollection,
  Log,
  Mailing,
  Op,
  Outbox,
  People,
  Person,
  PersonId,
  Place,
  Say,
  ShowCard,
  Store,
} from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { createSender, deliveryCollections, type Sender } from '../../src/delivery/sender.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { type Call, createFakeSlack, type FakeSlack, type Fault } from './fake-slack.ts';

/** Monday, 23 November 2026, 09:00 UTC. */
export const start = Date.UTC(2026, 10, 23, 9);

/** Everything delivery needs, in memory and in virtual time. */
export interface World {
  readonly clock: MovableClock;
  readonly store: Store;
  readonly slack: FakeSlack;
  readonly outbox: Outbox;
  readonly log: RecordedLog;
  /** What the cards of the subjects show; a subject without a text is gone. */
  readonly subjects: Map<string, string>;
  say(...says: readonly Say[]): Promise<void>;
  sender(deps?: { readonly store?: Store; readonly messenger?: FakeSlack['messenger'] }): Sender;
}

export function createWorld(
  options: {
    readonly faultOf?: (call: Call, nth: number) => Fault | undefined;
    readonly collections?: readonly AnyCollection[];
    readonly cards?: Readonly<Record<string, ShowCard>>;
    /** Asked for when a sender is made: lists are kept in the store of this world. */
    readonly mailings?: () => Readonly<Record<string, Mailing>>;
    readonly people?: People;
    /** In memory when absent. */
    readonly store?: Store;
    readonly refused?: (card: string, subject: string, place: Place) => Promise<readonly Op[]>;
  } = {},
): World {
  const clock = movableClock(start);
  const store = options.store ?? createMemoryStore([...deliveryCollections, ...(options.collections ?? [])]);
  const slack = createFakeSlack(clock, options.faultOf);
  const outbox = createOutbox(store, clock);
  const log = recordLog();
  const subjects = new Map<string, string>();
  const plain: ShowCard = async (id, viewer, locale) => {
    const text = subjects.get(id);
    return text === undefined
      ? undefined
      : { text: [text, viewer?.name, locale].filter(Boolean).join(' '), blocks: [] };
  };
  let senders = 0;

  return {
    clock,
    store,
    slack,
    outbox,
    log,
    subjects,
    async say(...says) {
      await commitAgain(store, () => outbox.ops(says));
    },
    sender(deps = {}) {
      senders += 1;
      return createSender({
        store,
        messenger: slack.messenger,
        clock,
        log,
        cards: { plain, ...options.cards },
        mailings: options.mailings?.() ?? {},
        ...(options.refused ? { refused: options.refused } : {}),
        people: options.people ?? people,
        locale: 'en',
        owner: `sender-${senders}`,
        ...deps,
      });
    },
  };
}

const mei: Person = {
  id: 'U1' as PersonId,
  name: 'Mei',
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  active: true,
  guest: false,
  roles: [],
};

/** One person is known; everybody else is somebody. */
const people: People = {
  get: (id) => (id === mei.id ? mei : undefined),
  withRole: () => [],
  all: () => [mei],
};

/** Lets everything run that waits for no time, then moves the clock. */
export async function pass(clock: MovableClock, ms: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

export const minute = 60_000;
export const hour = 60 * minute;

export function notice(
  key: string,
  place: Place,
  more: { readonly lost?: 'must' | 'may'; readonly lane?: 'answers' | 'many'; readonly card?: string } = {},
): Say {
  return { kind: 'notice', key, card: 'plain', id: key, place, lost: 'must', ...more };
}

export function copy(id: string, place: Place, lost: 'must' | 'may' = 'must'): Say {
  return { kind: 'copy', card: 'plain', id, place, lost };
}

export function person(id: string): Place {
  return { person: id as PersonId };
}

/** What features do: read, decide and commit again when somebody was quicker. */
export async function commitAgain(store: Store, ops: () => Promise<readonly Op[]>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await store.commit(await ops());
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || tries >= 3) throw error;
    }
  }
}

export interface RecordedLog extends Log {
  readonly lines: readonly { readonly level: string; readonly message: string; readonly fields: object }[];
}

export function recordLog(): RecordedLog {
  const lines: { readonly level: string; readonly message: string; readonly fields: object }[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, fields });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Runs one sender for a while. */
export async function deliverFor(world: World, ms: number): Promise<void> {
  const sender = world.sender();
  sender.start();
  await pass(world.clock, ms);
  await sender.drain(minute);
}
