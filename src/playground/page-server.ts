import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../core/time.ts';
import type { Bundle } from './bundle.ts';

/** What answers under /api: gets the parsed body of a POST and the query, returns what becomes JSON. */
export type Routes = Readonly<Record<string, (query: URLSearchParams, body: unknown) => unknown>>;

export interface PageServer {
  readonly url: string;
  stop(): Promise<void>;
}

interface Deps {
  readonly bundle: Bundle;
  readonly routes: Routes;
  /** Content of a file in the workspace, for somebody who may open it. */
  file(id: string, person: string): { readonly mimetype: string; readonly content: Buffer } | undefined;
  onChange(wake: () => void): () => void;
  /** 0 takes a free one. */
  readonly port: number;
}

// One message to the page for a burst of changes; shorter than anybody notices.
const gatherMs = 25;
// A file of a few megabytes in base64; the playground is no place for more.
const bodyLimit = 8_000_000;

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Playground workspace</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='9' fill='%230f766e'/%3E%3Ccircle cx='16' cy='16' r='6' fill='none' stroke='white' stroke-width='4'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="root"></div>
<script type="module" src="/page.js"></script>
</body>
</html>
`;

/** Serves the page and its API on the loopback interface. */
export async function startPageServer({ bundle, routes, file, onChange, port }: Deps): Promise<PageServer> {
  const assets: Readonly<Record<string, readonly [type: string, content: string]>> = {
    '/': ['text/html', html],
    '/page.js': ['text/javascript', bundle.script],
    '/page.css': ['text/css', bundle.style],
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isLocal(request)) return send(response, 403, 'text/plain', 'Open the playground by its own address.');
    const asset = assets[url.pathname];
    if (asset) return send(response, 200, asset[0], asset[1]);
    if (url.pathname === '/api/changes') return follow(response);
    if (url.pathname.startsWith('/files/')) return sendFile(response, url);
    const route = routes[url.pathname];
    if (!route) return send(response, 404, 'text/plain', 'There is nothing here.');
    const body = request.method === 'POST' ? await readJson(request) : undefined;
    send(response, 200, 'application/json', JSON.stringify((await route(url.searchParams, body)) ?? null));
  }

  function follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('data: open\n\n');
    let gathering = false;
    const off = onChange(async () => {
      if (gathering) return;
      gathering = true;
      await systemClock.sleep(gatherMs);
      gathering = false;
      response.write('data: changed\n\n');
    });
    response.on('close', off);
  }

  function sendFile(response: ServerResponse, url: URL): void {
    const found = file(url.pathname.slice('/files/'.length), url.searchParams.get('as') ?? '');
    if (!found) {
      // Slack, too, tells nobody whether a file that they may not open is there.
      send(response, 404, 'text/plain', 'This file is gone, or not shared with you.');
      return;
    }
    // Whatever a file claims to be, the browser saves it instead of running it.
    response.writeHead(200, { 'content-type': found.mimetype, 'content-disposition': 'attachment' });
    response.end(found.content);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) send(response, 400, 'application/json', JSON.stringify({ kind: 'refused', why }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// Another site in the same browser may neither act here nor read under a name that it points at this machine.
function isLocal({ headers, method }: IncomingMessage): boolean {
  const host = headers.host?.split(':')[0];
  const own = host === '127.0.0.1' || host === 'localhost';
  return own && (method !== 'POST' || headers['content-type'] === 'application/json');
}

function send(response: ServerResponse, status: number, type: string, content: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(content);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk as Uint8Array);
    size += part.length;
    if (size > bodyLimit) throw new Error('That is too large for the playground.');
    chunks.push(part);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}
