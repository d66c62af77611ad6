import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { isFilled } from './condition.ts';
import { facts } from './facts.ts';
import { answerInWords, fieldsAsked } from './form.ts';
import type { Request, RequestEvent } from './request.ts';
import { route } from './routing.ts';
import type { Field, Reason, RequestType, Stage } from './type.ts';

/** An answer with the question it answers. */
export interface Fact {
  readonly field: Field;
  readonly label: string;
  readonly value: string;
}

type Asked = Pick<Request, 'answers' | 'facts'>;

/** The answers that decide, in the order of the form; what the subject or a flag says already is not said again. */
export function decidingFacts(type: RequestType, asked: Asked, locale: Locale): readonly Fact[] {
  const named = new Set([...type.subject[locale].matchAll(/\{(\w+)\}/g)].map(([, id]) => id));
  return answeredIn(type, asked, locale).filter(
    ({ field }) => field.fact && !named.has(field.id) && !isFlagged(field, asked.answers[field.id]),
  );
}

/** Whether everything that was chosen is said by flags, or by there being none. */
function isFlagged({ choices, flag }: Field, value: Request['answers'][string] | undefined): boolean {
  if (flag && value === 'yes') return true;
  const all = choices ?? [];
  const chosen = all.filter(({ id }) => (Array.isArray(value) ? value.includes(id) : value === id));
  return chosen.length > 0 && all.some((one) => one.flag) && chosen.every((one) => one.flag || one.alone);
}

/** Everything that was answered, in the order of the form; answers of questions that are no longer asked are left out. */
export function answeredIn(type: RequestType, { answers, facts: known }: Asked, locale: Locale): readonly Fact[] {
  return fieldsAsked(type, { ...answers, ...known }).flatMap((field) => {
    const value = answers[field.id];
    if (!isFilled(value)) return [];
    return [{ field, label: field.label[locale], value: answerInWords(field, value, locale) }];
  });
}

/** The requester's own words for the card; nothing where the form asks for none. */
export function quoteOf(type: RequestType, { answers }: Pick<Request, 'answers'>): string | undefined {
  const field = type.fields.find(({ quote }) => quote);
  const value = field && answers[field.id];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Why it goes to people, what is to be read first, and what nobody knows. */
export interface Grounds {
  readonly flags: readonly string[];
  readonly because: readonly string[];
  readonly unknown: readonly string[];
  /** Whether the form asks for anything that could raise a flag. */
  readonly canFlag: boolean;
}

export function groundsOf(
  type: RequestType,
  request: Pick<Request, 'answers' | 'facts' | 'way'>,
  locale: Locale,
): Grounds {
  const routed = route(type, request.answers, request.facts);
  const canFlag = type.fields.some(({ flag, choices }) => flag || choices?.some((choice) => choice.flag));
  return {
    flags: routed.flags.map((words) => words[locale]),
    because: [...new Set(routed.because.map((words) => words[locale]))],
    unknown: request.way.unknown.map((name) => facts[name]?.words[locale] ?? name),
    canFlag,
  };
}

/** A stage of a request beside what its type says of it; absent when the type has no such stage. */
export function stageOf(type: RequestType, id: string): Stage | undefined {
  return type.stages.find((stage) => stage.id === id);
}

/** What a stage is called. */
export function stageName(type: RequestType, id: string, locale: Locale): string {
  return stageOf(type, id)?.name[locale] ?? id;
}

/** Why it was declined. */
export function reasonOf(type: RequestType, id: string | undefined): Reason | undefined {
  return type.declines.find((reason) => reason.id === id);
}

/** The latest event of a kind. */
export function latest<K extends RequestEvent['kind']>(
  { events }: Pick<Request, 'events'>,
  kind: K,
): Extract<RequestEvent, { kind: K }> | undefined {
  return events.findLast((event): event is Extract<RequestEvent, { kind: K }> => event.kind === kind);
}

/** How a request ended: who brought it about, where a person did, and when. */
export interface End {
  readonly at: number;
  readonly by?: PersonId;
  readonly text: string;
  readonly reason?: string;
}

/** The decision that stands, or how it ended otherwise; undefined while it is open. */
export function endOf(request: Pick<Request, 'events' | 'state' | 'since'>): End | undefined {
  const { state, since } = request;
  switch (state) {
    case 'approved':
    case 'declined': {
      const recorded = latest(request, 'recorded');
      if (recorded?.at === since) {
        const { by, evidence, reason } = recorded;
        return { at: since, by, text: evidence, ...(reason ? { reason } : {}) };
      }
      const wanted = state === 'approved' ? 'approve' : 'decline';
      const vote = request.events.findLast((event) => event.kind === 'voted' && event.vote === wanted);
      if (vote?.kind !== 'voted') return { at: since, text: '' };
      return { at: since, by: vote.by, text: vote.text, ...(vote.reason ? { reason: vote.reason } : {}) };
    }
    case 'withdrawn':
    case 'revoked': {
      const ended = latest(request, state);
      return { at: since, ...(ended ? { by: ended.by } : {}), text: ended?.text ?? '' };
    }
    case 'expired':
      return { at: since, text: latest(request, 'expired')?.because ?? '' };
    case 'superseded':
      return { at: since, text: latest(request, 'superseded')?.other ?? '' };
    default:
      return undefined;
  }
}

/** Whether the promise to the requester is over. */
export function isLate({ state, promised }: Pick<Request, 'state' | 'promised'>, now: number): boolean {
  return state === 'in_review' && promised !== undefined && promised < now;
}

/** What becomes of an approved request is still to be told. */
export function isFollowed({ state, outcome }: Pick<Request, 'state' | 'outcome'>, { follow }: RequestType): boolean {
  return state === 'approved' && follow !== 'none' && (outcome === undefined || outcome === 'submitted');
}
