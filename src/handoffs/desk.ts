import { type Calendar, calendarOf } from '../core/business-time.ts';
import type { Organization } from '../core/organization.ts';
import type { People, Person, PersonId } from '../core/ports.ts';
import { deskOf, type Handoff, type Spot } from './handoff.ts';

type Subject = Pick<Handoff, 'restricted' | 'asker'>;

// Who takes questions, and who may answer them: the lead may, but is called only when it is late.
const takers = { office: ['ospo'], restricted: ['legal', 'compliance'] } as const;
const answerers = { office: ['ospo', 'ospo-lead'], restricted: ['legal', 'compliance'] } as const;

/** Whether a person may answer questions of this kind; not whether they may answer this one, which may be their own. */
export function mayAct(people: People, subject: Pick<Handoff, 'restricted'>, id: PersonId): boolean {
  const person = people.get(id);
  return person !== undefined && isThere(person) && answerers[deskOf(subject)].some((r) => person.roles.includes(r));
}

/** Those who take such a question: never the asker, nobody who left, each once. */
function takersOf(people: People, subject: Subject): readonly PersonId[] {
  return idsOf(
    takers[deskOf(subject)].flatMap((role) => people.withRole(role)),
    subject,
  );
}

/** Who is waited for: the one who has it, as long as they can; else everybody who takes such questions. */
export function waitedFor(people: People, handoff: Handoff): readonly PersonId[] {
  const { holder } = handoff;
  return holder && mayAct(people, handoff, holder) ? [holder] : takersOf(people, handoff);
}

/**
 * Who hears that a question is late: the lead, where there is none the sponsor, where there is none everybody.
 * A restricted question stays with those who may see it.
 */
export function leadsOf(people: People, organization: Organization, subject: Subject): readonly PersonId[] {
  if (subject.restricted) return takersOf(people, subject);
  const { sponsor } = organization.ospo;
  const roles = ['ospo-lead', ...(sponsor ? [sponsor] : [])];
  const found = roles.map((role) => idsOf(people.withRole(role), subject)).find((ids) => ids.length > 0);
  return found ?? takersOf(people, subject);
}

/** Where the card goes; nowhere when nobody takes such questions. */
export function cardSpots(people: People, organization: Organization, subject: Subject): readonly Spot[] {
  const { channel } = organization.ospo;
  if (!subject.restricted && channel) return [{ channel }];
  return takersOf(people, subject).map((person) => ({ person }));
}

/** The office's working time. The organization names no office of its own for it; the first is where it began. */
export function officeCalendar({ offices: [first] }: Organization): Calendar {
  if (!first) throw new Error('an organization has at least one office');
  return calendarOf(first);
}

function idsOf(people: readonly Person[], { asker }: Subject): readonly PersonId[] {
  return [...new Set(people.filter((person) => isThere(person) && person.id !== asker).map(({ id }) => id))];
}

function isThere(person: Person): boolean {
  return person.active && !person.guest;
}
