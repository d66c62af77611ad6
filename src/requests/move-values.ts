import { dateAt } from '../core/business-time.ts';
import type { PersonId } from '../core/ports.ts';
import { type FormKind, type MoveForm, wordy } from './move-form.ts';
import type { Move } from './moves.ts';
import type { Answers, Request } from './request.ts';
import type { RequestType } from './type.ts';

/** State of all inputs of a form: block -> element -> value. */
type Values = Readonly<Record<string, Readonly<Record<string, string | readonly string[] | undefined>>>>;

/** What somebody left out of a form. */
type Missing = 'text' | 'condition' | 'reason' | 'decider';

/** What a form asks for, or the field that is missing something and what. */
export type Filled =
  | { readonly move: Move; readonly missing?: never }
  | { readonly missing: { readonly field: string; readonly what: Missing }; readonly move?: never };

/** What a form is read with. */
export interface FilledFor {
  readonly form: MoveForm;
  readonly type: RequestType;
  readonly locale: Request['locale'];
  /** IANA zone in which days are meant. */
  readonly zone: string;
  /** Answers of the request's form that were changed with it; absent where none was. */
  readonly corrected?: Answers;
}

const hourMs = 3_600_000;

/** The move that a submitted form stands for. */
export function moveFrom(values: Values, { form, type, locale, zone, corrected }: FilledFor): Filled {
  const { kind, stage = '' } = form;
  const text = wordsIn(values, 'text');
  // What is corrected speaks for itself.
  const isSaid = text !== '' || (kind === 'answer' && corrected !== undefined);
  if (wordy.has(kind) && !isSaid) return { missing: { field: 'text', what: 'text' } };
  switch (kind) {
    case 'conditions': {
      const conditions = conditionsIn(values, type, locale);
      if (conditions.length === 0) return { missing: { field: 'own', what: 'condition' } };
      return { move: { kind: 'approve', stage, conditions, text, ...typedIn(values) } };
    }
    case 'careful':
      return { move: { kind: 'approve', stage, conditions: [], text, ...typedIn(values) } };
    case 'decline':
      return { move: { kind, stage, reason: wordsIn(values, 'reason', 'requests.reason'), text } };
    case 'abstain':
    case 'conflict':
      return { move: { kind, stage, text } };
    case 'ask':
      return { move: { kind, stage, text, ...aboutIn(values, type) } };
    case 'hand':
      return { move: { kind, stage, to: wordsIn(values, 'to') as PersonId, text } };
    case 'hold':
      return { move: { kind, until: startOf(wordsIn(values, 'until'), zone), text } };
    case 'note':
    case 'add':
      return { move: { kind: 'note', text, privately: kind === 'note' } };
    case 'answer':
      return { move: { kind, text, ...(corrected ? { answers: corrected } : {}) } };
    case 'appeal':
    case 'revoke':
    case 'reopen':
      return { move: { kind, text } };
    case 'follow':
      return { move: followIn(values) };
    case 'meet':
      return { move: { kind, condition: Number(wordsIn(values, 'condition') || Number.NaN), text } };
    case 'record':
      return recordIn(values, type, zone, text);
  }
}

/** The block of a form beside which a refusal is said. */
export function fieldOf(kind: FormKind): string {
  const fields: Partial<Record<FormKind, string>> = {
    careful: 'care',
    decline: 'reason',
    hand: 'to',
    hold: 'until',
    follow: 'outcome',
    meet: 'condition',
    record: 'decided',
  };
  return fields[kind] ?? 'text';
}

function wordsIn(values: Values, block: string, element = block): string {
  const value = values[block]?.[element];
  return typeof value === 'string' ? value.trim().toWellFormed() : '';
}

/** The number as people write it: with or without REQ. */
function typedIn(values: Values): { readonly typed?: number } {
  const typed = wordsIn(values, 'care');
  if (!typed) return {};
  const [, digits = ''] = /^(?:req[-\s]?)?0*(\d{1,9})$/i.exec(typed.normalize('NFKC')) ?? [];
  return { typed: digits ? Number(digits) : 0 };
}

function conditionsIn(values: Values, { conditions }: RequestType, locale: Request['locale']): readonly string[] {
  const chosen = values.conditions?.conditions;
  const common = (typeof chosen === 'object' ? chosen : []).flatMap(
    (index) => conditions[Number(index)]?.[locale] ?? [],
  );
  const own = wordsIn(values, 'own').split('\n');
  return [...new Set([...common, ...own].map((line) => line.trim()).filter(Boolean))];
}

/** The fields that a question is about. */
function aboutIn(values: Values, { fields }: RequestType): { readonly fields?: readonly string[] } {
  const chosen = values.fields?.fields;
  const known = (typeof chosen === 'object' ? chosen : []).filter((id) => fields.some((field) => field.id === id));
  return known.length > 0 ? { fields: known } : {};
}

function followIn(values: Values): Move {
  const link = wordsIn(values, 'link');
  const outcome = wordsIn(values, 'outcome');
  return {
    kind: 'follow',
    ...(link ? { link } : {}),
    ...(isOutcome(outcome) ? { outcome } : {}),
  };
}

/** A decision made elsewhere: by somebody in Slack where one is chosen, else by whoever is named. */
function recordIn(values: Values, { declines }: RequestType, zone: string, evidence: string): Filled {
  const decision = wordsIn(values, 'decision') === 'approved' ? 'approved' : 'declined';
  const person = wordsIn(values, 'decider') as PersonId;
  const name = wordsIn(values, 'name');
  if (!person && !name) return { missing: { field: 'name', what: 'decider' } };
  const decidedAt = startOf(wordsIn(values, 'decided'), zone);
  if (Number.isNaN(decidedAt)) return { missing: { field: 'decided', what: 'text' } };
  const reason = wordsIn(values, 'reason');
  const isReason = declines.some(({ id }) => id === reason);
  if (decision === 'declined' && !isReason && declines.length > 0)
    return { missing: { field: 'reason', what: 'reason' } };
  return {
    move: {
      kind: 'record',
      decision,
      decider: person ? { person } : { name },
      decidedAt,
      evidence,
      ...(decision === 'declined' && isReason ? { reason } : {}),
    },
  };
}

function isOutcome(text: string): text is NonNullable<Request['outcome']> {
  return ['submitted', 'merged', 'rejected', 'abandoned', 'released'].includes(text);
}

/** The first hour of a day in a zone, ms; NaN when it is no day. */
function startOf(date: string, zone: string): number {
  // Zones lie between 12 hours behind and 14 ahead of UTC.
  const hours = Array.from({ length: 27 }, (_, index) => Date.parse(`${date}T00:00:00Z`) + (index - 14) * hourMs);
  return hours.find((moment) => Number.isFinite(moment) && dateAt(moment, zone) === date) ?? Number.NaN;
}
