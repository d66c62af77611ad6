import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DrawCall } from '../../src/core/ports.ts';
import { signatureOf } from '../../src/core/signing.ts';
import { movableClock, systemClock } from '../../src/core/time.ts';
import { afterAttempt, type Call, calls, makeCalls, type SendCall, type Sent } from '../../src/delivery/calls.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { createWebhook, readSecret } from '../../src/delivery/webhook.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';

const secret = Buffer.from('a secret of more than twenty-four bytes');
const start = Date.parse('2026-11-24T09:00:00Z');
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on this machine that answers as it is told; `undefined` never answers. */
async function receiver(answers: readonly ({ status: number; headers?: Record<string, string> } | undefined)[]) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const answer = answers[Math.min(heard.length, answers.length - 1)];
      heard.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') });
      if (answer) response.writeHead(answer.status, answer.headers).end('thanks');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=t` };
}

describe('a call', () => {
  it('is signed over id, time and body, so that a receiver can check it', async () => {
    const { heard, url } = await receiver([{ status: 204 }]);
    const clock = movableClock(start, true);
    const body = JSON.stringify({ number: 'REQ-1', state: 'approved', subject: '贡献 “x”' });

    const sent = await createWebhook({ url, secret, clock })({ id: 'req:1/2/approved', body });

    const { headers, body: got } = heard[0] ?? { headers: {}, body: '' };
    const time = String(headers['webhook-timestamp']);
    const expected = createHmac('sha256', secret).update(`req:1/2/approved.${time}.${got}`).digest('base64');
    expect(sent).toEqual({ kind: 'done' });
    expect(got).toBe(body);
    expect(headers['webhook-id']).toBe('req:1/2/approved');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Math.abs(Number(time) - start / 1_000)).toBeLessThan(60);
  });

  it('signs as the specification of Standard Webhooks gives it', () => {
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');

    const signature = signatureOf(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}');

    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it.each([
    ['an error', { status: 500 }, { kind: 'failed', code: 'http_500' }],
    ['a refusal', { status: 401 }, { kind: 'failed', code: 'http_401' }],
    [
      'too many',
      { status: 429, headers: { 'retry-after': '120' } },
      { kind: 'failed', code: 'http_429', waitMs: 120_000 },
    ],
    [
      'a redirect, which is not followed',
      { status: 302, headers: { location: '/other' } },
      { kind: 'failed', code: 'http_302' },
    ],
  ])('is not done with %s', async (_, answer, sent) => {
    const { heard, url } = await receiver([answer]);

    const result = await createWebhook({ url, secret, clock: systemClock })({ id: 'a', body: '{}' });

    expect(result).toEqual(sent);
    expect(heard).toHaveLength(1);
  });

  it('is given up for now when nobody answers, and when nobody is there', async () => {
    const { heard, url } = await receiver([undefined]);
    const clock = movableClock(start);

    const waiting = createWebhook({ url, secret, clock })({ id: 'a', body: '{}' });
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(8_000);
    const nobody = await createWebhook({ url: 'http://127.0.0.1:9', secret, clock: systemClock })({
      id: 'a',
      body: '{}',
    });

    expect(await waiting).toEqual({ kind: 'failed', code: 'timeout' });
    expect(nobody).toMatchObject({ kind: 'failed' });
    expect(JSON.stringify(nobody)).not.toContain('127.0.0.1');
  });
});

describe('calls that wait', () => {
  const say = { kind: 'call', key: 'req:1/2/approved', hook: 'state', id: '1/2/approved' } as const;

  function open(send: SendCall, draw: DrawCall = async (id) => ({ id })) {
    const store = createMemoryStore([calls]);
    const clock = movableClock(start);
    const outbox = createOutbox(store, clock, { calls: true });
    const errors: object[] = [];
    const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => void errors.push(fields) };
    const job = makeCalls({ draw: { state: draw }, send, log });
    return {
      store,
      outbox,
      errors,
      /** Makes what is due; resolves with how many there were. */
      async step(now: number) {
        const due = await store.due(calls, { now, limit: 10 });
        for (const doc of due) await store.commit((await job.run(doc, now)).ops);
        return due.length;
      },
    };
  }

  it('are made once when they arrive, with what is drawn for them', async () => {
    const got: Parameters<SendCall>[0][] = [];
    const house = open(async (call) => {
      got.push(call);
      return { kind: 'done' };
    });
    await house.store.commit(await house.outbox.ops([say, say]));

    await house.step(start);
    await house.step(start + 1_000_000);

    expect(got).toEqual([{ id: 'req:1/2/approved', body: '{"id":"1/2/approved"}' }]);
    expect(await house.store.get(calls, say.key)).toMatchObject({ state: 'done', attempt: 1 });
  });

  it('come again after a crash between the call and its commit, under the same id', async () => {
    const got: string[] = [];
    const house = open(async ({ id }) => {
      got.push(id);
      return { kind: 'done' };
    });
    await house.store.commit(await house.outbox.ops([say]));
    const [doc] = await house.store.due(calls, { now: start, limit: 1 });
    const lost = makeCalls({
      draw: { state: async () => ({}) },
      send: async ({ id }) => {
        got.push(id);
        return { kind: 'done' };
      },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    if (doc) await lost.run(doc, start);

    await house.step(start);

    expect(got).toEqual([say.key, say.key]);
  });

  it('are not made where nothing is drawn, and not kept where no system is told', async () => {
    let made = 0;
    const house = open(
      async () => {
        made += 1;
        return { kind: 'done' };
      },
      async () => undefined,
    );
    const silent = createOutbox(house.store, movableClock(start));
    await house.store.commit(await house.outbox.ops([say]));

    await house.step(start);

    expect(made).toBe(0);
    expect(await silent.ops([say])).toEqual([]);
  });

  it('wait longer each time, as long as they are asked to, and are given up after days, which is logged', async () => {
    const failed: Sent = { kind: 'failed', code: 'http_500' };
    const call: Call = { hook: 'state', subject: 'a', at: start, state: 'pending', attempt: 0, due: start };
    const waits: number[] = [];
    let now = start;
    let last = call;
    while (last.state === 'pending') {
      last = afterAttempt(last, failed, now);
      if (last.state === 'pending') waits.push(last.due - now);
      now = last.due;
    }
    const house = open(async () => failed);
    await house.store.commit(await house.outbox.ops([say]));
    for (let tries = 0; tries < 30; tries += 1) await house.step(start + tries * 24 * 60 * 60_000);

    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBe(10_000);
    expect(now - start).toBeGreaterThan(48 * 60 * 60_000);
    expect(afterAttempt(call, { ...failed, waitMs: 120_000 }, start).due).toBe(start + 120_000);
    expect(house.errors).toEqual([{ id: say.key, code: 'http_500', attempts: 20 }]);
    expect(await house.step(start + 100 * 24 * 60 * 60_000)).toBe(0);
  });
});

describe('the secret', () => {
  it('is read from its file, and refused without being shown', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ospo-webhook-'));
    const [plain, standard, short] = ['plain', 'standard', 'short'].map((name) => join(dir, name));
    await writeFile(plain ?? '', `${secret.toString('utf8')}\n`);
    await writeFile(standard ?? '', `whsec_${secret.toString('base64')}`);
    await writeFile(short ?? '', 'hunter2');

    expect(await readSecret(plain ?? '')).toEqual(secret);
    expect(await readSecret(standard ?? '')).toEqual(secret);
    await expect(readSecret(short ?? '')).rejects.toThrow(/under 24 bytes/);
    await expect(readSecret(short ?? '')).rejects.not.toThrow(/hunter2/);
    await expect(readSecret(join(dir, 'none'))).rejects.toThrow(/ENOENT/);
    await rm(dir, { recursive: true });
  });
});
