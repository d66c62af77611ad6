import { dateAt } from '../../src/core/business-time.ts';
import type { Organization } from '../../src/core/organization.ts';
import type { Person } from '../../src/core/ports.ts';
import { type Due, emptyBook, ReminderBook } from '../../src/reminders/book.ts';
import { dayFrom, isFit, type Place, placeOf, slotOn } from '../../src/reminders/place.ts';
import { look } from '../../src/reminders/step.ts';
import { randomFrom } from '../flows/kills.ts';
import { must } from './world.ts';

/** Something due in a story: it is known from a moment on, and until it is done. */
export interface StoryThing extends Due {
  readonly knownFrom: number;
  readonly doneAt: number;
  /** From a moment on it has another last day, as when its track is changed; the source tells the engine. */
  readonly changed: { readonly at: number; readonly due: string | undefined } | undefined;
}

export interface StoryPerson {
  readonly person: Person;
  /** Another clock from a moment on, in order. */
  readonly moves: readonly { readonly at: number; readonly zone: string }[];
  readonly things: readonly StoryThing[];
  readonly muted: readonly string[];
  readonly rhythm: 'daily' | 'weekly';
  readonly pausedUntil: string | undefined;
  /** They leave then (ms). */
  readonly leavesAt: number;
}

/** People and what comes due for them, and when the process is down. */
export interface Story {
  readonly organization: Organization;
  readonly from: number;
  readonly to: number;
  readonly people: readonly StoryPerson[];
  /** Ticks of a quarter of an hour at which nothing runs. */
  isDown(ms: number): boolean;
}

/** A reminder of one person: when, and what it names. */
export interface Sent {
  readonly person: string;
  readonly at: number;
  readonly keys: readonly string[];
}

export const tickMs = 15 * 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Each with hours and quiet hours of its own, and a week that is not always Monday to Friday. */
const places = [
  ['america', 'America/Los_Angeles'],
  ['atlantic', 'America/New_York'],
  ['island', 'America/St_Johns'],
  ['south', 'America/Sao_Paulo'],
  ['london', 'Europe/London'],
  ['gulf', 'Asia/Riyadh', ['sun', 'mon', 'tue', 'wed', 'thu']],
  ['india', 'Asia/Kolkata'],
  ['nepal', 'Asia/Kathmandu', ['sun', 'mon', 'tue', 'wed', 'thu', 'fri']],
  ['japan', 'Asia/Tokyo'],
  ['pacific', 'Pacific/Auckland'],
] as const;

/** The offices of the sample organization, and ten more: twelve zones. */
export function wideOrganization(sample: Organization): Organization {
  const more = places.map(([id, zone, week]) => ({
    id,
    name: { en: id, 'zh-CN': id },
    zone,
    hours: { from: '09:00', to: '18:00' },
    quiet: { from: '19:00', to: '08:30' },
    week: week ? [...week] : (['mon', 'tue', 'wed', 'thu', 'fri'] as const).slice(),
    years: { 2026: { holidays: ['2026-01-01', '2026-12-24/2026-12-26'], worked: [] } },
  }));
  return { ...sample, offices: [...sample.offices, ...more] };
}

