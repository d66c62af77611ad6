import { z } from 'zod';
import { type AnyJob, type Collection, type PersonId, remove } from '../core/ports.ts';
import { isFilled, type Value, type Values } from './condition.ts';
import { Answers } from './request.ts';
import type { Field, TypeEdition } from './type.ts';

const filled = z.string().min(1);
const ms = z.number();

/** A form that somebody is filling in. Its id is made when the form opens and becomes the identity of the request. */
export const Draft = z.strictObject({
  person: z.custom<PersonId>((value) => typeof value === 'string' && value !== ''),
  /** Id of the type, and the edition that it was last filled in with. */
  type: filled,
  form: filled,
  /** As they were entered: what is wrong with them is found when the form goes on. */
  answers: Answers,
  /** How often we changed the answer of a field ourselves; a field that is drawn anew then shows our value. */
  revisions: z.record(z.string(), z.int().positive()),
  /** The step by its place in the type; as many as there are steps = the last look before sending. */
  at: z.int().nonnegative(),
  /** What the person was told before the form went on, and went on all the same. */
  told: z.array(filled),
  /** Whom the person named as their manager, now or before. */
  manager: z.custom<PersonId>((value) => typeof value === 'string' && value !== '').exactOptional(),
  /** The conversation it was opened from, where the requester will be told. */
  where: z.strictObject({ channel: filled, thread: filled.exactOptional() }).exactOptional(),
  begunAt: ms,
  savedAt: ms,
  /** The request that came of it. From then on the answers are gone, and sending again only shows the request. */
  sent: z.strictObject({ number: z.int().positive(), at: ms, promised: ms.exactOptional() }).exactOptional(),
});
export type Draft = z.infer<typeof Draft>;

const dayMs = 24 * 60 * 60_000;
/** A quarter: whoever comes back later has forgotten what the answers meant. */
const draftDays = 90;
// Long enough for a form that was left open over a weekend to learn that it was sent.
const sentDays = 7;

export const drafts: Collection<Draft> = {
  name: 'request_draft',
  schema: Draft,
  shape: 1,
  index: (draft) => (draft.sent ? [] : [{ key: `person:${draft.person}`, at: draft.savedAt }]),
  due: keptUntil,
  retain: { days: draftDays, end: 'delete' },
  personal: ['person', 'answers', 'where', 'manager'],
};

/** When a draft is deleted, ms. */
export function keptUntil({ savedAt, sent }: Pick<Draft, 'savedAt' | 'sent'>): number {
  return sent ? sent.at + sentDays * dayMs : savedAt + draftDays * dayMs;
}

export const forgetDrafts: AnyJob = {
  collection: drafts,
  run: async (doc) => ({ ops: [remove(drafts, doc)], say: [] }),
};

/** What a change of the type did to a draft. */
export interface Lifted {
  readonly draft: Draft;
  /** Fields whose answer no longer fits and is asked again. */
  readonly again: readonly string[];
  /** How many answers belong to questions that are gone. */
  readonly gone: number;
}

/** A draft for the edition in force: answers that still fit stay. */
export function liftDraft(draft: Draft, { type, hash }: TypeEdition): Lifted {
  if (draft.form === hash) return { draft, again: [], gone: 0 };
  const answers: Answers = {};
  const again: string[] = [];
  let gone = 0;
  for (const [id, value] of Object.entries(draft.answers)) {
    const field = type.fields.find((one) => one.id === id);
    const kept = field && fitting(field, value);
    if (kept === value) answers[id] = value;
    else if (!field) gone += 1;
    else {
      again.push(id);
      if (isFilled(kept) && kept !== undefined) answers[id] = Array.isArray(kept) ? [...kept] : (kept as string);
    }
  }
  const step = again.length > 0 ? Math.min(draft.at, ...again.map((id) => stepWith(type.steps, id))) : draft.at;
  const lifted = { ...draft, form: hash, answers, at: Math.min(step, type.steps.length) };
  return { draft: again.reduce(redrawn, lifted), again, gone };
}

/** The draft with a field that will show our value: its block gets a new id. */
export function redrawn(draft: Draft, id: string): Draft {
  return { ...draft, revisions: { ...draft.revisions, [id]: (draft.revisions[id] ?? 0) + 1 } };
}

function stepWith(steps: readonly { readonly fields: readonly string[] }[], id: string): number {
  return Math.max(
    0,
    steps.findIndex(({ fields }) => fields.includes(id)),
  );
}

/** As much of an answer as the field can still take. */
function fitting({ kind, choices }: Field, value: Value): Value {
  const offered = (id: unknown) => choices?.some((choice) => choice.id === id) ?? false;
  switch (kind) {
    case 'choice':
      return offered(value) ? value : undefined;
    case 'choices': {
      if (!Array.isArray(value)) return undefined;
      return value.every(offered) ? value : value.filter(offered);
    }
    case 'people':
    case 'files':
      return Array.isArray(value) ? value : undefined;
    case 'yesno':
    case 'confirm':
      return value === 'yes' || value === 'no' ? value : undefined;
    case 'number':
      return typeof value === 'number' || /^\d+$/.test(String(value)) ? value : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}

/** Draws nothing else than before: the same answers in the same fields. */
export function sameAnswers(one: Values, other: Values): boolean {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].every((id) => JSON.stringify(one[id] ?? null) === JSON.stringify(other[id] ?? null));
}
