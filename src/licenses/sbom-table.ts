import type { Locale } from '../core/i18n.ts';
import type { Steps } from '../core/steps.ts';
import { type Expression, formatExpression, readExpression, spellId } from './expression.ts';
import { judge, type Purpose, type Tier } from './judge.ts';
import type { Licenses } from './licenses.ts';
import { joined, labeled } from './lines.ts';
import type { Component } from './sbom-components.ts';
import { listed } from './spdx.ts';
import { texts } from './texts.ts';

/** Where the components of an SBOM end up; each needs something else to be done. */
export const sbomGroups = ['prohibited', 'unknown', 'request', 'fine'] as const;
export type SbomGroup = (typeof sbomGroups)[number];

/** Components with the same license. */
export interface SbomRow {
  /** The expression as it was read, else what the SBOM says; empty when it says nothing. */
  readonly license: string;
  readonly tier: Tier;
  readonly components: readonly Component[];
}

/** An SBOM judged for a purpose: the rows of each group, the largest first. */
export type SbomTable = Readonly<Record<SbomGroup, readonly SbomRow[]>>;

const groupOf: Readonly<Record<Tier, SbomGroup>> = {
  permitted: 'fine',
  conditions: 'fine',
  'ask-first': 'request',
  refer: 'request',
  unknown: 'unknown',
  prohibited: 'prohibited',
};

// What a step may cost: a component that has a license like one before costs one, a license that is judged for the first time more.
const costOfStep = 500;
const costOfLicense = 50;

/** Judges every component, in steps. A license that cannot be read is unknown; several that a component has all hold. */
export function* judgeSbom(licenses: Licenses, components: readonly Component[], purpose: Purpose): Steps<SbomTable> {
  // A product has thousands of components and a few dozen licenses.
  const rows = new Map<string, { license: string; tier: Tier; components: Component[] }>();
  let cost = 0;
  for (const component of components) {
    const key = component.licenses.join('\n');
    const known = rows.get(key);
    const row = known ?? { ...judgeTexts(licenses, component.licenses, purpose), components: [] };
    row.components.push(component);
    rows.set(key, row);
    cost += known ? 1 : costOfLicense;
    if (cost < costOfStep) continue;
    cost = 0;
    yield;
  }
  const merged = mergeAlike([...rows.values()]);
  const inGroup = (group: SbomGroup) =>
    merged
      .filter(({ tier }) => groupOf[tier] === group)
      .toSorted((a, b) => b.components.length - a.components.length || (a.license < b.license ? -1 : 1));
  return {
    prohibited: inGroup('prohibited'),
    unknown: inGroup('unknown'),
    request: inGroup('request'),
    fine: inGroup('fine'),
  };
}

/** The table as text: what needs doing first. @param shown how many components of a row are named */
export function sbomText(table: SbomTable, locale: Locale, shown: number): string {
  const { sbom } = texts[locale];
  const sections = sbomGroups.flatMap((group) => {
    const rows = table[group];
    if (rows.length === 0) return [];
    const count = rows.reduce((sum, { components }) => sum + components.length, 0);
    return [
      `${sbom.groups[group]} (${count})`,
      sbom.notes[group],
      ...rows.map((row) => rowText(row, locale, shown)),
      '',
    ];
  });
  return sections.join('\n');
}

function rowText({ license, components }: SbomRow, locale: Locale, shown: number): string {
  const { sbom } = texts[locale];
  const names = components.slice(0, shown).map(({ name, version }) => (version ? `${name} ${version}` : name));
  const hidden = components.length - names.length;
  const list = joined([...names, ...(hidden > 0 ? [sbom.more(String(hidden))] : [])], locale);
  return labeled(`  ${license || sbom.unstated} (${components.length})`, list, locale);
}

function judgeTexts(
  licenses: Licenses,
  stated: readonly string[],
  purpose: Purpose,
): { readonly license: string; readonly tier: Tier } {
  const read = stated.map((text) => expressionFrom(licenses, text));
  const known = read.flatMap((expression) => expression ?? []);
  const [first, ...others] = known;
  if (!first || known.length < stated.length) return { license: stated.join(', '), tier: 'unknown' };
  const whole: Expression = others.length === 0 ? first : { kind: 'and', parts: known };
  return { license: formatExpression(whole), tier: judge(licenses, whole, purpose).tier };
}

/** SPDX's full names, where only one id has it. */
const idsByName = new Map<string, string | undefined>();
for (const [id, { name }] of listed) {
  const key = name.toLowerCase();
  if (spellId(id) === id) idsByName.set(key, idsByName.has(key) ? undefined : id);
}

/** An expression, a full name, or a nickname that means one license and is all there is. */
function expressionFrom(licenses: Licenses, text: string): Expression | undefined {
  const read = readExpression(text);
  if (read.kind === 'expression') return read.expression;
  const named = readExpression(idsByName.get(text.trim().toLowerCase()) ?? '');
  if (named.kind === 'expression') return named.expression;
  const [mention, other] = licenses.mentionedIn(text);
  const whole = mention?.kind === 'license' && !other && mention.name.trim() === text.normalize('NFKC').trim();
  return whole ? mention.expression : undefined;
}

/** Rows that were written differently and mean the same. */
function mergeAlike(rows: readonly SbomRow[]): readonly SbomRow[] {
  const merged = new Map<string, SbomRow>();
  for (const row of rows) {
    const before = merged.get(row.license);
    const components = [...(before?.components ?? []), ...row.components];
    merged.set(row.license, { license: row.license, tier: row.tier, components });
  }
  return [...merged.values()];
}
