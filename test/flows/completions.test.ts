import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '../../src/core/audit.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { headersFor, secret } from '../receiving/calls.ts';
import { freePort } from '../slack/house.ts';
import { type Bot, startBot } from './bot.ts';
import { gatedContent } from './completing.ts';
import { type RequestTools, requestTools } from './requests.ts';

describe.each(['Socket Mode', 'HTTP'] as const)('completions from a learning system, in %s', (mode) => {
  let bot: Bot;
  let workspace: Workspace;
  let tools: RequestTools;
  let clock: MovableClock;
  let contentDir: string;
  let url: string;
  beforeAll(async () => {
    contentDir = await gatedContent();
    clock = movableClock(Date.UTC(2026, 10, 24, 9), true);
    const port = await freePort();
    bot = await startBot({
      clock,
      contentDir,
      office: true,
      env: {
        COMPLETIONS_SECRET: secret.toString(),
        ...(mode === 'HTTP'
          ? { SLACK_SIGNING_SECRET: 'playground-signing-secret', PORT: String(port) }
          : { COMPLETIONS_PORT: String(port) }),
      },
      workspace: { timing: { ackWithinMs: 1_500, retryAfterMs: [20, 50] } },
    });
    ({ workspace } = bot);
    tools = requestTools(workspace);
    if (mode === 'HTTP') workspace.deliverOverHttp(`http://127.0.0.1:${port}/slack/events`);
    url = `http://127.0.0.1:${port}/completions`;
    await workspace.waitFor(async () => (await tell('ready', 'U0NOBODY')).body.rows?.[0] === 'unknown_person', {
      what: 'a receiver',
    });
  });
  afterAll(async () => {
    await bot.stop();
    await rm(contentDir, { recursive: true, force: true });
  });
  afterEach(() => expect(workspace.complaints).toEqual([]));

  interface Told {
    readonly status: number;
    readonly body: { readonly rows?: readonly string[] };
  }

  async function tell(id: string, person: string, key: Buffer = secret): Promise<Told> {
    const body = JSON.stringify({ completions: [{ person, track: 'house-rules', completed: '2026-11-20' }] });
    const headers = headersFor(id, clock.now(), body, key);
    const response = await fetch(url, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as Told['body'] };
  }

  /** Tells it until the bot knows the person: right after the start people are still being read. */
  const taken = (id: string, person: string) =>
    workspace.waitFor(
      async () => {
        const told = await tell(`${id}-${clock.now()}`, person);
        return told.body.rows?.[0] === 'unknown_person' ? undefined : told;
      },
      { what: `${person} to be known` },
    );

  const top = (person: string) => JSON.stringify(workspace.openViews(person).at(-1)?.view);

  it('open the gate: the form says what is missing, and then is approved at once', async () => {
    const { employee } = workspace.people;
    await tools.fillIn(employee, 'before', 'quick');
    const before = top(employee);
    while (workspace.openViews(employee).length > 0) await workspace.as(employee).close();

    const told = await taken('gate', employee);
    await tools.fillIn(employee, 'after', 'quick');
    const after = top(employee);

    expect(before).toContain('House rules');
    expect(before).not.toContain('approved at once when you send it');
    expect(told).toMatchObject({ status: 200, body: { rows: ['taken'] } });
    expect(after).toContain('approved at once when you send it');
  });

  it('count once over a restart, and wait while the bot is down', async () => {
    const { engineer } = workspace.people;
    await taken('warm', workspace.people.legal);
    const first = await tell('once', engineer);
    let down: unknown;
    await bot.restart(() => {
      down = tell('down', workspace.people.manager).catch((error: unknown) => error);
    });

    const again = await tell('once', engineer);
    const late = await tell('down', workspace.people.manager);

    expect(await down).toBeInstanceOf(TypeError);
    expect([first, again]).toEqual(Array(2).fill({ status: 200, body: expect.objectContaining({ rows: ['taken'] }) }));
    expect(late.body.rows).toEqual(['taken']);
    expect(await importsOf(engineer)).toEqual([expect.objectContaining({ actor: 'learning-system' })]);
  });

  it('of somebody without the secret change nothing', async () => {
    const { security } = workspace.people;

    const told = await tell('forged', security, Buffer.from('another secret of twenty-four bytes'));

    expect(told.status).toBe(401);
    await workspace.as(security).slash('/ospo', 'training');
    const list = workspace.ephemerals(security).at(-1);
    expect(list && workspace.plain(list)).not.toContain('complete, holds until');
  });

  /** What came in for somebody, by the audit trail; read beside the running bot. */
  async function importsOf(person: string) {
    const store = await openStore(bot.stateDir, { collections: [auditEvents], mode: 'read' });
    const { docs } = await store.list(auditEvents, { key: `training/${person}`, order: 'asc', limit: 10 });
    await store.close();
    return docs.filter(({ kind }) => kind === 'import');
  }
});
