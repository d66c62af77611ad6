import { type Due, duesOf } from './duties.ts';
import { type Expression, formatExpression, type License } from './expression.ts';
import type { Exception, Facts } from './facts.ts';
import type { Licenses } from './licenses.ts';
import { decideByPolicy, type Family, type Outcome, type UseCase, useCases, type Words } from './policy.ts';
import { texts } from './texts.ts';

/** What a component is wanted for. */
export interface Purpose {
  readonly use: UseCase;
  readonly modified: boolean;
}

/** `ask-first`: the policy would allow it, but nobody has adopted the policy. `unknown`: nobody knows the license. */
export type Tier = Outcome | 'ask-first' | 'unknown';

/** One license of an expression, judged. */
export interface JudgedLicense {
  readonly license: License;
  /** Undefined when we know nothing of it. */
  readonly facts: Facts | undefined;
  readonly exception: Exception | undefined;
  readonly tier: Tier;
  /** Why the policy says so. */
  readonly why: Words;
  /** What the license demands for this purpose. */
  readonly dues: readonly Due[];
}

/** What the policy says to an expression. */
export interface Judgement {
  readonly tier: Tier;
  readonly purpose: Purpose;
  /** The licenses that hold: of an `OR` only those of the branch that was taken. */
  readonly licenses: readonly JudgedLicense[];
  /** Of every `OR` the branch that was taken, in the order in which they stand. */
  readonly taken: readonly Expression[];
  /** Version of the policy; undefined when there is none. */
  readonly version: string | undefined;
  /** The policy is the shipped one, and nobody has adopted it. */
  readonly starter: boolean;
}

/** From the best to the worst. An unknown license is worse than one that goes to review: nobody can review it yet. */
const ranks: readonly Tier[] = ['permitted', 'conditions', 'ask-first', 'refer', 'unknown', 'prohibited'];

/**
 * Judges an expression: of an `OR` the best branch holds, the first of equals; of an `AND` the strictest part; a known
 * exception counts for what it says; what nobody knows is never allowed.
 */
export function judge(licenses: Licenses, expression: Expression, purpose: Purpose): Judgement {
  const { tier, all, taken } = weigh(licenses, expression, purpose);
  const { policy, adopted } = licenses;
  const shown = new Map(all.map((one) => [formatExpression(one.license), one]));
  return {
    tier,
    purpose,
    licenses: [...shown.values()],
    taken,
    version: policy?.version,
    starter: !adopted,
  };
}

/** What every use comes to, modified or not; undefined where uses differ. */
export function tierOfAllUses(licenses: Licenses, expression: Expression): Tier | undefined {
  const tiers = useCases.flatMap((use) =>
    [true, false].map((modified) => weigh(licenses, expression, { use, modified }).tier),
  );
  return tiers.every((tier) => tier === tiers[0]) ? tiers[0] : undefined;
}

/** The stricter of two tiers. */
export function stricter(a: Tier, b: Tier): Tier {
  return ranks.indexOf(a) >= ranks.indexOf(b) ? a : b;
}

interface Weighed {
  readonly tier: Tier;
  readonly all: readonly JudgedLicense[];
  readonly taken: readonly Expression[];
}

function weigh(licenses: Licenses, expression: Expression, purpose: Purpose): Weighed {
  if (expression.kind === 'license') {
    const judged = judgeLicense(licenses, expression, purpose);
    return { tier: judged.tier, all: [judged], taken: [] };
  }
  const parts = expression.parts.map((part) => ({ part, ...weigh(licenses, part, purpose) }));
  if (expression.kind === 'or') {
    const best = parts.reduce((a, b) => (ranks.indexOf(b.tier) < ranks.indexOf(a.tier) ? b : a));
    return { ...best, taken: [best.part, ...best.taken] };
  }
  return {
    tier: parts.map(({ tier }) => tier).reduce(stricter),
    all: parts.flatMap(({ all }) => all),
    taken: parts.flatMap(({ taken }) => taken),
  };
}

function judgeLicense(licenses: Licenses, license: License, { use, modified }: Purpose): JudgedLicense {
  const { policy, adopted } = licenses;
  const facts = licenses.factsOf(license.id);
  const exception = license.exception === undefined ? undefined : licenses.exceptionOf(license.exception);
  const known = { license, facts, exception };
  if (!facts) return { ...known, tier: 'unknown', why: unknownWhy, dues: [] };
  const dues = duesOf(facts, use, modified);
  if (!policy) return { ...known, tier: 'unknown', why: withoutPolicyWhy, dues };
  const question = { id: license.id, family: familyWith(facts.family, exception), limits: facts.limits, use, modified };
  const { outcome, why } = decideByPolicy(policy, question);
  const allowed = outcome === 'permitted' || outcome === 'conditions';
  return { ...known, tier: allowed && !adopted ? 'ask-first' : outcome, why, dues };
}

/** A copyleft that linked works are excepted from reaches no further than that of a library. */
function familyWith(family: Family, exception: Exception | undefined): Family {
  const excepted = exception?.effect === 'linking' || exception?.effect === 'runtime';
  return family === 'strong' && excepted ? 'weak-library' : family;
}

const unknownWhy: Words = { en: texts.en.unknownLicense, 'zh-CN': texts['zh-CN'].unknownLicense };
const withoutPolicyWhy: Words = { en: texts.en.withoutPolicy, 'zh-CN': texts['zh-CN'].withoutPolicy };
