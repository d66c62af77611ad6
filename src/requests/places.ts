import type { PersonId } from '../core/ports.ts';
import { type DecidingWorld, isThere, officeRole } from './deciding.ts';
import type { Asked, Request, RequestEvent, Spot } from './request.ts';
import { spotKey } from './says.ts';
import { type Course, openStages } from './state.ts';

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

function placesOfRole(role: string, subject: Subject, world: DecidingWorld): readonly Spot[] {
  const channel = channelOf(role, world);
  return channel && !subject.restricted ? [{ channel }] : peopleOfRole(role, subject, world);
}

function channelOf(role: string, { organization }: DecidingWorld): string | undefined {
  return organization.requests.channels[role] ?? (role === officeRole ? organization.ospo.channel : undefined);
}

function peopleOfRole(role: string, { requester }: Subject, { people, absences }: DecidingWorld): readonly Spot[] {
  return people
    .withRole(role)
    .filter((person) => isThere(person) && person.id !== requester && !absences.of(person.id))
    .map(({ id }) => ({ person: id }));
}

/** Where the open source office is asked about a person: its channel or each, the leads where there is nobody else. */
export function officePlaces(about: PersonId, world: DecidingWorld): readonly Spot[] {
  const subject = { requester: about, restricted: false };
  return channelOf(officeRole, world) ? placesOfRole(officeRole, subject, world) : officePeople(about, world);
}

/** Each of the office, but for the person whom it is about. */
export function officePeople(about: PersonId, world: DecidingWorld): readonly Spot[] {
  const found = [officeRole, 'ospo-lead'].map((role) =>
    peopleOfRole(role, { requester: about, restricted: false }, world),
  );
  return found.find((all) => all.length > 0) ?? [];
}

/** Where the card goes when a channel takes it no more, archived or without the bot: to each who is asked in that channel. */
export function placesInstead(channel: string, request: Course, world: DecidingWorld): readonly Spot[] {
  const roles = openStages(request).flatMap(({ asked }) => asked.flatMap((one) => ('role' in one ? [one.role] : [])));
  const here = roles.filter((role) => channelOf(role, world) === channel);
  return distinct(here.flatMap((role) => peopleOfRole(role, request, world)));
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
