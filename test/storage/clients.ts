import { z } from 'zod';
import { type Collection, type Op, put, remove, type Store } from '../../src/core/ports.ts';

/*
 * Several clients that write at the same time: commit n of a client moves its counter, leaves a record in another
 * collection and clears an old one. What is acknowledged is counted outside the process that writes.
 */

const Counter = z.strictObject({ n: z.number() });
const Record = z.strictObject({ client: z.number(), n: z.number(), text: z.string() });

export const counters: Collection<z.infer<typeof Counter>> = {
  name: 'counter',
  schema: Counter,
  shape: 1,
  index: () => [],
};
const records: Collection<z.infer<typeof Record>> = {
  name: 'record',
  schema: Record,
  shape: 1,
  index: ({ client, n }) => [{ key: `client:${client}`, at: n }],
};
export const collections = [counters, records];

/** Compactions run all the time. */
export const compactAt = 20_000;

// How many records of a client stand.
const kept = 20;

/** The operations of commit n of a client, counted from 1. */
export function clientOps(client: number, n: number): readonly Op[] {
  const gone = n - kept;
  return [
    put(counters, `client/${client}`, { n }, n - 1),
    put(records, recordId(client, n), { client, n, text: `许可证 ${n} `.repeat(10) }, 0),
    ...(gone >= 1 ? [remove(records, { id: recordId(client, gone), version: 1 })] : []),
  ];
}

/** The last commit of a client. @throws Error when the documents are not exactly those of its first n commits */
export async function lastCommit(store: Store, client: number): Promise<number> {
  const counter = await store.get(counters, `client/${client}`);
  const n = counter?.n ?? 0;
  const page = await store.list(records, { key: `client:${client}`, order: 'desc', limit: kept + 1 });
  const found = page.docs.map((doc) => doc.n);
  const expected = Array.from({ length: Math.min(n, kept) }, (_, k) => n - k);
  if ((counter?.version ?? 0) !== n || found.join() !== expected.join()) {
    throw new Error(`client ${client} at ${n} (version ${counter?.version}) has the records ${found.join()}`);
  }
  return n;
}

function recordId(client: number, n: number): string {
  return `${client}/${String(n).padStart(8, '0')}`;
}
