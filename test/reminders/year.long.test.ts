import { describe, expect, it } from 'vitest';
import { expected } from './plain-model.ts';
import { at, organization } from './world.ts';
import { inTurn, live, outside, tell, twice, wideOrganization } from './year.ts';

describe('a year of two thousand people in twelve zones, with restarts, nights and a week of downtime', () => {
  it.each([2026, 20261122])('sends what a plain model sends, when it does: seed %i', { timeout: 600_000 }, (seed) => {
    const options = { people: 2_000, from: at('2026-01-01T00:00Z'), days: 365 };
    const story = tell(seed, { ...options, organization: wideOrganization(organization) });

    const sent = live(story);

    expect(inTurn(sent)).toEqual(inTurn(expected(story)));
    expect(sent.length).toBeGreaterThan(15_000);
    expect(outside(story, sent)).toEqual([]);
    expect(twice(story, sent)).toEqual([]);
  });
});
