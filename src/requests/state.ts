import { conditionsOf, withoutVotes } from './recalling.ts';
import { isOpen, type Request, type RequestEvent, type RequestState, type StageState } from './request.ts';
import { waitingStage } from './routing.ts';

type Submitted = Extract<RequestEvent, { kind: 'submitted' }>;
/** What can happen once it was submitted. */
export type LaterEvent = Exclude<RequestEvent, Submitted>;

/** What is known before anything happens. */
export type Opening = Pick<
  Request,
  | 'number'
  | 'type'
  | 'form'
  | 'versions'
  | 'requester'
  | 'manager'
  | 'mentors'
  | 'locale'
  | 'where'
  | 'draft'
  | 'answers'
  | 'facts'
  | 'keys'
  | 'restricted'
  | 'way'
  | 'imported'
  | 'external'
> & { readonly stages: readonly string[] };

/** Everything but what the use case keeps beside it. */
export type Course = Omit<Request, 'cards' | 'wakeAt' | 'audit'>;

/** A request that was just submitted: nobody is asked yet. */
export function begin(opening: Opening, submitted: Submitted): Course {
  return {
    ...opening,
    stages: opening.stages.map(waitingStage),
    state: 'in_review',
    since: submitted.at,
    questions: [],
    conditions: [],
    reminders: 0,
    events: [submitted],
  };
}

/** The request as its events make it. @throws Error when the first one is not that it was submitted */
export function replay(opening: Opening, events: readonly RequestEvent[]): Course {
  const [first, ...later] = events;
  if (first?.kind !== 'submitted') throw new Error('a request begins with being submitted');
  return later.reduce<Course>((request, event) => apply(request, event as LaterEvent), begin(opening, first));
}

/** The request after something happened. Events that `decide` and the clock return always fit. */
export function apply<T extends Course>(before: T, event: LaterEvent): T {
  const request = { ...before, events: [...before.events, event] };
  switch (event.kind) {
    case 'passed':
    case 'noted':
      return request;
    case 'opened': {
      const { stage, asked, clock, at, promised } = event;
      const opened = inStage(request, stage, (one) => ({
        ...calm(one),
        state: 'open',
        asked,
        clock,
        openedAt: at,
        nudges: 0,
        escalated: false,
      }));
      return promised === undefined ? opened : { ...opened, promised };
    }
    case 'voted': {
      const { by, role, inPlaceOf, at, vote, conditions } = event;
      const cast = { by, role, at, vote, ...(inPlaceOf ? { inPlaceOf } : {}) };
      const set = conditions.map((text) => ({ text, by }));
      const voted = inStage(request, event.stage, (one) => ({ ...one, votes: [...one.votes, cast] }));
      return { ...voted, conditions: [...request.conditions, ...set] };
    }
    case 'settled': {
      const state = event.outcome === 'overruled' ? 'skipped' : event.outcome;
      return inStage(request, event.stage, (one) => ({ ...calm(one), state, settledAt: event.at }));
    }
    case 'approved':
      return withEnd(ended(request, 'approved', event.at), event.validUntil);
    case 'declined':
      return ended(request, 'declined', event.at);
    case 'asked': {
      const { by, stage, at, text, rests, fields } = event;
      const questions = [...request.questions, { by, stage, at, text, ...(fields ? { fields } : {}) }];
      return { ...standing(request, rests), state: 'needs_info', since: at, questions, reminders: 0 };
    }
    case 'answered': {
      const answers = { ...request.answers, ...event.answers };
      const { keys = request.keys, facts = request.facts } = event;
      const answered = { ...request, answers, keys, facts, questions: [], reminders: 0 };
      return request.state === 'on_hold' ? answered : running(answered, event);
    }
    case 'unasked': {
      const questions = request.questions.filter(({ stage }) => stage !== event.stage);
      const rest = { ...request, questions };
      return questions.length > 0 ? rest : running(rest, event);
    }
    case 'raised': {
      const known = new Set(request.stages.map(({ id }) => id));
      const added = event.stages.filter((id) => !known.has(id)).map(waitingStage);
      const raises = [...new Set([...request.way.raises, ...event.raises])];
      const way = { ...request.way, level: event.level, raises };
      return {
        ...request,
        way,
        stages: [...request.stages, ...added],
        restricted: request.restricted || event.restricted,
      };
    }
    case 'handed':
    case 'rerouted':
      return inStage(request, event.stage, (one) => ({ ...one, asked: event.asked }));
    case 'held':
      return { ...standing(request, event.rests), state: 'on_hold', since: event.at, heldUntil: event.until };
    case 'resumed': {
      const { heldUntil: _, ...free } = request;
      if (request.questions.length === 0) return running(free as typeof request, event);
      return { ...(free as typeof request), state: 'needs_info', since: event.at };
    }
    case 'withdrawn':
    case 'revoked':
    case 'expired':
    case 'superseded':
      return ended(request, event.kind, event.at);
    case 'appealed':
      return {
        ...request,
        state: 'in_review',
        since: event.at,
        stages: [...request.stages, waitingStage(event.stage)],
      };
    case 'reopened':
      return reopened(request, before.state, event.at);
    case 'nudged':
      return inStage(request, event.stage, (one) => ({ ...withNudge(one, event.next), nudges: one.nudges + 1 }));
    case 'escalated':
      return inStage(request, event.stage, (one) => ({ ...withNudge(one, event.next), escalated: true }));
    case 'reminded':
      return { ...request, reminders: request.reminders + 1 };
    case 'recalled': {
      const { stage, who } = event;
      const set = conditionsOf(before.events, stage, who);
      const isGone = (one: { readonly text: string; readonly by: string }) =>
        set.some(({ text, by }) => text === one.text && by === one.by);
      const recalled = inStage(request, stage, (one) => withoutVotes(one, who));
      return { ...recalled, conditions: request.conditions.filter((one) => !isGone(one)) };
    }
    case 'recorded': {
      const skipped = request.stages.map((one) => (isPending(one) ? { ...calm(one), state: 'skipped' as const } : one));
      // What comes from elsewhere stands since it was decided there.
      const since = request.imported ? event.decidedAt : event.at;
      return withEnd(ended({ ...request, stages: skipped }, event.decision, since), event.validUntil);
    }
    case 'followed':
      return {
        ...request,
        ...(event.link ? { link: event.link } : {}),
        ...(event.outcome ? { outcome: event.outcome } : {}),
      };
    case 'condition_met':
      return {
        ...request,
        conditions: request.conditions.map((one, index) =>
          index === event.condition ? { ...one, met: event.at } : one,
        ),
      };
  }
}

