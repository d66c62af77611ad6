import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { type MovableClock, movableClock, systemClock } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import type { Message } from '../../src/playground/state.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { initStore } from '../../src/storage/file-store.ts';
import { freePort } from '../slack/house.ts';
import { manifest } from './bot.ts';

const agpl = 'can we use an AGPL component in our SaaS?';
const withinMs = 30_000;

let workspace: Workspace;
let clock: MovableClock;
let stateDir: string;
let app: App;
let url: string;
beforeAll(async () => {
  clock = movableClock(systemClock.now(), true);
  workspace = await startWorkspace({ manifest, clock, timing: { ackWithinMs: 2_000, retryAfterMs: [20, 50] } });
  stateDir = await mkdtemp(join(tmpdir(), 'ospo-http-'));
  await initStore(stateDir);
  const port = await freePort();
  const config = readConfig({
    SLACK_API_URL: workspace.apiUrl,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    PORT: String(port),
    STATE_DIR: stateDir,
  });
  app = await createApp({ config, clock, log: createLog('silent') });
  await app.start();
  url = `http://127.0.0.1:${port}/slack/events`;
  workspace.deliverOverHttp(url);
});
afterAll(async () => {
  await app.stop(2_000);
  await workspace.stop();
  await rm(stateDir, { recursive: true, force: true });
});
beforeEach(() => clock.advance(2_000));
afterEach(() => {
  workspace.faults.clear();
  expect(workspace.complaints).toEqual([]);
});

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300));
const answersTo = (question: Message) =>
  workspace.messages(question.channel).filter((message) => message.bot && message.thread === question.ts);
const answerTo = (question: Message) =>
  workspace.waitFor(() => answersTo(question)[0], { what: 'an answer', withinMs });

describe('the bot over HTTP', () => {
  it('answers a direct message', async () => {
    const question = workspace.as(workspace.people.employee).dm(agpl);

    const answer = await answerTo(question);

    expect(workspace.plain(answer)).toContain('AGPL');
  });

  it('answers a command in the response', async () => {
    const { employee } = workspace.people;

    const outcome = await workspace.as(employee).slash('/ospo', agpl);

    expect(outcome).toMatchObject({ kind: 'acked', response: { response_type: 'ephemeral' } });
    expect(workspace.ephemerals(employee).at(-1)?.text).toContain('AGPL');
  });

  it('carries out a click', async () => {
    const { security } = workspace.people;
    const answer = await answerTo(workspace.as(security).dm(agpl));

    const outcome = await workspace.as(security).feedback(answer, 'positive');
    const thanks = await workspace.waitFor(() => workspace.ephemerals(security).at(-1), { withinMs });

    expect(outcome.kind).toBe('acked');
    expect(workspace.plain(thanks).length).toBeGreaterThan(5);
  });

  it('opens a form and answers in it', async () => {
    const { engineer } = workspace.people;
    const actor = workspace.as(engineer);
    await actor.globalShortcut('ask_global');
    await workspace.waitFor(() => workspace.openViews(engineer)[0], { withinMs });

    const submitted = await actor.submit({ text: agpl });

    expect(submitted.kind).toBe('update');
    await actor.close();
  });

  it.each(['duplicate', 'drop_socket', 'lose'] as const)(
    'gives one answer though Slack delivers again: %s',
    async (kind) => {
      const fault = workspace.faults.delivery.inject({ kind }, { only: 'events_api', times: 1 });

      const question = workspace.as(workspace.people.legal).dm(agpl);
      await answerTo(question);
      await aMoment();

      expect(fault.hits()).toBe(1);
      expect(answersTo(question)).toHaveLength(1);
    },
  );

  it('gives one answer though the event comes once more with a retry number', async () => {
    const question = workspace.as(workspace.people.manager).dm(agpl);
    await answerTo(question);
    const [envelope] = workspace.wire.envelopes.slice(-1);

    const outcome = envelope && (await workspace.redeliver(envelope));
    await aMoment();

    expect(outcome).toMatchObject({ kind: 'acked' });
    expect(answersTo(question)).toHaveLength(1);
  });

  it.each([
    ['a wrong signature', { 'x-slack-signature': `v0=${'0'.repeat(64)}` }, 0],
    ['no signature', {}, 0],
    ['an old timestamp', { 'x-slack-signature': `v0=${'0'.repeat(64)}` }, -3_600],
  ])('refuses %s, and does nothing', async (_, headers, seconds) => {
    const before = workspace.wire.calls.length;
    const event = { type: 'message', channel_type: 'im', channel: 'D1', user: 'U0EMPLOYEE', text: agpl, ts: '1.1' };
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(Math.floor(systemClock.now() / 1000) + seconds),
        ...headers,
      },
      body: JSON.stringify({ type: 'event_callback', event_id: 'EvForged', team_id: 'T1', event }),
    });
    await aMoment();

    expect(response.status).toBe(401);
    expect(workspace.wire.calls).toHaveLength(before);
  });
});
