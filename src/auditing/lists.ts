import type { KeyObject } from 'node:crypto';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AuditHead } from '../core/audit.ts';
import { OperatorError } from '../core/errors.ts';
import { formatList, type HeadList, parseList, sealOfList } from './list.ts';

/** Lists laid over each other: where every chain ended when the last of them was taken. */
export interface Listed {
  /** The last one. */
  readonly file: string;
  /** ms */
  readonly at: number;
  readonly heads: ReadonlyMap<string, AuditHead>;
  /** How many lists it took, back to one that names every chain. */
  readonly lists: number;
  /** Seal of the last one. */
  readonly sha256: string;
}

const named = /^heads-\d{8}T\d{9}Z\.jsonl$/;

/** Path of the newest list in a folder, or undefined. @throws OperatorError when the folder cannot be read */
export async function newestList(dir: string): Promise<string | undefined> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    throw failed(dir, `The folder of the lists cannot be read (${error.code}).`, 'Create it, or mend AUDIT_DIR.');
  });
  // The time stands in the name, so the names sort by it.
  const newest = names
    .filter((name) => named.test(name))
    .toSorted()
    .at(-1);
  return newest && join(dir, newest);
}

/**
 * Reads a list, and the ones before it as far as it only names changes.
 * @throws OperatorError when one of them is missing, changed, or signed with another key
 */
export async function readLists(path: string, key: KeyObject): Promise<Listed> {
  const read: HeadList[] = [];
  let last: { readonly at: number; readonly sha256: string } | undefined;
  for (let at: string | undefined = path, expected: string | undefined; at; ) {
    const text = await readText(at);
    const sha256 = sealOfList(text);
    if (expected && sha256 !== expected) {
      throw failed(at, 'This is not the list that the one after it follows.', 'Take the copy that was kept elsewhere.');
    }
    const list = parseList(text, at, key);
    last ??= { at: list.at, sha256 };
    read.push(list);
    const before: HeadList['previous'] = list.span === 'changes' ? list.previous : null;
    at = before ? join(dirname(path), before.file) : undefined;
    expected = before?.sha256;
  }
  const heads = read.reduceRight((known, list) => longest(known, list.heads), new Map<string, AuditHead>());
  return { file: basename(path), at: last?.at ?? 0, sha256: last?.sha256 ?? '', heads, lists: read.length };
}

/** Of each subject the longer chain: a list never takes back what an earlier one said. */
export function longest(
  known: ReadonlyMap<string, AuditHead>,
  more: ReadonlyMap<string, AuditHead>,
): Map<string, AuditHead> {
  const heads = new Map(known);
  for (const [subject, head] of more) {
    if (head.length > (heads.get(subject)?.length ?? 0)) heads.set(subject, head);
  }
  return heads;
}

/** Writes a list under the name of its time, durably and whole or not at all. Returns the name. */
export async function writeList(dir: string, list: HeadList, key: KeyObject): Promise<string> {
  const name = `heads-${new Date(list.at).toISOString().replace(/[-:.]/g, '')}.jsonl`;
  const draft = join(dir, `.${name}.draft`);
  const file = await open(draft, 'w', 0o640);
  try {
    await file.writeFile(formatList(list, key));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(dir, name));
  const folder = await open(dir, 'r');
  await folder.sync().finally(() => folder.close());
  return name;
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const mend = 'Keep all lists since the last one with "span":"all" in one folder.';
    throw failed(path, `The list cannot be read (${error.code}).`, mend);
  });
}

function failed(where: string, problem: string, mend: string): OperatorError {
  return new OperatorError([{ where, problem, mend }]);
}