/** A stage that may still be asked or decided. */
export function isPending({ state }: Pick<StageState, 'state'>): boolean {
  return state === 'waiting' || state === 'open';
}

function inStage<T extends Course>(request: T, id: string, change: (stage: StageState) => StageState): T {
  return { ...request, stages: request.stages.map((one) => (one.id === id ? change(one) : one)) };
}

/** Without a clock, running or standing. */
function calm({ clock: _, rest: __, ...stage }: StageState): StageState {
  return stage;
}

function withNudge(stage: StageState, next: number | undefined): StageState {
  if (!stage.clock) return stage;
  return { ...stage, clock: { due: stage.clock.due, ...(next === undefined ? {} : { nudgeAt: next }) } };
}

/** All clocks stand; nothing is promised meanwhile. */
function standing<T extends Course>(request: T, rests: Readonly<Record<string, StageState['rest']>>): T {
  const { promised: _, ...free } = request;
  const stages = request.stages.map((stage) => {
    const rest = rests[stage.id];
    return rest ? { ...calm(stage), rest } : stage;
  });
  return { ...(free as T), stages };
}

function running<T extends Course>(
  request: T,
  event: {
    readonly at: number;
    readonly clocks: Readonly<Record<string, StageState['clock']>>;
    readonly promised?: number;
  },
): T {
  const stages = request.stages.map((stage) => {
    const clock = event.clocks[stage.id];
    return clock ? { ...calm(stage), clock } : stage;
  });
  const promised = event.promised === undefined ? {} : { promised: event.promised };
  return { ...request, stages, ...promised, state: 'in_review', since: event.at };
}

/** Nothing is asked, promised or reminded of any more. Stages that were asked wait: an appeal or a second round opens them. */
function ended<T extends Course>(request: T, state: RequestState, at: number): T {
  const { promised: _, heldUntil: __, validUntil: ___, ...free } = request;
  const stages = request.stages.map((one) =>
    one.state === 'open' ? { ...calm(one), state: 'waiting' as const } : one,
  );
  return { ...(free as T), stages, state, since: at, questions: [], reminders: 0 };
}

function withEnd<T extends Course>(request: T, validUntil: number | undefined): T {
  return validUntil === undefined ? request : { ...request, validUntil };
}

/** A second round: what was granted and taken back is asked anew as a whole, otherwise what was not approved. */
function reopened<T extends Course>(request: T, from: RequestState, at: number): T {
  const expired = request.events.findLast((event) => event.kind === 'expired');
  const wasApproved = from === 'revoked' || (from === 'expired' && expired?.because === 'lapsed');
  const stages = request.stages.map((stage): StageState => {
    if (!wasApproved && stage.state === 'approved') return stage;
    const { settledAt: _, openedAt: __, ...fresh } = calm(stage);
    return { ...fresh, state: 'waiting', votes: wasApproved || stage.state === 'declined' ? [] : stage.votes };
  });
  return { ...request, stages, state: 'in_review', since: at, conditions: wasApproved ? [] : request.conditions };
}

/** Stages whose turn it is or was and that are not over, for those who look at clocks. */
export function openStages(request: Pick<Course, 'stages' | 'state'>): readonly StageState[] {
  return isOpen(request) ? request.stages.filter(({ state }) => state === 'open') : [];
}
