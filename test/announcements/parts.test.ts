import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bodyFields, bodyMax, fieldMax, joinBody, splitBody } from '../../src/announcements/body.ts';
import { blanksIn, kindContent } from '../../src/announcements/kind.ts';
import { choose, nextDigest, plainReader, stepReader } from '../../src/announcements/reader.ts';
import { countUnits, percent, spansSince } from '../../src/announcements/results.ts';
import { readerStart, startOf } from '../../src/announcements/timing.ts';
import { calendarOf } from '../../src/core/business-time.ts';
import { Office } from '../../src/core/organization.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

describe('a long text', () => {
  it('in pieces that fit, put together again, is the same text', () => {
    const paragraph = fc.string({ minLength: 1, maxLength: 900, unit: fc.constantFrom('a', '字', ' ', '.', '。') });
    const texts = fc.array(paragraph.map((one) => one.trim()).filter(Boolean), { minLength: 1, maxLength: 12 });

    fc.assert(
      fc.property(texts, (paragraphs) => {
        const body = paragraphs
          .join('\n\n')
          .slice(0, bodyMax - 200)
          .trim();
        const parts = splitBody(body);

        expect(parts.length).toBeLessThanOrEqual(bodyFields);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(fieldMax);
        expect(joinBody(parts)).toBe(body);
      }),
      { seed: 20261122 },
    );
  });

  it.each([
    ['keeps a block of code in one piece', ['```\na', 'b\n```', 'c'], '```\na\nb\n```\n\nc'],
    ['leaves out what is empty', ['', 'a', ' \n'], 'a'],
    ['takes the line ends of every keyboard', ['a\r\nb'], 'a\nb'],
  ])('%s', (_, parts, body) => {
    expect(joinBody(parts)).toBe(body);
  });
});

describe('a template', () => {
  it.each([
    ['The rule ‹name›, from ‹date› and ‹name› on', ['name', 'date']],
    ['Nothing is left open', []],
  ])('%s', (text, blanks) => {
    expect(blanksIn(text)).toEqual(blanks);
  });

  const file = `
name: { en: Event, zh-CN: 活动 }
about: { en: Something happens., zh-CN: 有活动。 }
order: 1
template:
  en: { title: A, body: B }
  zh-CN: { title: 甲, body: 乙 }
`;
  const read = (more: string) =>
    kindContent.parse({ id: 'event', file: 'announcements/event.yml', hash: '', data: parse(file + more), body: '' });

  it.each([
    ['as it should be', '', undefined],
    ['that reminds of what nobody confirms', 'remind: { after: 1, due: 3 }', 'remind'],
    ['whose reminder comes too late', 'confirm: true\nremind: { after: 3, due: 3 }', 'remind.due'],
    ['with a field that nobody knows', 'loud: true', 'loud'],
  ])('%s', (_, more, field) => {
    const { item, findings } = read(more);

    expect(findings.map((finding) => finding.field ?? finding.problem).join()).toContain(field ?? '');
    expect(item === undefined).toBe(field !== undefined);
  });
});

describe('when a reader gets it', () => {
  const berlin = Office.parse({ id: 'berlin', name: { en: 'Berlin', 'zh-CN': '柏林' }, zone: 'Europe/Berlin' });
  const hours = { calendar: { ...calendarOf(berlin), zone: 'America/Los_Angeles' }, quiet: berlin.quiet };
  // A Tuesday, ten in Berlin, one in the night in Los Angeles.
  const started = Date.UTC(2026, 10, 24, 9);

  it.each([
    ['at once, where it is urgent', undefined, undefined, started],
    ['in the morning, where they sleep', undefined, hours, Date.UTC(2026, 10, 24, 16, 30)],
    [
      'at a time by their own clock',
      { kind: 'local', date: '2026-11-25', time: '10:00' },
      hours,
      Date.UTC(2026, 10, 25, 18),
    ],
    ['now, where that time is over', { kind: 'local', date: '2026-11-20', time: '10:00' }, undefined, started],
  ] as const)('%s', (_, timing, quiet, at) => {
    expect(readerStart(timing, started, 'America/Los_Angeles', quiet)).toBe(at);
  });

  it('begins where the day begins', () => {
    expect(startOf({ kind: 'local', date: '2026-11-25', time: '10:00' }, started)).toBe(Date.UTC(2026, 10, 24, 20));
    expect(startOf(undefined, started)).toBe(started);
  });
});

