import type { PersonId } from '../core/ports.ts';
import type { Circumstances, Corrected } from './circumstances.ts';
import { createTaking, runningClocks, type Taking } from './course.ts';
import { managerRole } from './deciding.ts';
import { isDecisive, recallable, restingOn } from './recalling.ts';
import { type Refusal, refusalOf } from './refusing.ts';
import type { Answers, Asked, RequestEvent, StageRest } from './request.ts';
import { inOrder, withPeople } from './routing.ts';
import { type Course, isPending, type LaterEvent, openStages } from './state.ts';
import type { RequestType } from './type.ts';

type Recorded = Extract<RequestEvent, { kind: 'recorded' }>;

/** What somebody wants to do with a request. Texts are plain and trimmed; empty where nothing was written. */
export type Move =
  /** `typed`: the number of the request, where the stage asks for that care. */
  | {
      readonly kind: 'approve';
      readonly stage: string;
      readonly conditions: readonly string[];
      readonly text: string;
      readonly typed?: number;
    }
  | { readonly kind: 'decline'; readonly stage: string; readonly reason: string; readonly text: string }
  /** Without a vote of their own: no opinion, or an interest in it. */
  | { readonly kind: 'abstain' | 'conflict'; readonly stage: string; readonly text: string }
  /** `fields`: those of the form that it is about. */
  | { readonly kind: 'ask'; readonly stage: string; readonly text: string; readonly fields?: readonly string[] }
  /** `answers`: fields of the form that changed with it, already checked. */
  | { readonly kind: 'answer'; readonly text: string; readonly answers?: Answers }
  | { readonly kind: 'note'; readonly text: string; readonly privately: boolean }
  | { readonly kind: 'hand'; readonly stage: string; readonly to: PersonId; readonly text: string }
  | { readonly kind: 'hold'; readonly until: number; readonly text: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'withdraw' | 'revoke'; readonly text: string }
  | { readonly kind: 'appeal' | 'reopen'; readonly text: string }
  /** An own approval, since an answer was corrected after it. */
  | { readonly kind: 'recall' }
  | { readonly kind: 'supersede'; readonly other: string }
  | { readonly kind: 'follow'; readonly link?: string; readonly outcome?: NonNullable<Course['outcome']> }
  | { readonly kind: 'meet'; readonly condition: number; readonly text: string }
  | {
      readonly kind: 'record';
      readonly decision: Recorded['decision'];
      readonly decider: Recorded['decider'];
      readonly decidedAt: number;
      readonly evidence: string;
      readonly reason?: string;
    };

/** Where a request went by itself, and what happened on the way. */
export interface Went<T> {
  readonly request: T;
  readonly events: readonly LaterEvent[];
}

/** What came of a move: the request after it and what happened, or why it was refused. */
export type Decision<T> =
  | (Went<T> & { readonly refusal?: never })
  | { readonly refusal: Refusal; readonly request?: never; readonly events?: never };

/**
 * Whether `move` may be made now, and everything that follows from it: stages that are over, the ones that open, the end.
 * Pure: a refused move changes nothing.
 */
export function decide<T extends Course>(
  request: T,
  type: RequestType,
  move: Move,
  circumstances: Circumstances,
): Decision<T> {
  const refusal = refusalOf(request, type, move, circumstances);
  if (refusal) return { refusal };
  const course = createTaking(request, type, circumstances);
  make(course, type, move, circumstances);
  return { request: course.now(), events: course.events };
}

/**
 * Sets a new request going: passes it by its rule or standing approval, or asks the first stages.
 */
export function start<T extends Course>(request: T, type: RequestType, circumstances: Circumstances): Went<T> {
  const course = createTaking(request, type, circumstances);
  const { way } = request;
  if (request.stages.length === 0) {
    const rule = way.automatic ?? (way.standing ? 'standing-approval' : 'no-request-needed');
    const standing = way.standing ? { standing: way.standing } : {};
    course.take({ kind: 'passed', at: circumstances.now, rule, ...standing });
  }
  course.goOn();
  return { request: course.now(), events: course.events };
}

/**
 * Looks at a stage again, since people leave and roles change hands: the votes may be enough by now, or others have to be
 * asked because nobody of those who were can decide any more. Mostly nothing happens.
 */
export function lookAgain<T extends Course>(
  request: T,
  type: RequestType,
  stageId: string,
  circumstances: Circumstances,
): Went<T> {
  const course = createTaking(request, type, circumstances);
  course.count(stageId);
  return { request: course.now(), events: course.events };
}

