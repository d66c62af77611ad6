import { beforeAll, describe, expect, it } from 'vitest';
import { createSearch, type Found, type Search } from '../../src/ask/search.ts';
import { shippedBase, shippedCalibration } from './shipped.ts';

describe('a way to ask that somebody wrote down', () => {
  let search: Search;
  // Every third: all of them take as long as the rest of these tests together.
  let asked: readonly { readonly id: string; readonly found: Found }[];
  beforeAll(async () => {
    const { articles, ...rest } = await shippedBase();
    search = createSearch({ articles, ...rest }, await shippedCalibration());
    asked = articles.flatMap(({ id, editions }) =>
      Object.values(editions).flatMap(({ aliases }) =>
        aliases.filter((_, at) => at % 3 === 0).map((alias) => ({ id, found: search.find(alias) })),
      ),
    );
  });

  it('leads to its article, and never nowhere, but for a few that say the same as another one', () => {
    const elsewhere = asked.filter(({ id, found }) => found.ranking[0]?.id !== id);
    const nowhere = asked.filter(({ found }) => found.outcome === 'unknown');

    expect(asked.length).toBeGreaterThan(2_800);
    expect(elsewhere.length).toBeLessThan(3);
    expect(nowhere.length).toBeLessThan(2);
  });

  it('is answered at once, where it is more than a word or two', () => {
    const answered = asked.filter(({ found }) => found.outcome === 'answer');

    expect(answered.length / asked.length).toBeGreaterThan(0.98);
    expect(search.find('due').outcome).not.toBe('answer');
  });
});
