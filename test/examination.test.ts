import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { shippedScopes } from '../src/cli/manifest.ts';
import { type Config, readConfig } from '../src/config.ts';
import { Organization } from '../src/core/organization.ts';
import { systemClock } from '../src/core/time.ts';
import { type Examined, examineWorkspace } from '../src/examination.ts';
import { cast, formGroups } from '../src/playground/cast.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../src/playground/workspace.ts';
import { recordLog } from './delivery/world.ts';
import { manifest } from './flows/bot.ts';

const reading = ['channels:read', 'groups:read'];

async function opened(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace({ manifest, morePeople: cast, ...options });
  formGroups(workspace);
  return workspace;
}

function configFor(workspace: Workspace, changes: Readonly<Record<string, string>> = {}): Config {
  return readConfig({
    SLACK_API_URL: workspace.apiUrl,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    ...changes,
  });
}

async function examined(
  workspace: Workspace,
  organization: object = {},
  changes: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, Examined>>> {
  const wanted = await shippedScopes();
  const found = await examineWorkspace({
    config: configFor(workspace, changes),
    organization: Organization.parse({
      name: 'Sample',
      ospo: { name: { en: 'Office', 'zh-CN': '开源办' } },
      offices: [{ id: 'here', name: { en: 'Here', 'zh-CN': '这里' }, zone: 'UTC' }],
      ...organization,
    }),
    scopes: { needed: wanted.needed, optional: [...new Set([...wanted.optional, ...reading])] },
    clock: systemClock,
    log: recordLog(),
  });
  return Object.fromEntries(found.map((one) => [one.title, one]));
}

describe('the workspace, held against settings and organization', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await opened({ manifest: withScopes(reading) });
  });
  afterAll(() => workspace.stop());

  it('has nothing wrong where all is well, receives nothing and writes nothing', async () => {
    const organization = { roles: { ospo: ['@ospo'], legal: [workspace.people.legal] } };
    const before = workspace.wire.calls.length;

    const found = await examined(workspace, organization);

    expect(Object.values(found).flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(found.People?.notes).toEqual([]);
    expect(workspace.socket.connections()).toBe(0);
    const methods = new Set(workspace.wire.calls.slice(before).map(({ method }) => method));
    expect([...methods].filter((method) => /^(?:chat|views|files|reactions)\.|\.join$/.test(method))).toEqual([]);
  });

  it('names channels that nothing would arrive in, with their place in the file', async () => {
    const { ospo, general } = workspace.channels;
    const found = await examined(workspace, {
      ospo: { name: { en: 'Office', 'zh-CN': '开源办' }, channel: ospo },
      requests: { channels: { legal: 'C0NOWHERE' } },
      channels: { [general]: 'mentions', C0SILENT00: 'off' },
    });

    const wrong = found.Channels?.wrong ?? [];
    expect(wrong.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
      'requests.channels.legal C0NOWHERE is not',
      `channels ${general} does not`,
    ]);
    expect(wrong.every((line) => line.includes('/invite'))).toBe(true);
  });

  it('names people and groups that are not there, and roles that nobody holds', async () => {
    const found = await examined(workspace, {
      roles: { ospo: ['@nobody'], legal: ['gone@example.com'], export: [workspace.people.legal] },
      people: [{ who: 'U0STRANGER', active: false }],
    });

    const said = (found.People?.notes ?? []).join('\n');
    for (const words of ['@nobody is not in the workspace', 'gone@example.com is not', 'U0STRANGER is not'])
      expect(said).toContain(words);
    expect(said).toContain('Nobody holds the role ospo.');
    expect(said).not.toContain('export');
  });

  it('reads the HR file as the bot would', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ospo-examination-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    const file = join(dir, 'people.csv');
    await writeFile(file, 'nonsense\n1\n');

    const [broken, gone] = [
      await examined(workspace, {}, { PEOPLE_FILE: file }),
      await examined(workspace, {}, { PEOPLE_FILE: join(dir, 'gone.csv') }),
    ];

    expect(broken.People?.wrong.join('\n')).toContain('people.csv');
    expect(gone.People?.wrong.join('\n')).toContain('cannot be read (ENOENT)');
  });

  it.each([
    {
      what: 'the bot token',
      change: { SLACK_BOT_TOKEN: 'xoxb-another' },
      says: 'SLACK_BOT_TOKEN Slack does not accept',
    },
    {
      what: 'the app token',
      change: { SLACK_APP_TOKEN: 'xapp-another' },
      says: 'SLACK_APP_TOKEN Slack does not accept',
    },
    { what: 'the address', change: { SLACK_API_URL: 'http://127.0.0.1:9/' }, says: 'Slack cannot be reached' },
  ])('names $what where it does not hold', async ({ change, says }) => {
    const found = await examined(workspace, {}, change as Readonly<Record<string, string>>);

    expect(found.Slack?.wrong.join('\n')).toContain(says);
    expect(JSON.stringify(found)).not.toContain('-another');
  });
});

describe('the scopes of an installation', () => {
  it('are wrong where one is needed, and worth knowing where one is optional or of no use', async () => {
    const workspace = await opened({
      manifest: withScopes(['reactions:write']),
      withheld: ['files:write', 'dnd:read'],
    });
    onTestFinished(() => workspace.stop());

    const found = await examined(workspace);

    expect(found.Scopes?.wrong).toEqual([expect.stringMatching(/^files:write is not granted\. Paste .*manifest/)]);
    expect(found.Scopes?.notes).toContainEqual(expect.stringMatching(/^dnd:read is not granted: .* optional/));
    expect(found.Scopes?.notes).toContainEqual(expect.stringMatching(/^reactions:write is granted, and .* no use/));
  });

  it('are wrong where a channel should be answered without a mention and may not be read', async () => {
    const workspace = await opened({ withheld: ['channels:history', 'groups:history'] });
    onTestFinished(() => workspace.stop());

    const found = await examined(workspace, { channels: { [workspace.channels.ospo]: 'questions' } });

    expect(found.Scopes?.wrong).toHaveLength(2);
    expect(found.Scopes?.wrong.join()).toContain(`${workspace.channels.ospo} should be answered without a mention`);
  });

  it('let channels go unseen rather than wrong where they may not be looked at', async () => {
    const workspace = await opened({ withheld: reading });
    onTestFinished(() => workspace.stop());

    const found = await examined(workspace, { requests: { channels: { legal: workspace.channels.legal } } });

    expect(found.Channels?.wrong).toEqual([]);
    expect(found.Channels?.notes).toEqual([expect.stringContaining('could not be looked at')]);
  });
});

/** The manifest that ships, with more scopes. */
function withScopes(more: readonly string[]): unknown {
  const shipped = manifest as { readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } } };
  const { scopes } = shipped.oauth_config;
  return { ...shipped, oauth_config: { scopes: { ...scopes, bot: [...scopes.bot, ...more] } } };
}
