import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../src/core/time.ts';
import { budgets } from '../src/delivery/budget.ts';
import { initStore, openStore } from '../src/storage/file-store.ts';
import { createPostOffice, postOfficeCollections } from '../test/announcements/post-office.ts';
import { announceThroughKills } from '../test/flows/announcement-kills.ts';
import { type Announcing, readerAt, startAnnouncing } from '../test/flows/announcing.ts';

/*
 * An announcement to many people: how long an answer takes meanwhile beside a bot that has nothing else to do, how long the
 * announcement takes beside the pace that Slack allows, what it keeps in memory beside its rows, and of how many messages nobody
 * knows what became of them when the process is killed, beside the same where history may be read.
 * Run on a machine that does nothing else, about half an hour: npx tsx bench/announcements.ts [people] [questions] [kills] [rows]
 */

const people = Number(process.argv[2] ?? 1_000);
// Ten of them are beyond the 99th percentile; fewer would say how long the slowest one took.
const questions = Number(process.argv[3] ?? 1_000);
const kills = Number(process.argv[4] ?? 20);
// Memory is asked for at the size that we stand up for.
const rowsInMemory = Number(process.argv[5] ?? 10_000);
const minuteMs = 60_000;
// The first questions compile code and read files; a running bot is warm.
const warmUp = 20;
// What a question and the wait after it take at most on the whole.
const slowestMs = 1_500;
// Answers have a budget of their own, of 59 a minute: faster, both bots would be measured waiting for it.
const betweenMs = 1_100;

/** Through the real bot and a workspace that refuses what is over Slack's limits. */
async function measurePace(): Promise<void> {
  const announcing = await startAnnouncing({ people, tickMs: 50 });
  await announcing.until(() => announcing.card()?.text.includes('Sent:') ?? false, 10 * people * 1_000);
  const times = (await announcing.rows()).flatMap(({ sentAt }) => sentAt ?? []);
  const limited = announcing.workspace.wire.calls.filter(({ error }) => error === 'ratelimited').length;
  await announcing.stop();
  const tookMs = Math.max(...times) - Math.min(...times);
  const allowedMs = (times.length / budgets.post.perMinute) * minuteMs;
  console.log(`  ${times.length} people in ${(tookMs / minuteMs).toFixed(1)} minutes of the clock`);
  console.log(
    `  ${(tookMs / allowedMs).toFixed(3)} x the time at ${budgets.post.perMinute} a minute; ${limited} calls over a limit`,
  );
}

/** The heap that is in use, MB. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** Without a workspace, which would remember every message, and on the store of a running bot. */
async function measureMemory(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'ospo-bench-'));
  await initStore(dir);
  const store = await openStore(dir, { collections: postOfficeCollections });
  const office = createPostOffice({ store });
  const empty = heapMb();
  await office.send({ people: rowsInMemory });
  let posted = 0;
  office.run({
    messenger: {
      async post({ place }) {
        posted += 1;
        return { channel: 'person' in place ? `D${place.person}` : 'C1', ts: String(posted) };
      },
      update: async () => undefined,
      find: async () => undefined,
    },
  });
  while ((await office.known()).state !== 'sending') await office.live(1_000);
  const withRows = heapMb();
  let most = withRows;
  for (let minute = 0; (await office.known()).state === 'sending'; minute += 1) {
    await office.live(minuteMs);
    if (minute % 10 === 0) most = Math.max(most, heapMb());
  }
  const end = heapMb();
  await office.stop();
  await store.close();
  await rm(dir, { recursive: true, force: true });
  const kb = (mb: number) => ((mb * 1024) / rowsInMemory).toFixed(2);
  console.log(`  ${(withRows - empty).toFixed(1)} MB for the rows, ${kb(withRows - empty)} kB each`);
  console.log(
    `  ${(most - withRows).toFixed(1)} MB more while it is sent at most, ${(end - withRows).toFixed(1)} MB when all have it`,
  );
}

/** Somebody asks; resolves when they have the answer, ms. */
async function ask({ workspace }: Announcing, nth: number): Promise<number> {
  const from = performance.now();
  const asked = workspace.as(readerAt(nth)).dm('can we use an AGPL component in our SaaS?');
  await workspace.waitFor(() =>
    workspace.messages(asked.channel).some(({ bot, thread }) => bot && thread === asked.ts),
  );
  return performance.now() - from;
}

/** Both in turns, so that whatever else the machine does hits both alike. The busy one keeps its pace in real time. */
async function measureAnswers(): Promise<void> {
  const readers = warmUp + questions;
  // As many as keep it busy to the last question.
  const receivers = Math.ceil(((readers * slowestMs) / minuteMs) * budgets.post.perMinute);
  const busy = await startAnnouncing({ people: receivers });
  const idle = await startAnnouncing({ people: receivers, idle: true });
  await busy.until(() => busy.workspace.wire.callsOf('chat.postMessage').length > 10, 10 * minuteMs);
  const times: { readonly busy: number[]; readonly idle: number[] } = { busy: [], idle: [] };
  const before = busy.workspace.wire.callsOf('chat.postMessage').length;
  const from = performance.now();
  for (let nth = 0; nth < readers; nth += 1) {
    const bots = [['busy', busy] as const, ['idle', idle] as const];
    for (const [name, bot] of nth % 2 ? bots : bots.toReversed()) {
      const took = await ask(bot, nth);
      if (nth >= warmUp) times[name].push(took);
    }
    await systemClock.sleep(betweenMs);
  }
  const isBusy = !(busy.card()?.text.includes('Sent:') ?? false);
  const sent = busy.workspace.wire.callsOf('chat.postMessage').length - before - readers;
  const seconds = (performance.now() - from) / 1_000;
  await Promise.all([busy.stop(), idle.stop()]);
  console.log(`  ${questions} questions while ${(sent / seconds).toFixed(1)} messages a second went out; milliseconds`);
  if (!isBusy) console.log('  all had it before the last question: ask faster, or measure on a quiet machine');
  for (const share of [0.5, 0.99]) {
    const [own, other] = [at(times.busy, share), at(times.idle, share)];
    console.log(
      `  p${share * 100}: ${own.toFixed(1)}, ${(own / other).toFixed(2)} x the ${other.toFixed(1)} of an idle bot`,
    );
  }
}

/** With the history of channels withheld, as in the manifest that ships, and granted. */
async function measureKillGap(): Promise<void> {
  const to = { people: 2 * kills, channels: 2 * kills };
  for (const [name, withheld] of [
    ['withheld', ['channels:history', 'groups:history']],
    ['granted', []],
  ] as const) {
    const { inDoubt, unknown, wrong } = await announceThroughKills(kills, to, 20261122, withheld);
    console.log(
      `  history of channels ${name}: ${kills} kills cut off ${inDoubt} calls; ${unknown} of ${to.channels} channels unknown, ` +
        `${(unknown / kills).toFixed(2)} a kill; ${wrong.length} places wrong`,
    );
  }
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

const [load = 0] = loadavg();
if (load > 0.5) console.log(`the machine is busy (load ${load.toFixed(1)}): only ratios within one line mean anything`);
console.log('answers meanwhile');
await measureAnswers();
console.log('pace');
await measurePace();
console.log('kill gap');
await measureKillGap();
console.log('memory');
await measureMemory();
