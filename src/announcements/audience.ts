import type { ChannelStanding, Doing } from '../core/announcing.ts';
import { calendarOf } from '../core/business-time.ts';
import type { Organization } from '../core/organization.ts';
import type { People, Person, PersonId } from '../core/ports.ts';
import type { Audience, Numbers, ProjectTie } from './announcement.ts';

/** Why somebody who was named gets nothing. */
export type LeftOut = 'gone' | 'guest' | 'opted_out' | 'language';
/** Why a channel cannot be written to. */
export type ShutChannel = Exclude<ChannelStanding['kind'], 'open' | 'unknown'>;

/** Lists of an audience from which several are chosen. */
export const lists = ['roles', 'offices', 'units', 'doings'] as const;
export type List = (typeof lists)[number];

/** Whom an audience comes to, each once. */
export interface Reach {
  /** Those who get a direct message; sorted by id. */
  readonly people: readonly Person[];
  /** Those who read it in a channel that gets it, and so get no other message; sorted by id. */
  readonly covered: readonly { readonly person: Person; readonly by: string }[];
  readonly channels: readonly string[];
  /** Of these channels nobody could say who is in them, although people are named beside them. */
  readonly unseen: readonly string[];
  /** How many of `people` and `covered` each project brought. */
  readonly projects: readonly { readonly tie: ProjectTie; readonly people: number }[];
  readonly left: Readonly<Record<LeftOut, number>>;
  readonly shut: readonly { readonly channel: string; readonly why: ShutChannel }[];
}

/** Whom an announcement comes to if it begins now, and what a sender should know before. */
export interface Preflight {
  readonly reach: Reach;
  readonly numbers: Numbers;
  /** Members of the channels, where Slack said so. */
  readonly members: number;
  /** A second lead has to confirm it. */
  readonly wide: boolean;
  /** People who get it later than it begins, for quiet hours or their zone, and when the last one does, ms. */
  readonly later: number;
  readonly last: number;
  /** People for whom it is one unasked message too many, by the limits of the day or the week. */
  readonly over: number;
  /** People who have chosen a digest. */
  readonly digest: number;
  /** People who read the other language than the text has. */
  readonly byLocale: Readonly<Record<Person['locale'], number>>;
}

export interface AudienceFacts {
  readonly people: People;
  /** Who is named by each of the audience's doings. */
  readonly doings: ReadonlyMap<string, readonly PersonId[]>;
  /** Who is named by each of the audience's projects, in their order. */
  readonly projects: readonly { readonly tie: ProjectTie; readonly people: readonly PersonId[] }[];
  readonly standings: ReadonlyMap<string, ChannelStanding>;
  /** Who is in the channels; without those that nobody could look into. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  optedOut(person: PersonId): boolean;
}

export const emptyAudience: Audience = {
  everybody: false,
  channels: [],
  roles: [],
  offices: [],
  units: [],
  doings: [],
  callChannel: false,
};

/** Nobody is named. */
export function namesNobody(audience: Audience): boolean {
  return !namesPeople(audience) && audience.channels.length === 0;
}

/** Somebody is named beside the channels. */
export function namesPeople({ everybody, roles, offices, units, doings, projects = [] }: Audience): boolean {
  return everybody || [roles, offices, units, doings, projects].some((list) => list.length > 0);
}

/** Each person and channel once, however often named; and who is left out, with the reason. */
export function resolveAudience(audience: Audience, facts: AudienceFacts): Reach {
  const { channels, shut } = channelsOf(audience, facts);
  const left: Record<LeftOut, number> = { gone: 0, guest: 0, opted_out: 0, language: 0 };
  const people: Person[] = [];
  const covered: { readonly person: Person; readonly by: string }[] = [];
  const reached = new Set<PersonId>();
  for (const id of [...named(audience, facts)].sort()) {
    const person = facts.people.get(id);
    const why = person ? reasonAgainst(person, audience, facts) : 'gone';
    if (why) left[why] += 1;
    if (why || !person) continue;
    reached.add(id);
    const by = channels.find((channel) => facts.members.get(channel)?.has(id));
    if (by) covered.push({ person, by });
    else people.push(person);
  }
  return {
    ...{ people, covered, channels, left, shut },
    unseen: namesPeople(audience) ? channels.filter((channel) => !facts.members.has(channel)) : [],
    projects: facts.projects.map(({ tie, people: tied }) => ({
      tie,
      people: tied.filter((id) => reached.has(id)).length,
    })),
  };
}

function channelsOf(audience: Audience, facts: AudienceFacts): Pick<Reach, 'channels' | 'shut'> {
  const channels: string[] = [];
  const shut: { readonly channel: string; readonly why: ShutChannel }[] = [];
  for (const channel of [...new Set(audience.channels)].sort()) {
    const kind = facts.standings.get(channel)?.kind ?? 'unknown';
    // What nobody could look at is tried: the result then says how it went.
    if (kind === 'open' || kind === 'unknown') channels.push(channel);
    else shut.push({ channel, why: kind });
  }
  return { channels, shut };
}

function named(audience: Audience, { people, doings, projects }: AudienceFacts): ReadonlySet<PersonId> {
  const ids = new Set<PersonId>();
  for (const role of audience.roles) for (const { id } of people.withRole(role)) ids.add(id);
  for (const doing of audience.doings) for (const id of doings.get(doing) ?? []) ids.add(id);
  for (const { people: tied } of projects) for (const id of tied) ids.add(id);
  const { everybody, offices, units } = audience;
  if (!everybody && offices.length + units.length === 0) return ids;
  for (const { id, active, office, unit } of people.all()) {
    // Who left long ago is nobody's audience; only who is named one by one is told to be gone.
    if (!active) continue;
    const isIn = (office && offices.includes(office)) || (unit && units.includes(unit));
    if (everybody || isIn) ids.add(id);
  }
  return ids;
}

function reasonAgainst(person: Person, { locale }: Audience, { optedOut }: AudienceFacts): LeftOut | undefined {
  if (!person.active) return 'gone';
  if (person.guest) return 'guest';
  if (locale && person.locale !== locale) return 'language';
  return optedOut(person.id) ? 'opted_out' : undefined;
}

/** A few of them from everywhere in the list, for a look before sending. */
export function sampleOf<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]).filter(
    (one): one is T => one !== undefined,
  );
}

/** The calendar by which a person is not disturbed: of their office, by the clock where they are; else of the first office. */
export function hoursOf({ offices }: Organization, { office, zone }: Pick<Person, 'office' | 'zone'>) {
  const own = offices.find(({ id }) => id === office) ?? offices[0];
  return own && { calendar: { ...calendarOf(own), zone }, quiet: own.quiet };
}

/** The doings that an audience names and that are there. */
export function doingsOf({ doings }: Audience, all: readonly Doing[]): readonly Doing[] {
  return all.filter(({ name }) => doings.includes(name));
}
