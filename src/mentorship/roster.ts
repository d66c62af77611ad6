import type { Person, PersonId } from '../core/ports.ts';
import type { Partner } from './fit.ts';
import type { Guiding, Waiting } from './matching.ts';
import { isWaiting, type KnownMember, roomOf } from './member.ts';
import type { Program } from './program.ts';
import { topicsOf } from './topics.ts';

/** What people are read with. */
export interface Setting {
  readonly program: Pick<Program, 'skills'>;
  /** Minutes that clocks of a zone are ahead of UTC now. */
  offset(zone: string): number;
}

/** Somebody who waits, as matching sees them; undefined where they do not. */
export function waitingOf(member: KnownMember, person: Person, setting: Setting): Waiting | undefined {
  if (!isWaiting(member) || !takesPart(person)) return undefined;
  return { ...partnerOf(member, person, member.mentee, setting), since: member.mentee.since };
}

/** As `waitingOf`, for mentors; also of those who have no place left. */
export function guidingOf(member: KnownMember, person: Person, setting: Setting): Guiding | undefined {
  const { mentor } = member;
  if (!mentor || !takesPart(person)) return undefined;
  return { ...partnerOf(member, person, mentor, setting), places: mentor.places, free: roomOf(member) };
}

function partnerOf(
  member: KnownMember,
  person: Person,
  hat: { readonly skills: readonly string[]; readonly words: string; readonly hours: number },
  { program, offset }: Setting,
): Partner {
  return {
    id: person.id,
    manager: person.manager,
    topics: topicsOf(program, hat),
    languages: member.languages,
    offset: offset(member.zone ?? person.zone),
    hours: hat.hours,
    blocked: new Set<PersonId>(member.blocked),
    met: new Set<PersonId>(member.met),
  };
}

/** People who left and guests are in no pair. */
export function takesPart(person: Person | undefined): person is Person {
  return person?.active === true && !person.guest;
}
