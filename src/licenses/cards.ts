import { dayOf } from '../core/dates.ts';
import type { Locale } from '../core/i18n.ts';
import { type Compatibility, compatibility } from './compatibility.ts';
import { type Due, duesOf } from './duties.ts';
import { type Expression, formatExpression, type License, licensesIn, type ReadExpression } from './expression.ts';
import type { Facts } from './facts.ts';
import { type Judgement, judge, tierOfAllUses } from './judge.ts';
import type { Licenses } from './licenses.ts';
import { joined, labeled } from './lines.ts';
import { useCases } from './policy.ts';
import { chooseALicense, listed } from './spdx.ts';
import { texts } from './texts.ts';

/**
 * An answer on licenses. What the license says, what our policy says and what to do now stand apart, always in this order
 * and under their own titles.
 */
export interface LicenseCard {
  readonly title: string;
  /** What the answer comes to, first. */
  readonly answer: string;
  readonly license: readonly string[];
  readonly policy: readonly string[];
  readonly now: readonly string[];
  /** Where it is from, and what was corrected while reading. */
  readonly foot: readonly string[];
}

/** Everything about one license, for every use. */
export function licenseCard(licenses: Licenses, license: License, locale: Locale): LicenseCard {
  const words = texts[locale];
  const facts = licenses.factsOf(license.id);
  const name = licenses.nameOf(license.id);
  return {
    title: name === license.id ? name : `${name} (${license.id})`,
    answer: facts ? capital(words.families[facts.family]) : words.unknownLicense,
    license: facts ? factLines(license, facts, locale) : [words.unknownLicense],
    policy: [...linesByUse(licenses, license, locale), ...policyFoot(licenses, locale)],
    now: [facts ? nowByUse(licenses, license, locale) : words.doNow.unknown],
    foot: facts ? [...facts.sources, words.checked(dayOf(facts.checked, locale))] : [],
  };
}

/** An expression before anybody says what it is wanted for: what each of its licenses is, and the policy for every use. */
export function expressionCard(licenses: Licenses, expression: Expression, locale: Locale): LicenseCard {
  const words = texts[locale];
  const tierOfAll = tierOfAllUses(licenses, expression);
  return {
    title: formatExpression(expression),
    answer: tierOfAll ? words.tiers[tierOfAll] : words.byUse,
    license: licensesIn(expression).flatMap((license) => {
      const facts = licenses.factsOf(license.id);
      const exception = license.exception === undefined ? undefined : licenses.exceptionOf(license.exception);
      const family = facts ? words.families[facts.family] : words.unknownLicense;
      return [labeled(formatExpression(license), family, locale), ...(exception ? [exception.about[locale]] : [])];
    }),
    policy: [...linesByUse(licenses, expression, locale), ...policyFoot(licenses, locale)],
    now: [nowByUse(licenses, expression, locale)],
    foot: [],
  };
}

/** An expression judged for a purpose. */
export function judgementCard(
  licenses: Licenses,
  expression: Expression,
  found: Judgement,
  locale: Locale,
): LicenseCard {
  const words = texts[locale];
  const { use, modified } = found.purpose;
  const useName = licenses.policy?.useCases[use].name[locale] ?? use;
  return {
    title: formatExpression(expression),
    answer: words.verdictFor(
      words.tiers[found.tier],
      words.purpose(useName, modified ? words.modified : words.unmodified),
    ),
    license: found.licenses.flatMap(({ license, facts, exception, dues }) => [
      labeled(formatExpression(license), facts ? words.families[facts.family] : words.unknownLicense, locale),
      ...(facts ? dueLines(facts, dues, locale) : []),
      ...(exception ? [exception.about[locale]] : []),
      ...(facts?.notes.map((note) => note[locale]) ?? []),
    ]),
    policy: [
      ...(found.taken.length > 0 ? [words.taken(found.taken.map(formatExpression).join(' / '))] : []),
      ...found.licenses.map(({ license, tier, why }) =>
        found.licenses.length > 1
          ? labeled(formatExpression(license), words.because(words.tiers[tier], why[locale]), locale)
          : labeled(words.tiers[tier], why[locale], locale),
      ),
      ...policyFoot(licenses, locale),
    ],
    now: [words.doNow[found.tier]],
    foot: [...new Set(found.licenses.flatMap(({ facts }) => facts?.sources.slice(-1) ?? []))],
  };
}

/** Whether code under one expression may go into a work under another. */
export function compatibilityCard(
  licenses: Licenses,
  inbound: Expression,
  outbound: Expression,
  locale: Locale,
): LicenseCard {
  const words = texts[locale];
  const found = compatibility(licenses, inbound, outbound);
  return {
    title: words.into(formatExpression(inbound), formatExpression(outbound)),
    answer: words.verdicts[found.verdict],
    license: compatibilityLines(found, locale),
    policy: [words.pairPolicy, ...policyFoot(licenses, locale)],
    now: [words.compatNow[found.verdict], ...found.waysOut.map((way) => labeled(words.wayOut, way[locale], locale))],
    foot: [words.aggregate, ...found.by.map(({ url }) => url)],
  };
}

