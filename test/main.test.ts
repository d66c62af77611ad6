import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../src/playground/workspace.ts';
import { initStore } from '../src/storage/file-store.ts';
import { manifest } from './slack/house.ts';

const entry = fileURLToPath(new URL('../src/main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The bot as an operator starts it, with nothing in the environment but this. */
function start(env: Readonly<Record<string, string>>): {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...env },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (data: Buffer) => {
      said[name] += data.toString();
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
  return { child, ended };
}

describe('the process', { timeout: 60_000 }, () => {
  let workspace: Workspace;
  let dir: string;
  let settings: Readonly<Record<string, string>>;
  beforeAll(async () => {
    workspace = await startWorkspace({ manifest });
    dir = await mkdtemp(join(tmpdir(), 'ospo-main-'));
    await initStore(join(dir, 'state'));
    settings = {
      SLACK_API_URL: workspace.apiUrl,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      STATE_DIR: join(dir, 'state'),
    };
  });
  afterAll(async () => {
    await workspace.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('names everything that is missing and how to mend it, and ends with EX_CONFIG', async () => {
    const { code, stderr } = await start({}).ended;

    expect(code).toBe(78);
    expect(stderr).toContain('SLACK_BOT_TOKEN is not set.\n  Open your app at https://api.slack.com/apps');
    expect(stderr).toContain('SLACK_APP_TOKEN is not set.');
    expect(stderr).not.toContain('    at ');
  });

  it('says how to make the store that was never made', async () => {
    const { code, stderr } = await start({ ...settings, STATE_DIR: join(dir, 'nowhere') }).ended;

    expect(code).toBe(78);
    expect(stderr).toContain('npm run ospo -- init');
    expect(stderr).not.toContain('    at ');
  });

  it('is not called misconfigured when Slack cannot be reached: a supervisor starts it again', async () => {
    const { code, stderr } = await start({ ...settings, SLACK_API_URL: 'http://127.0.0.1:9/' }).ended;

    expect(stderr).toContain('Slack cannot be reached');
    expect(code).toBe(75);
  });

  it('starts, logs in JSON without a token, and stops when told to', async () => {
    const { child, ended } = start(settings);
    await workspace.waitFor(() => workspace.socket.connections() > 0, { withinMs: 30_000 });
    child.kill('SIGTERM');

    const { code, stdout, stderr } = await ended;
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg);

    expect(code).toBe(0);
    expect(messages).toContain('started');
    expect(messages.at(-1)).toBe('stopped');
    expect(stderr).toBe('');
    expect(stdout).not.toContain(workspace.botToken);
  });
});
