import type { Office, Organization } from '../../src/core/organization.ts';
import { placeOf } from '../../src/reminders/place.ts';
import { dueOn, type Sent, type Story, type StoryPerson, type StoryThing, tickMs } from './year.ts';

/*
 * What should have been sent, worked out the long way: for every person and every quarter of an hour, with lists of days and
 * clocks from Intl. It shares nothing with the engine but the minute of the hour that each person has.
 */

const dayMs = 86_400_000;
const gaps = [3, 5, 10];
const named = 5;

/** What a clock on the wall shows. */
interface Wall {
  readonly date: string;
  readonly minute: number;
}

/** Dates and minutes of a zone, tick by tick; clocks are only moved at full hours. */
function wallOf(zone: string, from: number, to: number): ReadonlyMap<number, Wall> {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const wall = new Map<number, Wall>();
  for (let hour = from; hour < to; hour += 4 * tickMs) {
    const shown = Date.parse(`${format.format(hour).replace(' ', 'T')}Z`);
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const local = shown + quarter * tickMs;
      wall.set(hour + quarter * tickMs, { date: iso(local), minute: (local % dayMs) / 60_000 });
    }
  }
  return wall;
}

/** All working days of an office around a story, in order. */
function workedDays(office: Office, from: number, to: number): readonly string[] {
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const spelled = (days: readonly string[]) =>
    days.flatMap((range) => {
      const [first = '', last = first] = range.split('/');
      const all: string[] = [];
      for (let ms = Date.parse(first); ms <= Date.parse(last); ms += dayMs) all.push(iso(ms));
      return all;
    });
  const years = Object.values(office.years);
  const holidays = new Set(years.flatMap((year) => spelled(year.holidays)));
  const extra = new Set(years.flatMap((year) => spelled(year.worked)));
  const days: string[] = [];
  for (let ms = from - 60 * dayMs; ms < to + 90 * dayMs; ms += dayMs) {
    const date = iso(ms);
    const name = names[new Date(Date.parse(date)).getUTCDay()];
    if (!holidays.has(date) && (extra.has(date) || office.week.some((one) => one === name))) days.push(date);
  }
  return days;
}

/** A thing with the last day that it has at the moment. */
type ThingNow = Omit<StoryThing, 'due'> & { readonly due: string | undefined };

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export function expected(story: Story): readonly Sent[] {
  const walls = new Map<string, ReturnType<typeof wallOf>>();
  const calendars = new Map<string, readonly string[]>();
  const sent: Sent[] = [];
  for (const one of story.people) {
    const office = officeOf(one, story.organization);
    const home = one.person.zone === 'UTC' ? office.zone : one.person.zone;
    for (const zone of [home, ...one.moves.map((move) => move.zone)]) {
      if (!walls.has(zone)) walls.set(zone, wallOf(zone, story.from - 30 * dayMs, story.to + 60 * dayMs));
    }
    const wallAt = (ms: number) => walls.get(one.moves.findLast(({ at }) => at < ms)?.zone ?? home) ?? new Map();
    const days = calendars.get(office.id) ?? workedDays(office, story.from, story.to);
    calendars.set(office.id, days);
    sent.push(...expectedFor(one, story, wallAt, days));
  }
  return sent;
}

function officeOf({ person }: StoryPerson, { offices }: Organization): Office {
  const found = offices.find(({ id }) => id === person.office) ?? offices[0];
  if (!found) throw new Error('no office');
  return found;
}

function expectedFor(
  one: StoryPerson,
  story: Story,
  wallAt: (ms: number) => ReadonlyMap<number, Wall>,
  days: readonly string[],
): readonly Sent[] {
  const slot = 9 * 60 + placeOf(one.person, story.organization).spreadMs / 60_000;
  const isWorked = new Set(days);
  /** What was told, and how often; what did not fit counts as nothing told. */
  const told = new Map<string, { readonly times: number; readonly on: string }>();
  const sent: Sent[] = [];
  const counted: number[] = [];
  let wall = wallAt(story.from);
  let looked = '';
  let lastOn = '';

  for (let now = story.from; now < story.to && now < one.leavesAt; now += tickMs) {
    // By another clock the day may be another one, or not over yet.
    const own = wallAt(now);
    if (own !== wall) looked = '';
    wall = own;
    const { date = '', minute = 0 } = wall.get(now) ?? {};
    if (date <= lastOn) continue;
    if (story.isDown(now) || date === looked || minute < slot || minute >= 18 * 60 || !isWorked.has(date)) continue;
    looked = date;
    const due = one.things
      .filter(({ knownFrom, doneAt }) => knownFrom < now && now < doneAt)
      .map((thing) => ({ ...thing, due: dueOn(thing, now) }))
      .filter((thing) => isDue(thing, date))
      .toSorted(byUrgency);
    if (due.length === 0) continue;
    const isMandatory = due.some(({ mandatory }) => mandatory);
    const week = counted.filter((at) => at > now - 7 * dayMs);
    const { unaskedPerDay, unaskedPerWeek } = story.organization.limits;
    if (!isMandatory) {
      if (week.length >= unaskedPerWeek || week.filter((at) => wall.get(at)?.date === date).length >= unaskedPerDay)
        continue;
      counted.push(now);
    }
    for (const [index, { key }] of due.entries()) {
      const times = told.get(key)?.times ?? 0;
      told.set(key, { times: index < named ? times + 1 : times, on: date });
    }
    lastOn = date;
    sent.push({ person: one.person.id, at: now, keys: due.slice(0, named).map(({ key }) => key) });
  }
  return sent;

  function isDue(thing: ThingNow, date: string): boolean {
    const first = firstDay(thing);
    if (first === undefined) return false;
    if (thing.mandatory) return first <= date;
    if (one.muted.includes(thing.topic)) return false;
    if (one.pausedUntil !== undefined && date < one.pausedUntil) return false;
    if (one.rhythm === 'daily') return first <= date;
    // The first working day of a week that begins on Monday, since it was due: today, or one that was missed.
    const from = one.pausedUntil !== undefined && one.pausedUntil > first ? one.pausedUntil : first;
    return days.some((day) => day >= from && day <= date && isFirstOfWeek(day));
  }

  function isFirstOfWeek(day: string): boolean {
    const ms = Date.parse(day);
    const monday = iso(ms - ((new Date(ms).getUTCDay() + 6) % 7) * dayMs);
    return !days.some((other) => other >= monday && other < day);
  }

  /** The day on which a thing is due to be told, whatever its person wishes. */
  function firstDay(thing: ThingNow): string | undefined {
    const before = told.get(thing.key);
    if (!before) {
      const begins = wall.get(thing.since);
      if (!begins) throw new Error('the story reaches further than the clock');
      return days.find((day) => day > begins.date || (day === begins.date && begins.minute <= slot));
    }
    const gap = gaps[Math.max(before.times, 1) - 1];
    const after = days.filter((day) => day > before.on);
    const again = gap === undefined ? undefined : after[gap - 1];
    const eve = thing.due && days.findLast((day) => day < (thing.due ?? ''));
    if (!eve || before.on >= eve) return again;
    return again === undefined || eve < again ? eve : again;
  }
}

function byUrgency(a: ThingNow, b: ThingNow): number {
  const dueA = a.due ?? '9999';
  const dueB = b.due ?? '9999';
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  if (Boolean(a.mandatory) !== Boolean(b.mandatory)) return a.mandatory ? -1 : 1;
  return a.since - b.since || (a.key < b.key ? -1 : 1);
}
