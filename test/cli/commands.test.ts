import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { manifestFor } from '../../src/cli/manifest.ts';
import { OperatorError } from '../../src/core/errors.ts';
import { install } from '../../src/playground/manifest.ts';
import { startWorkspace } from '../../src/playground/workspace.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { manifest } from '../slack/house.ts';
import { run } from './terminal.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ospo-commands-'));
  vi.stubEnv('STATE_DIR', join(dir, 'state'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});
afterEach(() => {
  process.exitCode = 0;
});

describe('init', () => {
  it('makes an empty store and says what is next; a second time it refuses and changes nothing', async () => {
    const printed = await run('init');
    const again = run('init');
    await expect(again).rejects.toThrow(OperatorError);
    const store = await openStore(join(dir, 'state'), { collections: [] });
    const health = await store.health();
    await store.close();

    expect(printed).toContain('Next: ');
    expect(health).toMatchObject({ ok: true, documents: 0 });
  });
});

describe('beside a running bot', () => {
  it.each([
    ['ask', ['ask', 'what is a CLA?']],
    ['kb lint', ['kb', 'lint']],
    ['gallery', ['gallery']],
    ['manifest', ['manifest']],
  ])('%s needs no lock', async (_, words) => {
    const folder = join(dir, 'locked');
    await initStore(folder).catch(() => undefined);
    const bot = await openStore(folder, { collections: [] });
    vi.stubEnv('STATE_DIR', folder);

    const printed = await run(...words);
    await bot.close();

    expect(printed.length).toBeGreaterThan(50);
  });
});

describe('kb', () => {
  it('lint finds nothing that is not used in what ships', async () => {
    const printed = await run('kb', 'lint');

    expect(printed).toMatch(/^0 errors, \d+ notes\.$/m);
    expect(process.exitCode ?? 0).toBe(0);
  });

  it('lint names an article that opens what is no command', async () => {
    const own = join(dir, 'opening');
    const shipped = readFileSync(new URL('../../data/knowledge/people/training.en.md', import.meta.url), 'utf8');
    await mkdir(join(own, 'knowledge', 'people'), { recursive: true });
    await writeFile(
      join(own, 'knowledge/people/training.en.md'),
      shipped.replace('opens: training', 'opens: trainings'),
    );
    vi.stubEnv('CONTENT_DIR', own);

    const printed = await run('kb', 'lint');
    vi.stubEnv('CONTENT_DIR', '');

    expect(printed).toContain('No button leads to /ospo trainings');
    expect(process.exitCode ?? 0).toBe(0);
  });

  it('lint names a broken file of the own folder, and ends with an error', async () => {
    const own = join(dir, 'own');
    await cp(new URL('../../data/organization.yml', import.meta.url), join(own, 'knowledge', 'use', 'broken.en.md'));
    vi.stubEnv('CONTENT_DIR', own);

    const printed = await run('kb', 'lint');
    vi.stubEnv('CONTENT_DIR', '');

    expect(printed).toContain('broken.en.md');
    expect(process.exitCode).toBe(1);
  });

  it('eval measures both sets, and never shows a question of the measuring one', { timeout: 60_000 }, async () => {
    const printed = await run('kb', 'eval', '--misses');
    const measure = printed.slice(printed.indexOf('\nmeasure'));

    expect(printed).toMatch(/^tuning$/m);
    expect(measure).not.toMatch(/\bm-\d{3}/);
  });
});

describe('gallery', () => {
  it('writes one JSON line for each sample, all names different', async () => {
    const Sample = z.strictObject({
      name: z.string(),
      surface: z.enum(['message', 'modal', 'home']),
      payload: z.looseObject({ blocks: z.array(z.unknown()).min(1) }),
    });

    const printed = await run('gallery');
    const samples = printed
      .trim()
      .split('\n')
      .map((line) => Sample.parse(JSON.parse(line)));

    expect(new Set(samples.map(({ surface }) => surface))).toEqual(new Set(['message', 'modal', 'home']));
    expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
  });
});

