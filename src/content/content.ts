import { createHash } from 'node:crypto';
import type { ContentItems, ContentKind } from '../core/content.ts';
import type { Finding } from '../core/findings.ts';
import { finishInTurn, inSteps, type Steps } from '../core/steps.ts';
import type { Layer, LayerFile } from './layer.ts';
import { below, isSafePath, kindOfFile, looksLikeContent } from './path.ts';
import { type FileState, readContentFile } from './read.ts';

/** One state of all content; replaced as a whole. */
export interface Content extends ContentItems {
  /** Every mistake found, sorted by file. */
  readonly findings: readonly Finding[];
  /** Hex SHA-256 over all files and what keeps them from being read; equal for equal content. */
  readonly fingerprint: string;
}

export interface ContentLoader {
  /**
   * Reads everything anew, in turns with whatever else there is to do. Never throws for a mistake in content: findings tell,
   * and what was good before stays in use. When nothing has changed since the same day, what it gave before comes again.
   * @param now milliseconds since 1970
   */
  load(now: number): Promise<Content>;
}

/**
 * @param layers later ones win per id, variant and language; `disabled: true` hides what lies below
 */
export function createContentLoader(layers: readonly Layer[], kinds: readonly ContentKind<unknown>[]): ContentLoader {
  // What each layer held when it was last read, by path: the last good version of everything.
  let known: readonly LayerState[] = layers.map((layer) => ({ layer, files: new Map(), findings: [] }));
  let last: { readonly of: readonly LayerState[]; readonly day: number; readonly content: Content } | undefined;

  return {
    async load(now) {
      known = await Promise.all(known.map((state) => readLayer(state, kinds)));
      // Checks compare dates.
      const day = Math.floor(now / dayMs);
      if (last?.day === day && last.of.every((state, at) => state === known[at])) return last.content;
      const of = known;
      const content = await finishInTurn(assemble(of, kinds, now));
      last = { of, day, content };
      return content;
    },
  };
}

const dayMs = 24 * 60 * 60_000;

/** Reads content once, for the command line and tests; see `createContentLoader` and `ContentLoader.load`. */
export function loadContent(options: {
  readonly layers: readonly Layer[];
  readonly kinds: readonly ContentKind<unknown>[];
  readonly now: number;
}): Promise<Content> {
  return createContentLoader(options.layers, options.kinds).load(options.now);
}

interface LayerState {
  readonly layer: Layer;
  readonly files: ReadonlyMap<string, { readonly kind: ContentKind<unknown>; readonly state: FileState }>;
  readonly findings: readonly Finding[];
}

/** The very state of before when nothing changed. */
async function readLayer(before: LayerState, kinds: readonly ContentKind<unknown>[]): Promise<LayerState> {
  const found = await filesOf(before.layer, kinds);
  if ('finding' in found) return { ...before, findings: [found.finding] };
  const state = await finishInTurn(readFiles(found.files, before, kinds));
  return isSame(state, before) ? before : state;
}

// What did not change is looked up in microseconds, what did takes a millisecond to read.
const unchangedAtOnce = 32;

function* readFiles(
  found: Iterable<LayerFile>,
  { layer, files: known }: LayerState,
  kinds: readonly ContentKind<unknown>[],
): Steps<LayerState> {
  const files = new Map<string, { readonly kind: ContentKind<unknown>; readonly state: FileState }>();
  const findings: Finding[] = [];
  let unchanged = 0;
  for (const file of found) {
    const before = known.get(file.path);
    const kind = before?.kind ?? (isSafePath(file.path) ? kindOfFile(file.path, kinds) : undefined);
    if (!kind) {
      findings.push(notRead(file.path));
      continue;
    }
    const state = readContentFile(kind, file, before?.state);
    files.set(file.path, before?.state === state ? before : { kind, state });
    unchanged = before?.state === state ? unchanged + 1 : unchangedAtOnce;
    if (unchanged < unchangedAtOnce) continue;
    unchanged = 0;
    yield;
  }
  return { layer, files, findings };
}

function isSame(a: LayerState, b: LayerState): boolean {
  if (a.files.size !== b.files.size || JSON.stringify(a.findings) !== JSON.stringify(b.findings)) return false;
  for (const [path, file] of a.files) if (b.files.get(path) !== file) return false;
  return true;
}

