import { addBusinessDays, addBusinessHours, businessMsBetween, type Calendar } from '../core/business-time.ts';
import type { Deadline, Rest } from './handoff.ts';

// What the shipped answers promise ("a person answers within 1 business day"): long enough for an office without a rota
// for the night, short enough that nobody decides without asking.
const promisedDays = 1;
// Late enough that most are answered by then, early enough that an hour or two is left to answer.
const nudgeShare = 0.8;
const hourMs = 3_600_000;

/** What is promised to somebody who asks at `now`, in the office's working time. */
export function promise(now: number, calendar: Calendar): Deadline {
  return {
    nudgeAt: addBusinessDays(now, promisedDays * nudgeShare, calendar),
    due: addBusinessDays(now, promisedDays, calendar),
  };
}

/** What is left of it when the clock stops at `now`; nothing is less than nothing. */
export function stop(deadline: Deadline, now: number, calendar: Calendar): Rest {
  const left = (moment: number) => Math.max(0, businessMsBetween(now, moment, calendar));
  return { nudge: left(deadline.nudgeAt), due: left(deadline.due) };
}

/** The deadline when the clock runs again from `now`. */
export function resume(rest: Rest, now: number, calendar: Calendar): Deadline {
  const after = (ms: number) => addBusinessHours(now, ms / hourMs, calendar);
  return { nudgeAt: after(rest.nudge), due: after(rest.due) };
}
