import { fileURLToPath } from 'node:url';
import {
  adoptionCollections,
  adoptions,
  replacementKey,
  type ShippedContent,
  type ShippedText,
} from './adoption/adoption.ts';
import { editions, type KeptEdition } from './adoption/edition.ts';
import { lacksApproval } from './ask/article-checks.ts';
import { type ArticlePart, nameOf } from './ask/article-part.ts';
import { articleContent } from './ask/knowledge.ts';
import { reviewContent } from './ask/reviews.ts';
import { createContentLoader } from './content/content.ts';
import { folderLayer, type Layer, type LayerFile } from './content/layer.ts';
import { readContentFile } from './content/read.ts';
import type { Adoptable, ContentItems, ContentKind, RawItem } from './core/content.ts';
import type { AnyCollection, Store } from './core/ports.ts';
import { publishedArticles, textsOf } from './curating/published.ts';
import { articleReviews } from './curating/review.ts';
import { licensePolicy } from './licenses/policy.ts';
import { adoptableTypes } from './requests/type-content.ts';
import { adoptableTracks } from './training/track-content.ts';

/** The content that ships with the bot; the same path seen from src/ and from dist/. */
export const shippedDir = fileURLToPath(new URL('../data/', import.meta.url));

/** What is adopted beside articles. */
const adoptables: readonly Adoptable<unknown>[] = [licensePolicy, adoptableTypes, adoptableTracks];

/** What a program needs of the store to see all layers. */
export const layerCollections: readonly AnyCollection[] = [...adoptionCollections, publishedArticles, articleReviews];

/**
 * Whose text something is: the bot's, the bot's but adopted by the organization, the organization's, or the organization's
 * but put into force from Slack and not yet among its files.
 */
type Origin = 'shipped' | 'adopted' | 'own' | 'published';

/** Where content comes from: what ships, over it what was adopted, the organization's own folder, and what was published from Slack. */
export interface Layers {
  /** Later ones win. */
  readonly all: readonly Layer[];
  /** Whose file it is that was read last at this path below its layer. */
  originOf(path: string): Origin;
  /** That file as text, or undefined when it is gone. */
  textOf(path: string): string | undefined;
  /** The same for the organization's own folder alone. */
  ownTextOf(path: string): string | undefined;
  /** What ships to be adopted, whatever lies over it. */
  shipped(now: number): Promise<ShippedContent>;
}

/**
 * @param options.contentDir the organization's own folder
 * @param options.store where adoptions and published texts are; without it there are none
 * @param options.shippedFrom another folder than the one that ships, for tests
 */
export function openLayers(options: {
  readonly contentDir?: string | undefined;
  readonly store?: Store | undefined;
  readonly shippedFrom?: string | undefined;
}): Layers {
  const { contentDir, store, shippedFrom = shippedDir } = options;
  const shipped = remembering(folderLayer('data', shippedFrom));
  const adopted = remembering(store ? adoptedLayer(store) : emptyLayer('adopted'));
  const own = remembering(contentDir ? folderLayer(contentDir, contentDir) : emptyLayer('own'));
  const published = remembering(store ? publishedLayer(store) : emptyLayer('published'));
  // A reading of its own: what the bot uses keeps the last good version of a broken file, adoption must not.
  const fresh = remembering(folderLayer('data', shippedFrom));
  const loader = createContentLoader([fresh], [articleContent, ...adoptables.map(withRaw)]);

  const byOrigin = { published, own, adopted, shipped };
  const origins = ['published', 'own', 'adopted'] as const;
  const originOf = (path: string): Origin => origins.find((origin) => byOrigin[origin].has(path)) ?? 'shipped';
  return {
    all: [shipped, adopted, own, published],
    originOf,
    textOf: (path) => byOrigin[originOf(path)].text(path),
    ownTextOf: (path) => own.text(path),
    async shipped(now) {
      const content = await loader.load(now);
      return {
        texts: [
          ...content.items(articleContent).flatMap((part) => shippedArticle(part, fresh.text(part.edition.file))),
          ...adoptables.flatMap((adoptable) => shippedItems(adoptable, content, (file) => fresh.text(file))),
        ],
        replaced: new Set([...own.paths(), ...published.paths()].map(replacementKey)),
      };
    },
  };
}

/** A layer that remembers what it gave when it was read last. */
interface RememberingLayer extends Layer {
  has(path: string): boolean;
  text(path: string): string | undefined;
  paths(): readonly string[];
}

