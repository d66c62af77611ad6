import type { Organization } from '../core/organization.ts';
import type { People, Person, PersonId } from '../core/ports.ts';
import type { Asked, Request, StageState, Vote } from './request.ts';
import type { Stage } from './type.ts';

/** Who is away now, and who decides for them meanwhile. */
export interface Absences {
  of(person: PersonId): { readonly delegate?: PersonId } | undefined;
}

/** Whom people named as their managers where the directory knows none, and what the open source office said to it. */
export interface NamedManagers {
  of(person: PersonId): { readonly manager: PersonId; readonly state: 'named' | 'confirmed' | 'refused' } | undefined;
}

/** Everything about people that deciding rests on. */
export interface DecidingWorld {
  readonly people: People;
  readonly organization: Organization;
  readonly absences: Absences;
  readonly managers: NamedManagers;
}

/** Somebody who can decide now, and in what capacity: a role, `manager`, or `named`. */
export interface Seat {
  readonly person: PersonId;
  readonly role: string;
  /** Away, and decided for by this person. */
  readonly inPlaceOf?: PersonId;
}

/** Those who decide together; in a stage that needs one of each, one group for each role. */
export interface Group {
  readonly role: string;
  readonly seats: readonly Seat[];
  /** Asked beside a manager whom nobody but the requester named: it is their word that counts. */
  readonly isBeside?: true;
}

/** Who decides a stage. */
export interface Panel {
  readonly groups: readonly Group[];
  /** As it is kept with the stage. */
  readonly asked: readonly Asked[];
  /** Why others than those whom the type names are asked, where that is so. */
  readonly because?: 'left' | 'empty' | 'own' | 'away' | 'manager';
  /** There is really nobody: everybody who could stand in is the requester, or gone. */
  readonly nobody: boolean;
}

/** What of a request says who may decide it. */
export type Subject = Pick<Request, 'requester' | 'answers' | 'manager' | 'mentors'>;

/** The role that stands for the requester's manager, and the one for people who are named in the form. */
export const managerRole = 'manager';
const namedRole = 'named';
/** The open source office. */
export const officeRole = 'ospo';
/** Who reads changes before they go upstream: asked by name where mentorship said who has room. */
export const mentorRole = 'mentor';

/**
 * Who decides a stage now. Never the requester, nobody who left, no guest; who is away is decided for by whom they named.
 * Where that leaves too few, others are asked in their place: the roles that the type names instead, the open source
 * office, its leads, the sponsor, the board, legal. Only when all of them are empty, those who are away after all, and the managers above.
 * Beside a manager of whom only the requester says so stand those who would be asked if nobody were named.
 * @param votes whoever has a conflict of interest, or abstained where nobody votes in a body, does not count any more
 */
export function whoDecides(stage: Stage, subject: Subject, world: DecidingWorld, votes: readonly Vote[] = []): Panel {
  const out = new Set(votes.filter((vote) => isOut(vote, stage)).map(({ by }) => by));
  const { requester } = subject;
  const may = (id: PersonId) => id !== requester && !out.has(id) && isThere(world.people.get(id));
  const wanted = wantedGroups(stage, subject, world, out);
  const needed = neededIn(stage);

  let because: Panel['because'];
  const groups = wanted.map(({ role, holders }): Group & { readonly asked: readonly Asked[] } => {
    const own = seatsOf(role, holders.filter(may), may, world, subject.mentors !== undefined);
    if (own.seats.length >= needed) return { role, ...own };
    because ??= whyFewer(holders, requester, world);
    const more = standIns(stage, subject, world, may, needed - own.seats.length, own.seats);
    return { role, seats: [...own.seats, ...more.seats], asked: [...own.asked, ...more.asked] };
  });
  if ('manager' in stage.who && isUnsure(subject, world)) {
    const office: Stage = { ...stage, who: { roles: [officeRole] } };
    groups.push({ role: officeRole, isBeside: true, ...standIns(office, subject, world, may, 1, []) });
  }
  const asked = uniqueAsked(groups.flatMap((group) => group.asked));
  return {
    groups: groups.map(({ asked: _, ...group }) => ({ ...group, seats: uniqueSeats(group.seats) })),
    asked,
    ...(because ? { because } : {}),
    nobody: groups.some(({ seats }) => seats.length === 0),
  };
}

/** Everybody in a panel, each once. */
export function peopleIn(panel: Panel): readonly PersonId[] {
  return [...new Set(panel.groups.flatMap(({ seats }) => seats.map(({ person }) => person)))];
}

/**
 * The capacity in which a person may decide a stage at this moment; undefined when they may not. Roles, managers and
 * absences are those of now, whatever they were when the stage was asked.
 */
