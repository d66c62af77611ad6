import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type MovableClock, movableClock, systemClock } from '../core/time.ts';
import { type BotProcess, createBotProcess } from './bot-process.ts';
import { createRoutes } from './bridge.ts';
import { bundlePage } from './bundle.ts';
import { cast, formGroups } from './cast.ts';
import { createControls } from './controls.ts';
import { startPageServer } from './page-server.ts';
import { createReading } from './reading.ts';
import { createSignal } from './signal.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

const root = new URL('../../', import.meta.url);

/** A workspace with the sample organization's people and the real bot in it. */
export interface Stage {
  readonly workspace: Workspace;
  readonly bot: BotProcess;
  readonly clock: MovableClock;
  readonly manifest: unknown;
  /** Calls `wake` after every change in the workspace, and after those that are reported with `changed`. */
  onChange(wake: () => void): () => void;
  changed(): void;
  stop(): Promise<void>;
}

/** Starts the workspace and the bot. Everything it keeps is in a temporary folder that `stop` removes. */
export async function setStage(): Promise<Stage> {
  const manifest: unknown = parse(await readFile(new URL('manifest.yml', root), 'utf8'));
  const clock = movableClock(systemClock.now(), true);
  const workspace = await startWorkspace({ manifest, clock, morePeople: cast });
  formGroups(workspace);
  const folder = await mkdtemp(join(tmpdir(), 'ospo-playground-'));
  const own = createSignal();
  const environment = {
    SLACK_API_URL: workspace.apiUrl,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    STATE_DIR: join(folder, 'state'),
    CONTENT_DIR: join(folder, 'content'),
    LOG_LEVEL: 'warn',
  };
  const bot = createBotProcess(environment, clock, own.changed);

  async function stop(): Promise<void> {
    await bot.kill();
    await workspace.stop();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await writeOrganization(environment.CONTENT_DIR, workspace);
    await bot.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    workspace,
    bot,
    clock,
    manifest,
    onChange(wake) {
      const offs = [workspace.onChange(wake), own.on(wake)];
      return () => {
        for (const off of offs) off();
      };
    },
    changed: own.changed,
    stop,
  };
}

/** The sample organization, with the office's channel as it is called in this workspace. */
async function writeOrganization(folder: string, { channels }: Workspace): Promise<void> {
  const sample = parse(await readFile(new URL('data/organization.yml', root), 'utf8'));
  await mkdir(folder, { recursive: true });
  const organization = { ...sample, ospo: { ...sample.ospo, channel: channels.ospo } };
  await writeFile(join(folder, 'organization.yml'), stringify(organization));
}

/** The stage, and the page to play on it. */
export interface Playground extends Stage {
  readonly url: string;
}

/** @param port 0 takes a free one */
export async function startPlayground(port = 0): Promise<Playground> {
  const [bundle, stage] = await Promise.all([bundlePage(), setStage()]);
  const { workspace, bot, clock, manifest, onChange, changed } = stage;
  try {
    const controls = createControls(workspace, bot, clock);
    const reading = createReading();
    const server = await startPageServer({
      bundle,
      port,
      onChange,
      routes: createRoutes({ workspace, bot, controls, reading, clock, manifest, changed }),
      file: (id, person) => workspace.fileFor(person, id),
    });
    return {
      ...stage,
      url: server.url,
      async stop() {
        await server.stop();
        await stage.stop();
      },
    };
  } catch (error) {
    await stage.stop();
    throw error;
  }
}
