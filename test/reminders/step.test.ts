import { describe, expect, it } from 'vitest';
import { type Look, look, mostNamed } from '../../src/reminders/step.ts';
import { at, bookWith, day, factsWith, hour, must, placeAt, shanghai, thing } from './world.ts';

const slot = at('2026-11-23T09:00+01:00');
const next = (date: string) => at(`${date}T09:00+01:00`);

describe('a look at one person', () => {
  it('tells what is due in its slot, and looks again the next morning', () => {
    const { book, tells } = look(bookWith({ next: slot }), factsWith([thing('a')]), slot);

    expect(tells).toBe(true);
    expect(book.standing).toMatchObject({ number: 1, on: '2026-11-23', keys: ['test:a'], rest: 0 });
    expect(book.told).toEqual({ 'test:a': { times: 1, on: '2026-11-23' } });
    expect(book.next).toBe(next('2026-11-24'));
  });

  it.each([
    ['before the slot of the day', slot - hour, next('2026-11-23')],
    ['at night', slot + 12 * hour, next('2026-11-24')],
    ['on a Saturday', slot - 2 * day, next('2026-11-23')],
  ])('waits for the slot: %s', (_, now, expected) => {
    const { book, tells } = look(bookWith(), factsWith([thing('a')]), now);

    expect(tells).toBe(false);
    expect(book.next).toBe(expected);
  });

  it('tells late on the same day, when the slot was missed', () => {
    expect(look(bookWith({ next: slot }), factsWith([thing('a')]), slot + 7 * hour).tells).toBe(true);
  });

  it('folds what was missed in a week of downtime into one', () => {
    const things = [thing('a', { since: slot - 7 * day }), thing('b', { since: slot - 5 * day })];
    const told = { 'test:a': { times: 1, on: '2026-11-11' } };

    const first = look(bookWith({ next: slot - 6 * day, told }), factsWith(things), slot);
    const second = look(first.book, factsWith(things), first.book.next ?? 0);

    expect(first.book.standing?.keys).toEqual(['test:a', 'test:b']);
    expect(first.book.told).toMatchObject({ 'test:a': { times: 2 }, 'test:b': { times: 1 } });
    expect(second.tells).toBe(false);
    expect(second.book.next).toBe(next('2026-11-26'));
  });

  it('says one thing a day: what comes due meanwhile waits until the next', () => {
    const first = look(bookWith(), factsWith([thing('a')]), slot);

    const again = look(first.book, factsWith([thing('a'), thing('b')]), slot + hour);

    expect(again.tells).toBe(false);
    expect(again.book.next).toBe(next('2026-11-24'));
  });

  it('sleeps when nothing is open, and when all was said', () => {
    expect(look(bookWith({ next: slot }), factsWith([]), slot).book.next).toBeNull();
    const told = { 'test:a': { times: 4, on: '2026-10-01' } };
    expect(look(bookWith({ next: slot, told }), factsWith([thing('a')]), slot).book.next).toBeNull();
  });

  it('wakes for what begins later', () => {
    const { book } = look(bookWith({ next: slot }), factsWith([thing('a', { since: slot + 3 * day })]), slot);

    expect(book.next).toBe(next('2026-11-26'));
  });

  it('looks soon again where a source did not answer', () => {
    const { book } = look(bookWith(), factsWith([], { incomplete: true }), slot);

    expect(book.next).toBe(slot + hour);
  });

  it('says nothing to whoever left, and sees when they are back', () => {
    const { book, tells } = look(bookWith({ next: slot }), factsWith([thing('a')], { active: false }), slot);

    expect(tells).toBe(false);
    expect(book.next).toBe(slot + 7 * day);
    expect(look(book, factsWith([thing('a')]), book.next ?? 0).tells).toBe(true);
  });

  it('names the most urgent, counts the rest, and comes back to it after the first distance', () => {
    const things = Array.from({ length: mostNamed + 3 }, (_, index) => thing(`n${index}`));
    const urgent = thing('z', { due: '2026-12-04' });
    const bound = thing('y', { due: '2026-12-04', mandatory: must });

    const { book } = look(bookWith(), factsWith([...things, urgent, bound]), slot);

    expect(book.standing).toMatchObject({ keys: ['test:y', 'test:z', 'test:n0', 'test:n1', 'test:n2'], rest: 5 });
    expect(book.told['test:n7']).toEqual({ times: 0, on: '2026-11-23' });
    const third = look({ ...book, next: null }, factsWith(things), next('2026-11-26'));
    expect(third.book.standing?.keys).toContain('test:n3');
  });

  it('forgets things that are long gone, and nothing else', () => {
    const told = {
      'test:open': { times: 4, on: '2024-01-01' },
      'test:gone': { times: 1, on: '2026-06-01' },
      'test:old': { times: 1, on: '2025-01-01' },
    };

    const { book } = look(bookWith({ told }), factsWith([thing('open')]), slot);

    expect(Object.keys(book.told)).toEqual(['test:open', 'test:gone']);
  });
});

