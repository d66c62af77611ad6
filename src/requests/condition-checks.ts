import { type Condition, isFact, namesIn } from './condition.ts';
import { facts } from './facts.ts';
import type { Field, RequestType } from './type.ts';

/** A mistake of a type, before the file is known. */
export interface TypeProblem {
  readonly field: string;
  readonly problem: string;
  readonly mend: string;
  /** Absent = the type is not used until it is mended. */
  readonly note?: true;
}

/** Conditions that look at what is not there, comes later, or can never have the value they ask for. */
export function checkConditions(type: RequestType): readonly TypeProblem[] {
  const inOrder = type.steps.flatMap(({ fields }) => fields);
  const everywhere = new Set(inOrder);
  const placed: readonly (readonly [string, Condition | undefined, ReadonlySet<string>])[] = [
    ...type.fields.map((field) => {
      const before = new Set(inOrder.slice(0, Math.max(0, inOrder.indexOf(field.id))));
      return [`fields.${field.id}.ask`, field.ask, before] as const;
    }),
    ...type.routes.map((one) => [`routes.${one.id}.when`, one.when, everywhere] as const),
    ...type.raises.map((one) => [`raises.${one.id}.when`, one.when, everywhere] as const),
    ['automatic.when', type.automatic?.when, everywhere],
  ];
  return placed.flatMap(([at, condition, seen]) =>
    condition ? [...namesProblems(at, condition, seen, type), ...valueProblems(at, condition, type)] : [],
  );
}

function namesProblems(
  at: string,
  condition: Condition,
  seen: ReadonlySet<string>,
  type: RequestType,
): readonly TypeProblem[] {
  return namesIn(condition).flatMap((name) => {
    if (isFact(name)) {
      if (Object.hasOwn(facts, name)) return [];
      return [
        { field: at, problem: `There is no fact ${name}.`, mend: `Write one of: ${Object.keys(facts).join(', ')}.` },
      ];
    }
    if (!type.fields.some(({ id }) => id === name)) {
      return [{ field: at, problem: `There is no field ${name}.`, mend: 'Correct the name.' }];
    }
    if (seen.has(name)) return [];
    return [{ field: at, problem: `${name} is asked later.`, mend: 'Ask it first, or look at another field.' }];
  });
}

function valueProblems(at: string, condition: Condition, type: RequestType): readonly TypeProblem[] {
  if ('all' in condition) return condition.all.flatMap((one) => valueProblems(at, one, type));
  if ('any' in condition) return condition.any.flatMap((one) => valueProblems(at, one, type));
  if ('not' in condition) return valueProblems(at, condition.not, type);
  const field = type.fields.find(({ id }) => id === condition.when);
  if ('over' in condition || 'upTo' in condition) {
    if (!field || field.kind === 'number') return [];
    return [{ field: at, problem: `${condition.when} is no number.`, mend: 'Compare a number, or use is.' }];
  }
  if ('filled' in condition) return [];
  const possible = field ? valuesOf(field) : factValues(condition.when);
  if (!possible) return [];
  const asked = 'is' in condition ? condition.is : condition.isNot;
  return [asked]
    .flat()
    .filter((value) => !possible.includes(String(value)))
    .map((value) => ({
      field: at,
      problem: `${condition.when} is never ${value}.`,
      mend: `Write one of: ${possible.join(', ')}.`,
    }));
}

/** The answers a field can have; undefined when they cannot be listed. */
export function valuesOf({ kind, choices }: Field): readonly string[] | undefined {
  if (choices) return choices.map(({ id }) => id);
  return kind === 'yesno' || kind === 'confirm' ? ['yes', 'no'] : undefined;
}

/** The values a fact can have, `unknown` among them; undefined when they cannot be listed. */
export function factValues(name: string): readonly string[] | undefined {
  const values = facts[name]?.values;
  return values && [...values, 'unknown'];
}
