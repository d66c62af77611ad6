import { type AuditEntry, appendAudit } from '../core/audit.ts';
import type { Op } from '../core/ports.ts';
import { requestSubject } from './records.ts';
import type { Known, RequestEvent } from './request.ts';
import { apply, type Course, type LaterEvent } from './state.ts';

type Head = Known['audit'];

/**
 * The events of a request as entries of its chain: who, by which rule, from what state to what, with the versions it is
 * judged by. Words of people, and the form as it was filled in, lie in parts that can be erased.
 * @param head of the chain; undefined for a request that was just submitted
 * @param before the request before these events; as it was submitted, when it is new
 * @param recordedAt when it is written down, ms, where that is not when it happened
 */
export function auditOps(
  id: string,
  head: Head | undefined,
  before: Course,
  events: readonly LaterEvent[],
  recordedAt?: number,
): { readonly ops: readonly Op[]; readonly head: Head } {
  const subject = requestSubject(id);
  const versions = { ...before.versions, form: before.form };
  const [submitted] = before.events;
  const first = head || !submitted ? undefined : appendAudit(subject, undefined, entryOf(submitted, null, before));
  const ops: Op[] = first ? [...first.ops] : [];
  let last = head ?? first?.head;
  let course = before;
  for (const event of events) {
    const after = apply(course, event);
    const appended = appendAudit(subject, last, entryOf(event, course, after));
    ops.push(...appended.ops);
    last = appended.head;
    course = after;
  }
  if (!last) throw new Error('a request has at least one event');
  return { ops, head: last };

  function entryOf(event: RequestEvent, from: Course | null, after: Course): AuditEntry {
    return {
      at: recordedAt ?? event.at,
      kind: event.kind,
      actor: actorOf(event, after),
      from: from && stateOf(from),
      to: {
        ...stateOf(after),
        ...detailsOf(event),
        ...(recordedAt === undefined ? {} : { happenedAt: event.at }),
      },
      versions,
      parts: partsOf(event, after),
    };
  }
}

/** A person's member id, or the rule by which the system did it. */
function actorOf(event: RequestEvent, { way }: Course): string {
  if ('by' in event && event.by !== undefined) return event.by;
  switch (event.kind) {
    case 'passed':
      return `system:${event.rule}`;
    case 'opened':
    case 'raised':
      return `system:route/${way.route}`;
    case 'approved':
      return `system:${way.automatic ?? (way.standing ? 'standing-approval' : 'all-stages-approved')}`;
    case 'settled':
    case 'declined':
    case 'unasked':
      return 'system:votes';
    case 'rerouted':
      return 'system:substitution';
    case 'recalled':
      return 'system:correction';
    default:
      return 'system:clock';
  }
}

function stateOf({ state, way, stages }: Course) {
  return { state, level: way.level, stages: Object.fromEntries(stages.map((stage) => [stage.id, stage.state])) };
}

/** What an event says beyond the state, without names and free text. */
function detailsOf(event: RequestEvent): Readonly<Record<string, string | number | readonly string[]>> {
  switch (event.kind) {
    case 'passed':
      return { rule: event.rule, ...(event.standing ? { standing: event.standing } : {}) };
    case 'opened':
      return { stage: event.stage, due: event.clock.due, ...(event.promised ? { promised: event.promised } : {}) };
    case 'voted':
      return {
        stage: event.stage,
        role: event.role,
        vote: event.vote,
        ...(event.reason ? { reason: event.reason } : {}),
        ...(event.inPlaceOf ? { inPlaceOf: event.inPlaceOf } : {}),
      };
    case 'settled':
      return { stage: event.stage, outcome: event.outcome };
    case 'declined':
      return { stage: event.stage, ...(event.reason ? { reason: event.reason } : {}) };
    case 'raised':
      return { raises: event.raises, added: event.stages };
    case 'handed':
      return { stage: event.stage, to: event.to };
    case 'rerouted':
      return { stage: event.stage, because: event.because };
    case 'held':
      return { until: event.until };
    case 'expired':
      return { because: event.because };
    case 'superseded':
      return { other: event.other };
    case 'approved':
      return event.validUntil ? { validUntil: event.validUntil } : {};
    case 'recorded':
      return {
        decision: event.decision,
        decidedAt: event.decidedAt,
        ...('person' in event.decider ? { decider: event.decider.person } : {}),
      };
    case 'followed':
      return event.outcome ? { outcome: event.outcome } : {};
    case 'nudged':
    case 'recalled':
      return { stage: event.stage, who: event.who };
    case 'escalated':
      return { stage: event.stage, who: event.to };
    case 'asked':
    case 'appealed':
      return { stage: event.stage };
    default:
      return {};
  }
}

function partsOf(event: RequestEvent, { answers, facts, way, manager }: Course): Readonly<Record<string, string>> {
  const written = Object.entries({
    text: 'text' in event ? event.text : '',
    conditions: event.kind === 'voted' ? event.conditions.join('\n') : '',
    evidence: event.kind === 'recorded' ? event.evidence : '',
    decider: event.kind === 'recorded' && 'name' in event.decider ? event.decider.name : '',
    link: event.kind === 'followed' ? (event.link ?? '') : '',
  });
  const snapshot = event.kind === 'submitted' || (event.kind === 'answered' && event.answers !== undefined);
  return {
    ...Object.fromEntries(written.filter(([, text]) => text !== '')),
    ...(snapshot ? { form: JSON.stringify({ answers, facts, way, ...(manager ? { manager } : {}) }) } : {}),
  };
}
