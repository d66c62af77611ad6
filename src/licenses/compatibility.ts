import {
  type CompatibilityRule,
  type Entry,
  findLaterRule,
  findRule,
  isInGroup,
  type Verdict,
  verdicts,
} from './compatibility-table.ts';
import { type Expression, formatExpression, type License, spellId } from './expression.ts';
import type { Facts } from './facts.ts';
import type { Licenses } from './licenses.ts';
import type { Words } from './policy.ts';
import { texts } from './texts.ts';

/** Who has published an analysis. */
export interface Analysis {
  readonly name: Words;
  readonly url: string;
}

/** Whether code under one license may go into a work under another. */
export interface Compatibility {
  readonly verdict: Verdict;
  readonly why: Words;
  readonly by: readonly Analysis[];
  /** What has to hold for it. */
  readonly conditions: readonly Words[];
  /** What the whole goes out under, as an SPDX expression; undefined where it cannot, or where it is open. */
  readonly result: string | undefined;
  readonly waysOut: readonly Words[];
}

/**
 * Directed: `inbound` goes into a work under `outbound`. Of an inbound `OR` the best branch holds, of an `AND` the worst
 * part; a work that is offered under a choice has to keep every choice. "Or later" is tried version by version.
 */
export function compatibility(licenses: Licenses, inbound: Expression, outbound: Expression): Compatibility {
  if (outbound.kind !== 'license') return intoCompound(licenses, inbound, outbound.kind, outbound.parts);
  if (inbound.kind === 'license') return ofPair(licenses, inbound, outbound);
  const parts = inbound.parts.map((part) => ({ part, found: compatibility(licenses, part, outbound) }));
  if (inbound.kind === 'and') return together(parts.map(({ found }) => found));
  const best = parts.reduce((a, b) => (isBetter(b.found, a.found) ? b : a));
  return onCondition(best.found, inBoth('choose', formatExpression(best.part)));
}

function intoCompound(
  licenses: Licenses,
  inbound: Expression,
  kind: 'and' | 'or',
  parts: readonly Expression[],
): Compatibility {
  const found = parts.map((part) => ({ part, of: compatibility(licenses, inbound, part) }));
  const worst = found.map(({ of }) => of).reduce(worse);
  if (worst.verdict === 'yes') {
    return { ...worst, result: worst.result && inPlaceOfFirst(worst.result, formatExpression({ kind, parts })) };
  }
  const left = found.filter(({ of }) => of.verdict === 'yes').map(({ part }) => formatExpression(part));
  if (kind === 'and' || left.length === 0) return worst;
  const name = left.join(' OR ');
  return { ...onCondition(worst, inBoth('choiceLost', name)), verdict: 'depends', result: name };
}

/** Of two single licenses, with "or later" and exceptions. */
function ofPair(licenses: Licenses, inbound: License, outbound: License): Compatibility {
  const [from, into] = [licenses.factsOf(inbound.id), licenses.factsOf(outbound.id)];
  if (!from || !into) return without('unknown', inBoth('unknownPair', (from ? outbound : inbound).id));
  const [written, wanted] = [formatExpression(inbound), formatExpression(outbound)];
  if (written === wanted && isOpen(from)) return { ...without('yes', both('sameLicense')), result: wanted };
  const spoken = findLaterRule(licenses.table, entryOf(inbound, from), entryOf(outbound, into));
  if (spoken) return byRule(licenses, spoken, inbound, outbound);

  const found = versionsOf(licenses, outbound, into, isOpenToLater(outbound)).map((version) => ({
    version,
    of: intoVersion(licenses, inbound, from, version),
  }));
  const way = found.find(({ of }) => of.verdict === 'yes');
  if (!way) return found.map(({ of }) => of).reduce((a, b) => (isBetter(b, a) ? b : a));
  const latest = found.at(-1)?.of.verdict === 'yes' && !isFixed(licenses, inbound);
  if (latest && way === found[0]) return { ...way.of, result: way.of.result && inPlaceOfFirst(way.of.result, wanted) };
  if (!isOpenToLater(outbound)) return way.of;
  // The whole may go out under some of the versions only: the others fall away.
  const under = formatExpression(latest ? withLater(way.version) : way.version);
  const result = way.of.result && inPlaceOfFirst(way.of.result, under);
  return { ...onCondition(way.of, inBoth('wholeUnder', under)), verdict: 'depends', result };
}

/** Into one exact version: what comes in may be taken under any version that it is open to. */
function intoVersion(licenses: Licenses, inbound: License, from: Facts, into: License): Compatibility {
  const choices = versionsOf(licenses, inbound, from, isOpenToLater(inbound)).map((choice) => ({
    choice,
    of: withExceptions(licenses, choice, into),
  }));
  const best = choices.reduce((a, b) => (isBetter(b.of, a.of) ? b : a));
  return best === choices[0] ? best.of : onCondition(best.of, inBoth('takeUnder', formatExpression(best.choice)));
}

const reachesLess: readonly string[] = ['linking', 'runtime', 'foss', 'boundary'];

/** What the table says, and what exceptions change in it. */
function withExceptions(licenses: Licenses, from: License, into: License): Compatibility {
  const base = fromTable(licenses, from, into);
  if (base.verdict === 'no' || base.verdict === 'unknown') {
    const exception = from.exception === undefined ? undefined : licenses.exceptionOf(from.exception);
    if (!exception || !reachesLess.includes(exception.effect)) return base;
    return { ...base, verdict: 'depends', conditions: [exception.about, both('linkOnly')] };
  }
  if (into.exception === undefined || base.verdict !== 'yes') return base;
  const family = licenses.factsOf(from.id)?.family;
  const carries = from.exception === into.exception && from.id === into.id;
  if (carries || family === 'permissive' || family === 'public-domain') return base;
  const { exception: _, ...bare } = into;
  const under = formatExpression(bare);
  return { ...onCondition(base, inBoth('exceptionLost', under)), verdict: 'depends', result: under };
}

