import { type Calendar, calendarOf, dateAt } from '../core/business-time.ts';
import type { Hours, Organization } from '../core/organization.ts';
import type { Person } from '../core/ports.ts';

/** When and where somebody works, as far as dates of training go. */
export interface Place {
  /** Holidays of the office, by the clock of the person. */
  readonly calendar: Calendar;
  readonly quiet: Hours;
  /** ISO date, by the clock of the person. */
  readonly today: string;
}

// Spelling out a year of holidays costs more than everything else here, and thousands of people share a few offices.
const calendars = new WeakMap<Organization, Map<string, Calendar>>();

/** @param person undefined for somebody whom the directory does not know: the first office counts. @param now ms */
export function placeOf(
  person: Pick<Person, 'zone' | 'office'> | undefined,
  organization: Organization,
  now: number,
): Place {
  const { offices } = organization;
  const office = offices.find(({ id }) => id === person?.office) ?? offices[0];
  if (!office) throw new Error('an organization has at least one office');
  // The directory writes UTC for whoever has no clock.
  const zone = person && person.zone !== 'UTC' ? person.zone : office.zone;
  const known = calendars.get(organization) ?? new Map<string, Calendar>();
  calendars.set(organization, known);
  const key = `${office.id} ${zone}`;
  const calendar = known.get(key) ?? { ...calendarOf(office), zone };
  known.set(key, calendar);
  return { calendar, quiet: office.quiet, today: todayIn(zone, now) };
}

// A date is asked for of thousands of people at once, who share a few zones; it changes on whole minutes.
const minuteMs = 60_000;
const days = new Map<string, { readonly minute: number; readonly date: string }>();

function todayIn(zone: string, now: number): string {
  const minute = Math.floor(now / minuteMs);
  const known = days.get(zone);
  if (known?.minute === minute) return known.date;
  const date = dateAt(now, zone);
  days.set(zone, { minute, date });
  return date;
}
