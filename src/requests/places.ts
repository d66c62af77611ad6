import { type DecidingWorld, isThere } from './deciding.ts';
import type { Asked, Request, RequestEvent, Spot } from './request.ts';
import { spotKey } from './says.ts';

type Subject = Pick<Request, 'requester' | 'restricted'>;

/**
 * Where those who are asked find the card: the channel of their role, or each by direct message. What is confidential goes
 * to people only, since a channel may have readers whom it does not concern. Somebody who is away is left in peace.
 */
function placesOf(asked: readonly Asked[], subject: Subject, world: DecidingWorld): readonly Spot[] {
  return distinct(
    asked.flatMap((one) => ('role' in one ? placesOfRole(one.role, subject, world) : [{ person: one.person }])),
  );
}

function placesOfRole(role: string, { requester, restricted }: Subject, world: DecidingWorld): readonly Spot[] {
  const { people, organization, absences } = world;
  const own = organization.requests.channels[role] ?? (role === 'ospo' ? organization.ospo.channel : undefined);
  if (own && !restricted) return [{ channel: own }];
  return people
    .withRole(role)
    .filter((person) => isThere(person) && person.id !== requester && !absences.of(person.id))
    .map(({ id }) => ({ person: id }));
}

/** The places whose turn an event makes it. */
export function placesByEvent(event: RequestEvent, subject: Subject, world: DecidingWorld): readonly Spot[] {
  switch (event.kind) {
    case 'opened':
    case 'rerouted':
      return placesOf(event.asked, subject, world);
    case 'handed':
      return [{ person: event.to }];
    default:
      return [];
  }
}

/** Each place once, in order. */
export function distinct(spots: readonly Spot[]): readonly Spot[] {
  return [...new Map(spots.map((spot) => [spotKey(spot), spot])).values()];
}
