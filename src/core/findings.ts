import type { z } from 'zod';

/** A mistake in content or data that a person can mend: which file and field, what is wrong, what to do. */
export interface Finding {
  /** Path of the file, below its layer until the loader has put the layer's name in front. */
  readonly file: string;
  /** Path of the field inside the file, e.g. `sources.0.url`, or the line: `line 12`. */
  readonly field?: string;
  /** What is wrong, as a sentence. */
  readonly problem: string;
  /** What to do, as a sentence. */
  readonly mend: string;
  /** True: what the finding is about is not used until it is mended. False: it is used, and should be mended. */
  readonly fatal: boolean;
}

/** One line for a person: file, field, problem, mend. */
export function formatFinding(finding: Finding): string {
  const where = finding.field ? `${finding.file} (${finding.field})` : finding.file;
  return `${where}: ${finding.problem} ${finding.mend}`;
}

/**
 * Checks data against a schema and turns every issue into a finding, so that nobody mends one only to meet the next.
 * @returns the parsed value, or one fatal finding for each issue
 */
export function checkShape<T>(
  schema: z.ZodType<T>,
  data: unknown,
  file: string,
):
  | { readonly value: T; readonly findings?: never }
  | { readonly value?: never; readonly findings: readonly Finding[] } {
  const parsed = schema.safeParse(data, { reportInput: true });
  if (parsed.success) return { value: parsed.data };
  return { findings: parsed.error.issues.flatMap((issue) => findingsOfIssue(issue, file, [])) };
}

type Issue = z.core.$ZodIssue;

function findingsOfIssue(issue: Issue, file: string, parent: readonly PropertyKey[]): readonly Finding[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      fatal(file, [...path, key], 'This field is not known.', 'Remove it or correct its spelling.'),
    );
  }
  if (issue.code === 'invalid_union') {
    const closest = closestBranch(issue.errors);
    if (closest) return closest.flatMap((inner) => findingsOfIssue(inner, file, path));
  }
  const [problem, mend] = sentences(issue);
  return [fatal(file, path, problem, mend)];
}

function fatal(file: string, path: readonly PropertyKey[], problem: string, mend: string): Finding {
  const at = { file, problem, mend, fatal: true };
  return path.length === 0 ? at : { ...at, field: path.map(String).join('.') };
}

/** Of the forms a value may have, the one it comes closest to: right type at the top, fewest issues inside. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches
    .filter((issues) => issues.some((issue) => issue.path.length > 0))
    .toSorted((a, b) => a.length - b.length)[0];
}

/** Problem and mend of one issue. */
function sentences(issue: Issue): readonly [string, string] {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return ['This field is missing.', `Add it: ${named(issue.expected)}.`];
      return [`This is ${kindOf(issue.input)}.`, `Write ${named(issue.expected)} instead.`];
    case 'invalid_value':
      if (issue.input === undefined) return ['This field is missing.', `Add it, one of: ${issue.values.join(', ')}.`];
      return [`${shown(issue.input)} is not a possible value.`, `Write one of: ${issue.values.join(', ')}.`];
    case 'too_small':
      return [
        `This is ${issue.minimum === 1 ? 'empty' : 'too short or too small'}.`,
        bound('at least', issue.minimum, issue.origin),
      ];
    case 'too_big':
      return ['This is too long or too large.', bound('at most', issue.maximum, issue.origin)];
    case 'invalid_format':
      return [
        `${shown(issue.input)} does not have the expected form.`,
        `Write ${formats[issue.format] ?? issue.message}.`,
      ];
    case 'invalid_key':
      return [
        'The name of this field does not have the expected form.',
        `Write ${issue.issues[0]?.message ?? 'another name'}.`,
      ];
    case 'invalid_union':
      return [`${shown(issue.input)} has none of the possible forms.`, `Write one of: ${formsOf(issue.errors)}.`];
    case 'custom':
      return [issue.message, typeof issue.params?.mend === 'string' ? issue.params.mend : 'Correct it.'];
    default:
      return [`${issue.message}.`, 'Correct it.'];
  }
}

const formats: Readonly<Record<string, string>> = {
  date: 'a date like 2026-11-22',
  url: 'a full address that starts with https://',
  email: 'an e-mail address',
};

const names: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'fields with values',
  record: 'fields with values',
};

function named(type: string): string {
  return names[type] ?? type;
}

function kindOf(input: unknown): string {
  if (input === null) return 'empty';
  if (Array.isArray(input)) return named('array');
  return named(typeof input);
}

// 60 characters recognize a value and keep the line readable.
function shown(input: unknown): string {
  if (typeof input !== 'string') return input === null || typeof input !== 'object' ? `"${String(input)}"` : 'This';
  return input.length <= 60 ? `"${input}"` : 'This text';
}

function bound(words: string, limit: number | bigint, origin: string): string {
  const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', record: ' fields' };
  return `Write ${words} ${limit}${units[origin] ?? ''}.`;
}

function formsOf(branches: readonly (readonly Issue[])[]): string {
  return [...new Set(branches.flatMap((issues) => issues.slice(0, 1)).map(formOf))].join('; ');
}

function formOf(issue: Issue): string {
  if (issue.code === 'invalid_type') return named(issue.expected);
  if (issue.code === 'invalid_format') return formats[issue.format] ?? issue.message;
  if (issue.code === 'invalid_value') return issue.values.join(', ');
  return issue.message;
}
