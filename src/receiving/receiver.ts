import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { againOnConflict } from '../core/attempts.ts';
import type { Json } from '../core/canonical-json.ts';
import { OperatorError } from '../core/errors.ts';
import { type Log, type Op, type Outbox, put, type Store, type TakeCall } from '../core/ports.ts';
import { isSigned, type Signed } from '../core/signing.ts';
import type { Clock } from '../core/time.ts';
import { readBody } from './body.ts';
import { hashOf, type Receipt, receipts } from './receipt.ts';

export interface ReceiverDeps {
  /** `/completions` */
  readonly path: string;
  readonly secret: Buffer;
  /** A port of its own; undefined where the server that Slack calls has the path. */
  readonly port: number | undefined;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** Takes signed calls of another system at one path. */
export interface Receiver {
  /** For a server that is there already. */
  readonly route: {
    readonly path: string;
    readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  };
  /** What the calls are for; before that senders are asked to come again. */
  attach(take: TakeCall, outbox: Outbox): void;
  /** Opens its own port, where it has one. @throws OperatorError when that cannot be used */
  start(): Promise<void>;
  /** Takes nothing new and lets go of what has not wholly arrived; what is under way is finished, for at most `deadlineMs`. */
  stop(deadlineMs: number): Promise<void>;
}

/** What a sender gets. */
interface Reply {
  readonly status: number;
  readonly body: Json;
}

const refused = (status: number, error: string): Reply => ({ status, body: { error } });

/** Bytes. A hundred long lines have 40,000. */
export const largestBody = 256 * 1_024;
// Standard Webhooks' own tolerance: clocks differ by seconds, and a call that was listened to is worth nothing afterwards.
const toleranceMs = 5 * 60_000;
// Over a slow line the largest body takes seconds; whoever takes longer keeps a connection busy for nothing.
const arriveWithinMs = 15_000;
// What the store takes in one commit.
const mostOps = 1_000;
const idPattern = /^[\x21-\x7e]{1,200}$/;

export function createReceiver({ path, secret, port, store, clock, log }: ReceiverDeps): Receiver {
  let attached: { readonly take: TakeCall; readonly outbox: Outbox } | undefined;
  let server: Server | undefined;
  let isStopping = false;
  const arriving = new Set<IncomingMessage>();
  const underWay = new Set<Promise<void>>();

  async function answer(request: IncomingMessage): Promise<Reply | undefined> {
    if (isStopping || !attached) return refused(503, 'Not ready: send it again later.');
    const signed = signedBy(request);
    if (!signed) return refused(401, 'webhook-id, webhook-timestamp and webhook-signature are needed.');
    const agoMs = clock.now() - Number(signed.timestamp) * 1_000;
    if (Math.abs(agoMs) > toleranceMs) return refused(401, 'webhook-timestamp is over five minutes off.');
    const body = await arrived(request);
    if (body === 'gone') return undefined;
    if (body === 'large') return refused(413, `The body has more than ${largestBody} bytes. Send fewer in one call.`);
    if (!isSigned(secret, signed, body)) return refused(401, 'webhook-signature does not fit.');
    const said = parse(body);
    if (said === undefined) return refused(400, 'The body is no JSON.');
    const { take, outbox } = attached;
    return againOnConflict(() => takeOnce(signed.id, body, said.json, take, outbox));
  }

  async function arrived(request: IncomingMessage): Promise<Buffer | 'large' | 'gone'> {
    arriving.add(request);
    try {
      return (await readBody(request, largestBody)) ?? 'large';
    } catch {
      return 'gone';
    } finally {
      arriving.delete(request);
    }
  }

  /** Commits what the call changes with its receipt: sent again it changes nothing, and is answered as it was. */
  async function takeOnce(id: string, body: Buffer, json: unknown, take: TakeCall, outbox: Outbox): Promise<Reply> {
    const receipt = `${path.slice(1)}/${id}`;
    const hash = hashOf(body);
    const before = await store.get(receipts, receipt);
    if (before) {
      if (before.body !== hash) return refused(409, 'Another call had this webhook-id. Give every call its own.');
      return { status: before.status, body: before.answer };
    }
    const now = clock.now();
    const { ops, say, answer: said } = await take(json, now);
    // Nothing came of it: the sender mends it or waits, and may send it under the same id.
    if (said.status === 400 || said.status === 503) return said;
    const taken: Receipt = { at: now, body: hash, status: said.status, answer: JSON.parse(JSON.stringify(said.body)) };
    const all: readonly Op[] = [...ops, ...(await outbox.ops(say)), put(receipts, receipt, taken, 0)];
    if (all.length > mostOps) return refused(413, 'This changes too much at once. Send fewer in one call.');
    await store.commit(all);
    log.info({ path, status: said.status, changes: ops.length }, 'a call was taken in');
    return said;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let reply: Reply | undefined;
    try {
      reply = await answer(request);
    } catch (err) {
      log.error({ path, err }, 'a call could not be taken in');
      reply = refused(500, 'This could not be written. Send it again later.');
    }
    if (!reply) return;
    if (reply.status === 401) log.warn({ path }, 'a call without a valid signature was refused');
    send(request, response, reply);
  }

  function track(request: IncomingMessage, response: ServerResponse): void {
    const work = handle(request, response).finally(() => underWay.delete(work));
    underWay.add(work);
  }

  return {
    route: { path, handle: track },
    attach(take, outbox) {
      attached = { take, outbox };
    },
    async start() {
      if (port === undefined) return;
      const own = createServer(
        { requestTimeout: arriveWithinMs, headersTimeout: arriveWithinMs },
        (request, response) => {
          if (pathOf(request) !== path) send(request, response, refused(404, `Calls are taken at ${path}.`));
          else if (request.method !== 'POST') send(request, response, refused(405, 'Calls are sent with POST.'));
          else track(request, response);
        },
      );
      await listen(own, port);
      server = own;
    },
    async stop(deadlineMs) {
      isStopping = true;
      server?.close();
      for (const request of arriving) request.destroy();
      await Promise.race([Promise.all(underWay), clock.sleep(deadlineMs)]);
      server?.closeAllConnections();
    },
  };
}

function signedBy({ headers }: IncomingMessage): Signed | undefined {
  const one = (name: string) => (typeof headers[name] === 'string' ? headers[name] : '');
  const [id, timestamp, signatures] = [one('webhook-id'), one('webhook-timestamp'), one('webhook-signature')];
  const isWhole = idPattern.test(id) && /^\d{1,12}$/.test(timestamp) && signatures !== '';
  return isWhole ? { id, timestamp, signatures } : undefined;
}

/** Read strictly: a signature over bytes that are no text would be one over something else than what is read. */
function parse(body: Buffer): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

/** What has not arrived is read and dropped: a connection that is cut would lose the answer on its way. */
function send(request: IncomingMessage, response: ServerResponse, { status, body }: Reply): void {
  const text = JSON.stringify(body);
  const isWhole = request.complete;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...(isWhole ? {} : { connection: 'close' }),
  });
  response.end(text);
  if (!isWhole) request.resume();
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { code } = error;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') return reject(error);
      const problem = code === 'EACCES' ? 'needs more rights than this process has.' : 'is used by another program.';
      const mend = 'Set COMPLETIONS_PORT to a free port above 1023, or stop the other program.';
      reject(new OperatorError([{ where: `COMPLETIONS_PORT ${port}`, problem, mend }]));
    });
    server.listen(port, resolve);
  });
}
