import { type Bar, fitOf } from './fit.ts';
import type { Guiding, Waiting } from './matching.ts';
import type { Program } from './program.ts';

/** How long somebody had waited for a pair, and the language of it. */
export interface Waited {
  readonly days: number;
  readonly language: string;
}

/** What somebody who waits is told: what is known, and nothing else. */
export interface Outlook {
  /** 1 for whoever waits longest, of so many. */
  readonly place: number;
  readonly total: number;
  /**
   * How long others had waited, of those with whom the person shares a language where these are enough: half of them up to
   * `half` days, four of five up to `most`. Absent where too few are known to say anything.
   */
  readonly expected?: { readonly half: number; readonly most: number; readonly of: number };
  /** Mentors who fit: with a free place now, and in all. */
  readonly free: number;
  readonly fitting: number;
  /** Where no mentor fits: what keeps most of those away who come closest. */
  readonly bar?: Bar;
}

type Rules = Pick<Program, 'hours' | 'overlapHours' | 'weights'>;

// Fewer would say more about single people than about waiting.
const fewest = 5;

/** @param all everybody who waits, @param person one of them or somebody about to */
export function outlookFor(
  person: Waiting,
  all: readonly Waiting[],
  mentors: readonly Guiding[],
  waits: readonly Waited[],
  rules: Rules,
): Outlook {
  const ahead = all.filter((one) => one.id !== person.id && one.since < person.since).length;
  const others = all.filter((one) => one.id !== person.id).length;
  const looked = mentors.map((mentor) => ({ mentor, fit: fitOf(person, mentor, rules) }));
  const fitting = looked.filter(({ fit }) => typeof fit === 'object');
  const expected = expectedWait(person.languages, waits);
  const bar = fitting.length === 0 ? closestBar(looked.map(({ fit }) => fit)) : undefined;
  return {
    place: ahead + 1,
    total: others + 1,
    ...(expected ? { expected } : {}),
    free: fitting.filter(({ mentor }) => mentor.free > 0).length,
    fitting: fitting.length,
    ...(bar ? { bar } : {}),
  };
}

function expectedWait(languages: readonly string[], waits: readonly Waited[]): Outlook['expected'] {
  const own = waits.filter(({ language }) => languages.includes(language));
  const counted = own.length >= fewest ? own : waits;
  if (counted.length < fewest) return undefined;
  const days = counted.map((one) => one.days).toSorted((a, b) => a - b);
  const upTo = (share: number) => days[Math.min(days.length - 1, Math.ceil(days.length * share) - 1)] ?? 0;
  return { half: upTo(0.5), most: upTo(0.8), of: days.length };
}

/** What is looked at last was passed by the most: the last bar that anybody met is the one to remove. */
const order: readonly Bar[] = ['self', 'manager', 'blocked', 'again', 'language', 'topics', 'overlap'];

function closestBar(fits: readonly (object | Bar)[]): Bar | undefined {
  return order.findLast((bar) => fits.includes(bar));
}