/** The files of all folders that some kind reads, each once; in the top folder only the files that kinds name. */
async function filesOf(
  layer: Layer,
  kinds: readonly ContentKind<unknown>[],
): Promise<{ readonly files: Iterable<LayerFile> } | { readonly finding: Finding }> {
  const named = new Set(kinds.flatMap((kind) => (kind.file === undefined ? [] : [below(kind.folder, kind.file)])));
  const files = new Map<string, LayerFile>();
  try {
    for (const folder of new Set(kinds.map((kind) => kind.folder))) {
      const wanted = (path: string) => (folder === '' ? named.has(path) : looksLikeContent(path));
      for (const file of await layer.files(folder, wanted)) files.set(file.path, file);
    }
    return { files: files.values() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      finding: {
        file: '',
        problem: `This content cannot be read (${why}).`,
        mend: 'Check that it exists and who may read it. Until then what was read before is used.',
        fatal: true,
      },
    };
  }
}

function notRead(path: string): Finding {
  const mend = path.endsWith('.yaml') ? 'Rename it: the ending is .yml.' : 'Check its folder and name, or remove it.';
  return { file: path, problem: 'Nothing reads this file.', mend, fatal: false };
}

const filesAtOnce = 64;

/** An entry on top of all layers, with where it came from. */
interface Placed {
  readonly use: { readonly item: unknown } | 'hidden' | 'broken';
  readonly group: string;
  readonly path: string;
  readonly layer: string;
}

function* assemble(states: readonly LayerState[], kinds: readonly ContentKind<unknown>[], now: number): Steps<Content> {
  const findings: Finding[] = [];
  const layerOfPath = new Map<string, string>();
  const merged = new Map(kinds.map((kind) => [kind, new Map<string, Placed>()]));
  const fingerprint = createHash('sha256');

  for (const { layer, files, findings: own } of states) {
    for (const finding of own) findings.push(located(finding, layer.name));
    fingerprint.update(JSON.stringify(own));
    yield* inSteps(files, filesAtOnce, ([path, { kind, state }]) => {
      fingerprint.update(`${layer.name}\n${path}\n${state.hash}\n`);
      for (const finding of state.findings) findings.push(located(finding, layer.name));
      const top = merged.get(kind);
      for (const entry of state.entries) {
        const beneath = top?.get(entry.key);
        if (beneath?.layer === layer.name) {
          findings.push(located(twice(path, beneath.path), layer.name));
          continue;
        }
        top?.set(entry.key, { use: entry.use, group: entry.group, path, layer: layer.name });
        layerOfPath.set(path, layer.name);
      }
    });
  }

  const visible = new Map<string, readonly unknown[]>();
  for (const kind of kinds) {
    visible.set(kind.name, itemsOf(merged.get(kind) ?? new Map()));
    yield;
  }
  const items = {
    // The kind under this name put these items there, so they are of its type.
    items: <T>(kind: ContentKind<T>) => (visible.get(kind.name) ?? []) as readonly T[],
  };
  for (const kind of kinds) {
    const checked = kind.check?.(items.items(kind), { ...items, now }) ?? [];
    for (const finding of 'next' in checked ? yield* checked : checked) {
      findings.push(located(finding, layerOfPath.get(finding.file) ?? ''));
    }
    yield;
  }
  return {
    ...items,
    findings: findings.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
    fingerprint: fingerprint.digest('hex'),
  };
}

/**
 * What is shown of a kind, by path. A broken override shows nothing: the text below it was replaced on purpose.
 * Hiding the English edition hides the whole topic, since it carries what all languages share.
 */
function itemsOf(top: ReadonlyMap<string, Placed>): readonly unknown[] {
  const hiddenGroups = new Set(
    [...top].filter(([key, placed]) => placed.use === 'hidden' && key === `${placed.group}/en`).map(([, p]) => p.group),
  );
  return [...top.values()]
    .filter((placed) => !hiddenGroups.has(placed.group))
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .flatMap((placed) => (typeof placed.use === 'object' ? [placed.use.item] : []));
}

function twice(path: string, first: string): Finding {
  return {
    file: path,
    problem: `The same item is already in ${first}.`,
    mend: 'Remove one of them or give it another id; the first is used.',
    fatal: true,
  };
}

function located(finding: Finding, layer: string): Finding {
  return { ...finding, file: [layer, finding.file].filter((part) => part !== '').join('/') };
}
