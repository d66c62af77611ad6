import { describe, expect, it } from 'vitest';
import { expected } from './plain-model.ts';
import { at, organization } from './world.ts';
import { inTurn, live, outside, tell, twice, wideOrganization } from './year.ts';

const wide = wideOrganization(organization);

describe('sixty days of people in twelve zones, with restarts and a week of downtime', () => {
  it.each([
    { what: 'over Spring Festival and two changes of clocks', from: '2026-02-01T00:00Z', people: 200, seed: 1 },
    { what: 'over National Day', from: '2026-09-10T00:00Z', people: 60, seed: 2 },
    { what: 'over 29 February', from: '2028-02-01T00:00Z', people: 50, seed: 3 },
    { what: 'over New Year', from: '2026-12-01T00:00Z', people: 50, seed: 4 },
  ])('sends what a plain model sends, when it does: $what', ({ from, people, seed }) => {
    const story = tell(seed, { people, from: at(from), days: 60, organization: wide });

    const sent = live(story);

    expect(inTurn(sent)).toEqual(inTurn(expected(story)));
    expect(sent.length).toBeGreaterThan(people * 4);
    expect(outside(story, sent)).toEqual([]);
    expect(twice(story, sent)).toEqual([]);
  });
});