export function seatOf(
  person: PersonId,
  state: Pick<StageState, 'asked'>,
  subject: Subject,
  world: DecidingWorld,
): Seat | undefined {
  const { people, absences } = world;
  const found = people.get(person);
  if (person === subject.requester || !isThere(found)) return undefined;
  const isDelegateOf = (id: PersonId) => id !== subject.requester && absences.of(id)?.delegate === person;
  const own = state.asked.flatMap((asked): readonly Seat[] => {
    if ('role' in asked) return found.roles.includes(asked.role) ? [{ person, role: asked.role }] : [];
    if (asked.person !== person || asked.inPlaceOf) return [];
    if (asked.as === managerRole && managerFor(subject, world) !== person) return [];
    return [{ person, role: asked.as ?? namedRole }];
  });
  if (own[0]) return own[0];
  for (const asked of state.asked) {
    if ('role' in asked) {
      const away = people.withRole(asked.role).find(({ id, active }) => active && isDelegateOf(id));
      if (away) return { person, role: asked.role, inPlaceOf: away.id };
    } else if (asked.as === managerRole && managerFor(subject, world) !== asked.person) {
    } else if (!asked.inPlaceOf && isDelegateOf(asked.person)) {
      return { person, role: asked.as ?? namedRole, inPlaceOf: asked.person };
    }
  }
  return undefined;
}

/** Whether somebody is in the organization and may decide at all. */
export function isThere(person: Person | undefined): person is Person {
  return person?.active === true && !person.guest;
}

/** Whom the directory names as somebody's manager, else whom the open source office confirmed; as long as they are there. */
export function sureManager(
  person: PersonId,
  { people, managers }: Pick<DecidingWorld, 'people' | 'managers'>,
): PersonId | undefined {
  const told = managers.of(person);
  const sure = [managerOf(person, people), told?.state === 'confirmed' ? told.manager : undefined];
  return sure.find((id) => id !== undefined && isThere(people.get(id)));
}

/**
 * Who manages the requester: whoever surely does; else whom the requester named when asked, unless the office refused them.
 * What the directory and the office learn later counts from then on.
 */
export function managerFor({ requester, manager }: Subject, world: DecidingWorld): PersonId | undefined {
  const told = world.managers.of(requester);
  const named = told?.state === 'refused' && told.manager === manager ? undefined : manager;
  return sureManager(requester, world) ?? named ?? managerOf(requester, world.people);
}

/** Whether only the requester says who their manager is. */
export function isUnsure(subject: Subject, world: DecidingWorld): boolean {
  const manager = managerFor(subject, world);
  if (manager === undefined || !isThere(world.people.get(manager))) return false;
  return manager !== sureManager(subject.requester, world);
}

interface Wanted {
  readonly role: string;
  readonly holders: readonly PersonId[];
}

/** Those who take no part any more. */
type Out = ReadonlySet<PersonId>;

function wantedGroups(
  { who, decide }: Stage,
  subject: Subject,
  world: DecidingWorld,
  out: Out = new Set(),
): readonly Wanted[] {
  if ('manager' in who) {
    const manager = managerFor(subject, world);
    return [{ role: managerRole, holders: manager ? [manager] : [] }];
  }
  if ('field' in who) {
    const named = [subject.answers[who.field] ?? []].flat();
    return [{ role: namedRole, holders: named.map((id) => String(id) as PersonId) }];
  }
  const groups = who.roles.map((role) => ({ role, holders: wantedOf(role, subject, world, out) }));
  if (decide === 'each') return groups;
  return [{ role: who.roles.join('+'), holders: [...new Set(groups.flatMap(({ holders }) => holders))] }];
}

/** Whoever holds a role; of the mentors who had room the best fit who is there: one person reads a change, and no five. */
function wantedOf(role: string, { requester, mentors }: Subject, world: DecidingWorld, out: Out): readonly PersonId[] {
  if (role !== mentorRole || !mentors) return holdersOf(role, world.people);
  const { absences, people } = world;
  const isFree = (id: PersonId) => id !== requester && !out.has(id) && isThere(people.get(id)) && !absences.of(id);
  return mentors.filter(isFree).slice(0, 1);
}

function neededIn({ decide, vote }: Stage): number {
  if (vote) return vote.quorum;
  return typeof decide === 'object' ? decide.of : 1;
}

function isOut({ vote }: Vote, stage: Stage): boolean {
  return vote === 'conflict' || (vote === 'abstain' && stage.vote === undefined);
}

