import type { Person, PersonId } from '../../src/core/ports.ts';
import type { MoveContext } from '../../src/training/moves.ts';
import { Question, Track, type TrackEdition } from '../../src/training/track.ts';

export const today = '2026-11-23';
export const now = Date.UTC(2026, 10, 23, 9);

const both = (text: string) => ({ en: text, 'zh-CN': text });

export function moduleOf(id: string, more: object = {}) {
  return {
    id,
    title: both(id),
    about: both(`About ${id}.`),
    minutes: 10,
    pages: [both('Read.')],
    complete: 'attest',
    ...more,
  };
}

export const question = Question.parse({
  ask: both('Why?'),
  choices: [{ text: both('Because') }, { text: both('Therefore'), right: true }, { text: both('Perhaps') }],
  why: both('So it is.'),
});

/** A track of two modules that holds for a year. */
export function trackOf(more: object = {}): Track {
  return Track.parse({
    id: 'licenses',
    kind: 'compliance',
    title: both('Licenses'),
    summary: both('What they ask.'),
    order: 1,
    valid: 'P1Y',
    reviewed: '2026-01-01',
    sources: [{ title: 'Source', url: 'https://example.com' }],
    modules: [moduleOf('first'), moduleOf('second')],
    ...more,
  });
}

export function editionOf(more: object = {}, hash = 'hash'): TrackEdition {
  const track = trackOf(more);
  return { track, hash, file: `training/${track.id}.yml` };
}

export function contextOf(more: Partial<MoveContext> = {}): MoveContext {
  return { edition: editionOf(), now, today, actor: 'U0LEARNER', ...more };
}

export function personOf(more: Partial<Person> = {}): Person {
  return {
    id: 'U0LEARNER' as PersonId,
    name: 'Learner',
    locale: 'en',
    zone: 'Europe/Berlin',
    active: true,
    guest: false,
    roles: [],
    ...more,
  };
}
