import { z } from 'zod';
import type { TrainingDesk } from '../core/links.ts';
import type { PersonId } from '../core/ports.ts';
import { isFact, namesIn, type Values } from './condition.ts';
import { type AskedStep, answersAsked, fieldsAsked, stepsOf } from './form.ts';
import type { Draft } from './form-draft.ts';
import { Answers } from './request.ts';
import { route } from './routing.ts';
import type { RequestType, TypeEdition, Words } from './type.ts';

/** What a view of a form carries. `prefill` and `where` only as long as the draft is not stored. */
export const FormMeta = z.strictObject({
  draft: z.string(),
  type: z.string(),
  /** Edition of the type that was drawn. */
  form: z.string(),
  page: z.enum(['step', 'before', 'unneeded', 'review']),
  /** The step that is shown, or comes next. */
  at: z.int().nonnegative(),
  prefill: Answers.exactOptional(),
  where: z.strictObject({ channel: z.string(), thread: z.string().exactOptional() }).exactOptional(),
});
export type FormMeta = z.infer<typeof FormMeta>;

/** A form as it stands: the draft under the type in force, with what the system found out. */
export interface Filling {
  readonly id: string;
  readonly draft: Draft;
  readonly edition: TypeEdition;
  /** Answers by field id and facts by name. */
  readonly values: Values;
  /** What is asked now. */
  readonly steps: readonly AskedStep[];
  /** Answers that a change of the type dropped, for the person to read once. */
  readonly lifted?: { readonly again: readonly string[]; readonly gone: number };
  /** What is stored; absent until the first answer. */
  readonly version?: number;
}

/** The form with what is asked now. */
export function fillingOf(
  id: string,
  draft: Draft,
  edition: TypeEdition,
  facts: Values,
  more: Pick<Filling, 'lifted' | 'version'> = {},
): Filling {
  const values = { ...draft.answers, ...facts };
  return { id, draft, edition, values, steps: stepsOf(edition.type, values), ...more };
}

/** What the system found out, without the answers. */
export function factsIn(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isFact(name)));
}

/** The step at a place of the type, or the one that comes instead; `undefined` behind the last one. */
export function stepFrom({ steps }: Filling, at: number): AskedStep | undefined {
  return steps.find(({ index }) => index >= at);
}

/** The step before a place. */
export function stepBefore({ steps }: Filling, at: number): AskedStep | undefined {
  return steps.findLast(({ index }) => index < at);
}

/** The first step that has an error. */
export function stepOfError({ steps }: Filling, errors: Readonly<Record<string, string>>): AskedStep | undefined {
  return steps.find(({ fields }) => fields.some(({ id }) => Object.hasOwn(errors, id)));
}

/**
 * Why no request is needed, once nothing that is still to be asked can change that.
 * @param behind ids of the fields that the person has answered and gone past
 */
export function unneededBecause(
  type: RequestType,
  { draft, values }: Pick<Filling, 'draft' | 'values'>,
  behind: ReadonlySet<string>,
): Words | undefined {
  const asked = fieldsAsked(type, values).map(({ id }) => id);
  const facts = factsIn(values);
  const { way } = route(type, answersAsked(type, { ...draft.answers, ...facts }), facts);
  if (way.level > 0) return undefined;
  const last = type.routes.findIndex(({ id }) => id === way.route);
  const looked = [...type.routes.slice(0, last + 1), ...type.raises].flatMap(({ when }) => (when ? namesIn(when) : []));
  const open = looked.some((name) => asked.includes(name) && !behind.has(name));
  return open ? undefined : type.routes[last]?.because;
}

/** Another request for the same thing, as far as its asker may see it. */
export interface SameRequest {
  /** As people see it: `REQ-142`. */
  readonly number: string;
  readonly subject: string;
  readonly requester: PersonId;
  /** `waiting`: for an answer of its requester. */
  readonly state: 'open' | 'waiting' | 'approved';
  /** The promise of an open one, or when it was approved, ms. */
  readonly at?: number;
  readonly validUntil?: number;
  readonly conditions: readonly string[];
}

/** What will happen when the form is sent. */
export interface Outlook {
  /** `passes`: by rule. `covered`: by a standing approval. `people`: somebody decides. `unneeded`: nobody has to. */
  readonly goes: 'unneeded' | 'passes' | 'covered' | 'people';
  readonly stages: readonly {
    readonly name: Words;
    readonly order: number;
    /** Those who would be asked; empty when they are too many to name. */
    readonly people: readonly PersonId[];
  }[];
  /** By when it is decided, ms. */
  readonly promised?: number;
  readonly because: readonly Words[];
  readonly flags: readonly Words[];
  /** Names of facts that nobody knows. */
  readonly unknown: readonly string[];
  readonly restricted: boolean;
  /** A manager is asked, and nobody knows who that is. */
  readonly asksManager: boolean;
  /** Training is all that stands between this request and an approval at once: what to say, and the button to it. */
  readonly training?: TrainingGate;
}

export type TrainingGate = NonNullable<ReturnType<TrainingDesk['gate']>>;