describe('manifest', () => {
  const source = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  const url = 'https://ospo.example.com/slack/events';

  it('prints what ships, comments kept', async () => {
    const printed = await run('manifest');

    expect(parse(printed)).toEqual(parse(source));
    expect(printed.split('\n')[0]).toBe(source.split('\n')[0]);
  });

  it('for HTTP sends everything to one address, and turns Socket Mode off', async () => {
    const variant = parse(await run('manifest', '--http', 'https://ospo.example.com'));

    expect(variant.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
    });
    expect(variant.features.slash_commands.map((command: { url: string }) => command.url)).toEqual([url]);
  });

  it('for channels that answer without a mention adds their events, whose scopes it has', () => {
    const variant = parse(manifestFor(source, { questions: true }));
    const { bot, bot_optional } = variant.oauth_config.scopes;

    expect(variant.settings.event_subscriptions.bot_events).toEqual(
      expect.arrayContaining(['message.channels', 'message.groups']),
    );
    expect([...bot, ...bot_optional]).toEqual(expect.arrayContaining(['channels:history', 'groups:history']));
  });

  it.each([
    ['as it ships', {}],
    ['for HTTP', { http: 'https://ospo.example.com' }],
    ['for questions', { questions: true }],
    ['for both', { http: 'https://ospo.example.com', questions: true }],
  ])('installs %s', (_, variant) => {
    expect(() => install(parse(manifestFor(source, variant)))).not.toThrow();
  });

  it.each(['http://ospo.example.com', 'ospo.example.com', '', 'ftp://x'])('refuses the address %j', (http) => {
    expect(() => manifestFor(source, { http })).toThrow(OperatorError);
  });
});

describe('doctor', () => {
  it('names settings that are missing and what only the organization can say', async () => {
    const bare = join(dir, 'bare');
    await mkdir(bare);
    await writeFile(
      join(bare, 'organization.yml'),
      'name: Sample\nospo: { name: { en: Office, zh-CN: 开源办公室 } }\noffices: [{ id: here, name: { en: Here, zh-CN: 这里 }, zone: UTC }]\n',
    );
    vi.stubEnv('CONTENT_DIR', bare);
    vi.stubEnv('SLACK_BOT_TOKEN', '');

    const printed = await run('doctor');
    vi.stubEnv('CONTENT_DIR', undefined);

    expect(process.exitCode).toBe(1);
    expect(printed).toContain('SLACK_BOT_TOKEN is not set.');
    expect(printed).toContain('ospo.channel: ');
    expect(printed).toContain('ospo.sla.component: Left out of ');
    expect(printed).toContain('here: no holidays of ');
  });

  it('asks Slack nothing as long as the settings are wrong', async () => {
    vi.stubEnv('SLACK_BOT_TOKEN', '');

    const printed = await run('doctor', '--online');

    expect(process.exitCode).toBe(1);
    expect(printed).toContain('Slack was not asked: the settings come first.');
    expect(printed).not.toContain('in the workspace');
  });

  it('holds settings against the workspace, and says what is wrong there', async () => {
    const workspace = await startWorkspace({ manifest, withheld: ['files:write'] });
    onTestFinished(() => workspace.stop());
    vi.stubEnv('SLACK_API_URL', workspace.apiUrl);
    vi.stubEnv('SLACK_BOT_TOKEN', workspace.botToken);
    vi.stubEnv('SLACK_APP_TOKEN', workspace.appToken);

    const printed = await run('doctor', '--online');
    for (const name of ['SLACK_API_URL', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']) vi.stubEnv(name, undefined);

    expect(process.exitCode).toBe(1);
    expect(printed).toMatch(/^Scopes, in the workspace\n {2}files:write is not granted\./m);
    expect(printed).toMatch(/^1 wrong\.$/m);
  });
});
