import { describe, expect, it } from 'vitest';
import {
  editions,
  findByTopic,
  findByVersion,
  hashOf,
  keepEditions,
  type NewEdition,
} from '../../src/adoption/edition.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';

function edition(topic: string, text: string): NewEdition {
  return { topic, locale: 'en', file: `knowledge/using/${topic}.en.md`, text, hash: hashOf(text) };
}

const many = Array.from({ length: 250 }, (_, at) => edition(`topic-${at}`, `text ${at}`));

describe('keeping texts', () => {
  it('keeps each once, in commits of bounded size', async () => {
    const store = createMemoryStore([editions]);

    const first = await keepEditions(store, [...many, ...many], 1);
    const again = await keepEditions(store, many, 2);

    expect([first, again]).toEqual([250, 0]);
    expect((await store.health()).documents).toBe(250);
  });

  it('gets on with others who keep the same at the same moment', async () => {
    const store = createMemoryStore([editions]);

    const kept = await Promise.all([keepEditions(store, many, 1), keepEditions(store, many.toReversed(), 1)]);

    expect(kept[0] + kept[1]).toBe(250);
    expect((await store.health()).documents).toBe(250);
  });

  it('finds all versions of a topic, newest first, and any by its beginning or its whole hash', async () => {
    const store = createMemoryStore([editions]);
    const [old, fresh] = [edition('agpl', 'old'), edition('agpl', 'new')];
    await keepEditions(store, [old], 1);
    await keepEditions(store, [fresh], 2);

    const versions = await findByTopic(store, 'agpl');
    const short = await findByVersion(store, old.hash.slice(0, 8));
    const whole = await findByVersion(store, old.hash);
    const wrong = await findByVersion(store, `${old.hash.slice(0, 8)}00`);

    expect(versions.map(({ text }) => text)).toEqual(['new', 'old']);
    expect([short, whole].map((found) => found.map(({ id }) => id))).toEqual([[old.hash], [old.hash]]);
    expect(wrong).toEqual([]);
  });

  it('lists more versions than a page holds', async () => {
    const store = createMemoryStore([editions]);
    const all = Array.from({ length: 230 }, (_, at) => edition('agpl', `version ${at}`));
    await keepEditions(store, all, 1);

    const versions = await findByTopic(store, 'agpl');

    expect(new Set(versions.map(({ id }) => id)).size).toBe(230);
  });
});
