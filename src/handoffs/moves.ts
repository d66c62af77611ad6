import type { Calendar } from '../core/business-time.ts';
import type { PersonId } from '../core/ports.ts';
import { promise, resume, stop } from './deadline.ts';
import { type Handoff, type HandoffEvent, isActive, type Reason } from './handoff.ts';

/** What somebody wants to do with a question. */
export type Move =
  | { readonly kind: 'claim' }
  /** `round`: the one that was seen when writing began. */
  | { readonly kind: 'answer' | 'query'; readonly round: number; readonly text: string }
  /** Without `to`: back to all. */
  | { readonly kind: 'hand'; readonly to: PersonId | undefined; readonly text: string }
  | { readonly kind: 'close'; readonly reason: Reason; readonly text: string }
  /** The asker writes: added to what is open, or opened again. */
  | { readonly kind: 'write'; readonly text: string };

/** Everything a decision rests on beside the question itself. */
export interface Circumstances {
  readonly now: number;
  readonly actor: PersonId;
  /** Whether a person may answer this question. */
  mayAct(person: PersonId): boolean;
  /** The office's working time. */
  readonly calendar: Calendar;
  /** The form that the move came with. */
  readonly draft?: string;
}

/** Why a move is refused; who has it and since when, where that is the reason. */
export type Refusal =
  | { readonly why: 'not_allowed' | 'own_question' | 'not_asker' | 'nobody_has_it' | 'full' }
  | { readonly why: 'held'; readonly by: PersonId; readonly at: number }
  | { readonly why: 'yours_already'; readonly at: number }
  | { readonly why: 'answered' | 'closed'; readonly by: PersonId; readonly at: number }
  | { readonly why: 'moved_on' | 'too_late'; readonly at: number }
  | { readonly why: 'cannot_take'; readonly by: PersonId };

type Asked = Extract<HandoffEvent, { kind: 'asked' }>;
/** What can happen once it was asked. */
export type LaterEvent = Exclude<HandoffEvent, Asked>;

export type Decision =
  | { readonly event: LaterEvent; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly event?: never };

const dayMs = 24 * 60 * 60_000;
/** How long an ended question opens again when its asker writes; after a week it is a new one. */
export const reopenMs = 7 * dayMs;
// A stored document ends at 256 kB. These many characters are at most 180 kB, these many events at most 40 kB.
const mostCharacters = 60_000;
const mostEvents = 200;

const askersReasons: readonly Reason[] = ['helped', 'withdrawn'];

/** Whether `move` may be made now. Pure: a refused move changes nothing. */
export function decide(handoff: Handoff, move: Move, circumstances: Circumstances): Decision {
  const refusal = refusalOf(handoff, move, circumstances);
  return refusal ? { refusal } : { event: eventOf(handoff, move, circumstances) };
}

function refusalOf(handoff: Handoff, move: Move, circumstances: Circumstances): Refusal | undefined {
  if (move.kind === 'write') return refuseAsker(handoff, circumstances) ?? refuseWriting(handoff, circumstances.now);
  if (move.kind === 'close' && askersReasons.includes(move.reason)) {
    return refuseAsker(handoff, circumstances) ?? (handoff.state === 'closed' ? refuseEnded(handoff) : undefined);
  }
  return refuseOffice(handoff, circumstances) ?? refuseEnded(handoff) ?? refuseOfficeMove(handoff, move, circumstances);
}

function refuseAsker({ asker }: Handoff, { actor }: Circumstances): Refusal | undefined {
  return actor === asker ? undefined : { why: 'not_asker' };
}

function refuseWriting(handoff: Handoff, now: number): Refusal | undefined {
  if (!isActive(handoff) && now - handoff.since > reopenMs) return { why: 'too_late', at: handoff.since };
  return isFull(handoff) ? { why: 'full' } : undefined;
}

function refuseOffice({ asker }: Handoff, { actor, mayAct }: Circumstances): Refusal | undefined {
  if (!mayAct(actor)) return { why: 'not_allowed' };
  return actor === asker ? { why: 'own_question' } : undefined;
}

/** Once answered or closed, only the asker moves it. */
function refuseEnded(handoff: Handoff): Refusal | undefined {
  if (handoff.state !== 'answered' && handoff.state !== 'closed') return undefined;
  const last = handoff.events.findLast((event) => event.kind === handoff.state);
  const by = last && 'by' in last ? last.by : handoff.asker;
  return { why: handoff.state, by, at: handoff.since };
}