/** Goes on with what was set aside until now. */
export function goOnAgain<T extends Course>(request: T, type: RequestType, circumstances: Circumstances): Went<T> {
  const course = createTaking(request, type, circumstances);
  resume(course, { at: circumstances.now }, circumstances);
  return { request: course.now(), events: course.events };
}

/** Closes the vote of a body whose time is over, if enough took part; otherwise nothing happens. */
export function closeVote<T extends Course>(
  request: T,
  type: RequestType,
  stageId: string,
  circumstances: Circumstances,
): Went<T> {
  const course = createTaking(request, type, circumstances);
  course.count(stageId, true);
  return { request: course.now(), events: course.events };
}

type By = { readonly at: number; readonly by: PersonId; readonly draft?: string };

/** Makes a move that was not refused. */
function make<T extends Course>(course: Taking<T>, type: RequestType, move: Move, circumstances: Circumstances): void {
  const { now, actor, draft } = circumstances;
  const by: By = { at: now, by: actor, ...(draft ? { draft } : {}) };
  switch (move.kind) {
    case 'approve':
    case 'decline':
    case 'abstain':
    case 'conflict':
      vote(course, move, by, circumstances);
      break;
    case 'answer':
      answer(course, type, move, by, circumstances);
      break;
    case 'resume':
      resume(course, { at: now, by: actor }, circumstances);
      break;
    case 'appeal':
      course.take({ kind: 'appealed', ...by, stage: type.appeal ?? '', text: move.text });
      course.goOn();
      break;
    case 'reopen':
      reopen(course, type, { ...by, text: move.text });
      break;
    case 'recall':
      recall(course, type, actor, now);
      break;
    default:
      course.take(eventOf(course.now(), move, by, circumstances));
  }
}

/** Moves that are one event and nothing more. */
type Plain = Exclude<
  Move,
  { kind: 'approve' | 'decline' | 'abstain' | 'conflict' | 'answer' | 'resume' | 'appeal' | 'reopen' | 'recall' }
>;

function eventOf(request: Course, move: Plain, by: By, circumstances: Circumstances): LaterEvent {
  switch (move.kind) {
    case 'ask': {
      const { stage, text, fields = [] } = move;
      const about = fields.length > 0 ? { fields: [...fields] } : {};
      return { kind: 'asked', ...by, stage, text, ...about, rests: restsOf(request, circumstances) };
    }
    case 'note':
      return { kind: 'noted', ...by, text: move.text, privately: move.privately };
    case 'hand': {
      const asked = handedOn(request, move, circumstances);
      return { kind: 'handed', ...by, stage: move.stage, to: move.to, asked, text: move.text };
    }
    case 'hold':
      return { kind: 'held', ...by, text: move.text, until: move.until, rests: restsOf(request, circumstances) };
    case 'withdraw':
      return { kind: 'withdrawn', ...by, text: move.text };
    case 'revoke':
      return { kind: 'revoked', ...by, text: move.text };
    case 'supersede':
      return { kind: 'superseded', ...by, other: move.other };
    case 'follow': {
      const { kind: _, ...what } = move;
      return { kind: 'followed', ...by, ...what };
    }
    case 'meet':
      return { kind: 'condition_met', ...by, condition: move.condition, text: move.text };
    case 'record': {
      const { validUntil } = circumstances;
      const until = move.decision === 'approved' && validUntil !== undefined ? { validUntil } : {};
      return { ...move, kind: 'recorded', ...by, ...until };
    }
  }
}

function vote<T extends Course>(
  course: Taking<T>,
  move: Extract<Move, { kind: 'approve' | 'decline' | 'abstain' | 'conflict' }>,
  by: By,
  circumstances: Circumstances,
): void {
  const state = course.now().stages.find(({ id }) => id === move.stage);
  const seat = state && circumstances.seat(course.now(), state, by.by);
  if (!seat) throw new Error('a vote without a seat was not refused');
  course.take({
    kind: 'voted',
    ...by,
    stage: move.stage,
    role: seat.role,
    ...(seat.inPlaceOf ? { inPlaceOf: seat.inPlaceOf } : {}),
    vote: move.kind,
    text: move.text,
    conditions: move.kind === 'approve' ? [...move.conditions] : [],
    ...(move.kind === 'decline' ? { reason: move.reason } : {}),
  });
  course.count(move.stage);
}

