import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallAnswer, Store, TakeCall } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { deliveryCollections } from '../../src/delivery/sender.ts';
import { forgetReceipts, receipts } from '../../src/receiving/receipt.ts';
import { createReceiver, largestBody, type Receiver } from '../../src/receiving/receiver.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { type RecordedLog, recordLog } from '../delivery/world.ts';
import { freePort } from '../slack/house.ts';
import { keep, letters } from '../slack/letters.ts';
import { headersFor, secret } from './calls.ts';

const start = Date.UTC(2026, 10, 24, 9);
const dayMs = 24 * 60 * 60_000;

let clock: MovableClock;
let store: Store;
let log: RecordedLog;
let receiver: Receiver;
let url: string;
let port: number;
/** What the calls said. */
let heard: unknown[];
let answer: CallAnswer;
let works: () => Promise<void>;

/** Keeps a letter for every call that is no nonsense. */
const take: TakeCall = async (said) => {
  heard.push(said);
  await works();
  const ops = answer.status >= 400 ? [] : [keep(`letter-${heard.length}`)];
  return { ops, say: [], answer };
};

beforeEach(async () => {
  clock = movableClock(start);
  store = createMemoryStore([...deliveryCollections, receipts, letters]);
  log = recordLog();
  heard = [];
  answer = { status: 200, body: { taken: 1 } };
  works = async () => undefined;
  port = await freePort();
  receiver = createReceiver({ path: '/calls', secret, port, store, clock, log });
  receiver.attach(take, createOutbox(store, clock));
  await receiver.start();
  url = `http://127.0.0.1:${port}/calls`;
});
afterEach(() => receiver.stop(1_000));

const body = JSON.stringify({ name: '小梅' });

async function call(id: string, said: string | Buffer = body, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headersFor(id, clock.now(), said), ...headers },
    body: new Uint8Array(Buffer.from(said)),
  });
  return { status: response.status, body: await response.json() };
}

async function kept(): Promise<number> {
  let count = 0;
  for await (const _ of store.scan(letters)) count += 1;
  return count;
}

describe('a signed call', () => {
  it('is handed over as JSON, committed and answered', async () => {
    const replied = await call('a');

    expect(replied).toEqual({ status: 200, body: { taken: 1 } });
    expect(heard).toEqual([{ name: '小梅' }]);
    expect(await kept()).toBe(1);
  });

  it('counts once, however often it is sent, and is answered as the first time', async () => {
    answer = { status: 202, body: { taken: 0 } };
    const first = await call('a');
    answer = { status: 200, body: { taken: 9 } };
    await clock.advance(3 * dayMs);

    const again = await call('a');

    expect([first, again]).toEqual(Array(2).fill({ status: 202, body: { taken: 0 } }));
    expect(heard).toHaveLength(1);
    expect(await kept()).toBe(1);
  });

  it('counts once when it is sent many times at the same moment', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => call('a')));

    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await kept()).toBe(1);
  });

  it('cannot say something else under the same id', async () => {
    await call('a');

    const other = await call('a', '{"name":"other"}');

    expect(other.status).toBe(409);
    expect(await kept()).toBe(1);
  });

  it('is known for a week', async () => {
    await call('a');
    const [receipt] = await store.due(receipts, { now: start + 7 * dayMs, limit: 10 });
    const early = await store.due(receipts, { now: start + 7 * dayMs - 1, limit: 10 });
    const forgotten = receipt && (await forgetReceipts.run(receipt, start + 7 * dayMs));
    await store.commit(forgotten?.ops ?? []);

    expect(early).toEqual([]);
    expect(await store.get(receipts, 'calls/a')).toBeUndefined();
  });

  it.each([
    ['cannot be read', 400],
    ['comes too early', 503],
  ] as const)('that %s leaves nothing, and may be sent again under the same id', async (_, status) => {
    answer = { status, body: { error: 'no' } };
    const refused = await call('a');
    answer = { status: 200, body: {} };

    const mended = await call('a', '{"name":"mended"}');

    expect([refused.status, mended.status]).toEqual([status, 200]);
    expect(await kept()).toBe(1);
  });

  it('is asked for again when it cannot be written', async () => {
    works = async () => {
      throw new Error('the disk is full of 小梅');
    };
    const failed = await call('a');
    works = async () => undefined;

    const again = await call('a');

    expect([failed.status, again.status]).toEqual([500, 200]);
    expect(JSON.stringify(failed)).not.toContain('disk');
    expect(log.lines.map(({ message }) => message)).toContain('a call could not be taken in');
  });

  it('never shows in the log what it said, nor the secret', async () => {
    await call('a');
    await call('b', body, { 'webhook-signature': 'v1,wrong' });

    expect(log.lines).toHaveLength(2);
    expect(JSON.stringify(log.lines)).not.toMatch(/小梅|secret of more/);
  });
});