/** The reason in one sentence or a few, for lists and programs. */
export function reasonOf(found: Compatibility, locale: Locale): string {
  const ways = found.waysOut.map((way) => labeled(texts[locale].wayOut, way[locale], locale));
  return [...compatibilityLines(found, locale), ...ways].join(' ');
}

/** What was changed while reading an expression, or why it could not be read. */
export function readingLines(read: ReadExpression, locale: Locale): readonly string[] {
  const words = texts[locale];
  if (read.kind === 'expression') return read.corrections.map(({ kind, from, to }) => words.corrected[kind](from, to));
  return [read.why === 'unknown-ids' ? words.unreadable[read.why](read.ids.join(', ')) : words.unreadable[read.why]];
}

/** A card as plain text, the layers under their titles. */
export function cardText(card: LicenseCard, locale: Locale): string {
  const { layers } = texts[locale];
  const layer = (title: string, lines: readonly string[]) => [title, ...lines.map((line) => `  ${line}`), ''];
  return [
    card.title,
    card.answer,
    '',
    ...layer(layers.license, card.license),
    ...layer(layers.policy, card.policy),
    ...layer(layers.now, card.now),
    ...card.foot,
  ].join('\n');
}

function factLines(license: License, facts: Facts, locale: Locale): readonly string[] {
  const words = texts[locale];
  const { retaliation, grant } = facts.patents;
  const ends = retaliation === 'none' ? undefined : words.retaliation[retaliation];
  const known = listed.get(license.id);
  const tags = chooseALicense.get(license.id)?.permissions.map((tag) => words.permits[tag] ?? tag) ?? [];
  return [
    labeled(words.family, words.families[facts.family], locale),
    ...(known ? [known.osiApproved ? words.osi : words.notOsi] : []),
    ...(tags.length > 0 ? [labeled(words.permitLine, joined(tags, locale), locale)] : []),
    ...allDueLines(facts, locale),
    labeled(words.patentLine, ends ? words.patentTerms(words.patents[grant], ends) : words.patents[grant], locale),
    ...(facts.limits.length > 0
      ? [
          labeled(
            words.limitLine,
            joined(
              facts.limits.map((limit) => words.limits[limit]),
              locale,
            ),
            locale,
          ),
        ]
      : []),
    ...(facts.exceptions.length > 0 ? [labeled(words.exceptions, joined(facts.exceptions, locale), locale)] : []),
    ...facts.notes.map((note) => note[locale]),
  ];
}

function allDueLines(facts: Facts, locale: Locale): readonly string[] {
  const all = duesOf(facts, 'project', true);
  return all.length > 0 ? all.map((due) => dueLine(facts, due, locale)) : [texts[locale].noDuties];
}

function dueLines(facts: Facts, dues: readonly Due[], locale: Locale): readonly string[] {
  return dues.length > 0 ? dues.map((due) => dueLine(facts, due, locale)) : [texts[locale].nothingDue];
}

function dueLine(facts: Facts, { trigger, duties }: Due, locale: Locale): string {
  const words = texts[locale];
  const ifChanged = trigger === 'network' && facts.networkIf === 'changed';
  const when = ifChanged ? words.networkIfChanged : words.triggers[trigger];
  return labeled(
    when,
    joined(
      duties.map((duty) => words.duties[duty]),
      locale,
      true,
    ),
    locale,
  );
}

/** What the policy says to each use; uses that are judged alike share a line. */
function linesByUse(licenses: Licenses, expression: Expression, locale: Locale): readonly string[] {
  const { policy } = licenses;
  if (!policy) return [];
  const words = texts[locale];
  const alike = new Map<string, string[]>();
  for (const use of useCases) {
    const tierIf = (modified: boolean) => words.tiers[judge(licenses, expression, { use, modified }).tier];
    const [asIs, changed] = [tierIf(false), tierIf(true)];
    const said = asIs === changed ? words.modifiedOrNot(asIs) : words.ifModified(asIs, changed);
    alike.set(said, [...(alike.get(said) ?? []), policy.useCases[use].name[locale]]);
  }
  return [...alike].map(([said, uses]) =>
    labeled(uses.length === useCases.length ? words.everyUse : capital(joined(uses, locale)), said, locale),
  );
}

/** What to do before anybody says what it is for: where every use comes to the same, there is nothing to ask. */
function nowByUse(licenses: Licenses, expression: Expression, locale: Locale): string {
  const words = texts[locale];
  const tier = tierOfAllUses(licenses, expression);
  return tier ? words.doNow[tier] : words.sayUse;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function policyFoot({ policy, adopted }: Licenses, locale: Locale): readonly string[] {
  const words = texts[locale];
  if (!policy) return [words.withoutPolicy];
  return [words.version(policy.version), ...(adopted ? [] : [words.starter])];
}

function compatibilityLines(found: Compatibility, locale: Locale): readonly string[] {
  const words = texts[locale];
  return [
    found.why[locale],
    ...found.conditions.map((condition) => labeled(words.condition, condition[locale], locale)),
    ...(found.result === undefined ? [] : [words.result(found.result)]),
    ...(found.by.length > 0
      ? [
          labeled(
            words.by,
            joined(
              found.by.map(({ name }) => name[locale]),
              locale,
              true,
            ),
            locale,
          ),
        ]
      : []),
  ];
}
