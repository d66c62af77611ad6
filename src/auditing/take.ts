import type { KeyObject } from 'node:crypto';
import { type AuditEvent, type AuditHead, auditEvents, auditId, chainOf } from '../core/audit.ts';
import type { Store } from '../core/ports.ts';
import { longest, newestList, readLists, writeList } from './lists.ts';

/** Where lists go, and what signs them. */
export interface ListPlace {
  readonly dir: string;
  /** Private. */
  readonly key: KeyObject;
}

export interface Taken {
  readonly file: string;
  readonly span: 'all' | 'changes';
  /** How many chains it names. */
  readonly heads: number;
  /** Subjects of which the lists before say something that is no longer true. */
  readonly contradicted: readonly string[];
}

// A month: an auditor needs at most so many files, and a chain that was overlooked is named again after so many days.
const mostLists = 31;
// Commits under way when the last list was taken, and clocks that were set back.
const overlapMs = 60 * 60_000;
const page = 500;

/**
 * Writes a list of the heads of all chains, or of those that changed since the list before. What earlier lists say is
 * carried on, so that nothing is forgotten because it is gone from the store.
 * @param now ms
 * @throws OperatorError when the folder or a list before cannot be read
 */
export async function takeHeads(
  store: Store,
  { dir, key }: ListPlace,
  now: number,
  span: 'all' | 'as needed' = 'as needed',
): Promise<Taken> {
  const newest = await newestList(dir);
  const before = newest ? await readLists(newest, key) : undefined;
  const isWhole = !before || before.lists >= mostLists || span === 'all';
  const current = isWhole ? await allHeads(store) : await headsSince(store, before.at - overlapMs);
  const known = before?.heads ?? new Map<string, AuditHead>();
  const contradicted = await contradictedBy(store, known, isWhole ? known.keys() : current.keys());
  // A chain that was written anew must not become the truth by being listed.
  const sound = new Map([...current].filter(([subject]) => !contradicted.includes(subject)));

  const named = isWhole ? longest(known, sound) : grownSince(known, sound);
  // Names sort by time; a clock that was set back must not put a list before its own predecessor.
  const at = Math.max(now, (before?.at ?? 0) + 1);
  const file = await writeList(
    dir,
    {
      at,
      span: isWhole ? 'all' : 'changes',
      previous: before ? { file: before.file, sha256: before.sha256 } : null,
      heads: named,
    },
    key,
  );
  return { file, span: isWhole ? 'all' : 'changes', heads: named.size, contradicted };
}

async function allHeads(store: Store): Promise<ReadonlyMap<string, AuditHead>> {
  const heads = new Map<string, AuditHead>();
  for await (const event of store.scan(auditEvents)) keepLater(heads, event);
  return heads;
}

/** By the index of times: costs what happened since, not what ever happened. */
async function headsSince(store: Store, from: number): Promise<ReadonlyMap<string, AuditHead>> {
  const heads = new Map<string, AuditHead>();
  for (let after: string | undefined; ; ) {
    const query = { key: 'all', from, order: 'asc', limit: page } as const;
    const { docs, next } = await store.list(auditEvents, after ? { ...query, after } : query);
    for (const event of docs) keepLater(heads, event);
    if (!next) return heads;
    after = next;
  }
}

function keepLater(heads: Map<string, AuditHead>, { id, seq, hash }: AuditEvent & { readonly id: string }): void {
  const subject = chainOf(id);
  if (seq > (heads.get(subject)?.length ?? 0)) heads.set(subject, { length: seq, hash });
}

function grownSince(
  known: ReadonlyMap<string, AuditHead>,
  current: ReadonlyMap<string, AuditHead>,
): ReadonlyMap<string, AuditHead> {
  // The overlap names some again.
  return new Map([...current].filter(([subject, head]) => head.length > (known.get(subject)?.length ?? 0)));
}

async function contradictedBy(
  store: Store,
  known: ReadonlyMap<string, AuditHead>,
  subjects: Iterable<string>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const subject of subjects) {
    const head = known.get(subject);
    if (!head) continue;
    const event = await store.get(auditEvents, auditId(subject, head.length));
    if (event?.hash !== head.hash) wrong.push(subject);
  }
  return wrong;
}
