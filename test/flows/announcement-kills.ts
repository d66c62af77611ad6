import { collections } from '../../src/app.ts';
import { systemClock } from '../../src/core/time.ts';
import { mailings } from '../../src/delivery/entry.ts';
import { cast } from '../../src/playground/cast.ts';
import { people as seeded } from '../../src/playground/seed.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { countPeople, readerAt, readers, rowsIn, seedAnnouncement } from './announcing.ts';
import { randomFrom } from './kills.ts';
import { createVictim, type Victim } from './victim.ts';

export interface Survived {
  readonly kills: number;
  /** Calls that kills cut off from their commit, the only moment in which nobody knows: up to eight are under way at once. */
  readonly inDoubt: number;
  /** Channels of which nobody will ever know, since their history may not be read. */
  readonly unknown: number;
  /** Places that have it another number of times than their row says; there must be none. */
  readonly wrong: readonly string[];
}

const lookMs = 20;
const longestLifeMs = 1_500;
// Of a call that several lives in a row died on is looked for later each time.
const lastAheadMs = 60 * 60_000;
const gapMs = 1_000;
const startMs = 60_000;

/**
 * An announcement goes to people and channels while the process is killed over and over, at every third kill around a call to
 * Slack, else at a random moment. In the end everybody has it once, and a channel at most once.
 * @param seed of the random moments
 * @param withheld scopes that the workspace did not grant
 */
export async function announceThroughKills(
  kills: number,
  to: { readonly people: number; readonly channels: number },
  seed: number,
  // Where people write, history is readable; in channels it is an option.
  withheld: readonly string[] = ['channels:history', 'groups:history'],
): Promise<Survived> {
  const victim = await createVictim({
    office: true,
    morePeople: readers(to.people),
    withheld,
  });
  const { workspace, stateDir } = victim;
  const channels = Array.from({ length: to.channels }, (_, n) =>
    workspace.addChannel({ name: `team-${n}`, members: [workspace.botUserId] }),
  );
  const random = randomFrom(seed);
  let inDoubt = 0;
  try {
    await victim.start();
    await until(
      async () => (await countPeople(stateDir)) >= Object.keys(seeded).length - 2 + cast.length - 1 + to.people,
    );
    await victim.kill();
    await seedAnnouncement(stateDir, systemClock.now(), { everybody: to.people > 0, channels });

    for (let kill = 0; kill < kills; kill += 1) {
      await victim.start();
      await live(victim, kill);
      await victim.kill();
      workspace.faults.clear();
      inDoubt += await read((store) => store.count(mailings, { key: 'state:sending' }));
    }
    await victim.start(lastAheadMs);
    await until(
      async () => (await rowStates()).every((state) => state === 'sent' || state === 'unknown'),
      startMs + (to.people + to.channels) * gapMs,
    );
    await victim.kill();

    const rows = await read(rowsIn);
    const wrong = rows.flatMap(({ target, state }) => {
      const place = 'person' in target ? target.person : target.channel;
      const said = 'person' in target ? workspace.conversation(place) : workspace.messages(place);
      const times = said.filter(({ bot, text }) => bot && text.startsWith('A library with a hole')).length;
      const isRight = state === 'unknown' ? times <= 1 && 'channel' in target : times === 1;
      return isRight ? [] : [`${place} is ${state} and has it ${times} times`];
    });
    const listed = new Set(rows.map(({ target }) => ('person' in target ? target.person : target.channel)));
    const missing = Array.from({ length: to.people }, (_, n) => readerAt(n)).filter((id) => !listed.has(id));
    return {
      ...{ kills, inDoubt, unknown: rows.filter(({ state }) => state === 'unknown').length },
      wrong: [...wrong, ...missing.map((id) => `${id} has no row`)],
    };
  } finally {
    await victim.stop();
  }

  async function live({ workspace: { faults, waitFor } }: Victim, kill: number): Promise<void> {
    const kind = (['hang', 'lost_answer', undefined] as const)[kill % 3];
    if (!kind) return systemClock.sleep(Math.floor(random() * longestLifeMs));
    const after = Math.floor(random() * 3);
    const injected = faults.api.inject({ kind }, { only: 'chat.postMessage', times: 1, after });
    // It may be that nothing is left to send.
    await waitFor(() => injected.hits() === 1, { withinMs: 4_000 }).catch(() => undefined);
  }

  async function read<T>(look: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
    return look(await openStore(stateDir, { collections, mode: 'read' }));
  }

  async function rowStates(): Promise<readonly string[]> {
    return (await read(rowsIn)).map(({ state }) => state);
  }
}

async function until(done: () => Promise<boolean>, withinMs = 30_000): Promise<void> {
  for (const from = systemClock.now(); !(await done()); ) {
    if (systemClock.now() - from > withinMs) throw new Error(`not within ${withinMs} ms`);
    await systemClock.sleep(lookMs * 10);
  }
}