function remembering(layer: Layer): RememberingLayer {
  const byFolder = new Map<string, ReadonlyMap<string, LayerFile>>();
  const find = (path: string) => [...byFolder.values()].map((files) => files.get(path)).find((file) => file);
  return {
    ...layer,
    async files(folder, wanted) {
      const files = await layer.files(folder, wanted);
      byFolder.set(folder, new Map(files.map((file) => [file.path, file])));
      return files;
    },
    has: (path) => find(path) !== undefined,
    text(path) {
      const file = find(path);
      return file && 'bytes' in file ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes) : undefined;
    },
    paths: () => [...byFolder.values()].flatMap((files) => [...files.keys()]),
  };
}

function emptyLayer(name: string): Layer {
  return { name, files: async () => [] };
}

/** The adopted texts as a layer: they stay in force whatever ships, until other texts are adopted. */
function adoptedLayer(store: Store): Layer {
  return {
    name: 'adopted',
    async files(folder, wanted) {
      const files: LayerFile[] = [];
      for await (const adoption of store.scan(adoptions)) {
        for (const hash of Object.values(adoption.editions)) {
          const edition = await store.get(editions, hash);
          if (edition?.file.startsWith(`${folder}/`) && wanted(edition.file)) files.push(fileOf(edition));
        }
      }
      return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    },
    async watch(changed) {
      const stop = store.changed([adoptions.name], changed);
      return async () => stop();
    },
  };
}

/**
 * What was put into force from Slack: over everything, until the organization's folder has the same file. Reviews that were
 * confirmed there are no texts of their own; they lie beside them as `reviews/<article>.yml`.
 */
function publishedLayer(store: Store): Layer {
  return {
    name: 'published',
    async files(folder, wanted) {
      const files: LayerFile[] = [];
      for await (const article of store.scan(publishedArticles)) {
        for (const { file, text } of textsOf(article)) {
          if (file.startsWith(`${folder}/`) && wanted(file)) files.push(fileOf({ file, text }));
        }
      }
      if (folder === reviewContent.folder) {
        for await (const { id, editions } of store.scan(articleReviews)) {
          // JSON is YAML.
          files.push(fileOf({ file: `${folder}/${id}.yml`, text: JSON.stringify({ editions }) }));
        }
      }
      return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    },
    async watch(changed) {
      const stop = store.changed([publishedArticles.name, articleReviews.name], changed);
      return async () => stop();
    },
  };
}

function fileOf(edition: Pick<KeptEdition, 'file' | 'text'>) {
  return { path: edition.file, bytes: new TextEncoder().encode(edition.text) };
}

function shippedArticle(part: ArticlePart, text: string | undefined): readonly ShippedText[] {
  if (text === undefined) return [];
  const { locale, edition, facts } = part;
  return [
    {
      topic: nameOf(part),
      locale,
      area: edition.file.split('/')[1] ?? '',
      title: edition.title,
      file: edition.file,
      hash: edition.hash,
      text,
      unapproved: facts !== undefined && lacksApproval(facts),
    },
  ];
}

/** An item with where it was read. */
interface Found {
  readonly item: unknown;
  readonly raw: RawItem;
}

function withRaw({ kind }: Adoptable<unknown>): ContentKind<Found> {
  const { check: _, ...alone } = kind;
  return {
    ...alone,
    parse(raw) {
      const { item, findings } = kind.parse(raw);
      return item === undefined ? { findings } : { item: { item, raw }, findings };
    },
  };
}

function shippedItems(
  adoptable: Adoptable<unknown>,
  content: ContentItems,
  textOf: (file: string) => string | undefined,
): readonly ShippedText[] {
  return content.items(withRaw(adoptable)).flatMap(({ item, raw: { file, hash } }) => {
    const text = textOf(file);
    if (text === undefined) return [];
    const topic = adoptable.nameOf(item);
    const [area = topic] = topic.split('/');
    return [{ topic, locale: 'en', area, title: adoptable.titleOf(item), file, hash, text, unapproved: false }];
  });
}

/** A kept text read again, as it was read when it was in force; undefined when today's rules no longer take it. */
export function readEdition(kept: KeptEdition): ArticlePart | undefined {
  const [entry] = readContentFile(articleContent, fileOf(kept), undefined).entries;
  // Only articles are read by this kind.
  return entry && typeof entry.use === 'object' ? (entry.use.item as ArticlePart) : undefined;
}
