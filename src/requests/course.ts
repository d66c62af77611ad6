import type { PersonId } from '../core/ports.ts';
import { type Circumstances, ordersOf } from './circumstances.ts';
import { managerRole, type Panel, peopleIn } from './deciding.ts';
import type { Asked, StageState } from './request.ts';
import { apply, type Course, isPending, type LaterEvent, openStages } from './state.ts';
import { tally } from './tally.ts';
import type { RequestType, Stage } from './type.ts';

/** A request on its way from event to event, with what follows by the rules. */
export interface Taking<T extends Course> {
  readonly events: readonly LaterEvent[];
  now(): T;
  take(event: LaterEvent): void;
  /**
   * Counts the votes of a stage: when it is over, what follows; otherwise others are asked where nobody can decide any more.
   * `isOver`: its time is.
   */
  count(stageId: string, isOver?: boolean): void;
  /** Asks the stages whose turn it is, or approves what has none left. */
  goOn(): void;
}

export function createTaking<T extends Course>(start: T, type: RequestType, circumstances: Circumstances): Taking<T> {
  const { now } = circumstances;
  const events: LaterEvent[] = [];
  let request = start;

  function take(event: LaterEvent): void {
    events.push(event);
    request = apply(request, event);
  }

  const stateOf = (id: string) => request.stages.find((stage) => stage.id === id);

  function count(id: string, isOver = false): void {
    const stage = type.stages.find((one) => one.id === id);
    const state = stateOf(id);
    if (!stage || state?.state !== 'open' || request.state === 'on_hold') return;
    const panel = circumstances.panel(request, id);
    const outcome = tally(stage, state.votes, panel, circumstances.chair(id), isOver);
    if (outcome === 'open') reroute(id);
    else if (outcome === 'declined') decline(id);
    else approve(id);
  }

  function approve(id: string): void {
    if (request.questions.some((question) => question.stage === id)) unask(id);
    take({ kind: 'settled', at: now, stage: id, outcome: 'approved' });
    if (id === type.appeal) overrule();
    goOn();
  }

  function decline(id: string): void {
    const reason = reasonIn(request, id);
    take({ kind: 'settled', at: now, stage: id, outcome: 'declined' });
    take({ kind: 'declined', at: now, stage: id, ...(reason ? { reason } : {}) });
  }

  /** Whoever decides without the answer to their own question wants none any more. */
  function unask(stageId: string): void {
    const isLast = request.questions.every(({ stage }) => stage === stageId);
    take({
      kind: 'unasked',
      at: now,
      stage: stageId,
      ...(isLast ? runningClocks(request, circumstances) : { clocks: {} }),
    });
  }

  /** An appeal that was granted overrules the decline; what the decline cut off is asked after all. */
  function overrule(): void {
    for (const { id, state } of request.stages) {
      if (state === 'declined') take({ kind: 'settled', at: now, stage: id, outcome: 'overruled' });
    }
  }

  function goOn(): void {
    // What is on hold, or waits for an answer, opens nothing: all its clocks stand.
    if (request.state !== 'in_review') return;
    const due = stagesDue();
    for (const [index, stage] of due.entries()) open(stage, index === due.length - 1);
    if (due.length > 0 || request.stages.some(isPending)) return;
    const { validUntil } = circumstances;
    take({ kind: 'approved', at: now, ...(validUntil === undefined ? {} : { validUntil }) });
  }

  /** Stages that wait and whose turn it is: all of the earliest order, and late-comers of orders that were asked already. */
  function stagesDue(): readonly Stage[] {
    const appeal = request.stages.find(({ id }) => id === type.appeal);
    const waiting = request.stages.filter(({ state }) => state === 'waiting').map(({ id }) => id);
    if (appeal && isPending(appeal)) return type.stages.filter(({ id }) => id === type.appeal && waiting.includes(id));
    const asked = type.stages.filter(({ id }) => id !== type.appeal && isAsked(stateOf(id)));
    const reached = Math.max(0, ...asked.map(({ order }) => order));
    const late = type.stages.filter(({ id, order }) => waiting.includes(id) && order <= reached);
    if (late.length > 0 || request.stages.some(({ state }) => state === 'open')) return late;
    return ordersOf(type, waiting)[0] ?? [];
  }

  /** The promise is made when the last one of an order is asked, and moves only when it can no longer be kept. */
  function open({ id }: Stage, isLast: boolean): void {
    const { asked } = circumstances.panel(request, id);
    const clock = circumstances.clock(request, id);
    const event: LaterEvent = { kind: 'opened', at: now, stage: id, asked: [...asked], clock };
    const promised = isLast ? circumstances.promise(apply(request, event)) : undefined;
    const moves = promised !== undefined && (request.promised === undefined || promised > request.promised);
    take(moves ? { ...event, promised } : event);
  }

  /** Asks others where those who were asked cannot decide any more. */
  function reroute(id: string): void {
    const state = stateOf(id);
    if (state?.state !== 'open') return;
    const panel = circumstances.panel(request, id);
    const voted = new Set(state.votes.map(({ by }) => by));
    const isAble = (person: PersonId) => !voted.has(person) && circumstances.seat(request, state, person) !== undefined;
    const known = new Set(state.asked.map((one) => JSON.stringify(one)));
    const missing = panel.asked.filter((one) => !known.has(JSON.stringify(one)));
    const delegates = missing.filter((one) => 'person' in one && one.inPlaceOf && isAble(one.person));
    if (delegates.length > 0) {
      take({ kind: 'rerouted', at: now, stage: id, because: 'away', asked: [...state.asked, ...delegates] });
      return;
    }
    if (panel.nobody || state.asked.some((one) => isNamed(one) && isAble(one.person))) return;
    const isFine = panel.because === undefined && peopleIn(panel).some(isAble);
    if (missing.length === 0 || isFine) return;
    const stay = state.asked.filter((one) => 'role' in one || isAble(one.person));
    const isOther = state.asked.some(
      (one) => 'person' in one && one.as === managerRole && !circumstances.isGone(one.person),
    );
    const because = isOther && panel.because === undefined ? 'manager' : whyOthers(panel, state);
    take({ kind: 'rerouted', at: now, stage: id, because, asked: [...stay, ...missing] });
  }

  return { events, now: () => request, take, count, goOn };
}

