import { z } from 'zod';
import type { ContentKind } from '../core/content.ts';
import { checkShape } from '../core/findings.ts';
import { readExpression } from './expression.ts';
import { type Family, families } from './policy.ts';

/** From the best to the worst. */
export const verdicts = ['yes', 'depends', 'unknown', 'no'] as const;
export type Verdict = (typeof verdicts)[number];

const Words = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const groupKey = z.string().regex(/^@[a-z0-9]+(-[a-z0-9]+)*$/, 'an @ and the name of a group or family');
const Side = z.array(z.union([groupKey, z.string().min(1)])).min(1);

const Rule = z.strictObject({
  from: Side,
  into: Side,
  verdict: z.enum(verdicts),
  /** A key of `reasons`. */
  why: key,
  /** Keys of `analyses`. */
  by: z.array(key),
  /** A key of `conditions`. */
  condition: key.optional(),
  /** A key of `waysOut`. */
  wayOut: key.optional(),
  /** What the whole goes out under. */
  result: z.enum(['into', 'from', 'both']).optional(),
});
export type CompatibilityRule = z.infer<typeof Rule>;

/** `licenses/compatibility.yml`: directed compatibility of exact versions; the first rule that fits decides. */
const Table = z
  .strictObject({
    /** Who has published what. */
    analyses: z.record(key, z.strictObject({ name: Words, url: z.url({ protocol: /^https$/ }) })),
    groups: z.record(key, z.array(z.string().min(1)).min(1)),
    reasons: z.record(key, Words),
    conditions: z.record(key, Words),
    waysOut: z.record(key, Words),
    rules: z.array(Rule).min(1),
  })
  .check(({ value, issues }) => {
    const say = (input: string, path: readonly (string | number)[], message: string, mend: string) =>
      issues.push({ code: 'custom', input, path: [...path], message, params: { mend } });
    const known = new Set(['any', ...families, ...Object.keys(value.groups)]);
    const named = (side: readonly string[], path: readonly (string | number)[]) => {
      for (const name of side) {
        if (name.startsWith('@') ? known.has(name.slice(1)) : readsAsItself(name)) continue;
        const what = name.startsWith('@') ? 'group or family' : 'SPDX id in its official spelling';
        say(name, path, `${name} is no ${what}.`, 'Correct it.');
      }
    };
    for (const [group, ids] of Object.entries(value.groups)) named(ids, ['groups', group]);
    for (const [at, rule] of value.rules.entries()) {
      named(rule.from, ['rules', at, 'from']);
      named(rule.into, ['rules', at, 'into']);
      for (const [field, table] of [
        ['why', value.reasons],
        ['condition', value.conditions],
        ['wayOut', value.waysOut],
      ] as const) {
        const name = rule[field];
        if (name !== undefined && !Object.hasOwn(table, name)) {
          say(name, ['rules', at, field], `There is nothing called ${name}.`, 'Write it above, or name another.');
        }
      }
      for (const name of rule.by) {
        if (!Object.hasOwn(value.analyses, name)) {
          say(name, ['rules', at, 'by'], `There is no analysis ${name}.`, 'Write it below analyses, or name another.');
        }
      }
    }
  });
export type CompatibilityTable = z.infer<typeof Table>;

function readsAsItself(text: string): boolean {
  const read = readExpression(text);
  return read.kind === 'expression' && read.text === text && read.expression.kind === 'license';
}

export const compatibilityContent: ContentKind<CompatibilityTable> = {
  name: 'license compatibility',
  folder: 'licenses',
  match: 'yaml',
  file: 'compatibility.yml',
  parse({ data, file }) {
    const checked = checkShape(Table, data, file);
    return checked.findings ? { findings: checked.findings } : { item: checked.value, findings: [] };
  },
};

/** A license as the table knows it: without "or later". */
export interface Entry {
  /** Id, with its exception if it has one. */
  readonly text: string;
  readonly id: string;
  readonly family: Family;
}

/** A rule that names an "or later" id itself, for where such a pair was analyzed as one. */
export function findLaterRule(table: CompatibilityTable, from: Entry, into: Entry): CompatibilityRule | undefined {
  if (!from.text.endsWith('-or-later')) return undefined;
  return table.rules.find((rule) => rule.from.includes(from.text) && isIn(table, rule.into, into));
}

/** Whether a license is in a group of the table. */
export function isInGroup(table: CompatibilityTable, group: string, id: string): boolean {
  return table.groups[group]?.includes(id) ?? false;
}

/** The first rule that fits. The table that ships ends in one that always fits. */
export function findRule(table: CompatibilityTable, from: Entry, into: Entry): CompatibilityRule | undefined {
  return table.rules.find((rule) => isIn(table, rule.from, from) && isIn(table, rule.into, into));
}

function isIn(table: CompatibilityTable, side: readonly string[], entry: Entry): boolean {
  return side.some((name) => {
    if (!name.startsWith('@')) return name === entry.text || name === entry.id;
    const group = name.slice(1);
    if (group === 'any' || group === entry.family) return true;
    return isInGroup(table, group, entry.id);
  });
}