/** @param seed the same story for the same number */
export function tell(
  seed: number,
  options: {
    readonly people: number;
    readonly from: number;
    readonly days: number;
    readonly organization: Organization;
  },
): Story {
  const random = randomFrom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const { organization, from, days } = options;
  const to = from + days * dayMs;
  const isoAt = (ms: number) => new Date(ms).toISOString().slice(0, 10);

  // Restarts of a quarter of an hour, nights, and one week.
  const down = new Set<number>();
  const fell = (start: number, ticks: number) => {
    for (let tick = 0; tick < ticks; tick += 1) down.add(start + tick * tickMs);
  };
  for (let count = 0; count < days; count += 1) fell(from + pick(days * 96) * tickMs, 1 + pick(8));
  for (let count = 0; count < days / 20; count += 1) fell(from + pick(days * 96) * tickMs, 96);
  fell(from + (10 * 96 + pick(96)) * tickMs, 7 * 96);
  /** Quarters of an hour around which clocks are changed somewhere, within the story. */
  const turns = turnsOfClocks.map((date) => Date.parse(`${date}T00:00Z`)).filter((ms) => ms > from && ms < to - dayMs);

  /**
   * Somebody adds a thing while the process runs, and not in the hour of the slots: whether what comes in the very minute of a
   * slot is told on that day or the next is nobody's promise.
   */
  function momentFor(zones: readonly string[], first = from + pick(days * 96) * tickMs): number {
    let ms = first;
    while (down.has(ms) || zones.some((zone) => isSlotHour(ms, zone))) ms += tickMs;
    return ms;
  }

  /** Whoever moves does so at any time, or in a night in which clocks are changed, and some go back. */
  function movesOf(home: string): StoryPerson['moves'] {
    if (pick(4)) return [];
    // Two ways out of each zone: every pair of office and clock costs the engine a year of mornings.
    const here = places.findIndex(([, zone]) => zone === home);
    const [, away = home] = places[(here + 4 + 3 * pick(2)) % places.length] ?? [];
    const turn = turns[pick(turns.length)];
    const near = turn !== undefined && pick(2) ? turn + (pick(12 * 4) - 2 * 4) * tickMs : undefined;
    const left = momentFor([home, away], near);
    const back = momentFor([home, away], left + (2 + pick(30)) * dayMs + pick(96) * tickMs);
    return [{ at: left, zone: away }, ...(pick(2) ? [{ at: back, zone: home }] : [])];
  }

  function thingOf(index: number, zones: readonly string[]): StoryThing {
    const knownFrom = momentFor(zones);
    const changedAt = pick(5) ? undefined : momentFor(zones, knownFrom + (1 + pick(20 * 96)) * tickMs);
    const since = knownFrom + (pick(3) - 1) * pick(20 * 24) * hourMs;
    return {
      key: `story:${index}`,
      topic: `story:${pick(3)}`,
      title: { en: 'A thing', 'zh-CN': '一件事' },
      since,
      ...(pick(2) ? { due: isoAt(Math.max(since, knownFrom) + pick(40) * dayMs) } : {}),
      ...(pick(4) ? {} : { mandatory: must }),
      knownFrom,
      doneAt: pick(3) ? knownFrom + pick(30 * 96) * tickMs : Number.POSITIVE_INFINITY,
      changed:
        changedAt === undefined
          ? undefined
          : { at: changedAt, due: pick(4) ? isoAt(Math.max(since, changedAt) + pick(40) * dayMs) : undefined },
    };
  }

  const people = Array.from({ length: options.people }, (_, index): StoryPerson => {
    const office = organization.offices[index % organization.offices.length];
    const id = `U${String(index).padStart(9, '0')}`;
    const person: Person = {
      id: id as Person['id'],
      name: id,
      locale: 'en',
      // Some have no clock, some no office that anybody knows, some live by another clock than their office.
      zone: pick(20) === 0 ? 'UTC' : pick(10) === 0 ? 'Europe/Lisbon' : (office?.zone ?? 'UTC'),
      active: true,
      guest: false,
      roles: [],
      ...(pick(15) && office ? { office: office.id } : {}),
    };
    const { zone } = placeOf(person, organization).calendar;
    const moves = movesOf(zone);
    const zones = [zone, ...moves.map((move) => move.zone)];
    return {
      person,
      moves,
      things: Array.from({ length: pick(2) ? pick(6) : 8 + pick(8) }, (_unused, nth) => thingOf(nth, zones)),
      muted: pick(4) ? [] : ['story:0'],
      rhythm: pick(5) ? 'daily' : 'weekly',
      pausedUntil: pick(6) ? undefined : isoAt(from + pick(days) * dayMs),
      leavesAt: pick(12) ? Number.POSITIVE_INFINITY : from + pick(days) * dayMs,
    };
  });

  return { organization, from, to, people, isDown: (ms) => down.has(ms) };
}

/** Nights in which clocks are changed in the zones of these stories. */
const turnsOfClocks = [2026, 2027, 2028].flatMap((year) => [
  `${year}-03-08`,
  `${year}-03-29`,
  `${year}-04-05`,
  `${year}-09-27`,
  `${year}-10-25`,
  `${year}-11-01`,
]);

/** Who somebody is at a moment: their clock, after their moves. A change counts after its moment. */
function personOn({ person, moves }: StoryPerson, ms: number): Person {
  const zone = moves.findLast(({ at }) => at < ms)?.zone;
  return zone === undefined ? person : { ...person, zone };
}

/** The last day of a thing, at a moment. */
export function dueOn({ due, changed }: StoryThing, ms: number): string | undefined {
  return changed && changed.at < ms ? changed.due : due;
}

