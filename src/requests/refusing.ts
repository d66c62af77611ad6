import type { PersonId } from '../core/ports.ts';
import type { Circumstances } from './circumstances.ts';
import { managerRole } from './deciding.ts';
import type { Move } from './moves.ts';
import { recallable } from './recalling.ts';
import { isOpen, type RequestState, type StageState, type Vote } from './request.ts';
import { type Course, openStages } from './state.ts';
import type { RequestType } from './type.ts';

/** Refusals that need no more words. */
export type PlainRefusal =
  | 'own_request'
  | 'not_allowed'
  | 'not_requester'
  | 'not_your_turn'
  | 'nothing_asked'
  | 'nothing_corrected'
  | 'not_approved'
  | 'not_on_hold'
  | 'on_hold'
  | 'still_open'
  | 'unknown_reason'
  | 'wrong_number'
  | 'cannot_hand'
  | 'unconfirmed'
  | 'no_appeal'
  | 'bad_date'
  | 'no_condition'
  | 'last_one'
  | 'full';

/** Why a move is refused; who did what and when, where that is the reason. */
export type Refusal =
  | { readonly why: PlainRefusal }
  /** It is over: how, since when, and by whom where a person ended it. */
  | { readonly why: 'ended'; readonly state: RequestState; readonly at: number; readonly by?: PersonId }
  /** This stage was decided: the vote that came before. */
  | {
      readonly why: 'decided' | 'voted_already';
      readonly by: PersonId;
      readonly at: number;
      readonly vote: Vote['vote'];
    }
  /** A colleague of the same stage waits for an answer that the decision may hang on. */
  | { readonly why: 'question_open'; readonly by: PersonId; readonly at: number }
  | { readonly why: 'too_late'; readonly at: number }
  | { readonly why: 'cannot_take'; readonly by: PersonId };

const dayMs = 24 * 60 * 60_000;
/** How long a decline can be appealed against; then the facts have changed enough for a new request. */
const appealMs = 30 * dayMs;
/** How long what was withdrawn or ran out can be taken up again by its requester. */
const reopenMs = 90 * dayMs;
/** What is set aside for longer than half a year is not on hold but declined. */
const longestHoldMs = 180 * dayMs;
// A stored document ends at 256 kB. These many characters are at most 120 kB, these many events at most 80 kB.
const mostCharacters = 40_000;
const mostEvents = 300;

/** Why a move may not be made; `undefined` when it may. */
export function refusalOf(
  request: Course,
  type: RequestType,
  move: Move,
  circumstances: Circumstances,
): Refusal | undefined {
  const { actor, now } = circumstances;
  switch (move.kind) {
    case 'approve':
    case 'decline':
    case 'abstain':
    case 'conflict':
      return refuseVote(request, type, move, circumstances);
    case 'ask':
      return refuseInStage(request, move.stage, circumstances) ?? refuseHeld(request) ?? refuseFull(request);
    case 'hand':
      return refuseHand(request, type, move, circumstances);
    case 'hold':
    case 'resume':
      return refuseHold(request, move, circumstances);
    case 'answer':
      if (!speaksForRequester(request, circumstances)) return { why: 'not_requester' };
      if (!isOpen(request)) return refuseEnded(request);
      return request.questions.length === 0 ? { why: 'nothing_asked' } : undefined;
    case 'recall':
      if (!isOpen(request)) return refuseEnded(request);
      return recallable(request, type, actor) ? undefined : { why: 'nothing_corrected' };
    case 'note':
      if (!takesPart(request, circumstances)) return { why: 'not_allowed' };
      if (move.privately && actor === request.requester) return { why: 'own_request' };
      return refuseFull(request);
    case 'withdraw':
      if (!speaksForRequester(request, circumstances)) return { why: 'not_requester' };
      return isOpen(request) ? undefined : refuseEnded(request);
    case 'appeal':
      return refuseAppeal(request, type, circumstances);
    case 'reopen':
      return refuseReopen(request, circumstances);
    case 'revoke':
      return refuseManaged(request, circumstances) ?? refuseNotApproved(request);
    case 'supersede':
      if (actor !== request.requester && !circumstances.manages(request, actor)) return { why: 'not_allowed' };
      return isOpen(request) || request.state === 'approved' ? undefined : refuseEnded(request);
    case 'follow':
      return refuseAfter(request, circumstances);
    case 'meet':
      if (request.conditions[move.condition] === undefined) return { why: 'no_condition' };
      return refuseAfter(request, circumstances);
    case 'record':
      if ('person' in move.decider && move.decider.person === request.requester) return { why: 'own_request' };
      if (move.decidedAt > now) return { why: 'bad_date' };
      return refuseManaged(request, circumstances) ?? (isOpen(request) ? undefined : refuseEnded(request));
  }
}

