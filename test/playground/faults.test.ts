import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { movableClock, systemClock } from '../../src/core/time.ts';
import type { ApiFault } from '../../src/playground/faults.ts';
import { channels, people } from '../../src/playground/seed.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { manifest } from './manifest.ts';

const clock = movableClock(Date.UTC(2026, 10, 22));
let workspace: Workspace;
let client: WebClient;

beforeEach(async () => {
  workspace = await startWorkspace({ manifest, clock, timing: { retryAfterMs: [] } });
  client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 1500,
  });
});

afterEach(async () => {
  await workspace.stop();
});

const post = () => client.chat.postMessage({ channel: channels.ospo, text: 'hello' });
const posted = () => workspace.messages(channels.ospo).length;

describe('faults of the Web API', () => {
  it.each<[ApiFault, 'done' | 'not done', (error: unknown) => boolean]>([
    [
      { kind: 'rate_limited', retryAfterSeconds: 7 },
      'not done',
      (error) => error instanceof WebAPIRateLimitedError && error.retryAfter === 7,
    ],
    [{ kind: 'http_500' }, 'not done', (error) => error instanceof WebAPIHTTPError && error.statusCode === 500],
    [
      { kind: 'error', error: 'internal_error' },
      'not done',
      (error) => error instanceof WebAPIPlatformError && error.data.error === 'internal_error',
    ],
    [
      { kind: 'unknown_method' },
      'not done',
      (error) => error instanceof WebAPIPlatformError && error.data.error === 'unknown_method',
    ],
    [{ kind: 'hang' }, 'not done', (error) => error instanceof Error],
    [{ kind: 'lost_answer' }, 'done', (error) => error instanceof Error],
    [{ kind: 'broken_body' }, 'done', (error) => error instanceof Error],
  ])('%j', async (fault, effect, recognized) => {
    const injected = workspace.faults.api.inject(fault, { only: 'chat.postMessage', times: 1 });

    const error = await post().catch((caught: unknown) => caught);
    const after = posted();
    await post();

    expect(recognized(error)).toBe(true);
    expect(after).toBe(effect === 'done' ? 1 : 0);
    expect(posted()).toBe(after + 1);
    expect(injected.hits()).toBe(1);
    expect(workspace.wire.callsOf('chat.postMessage').map((call) => call.fault)).toEqual([fault.kind, undefined]);
  });

  it('hits the named calls only, after letting some pass, until it is lifted', async () => {
    const injected = workspace.faults.api.inject({ kind: 'http_500' }, { only: 'chat.postMessage', after: 1 });

    await post();
    await client.auth.test();
    const failures = await Promise.allSettled([post(), post()]);
    injected.off();
    await post();

    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(injected.hits()).toBe(2);
    expect(posted()).toBe(2);
  });

  it('answers slowly', async () => {
    workspace.faults.api.inject({ kind: 'slow', ms: 60 }, { times: 1 });
    const from = systemClock.now();

    await post();

    expect(systemClock.now() - from).toBeGreaterThanOrEqual(55);
  });

  it('takes a scope away while the app runs', async () => {
    workspace.revokeScope('chat:write');

    const refused = await post().catch((error: unknown) => error instanceof WebAPIPlatformError && error.data.error);
    workspace.grantScope('chat:write');
    await post();

    expect(refused).toBe('missing_scope');
  });

  it('stops trusting the token when the app is uninstalled', async () => {
    workspace.uninstall();

    const refused = await post().catch((error: unknown) => error instanceof WebAPIPlatformError && error.data.error);

    expect(refused).toBe('token_revoked');
  });

  it('gives timestamps that are unique and in order while the clock stands, and off by the skew', async () => {
    const first = await post();
    const second = await post();
    workspace.setClockSkew(-30_000);
    const skewed = await post();

    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    expect(Math.round(Number(skewed.ts))).toBe(Math.round(clock.now() / 1000) - 30);
    expect(new Set([first.ts, second.ts, skewed.ts]).size).toBe(3);
  });
});

describe('response URLs', () => {
  async function urlOf(): Promise<string> {
    void workspace.as(people.lead).slash('/ospo', 'help', channels.ospo);
    return String(workspace.wire.envelopes.at(-1)?.payload.response_url);
  }
  const use = async (url: string, body: object) =>
    (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))
      .status;

  it('serve five times', async () => {
    const url = await urlOf();

    const answers = [];
    for (let uses = 0; uses < 6; uses += 1) answers.push(await use(url, { text: `${uses}` }));

    expect(answers).toEqual([200, 200, 200, 200, 200, 404]);
    expect(workspace.ephemerals(people.lead)).toHaveLength(5);
  });

  it('serve for thirty minutes', async () => {
    const url = await urlOf();

    await clock.advance(30 * 60_000);
    const inTime = await use(url, { text: 'in time', response_type: 'in_channel' });
    await clock.advance(1);
    const late = await use(url, { text: 'late' });

    expect([inTime, late]).toEqual([200, 404]);
    expect(workspace.messages(channels.ospo).map(({ text }) => text)).toEqual(['in time']);
  });

  it('refuse what a message may not hold', async () => {
    const url = await urlOf();

    const answers = [
      await use(url, { text: 'x', blocks: [{ type: 'alert' }] }),
      await use(url, { txt: 'x' }),
      await use(url, {}),
    ];

    expect(answers).toEqual([400, 400, 400]);
  });
});