/** A thing as its source tells of it at a moment. */
function thingOn(thing: StoryThing, ms: number): StoryThing {
  const { due: _, ...rest } = thing;
  const due = dueOn(thing, ms);
  return due === undefined ? rest : { ...rest, due };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function isSlotHour(ms: number, zone: string): boolean {
  const format = clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' });
  clocks.set(zone, format);
  const clock = format.format(ms);
  return clock >= '08:45' && clock < '10:30';
}

/** What happens to somebody besides the looks, each at its tick. */
interface Happening {
  readonly at: number;
  /** ms: the thing begins then; undefined for a move. */
  readonly since: number | undefined;
}

function happeningsOf({ things, moves }: StoryPerson): readonly Happening[] {
  return [
    ...things.flatMap(({ knownFrom, since, changed }) => [
      { at: knownFrom, since },
      ...(changed ? [{ at: changed.at, since }] : []),
    ]),
    ...moves.map(({ at }) => ({ at, since: undefined })),
  ].toSorted((a, b) => a.at - b.at);
}

/** The story as the engine lives it: each book is stored as JSON and read again between two looks, as by another process. */
export function live(story: Story): readonly Sent[] {
  const sent: Sent[] = [];
  const world = story.people.map((one) => ({
    one,
    place: placeOf(one.person, story.organization),
    book: stored({
      ...emptyBook,
      muted: [...one.muted],
      rhythm: one.rhythm,
      ...(one.pausedUntil === undefined ? {} : { pausedUntil: one.pausedUntil }),
    }),
    coming: happeningsOf(one),
  }));
  for (let now = story.from; now < story.to; now += tickMs) {
    if (story.isDown(now)) continue;
    for (const each of world) {
      const { one, place } = each;
      const { next } = each.book;
      if (next !== null && next <= now) {
        const things = one.things.filter(({ knownFrom, doneAt }) => knownFrom < now && now < doneAt);
        const { book, tells } = look(
          each.book,
          {
            active: now < one.leavesAt,
            place,
            limits: story.organization.limits,
            things: things.map((thing) => thingOn(thing, now)),
            incomplete: false,
            undisturbedUntil: undefined,
            lost: false,
          },
          now,
        );
        if (book.next !== null && book.next <= now) throw new Error('a look that neither moves nor clears its time');
        each.book = stored(book);
        if (tells) sent.push({ person: one.person.id, at: now, keys: book.standing?.keys ?? [] });
      }
      for (let first = each.coming[0]; first && first.at <= now; first = each.coming[0]) {
        each.coming = each.coming.slice(1);
        each.book = { ...each.book, next: heard(first, each, now) };
        each.place = placeOf(personOn(one, now + 1), story.organization);
      }
    }
  }
  return sent;
}

/** When the engine looks after something happened: a thing wakes it for the next slot, a move at once. */
function heard(
  { since }: Happening,
  { book, place }: { readonly book: ReminderBook; readonly place: Place },
  now: number,
): number | null {
  if (since === undefined) return book.next === null ? null : Math.min(book.next, now);
  const woken = slotOn(dayFrom(Math.max(since, now), place), place);
  return Math.min(book.next ?? woken, woken);
}

function stored(book: ReminderBook): ReminderBook {
  return ReminderBook.parse(JSON.parse(JSON.stringify(book)));
}

export function inTurn(sent: readonly Sent[]): readonly Sent[] {
  return sent.toSorted((a, b) => a.at - b.at || (a.person < b.person ? -1 : 1));
}

/** Those that came outside of the hours of their person. */
export function outside(story: Story, sent: readonly Sent[]): readonly Sent[] {
  return sent.filter((one) => !isFit(one.at, placeAt(story, one)));
}

/** Those that came on the day of another to the same person, or within twelve hours of it by the same clock. */
export function twice(story: Story, sent: readonly Sent[]): readonly Sent[] {
  const last = new Map<string, Sent>();
  return inTurn(sent).filter((one) => {
    const before = last.get(one.person);
    last.set(one.person, one);
    if (!before) return false;
    const [was, is] = [before, one].map((each) => placeAt(story, each).calendar.zone);
    if (was === is) return one.at - before.at < 12 * hourMs;
    return dateAt(one.at, is ?? '') <= dateAt(before.at, was ?? '');
  });
}

const known = new WeakMap<Story, ReadonlyMap<string, StoryPerson>>();

function placeAt(story: Story, { person, at }: Sent): Place {
  const people = known.get(story) ?? new Map(story.people.map((one) => [one.person.id as string, one]));
  known.set(story, people);
  const one = people.get(person);
  if (!one) throw new Error('nobody of this story');
  return placeOf(personOn(one, at), story.organization);
}
