import { type Condition, holds, isFact, judge, namesIn, type Value, type Values } from './condition.ts';
import { factValues, valuesOf } from './condition-checks.ts';
import type { Field, RequestType } from './type.ts';

// A type with more combinations than this is not tried out; shipped ones have some hundreds.
const mostTries = 50_000;

/**
 * Routes that no answers lead to, found by trying every value of the fields and facts that routes look at. Of several
 * choices none and each single one are tried; of numbers those around the limits.
 * @returns ids, in order; none when there are too many combinations to try
 */
export function unreachableRoutes(type: RequestType): readonly string[] {
  const names = [...new Set(type.routes.flatMap(({ when }) => (when ? namesIn(when) : [])))];
  const choices = names.map((name) => [name, valuesToTry(name, type)] as const);
  const tries = choices.reduce((product, [, values]) => product * values.length, 1);
  if (tries > mostTries) return [];
  const left = new Set(type.routes.map(({ id }) => id));
  for (const values of combinations(choices)) {
    const found = type.routes.find(({ when }) => !when || (isDecided(when, values) && holds(when, values)));
    if (found) left.delete(found.id);
    if (left.size === 0) break;
  }
  return [...left];
}

function isDecided(condition: Condition, values: Values): boolean {
  return judge(condition, values).is !== 'unknown';
}

function valuesToTry(name: string, type: RequestType): readonly Value[] {
  if (isFact(name)) return factValues(name) ?? ['some', 'unknown'];
  const field = type.fields.find(({ id }) => id === name);
  if (!field) return [undefined];
  return [undefined, ...answersToTry(field, type)];
}

function answersToTry(field: Field, type: RequestType): readonly Value[] {
  const listed = valuesOf(field);
  if (field.kind === 'number') {
    const limits = type.routes.flatMap(({ when }) => (when ? limitsIn(when, field.id) : []));
    return [0, ...limits.flatMap((limit) => [limit, limit + 1])];
  }
  if (field.kind === 'choices') return (listed ?? []).map((value) => [value]);
  return listed ?? ['some'];
}

function limitsIn(condition: Condition, name: string): readonly number[] {
  if ('all' in condition) return condition.all.flatMap((one) => limitsIn(one, name));
  if ('any' in condition) return condition.any.flatMap((one) => limitsIn(one, name));
  if ('not' in condition) return limitsIn(condition.not, name);
  if (condition.when !== name) return [];
  if ('over' in condition) return [condition.over];
  return 'upTo' in condition ? [condition.upTo] : [];
}

function* combinations(choices: readonly (readonly [string, readonly Value[]])[]): Iterable<Values> {
  const [first, ...rest] = choices;
  if (!first) {
    yield {};
    return;
  }
  const [name, values] = first;
  for (const others of combinations(rest)) for (const value of values) yield { ...others, [name]: value };
}
