import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Organization } from '../../src/core/organization.ts';
import type { Person, PersonId } from '../../src/core/ports.ts';
import { type Due, emptyBook, type ReminderBook } from '../../src/reminders/book.ts';
import { type Place, placeOf } from '../../src/reminders/place.ts';
import type { LookFacts } from '../../src/reminders/step.ts';

const shipped: unknown = parse(readFileSync(new URL('../../data/organization.yml', import.meta.url), 'utf8'));

/** The sample organization: Berlin and Shanghai with their holidays of 2026. */
export const organization = Organization.parse(shipped);

export const hour = 3_600_000;
export const day = 24 * hour;

/** A moment, from a date and time with its offset: `2026-11-23T09:00+01:00`. */
export const at = (moment: string): number => Date.parse(moment);

export function personAt(id: string, zone = 'Europe/Berlin', more: Partial<Person> = {}): Person {
  return { id: id as PersonId, name: id, locale: 'en', zone, active: true, guest: false, roles: [], ...more };
}

/** Somebody who is reminded right at the opening: their share of the spread is nothing. */
export function placeAt(zone: string, office?: string, spreadMs = 0): Place {
  return { ...placeOf(personAt('U0SOMEBODY', zone, office === undefined ? {} : { office }), organization), spreadMs };
}

export const berlin = placeAt('Europe/Berlin', 'berlin');
export const shanghai = placeAt('Asia/Shanghai', 'shanghai');

const words = { en: 'A thing', 'zh-CN': '一件事' };
export const must = { en: 'The law wants it.', 'zh-CN': '法律要求。' };

export function thing(key: string, more: Partial<Due> = {}): Due {
  return { key: `test:${key}`, topic: 'test:news', title: words, since: 0, ...more };
}

export function bookWith(more: Partial<ReminderBook> = {}): ReminderBook {
  return { ...emptyBook, ...more };
}

export function factsWith(things: readonly Due[], more: Partial<LookFacts> = {}): LookFacts {
  return {
    active: true,
    place: berlin,
    limits: { unaskedPerDay: 2, unaskedPerWeek: 5 },
    things,
    incomplete: false,
    undisturbedUntil: undefined,
    lost: false,
    ...more,
  };
}
