import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { boltApp, type RunningApp } from './app.ts';
import { manifest } from './manifest.ts';

let workspace: Workspace;
let app: App;
let running: RunningApp;

beforeEach(async () => {
  workspace = await startWorkspace({ manifest, timing: { ackWithinMs: 300, retryAfterMs: [20, 50, 50] } });
  running = await boltApp(workspace);
  app = running.app;
});

afterEach(async () => {
  await running.stop();
  await workspace.stop();
});

describe('events over Socket Mode', () => {
  it('brings a direct message to the app and its answer to the person', async () => {
    app.message(async ({ message, say }) => {
      if (message.subtype === undefined) await say({ text: `heard ${message.text}`, thread_ts: message.ts });
    });
    await running.start();

    const question = workspace.as(workspace.people.employee).dm('a < b');
    const answer = await workspace.nextDirectMessage(workspace.people.employee);

    expect(answer).toMatchObject({ text: 'heard a &lt; b', thread: question.ts, bot: true });
    expect(workspace.plain(answer)).toBe('heard a < b');
  });

  it('delivers a mention once as app_mention and once as message', async () => {
    const heard: string[] = [];
    app.event('app_mention', async ({ event }) => void heard.push(`${event.type} ${event.text}`));
    app.message(async ({ message }) => void heard.push(message.type));
    await running.start();

    workspace.as(workspace.people.lead).say(workspace.channels.ospo, `<@${workspace.botUserId}> hello`);
    await workspace.settled();

    expect(heard.sort()).toEqual([`app_mention <@${workspace.botUserId}> hello`, 'message']);
  });

  it('says nothing about a channel that the app is not in', async () => {
    await running.start();

    workspace.as(workspace.people.lead).say(workspace.channels.general, `<@${workspace.botUserId}> hello`);
    await workspace.settled();

    expect(workspace.wire.envelopes).toEqual([]);
  });
});

describe('delivery faults', () => {
  it.each([
    ['duplicate', [0, 0]],
    ['drop_socket', [0, 1]],
    ['lose', [1]],
  ] as const)('%s', async (kind, retries) => {
    const heard: (number | undefined)[] = [];
    app.message(async ({ context }) => void heard.push(context.retryNum));
    await running.start();

    const fault = workspace.faults.delivery.inject({ kind }, { times: 1 });
    workspace.as(workspace.people.employee).dm('hello');
    await workspace.waitFor(() => heard.length >= retries.length);
    await workspace.settled();

    expect(heard).toEqual(retries);
    expect(fault.hits()).toBe(1);
  });

  it.each(['drop', 'disconnect'] as const)('reconnects after %s', async (how) => {
    const heard: unknown[] = [];
    app.message(async ({ message }) => void heard.push(message));
    await running.start();

    if (how === 'drop') workspace.socket.drop();
    else workspace.socket.disconnect('refresh_requested');
    await workspace.waitFor(() => workspace.socket.opened() === 2 && workspace.socket.connections() === 1);
    workspace.as(workspace.people.employee).dm('still there?');
    await workspace.settled();

    expect(heard).toHaveLength(1);
  });
});
