import { z } from 'zod';

/** What an answer, or a fact that the system found out, may be: text and choices, several choices, numbers, yes or no. */
export type Value = string | number | boolean | readonly string[] | undefined;
/** Answers by field id; facts by their name, which has a dot: `license.tier`. */
export type Values = Readonly<Record<string, Value>>;

// Fields have no dots, facts do: nobody can take one for the other.
const name = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$/, 'the id of a field, or a fact like license.tier');
const plain = z.union([z.string().min(1), z.number(), z.boolean()]);
const oneOrMore = z.union([plain, z.array(plain).min(1)]);

/**
 * A question about answers and facts, as people write it in a request type:
 * `{ when: nature, is: [bug-fix, docs] }`, `{ when: lines, over: 100 }`, `{ all: [...] }`, `{ any: [...] }`, `{ not: ... }`.
 */
export type Condition =
  | { readonly when: string; readonly is: z.infer<typeof oneOrMore> }
  | { readonly when: string; readonly isNot: z.infer<typeof oneOrMore> }
  | { readonly when: string; readonly over: number }
  | { readonly when: string; readonly upTo: number }
  | { readonly when: string; readonly filled: boolean }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ when: name, is: oneOrMore }),
    z.strictObject({ when: name, isNot: oneOrMore }),
    z.strictObject({ when: name, over: z.number() }),
    z.strictObject({ when: name, upTo: z.number() }),
    z.strictObject({ when: name, filled: z.boolean() }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
);

/**
 * Whether a condition holds. What was not answered is nothing: `is`, `over` and `upTo` do not hold for it, `isNot` does.
 * Of several choices one that fits is enough for `is`, and for `isNot` none may fit.
 */
export function holds(condition: Condition, values: Values): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, values));
  if ('any' in condition) return condition.any.some((one) => holds(one, values));
  if ('not' in condition) return !holds(condition.not, values);
  const value = values[condition.when];
  if ('is' in condition) return isAmong(value, condition.is);
  if ('isNot' in condition) return !isAmong(value, condition.isNot);
  if ('over' in condition) return typeof value === 'number' && value > condition.over;
  if ('upTo' in condition) return typeof value === 'number' && value <= condition.upTo;
  return isFilled(value) === condition.filled;
}

/** What a condition comes to when some facts may not be known; `unknown` names the facts that it hangs on. */
export type Judgment =
  | { readonly is: 'yes' }
  | { readonly is: 'no' }
  | { readonly is: 'unknown'; readonly unknown: readonly string[] };

/**
 * As `holds`, but a fact that is missing or `unknown` leaves it open, unless the rest decides. A condition that names
 * `unknown` among its values asks for just that and is decided. Fields that were not answered are nothing, as in `holds`.
 */
export function judge(condition: Condition, values: Values): Judgment {
  if ('all' in condition) return both(condition.all, values, 'no');
  if ('any' in condition) return both(condition.any, values, 'yes');
  if ('not' in condition) {
    const inner = judge(condition.not, values);
    return inner.is === 'unknown' ? inner : { is: inner.is === 'yes' ? 'no' : 'yes' };
  }
  const asks = 'is' in condition ? condition.is : 'isNot' in condition ? condition.isNot : [];
  const isAskedFor = isAmong('unknown', asks);
  if (isFact(condition.when) && !isKnown(values[condition.when]) && !isAskedFor) {
    return { is: 'unknown', unknown: [condition.when] };
  }
  const known = isFact(condition.when) ? { [condition.when]: values[condition.when] ?? 'unknown' } : {};
  return { is: holds(condition, { ...values, ...known }) ? 'yes' : 'no' };
}

/** Facts have a dot, fields have none. */
export function isFact(name: string): boolean {
  return name.includes('.');
}

/** Whether the system found out a fact. */
export function isKnown(fact: Value): boolean {
  return fact !== undefined && fact !== 'unknown';
}

/** `end` decides alone; otherwise what is open leaves it open. */
function both(conditions: readonly Condition[], values: Values, end: 'yes' | 'no'): Judgment {
  const judged = conditions.map((one) => judge(one, values));
  if (judged.some(({ is }) => is === end)) return { is: end };
  const unknown = judged.flatMap((one) => (one.is === 'unknown' ? one.unknown : []));
  if (unknown.length > 0) return { is: 'unknown', unknown: [...new Set(unknown)] };
  return { is: end === 'yes' ? 'no' : 'yes' };
}

/** Whether there is anything in an answer. */
export function isFilled(value: Value): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Every field and fact that a condition looks at, each once. */
export function namesIn(condition: Condition): readonly string[] {
  if ('all' in condition) return [...new Set(condition.all.flatMap(namesIn))];
  if ('any' in condition) return [...new Set(condition.any.flatMap(namesIn))];
  return 'not' in condition ? namesIn(condition.not) : [condition.when];
}

function isAmong(value: Value, wanted: z.infer<typeof oneOrMore>): boolean {
  const all: readonly (string | number | boolean)[] = Array.isArray(wanted) ? wanted : [wanted];
  if (Array.isArray(value)) return value.some((one) => all.includes(one));
  return value !== undefined && all.some((one) => one === value);
}
