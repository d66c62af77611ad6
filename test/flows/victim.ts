import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { movableClock, systemClock } from '../../src/core/time.ts';
import { cast, formGroups } from '../../src/playground/cast.ts';
import type { NewPerson } from '../../src/playground/seed.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { initStore } from '../../src/storage/file-store.ts';
import { manifest } from './bot.ts';

const source = fileURLToPath(new URL('./child.ts', import.meta.url));
// Below the project, where packages and data/ are found as from dist/; a process of its own builds its own.
const entry = fileURLToPath(new URL(`../../build/victim-${process.pid}.mjs`, import.meta.url));
// More than lease and grace of a call that was lost; less than the hour after which an event is dropped.
const betweenLivesMs = 120_000;

/** The bot as a process that tests kill, and a workspace that outlives it. */
export interface Victim {
  readonly workspace: Workspace;
  /** Where its store is; open to others while no process runs. */
  readonly stateDir: string;
  /** Starts a process, two minutes or `aheadMs` after the one before. Resolves when Slack may deliver. */
  start(aheadMs?: number): Promise<void>;
  /** kill -9: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** Tries to start a second process on the same folder; resolves with its exit code. */
  intrude(): Promise<number | null>;
  stop(): Promise<void>;
}

/**
 * @param options office: fills the roles of the sample organization; contentDir: the organization's own content; morePeople:
 * besides the seed and the office; withheld: scopes that were not granted
 */
export async function createVictim(
  options: {
    readonly office?: boolean;
    readonly contentDir?: string;
    /** The title of something that is due for everybody. */
    readonly due?: string;
    readonly morePeople?: readonly NewPerson[];
    readonly withheld?: readonly string[];
  } = {},
): Promise<Victim> {
  // Slack's clock moves with the bot's: between two lives two minutes pass for both.
  const clock = movableClock(systemClock.now(), true);
  const workspace = await startWorkspace({
    manifest,
    clock,
    timing: { ackWithinMs: 300, retryAfterMs: [] },
    morePeople: [...(options.office ? cast : []), ...(options.morePeople ?? [])],
    ...(options.withheld ? { withheld: options.withheld } : {}),
  });
  if (options.office) formGroups(workspace);
  const stateDir = await mkdtemp(join(tmpdir(), 'ospo-kill-'));
  await initStore(stateDir);
  // One file starts in half the time of three hundred; the bot starts over and over here.
  await build({
    entryPoints: [source],
    outfile: entry,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  let away = 0;
  let child: ChildProcess | undefined;

  function launch(): ChildProcess {
    return spawn(process.execPath, [entry], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        SLACK_API_URL: workspace.apiUrl,
        SLACK_BOT_TOKEN: workspace.botToken,
        SLACK_APP_TOKEN: workspace.appToken,
        STATE_DIR: stateDir,
        ...(options.contentDir ? { CONTENT_DIR: options.contentDir } : {}),
        ...(options.due ? { DUE: options.due } : {}),
        CLOCK_AHEAD_MS: String(away),
      },
    });
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  return {
    workspace,
    stateDir,
    kill,
    async start(aheadMs = betweenLivesMs) {
      away += aheadMs;
      await clock.advance(aheadMs);
      child = launch();
      if (child.stdout) await once(child.stdout, 'data');
    },
    async intrude() {
      const second = launch();
      second.stderr?.resume();
      const [code] = (await once(second, 'exit')) as [number | null];
      return code;
    },
    async stop() {
      await kill();
      await workspace.stop();
      await rm(stateDir, { recursive: true, force: true });
      await rm(entry, { force: true });
    },
  };
}
