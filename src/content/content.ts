import { createHash } from 'node:crypto';
import type { ContentItems, ContentKind } from '../core/content.ts';
import type { Finding } from '../core/findings.ts';
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
   * Reads everything anew. Never throws for a mistake in content: findings tell, and what was good before stays in use.
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

  return {
    async load(now) {
      known = await Promise.all(known.map((state) => readLayer(state, kinds)));
      return assemble(known, kinds, now);
    },
  };
}

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

async function readLayer(before: LayerState, kinds: readonly ContentKind<unknown>[]): Promise<LayerState> {
  const { layer } = before;
  const found = await filesOf(layer, kinds);
  if ('finding' in found) return { ...before, findings: [found.finding] };

  const files = new Map<string, { readonly kind: ContentKind<unknown>; readonly state: FileState }>();
  const findings: Finding[] = [];
  for (const file of found.files) {
    const kind = isSafePath(file.path) ? kindOfFile(file.path, kinds) : undefined;
    if (!kind) findings.push(notRead(file.path));
    else files.set(file.path, { kind, state: readContentFile(kind, file, before.files.get(file.path)?.state) });
  }
  return { layer, files, findings };
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

/** An entry on top of all layers, with where it came from. */
interface Placed {
  readonly use: { readonly item: unknown } | 'hidden' | 'broken';
  readonly group: string;
  readonly path: string;
  readonly layer: string;
}

function assemble(states: readonly LayerState[], kinds: readonly ContentKind<unknown>[], now: number): Content {
  const findings: Finding[] = [];
  const layerOfPath = new Map<string, string>();
  const merged = new Map(kinds.map((kind) => [kind, new Map<string, Placed>()]));
  const fingerprint = createHash('sha256');

  for (const { layer, files, findings: own } of states) {
    for (const finding of own) findings.push(located(finding, layer.name));
    fingerprint.update(JSON.stringify(own));
    for (const [path, { kind, state }] of files) {
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
    }
  }

  const visible = new Map(kinds.map((kind) => [kind.name, itemsOf(merged.get(kind) ?? new Map())]));
  const items = {
    // The kind under this name put these items there, so they are of its type.
    items: <T>(kind: ContentKind<T>) => (visible.get(kind.name) ?? []) as readonly T[],
  };
  for (const kind of kinds) {
    for (const finding of kind.check?.(items.items(kind), { ...items, now }) ?? []) {
      findings.push(located(finding, layerOfPath.get(finding.file) ?? ''));
    }
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
