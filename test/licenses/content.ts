import type { Content } from '../../src/content/content.ts';
import { loadContent } from '../../src/content/content.ts';
import { folderLayer } from '../../src/content/layer.ts';
import type { ContentKind } from '../../src/core/content.ts';
import { shippedDir } from '../../src/layers.ts';

/** What ships of some kinds of content. */
export function loadShipped(kinds: readonly ContentKind<unknown>[]): Promise<Content> {
  return loadContent({ layers: [folderLayer('data', shippedDir)], kinds, now: Date.UTC(2026, 10, 22) });
}
