import { dateAt } from '../core/business-time.ts';
import type { Finding } from '../core/findings.ts';
import { localeOf } from '../core/i18n.ts';
import type { Organization } from '../core/organization.ts';
import type { Person, PersonId } from '../core/ports.ts';
import { resolveManagers } from './managers.ts';
import { createFinder, type Finder } from './match.ts';
import type { HrFacts, PersonRecord, Records } from './record.ts';
import { resolveRoles } from './roles.ts';

const organizationFile = 'organization.yml';

export interface Derived {
  readonly people: readonly Person[];
  readonly findings: readonly Finding[];
}

/**
 * The people as the bot works with them: Slack, then the HR file, then the exceptions of the organization's file.
 * @param now milliseconds since 1970; decides who has started and who has left, by the date where they are
 * @param hrFile how findings call the HR file
 */
export function derivePeople(records: Records, organization: Organization, now: number, hrFile: string): Derived {
  const finder = createFinder(records);
  const exceptions = exceptionsById(organization, finder);
  const zones = officeByZone(organization);
  const clockOf = clocks(now);

  const merged = new Map<string, Merged>();
  for (const [id, record] of records) {
    merged.set(id, merge(record, exceptions.byId.get(id), clockOf(record.slack.zone)));
  }

  const { managers, findings: managerFindings } = resolveManagers(
    [...merged].flatMap(([person, { facts }]) =>
      facts.manager === undefined ? [] : [{ person, manager: facts.manager }],
    ),
    finder.find,
    (id) => merged.get(id)?.active ?? false,
    (id) => records.get(id)?.slack.email ?? id,
    hrFile,
  );
  const { roles, findings: roleFindings } = resolveRoles(organization, records, finder, (id) => {
    const entry = merged.get(id);
    return entry?.active === true && !entry.guest;
  });
  const known = knownPlaces(organization);
  const people = [...merged].map(([id, entry]): Person => {
    const manager = managers.get(id);
    const office = known.pick('office', entry.facts.office) ?? zones.get(entry.zone);
    const unit = known.pick('unit', entry.facts.unit);
    const entity = known.pick('entity', entry.facts.entity);
    return {
      id: personId(id),
      name: entry.name,
      locale: entry.locale,
      zone: entry.zone,
      active: entry.active,
      guest: entry.guest,
      roles: roles.get(id) ?? [],
      ...(entry.email !== undefined && { email: entry.email }),
      ...(manager !== undefined && { manager: personId(manager) }),
      ...(office !== undefined && { office }),
      ...(unit !== undefined && { unit }),
      ...(entity !== undefined && { entity }),
      ...(entry.facts.github !== undefined && { github: entry.facts.github }),
      ...(entry.since !== undefined && { since: entry.since }),
    };
  });
  return { people, findings: [...exceptions.findings, ...managerFindings, ...roleFindings, ...known.findings(hrFile)] };
}

function personId(id: string): PersonId {
  return id as PersonId;
}

type Exception = Organization['people'][number];

/** What the sources say together, before it is compared with other people. */
interface Merged {
  readonly name: string;
  readonly email?: string;
  readonly locale: Person['locale'];
  readonly zone: string;
  readonly active: boolean;
  readonly guest: boolean;
  readonly facts: HrFacts;
  readonly since?: number;
}

function merge({ slack, hr, hereSince }: PersonRecord, exception: Exception | undefined, here: Here): Merged {
  const { who: _, active, ...corrections } = exception ?? {};
  const facts: HrFacts = { ...hr, ...corrections };
  const { zone, date } = here;
  const isEmployed = (facts.start ?? date) <= date && date <= (facts.end ?? date);
  return {
    name: slack.name,
    locale: localeOf(slack.locale),
    zone,
    active: slack.active && (active ?? isEmployed),
    guest: slack.guest,
    facts,
    ...(slack.email !== undefined && { email: slack.email }),
    ...(hereSince !== undefined && { since: hereSince }),
  };
}

function exceptionsById(organization: Organization, finder: Finder) {
  const byId = new Map<string, Exception>();
  const findings: Finding[] = [];
  for (const [index, exception] of organization.people.entries()) {
    const id = finder.find(exception.who);
    const problem =
      id === undefined
        ? `${exception.who} is not in the workspace.`
        : byId.has(id)
          ? `There are two exceptions for ${exception.who}.`
          : undefined;
    if (id !== undefined && problem === undefined) byId.set(id, exception);
    if (problem !== undefined) {
      findings.push({
        file: organizationFile,
        field: `people.${index}`,
        problem,
        mend: 'Correct or remove it.',
        fatal: false,
      });
    }
  }
  return { byId, findings };
}

/** Zones with exactly one office: whoever lives by such a clock belongs to it unless a source says otherwise. */
function officeByZone(organization: Organization): ReadonlyMap<string, string> {
  const offices = new Map<string, string | undefined>();
  for (const { id, zone } of organization.offices) offices.set(zone, offices.has(zone) ? undefined : id);
  return new Map([...offices].flatMap(([zone, id]) => (id === undefined ? [] : [[zone, id] as const])));
}

interface Here {
  readonly zone: string;
  /** ISO date. */
  readonly date: string;
}

/** The date in each zone, worked out once: thousands of people share a few. A zone that is not known counts as UTC. */
function clocks(now: number): (zone: string | undefined) => Here {
  const known = new Map<string, Here>();
  return (zone = 'UTC') => {
    const here = known.get(zone) ?? hereIn(zone, now);
    known.set(zone, here);
    return here;
  };
}

function hereIn(zone: string, now: number): Here {
  try {
    return { zone, date: dateAt(now, zone) };
  } catch {
    return { zone: 'UTC', date: dateAt(now, 'UTC') };
  }
}

/** Offices, units and entities that the organization's file knows, and what people name besides. */
function knownPlaces(organization: Organization) {
  const ids = {
    office: new Set(organization.offices.map((one) => one.id)),
    unit: new Set(organization.units.map((one) => one.id)),
    entity: new Set(organization.entities.map((one) => one.id)),
  };
  const unknown = new Map<string, { readonly field: keyof typeof ids; readonly name: string; people: number }>();
  return {
    pick(field: keyof typeof ids, name: string | undefined): string | undefined {
      if (name === undefined || ids[field].has(name)) return name;
      const entry = unknown.get(`${field} ${name}`) ?? { field, name, people: 0 };
      entry.people += 1;
      unknown.set(`${field} ${name}`, entry);
      return undefined;
    },
    findings(file: string): readonly Finding[] {
      return [...unknown.values()].map(({ field, name, people }) => ({
        file,
        field,
        problem: `${people} ${people === 1 ? 'person has' : 'people have'} the ${field} ${name}, which ${organizationFile} does not know.`,
        mend: `Add it to ${organizationFile} or use an id from there.`,
        fatal: false,
      }));
    },
  };
}
