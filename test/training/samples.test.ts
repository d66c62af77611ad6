import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/content.ts';
import { folderLayer } from '../../src/content/layer.ts';
import { shippedDir } from '../../src/layers.ts';
import { trainingSamples } from '../../src/training/samples.ts';
import { inOffer, trackContent } from '../../src/training/track-content.ts';

const content = await loadContent({
  layers: [folderLayer('data', shippedDir)],
  kinds: [trackContent],
  now: Date.UTC(2026, 10, 23),
});
const samples = trainingSamples(inOffer(content.items(trackContent)));

describe('everything that training can show', () => {
  it('names nobody in numbers', () => {
    const numbers = samples.filter(({ name }) => /numbers|groups|home of a lead/.test(name));

    expect(numbers.length).toBeGreaterThan(5);
    expect(JSON.stringify(numbers)).not.toMatch(/<@U|Learner|学员/);
  });

  it('never shouts', () => {
    expect(JSON.stringify(samples.map(({ payload }) => payload)).replace(/<!date/g, '')).not.toMatch(/[!！]/);
  });
});
