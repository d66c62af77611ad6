import { dateAfter, dateAt } from '../core/business-time.ts';
import type { PersonId } from '../core/ports.ts';
import {
  type Answer,
  type Doubt,
  type Ending,
  type Helped,
  hasLookedBack,
  isOf,
  isOpen,
  isTogether,
  keepMs,
  type Pair,
  type PairEvent,
} from './pair.ts';
import type { Program } from './program.ts';

/** What somebody, or the clock, wants to do with a pair. */
export type Move =
  | { readonly kind: 'confirm'; readonly months: number }
  | { readonly kind: 'decline'; readonly why: Doubt; readonly text: string }
  /** The clock: they are told of each other, and then where. */
  | { readonly kind: 'introduce' }
  | { readonly kind: 'reach'; readonly channel: string | undefined }
  /** `round`: the check-in that was seen. */
  | { readonly kind: 'answer'; readonly round: number; readonly answer: Answer }
  | { readonly kind: 'miss' }
  | { readonly kind: 'care' }
  | { readonly kind: 'set_goal'; readonly goal: string; readonly text: string; readonly due: string }
  | { readonly kind: 'end_goal'; readonly goal: string; readonly outcome: 'met' | 'dropped' }
  | { readonly kind: 'merge'; readonly link: string }
  | { readonly kind: 'pause'; readonly until: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'extend'; readonly months: number }
  | { readonly kind: 'end'; readonly why: Ending }
  | { readonly kind: 'look_back'; readonly helped: Helped; readonly text: string }
  /** Would rather not look back. */
  | { readonly kind: 'waive' };

/** Everything a decision rests on beside the pair itself. */
export interface Circumstances {
  readonly now: number;
  /** Undefined: the program itself, or its clock. */
  readonly actor: PersonId | undefined;
  /** The actor leads the program. */
  readonly isLead: boolean;
  /** Of the actor, for dates. */
  readonly zone: string;
  readonly checkIns: Program['checkIns'];
}

/** Why a move is refused. */
export type Refusal =
  | 'not_lead'
  | 'own_pair'
  | 'not_yours'
  | 'decided'
  | 'not_together'
  | 'over'
  | 'round_over'
  | 'too_early'
  | 'goal_gone'
  | 'too_many'
  | 'past_date'
  | 'not_over'
  | 'looked_back'
  | 'no_call';

export type Decision =
  | { readonly event: PairEvent; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly event?: never };

const dayMs = 24 * 60 * 60_000;
// Goals are looked at one by one; more than these are a list of tasks.
const mostGoals = 20;
// A stored document ends at 256 kB: so many events with their longest words are well below.
const mostEvents = 150;

const leadMoves: readonly Move['kind'][] = ['confirm', 'decline', 'care'];
const clockMoves: readonly Move['kind'][] = ['introduce', 'reach', 'miss'];

/** Whether `move` may be made now. Pure: a refused move changes nothing. */
export function decide(pair: Pair, move: Move, circumstances: Circumstances): Decision {
  const refusal =
    refuseActor(pair, move, circumstances) ?? refuseState(pair, move) ?? refuseMove(pair, move, circumstances);
  return refusal ? { refusal } : { event: eventOf(pair, move, circumstances) };
}

function refuseActor(pair: Pair, { kind }: Move, { actor, isLead }: Circumstances): Refusal | undefined {
  if (actor === undefined) return undefined;
  if (clockMoves.includes(kind)) return 'not_yours';
  if (leadMoves.includes(kind)) {
    if (!isLead) return 'not_lead';
    return isOf(pair, actor) && kind !== 'care' ? 'own_pair' : undefined;
  }
  if (isOf(pair, actor)) return undefined;
  // A lead ends and pauses for others; what only the two can know stays theirs.
  return isLead && ['pause', 'resume', 'end', 'extend'].includes(kind) ? undefined : 'not_yours';
}

function refuseState(pair: Pair, { kind }: Move): Refusal | undefined {
  const { state } = pair;
  switch (kind) {
    case 'confirm':
    case 'decline':
      return state === 'proposed' ? undefined : 'decided';
    case 'introduce':
      return state === 'confirmed' ? undefined : 'decided';
    case 'reach':
      return isTogether(pair) && pair.events.some((event) => event.kind === 'introduced') ? undefined : 'not_together';
    case 'answer':
    case 'miss':
    case 'pause':
      return state === 'active' ? undefined : 'not_together';
    case 'resume':
      return state === 'paused' ? undefined : 'not_together';
    case 'look_back':
    case 'waive':
      return state === 'ended' ? undefined : 'not_over';
    case 'end':
      return isOpen(pair) ? undefined : 'over';
    case 'care':
      return pair.call ? undefined : 'no_call';
    // What was merged may come in after the pair is over: it came of it.
    case 'merge':
      return state === 'active' || state === 'paused' || state === 'ended' ? undefined : 'not_together';
    default:
      return state === 'active' || state === 'paused' ? undefined : 'not_together';
  }
}