describe('the budget', () => {
  const spent = { unasked: [slot - 2, slot - 1] };

  it('is spent by a reminder', () => {
    expect(look(bookWith(), factsWith([thing('a')]), slot).book.unasked).toEqual([slot]);
  });

  it('holds a reminder back until the next day', () => {
    const { book, tells } = look(bookWith(spent), factsWith([thing('a')]), slot);

    expect(tells).toBe(false);
    expect(book.next).toBe(next('2026-11-24'));
    expect(look(book, factsWith([thing('a')]), book.next ?? 0).tells).toBe(true);
  });

  it('does not hold back what is mandatory, which takes the rest along and costs nothing', () => {
    const { book, tells } = look(bookWith(spent), factsWith([thing('a'), thing('b', { mandatory: must })]), slot);

    expect(tells).toBe(true);
    expect(book.standing?.keys).toEqual(['test:b', 'test:a']);
    expect(book.unasked).toEqual(spent.unasked);
  });
});

describe('do not disturb', () => {
  it.each([
    ['until the afternoon', slot + 5 * hour, slot + 5 * hour],
    ['until the evening', slot + 11 * hour, next('2026-11-24')],
    ['until Thursday', slot + 3 * day + hour, next('2026-11-27')],
  ])('waits %s', (_, undisturbedUntil, expected) => {
    const { book, tells } = look(bookWith(), factsWith([thing('a')], { undisturbedUntil }), slot);

    expect(tells).toBe(false);
    expect(book.next).toBe(expected);
    expect(look(book, factsWith([thing('a')]), expected).tells).toBe(true);
  });
});

describe('a reminder that never went out', () => {
  const sent = (): Look =>
    look(bookWith({ told: { 'test:a': { times: 1, on: '2026-11-18' } } }), factsWith([thing('a')]), slot);

  it('is told the next morning, and counts once', () => {
    const { book } = sent();

    const again = look(book, factsWith([thing('a')], { lost: true }), book.next ?? 0);

    expect(again.tells).toBe(true);
    expect(again.book.standing).toMatchObject({ number: 2, on: '2026-11-24' });
    expect(again.book.told).toEqual({ 'test:a': { times: 2, on: '2026-11-24' } });
    expect(again.book.unasked).toEqual([book.next]);
  });

  it('leaves put off what was put off since', () => {
    const { book } = sent();
    const told = { 'test:a': { times: 2, on: '2026-11-23', later: '2026-12-01' } };

    const again = look({ ...book, told }, factsWith([thing('a')], { lost: true }), book.next ?? 0);

    expect(again.tells).toBe(false);
    expect(again.book.told).toEqual({ 'test:a': { times: 1, on: '2026-11-18', later: '2026-12-01' } });
  });
});

describe('somebody who moves', () => {
  it('is told by the new clock: not at its night, and not twice on one day of it', () => {
    const pacific = placeAt('America/Los_Angeles', 'berlin');
    const told = look(bookWith(), factsWith([thing('a')], { place: shanghai }), at('2026-11-24T09:00+08:00'));
    const things = [thing('a'), thing('b', { since: at('2026-11-24T00:00Z') })];

    const night = look(told.book, factsWith(things, { place: pacific }), told.book.next ?? 0);
    const tuesday = at('2026-11-24T09:00-08:00');
    const same = look(told.book, factsWith(things, { place: pacific }), tuesday);

    expect(night.tells).toBe(false);
    expect(same.tells).toBe(false);
    expect(same.book.next).toBe(at('2026-11-25T09:00-08:00'));
  });

  it('eastward waits for the next opening there, and is then told what was due before', () => {
    const pacific = placeAt('America/Los_Angeles', 'berlin');
    const planned = look(bookWith(), factsWith([thing('a')], { place: pacific }), at('2026-11-22T12:00-08:00')).book;

    const arrived = look(planned, factsWith([thing('a')], { place: shanghai }), planned.next ?? 0);

    expect(planned.next).toBe(at('2026-11-23T09:00-08:00'));
    expect(arrived.tells).toBe(false);
    expect(arrived.book.next).toBe(at('2026-11-24T09:00+08:00'));
    expect(look(arrived.book, factsWith([thing('a')], { place: shanghai }), arrived.book.next ?? 0).tells).toBe(true);
  });
});
