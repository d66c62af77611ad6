/** A small language for what Block Kit allows: the tables are written in it, check-shape.ts reads it. */

export type Rule =
  | { readonly kind: 'string'; readonly min: number; readonly max: number; readonly pattern?: RegExp }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'oneOf'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'list'; readonly of: Rule; readonly min: number; readonly max: number }
  /** An object with a `type` out of these, each with its shape in the table of that name. */
  | { readonly kind: 'part'; readonly table: Table; readonly types: readonly string[] }
  /** An object without a `type` of its own, or one whose type is fixed here. */
  | { readonly kind: 'object'; readonly shape: Shape }
  | { readonly kind: 'plain' | 'mrkdwn' | 'text'; readonly max: number };

/** Slack uses the same `type` for different things in different places (an image block, an image element). */
export type Table = 'block' | 'element' | 'richText' | 'inline' | 'cell' | 'chart';

export interface Shape {
  readonly required: Readonly<Record<string, Rule>>;
  readonly optional: Readonly<Record<string, Rule>>;
}

const unlimited = Number.POSITIVE_INFINITY;

export function str(max = unlimited, min = 1): Rule {
  return { kind: 'string', min, max };
}

export function like(pattern: RegExp): Rule {
  return { kind: 'string', min: 1, max: unlimited, pattern };
}

export function num(min = -unlimited, max = unlimited): Rule {
  return { kind: 'number', min, max };
}

export const bool: Rule = { kind: 'boolean' };

export function oneOf(...values: readonly (string | number)[]): Rule {
  return { kind: 'oneOf', values };
}

export function list(of: Rule, max = unlimited, min = 1): Rule {
  return { kind: 'list', of, min, max };
}

export function part(table: Table, ...types: readonly string[]): Rule {
  return { kind: 'part', table, types };
}

export function object(required: Shape['required'], optional: Shape['optional'] = {}): Rule {
  return { kind: 'object', shape: { required, optional } };
}

export function shape(required: Shape['required'], optional: Shape['optional'] = {}): Shape {
  return { required, optional };
}

/** Text objects; `max` in characters. */
export const plain = (max: number): Rule => ({ kind: 'plain', max });
export const mrkdwn = (max: number): Rule => ({ kind: 'mrkdwn', max });
export const text = (max: number): Rule => ({ kind: 'text', max });
