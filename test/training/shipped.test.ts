import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadContent } from '../../src/content/content.ts';
import { folderLayer } from '../../src/content/layer.ts';
import { organizationContent } from '../../src/core/organization.ts';
import { shippedDir } from '../../src/layers.ts';
import { kinds, minutesOf } from '../../src/training/track.ts';
import { checkArticles, inOffer, trackContent } from '../../src/training/track-content.ts';

const content = await loadContent({
  layers: [folderLayer('data', shippedDir)],
  kinds: [organizationContent, trackContent],
  now: Date.UTC(2026, 10, 23),
});
const editions = inOffer(content.items(trackContent));

describe('the tracks that ship', () => {
  it('have no mistake', () => {
    expect(content.findings.filter(({ file }) => file.includes('training/'))).toEqual([]);
  });

  it('are those that an office needs on Monday, of all four kinds', () => {
    const ids = editions.map(({ track }) => track.id);

    expect(ids).toEqual([
      'basics',
      'compliance',
      'policy',
      'contributing',
      'security',
      'ai-code',
      'executives',
      'maintainers',
      'mentors',
    ]);
    expect(new Set(editions.map(({ track }) => track.kind))).toEqual(new Set(kinds));
  });

  it.each(editions.map(({ track }) => [track.id, track] as const))('%s takes less than two hours', (_, track) => {
    expect(minutesOf(track.modules)).toBeLessThan(120);
  });

  it('point to articles that are there', () => {
    const articles = new Set(
      readdirSync(`${shippedDir}knowledge`, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.en.md'))
        .map((path) => path.replace(/^.*\//, '').replace(/(?:\.[a-z]+)?\.en\.md$/, '')),
    );

    expect(editions.flatMap((edition) => checkArticles(edition, articles))).toEqual([]);
  });

  it('are there for every kind of request that asks for training', () => {
    const asked = readdirSync(`${shippedDir}requests`)
      .map((file) => parse(readFileSync(`${shippedDir}requests/${file}`, 'utf8')) as { readonly training?: string })
      .flatMap(({ training }) => training ?? []);

    const known = editions.map(({ track }) => track.id);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((id) => !known.includes(id))).toEqual([]);
  });
});