/** The seats of those who hold a role together: who is away gives theirs to a delegate, or leaves it empty. */
function seatsOf(
  role: string,
  holders: readonly PersonId[],
  may: (id: PersonId) => boolean,
  { absences, people }: DecidingWorld,
  mentorsByName = false,
): { readonly seats: readonly Seat[]; readonly asked: readonly Asked[] } {
  const seats: Seat[] = [];
  const asked: Asked[] = [];
  for (const holder of holders) {
    const absence = absences.of(holder);
    const capacity = roleHeld(role, holder, people);
    if (!absence) {
      seats.push({ person: holder, role: capacity });
      asked.push(askedAs(capacity, holder, mentorsByName));
      continue;
    }
    const { delegate } = absence;
    if (!delegate || !may(delegate) || absences.of(delegate)) continue;
    seats.push({ person: delegate, role: capacity, inPlaceOf: holder });
    asked.push(askedAs(capacity, holder, mentorsByName), { person: delegate, inPlaceOf: holder });
  }
  return { seats, asked };
}

/** In a group of several roles, the one that this person holds. */
function roleHeld(role: string, holder: PersonId, people: People): string {
  if (!role.includes('+')) return role;
  return role.split('+').find((one) => people.get(holder)?.roles.includes(one)) ?? role;
}

function askedAs(role: string, holder: PersonId, mentorsByName: boolean): Asked {
  if (role === managerRole || (role === mentorRole && mentorsByName)) return { person: holder, as: role };
  return role === namedRole ? { person: holder } : { role };
}

/** Why there are fewer than the stage needs, for those who wonder why they are asked. */
function whyFewer(
  holders: readonly PersonId[],
  requester: PersonId,
  { people, absences }: DecidingWorld,
): Panel['because'] {
  const others = holders.filter((id) => id !== requester);
  if (others.length === 0) return holders.length === 0 ? 'empty' : 'own';
  const there = others.filter((id) => isThere(people.get(id)));
  if (there.length === 0) return 'left';
  return there.some((id) => absences.of(id)) ? 'away' : 'empty';
}

function standIns(
  stage: Stage,
  subject: Subject,
  world: DecidingWorld,
  may: (id: PersonId) => boolean,
  missing: number,
  known: readonly Seat[],
): { readonly seats: readonly Seat[]; readonly asked: readonly Asked[] } {
  const { people, organization } = world;
  const seats: Seat[] = [];
  const asked: Asked[] = [];
  const taken = new Set(known.map(({ person }) => person));
  for (const role of substitutesOf(stage, organization)) {
    const found = seatsOf(role, holdersOf(role, people).filter(may), may, world);
    const fresh = found.seats.filter(({ person }) => !taken.has(person));
    if (fresh.length === 0) continue;
    for (const seat of fresh) taken.add(seat.person);
    seats.push(...fresh);
    asked.push(...found.asked);
    if (seats.length >= missing) return { seats, asked };
  }
  if (seats.length + known.length > 0) return { seats, asked };
  const last = lastResort(stage, subject, world, may);
  return { seats: last.map((person) => ({ person, role: namedRole })), asked: last.map((person) => ({ person })) };
}

/** The roles that are asked where there is nobody, in turn. Board and legal come last: they know the matter, if not the office. */
function substitutesOf({ instead }: Stage, { ospo }: Organization): readonly string[] {
  return [...new Set([...instead, officeRole, 'ospo-lead', ospo.sponsor ?? 'executive', 'board', 'legal'])];
}

/** Nobody who could be asked is there: those who are away after all, or whoever is above the requester. */
function lastResort(
  stage: Stage,
  subject: Subject,
  world: DecidingWorld,
  may: (id: PersonId) => boolean,
): readonly PersonId[] {
  const { people, organization } = world;
  const away = wantedGroups(stage, subject, world).flatMap(({ holders }) => holders.filter(may));
  if (away.length > 0) return away;
  const awayToo = substitutesOf(stage, organization)
    .map((role) => holdersOf(role, people).filter(may))
    .find((all) => all.length > 0);
  return awayToo ?? managersAbove(subject.requester, people).filter(may).slice(0, 1);
}

function managersAbove(person: PersonId, people: People): readonly PersonId[] {
  const above: PersonId[] = [];
  for (let next = managerOf(person, people); next && !above.includes(next); next = managerOf(next, people)) {
    above.push(next);
  }
  return above;
}

function managerOf(person: PersonId, people: People): PersonId | undefined {
  return people.get(person)?.manager;
}

function holdersOf(role: string, people: People): readonly PersonId[] {
  return people.withRole(role).map(({ id }) => id);
}

function uniqueSeats(seats: readonly Seat[]): readonly Seat[] {
  const seen = new Set<PersonId>();
  return seats.filter(({ person }) => !seen.has(person) && seen.add(person));
}

function uniqueAsked(all: readonly Asked[]): readonly Asked[] {
  const seen = new Set<string>();
  return all.filter((one) => {
    const key = JSON.stringify(one);
    return !seen.has(key) && seen.add(key);
  });
}
