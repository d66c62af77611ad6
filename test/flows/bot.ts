import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { type Clock, systemClock } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { cast, formGroups } from '../../src/playground/cast.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../src/playground/workspace.ts';
import { initStore } from '../../src/storage/file-store.ts';

/** The manifest that ships. */
export const manifest: unknown = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));

/** The real bot in this process, talking to a strict workspace over HTTP and WebSocket. */
export interface Bot {
  readonly workspace: Workspace;
  readonly stateDir: string;
  /** Stops the bot gracefully and starts it again on the same store; `whileDown` happens in between. */
  restart(whileDown?: () => unknown): Promise<void>;
  stop(): Promise<void>;
}

export interface BotOptions {
  readonly clock?: Clock;
  readonly workspace?: Partial<WorkspaceOptions>;
  readonly contentDir?: string;
  /** Fills the roles of the sample organization, as the playground does. */
  readonly office?: boolean;
  /** What is due for people, over restarts. */
  readonly moreDue?: AppOptions['moreDue'];
  /** More settings, as the environment has them. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startBot(options: BotOptions = {}): Promise<Bot> {
  const clock = options.clock ?? systemClock;
  const workspace = await startWorkspace({
    manifest,
    clock,
    // Every Web API call as a JSON line, to be held against documents that we did not write.
    ...(process.env.CALLS_FILE ? { callsFile: process.env.CALLS_FILE } : {}),
    ...(options.office ? { morePeople: cast } : {}),
    ...options.workspace,
  });
  if (options.office) formGroups(workspace);
  const stateDir = await mkdtemp(join(tmpdir(), 'ospo-flow-'));
  await initStore(stateDir);
  const config = readConfig({
    SLACK_API_URL: workspace.apiUrl,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    STATE_DIR: stateDir,
    CONTENT_DIR: options.contentDir,
    ...options.env,
  });
  const log = createLog(process.env.LOG_LEVEL === 'debug' ? 'debug' : 'silent');

  const run = async (): Promise<App> => {
    const app = await createApp({ config, clock, log, ...(options.moreDue ? { moreDue: options.moreDue } : {}) });
    await app.start();
    return app;
  };
  let app = await run();
  return {
    workspace,
    stateDir,
    async restart(whileDown) {
      await app.stop(2_000);
      await whileDown?.();
      app = await run();
    },
    async stop() {
      await app.stop(2_000);
      await workspace.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
