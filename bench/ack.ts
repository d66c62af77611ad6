import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { movableClock, systemClock } from '../src/core/time.ts';
import { createLog } from '../src/log.ts';
import type { Message } from '../src/playground/state.ts';
import { startWorkspace, type Workspace } from '../src/playground/workspace.ts';
import { initStore } from '../src/storage/file-store.ts';
import { manifest, startBareBolt } from './base/bare-bolt.ts';

/*
 * How long Slack waits for the bot, beside a bare Bolt app that only acks, in the same run against the same kind of
 * workspace: only the ratio says something about the code, the rest is the machine. Slack gives three seconds.
 * Run: npx tsx bench/ack.ts [rounds]
 */

const question = 'can we use an AGPL component in our SaaS?';
const rounds = Number(process.argv[2] ?? 200);
// Code is compiled and files are read on the first rounds; a running bot is warm.
const warmUp = 20;

type Measure = 'event to ack' | 'command to ack with answer' | 'click to ack';
const measures: readonly Measure[] = ['event to ack', 'command to ack with answer', 'click to ack'];
type Times = Readonly<Record<Measure, readonly number[]>>;

interface Running {
  readonly workspace: Workspace;
  /** Past the pace at which messages go to one channel, so that answers do not queue up. */
  pass(): Promise<void>;
  /** A message with a button that changes nothing much. */
  press(): Promise<unknown>;
  stop(): Promise<void>;
}

async function startBot(): Promise<Running> {
  const clock = movableClock(systemClock.now(), true);
  const workspace = await startWorkspace({ manifest: await manifest(), clock });
  const stateDir = await mkdtemp(join(tmpdir(), 'ospo-bench-'));
  await initStore(stateDir);
  const config = readConfig({
    SLACK_API_URL: workspace.apiUrl,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    STATE_DIR: stateDir,
  });
  const app = await createApp({ config, clock, log: createLog('silent') });
  await app.start();
  const { engineer } = workspace.people;
  const asked = workspace.as(engineer).dm(question);
  const answer = await workspace.waitFor(() => answerTo(workspace, asked));
  return {
    workspace,
    pass: () => clock.advance(2_000),
    press: () => workspace.as(engineer).feedback(answer, 'positive'),
    async stop() {
      await app.stop(5_000);
      await workspace.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

function answerTo(workspace: Workspace, asked: Message): Message | undefined {
  return workspace.messages(asked.channel).find((message) => message.bot && message.thread === asked.ts);
}

/** Acks everything, does nothing. */
async function startFloor(): Promise<Running> {
  const { workspace, post, stop } = await startBareBolt((app) => {
    app.command('/ospo', ({ ack }) => ack('an answer'));
    app.action(/.*/, ({ ack }) => ack());
  });
  const { engineer } = workspace.people;
  const posted = await post(engineer);
  return {
    workspace,
    pass: () => Promise.resolve(),
    press: () => workspace.as(engineer).click(posted, 'press'),
    stop,
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await act();
  return performance.now() - from;
}

/** One round of everything that waits for an ack, one thing at a time. */
async function round({ workspace, pass, press }: Running): Promise<Record<Measure, number>> {
  const { employee } = workspace.people;
  await pass();
  const event = await timed(async () => {
    workspace.as(employee).dm(question);
    await workspace.settled();
  });
  // The answer itself is on its way; the next measure should not wait behind it.
  await systemClock.sleep(20);
  const command = await timed(() => workspace.as(employee).slash('/ospo', question));
  await systemClock.sleep(20);
  const click = await timed(press);
  await systemClock.sleep(20);
  return { 'event to ack': event, 'command to ack with answer': command, 'click to ack': click };
}

/** Both in turns, so that whatever else the machine does hits both alike. */
async function compare(ours: Running, bare: Running): Promise<{ readonly ours: Times; readonly bare: Times }> {
  const times = { ours: emptyTimes(), bare: emptyTimes() };
  for (let n = 0; n < warmUp + rounds; n += 1) {
    for (const [name, running] of [
      ['ours', ours],
      ['bare', bare],
    ] as const) {
      const took = await round(running);
      if (n < warmUp) continue;
      for (const measure of measures) times[name][measure].push(took[measure]);
    }
  }
  return times;
}

function emptyTimes(): Record<Measure, number[]> {
  return { 'event to ack': [], 'command to ack with answer': [], 'click to ack': [] };
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

const ours = await startBot();
const bare = await startFloor();
const times = await compare(ours, bare);
console.log(`${rounds} rounds; milliseconds, and how many times a Bolt app that does nothing`);
for (const measure of measures) {
  const [own, other] = [times.ours[measure], times.bare[measure]];
  const column = (share: number) =>
    `${at(own, share).toFixed(1).padStart(7)} (${(at(own, share) / at(other, share)).toFixed(1)} x ${at(other, share).toFixed(1)})`;
  console.log(`  ${measure.padEnd(28)} p50 ${column(0.5)}   p99 ${column(0.99)}`);
}
await ours.stop();
await bare.stop();