describe('a digest', () => {
  const monday = Date.UTC(2026, 10, 23, 8);

  it.each([
    ['on the morning itself', monday - 1, monday],
    ['a week later, once it was', monday, monday + 7 * day],
    ['on the next Monday', monday + 2 * day, monday + 7 * day],
  ])('is due %s', (_, now, at) => {
    expect(nextDigest(now, 'Europe/Berlin')).toBe(at);
  });

  it('begins with what comes from now on, and ends at once', () => {
    const chosen = choose(plainReader, { optOut: ['event', 'event'], digest: true }, monday, 'Europe/Berlin');
    const ended = choose(chosen, { optOut: [], digest: false }, monday + day, 'Europe/Berlin');

    expect(chosen).toMatchObject({ optOut: ['event'], digestTo: monday, digestAt: monday + 7 * day });
    expect(ended).toMatchObject({ digest: false, digestAt: null });
  });

  it('folds missed weeks into one, and always moves its time', () => {
    const reader = { ...plainReader, digest: true, digestAt: monday, digestTo: monday - 7 * day };
    const now = monday + 15 * day;

    const { value, digest } = stepReader(reader, now, 'Europe/Berlin');

    expect(digest).toEqual({ from: monday - 7 * day, to: now });
    expect(value.digestAt).toBeGreaterThan(now);
  });

  it('welcomes once', () => {
    const { value, welcome } = stepReader({ ...plainReader, welcomeAt: 5 }, 5, 'UTC');

    expect(welcome).toBe(true);
    expect(stepReader(value, 6, 'UTC')).not.toHaveProperty('welcome');
  });
});

describe('counts by unit', () => {
  const counted = (all: Readonly<Record<string, number>>, none = 0) =>
    countUnits(
      new Map([...Object.entries(all), ...(none ? [[undefined, none] as const] : [])]),
      new Map([['a', 2]]),
      5,
    );

  it.each([
    ['shows large ones apart', { a: 10, b: 5 }, 0, ['a', 'b']],
    ['gathers small ones', { a: 10, b: 3, c: 2 }, 0, ['a', undefined]],
    ['joins a shown one where the rest would point at somebody', { a: 10, b: 6, c: 2 }, 0, ['a', undefined]],
    ['says nothing of fewer than five', { a: 3 }, 1, []],
  ])('%s', (_, all, none, units) => {
    expect(counted(all, none).map(({ unit }) => unit)).toEqual(units);
  });

  it('never points at fewer people than the limit, and loses nobody that it counts', () => {
    const units = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 1, max: 12 }));

    fc.assert(
      fc.property(units, fc.nat(6), (all, none) => {
        const counts = counted(all, none);
        const total = Object.values(all).reduce((sum, one) => sum + one, none);

        for (const count of counts) expect(count.all).toBeGreaterThanOrEqual(5);
        if (counts.length > 0) expect(counts.reduce((sum, one) => sum + one.all, 0)).toBe(total);
      }),
      { seed: 20261122 },
    );
  });

  it.each([
    [0, 0, 0],
    [1, 3, 33],
    [999, 1000, 99],
    [5, 5, 100],
  ])('%d of %d is %d percent', (part, whole, share) => {
    expect(percent(part, whole)).toBe(share);
  });

  it('shows the spans that have begun', () => {
    expect(spansSince(0, 30 * 60_000)).toEqual(['hour']);
    expect(spansSince(0, 2 * day)).toEqual(['hour', 'day', 'days']);
  });
});
