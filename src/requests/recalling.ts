import type { PersonId } from '../core/ports.ts';
import { type Condition, isFact, namesIn, type Values } from './condition.ts';
import type { Request, RequestEvent, StageState, Vote } from './request.ts';
import { flagsOf } from './routing.ts';
import type { RequestType } from './type.ts';

/*
 * A decision holds for what was decided. Where an answer is corrected afterwards, and a rule of the form reads it or it is a flag,
 * those who had their say are asked again. Where no rule does, whoever approved is told, and may take their approval back.
 */

/** Facts that the answers lead to. The others change with the calendar, whatever is corrected. */
const factsOfAnswers: ReadonlySet<string> = new Set([
  'license.tier',
  'project.known',
  'cla.cleared',
  'component.approved',
  'size.small',
]);

type Judged = Pick<Request, 'answers' | 'facts'>;

/** Whether a correction changes what the way of a request hangs on. */
export function isDecisive(
  type: RequestType,
  before: Judged,
  after: { readonly answers: Values; readonly facts: Values },
): boolean {
  const old: Values = { ...before.answers, ...before.facts };
  const now: Values = { ...after.answers, ...after.facts };
  const isOther = (name: string) => JSON.stringify(old[name] ?? '') !== JSON.stringify(now[name] ?? '');
  return (
    namesThatDecide(type).some(isOther) || JSON.stringify(flagsOf(type, old)) !== JSON.stringify(flagsOf(type, now))
  );
}

/** What the rules of a type read, and the fields that name who decides. */
function namesThatDecide({ routes, raises, automatic, stages }: RequestType): readonly string[] {
  const conditions: readonly Condition[] = [
    ...routes.flatMap((route) => route.when ?? []),
    ...raises.map((raise) => raise.when),
    ...(automatic ? [automatic.when] : []),
  ];
  const named = stages.flatMap(({ who }) => ('field' in who ? [who.field] : []));
  const names = [...conditions.flatMap(namesIn), ...named];
  return [...new Set(names)].filter((name) => !isFact(name) || factsOfAnswers.has(name));
}

/** Stages with a say that rests on what is corrected now, and whose it is. That somebody has an interest in it stays true. */
export function restingOn({
  stages,
}: Pick<Request, 'stages'>): readonly { readonly stage: string; readonly who: readonly PersonId[] }[] {
  return stages
    .filter(({ state }) => state === 'approved' || state === 'open')
    .map(({ id, votes }) => ({ stage: id, who: votes.filter(({ vote }) => vote !== 'conflict').map(({ by }) => by) }))
    .filter(({ who }) => who.length > 0);
}

/** A stage after some took their say back, or lost it: what was approved with it waits again. */
export function withoutVotes(stage: StageState, who: readonly PersonId[]): StageState {
  const votes = stage.votes.filter(({ by }) => !who.includes(by));
  if (stage.state !== 'approved') return { ...stage, votes };
  const { settledAt: _, openedAt: __, ...rest } = stage;
  return { ...rest, state: 'waiting', votes };
}

/** The conditions that were set with these votes. */
export function conditionsOf(
  events: readonly RequestEvent[],
  stage: string,
  who: readonly PersonId[],
): readonly { readonly text: string; readonly by: PersonId }[] {
  return events.flatMap((event) =>
    event.kind === 'voted' && event.stage === stage && who.includes(event.by)
      ? event.conditions.map((text) => ({ text, by: event.by }))
      : [],
  );
}

/**
 * The vote by which a person approved a stage before an answer was corrected, and which they can take back. What a body has decided
 * by its majority is not one member's to undo.
 */
export function recallable(
  { stages, events }: Pick<Request, 'stages' | 'events'>,
  type: RequestType,
  person: PersonId,
): { readonly stage: string; readonly vote: Vote } | undefined {
  const corrected = events.findLastIndex((event) => event.kind === 'answered' && event.answers !== undefined);
  for (const { id, state, votes } of stages) {
    const isBodys = type.stages.some((stage) => stage.id === id && stage.vote);
    if (state !== 'open' && (state !== 'approved' || isBodys)) continue;
    const vote = votes.find((one) => one.by === person && one.vote === 'approve');
    const cast = events.findLastIndex((event) => event.kind === 'voted' && event.by === person && event.stage === id);
    if (vote && cast < corrected) return { stage: id, vote };
  }
  return undefined;
}

/** Those who approved before `event`, corrected it without deciding anything anew, and still may take that back. */
export function approversBefore(
  { stages, events }: Pick<Request, 'stages' | 'events'>,
  event: RequestEvent,
): readonly PersonId[] {
  if (event.kind !== 'answered' || !event.answers) return [];
  const before = events.slice(0, events.indexOf(event));
  const approved = before.flatMap((one) => (one.kind === 'voted' && one.vote === 'approve' ? [one] : []));
  const stands = ({ by, stage, at }: (typeof approved)[number]) =>
    stages.some(({ id, votes }) => id === stage && votes.some((vote) => vote.by === by && vote.at === at));
  return [...new Set(approved.filter(stands).map(({ by }) => by))];
}
