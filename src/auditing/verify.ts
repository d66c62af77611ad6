import {
  type AuditEvent,
  type AuditHead,
  type AuditProblem,
  type AuditSubjects,
  auditId,
  beginChain,
  chainOf,
  changedParts,
  endChain,
  type FollowedChain,
  followChain,
} from '../core/audit.ts';
import type { Doc, Store } from '../core/ports.ts';
import { Erased, erasures, ownSubject, partKey } from './own.ts';
import { walkTrail } from './trail.ts';

/**
 * Beside what breaks a chain: `part changed` text that is not what the event was made with, `part gone` text that is
 * missing though no erasure tells of it, `part alone` text without its event, `no chain` a subject without events, `no subject` events without a subject; and held against a list:
 * `listed, gone`, `listed, cut off` and `listed, changed`.
 */
export type Trouble =
  | AuditProblem['problem']
  | 'part changed'
  | 'part gone'
  | 'part alone'
  | 'no chain'
  | 'no subject'
  | 'listed, gone'
  | 'listed, cut off'
  | 'listed, changed';

/** Something that is not as it was written. */
export interface Finding {
  readonly subject: string;
  /** The event where it begins; 0 where there is none. */
  readonly seq: number;
  readonly trouble: Trouble;
  /** The name of the part. */
  readonly part?: string;
}

export interface Verified {
  readonly events: number;
  readonly chains: number;
  /** In the order of subjects; empty when nothing was found. */
  readonly findings: readonly Finding[];
}

/**
 * Walks every chain, and holds it against the head that its subject keeps and the one that was listed.
 * Memory grows with the number of chains, not of events.
 * @param listed heads of an earlier day, by subject: what they say must still be true
 */
export async function verifyAudit(deps: {
  readonly store: Store;
  readonly subjects: readonly AuditSubjects<unknown>[];
  readonly listed?: ReadonlyMap<string, AuditHead>;
}): Promise<Verified> {
  const { store, subjects, listed = new Map<string, AuditHead>() } = deps;
  const chains = new Map<string, FollowedChain>();
  const confirmed = new Set<string>();
  const findings: Finding[] = [];
  const gone = new Map<string, Finding>();
  const erased = new Set<string>();
  let events = 0;

  for await (const { event, parts } of walkTrail(store)) {
    if (!event) {
      findings.push({ subject: chainOf(parts.id), seq: seqOf(parts.id), trouble: 'part alone' });
      continue;
    }
    events += 1;
    const subject = chainOf(event.id);
    const chain = follow(chains.get(subject) ?? beginChain(subject), event);
    chains.set(subject, chain);
    const promise = listed.get(subject);
    if (chain.length === promise?.length && chain.hash === promise.hash) confirmed.add(subject);
    for (const part of changedParts(event, parts)) {
      findings.push({ subject, seq: event.seq, trouble: 'part changed', part });
    }
    for (const part of Object.keys(event.digests).filter((name) => !parts?.parts[name])) {
      gone.set(partKey(event.id, part), { subject, seq: event.seq, trouble: 'part gone', part });
    }
    if (subject === ownSubject(erasures)) for (const key of erasedBy(event)) erased.add(key);
  }
  for (const [key, finding] of gone) if (!erased.has(key)) findings.push(finding);

  findings.push(...(await compareSubjects(store, subjects, chains)));
  for (const [subject, head] of listed) {
    if (!confirmed.has(subject)) findings.push(...compareListed(subject, head, chains.get(subject)));
  }
  return { events, chains: chains.size, findings: findings.toSorted(bySubject) };
}

/** An event that lies under another id than its own is not of this chain. */
function follow(chain: FollowedChain, event: Doc<AuditEvent>): FollowedChain {
  if (event.id === auditId(chain.subject, event.seq)) return followChain(chain, event);
  return { ...chain, problem: chain.problem ?? { seq: chain.length + 1, problem: 'foreign' } };
}

function erasedBy(event: AuditEvent): readonly string[] {
  return Erased.safeParse(event.to).data?.parts ?? [];
}

async function compareSubjects(
  store: Store,
  subjects: readonly AuditSubjects<unknown>[],
  chains: ReadonlyMap<string, FollowedChain>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const found = new Set<string>();
  for (const { collection, subjectOf, headOf } of subjects) {
    for await (const doc of store.scan(collection)) {
      const subject = subjectOf(doc);
      if (subject === undefined) continue;
      found.add(subject);
      const chain = chains.get(subject);
      const problem = chain && endChain(chain, headOf(doc));
      if (!chain) findings.push({ subject, seq: 0, trouble: 'no chain' });
      else if (problem) findings.push({ subject, seq: problem.seq, trouble: problem.problem });
    }
  }
  for (const [subject, { problem }] of chains) {
    if (found.has(subject)) continue;
    if (problem) findings.push({ subject, seq: problem.seq, trouble: problem.problem });
    findings.push({ subject, seq: 0, trouble: 'no subject' });
  }
  return findings;
}

function compareListed(subject: string, head: AuditHead, chain: FollowedChain | undefined): readonly Finding[] {
  if (!chain) return [{ subject, seq: 0, trouble: 'listed, gone' }];
  // It breaks before the listed event: that is said already.
  if (chain.problem && chain.length < head.length) return [];
  if (chain.length < head.length) return [{ subject, seq: chain.length + 1, trouble: 'listed, cut off' }];
  return [{ subject, seq: head.length, trouble: 'listed, changed' }];
}

function seqOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('/') + 1)) || 0;
}

function bySubject(a: Finding, b: Finding): number {
  return a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.seq - b.seq;
}
