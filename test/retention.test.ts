import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collections } from '../src/app.ts';
import type { AnyCollection } from '../src/core/ports.ts';

const operations = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
const [, section = ''] = operations.split('### How long it is kept');
const [table = ''] = section.split('\n**One writer');

interface Line {
  readonly collections: readonly string[];
  readonly howLong: string;
  readonly then: string;
  readonly why: string;
}

const lines: readonly Line[] = table
  .split('\n')
  .filter((line) => line.includes('`'))
  .map((line) => {
    const [, , names = '', howLong = '', then = '', why = ''] = line.split('|').map((cell) => cell.trim());
    return { collections: [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name), howLong, then, why };
  });

const lineOf = (name: string) => lines.find((line) => line.collections.includes(name));

/** A number of days as the table says it: years where it is whole ones, give or take leap days. */
function inWords(days: number): string {
  const years = Math.round(days / 365.25);
  if (years >= 2 && Math.abs(days - years * 365.25) <= 1) return `${years} years`;
  return days === 1 ? '1 day' : `${days} days`;
}

/** These go with what they belong to, or by a look at all of them; every other one by the time that it carries. */
const carriedOutElsewhere: Readonly<Record<string, string>> = {
  announcement_text: 'announcement',
  announcement_reading: 'announcement',
  person: 'each reading of Slack',
};

const kept = collections.filter(({ retain }) => retain);
const forGood = collections.filter(({ retain }) => !retain);
const named = (some: readonly AnyCollection[]) => some.map((one) => [one.name, one] as const);

describe('how long things are kept', () => {
  it('is said of every collection of the store, once, and of nothing else', () => {
    expect(lines.flatMap((line) => line.collections).toSorted()).toEqual(
      collections.map(({ name }) => name).toSorted(),
    );
  });

  it('has a reason everywhere', () => {
    expect(lines.filter(({ why, howLong }) => why === '' || howLong === '')).toEqual([]);
  });

  it.each(named(kept))('%s: is said as it is declared', (name, { retain }) => {
    const { howLong = '', then = '' } = lineOf(name) ?? {};

    expect(howLong).toContain(inWords(retain?.days ?? 0));
    expect(then).toContain(retain?.end === 'delete' ? 'deleted' : 'without');
  });

  it.each(named(forGood))('%s: nothing is said to end it by itself', (name) => {
    expect(lineOf(name)?.then).toBe('');
  });

  it.each(named(kept.filter(({ name }) => !(name in carriedOutElsewhere))))(
    '%s: carries when its time is over',
    (_, { due }) => {
      expect(due).toBeTypeOf('function');
    },
  );
});
