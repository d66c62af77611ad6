import type { PersonId, Place, Say } from '../core/ports.ts';
import type { KnownPair, PairEvent } from './pair.ts';
import type { Program } from './program.ts';

/** Brings the two together, in a conversation of their own with us. */
export function introduction({ id, mentor, mentee }: KnownPair): Say {
  const key = `mentorship:${id}:introduction`;
  return { kind: 'notice', key, card: 'mentorship.introduction', id, place: { group: [mentor, mentee] }, lost: 'must' };
}

/** Where Slack opens no group, each hears of the other apart. */
function apart({ id, mentor, mentee }: KnownPair): readonly Say[] {
  return [mentor, mentee].map((person) => ({
    kind: 'notice',
    key: `mentorship:${id}:introduction:${person}`,
    card: 'mentorship.introduction',
    id,
    place: { person },
    lost: 'must',
  }));
}

/** Tells of the event at `index`, once at each place. */
function told(pair: KnownPair, index: number, place: Place): Say {
  const where = 'person' in place ? place.person : place.channel;
  const key = `mentorship:${pair.id}:${index}:${where}`;
  return { kind: 'notice', key, card: 'mentorship.told', id: `${pair.id}/${index}`, place, lost: 'must' };
}

/** Both, where they talk to each other; without a group each apart. */
function both(pair: KnownPair, except?: PersonId): readonly Place[] {
  if (pair.channel) return [{ channel: pair.channel }];
  return [pair.mentor, pair.mentee].filter((person) => person !== except).map((person) => ({ person }));
}

/**
 * What the latest event makes us say. What one of the two says in confidence (a call for help, a look back) is told to no one else.
 * @param before the pair as it was before
 * @param gone whoever has left the company hears nothing
 */
export function saidBecause(
  before: KnownPair,
  pair: KnownPair,
  { stalledAfter }: Program['checkIns'],
  isGone: (person: PersonId) => boolean,
): readonly Say[] {
  const index = pair.events.length - 1;
  const event = pair.events[index];
  const places = event ? placesOf(event, before, pair, stalledAfter) : [];
  if (event?.kind === 'introduced') return [introduction(pair)];
  if (event?.kind === 'reached') return event.channel ? [] : apart(pair);
  return places
    .filter((place) => !('person' in place && isGone(place.person)))
    .map((place) => told(pair, index, place));
}

function placesOf(event: PairEvent, before: KnownPair, pair: KnownPair, stalledAfter: number): readonly Place[] {
  switch (event.kind) {
    case 'answered':
    case 'missed':
      // Said once, in the moment in which it begins to look as if the two do not meet.
      return pair.silent === stalledAfter && before.silent < stalledAfter ? both(pair) : [];
    case 'goal_set':
    case 'merged':
    case 'paused':
    case 'extended':
      return both(pair, event.by);
    case 'goal_ended':
      return event.outcome === 'met' ? both(pair, event.by) : [];
    case 'resumed':
      return both(pair, event.by);
    case 'ended':
      return endedPlaces(event.by, before, pair);
    default:
      return [];
  }
}

/** Nobody hears of the end of what nobody had heard of. Whoever ended it knows. */
function endedPlaces(by: PersonId | undefined, before: KnownPair, pair: KnownPair): readonly Place[] {
  if (before.state === 'proposed' || before.state === 'confirmed') return [];
  const all = [pair.mentor, pair.mentee].filter((person) => person !== by);
  return all.map((person) => ({ person }));
}

/** Tells somebody who waits where they stand. @param now ms, so that the next news is another */
export function waitingNews(person: PersonId, now: number): Say {
  const key = `mentorship:waiting:${person}:${now}`;
  return { kind: 'notice', key, card: 'mentorship.waiting', id: person, place: { person }, lost: 'may' };
}

/** Tells somebody that their break or their term is over. */
export function memberTold(person: PersonId, what: 'resumed' | 'over', hats: readonly string[], now: number): Say {
  const key = `mentorship:${what}:${person}:${now}`;
  const id = [person, what, ...hats].join('/');
  return { kind: 'notice', key, card: 'mentorship.member', id, place: { person }, lost: 'may' };
}
