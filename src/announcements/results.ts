import type { Locale } from '../core/i18n.ts';
import type { Progress } from './delivery.ts';

/** What became of an announcement that went out. */
export interface Results {
  readonly progress: Progress;
  readonly read: number;
  /** People whom it was for. */
  readonly people: number;
  readonly units: readonly UnitCount[];
  readonly spans: readonly SpanCount[];
  readonly smallest: number;
  unitName(id: string, locale: Locale): string;
}

/** How many of whom an announcement concerns have confirmed it. */
export interface UnitCount {
  /** Id of the unit; undefined for all that are too small to be shown apart, and people without one. */
  readonly unit: string | undefined;
  readonly read: number;
  readonly all: number;
}

/** Reach and reading at one moment after the start. */
export interface SpanCount {
  readonly span: Span;
  readonly sent: number;
  readonly read: number;
}

export const spans = ['hour', 'day', 'days', 'week', 'month'] as const;
export type Span = (typeof spans)[number];

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** Length of a span, ms. */
export const spanMs: Readonly<Record<Span, number>> = {
  hour: hourMs,
  day: dayMs,
  days: 3 * dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
};

/** The spans that have begun at `now`; the one under way counts up to now. */
export function spansSince(sentAt: number, now: number): readonly Span[] {
  return spans.filter((_, at) => {
    const before = spans[at - 1];
    return before === undefined || now > sentAt + spanMs[before];
  });
}

/**
 * Counts by unit, none that could point at a person: units with fewer people than `smallest` are counted together, and when
 * those together are still too few, the smallest shown unit joins them.
 * @param all people by unit; `read` those of them who confirmed
 */
export function countUnits(
  all: ReadonlyMap<string | undefined, number>,
  read: ReadonlyMap<string | undefined, number>,
  smallest: number,
): readonly UnitCount[] {
  const counts = [...all].map(([unit, count]): UnitCount => ({ unit, all: count, read: read.get(unit) ?? 0 }));
  const named = counts.filter(({ unit, all: count }) => unit !== undefined && count >= smallest);
  const sorted = named.toSorted((a, b) => b.all - a.all || ((a.unit ?? '') < (b.unit ?? '') ? -1 : 1));
  const rest = counts.filter((count) => !named.includes(count));
  while (rest.length > 0 && sum(rest, 'all') < smallest && sorted.length > 0) {
    const joined = sorted.pop();
    if (joined) rest.push(joined);
  }
  if (rest.length === 0) return sorted;
  // Fewer than `smallest` in all: nothing can be said without pointing at somebody.
  if (sum(rest, 'all') < smallest) return [];
  return [...sorted, { unit: undefined, all: sum(rest, 'all'), read: sum(rest, 'read') }];
}

function sum(counts: readonly UnitCount[], of: 'all' | 'read'): number {
  return counts.reduce((total, count) => total + count[of], 0);
}

/** A share in whole percent; 100 only when it is all of them. */
export function percent(part: number, whole: number): number {
  if (whole === 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.round((part / whole) * 100));
}
