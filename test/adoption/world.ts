import { type Adopting, createAdopting } from '../../src/adoption/adopting.ts';
import type { ShippedContent, ShippedText } from '../../src/adoption/adoption.ts';
import { adoptionCollections } from '../../src/adoption/adoption.ts';
import { hashOf } from '../../src/adoption/edition.ts';
import type { Store } from '../../src/core/ports.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';

/** A shipped file; `topic` may name a variant. */
export function shippedText(topic: string, text: string, changes: Partial<ShippedText> = {}): ShippedText {
  const area = changes.area ?? 'using';
  const locale = changes.locale ?? 'en';
  const file = `knowledge/${area}/${topic}.${locale}.md`;
  return {
    topic,
    locale,
    area,
    title: `About ${topic}`,
    file,
    hash: hashOf(text),
    text,
    unapproved: false,
    ...changes,
  };
}

export interface World {
  readonly store: Store;
  readonly adopting: Adopting;
  /** What ships from now on. */
  ship(texts: readonly ShippedText[], replaced?: readonly string[]): void;
}

/** Adoption over a store in memory; the time stands at 1,000. */
export function adoptionWorld(texts: readonly ShippedText[]): World {
  let content: ShippedContent = { texts, replaced: new Set() };
  const store = createMemoryStore(adoptionCollections);
  return {
    store,
    adopting: createAdopting({ store, now: () => 1_000, shipped: async () => content }),
    ship(next, replaced = []) {
      content = { texts: next, replaced: new Set(replaced) };
    },
  };
}
