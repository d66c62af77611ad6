import { type Calendar, nextWorkingMoment } from '../core/business-time.ts';
import type { Hours } from '../core/organization.ts';
import { forget } from './forget.ts';
import type { Move } from './moves.ts';
import { endOf, isReached } from './moves.ts';
import { introducedAt, keepMs, type Pair } from './pair.ts';
import type { Program } from './program.ts';

/** What the clock needs to know beside the pair. */
export interface PairFacts {
  /** Working time and quiet hours of both, where they are. */
  readonly hours: readonly { readonly calendar: Calendar; readonly quiet: Hours }[];
  /** Where the introduction stands, once it was delivered. */
  readonly channel: string | undefined;
  readonly checkIns: Program['checkIns'];
}

/** What follows by itself: a move of the clock, the leads asked again, the pair forgotten, or waiting until another moment. */
export type Follow =
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'ask' }
  | { readonly kind: 'forget'; readonly value: Pair }
  | { readonly kind: 'wait'; readonly until: number };

const dayMs = 24 * 60 * 60_000;
const minuteMs = 60_000;
// Delivery takes seconds; Slack may be away for longer. Then each of the two is written to apart.
const lookAgainMs = 5 * minuteMs;
const patienceMs = 2 * 60 * minuteMs;

/** What is due for a pair at `now`. Missed times fold into one: after a week of downtime one check-in is missed, not two. */
export function dueFor(pair: Pair, facts: PairFacts, now: number): Follow {
  switch (pair.state) {
    case 'proposed':
      return pair.wakeAt === null || now >= pair.wakeAt ? { kind: 'ask' } : { kind: 'wait', until: pair.wakeAt };
    case 'confirmed': {
      const moment = bothAtWork(now, facts.hours);
      return moment <= now ? { kind: 'move', move: { kind: 'introduce' } } : { kind: 'wait', until: moment };
    }
    case 'active':
      return dueWhileActive(pair, facts, now);
    case 'paused': {
      const resumeAt = pair.rest?.resumeAt ?? now;
      return now >= resumeAt ? { kind: 'move', move: { kind: 'resume' } } : { kind: 'wait', until: resumeAt };
    }
    case 'declined':
    case 'ended': {
      const end = pair.since + keepMs;
      return now >= end ? { kind: 'forget', value: forget(pair) } : { kind: 'wait', until: end };
    }
  }
}

function dueWhileActive(pair: Pair, { channel, checkIns }: PairFacts, now: number): Follow {
  const introduced = introducedAt(pair) ?? pair.since;
  if (!isReached(pair)) {
    if (channel || now >= introduced + patienceMs) return { kind: 'move', move: { kind: 'reach', channel } };
    return { kind: 'wait', until: now + lookAgainMs };
  }
  const end = endOf(pair);
  if (now >= end) return { kind: 'move', move: { kind: 'end', why: 'finished' } };
  const missed = (pair.checkAt ?? introduced) + checkIns.missedDays * dayMs;
  return now >= missed ? { kind: 'move', move: { kind: 'miss' } } : { kind: 'wait', until: Math.min(missed, end) };
}

/** The first moment that is within the working hours of both. Two who share none are written to in those of the first. */
function bothAtWork(now: number, hours: PairFacts['hours']): number {
  let moment = now;
  // Offices share a moment within a few days, or never; each turn moves on by at least one opening.
  for (let turn = 0; turn < 40; turn += 1) {
    const next = hours.reduce((at, { calendar, quiet }) => nextWorkingMoment(at, calendar, quiet), moment);
    if (next === moment) return moment;
    moment = next;
  }
  const [first] = hours;
  return first ? nextWorkingMoment(now, first.calendar, first.quiet) : now;
}