function refuseOfficeMove(handoff: Handoff, move: Move, { actor, mayAct }: Circumstances): Refusal | undefined {
  const { state, holder, since, round, asker } = handoff;
  const held = state === 'claimed' && holder ? { by: holder, at: since } : undefined;
  switch (move.kind) {
    case 'claim':
      if (held?.by === actor) return { why: 'yours_already', at: since };
      return held && { why: 'held', ...held };
    case 'answer':
    case 'query':
      if (held && held.by !== actor) return { why: 'held', ...held };
      if (move.round !== round) return { why: 'moved_on', at: reopenedAt(handoff) };
      return move.kind === 'query' && isFull(handoff) ? { why: 'full' } : undefined;
    case 'hand':
      if (move.to === undefined) return held ? undefined : { why: 'nobody_has_it' };
      if (move.to === asker || !mayAct(move.to)) return { why: 'cannot_take', by: move.to };
      if (move.to === held?.by)
        return move.to === actor ? { why: 'yours_already', at: since } : { why: 'held', ...held };
      return isFull(handoff) ? { why: 'full' } : undefined;
    default:
      return undefined;
  }
}

function reopenedAt({ events, since }: Handoff): number {
  return events.findLast((event) => event.kind === 'reopened')?.at ?? since;
}

/** Ending it is always possible; only what could go on for ever is bounded. */
function isFull({ events, question }: Handoff): boolean {
  const written = events.reduce((sum, event) => sum + ('text' in event ? event.text.length : 0), question.text.length);
  return events.length >= mostEvents || written >= mostCharacters;
}

function eventOf(handoff: Handoff, move: Move, circumstances: Circumstances): LaterEvent {
  const { now, actor, calendar, mayAct, draft } = circumstances;
  const by = { at: now, by: actor, ...(draft ? { draft } : {}) };
  switch (move.kind) {
    case 'claim':
      return { kind: 'claimed', ...by };
    case 'answer':
      return { kind: 'answered', ...by, text: move.text };
    case 'query':
      return { kind: 'queried', ...by, text: move.text, rest: handoff.rest ?? stop(handoff.deadline, now, calendar) };
    case 'hand':
      return { kind: 'handed', ...by, ...(move.to ? { to: move.to } : {}), text: move.text };
    case 'close':
      return { kind: 'closed', ...by, reason: move.reason, text: move.text };
    case 'write': {
      if (isActive(handoff)) {
        const runsAgain = handoff.rest ? { deadline: resume(handoff.rest, now, calendar) } : {};
        return { kind: 'added', ...by, text: move.text, ...runsAgain };
      }
      const { holder } = handoff;
      const keeps = holder && mayAct(holder) ? { holder } : {};
      return { kind: 'reopened', ...by, text: move.text, deadline: promise(now, calendar), ...keeps };
    }
  }
}

/** What is known before anything happens. */
export type Opening = Pick<Handoff, 'asker' | 'question' | 'restricted' | 'where' | 'cards'>;

/** A question that was just asked. */
export function begin(opening: Opening, asked: Asked): Handoff {
  return awake({
    ...opening,
    state: 'open',
    since: asked.at,
    round: 1,
    deadline: asked.deadline,
    nudged: false,
    escalated: false,
    wakeAt: null,
    events: [asked],
  });
}

/** The question after something happened. Events that `decide` returned always fit. */
export function apply(handoff: Handoff, event: LaterEvent): Handoff {
  const { rest, holder, ...bare } = { ...handoff, events: [...handoff.events, event] };
  const held = holder ? { holder } : {};
  const standing = rest ? { rest } : {};
  switch (event.kind) {
    case 'claimed':
      return awake({ ...bare, ...standing, state: 'claimed', holder: event.by, since: event.at });
    case 'handed':
      return event.to
        ? awake({ ...bare, ...standing, state: 'claimed', holder: event.to, since: event.at })
        : awake({ ...bare, ...standing, state: 'open', since: event.at });
    case 'answered':
      return awake({ ...bare, state: 'answered', holder: event.by, since: event.at });
    case 'queried': {
      const since = handoff.state === 'claimed' ? handoff.since : event.at;
      return awake({ ...bare, state: 'claimed', holder: event.by, since, rest: event.rest });
    }
    case 'added':
      return awake({ ...bare, ...held, deadline: event.deadline ?? handoff.deadline });
    case 'reopened':
      return awake({
        ...bare,
        ...(event.holder ? { state: 'claimed', holder: event.holder } : { state: 'open' }),
        since: event.at,
        round: handoff.round + 1,
        deadline: event.deadline,
        nudged: false,
        escalated: false,
      });
    case 'closed':
      return awake({ ...bare, ...held, state: 'closed', since: event.at });
    case 'nudged':
      return awake({ ...bare, ...held, ...standing, nudged: true });
    case 'escalated':
      return awake({ ...bare, ...held, ...standing, nudged: true, escalated: true });
  }
}

/** The clock looks again when there is somebody to remind; never while the asker is waited for. */
function awake(handoff: Handoff): Handoff {
  return { ...handoff, wakeAt: wakeOf(handoff) };
}

function wakeOf({ state, rest, nudged, escalated, deadline }: Handoff): number | null {
  if (state === 'answered' || state === 'closed' || rest || escalated) return null;
  return nudged ? deadline.due : deadline.nudgeAt;
}
