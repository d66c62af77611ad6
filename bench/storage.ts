import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { z } from 'zod';
import { type Collection, put, type Store } from '../src/core/ports.ts';
import { initStore, openStore } from '../src/storage/file-store.ts';

/*
 * How the store behaves as it grows, beside lowdb's own JSONFile adapter in the same run on the same disk: only the ratio
 * says something about the code, the rest is the machine. Run: npx tsx bench/storage.ts [sizes, e.g. 1000,10000]
 */

const Request = z.strictObject({
  state: z.string(),
  at: z.number(),
  due: z.number().nullable(),
  requester: z.string(),
  fields: z.record(z.string(), z.string()),
  history: z.array(z.strictObject({ at: z.number(), by: z.string(), what: z.string() })),
});
type Request = z.infer<typeof Request>;

const requests: Collection<Request> = {
  name: 'request',
  schema: Request,
  shape: 1,
  index: (doc) => [
    { key: `state:${doc.state}`, at: doc.at },
    { key: `by:${doc.requester}`, at: doc.at },
  ],
  due: (doc) => doc.due,
};

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

// About 600 bytes as JSON: a request with its reasons and a short history.
function request(n: number): Request {
  const what = 'Ships inside the desktop client, linked statically, unmodified. 我们只在内部使用。'.repeat(3);
  return {
    state: ['draft', 'review', 'done'][n % 3] ?? 'draft',
    at: 1_760_000_000_000 + n * 1000,
    due: n % 3 === 1 ? 1_760_000_000_000 + n : null,
    requester: `U${n % 500}`,
    fields: { license: 'Apache-2.0', component: `component-${n}`, why: what },
    history: [
      { at: n, by: `U${n % 500}`, what: 'created' },
      { at: n + 1, by: 'U1', what: 'routed to the desk' },
    ],
  };
}

function id(n: number): string {
  return `req/${String(n).padStart(8, '0')}`;
}

async function measure(clients: number, total: number, work: (n: number) => Promise<unknown>): Promise<Measured> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  async function client(): Promise<void> {
    while (next < total) {
      const n = next;
      next += 1;
      const start = performance.now();
      await work(n);
      times.push(performance.now() - start);
    }
  }
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - began) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { perSecond: total / seconds, p50: at(0.5), p99: at(0.99) };
}

async function fill(store: Store, size: number): Promise<void> {
  for (let start = 0; start < size; start += 500) {
    const ids = Array.from({ length: Math.min(500, size - start) }, (_, n) => start + n);
    await store.commit(ids.map((n) => put(requests, id(n), request(n), 0)));
  }
}

interface Figures {
  readonly openMs: number;
  readonly alone: Measured;
  readonly together: Measured;
  readonly three: Measured;
  readonly get: Measured;
  readonly list: Measured;
  readonly bytes: number;
}

async function measureStore(dir: string, size: number, count: number): Promise<Figures> {
  await initStore(dir);
  const filled = await openStore(dir, { collections: [requests] });
  await fill(filled, size);
  await filled.close();

  const beforeOpen = performance.now();
  const store = await openStore(dir, { collections: [requests] });
  const openMs = performance.now() - beforeOpen;
  // Whose turn it is decides the document, so that clients never meet on one.
  const versions = new Map<number, number>();
  async function change(n: number): Promise<void> {
    const which = (n * 7919) % size;
    const version = versions.get(which) ?? 1;
    versions.set(which, version + 1);
    await store.commit([put(requests, id(which), request(n), version)]);
  }
  const alone = await measure(1, count, change);
  const together = await measure(20, count * 4, change);
  const three = await measure(1, count, async (n) => {
    const other = (offset: number) => put(requests, `${id(n)}/${offset}`, request(n), 0);
    await store.commit([other(1), other(2), other(3)]);
  });
  const get = await measure(1, 5000, (n) => store.get(requests, id((n * 7919) % size)));
  const list = await measure(1, 1000, (n) => store.list(requests, { key: `by:U${n % 500}`, order: 'desc', limit: 20 }));
  await store.close();
  return { openMs, alone, together, three, get, list, bytes: await folderBytes(dir) };
}

interface Stock {
  readonly alone: Measured;
  readonly together: Measured;
}

async function measureStock(path: string, size: number): Promise<Stock> {
  const documents = Object.fromEntries(Array.from({ length: size }, (_, n) => [id(n), request(n)]));
  const db = new Low(new JSONFile<Record<string, Request>>(path), documents);
  await db.write();
  // Every write rewrites the file: few are enough, and at 100,000 documents each takes half a second.
  const count = Math.max(10, Math.min(300, Math.round(300_000 / size)));
  const change = async (n: number) => {
    db.data[id((n * 7919) % size)] = request(n);
    await db.write();
  };
  return { alone: await measure(1, count, change), together: await measure(20, count * 2, change) };
}

function format({ perSecond, p50, p99 }: Measured): string {
  return `${Number(perSecond.toPrecision(3))}/s, ${Number(p50.toPrecision(2))} / ${Number(p99.toPrecision(2))} ms`;
}

function toRow(size: number, ours: Figures, stock: Stock): Record<string, string | number> {
  const times = (a: Measured, b: Measured) => `${Math.round(a.perSecond / b.perSecond)}x`;
  return {
    documents: size,
    'open (ms)': Math.round(ours.openMs),
    'disk (MB)': Number((ours.bytes / 1e6).toFixed(1)),
    '1 client': format(ours.alone),
    'stock, 1': format(stock.alone),
    'ratio, 1': times(ours.alone, stock.alone),
    '20 clients': format(ours.together),
    'stock, 20': format(stock.together),
    'ratio, 20': times(ours.together, stock.together),
    '3 inserts': format(ours.three),
    get: format(ours.get),
    'list 20': format(ours.list),
  };
}

async function folderBytes(dir: string): Promise<number> {
  const sizes = await Promise.all((await readdir(dir)).map(async (name) => (await stat(join(dir, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const sizes = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number);
const root = await mkdtemp(join(tmpdir(), 'bench-storage-'));
try {
  const rows: Record<string, string | number>[] = [];
  for (const size of sizes) {
    const dir = join(root, `store-${size}`);
    const ours = await measureStore(dir, size, 4000);
    const stock = await measureStock(join(root, `stock-${size}.json`), size);
    rows.push(toRow(size, ours, stock));
  }
  // One table a size: all in one are wider than a terminal.
  for (const row of rows) console.table(row);
} finally {
  await rm(root, { recursive: true });
}
