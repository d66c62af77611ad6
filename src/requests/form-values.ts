import { isFilled, type Value, type Values } from './condition.ts';
import type { Answers } from './request.ts';
import type { Field, RequestType } from './type.ts';

/** What a view holds: block id -> action id -> value. */
export type ViewValues = Readonly<Record<string, Readonly<Record<string, string | readonly string[] | undefined>>>>;

/**
 * The id of a field's block: stays the same while only other fields change, so that Slack keeps what was entered, and is a
 * new one when we set the value, so that Slack shows ours.
 */
export function blockIdOf(field: string, step: number, revision: number): string {
  return `${field}.${step}.${revision}`;
}

/** The id of the block in which files of a field are uploaded, beside the one of their links. */
export function uploadIdOf(field: string, step: number, revision: number): string {
  return `${blockIdOf(field, step, revision)}.upload`;
}

/** What was entered in a view, by field id; fields that the view did not show are absent. */
export function enteredIn(type: RequestType, values: ViewValues): Values {
  const entered: Record<string, Value> = {};
  for (const [block, elements] of Object.entries(values)) {
    const [id = ''] = block.split('.', 1);
    const field = type.fields.find((one) => one.id === id);
    if (!field) continue;
    const value = answerFrom(field, Object.values(elements)[0]);
    entered[id] = field.kind === 'files' ? together(entered[id], value) : value;
  }
  return entered;
}

/** Links and uploads of one field, each once. */
function together(one: Value, other: Value): Value {
  const all = [one, other].flatMap((list) => (Array.isArray(list) ? list : []));
  return all.length > 0 ? [...new Set(all)] : undefined;
}

function answerFrom({ kind }: Field, value: string | readonly string[] | undefined): Value {
  if (kind === 'confirm') return value?.length ? 'yes' : undefined;
  if (kind === 'files' && typeof value === 'string') return value.split(/\s+/).filter((line) => line !== '');
  return value;
}

/** The answers after what was entered: an emptied field has none. */
export function merged(answers: Answers, entered: Values): Answers {
  const kept: Answers = { ...answers };
  for (const [id, value] of Object.entries(entered)) {
    delete kept[id];
    if (isFilled(value) && value !== undefined) kept[id] = typeof value === 'object' ? [...value] : value;
  }
  return kept;
}
