import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { auditDaily } from '../../src/auditing/daily.ts';
import { auditOwn, ownSubjects } from '../../src/auditing/own.ts';
import {
  type AuditEntry,
  AuditHead,
  type AuditSubjects,
  appendAudit,
  auditEvents,
  auditParts,
} from '../../src/core/audit.ts';
import {
  type AnyCollection,
  type Collection,
  type Doc,
  type Op,
  put,
  remove,
  type Store,
} from '../../src/core/ports.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';

const Case = z.strictObject({ head: AuditHead.exactOptional(), draft: z.literal(true).exactOptional() });
type Case = z.infer<typeof Case>;

/** Subjects as a feature keeps them. */
export const cases: Collection<Case> = { name: 'case', schema: Case, shape: 1, index: () => [] };
const caseSubjects: AuditSubjects<Case> = {
  collection: cases,
  subjectOf: ({ id, draft }) => (draft ? undefined : `case/${id}`),
  headOf: ({ head }) => head,
};
export const subjects: readonly AuditSubjects<unknown>[] = [caseSubjects, ownSubjects];
export const auditCollections: readonly AnyCollection[] = [auditEvents, auditParts, auditOwn, auditDaily, cases];

export function emptyStore(): Store {
  return createMemoryStore(auditCollections);
}

/** Something happens to a subject, as a feature tells of it: one commit. */
export async function happen(store: Store, id: string, changes: Partial<AuditEntry> = {}): Promise<void> {
  const subject = await store.get(cases, id);
  const entry = { at: 1_000, kind: 'decided', actor: 'U0LEAD', from: 'submitted', to: 'approved', ...changes };
  const { ops, head } = appendAudit(`case/${id}`, subject?.head, entry);
  await store.commit([put(cases, id, { head }, subject?.version ?? 0), ...ops]);
}

export async function all<T>(store: Store, collection: Collection<T>): Promise<readonly Doc<T>[]> {
  const docs: Doc<T>[] = [];
  for await (const doc of store.scan(collection)) docs.push(doc);
  return docs;
}

/** Replaces a document behind the back of those who wrote it; `undefined` removes it. */
export async function forge<T extends object>(
  store: Store,
  collection: Collection<T>,
  id: string,
  to: T | undefined,
): Promise<void> {
  const doc = await store.get(collection, id);
  const version = doc?.version ?? 0;
  const op: Op = to ? put(collection, id, to, version) : remove(collection, { id, version });
  await store.commit([op]);
}

/** A folder with a fresh key, as an operator makes them. */
export async function auditFolder(): Promise<{
  readonly dir: string;
  readonly keyFile: string;
  readonly publicFile: string;
}> {
  const dir = await mkdtemp(join(tmpdir(), 'ospo-audit-'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const keyFile = join(dir, 'audit.key');
  const publicFile = join(dir, 'audit.pub');
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(publicFile, publicKey.export({ type: 'spki', format: 'pem' }));
  return { dir, keyFile, publicFile };
}