function refuseMove(pair: Pair, move: Move, circumstances: Circumstances): Refusal | undefined {
  const { now, actor, zone } = circumstances;
  const today = dateAt(now, zone);
  switch (move.kind) {
    case 'answer':
      if (move.round !== pair.round) return 'round_over';
      return pair.checkAt !== undefined && now < pair.checkAt ? 'too_early' : undefined;
    case 'miss':
      return pair.checkAt !== undefined && now >= pair.checkAt ? undefined : 'too_early';
    case 'set_goal':
      if (move.due < today) return 'past_date';
      return pair.goals.length >= mostGoals || isFull(pair) ? 'too_many' : undefined;
    case 'end_goal':
      return pair.goals.some(({ id, state }) => id === move.goal && state === 'open') ? undefined : 'goal_gone';
    case 'pause':
      if (isFull(pair)) return 'too_many';
      return move.until <= today ? 'past_date' : undefined;
    case 'merge':
    case 'extend':
      return isFull(pair) ? 'too_many' : undefined;
    case 'look_back':
    case 'waive':
      return actor !== undefined && hasLookedBack(pair, actor) ? 'looked_back' : undefined;
    default:
      return undefined;
  }
}

/** Ending it is always possible; only what could go on for ever is bounded. */
function isFull({ events }: Pair): boolean {
  return events.length >= mostEvents;
}

