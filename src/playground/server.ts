import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../core/time.ts';
import type { ApiFault } from './faults.ts';
import { answerFile, receiveUpload } from './file-host.ts';
import { type Fields, fieldsOf, parseJson } from './json.ts';
import { answerResponseUrl } from './response-url.ts';
import type { SocketSide } from './socket.ts';
import { callMethod, recordCall } from './web-api.ts';
import type { World } from './world.ts';

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

function bearer(request: IncomingMessage): string | undefined {
  return request.headers.authorization?.replace(/^Bearer /, '');
}

/** Arguments from the query and the body; `undefined` for a body of a type that Slack does not read. */
function argumentsOf(request: IncomingMessage, url: URL, body: Buffer): Fields | undefined {
  const query = Object.fromEntries(url.searchParams);
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
  if (body.length === 0) return query;
  if (type === 'application/json') return { ...query, ...fieldsOf(parseJson(body.toString())) };
  if (type === 'application/x-www-form-urlencoded') {
    return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) };
  }
  return undefined;
}

function answerJson(
  response: ServerResponse,
  answer: Fields,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(answer));
}

/** Carries out a fault that keeps the call from being done; false when the call goes on. */
function refuseByFault(response: ServerResponse, fault: ApiFault | undefined): boolean {
  switch (fault?.kind) {
    case 'rate_limited':
      answerJson(response, { ok: false, error: 'ratelimited' }, 429, {
        'retry-after': String(fault.retryAfterSeconds),
      });
      return true;
    case 'http_500':
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('Internal Server Error');
      return true;
    case 'error':
      answerJson(response, { ok: false, error: fault.error });
      return true;
    case 'unknown_method':
      answerJson(response, { ok: false, error: 'unknown_method' });
      return true;
    case 'hang':
      return true;
    default:
      return false;
  }
}

function errorOf(fault: ApiFault): { readonly error?: string } {
  if (fault.kind === 'error') return { error: fault.error };
  if (fault.kind === 'rate_limited') return { error: 'ratelimited' };
  return fault.kind === 'unknown_method' ? { error: fault.kind } : {};
}

function answerTooFast(world: World, response: ServerResponse, name: string, args: Fields, waitSeconds: number): void {
  const { token: _, ...visible } = args;
  recordCall(world, name, visible, { error: 'ratelimited' });
  world.signal.changed();
  answerJson(response, { ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(waitSeconds) });
}

async function answerMethod(world: World, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const name = url.pathname.slice('/api/'.length);
  const args = argumentsOf(request, url, await readBody(request));
  const fault = world.faults.api.take(name);
  if (fault?.kind === 'slow') await systemClock.sleep(fault.ms);
  if (args === undefined) return answerJson(response, { ok: false, error: 'invalid_post_type' });
  if (refuseByFault(response, fault)) {
    const { token: _, ...visible } = args;
    if (fault) recordCall(world, name, visible, { ...errorOf(fault), fault: fault.kind });
    world.signal.changed();
    return;
  }
  const waitSeconds = world.pace?.take(name, args) ?? 0;
  if (waitSeconds > 0) return answerTooFast(world, response, name, args, waitSeconds);
  const token = bearer(request) ?? (typeof args.token === 'string' ? args.token : undefined);
  const answer = callMethod(world, name, args, token, fault?.kind);
  if (fault?.kind === 'lost_answer') return void request.socket.destroy();
  if (fault?.kind === 'broken_body') {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    return void response.end(JSON.stringify(answer).slice(0, 9));
  }
  answerJson(response, answer, 200, { 'x-oauth-scopes': [...world.installation.scopes].join(',') });
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith('/api/')) return answerMethod(world, request, response, url);
  if (url.pathname.startsWith('/upload/')) {
    return receiveUpload(world, request, response, url, await readBody(request));
  }
  if (url.pathname.startsWith('/files/')) return answerFile(world, response, url, bearer(request));
  if (url.pathname.startsWith('/response/')) {
    const { status, body } = answerResponseUrl(
      world,
      url.pathname.slice('/response/'.length),
      parseJson((await readBody(request)).toString()),
    );
    response.writeHead(status, { 'content-type': 'text/plain' });
    return void response.end(body);
  }
  response.writeHead(404);
  response.end();
}

export interface HttpSide {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves the Web API, response URLs, file uploads and downloads, and upgrades to Socket Mode. Loopback only. */
export async function startServer(world: World, sockets: SocketSide, port: number): Promise<HttpSide> {
  const server: Server = createServer((request, response) => {
    answer(world, request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  // Node would close a connection that idled for five seconds just when a client takes it up again: a fault nobody injected.
  server.keepAliveTimeout = 0;
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