function refuseVote(
  request: Course,
  type: RequestType,
  move: Extract<Move, { kind: 'approve' | 'decline' | 'abstain' | 'conflict' }>,
  circumstances: Circumstances,
): Refusal | undefined {
  const { actor } = circumstances;
  const refusal = refuseInStage(request, move.stage, circumstances) ?? refuseHeld(request);
  if (refusal) return refusal;
  const voted = stageOf(request, move.stage)?.votes.find(({ by }) => by === actor);
  if (voted) return { why: 'voted_already', by: actor, at: voted.at, vote: voted.vote };
  // An approval without the answer would rest on facts that a colleague in the same part just called incomplete. The one
  // who asked may do without; other parts judge other things, so their votes count.
  const asked = request.questions.find(({ stage }) => stage === move.stage);
  if (asked && asked.by !== actor && move.kind !== 'conflict' && !circumstances.isGone(asked.by)) {
    return { why: 'question_open', by: asked.by, at: asked.at };
  }
  if ((move.kind === 'abstain' || move.kind === 'conflict') && isLastOne(request, move, circumstances)) {
    return { why: 'last_one' };
  }
  if (move.kind === 'decline' && !type.declines.some(({ id }) => id === move.reason)) return { why: 'unknown_reason' };
  const stage = type.stages.find(({ id }) => id === move.stage);
  const isCareful = move.kind !== 'approve' || !stage?.care || move.typed === request.number;
  return isCareful ? undefined : { why: 'wrong_number' };
}

/** Whether nobody at all could decide once this one steps back. */
function isLastOne(
  request: Course,
  { kind, stage }: Extract<Move, { kind: 'abstain' | 'conflict' }>,
  { actor, now, panel }: Circumstances,
): boolean {
  const cast: Vote = { by: actor, role: '', at: now, vote: kind };
  const stages = request.stages.map((one) => (one.id === stage ? { ...one, votes: [...one.votes, cast] } : one));
  return panel({ ...request, stages }, stage).nobody;
}

/** Whether somebody may decide in a stage now; says who decided it when it is over. */
function refuseInStage(request: Course, id: string, circumstances: Circumstances): Refusal | undefined {
  const { actor } = circumstances;
  if (actor === request.requester) return { why: 'own_request' };
  const stage = stageOf(request, id);
  if (!isOpen(request)) return refuseEnded(request);
  if (!stage || stage.state === 'waiting') return { why: 'not_your_turn' };
  if (stage.state !== 'open') {
    const last = stage.votes.findLast(({ vote }) => vote === 'approve' || vote === 'decline');
    return last ? { why: 'decided', by: last.by, at: last.at, vote: last.vote } : { why: 'not_your_turn' };
  }
  return circumstances.seat(request, stage, actor) ? undefined : { why: 'not_allowed' };
}

function refuseHand(
  request: Course,
  type: RequestType,
  move: Extract<Move, { kind: 'hand' }>,
  circumstances: Circumstances,
): Refusal | undefined {
  const { actor } = circumstances;
  const managed = circumstances.manages(request, actor) && stageOf(request, move.stage)?.state === 'open';
  const refusal = managed ? undefined : refuseInStage(request, move.stage, circumstances);
  if (refusal) return refusal;
  // Handed on, the word of a manager whom nobody confirmed would count as that of somebody else.
  if (!managed && isUnconfirmed(request, move.stage, circumstances)) return { why: 'unconfirmed' };
  const stage = type.stages.find(({ id }) => id === move.stage);
  // Where several have a say of their own, nobody gives away more than theirs: while away, they name a delegate.
  if (!stage || stage.vote || (stage.decide !== 'any' && stage.decide !== 'each')) return { why: 'cannot_hand' };
  if (!circumstances.canTake(request, move.to)) return { why: 'cannot_take', by: move.to };
  const voted = stageOf(request, move.stage)?.votes.some(({ by }) => by === move.to);
  return voted ? { why: 'cannot_take', by: move.to } : refuseFull(request);
}