function fromTable(licenses: Licenses, from: License, into: License): Compatibility {
  const [inner, outer] = [licenses.factsOf(from.id), licenses.factsOf(into.id)];
  if (from.id === into.id && isOpen(inner)) {
    return { ...without('yes', both('sameLicense')), result: formatExpression(into) };
  }
  const rule = inner && outer && findRule(licenses.table, entryOf(from, inner), entryOf(into, outer));
  return rule ? byRule(licenses, rule, from, into) : without('unknown', both('notAnalyzed'));
}

function byRule({ table }: Licenses, rule: CompatibilityRule, from: License, into: License): Compatibility {
  const pick = (words: Words | undefined) => (words ? [words] : []);
  return {
    verdict: rule.verdict,
    why: table.reasons[rule.why] ?? both('notAnalyzed'),
    by: rule.by.flatMap((name) => table.analyses[name] ?? []),
    conditions: pick(rule.condition === undefined ? undefined : table.conditions[rule.condition]),
    result: resultOf(rule, from, into),
    waysOut: pick(rule.wayOut === undefined ? undefined : table.waysOut[rule.wayOut]),
  };
}

function resultOf(rule: CompatibilityRule, from: License, into: License): string | undefined {
  const { verdict, condition, result = 'into' } = rule;
  if (verdict === 'no' || verdict === 'unknown') return undefined;
  // Analyses differ: whether it goes out at all is open.
  if (verdict === 'depends' && condition === undefined && rule.result === undefined) return undefined;
  const [inner, outer] = [formatExpression(from), formatExpression(into)];
  return { into: outer, from: inner, both: `${outer} AND ${inner}` }[result];
}

/** The result under another license of the work, with what stays beside it. */
function inPlaceOfFirst(result: string, under: string): string {
  const [, ...others] = result.split(' AND ');
  return [others.length > 0 && under.includes(' OR ') ? `(${under})` : under, ...others].join(' AND ');
}

function entryOf(license: License, facts: Facts): Entry {
  return { text: formatExpression(license), id: license.id, family: facts.family };
}

/** The exact versions that a license stands for, its own first; with `open` all that came after. */
function versionsOf(licenses: Licenses, license: License, facts: Facts, open: boolean): readonly License[] {
  const base = license.id.replace(/-(?:only|or-later)$/, '');
  const ids = [spellId(`${base}-only`) === undefined ? license.id : `${base}-only`];
  for (let next = open ? facts.next : undefined; next !== undefined; ) {
    const later = licenses.all.find(({ key }) => key === next);
    const id = later?.ids[0];
    if (later === undefined || id === undefined || ids.includes(id)) break;
    ids.push(id);
    next = later.next;
  }
  const { exception } = license;
  return ids.map((id) => ({ kind: 'license', id, orLater: false, ...(exception && { exception }) }));
}

function isOpenToLater({ id, orLater }: License): boolean {
  return orLater || id.endsWith('-or-later');
}

/** The same version, or any later one. */
function withLater(license: License): License {
  const id = license.id.replace(/-only$/, '-or-later');
  return id === license.id ? { ...license, orLater: true } : { ...license, id };
}

/** Code that may go out under one version of a license only, and so takes the "or later" of a work away. */
function isFixed({ table }: Licenses, inbound: License): boolean {
  return !isOpenToLater(inbound) && isInGroup(table, 'fixed', inbound.id);
}

function isOpen(facts: Facts | undefined): boolean {
  return facts !== undefined && !['source-available', 'model', 'proprietary', 'none'].includes(facts.family);
}

/** Parts that all go in: the worst decides, every condition holds, and every license that stays is named. */
function together(parts: readonly Compatibility[]): Compatibility {
  const worst = parts.reduce(worse);
  const results = parts.map(({ result }) => result?.split(' AND '));
  return {
    ...worst,
    conditions: [...new Set(parts.flatMap(({ conditions }) => conditions))],
    result: results.includes(undefined) ? undefined : [...new Set(results.flatMap((one) => one ?? []))].join(' AND '),
  };
}

function onCondition(found: Compatibility, condition: Words): Compatibility {
  return { ...found, conditions: [condition, ...found.conditions] };
}

function without(verdict: Verdict, why: Words): Compatibility {
  return { verdict, why, by: [], conditions: [], result: undefined, waysOut: [] };
}

function isBetter(a: Compatibility, b: Compatibility): boolean {
  return verdicts.indexOf(a.verdict) < verdicts.indexOf(b.verdict);
}

function worse(a: Compatibility, b: Compatibility): Compatibility {
  return isBetter(a, b) ? b : a;
}

type Plain = 'sameLicense' | 'notAnalyzed' | 'linkOnly';
type Filled = 'unknownPair' | 'choiceLost' | 'choose' | 'wholeUnder' | 'takeUnder' | 'exceptionLost';

function both(key: Plain): Words {
  const inLocale = (words: (typeof texts)['en']) => words[key];
  return { en: inLocale(texts.en), 'zh-CN': inLocale(texts['zh-CN']) };
}

function inBoth(key: Filled, name: string): Words {
  const inLocale = (words: (typeof texts)['en']) => words[key](name);
  return { en: inLocale(texts.en), 'zh-CN': inLocale(texts['zh-CN']) };
}