function eventOf(pair: Pair, move: Move, circumstances: Circumstances): PairEvent {
  const { now, actor, zone, checkIns } = circumstances;
  const by = actor ?? pair.mentee;
  const someone = actor === undefined ? {} : { by: actor };
  const after = (days: number) => now + days * dayMs;
  switch (move.kind) {
    case 'confirm':
      return { kind: 'confirmed', at: now, ...someone, until: dateAfter(dateAt(now, zone), `P${move.months}M`) };
    case 'decline':
      return { kind: 'declined', at: now, by, why: move.why, text: move.text };
    case 'introduce':
      return { kind: 'introduced', at: now, checkAt: after(checkIns.firstDays) };
    case 'reach':
      return { kind: 'reached', at: now, ...(move.channel ? { channel: move.channel } : {}) };
    case 'answer': {
      const next = move.answer === 'not_yet' ? checkIns.soonDays : checkIns.everyDays;
      return { kind: 'answered', at: now, by, round: pair.round, answer: move.answer, checkAt: after(next) };
    }
    case 'miss':
      return { kind: 'missed', at: now, round: pair.round, checkAt: after(checkIns.soonDays) };
    case 'care':
      return { kind: 'cared', at: now, by };
    case 'set_goal':
      return { kind: 'goal_set', at: now, by, goal: move.goal, text: move.text, due: move.due };
    case 'end_goal':
      return { kind: 'goal_ended', at: now, by, goal: move.goal, outcome: move.outcome };
    case 'merge':
      return { kind: 'merged', at: now, by, link: move.link };
    case 'pause': {
      const days = daysBetween(dateAt(now, zone), move.until) + 1;
      return { kind: 'paused', at: now, by, until: move.until, resumeAt: after(days) };
    }
    case 'resume':
      return { kind: 'resumed', at: now, ...someone, checkAt: after(checkIns.firstDays) };
    case 'extend': {
      const today = dateAt(now, zone);
      const from = pair.until && pair.until > today ? pair.until : today;
      return { kind: 'extended', at: now, by, until: dateAfter(from, `P${move.months}M`) };
    }
    case 'end':
      return { kind: 'ended', at: now, ...someone, why: move.why };
    case 'look_back':
      return { kind: 'looked_back', at: now, by, helped: move.helped, text: move.text };
    case 'waive':
      return { kind: 'waived', at: now, by };
  }
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** What is known of a pair before anything happens. */
export type Opening = Pick<Pair, 'mentor' | 'mentee' | 'language' | 'fit' | 'wish'>;

/** A pair that was just proposed. @param askAgainAt when the leads are asked again, ms */
export function propose(opening: Opening, now: number, askAgainAt: number): Pair {
  return {
    ...opening,
    state: 'proposed',
    since: now,
    round: 1,
    silent: 0,
    goals: [],
    wakeAt: askAgainAt,
    events: [{ kind: 'proposed', at: now }],
  };
}

/** The pair after something happened. Events that `decide` returned always fit. */
export function apply(pair: Pair, event: PairEvent, checkIns: Program['checkIns']): Pair {
  const after = { ...follow(pair, event, checkIns), events: [...pair.events, event] };
  return { ...after, wakeAt: wakeOf(after, checkIns) };
}

function follow(pair: Pair, event: PairEvent, checkIns: Program['checkIns']): Pair {
  const { rest: _rest, call: _call, checkAt: _checkAt, ...bare } = pair;
  const call = pair.call ? { call: pair.call } : {};
  switch (event.kind) {
    case 'proposed':
      return pair;
    case 'confirmed':
      return { ...pair, state: 'confirmed', since: event.at, until: event.until };
    case 'declined':
      return { ...pair, state: 'declined', since: event.at };
    case 'introduced':
      return { ...pair, state: 'active', since: event.at, checkAt: event.checkAt };
    case 'reached':
      return event.channel ? { ...pair, channel: event.channel } : pair;
    case 'answered': {
      const silent = event.answer === 'not_yet' ? pair.silent + 1 : event.answer === 'met' ? 0 : pair.silent;
      const called = event.answer === 'help' ? { call: { by: event.by, at: event.at } } : call;
      return stalled({ ...bare, ...called, round: pair.round + 1, checkAt: event.checkAt, silent }, event.at, checkIns);
    }
    case 'missed': {
      const next = { ...bare, ...call, round: pair.round + 1, checkAt: event.checkAt, silent: pair.silent + 1 };
      return stalled(next, event.at, checkIns);
    }
    case 'cared':
      return { ...bare, silent: 0, ...(pair.checkAt === undefined ? {} : { checkAt: pair.checkAt }), ...restOf(pair) };
    case 'goal_set':
      return {
        ...pair,
        goals: [...pair.goals, { id: event.goal, text: event.text, due: event.due, state: 'open' }],
      };
    case 'goal_ended':
      return {
        ...pair,
        goals: pair.goals.map((goal) => (goal.id === event.goal ? { ...goal, state: event.outcome } : goal)),
      };
    case 'paused':
      return {
        ...bare,
        ...call,
        state: 'paused',
        since: event.at,
        rest: { until: event.until, resumeAt: event.resumeAt },
        // A break does not use up the time they have.
        ...(pair.until && pair.until < event.until ? { until: event.until } : {}),
      };
    case 'resumed':
      return { ...bare, ...call, state: 'active', since: event.at, checkAt: event.checkAt, silent: 0 };
    case 'extended':
      return { ...pair, until: event.until };
    case 'ended':
      return { ...bare, state: 'ended', since: event.at };
    case 'merged':
    case 'looked_back':
    case 'waived':
      return pair;
  }
}

function restOf({ rest }: Pair) {
  return rest ? { rest } : {};
}

/** A lead is called when two do not meet for too long; a call of one of them stays theirs. */
function stalled(pair: Pair, now: number, { stalledAfter }: Program['checkIns']): Pair {
  if (pair.call || pair.silent <= stalledAfter) return pair;
  return { ...pair, call: { at: now } };
}

const reachMs = 5 * 60_000;
// Somebody who has not said in a month whether they go on has said it.
const graceMs = 30 * dayMs;

/** When the clock looks again: at the next thing that follows by itself. */
function wakeOf(pair: Pair, { missedDays }: Program['checkIns']): number | null {
  switch (pair.state) {
    case 'proposed':
    case 'confirmed':
      return pair.state === 'confirmed' ? pair.since : pair.wakeAt;
    case 'active': {
      const missed = (pair.checkAt ?? pair.since) + missedDays * dayMs;
      const times = [missed, endOf(pair), ...(isReached(pair) ? [] : [pair.since + reachMs])];
      return Math.min(...times);
    }
    case 'paused':
      return pair.rest?.resumeAt ?? pair.since;
    case 'declined':
    case 'ended':
      return pair.since + keepMs;
  }
}

/** When a pair whose time is over ends by itself, ms. */
export function endOf({ until }: Pick<Pair, 'until'>): number {
  return until === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(until) + dayMs + graceMs;
}

/** Whether they were told of each other, one way or the other. */
export function isReached({ events }: Pick<Pair, 'events'>): boolean {
  return events.some(({ kind }) => kind === 'reached');
}
