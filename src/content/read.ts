import { createHash } from 'node:crypto';
import type { ContentKind, RawItem } from '../core/content.ts';
import type { Finding } from '../core/findings.ts';
import type { LayerFile } from './layer.ts';
import { type FileName, parseFileName } from './path.ts';
import { decodeText, type Outcome, parseMarkdown, parseYaml } from './text.ts';

/** What a file contributes under a key. `broken`: something is there, but not usable, and no good version is known. */
interface Entry {
  /** `<id>`, or `<id>/<variant>/<locale>` for Markdown. */
  readonly key: string;
  /** Items that share what one of them says: all languages of a topic. */
  readonly group: string;
  readonly use: { readonly item: unknown } | 'hidden' | 'broken';
}

/** A file as it was last read. */
export interface FileState {
  /** Hex SHA-256 of the bytes; empty for a file that could not be read. */
  readonly hash: string;
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
}

/**
 * Reads a file of a kind. What is broken keeps the entry that `previous` had, and its findings say so.
 * The same bytes give `previous` back.
 */
export function readContentFile(
  kind: ContentKind<unknown>,
  file: LayerFile,
  previous: FileState | undefined,
): FileState {
  const parsedName = parseFileName(kind, file.path);
  if ('finding' in parsedName) return { hash: '', entries: [], findings: [parsedName.finding] };
  const { name } = parsedName;
  const fileKeys = kind.match === 'list' ? [] : [keyOf(name)];

  if ('refused' in file)
    return withoutContent('', [{ file: file.path, ...file.refused, fatal: true }], name, fileKeys, previous);
  const hash = hashOf(file.bytes);
  if (previous?.hash === hash) return previous;

  const raws = readRawItems(kind, name, file.path, file.bytes, hash);
  if ('findings' in raws) return withoutContent(hash, raws.findings, name, fileKeys, previous);
  return parseAll(kind, raws.value, hash, previous);
}

// A layer gives the same bytes as long as a file did not change.
const hashes = new WeakMap<Uint8Array, string>();

function hashOf(bytes: Uint8Array): string {
  const hash = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, hash);
  return hash;
}

type Raw = RawItem | { readonly finding: Finding };

function readRawItems(
  kind: ContentKind<unknown>,
  name: FileName,
  path: string,
  bytes: Uint8Array,
  hash: string,
): Outcome<readonly Raw[]> {
  const text = decodeText(bytes, path);
  if ('findings' in text) return text;
  const base = { ...name, file: path, hash };

  if (kind.match === 'markdown') {
    const parsed = parseMarkdown(text.value, path);
    return 'findings' in parsed ? parsed : { value: [{ ...base, ...parsed.value }] };
  }
  const data = parseYaml(text.value, path);
  if ('findings' in data) return data;
  if (kind.match === 'yaml') return { value: [{ ...base, data: data.value, body: '' }] };

  const list = listIn(data.value);
  if (!list) {
    const problem = 'The file does not hold a list.';
    return { findings: [{ file: path, problem, mend: 'Write entries that start with a hyphen.', fatal: true }] };
  }
  return { value: list.map((entry, index) => rawEntry(entry, index, kind.key ?? 'id', path, hash)) };
}

/** A bare list, or the one under the only key of a mapping. An empty file is an empty list. */
function listIn(data: unknown): readonly unknown[] | undefined {
  if (data === null) return [];
  if (Array.isArray(data)) return data;
  if (typeof data !== 'object') return undefined;
  const values = Object.values(data);
  return values.length === 1 && Array.isArray(values[0]) ? values[0] : undefined;
}

function rawEntry(data: unknown, index: number, keyField: string, file: string, hash: string): Raw {
  const id = fieldOf(data, keyField);
  if (typeof id === 'string' && id !== '') return { id, file, hash, data, body: '' };
  const problem = `Entry ${index + 1} has no ${keyField}.`;
  return { finding: { file, field: String(index), problem, mend: `Give it a ${keyField}.`, fatal: true } };
}

function parseAll(
  kind: ContentKind<unknown>,
  raws: readonly Raw[],
  hash: string,
  previous: FileState | undefined,
): FileState {
  const entries = new Map<string, Entry>();
  const findings: Finding[] = [];
  for (const raw of raws) {
    if ('finding' in raw) {
      findings.push(raw.finding);
      continue;
    }
    const key = keyOf(raw);
    if (entries.has(key)) {
      findings.push({
        file: raw.file,
        field: raw.id,
        problem: `${raw.id} is there twice in this file.`,
        mend: 'Remove one of them; the first is used.',
        fatal: true,
      });
      continue;
    }
    if (fieldOf(raw.data, 'disabled') === true) {
      entries.set(key, { key, group: groupOf(raw), use: 'hidden' });
      continue;
    }
    const parsed = kind.parse(raw);
    const kept = previous?.entries.find((entry) => entry.key === key && entry.use !== 'broken');
    if (parsed.item !== undefined) {
      entries.set(key, { key, group: groupOf(raw), use: { item: parsed.item } });
      for (const finding of parsed.findings) findings.push(finding);
    } else {
      entries.set(key, kept ?? { key, group: groupOf(raw), use: 'broken' });
      for (const finding of parsed.findings) findings.push(withConsequence(finding, kept !== undefined));
    }
  }
  return { hash, entries: [...entries.values()], findings };
}

/** The state of a file whose text cannot be used at all. A list that was never read has unknown entries: none. */
function withoutContent(
  hash: string,
  findings: readonly Finding[],
  name: FileName,
  keys: readonly string[],
  previous: FileState | undefined,
): FileState {
  const entries = previous?.entries ?? keys.map((key): Entry => ({ key, group: groupOf(name), use: 'broken' }));
  const kept = entries.some((entry) => entry.use !== 'broken');
  return { hash, entries, findings: findings.map((finding) => withConsequence(finding, kept)) };
}

function withConsequence(finding: Finding, kept: boolean): Finding {
  if (!finding.fatal) return finding;
  const consequence = kept ? 'Until then its last good version is used.' : 'Until then it is left out.';
  return { ...finding, mend: `${finding.mend} ${consequence}` };
}

function keyOf(name: FileName): string {
  return name.locale ? `${groupOf(name)}/${name.locale}` : name.id;
}

function groupOf(name: FileName): string {
  return `${name.id}/${name.variant ?? ''}`;
}

function fieldOf(data: unknown, field: string): unknown {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, field)) return undefined;
  return Reflect.get(data, field);
}