/** Whether somebody would decide as a manager who is not confirmed as one. */
function isUnconfirmed(request: Course, id: string, { actor, panel, seat }: Circumstances): boolean {
  const stage = stageOf(request, id);
  const isManager = stage !== undefined && seat(request, stage, actor)?.role === managerRole;
  return isManager && panel(request, id).groups.some(({ isBeside }) => isBeside);
}

function refuseHold(
  request: Course,
  move: Extract<Move, { kind: 'hold' | 'resume' }>,
  circumstances: Circumstances,
): Refusal | undefined {
  const { actor, now } = circumstances;
  if (actor === request.requester) return { why: 'own_request' };
  if (!isOpen(request)) return refuseEnded(request);
  if (!circumstances.manages(request, actor) && !decides(request, circumstances)) return { why: 'not_allowed' };
  if (move.kind === 'resume') return request.state === 'on_hold' ? undefined : { why: 'not_on_hold' };
  if (request.state === 'on_hold') return { why: 'on_hold' };
  if (move.until <= now || move.until > now + longestHoldMs) return { why: 'bad_date' };
  return refuseFull(request);
}

function refuseAppeal(request: Course, type: RequestType, { actor, now }: Circumstances): Refusal | undefined {
  if (actor !== request.requester) return { why: 'not_requester' };
  if (request.state !== 'declined') return isOpen(request) ? { why: 'still_open' } : refuseEnded(request);
  const isHeard = request.stages.some(({ id }) => id === type.appeal);
  if (type.appeal === undefined || isHeard) return { why: 'no_appeal' };
  return now - request.since > appealMs ? { why: 'too_late', at: request.since } : undefined;
}

/** The requester takes up again what they withdrew or let run out; everything else those who look after it. */
function refuseReopen(request: Course, circumstances: Circumstances): Refusal | undefined {
  const { actor, now } = circumstances;
  if (isOpen(request)) return { why: 'still_open' };
  if (request.state === 'approved' || request.state === 'superseded') return refuseEnded(request);
  if (actor !== request.requester) return refuseManaged(request, circumstances);
  const isTheirs = request.state === 'withdrawn' || request.state === 'expired';
  if (!isTheirs) return { why: 'own_request' };
  return now - request.since > reopenMs ? { why: 'too_late', at: request.since } : undefined;
}

function refuseManaged(request: Course, { actor, manages }: Circumstances): Refusal | undefined {
  if (actor === request.requester) return { why: 'own_request' };
  return manages(request, actor) ? undefined : { why: 'not_allowed' };
}

function refuseAfter(request: Course, { actor, manages }: Circumstances): Refusal | undefined {
  if (actor !== request.requester && !manages(request, actor)) return { why: 'not_allowed' };
  return refuseNotApproved(request);
}

function refuseNotApproved(request: Course): Refusal | undefined {
  if (request.state === 'approved') return undefined;
  return isOpen(request) ? { why: 'not_approved' } : refuseEnded(request);
}

function refuseHeld({ state }: Course): Refusal | undefined {
  return state === 'on_hold' ? { why: 'on_hold' } : undefined;
}

function refuseEnded({ state, since, events }: Course): Refusal {
  const last = events.findLast((event) => 'by' in event && ends.has(event.kind) && event.at <= since);
  const by = last && 'by' in last && last.at === since ? last.by : undefined;
  return { why: 'ended', state, at: since, ...(by ? { by } : {}) };
}

const ends: ReadonlySet<string> = new Set(['voted', 'withdrawn', 'revoked', 'superseded', 'recorded']);

/** Ending and answering is always possible; only what could go on for ever is bounded. */
function refuseFull({ events }: Course): Refusal | undefined {
  const written = events.reduce((sum, event) => sum + ('text' in event ? event.text.length : 0), 0);
  return events.length >= mostEvents || written >= mostCharacters ? { why: 'full' } : undefined;
}

/** Where the requester has left, those who look after the request answer and withdraw in their place. */
function speaksForRequester(request: Course, { actor, isGone, manages }: Circumstances): boolean {
  return actor === request.requester || (isGone(request.requester) && manages(request, actor));
}

function takesPart(request: Course, circumstances: Circumstances): boolean {
  const { actor } = circumstances;
  return actor === request.requester || circumstances.manages(request, actor) || decides(request, circumstances);
}

/** Whether somebody may decide one of the stages that are open. */
function decides(request: Course, circumstances: Circumstances): boolean {
  return openStages(request).some((stage) => circumstances.seat(request, stage, circumstances.actor) !== undefined);
}

function stageOf({ stages }: Course, id: string): StageState | undefined {
  return stages.find((stage) => stage.id === id);
}
