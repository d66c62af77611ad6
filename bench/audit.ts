import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { exportAudit } from '../src/auditing/export.ts';
import { walkTrail } from '../src/auditing/trail.ts';
import { verifyAudit } from '../src/auditing/verify.ts';
import { AuditHead, type AuditSubjects, appendAudit, auditEvents, auditParts } from '../src/core/audit.ts';
import { type Collection, type Op, put } from '../src/core/ports.ts';
import { initStore, openStore } from '../src/storage/file-store.ts';

/*
 * Verifying the audit trail, as a ratio to reading the same documents without looking at them: the ratio says something
 * about the code, the rest is the machine. Run: npx tsx bench/audit.ts [events, e.g. 100000]
 */

const Request = z.strictObject({ head: AuditHead });
type Request = z.infer<typeof Request>;
const requests: Collection<Request> = { name: 'request', schema: Request, shape: 1, index: () => [] };
const subjects: AuditSubjects<Request> = {
  collection: requests,
  subjectOf: ({ id }) => id,
  headOf: ({ head }) => head,
};
const collections = [auditEvents, auditParts, requests];

// A request has about ten events; every third carries what somebody wrote.
const eventsEach = 10;
const comment = 'Ships inside the desktop client, linked statically, unmodified. 我们只在内部使用。';

function history(id: string): readonly Op[] {
  const ops: Op[] = [];
  let head: AuditHead | undefined;
  for (let n = 0; n < eventsEach; n += 1) {
    const next = appendAudit(id, head, {
      at: 1_760_000_000_000 + n * 1000,
      kind: 'decided',
      actor: `U${n}`,
      from: { state: 'review', stage: n },
      to: {
        state: 'review',
        stage: n + 1,
        reviewers: ['U1', 'U2', 'U3'],
        answers: { license: 'Apache-2.0', ship: true },
      },
      versions: { policy: '0'.repeat(64), form: '0'.repeat(64) },
      ...(n % 3 === 0 ? { parts: { comment } } : {}),
    });
    ops.push(...next.ops);
    head = next.head;
  }
  return head ? [...ops, put(requests, id, { head }, 0)] : ops;
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1000;
}

const count = Number(process.argv[2] ?? 100_000);
const dir = await mkdtemp(join(tmpdir(), 'bench-audit-'));
try {
  await initStore(dir);
  const filled = await openStore(dir, { collections });
  for (let n = 0; n < count / eventsEach; n += 1) await filled.commit(history(`req/${String(n).padStart(8, '0')}`));
  await filled.close();

  const store = await openStore(dir, { collections, mode: 'read' });
  const read = async () => {
    for await (const step of walkTrail(store)) void step;
    for await (const doc of store.scan(requests)) void doc;
  };
  await read();
  const reading = await seconds(read);
  const verifying = await seconds(() => verifyAudit({ store, subjects: [subjects] }));
  const exporting = await seconds(async () => {
    for await (const piece of exportAudit(store, {}, 'csv')) void piece;
  });
  const { events, findings } = await verifyAudit({ store, subjects: [subjects] });
  if (findings.length > 0) throw new Error('The bench wrote a trail that does not hold.');
  const row = (name: string, s: number) => ({
    name,
    s: Number(s.toFixed(2)),
    'of reading': `${(s / reading).toFixed(1)}x`,
  });
  console.log(`${events} events`);
  console.table([row('read', reading), row('verify', verifying), row('export', exporting)]);
} finally {
  await rm(dir, { recursive: true });
}
