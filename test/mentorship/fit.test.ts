import { describe, expect, it } from 'vitest';
import { fitOf, type Partner } from '../../src/mentorship/fit.ts';
import { offsetOf, sharedHours } from '../../src/mentorship/overlap.ts';
import { ids, partner, rules } from './people.ts';

const mentee = (more: Partial<Omit<Partner, 'id'>> = {}) => partner('mentee', more);
const mentor = (more: Partial<Omit<Partner, 'id'>> = {}) => partner('mentor', more);

describe('who is never paired', () => {
  it.each<readonly [string, Partner, Partner]>([
    ['self', partner('one'), partner('one')],
    ['manager', mentee({ manager: mentor().id }), mentor()],
    ['manager', mentee(), mentor({ manager: mentee().id })],
    ['blocked', mentee({ blocked: ids('mentor') }), mentor()],
    ['blocked', mentee(), mentor({ blocked: ids('mentee') })],
    ['again', mentee({ met: ids('mentor') }), mentor()],
    ['again', mentee(), mentor({ met: ids('mentee') })],
    ['language', mentee({ languages: ['zh'] }), mentor({ languages: ['en', 'de'] })],
    ['topics', mentee({ topics: new Set(['go', 'docs']) }), mentor()],
    ['overlap', mentee({ offset: -480 }), mentor({ offset: 480 })],
  ])('%s', (bar, one, other) => {
    expect(fitOf(one, other, rules)).toBe(bar);
  });
});

describe('how well two fit', () => {
  const score = (one: Partner, other: Partner) => {
    const fit = fitOf(one, other, rules);
    return typeof fit === 'object' ? fit.score : undefined;
  };

  it('says what they have in common', () => {
    const one = mentee({ topics: new Set(['rust', 'docs']), languages: ['zh', 'en'], offset: 480 });

    const fit = fitOf(one, mentor({ topics: new Set(['rust', 'go']), languages: ['en', 'zh'] }), rules);

    expect(fit).toMatchObject({ topics: ['rust'], language: 'zh', overlap: 2 });
  });

  it('takes whoever names nothing for somebody who is open for anything', () => {
    expect(score(mentee({ topics: new Set() }), mentor())).toBe(score(mentee(), mentor()));
  });

  it.each<readonly [string, Partner, Partner]>([
    ['more of what is looked for', mentor({ topics: new Set(['rust', 'go']) }), mentor({ topics: new Set(['rust']) })],
    ['more hours together', mentor({ offset: 60 }), mentor({ offset: 300 })],
    ['the language that both like best', mentor(), mentor({ languages: ['de', 'en'] })],
    ['more time', mentor({ hours: 4 }), mentor({ hours: 1 })],
  ])('is better with %s', (_, better, worse) => {
    const one = mentee({ topics: new Set(['rust', 'go']) });

    expect(score(one, better)).toBeGreaterThan(score(one, worse) ?? Number.POSITIVE_INFINITY);
  });
});

describe('hours that two share', () => {
  const hours = { from: '09:00', to: '18:00' };

  it.each([
    ['in the same zone', 60, 60, 9],
    ['Berlin and Shanghai', 60, 480, 2],
    ['half hours count', 60, 330, 4.5],
    ['New York and Shanghai', -300, 480, 0],
    ['across the date line', 720, -720, 9],
    ['Auckland and Hawaii, a day apart', 780, -600, 8],
  ])('%s', (_, one, other, expected) => {
    expect(sharedHours(one, other, hours)).toBe(expected);
    expect(sharedHours(other, one, hours)).toBe(expected);
  });

  it('meet around the clock where days are long', () => {
    expect(sharedHours(0, 720, { from: '06:00', to: '20:00' })).toBe(4);
  });

  it.each([
    ['winter', Date.UTC(2026, 0, 15), 'Europe/Berlin', 60],
    ['summer', Date.UTC(2026, 6, 15), 'Europe/Berlin', 120],
    ['an hour before the clocks change', Date.UTC(2026, 2, 29, 0, 59), 'Europe/Berlin', 60],
    ['when they have changed', Date.UTC(2026, 2, 29, 1), 'Europe/Berlin', 120],
    ['behind UTC', Date.UTC(2026, 0, 15), 'America/New_York', -300],
    ['no zone at all', Date.UTC(2026, 0, 15), 'Nowhere/At_All', 0],
    ['a quarter of an hour', Date.UTC(2026, 0, 15), 'Asia/Kathmandu', 345],
    ['UTC', Date.UTC(2026, 0, 15), 'UTC', 0],
  ])('follow the clocks: %s', (_, now, zone, expected) => {
    expect(offsetOf(zone, now)).toBe(expected);
  });
});
