import { type AuditPart, appendAudit, auditParts } from '../core/audit.ts';
import { type Doc, type Op, put, remove, type Store } from '../core/ports.ts';
import { auditOwn, erasures, ownSubject, partKey } from './own.ts';
import { walkTrail } from './trail.ts';

/** Whose words and names go. */
export interface Erasing {
  /** The key of the person. */
  readonly person: string;
  /** What else names them in texts of others, e.g. their name. */
  readonly names: readonly string[];
}

/** Parts of one event that go. */
export interface Erasable {
  readonly parts: Doc<AuditPart>;
  readonly names: readonly string[];
}

// Well within the 1,000 operations of a commit, and its event within the 256 kB of a document.
const together = 400;

/**
 * Finds what lies beside the trail of a person: every part of what they did themselves, and of what others did the
 * parts whose text has their key or one of the names in it. What others wrote of a request of theirs stays: it is the
 * reason of a decision.
 */
export async function findErasable(store: Store, erasing: Erasing): Promise<readonly Erasable[]> {
  const mentions = [erasing.person, ...erasing.names].map(patternOf);
  const found: Erasable[] = [];
  for await (const { event, parts } of walkTrail(store)) {
    if (!parts) continue;
    const names = Object.entries(parts.parts)
      .filter(([, { text }]) => event?.actor === erasing.person || mentions.some((pattern) => pattern.test(text)))
      .map(([name]) => name);
    if (names.length > 0) found.push({ parts, names });
  }
  return found;
}

/**
 * Erases what was found. Chains stay whole, since they hold digests only; that it was done is an event of its own, in
 * the same commit and names what went. After an interruption the rest is found again.
 * @param how `by` acts, `name` says in whose name; `now` in ms
 * @returns how many parts went
 */
export async function eraseParts(
  store: Store,
  erasing: Erasing,
  found: readonly Erasable[],
  how: { readonly by: string; readonly name?: string; readonly now: number },
): Promise<number> {
  let erased = 0;
  for (let start = 0; start < found.length; start += together) {
    const some = found.slice(start, start + together);
    const gone = some.flatMap(({ parts, names }) => names.map((name) => partKey(parts.id, name)));
    await store.commit([...some.map(without), ...(await tellOf(store, erasing.person, gone, how))]);
    erased += gone.length;
  }
  return erased;
}

function without({ parts: doc, names }: Erasable): Op {
  const left = Object.entries(doc.parts).filter(([name]) => !names.includes(name));
  return left.length === 0
    ? remove(auditParts, doc)
    : put(auditParts, doc.id, { parts: Object.fromEntries(left) }, doc.version);
}

async function tellOf(
  store: Store,
  person: string,
  parts: readonly string[],
  { by, name, now }: Parameters<typeof eraseParts>[3],
): Promise<readonly Op[]> {
  const own = await store.get(auditOwn, erasures);
  const { ops, head } = appendAudit(ownSubject(erasures), own?.head, {
    at: now,
    kind: 'erased',
    actor: by,
    from: null,
    to: { person, parts },
    ...(name ? { parts: { name } } : {}),
  });
  return [put(auditOwn, erasures, { head }, own?.version ?? 0), ...ops];
}

/** As a word of its own: "Li" is not in "License". Chinese has no gaps between words. */
function patternOf(name: string): RegExp {
  const word = name.trim();
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const before = /^[\p{Script=Latin}\p{N}]/u.test(word) ? '(?<![\\p{Script=Latin}\\p{N}])' : '';
  const after = /[\p{Script=Latin}\p{N}]$/u.test(word) ? '(?![\\p{Script=Latin}\\p{N}])' : '';
  return new RegExp(`${before}${escaped}${after}`, 'iu');
}
