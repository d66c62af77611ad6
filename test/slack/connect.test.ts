import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/core/errors.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { connect, type SlackSettings, SlackUnreachable } from '../../src/slack/connect.ts';
import { recordLog } from '../delivery/world.ts';
import { freePort, manifest } from './house.ts';

let workspace: Workspace;
let settings: SlackSettings;
beforeAll(async () => {
  workspace = await startWorkspace({ manifest });
  settings = {
    apiUrl: workspace.apiUrl,
    botToken: workspace.botToken,
    receive: { kind: 'socket', appToken: workspace.appToken },
  };
});
afterAll(() => workspace.stop());

/** What is said to the operator, or undefined when it works. */
async function refusal(changes: Partial<SlackSettings>): Promise<unknown> {
  const log = recordLog();
  try {
    const connection = await connect({ ...settings, ...changes }, log);
    await connection.start();
    await connection.stop();
    return undefined;
  } catch (error) {
    expect(`${error}${JSON.stringify(log.lines)}`).not.toContain('unknown-secret');
    return error;
  }
}

describe('connecting', () => {
  it('tells who the bot is, by one call', async () => {
    const before = workspace.wire.calls.length;

    const { identity } = await connect(settings, recordLog());

    expect(identity).toMatchObject({ botUserId: workspace.botUserId, teamId: workspace.teamId });
    expect(workspace.wire.calls.slice(before).map(({ method }) => method)).toEqual(['auth.test']);
  });

  it.each(['Socket Mode', 'HTTP'])('starts and stops: %s', async (mode) => {
    const http = { kind: 'http', signingSecret: workspace.signingSecret, port: await freePort() } as const;

    expect(await refusal(mode === 'HTTP' ? { receive: http } : {})).toBeUndefined();
  });

  it('names the bot token when Slack does not know it', async () => {
    const error = await refusal({ botToken: 'xoxb-unknown-secret' });

    expect(error).toBeInstanceOf(OperatorError);
    expect(error).not.toBeInstanceOf(SlackUnreachable);
    expect(error).toMatchObject({ mistakes: [{ where: 'SLACK_BOT_TOKEN' }] });
  });

  it('names the app token when Slack does not know it', async () => {
    const error = await refusal({ receive: { kind: 'socket', appToken: 'xapp-unknown-secret' } });

    expect(error).toMatchObject({ name: 'OperatorError', mistakes: [{ where: 'SLACK_APP_TOKEN' }] });
  });

  it('names the port when another program has it', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, resolve));

    const error = await refusal({ receive: { kind: 'http', signingSecret: 'shhh', port } });
    other.close();

    expect(error).toMatchObject({ name: 'OperatorError', mistakes: [{ where: `PORT ${port}` }] });
  });

  it('says that Slack cannot be reached: starting again may do', async () => {
    const error = await refusal({ apiUrl: `http://127.0.0.1:${await freePort()}/api/` });

    expect(error).toBeInstanceOf(SlackUnreachable);
  });
});

describe('the clients', () => {
  it('of people who wait give up at once, so that the modal or the sender can decide', async () => {
    const { clients } = await connect(settings, recordLog());
    const fault = workspace.faults.api.inject({ kind: 'http_500' }, { only: 'users.info', times: 3 });

    for (const client of [clients.interactive, clients.answers, clients.delivery]) {
      await expect(client.users.info({ user: 'U1' })).rejects.toThrow();
    }

    expect(fault.hits()).toBe(3);
  });

  it('of the background tries again', async () => {
    const { clients } = await connect(settings, recordLog());
    workspace.faults.api.inject({ kind: 'http_500' }, { only: 'users.info', times: 1 });

    const answer = await clients.background.users.info({ user: workspace.people.employee });

    expect(answer.ok).toBe(true);
  });
});