describe('a call is refused', () => {
  const wrong = (headers: Readonly<Record<string, string>>) => call('a', body, headers);

  it.each<readonly [string, () => Promise<{ readonly status: number }>, number]>([
    ['without a signature', () => wrong({ 'webhook-signature': '' }), 401],
    [
      'with the signature of another secret',
      () => wrong(headersFor('a', start, body, Buffer.from('x'.repeat(40)))),
      401,
    ],
    ['with the signature of another body', () => wrong(headersFor('a', start, `${body} `)), 401],
    ['with the signature of another id', () => wrong({ 'webhook-id': 'b' }), 401],
    ['with a timestamp that is none', () => wrong({ 'webhook-timestamp': 'now' }), 401],
    ['six minutes old', () => wrong(headersFor('a', start - 6 * 60_000, body)), 401],
    ['six minutes ahead', () => wrong(headersFor('a', start + 6 * 60_000, body)), 401],
    ['with an id of two lines', () => wrong({ 'webhook-id': 'a b' }), 401],
    ['that is no JSON', () => call('a', '{"name":'), 400],
    ['that is no text', () => call('a', Buffer.from([0x22, 0xff, 0x22])), 400],
    ['that is too large', () => call('a', `"${'x'.repeat(largestBody)}"`), 413],
  ])('%s', async (_, send, status) => {
    const replied = await send();

    expect(replied.status).toBe(status);
    expect(heard).toEqual([]);
  });

  it('that is too large, though it does not say how large it is', async () => {
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(64 * 1_024));
        if (!isOpen) controller.close();
      },
    });
    let isOpen = true;

    const response = await fetch(url, {
      method: 'POST',
      headers: headersFor('a', start, body),
      body: endless,
      duplex: 'half',
    } as RequestInit & { readonly duplex: 'half' });
    isOpen = false;

    expect(response.status).toBe(413);
    expect(heard).toEqual([]);
  });

  it('whichever byte of it was changed on its way', async () => {
    const headers = headersFor('a', start, body);
    const bytes = Buffer.from(body);

    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const tampered = Buffer.from(bytes);
        tampered[at] = (tampered[at] ?? 0) ^ by;

        const replied = await call('a', tampered, headers);

        expect(replied.status).toBe(401);
      }),
      { seed: 20261122, numRuns: 60 },
    );
    expect(heard).toEqual([]);
  });

  it.each([
    ['at another path', '/other', 'POST', 404],
    ['with another method', '/calls', 'GET', 405],
  ])('%s', async (_, path, method, status) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });

    expect(response.status).toBe(status);
  });

  it('that changes more than one commit takes, as a whole', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => keep(`many-${at}`));
    receiver.attach(async () => ({ ops: many, say: [], answer }), createOutbox(store, clock));

    const replied = await call('a');

    expect(replied.status).toBe(413);
    expect(await kept()).toBe(0);
  });
});

describe('the receiver', () => {
  it('asks to be called later until it knows what the calls are for', async () => {
    const own = await freePort();
    const early = createReceiver({ path: '/calls', secret, port: own, store, clock, log });
    await early.start();
    url = `http://127.0.0.1:${own}/calls`;

    const replied = await call('a');
    await early.stop(1_000);

    expect(replied.status).toBe(503);
  });

  it('says which setting to mend when its port is taken', async () => {
    const second = createReceiver({ path: '/calls', secret, port, store, clock, log });

    await expect(second.start()).rejects.toThrow(`COMPLETIONS_PORT ${port}: is used by another program.`);
  });

  it('finishes what has arrived, and lets go of what has not, when it stops', async () => {
    let open = () => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    works = async () => {
      begun();
      await held;
    };
    const half = fetch(url, {
      method: 'POST',
      headers: headersFor('half', start, body),
      body: new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([0x22])) }),
      duplex: 'half',
    } as RequestInit & { readonly duplex: 'half' }).catch(() => 'cut');
    const whole = call('whole');
    await isBegun;

    const stopping = receiver.stop(60_000);
    open();
    const [cut, replied] = await Promise.all([half, whole, stopping]);

    expect(cut).toBe('cut');
    expect(replied.status).toBe(200);
    expect(await kept()).toBe(1);
  });
});
