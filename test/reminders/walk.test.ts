import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateAt } from '../../src/core/business-time.ts';
import { type Due, emptyBook, ReminderBook } from '../../src/reminders/book.ts';
import { dayFrom, isFit, slotOn } from '../../src/reminders/place.ts';
import { look, mostNamed } from '../../src/reminders/step.ts';
import { at, day, factsWith, hour, must, placeAt, thing } from './world.ts';

const zones = ['Europe/Berlin', 'Asia/Shanghai', 'America/St_Johns', 'Pacific/Auckland'] as const;
const start = at('2026-02-01T00:00Z');
const limits = { unaskedPerDay: 2, unaskedPerWeek: 3 };

/** What may happen to one person. */
const Deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('down' as const), hours: fc.integer({ min: 1, max: 200 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      inHours: fc.integer({ min: -100, max: 200 }),
      dueIn: fc.option(fc.integer({ min: 0, max: 40 })),
      mandatory: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('done' as const), nth: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('later' as const),
      nth: fc.nat(9),
      days: fc.integer({ min: 1, max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mute' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('weekly' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), to: fc.nat(zones.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lost' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('quiet' as const), hours: fc.integer({ min: 1, max: 60 }) }) },
);
type Deed = typeof Deed extends fc.Arbitrary<infer T> ? T : never;

/** One reminder as it was sent. */
interface Sent {
  readonly at: number;
  readonly zone: string;
  readonly fits: boolean;
  readonly things: readonly Due[];
  readonly muted: boolean;
  lost: boolean;
}

/** Lives through the deeds; throws where the engine breaks its own promises. */
function walk(deeds: readonly Deed[]) {
  let now = start;
  let zone: string = zones[0];
  let book: ReminderBook = emptyBook;
  let things: Due[] = [];
  let lost = false;
  let undisturbedUntil: number | undefined;
  const sent: Sent[] = [];
  const later = new Map<string, number>();

  function lookNow() {
    const place = placeAt(zone);
    const looked = look(book, factsWith(things, { place, limits, lost, undisturbedUntil }), now);
    if (lost && book.standing && book.standing.number === sent.length)
      sent.splice(-1, 1, ...sent.slice(-1).map((one) => ({ ...one, lost: true })));
    lost = false;
    expect(looked.book.next === null || looked.book.next > now).toBe(true);
    book = ReminderBook.parse(JSON.parse(JSON.stringify(looked.book)));
    if (!looked.tells) return;
    const named = book.standing?.keys ?? [];
    sent.push({
      at: now,
      zone,
      fits: isFit(now, place) && (undisturbedUntil ?? 0) <= now,
      things: named.flatMap((key) => things.find((one) => one.key === key) ?? []),
      muted: book.muted.length > 0,
      lost: false,
    });
  }

  function passTo(moment: number) {
    while (book.next !== null && book.next <= moment) {
      now = Math.max(now, book.next);
      lookNow();
    }
    now = moment;
  }

  for (const deed of deeds) {
    const nth = 'nth' in deed ? things[deed.nth % Math.max(things.length, 1)] : undefined;
    switch (deed.kind) {
      case 'pass':
        passTo(now + deed.hours * hour);
        break;
      case 'down':
        now += deed.hours * hour;
        if (book.next !== null && book.next <= now) lookNow();
        break;
      case 'add': {
        const since = now + deed.inHours * hour;
        const due = deed.dueIn === null ? {} : { due: dateAt(now + deed.dueIn * day, zone) };
        things = [
          ...things,
          thing(`n${sent.length}-${things.length}-${now}`, {
            since,
            ...due,
            ...(deed.mandatory ? { mandatory: must } : {}),
          }),
        ];
        const slot = slotOn(dayFrom(Math.max(since, now), placeAt(zone)), placeAt(zone));
        book = { ...book, next: Math.min(book.next ?? slot, slot) };
        break;
      }
      case 'done':
        things = things.filter((one) => one !== nth);
        break;
      case 'later':
        if (nth) {
          const until = dateAt(now + deed.days * day, zone);
          book = { ...book, told: { ...book.told, [nth.key]: { times: 0, ...book.told[nth.key], later: until } } };
          later.set(nth.key, (later.get(nth.key) ?? 0) + 1);
        }
        break;
      case 'mute':
        book = { ...book, muted: book.muted.length > 0 ? [] : ['test:news'] };
        break;
      case 'weekly':
        book = { ...book, rhythm: book.rhythm === 'daily' ? 'weekly' : 'daily' };
        break;
      case 'move':
        zone = zones[deed.to] ?? zone;
        break;
      case 'lost':
        lost = true;
        break;
      case 'quiet':
        undisturbedUntil = now + deed.hours * hour;
        break;
    }
  }
  passTo(now + 90 * day);
  return { sent, things, later, book };
}

describe('whatever happens to one person', () => {
  it('the engine keeps its promises', () => {
    fc.assert(
      fc.property(fc.array(Deed, { minLength: 5, maxLength: 40 }), (deeds) => {
        const { sent, later } = walk(deeds);

        const counted = sent.filter((one) => !one.lost && !one.things.some(({ mandatory }) => mandatory));
        const times = new Map<string, number>();
        for (const one of sent.filter((each) => !each.lost)) {
          for (const { key } of one.things) times.set(key, (times.get(key) ?? 0) + 1);
        }
        expect(
          sent.filter(({ fits }) => !fits),
          'outside of hours',
        ).toEqual([]);
        expect(sent.filter(({ things }) => things.length === 0 || things.length > mostNamed)).toEqual([]);
        expect(
          sent.filter((one) => one.muted && one.things.some(({ mandatory }) => !mandatory)),
          'turned off',
        ).toEqual([]);
        for (const [index, one] of sent.entries()) {
          const before = sent[index - 1];
          if (before) expect(dateAt(before.at, one.zone) < dateAt(one.at, one.zone), 'one a day').toBe(true);
        }
        for (const one of counted) {
          const week = counted.filter((other) => other.at <= one.at && other.at > one.at - 7 * day);
          expect(week.length, 'a week').toBeLessThanOrEqual(limits.unaskedPerWeek);
        }
        // Four tellings, one before the last day, and one for each time that it was put off.
        for (const [key, count] of times) expect(count, key).toBeLessThanOrEqual(5 + (later.get(key) ?? 0));
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });

  it('what stays open is told, and to the end', () => {
    fc.assert(
      fc.property(fc.array(Deed, { minLength: 5, maxLength: 30 }), (deeds) => {
        const { sent, things, book } = walk(deeds.filter(({ kind }) => kind !== 'mute' && kind !== 'lost'));

        const told = new Set(sent.flatMap((one) => one.things.map(({ key }) => key)));
        const few = things.slice(0, mostNamed);
        expect(things.length > mostNamed || few.every(({ key }) => told.has(key))).toBe(true);
        expect(few.every(({ key }) => book.told[key] !== undefined)).toBe(true);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});