/** The clocks run on; answers that set off red flags ask more people, and those that decide ask again who had their say. */
function answer<T extends Course>(
  course: Taking<T>,
  type: RequestType,
  move: Extract<Move, { kind: 'answer' }>,
  by: By,
  circumstances: Circumstances,
): void {
  const request = course.now();
  const running = request.state === 'on_hold' ? { clocks: {} } : runningClocks(request, circumstances);
  const { corrected } = circumstances;
  const answers = move.answers && corrected ? correctedBy(request, move.answers, corrected) : {};
  course.take({ kind: 'answered', ...by, text: move.text, ...answers, ...running });
  if (corrected) judgeAgain(course, type, request, corrected, by.at);
  course.goOn();
}

/** What follows from corrected answers. @param before as it was with the old ones */
function judgeAgain<T extends Course>(
  course: Taking<T>,
  type: RequestType,
  before: T,
  corrected: Corrected,
  at: number,
): void {
  const { routed } = corrected;
  const known = new Set(before.stages.map(({ id }) => id));
  const stages = routed.stages.map(({ id }) => id).filter((id) => !known.has(id));
  const raises = routed.way.raises.filter((id) => !before.way.raises.includes(id));
  if (stages.length + raises.length > 0) {
    const level = Math.max(before.way.level, routed.way.level);
    course.take({ kind: 'raised', at, level, raises, stages, restricted: routed.restricted });
  }
  if (!isDecisive(type, before, course.now())) return;
  for (const { stage, who } of restingOn(before)) course.take({ kind: 'recalled', at, stage, who: [...who] });
}

/** Whoever approved before an answer was corrected looks at it again, and with them their stage. */
function recall<T extends Course>(course: Taking<T>, type: RequestType, actor: PersonId, at: number): void {
  const found = recallable(course.now(), type, actor);
  if (!found) throw new Error('taking back an approval that is not there was not refused');
  course.take({ kind: 'recalled', at, by: actor, stage: found.stage, who: [actor] });
  course.goOn();
}

/** What an event says of changed answers. */
function correctedBy({ answers }: Course, changed: Answers, { keys, facts }: Corrected) {
  const before = Object.entries(answers).filter(([id]) => Object.hasOwn(changed, id));
  return { answers: changed, before: Object.fromEntries(before), keys: [...keys], facts: { ...facts } };
}

/** Those who decide any group hand on what their own part is; who looks after the request hands on the whole stage. */
function handedOn(request: Course, move: Extract<Move, { kind: 'hand' }>, circumstances: Circumstances): Asked[] {
  const { actor } = circumstances;
  const state = request.stages.find(({ id }) => id === move.stage);
  const seat = state && circumstances.seat(request, state, actor);
  if (!state || !seat) return [{ person: move.to }];
  const isTheirs = (one: Asked) =>
    'role' in one ? one.role === seat.role : one.person === actor || one.person === seat.inPlaceOf;
  // A manager is nobody else, but the part of a role goes with it.
  const isRole = state.asked.some(
    (one) => ('role' in one ? one.role : one.as) === seat.role && seat.role !== managerRole,
  );
  const to: Asked = isRole ? { person: move.to, as: seat.role } : { person: move.to };
  return [...state.asked.filter((one) => !isTheirs(one)), to];
}

/** Goes on where it was set aside; `by` is absent when its time is over. */
function resume<T extends Course>(
  course: Taking<T>,
  by: { readonly at: number; readonly by?: PersonId },
  circumstances: Circumstances,
): void {
  const request = course.now();
  const running = request.questions.length > 0 ? { clocks: {} } : runningClocks(request, circumstances);
  course.take({ kind: 'resumed', ...by, ...running });
  course.goOn();
}

/** What passed without people the first time needs them the second time. */
function reopen<T extends Course>(course: Taking<T>, type: RequestType, by: By & { readonly text: string }): void {
  course.take({ kind: 'reopened', ...by });
  const request = course.now();
  if (!request.stages.some(isPending)) {
    const { level, stages } = withPeople(type, { ...request.answers, ...request.facts });
    course.take({
      kind: 'raised',
      at: by.at,
      level: Math.max(level, request.way.level),
      raises: [],
      stages: [...inOrder(type, stages)],
      restricted: false,
    });
  }
  course.goOn();
}

/** The clocks that run now, as what is left of them. */
function restsOf(request: Course, circumstances: Circumstances): Record<string, StageRest> {
  const running = openStages(request).filter(({ clock }) => clock);
  return Object.fromEntries(running.map((stage) => [stage.id, circumstances.pause(stage)]));
}
