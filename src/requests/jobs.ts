import { workingMoment } from '../core/business-time.ts';
import type { PersonId } from '../core/ports.ts';
import type { Circumstances } from './circumstances.ts';
import { calendarFor, calendarOfOffice, nextNudge } from './clocks.ts';
import { type DecidingWorld, isThere, peopleIn } from './deciding.ts';
import { closeVote, goOnAgain, lookAgain, type Went } from './moves.ts';
import { isOpen, type Request, type StageState } from './request.ts';
import { apply, type Course, type LaterEvent, openStages } from './state.ts';
import type { RequestType } from './type.ts';

/** What the clock needs to know beside the request. */
export interface ClockFacts {
  readonly type: RequestType;
  readonly world: DecidingWorld;
  circumstances(now: number): Circumstances;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
// People leave, and roles change hands: whoever is asked is looked at once a day.
const lookMs = dayMs;
// Days after which the requester is reminded of a question, and after which nobody waits any longer.
const questionDays = [3, 10];
const unansweredDays = 30;
/** Days before the end of an approval at which its owner hears of it. */
export const endDays = [30, 14, 3];

/**
 * One step of a request's clock: goes on with what was set aside, asks others where nobody is left, closes votes, reminds,
 * escalates once, ends what lapsed. What people read is said in their working hours only; missed hours fold into one.
 * @returns the events, and when to look again: always later than `now`, or never
 */
export function stepClock<T extends Course>(request: T, facts: ClockFacts, now: number): Went<T> {
  const circumstances = facts.circumstances(now);
  const steps: readonly ((went: T) => readonly LaterEvent[])[] = [
    (one) => resumed(one, facts.type, circumstances),
    ...request.stages.map(
      ({ id }) =>
        (one: T) =>
          looked(one, id, facts, circumstances),
    ),
    (one) => reminded(one, facts.world, now),
  ];
  let went = request;
  const events: LaterEvent[] = [];
  for (const step of steps) {
    for (const event of step(went)) {
      events.push(event);
      went = apply(went, event);
    }
  }
  return { request: went, events };
}

/** When the clock wants to look at a request again, ms, later than `now`; null when nothing will happen by itself. */
export function wakeOf(request: Course, world: DecidingWorld, now: number): number | null {
  const moments = wakingMoments(request, now);
  if (moments.length === 0) return null;
  const later = Math.min(...moments.filter((moment) => moment > now));
  if (moments.every((moment) => moment > now)) return later;
  // What is due and was not done waits for the working hours of those whom it concerns.
  const open = workingMoment(now, calendarFor(concernedBy(request, world), world));
  return Math.min(later, open > now ? open : now + hourMs);
}

function wakingMoments(request: Course, now: number): readonly number[] {
  const { state, heldUntil, questions, validUntil, reminders } = request;
  if (state === 'on_hold') return heldUntil === undefined ? [] : [heldUntil];
  if (state === 'approved' && validUntil !== undefined) {
    const [next = 0] = endDays.slice(reminders);
    return [validUntil - next * dayMs];
  }
  if (!isOpen(request)) return [];
  const clocks = openStages(request).flatMap(({ clock, escalated }) => {
    if (!clock) return [];
    return [...(clock.nudgeAt === undefined ? [] : [clock.nudgeAt]), ...(escalated ? [] : [clock.due])];
  });
  const [next = unansweredDays] = questionDays.slice(reminders);
  const asked = questions.length > 0 ? [Math.min(...questions.map(({ at }) => at)) + next * dayMs] : [];
  return [...clocks, ...asked, now + lookMs];
}

/** Those whose working hours count for what is said next. */
function concernedBy(request: Course, { people }: DecidingWorld): readonly PersonId[] {
  if (request.state === 'approved' || request.state === 'needs_info') return [request.requester];
  return openStages(request).flatMap(({ asked }) =>
    asked.flatMap((one) => ('role' in one ? people.withRole(one.role).map(({ id }) => id) : [one.person])),
  );
}

function resumed<T extends Course>(request: T, type: RequestType, circumstances: Circumstances): readonly LaterEvent[] {
  const isOver = request.state === 'on_hold' && (request.heldUntil ?? 0) <= circumstances.now;
  return isOver ? goOnAgain(request, type, circumstances).events : [];
}

/** One stage: somebody who can decide, the vote of a body whose time is over, the nudge or the escalation that is due. */
function looked<T extends Course>(
  request: T,
  id: string,
  { type, world }: ClockFacts,
  circumstances: Circumstances,
): readonly LaterEvent[] {
  const { now } = circumstances;
  const stage = openStages(request).find((one) => one.id === id);
  if (!stage) return [];
  const others = lookAgain(request, type, id, circumstances).events;
  if (others.length > 0) return others;
  const { clock } = stage;
  if (!clock) return [];
  if (now >= clock.due && type.stages.find((one) => one.id === id)?.vote) {
    const closed = closeVote(request, type, id, circumstances).events;
    if (closed.some(({ kind }) => kind === 'settled')) return closed;
  }
  const who = waitedFor(request, stage, circumstances);
  const calendar = calendarFor(who, world);
  if (workingMoment(now, calendar) > now) return [];
  const next = nextNudge(clock.due, now, calendar);
  const then = next === undefined ? {} : { next };
  if (now >= clock.due && !stage.escalated) {
    return [{ kind: 'escalated', at: now, stage: id, to: [...leadsOf(request, world)], ...then }];
  }
  if (clock.nudgeAt === undefined || now < clock.nudgeAt) return [];
  return [{ kind: 'nudged', at: now, stage: id, who: [...who], ...then }];
}

/** The requester, reminded of a question or of the end that comes; what nobody answered or renewed ends. */
function reminded(request: Course, world: DecidingWorld, now: number): readonly LaterEvent[] {
  const { questions, reminders, state, validUntil } = request;
  const office = world.people.get(request.requester)?.office;
  const isWorking = workingMoment(now, calendarOfOffice(office, world.organization)) <= now;
  if (state === 'approved' && validUntil !== undefined) {
    if (now >= validUntil) return [{ kind: 'expired', at: now, because: 'lapsed' }];
    const passed = endDays.filter((days) => now >= validUntil - days * dayMs);
    if (passed.length <= reminders || !isWorking) return [];
    const days = Math.max(1, Math.ceil((validUntil - now) / dayMs));
    return folded(passed.length - reminders, { kind: 'reminded', at: now, of: 'end', days });
  }
  if (state !== 'needs_info' || questions.length === 0) return [];
  const since = Math.min(...questions.map(({ at }) => at));
  if (now >= since + unansweredDays * dayMs) return [{ kind: 'expired', at: now, because: 'unanswered' }];
  const passed = questionDays.filter((days) => now >= since + days * dayMs);
  if (passed.length <= reminders || !isWorking) return [];
  const days = Math.floor((now - since) / dayMs);
  return folded(passed.length - reminders, { kind: 'reminded', at: now, of: 'question', days });
}

/** Reminders that were missed count, and are said as one: the earlier ones say nothing. */
function folded(count: number, event: Extract<LaterEvent, { kind: 'reminded' }>): readonly LaterEvent[] {
  return Array.from({ length: count }, () => event);
}

/** Who can still decide a stage and has not had their say. */
export function waitedFor(request: Course, stage: StageState, circumstances: Circumstances): readonly PersonId[] {
  const voted = new Set(stage.votes.map(({ by }) => by));
  const named = stage.asked.flatMap((one) => ('person' in one ? [one.person] : []));
  const panel = peopleIn(circumstances.panel(request, stage.id));
  return [...new Set([...named, ...panel])].filter(
    (person) => !voted.has(person) && circumstances.seat(request, stage, person) !== undefined,
  );
}

/** Who hears that a promise is over: the lead, where there is none the sponsor. What is confidential stays with the lead. */
function leadsOf(request: Pick<Request, 'requester' | 'restricted'>, world: DecidingWorld): readonly PersonId[] {
  const { sponsor } = world.organization.ospo;
  const roles = ['ospo-lead', ...(sponsor && !request.restricted ? [sponsor] : [])];
  const found = roles.map((role) =>
    world.people.withRole(role).filter((person) => isThere(person) && person.id !== request.requester),
  );
  return (found.find((all) => all.length > 0) ?? []).map(({ id }) => id);
}