/** The clocks of the stages that stand, running again, and the promise that comes of it. */
export function runningClocks(request: Course, circumstances: Circumstances) {
  const standing = openStages(request).filter(({ rest }) => rest);
  const clocks = Object.fromEntries(standing.map((stage) => [stage.id, circumstances.resume(stage)]));
  const stages = request.stages.map((stage) => {
    const clock = clocks[stage.id];
    return clock ? { ...stage, clock } : stage;
  });
  return { clocks, promised: circumstances.promise({ ...request, stages }) };
}

/** There was somebody when it was asked: where nobody is now and nobody stepped back, they left. */
function whyOthers({ because = 'left' }: Panel, { votes }: StageState): NonNullable<Panel['because']> {
  return because === 'empty' && votes.length === 0 ? 'left' : because;
}

/** Somebody to whom it was handed on. */
function isNamed(asked: Asked): asked is Extract<Asked, { person: PersonId }> {
  return 'person' in asked && !asked.inPlaceOf;
}

function isAsked(state: StageState | undefined): boolean {
  return state !== undefined && state.state !== 'waiting';
}

/** The reason that was given last by somebody who declined. */
function reasonIn({ events }: Course, stage: string): string | undefined {
  const declined = events.findLast(
    (event) => event.kind === 'voted' && event.stage === stage && event.vote === 'decline',
  );
  return declined?.kind === 'voted' ? declined.reason : undefined;
}
