import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRequestOffice, type RequestOffice } from './requests.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const minuteMs = 60_000;

/** A call that the receiver took: checked, and read. */
interface Taken {
  readonly id: string;
  readonly told: Readonly<Record<string, unknown>>;
}

let office: RequestOffice;
let workspace: RequestOffice['workspace'];
let folder: string;
let server: Server;
/** What the receiver answers. */
let answer = 204;
let tries = 0;
const taken: Taken[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ospo-webhook-'));
  const secretFile = join(folder, 'webhook.secret');
  await writeFile(secretFile, secret);
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      tries += 1;
      if (answer < 300) take(read(request.headers, Buffer.concat(pieces).toString('utf8')));
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  office = await openRequestOffice(undefined, {
    WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
    WEBHOOK_SECRET_FILE: secretFile,
  });
  ({ workspace } = office);
});
afterAll(async () => {
  await office.stop();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  taken.length = 0;
  tries = 0;
  answer = 204;
  return office.clock.advance(minuteMs);
});
afterEach(() => expect(workspace.complaints).toEqual([]));

/** As a receiver does: the signature over id, time and body with the secret that both have. @throws Error when it is not ours */
function read(headers: Readonly<Record<string, unknown>>, body: string): Taken {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  if (signature !== `v1,${expected}`) throw new Error('somebody else signed this');
  return { id: String(id), told: JSON.parse(body) };
}

/** A receiver gets everything at least once, and knows by the id what it has. */
function take(call: Taken): void {
  if (!taken.some(({ id }) => id === call.id)) taken.push(call);
}

/** What was told of a request, in the order in which it came. */
const heard = (number: string, count: number) =>
  workspace.waitFor(
    () => {
      const all = taken.filter(({ told }) => told.number === number);
      return all.length >= count ? all : undefined;
    },
    { what: `${count} calls about ${number}`, withinMs: 30_000 },
  );

async function approved(name: string): Promise<string> {
  const { employee, lead } = workspace.people;
  const number = await office.ask(employee, name, 'office', 'A word of our own.');
  const card = await office.cardSaying(number, workspace.channels.ospo, name);
  await workspace.as(lead).click(card, 'requests.approve');
  await office.heard(employee, `${number} is approved`);
  return number;
}

describe('another system', () => {
  it('is told of every state, signed, without the words of anybody', async () => {
    const { employee } = workspace.people;

    const number = await approved('told');
    const calls = await heard(number, 2);

    expect(calls.map(({ told }) => told.state)).toEqual(['in_review', 'approved']);
    expect(calls[1]?.told).toMatchObject({
      event: 'request.state',
      type: 'tiny',
      requester: employee,
      keys: expect.arrayContaining(['project:told']),
    });
    expect(JSON.stringify(calls)).not.toContain('A word of our own.');
  });

  it('hears number and state alone of what is confidential', async () => {
    const number = await office.ask(workspace.people.employee, 'hushed', 'secret');

    const [call] = await heard(number, 1);

    expect(Object.keys(call?.told ?? {}).toSorted()).toEqual(['at', 'event', 'number', 'state']);
  });

  it('that fails and comes back gets everything, with the state of that moment', async () => {
    answer = 503;
    const number = await approved('late');
    await workspace.waitFor(() => tries >= 2, { what: 'two tries', withinMs: 30_000 });
    expect(taken).toEqual([]);

    await office.bot.restart();
    answer = 204;
    for (let minutes = 0; minutes < 3; minutes += 1) await office.clock.advance(minuteMs);
    const calls = await heard(number, 2);

    expect(calls.map(({ told }) => told.state).toSorted()).toEqual(['approved', 'in_review']);
  });
});
