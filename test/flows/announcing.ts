import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Announcement,
  announcements,
  announcementTexts,
  type Target,
  targets,
  textId,
} from '../../src/announcements/announcement.ts';
import { applyEvent } from '../../src/announcements/moves.ts';
import { type App, collections, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { type Doc, type PersonId, put, type Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock, systemClock } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { personCollection } from '../../src/people/record.ts';
import { cast, formGroups } from '../../src/playground/cast.ts';
import { type NewPerson, people } from '../../src/playground/seed.ts';
import type { Message } from '../../src/playground/state.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { manifest } from './bot.ts';

const announcementId = 'A-FLOW';
export const lead = people.lead as PersonId;
const title = 'A library with a hole';

/** The real bot with an announcement that was just confirmed, on a strict workspace that counts calls. */
export interface Announcing {
  readonly workspace: Workspace;
  readonly clock: MovableClock;
  readonly channels: readonly string[];
  /** Lets time pass: much of it on the clock, little of it really. @throws when `done` does not come true in time */
  until(done: () => boolean | Promise<boolean>, withinMs: number): Promise<void>;
  /** The announcement as it was stored last. */
  known(): Promise<Doc<Announcement>>;
  rows(): Promise<readonly Doc<Target>[]>;
  /** How many times a place has the announcement. */
  timesAt(place: string): number;
  /** The card of whoever sent it. */
  card(): Message | undefined;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Monday, 23 November 2026, 09:00 UTC. */
const start = Date.UTC(2026, 10, 23, 9);
const usualTickMs = 250;
// Long enough for a commit to reach the disk and for a call to come back.
const roundMs = 3;
const busy = 0.5;
const mostRoundsBusy = 200;
const patienceMs = 15_000;

export async function startAnnouncing(options: {
  readonly people?: number;
  readonly channels?: number;
  readonly withheld?: readonly string[];
  /** Nothing is announced: the same bot, to compare with. */
  readonly idle?: true;
  /** How far the clock goes at once; by default less than the distance between two posts. */
  readonly tickMs?: number;
}): Promise<Announcing> {
  const clock = movableClock(start, true);
  const workspace = await startWorkspace({
    ...{ manifest, clock, rateLimits: true },
    morePeople: [...cast, ...readers(options.people ?? 0)],
    ...(options.withheld ? { withheld: options.withheld } : {}),
  });
  formGroups(workspace);
  const channels = Array.from({ length: options.channels ?? 0 }, (_, n) =>
    workspace.addChannel({ name: `team-${n}`, members: [workspace.botUserId] }),
  );
  const stateDir = await mkdtemp(join(tmpdir(), 'ospo-announcing-'));
  await initStore(stateDir);
  const config = readConfig({
    SLACK_API_URL: workspace.apiUrl,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    STATE_DIR: stateDir,
  });
  const log = createLog('silent');
  const run = async (): Promise<App> => {
    const app = await createApp({ config, clock, log });
    await app.start();
    return app;
  };
  let app = await run();
  const everybody = 8 + cast.length - 1 + (options.people ?? 0);
  await knowEverybody(clock, stateDir, everybody);
  await app.stop(5_000);
  if (!options.idle) {
    await seedAnnouncement(stateDir, clock.now(), { everybody: (options.people ?? 0) > 0, channels });
  }
  app = await run();

  async function look<T>(read: (store: Store) => Promise<T>): Promise<T> {
    const store = await openStore(stateDir, { collections, mode: 'read' });
    return read(store);
  }

  const announcing: Announcing = {
    workspace,
    clock,
    channels,
    async until(done, withinMs) {
      const from = clock.now();
      while (!(await done())) {
        if (clock.now() - from > withinMs) break;
        await clock.advance(options.tickMs ?? usualTickMs);
        await quiet();
      }
      // A busy machine may still be at what the last ticks began.
      for (const began = systemClock.now(); !(await done()); await systemClock.sleep(25)) {
        if (systemClock.now() - began > patienceMs)
          throw new Error(`not within ${withinMs} ms: ${JSON.stringify(await statesOf())}`);
      }
    },
    known: () => look(async (store) => found(await store.get(announcements, announcementId))),
    rows: () => look(rowsIn),
    timesAt(place) {
      const said = place.startsWith('C') ? workspace.messages(place) : workspace.conversation(place);
      return said.filter(({ bot, text }) => bot && text.startsWith(title)).length;
    },
    card: () => workspace.conversation(lead).find(({ bot, text }) => bot && text.startsWith(`"${title}"`)),
    async restart() {
      await app.stop(5_000);
      app = await run();
    },
    async stop() {
      await app.stop(5_000);
      await workspace.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };

  async function statesOf() {
    const counts: Record<string, number> = {};
    for (const { state } of await announcing.rows()) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  }
  return announcing;
}

/**
 * Waits until this process, which is Slack and the bot in one, has done what a step of the clock set going: on a slow machine
 * time would otherwise run ahead of it, and calls under way would be given up.
 */
async function quiet(): Promise<void> {
  for (let waited = 0; waited < mostRoundsBusy; waited += 1) {
    const before = performance.eventLoopUtilization();
    await systemClock.sleep(roundMs);
    if (performance.eventLoopUtilization(before).utilization < busy) return;
  }
}

/** People who read announcements and do nothing else. */
export function readers(count: number): readonly NewPerson[] {
  return Array.from({ length: count }, (_, n) => ({
    id: readerAt(n),
    name: `reader-${n}`,
    realName: `Reader ${n}`,
    locale: n % 3 === 0 ? 'zh-CN' : 'en-US',
    zone: 'Europe/Berlin',
  }));
}

export function readerAt(n: number): PersonId {
  return `U1READER${String(n).padStart(5, '0')}` as PersonId;
}

/** Nobody is announced to who is not known yet: waits for the first reading of the members. */
async function knowEverybody(clock: MovableClock, stateDir: string, count: number): Promise<void> {
  while ((await countPeople(stateDir)) < count) {
    await clock.advance(1_000);
    await systemClock.sleep(20);
  }
}

/** How many people a bot has stored that may be running. */
export async function countPeople(stateDir: string): Promise<number> {
  const store = await openStore(stateDir, { collections: [personCollection], mode: 'read' });
  let count = 0;
  for await (const _person of store.scan(personCollection)) count += 1;
  return count;
}

/** An announcement that was confirmed at this moment, put into a store that nobody has open. */
export async function seedAnnouncement(
  stateDir: string,
  now: number,
  to: { readonly everybody: boolean; readonly channels: readonly string[] },
): Promise<void> {
  const store = await openStore(stateDir, { collections });
  const numbers = { people: 1, channels: 0, left: 0 };
  const draft: Announcement = {
    kind: 'alert',
    author: lead,
    titles: { en: title, 'zh-CN': title },
    audience: {
      everybody: to.everybody,
      channels: [...to.channels],
      ...{ roles: [], offices: [], units: [], doings: [], callChannel: false },
    },
    ...{ revision: 1, edition: 1, confirmFrom: 1, state: 'draft', since: now, wakeAt: null },
    events: [{ kind: 'begun', at: now, by: lead }],
  };
  const confirmed = applyEvent(draft, { kind: 'confirmed', at: now, by: lead, numbers, wide: false }, now);
  const words = { title, body: 'Update the library **today**.\n\n- Look where you use it.\n- Ask us.' };
  await store.commit([
    put(announcements, announcementId, confirmed, 0),
    put(
      announcementTexts,
      textId(announcementId, 1),
      {
        announcement: announcementId,
        edition: 1,
        words: { en: words, 'zh-CN': words },
        links: [],
        ask: true,
        at: now,
        by: lead,
      },
      0,
    ),
  ]);
  await store.close();
}

export async function rowsIn(store: Store): Promise<readonly Doc<Target>[]> {
  const rows: Doc<Target>[] = [];
  for await (const row of store.scan(targets)) rows.push(row);
  return rows;
}

function found<T>(doc: T | undefined): T {
  if (!doc) throw new Error('the announcement is gone');
  return doc;
}
