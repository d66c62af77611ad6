import { z } from 'zod';
import type { Adoptable, ContentKind } from '../core/content.ts';
import { checkShape } from '../core/findings.ts';

/** What kind of license it is; policy and compatibility reason by it where they know nothing closer. */
export const families = [
  'permissive',
  /** Copyleft of single files: MPL, EPL, CDDL. */
  'weak-file',
  /** Copyleft of a library: LGPL. */
  'weak-library',
  'strong',
  /** Strong, and reaching use over a network. */
  'network',
  'public-domain',
  'source-available',
  'content',
  'font',
  'data',
  'model',
  'proprietary',
  /** No license was given. */
  'none',
] as const;
export type Family = (typeof families)[number];

/**
 * What a component is used for: the seven cases of OpenChain's policy template. `client`: code that is sent to a browser;
 * `project`: a project with rules of its own.
 */
export const useCases = ['internal', 'test', 'server', 'client', 'installable', 'embedded', 'project'] as const;
export type UseCase = (typeof useCases)[number];

/** What a license keeps from its users; see `Facts`. */
export const limits = [
  'no-commercial',
  'no-derivatives',
  /** Not in production, or only after a date. */
  'no-production',
  'no-competing',
  /** Not handed on. */
  'no-distribution',
  /** Only for a time, like a trial. */
  'time-limit',
  /** Not offered to others as a service. */
  'no-hosting',
  'no-sale',
  /** Not sold on its own. */
  'no-sale-alone',
  /** Purposes that are forbidden. */
  'use-restrictions',
  /** Only for users below a size. */
  'size',
  'no-trademark',
  'no-patent',
] as const;
export type Limit = (typeof limits)[number];

/** From the best to the worst. */
export const outcomes = ['permitted', 'conditions', 'refer', 'prohibited'] as const;
export type Outcome = (typeof outcomes)[number];

const Words = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
export type Words = z.infer<typeof Words>;

const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
/** An SPDX id or LicenseRef; with a star at its end everything that starts so. */
const Pattern = z.string().regex(/^[\w.:-]+\*?$/, 'an SPDX id, perhaps with a star at its end');
const some = <T extends readonly string[]>(values: T) => z.array(z.enum(values)).min(1).optional();

/** Holds where everything that it names fits; what it does not name fits always. */
const Rule = z.strictObject({
  ids: z.array(Pattern).min(1).optional(),
  families: some(families),
  limits: some(limits),
  use: some(useCases),
  modified: z.boolean().optional(),
  outcome: z.enum(outcomes),
  /** A key of `reasons`. */
  why: key,
});
export type Rule = z.infer<typeof Rule>;

const UseCaseWords = z.strictObject({ name: Words, about: Words });

/** `licenses/policy.yml`: which license is fine for which use. The first rule that fits decides; where none fits, it is referred. */
const PolicyFile = z
  .strictObject({
    /** Changes whenever the rules do; people see it beside a verdict. */
    version: z.string().min(1),
    useCases: z.strictObject({
      internal: UseCaseWords,
      test: UseCaseWords,
      server: UseCaseWords,
      client: UseCaseWords,
      installable: UseCaseWords,
      embedded: UseCaseWords,
      project: UseCaseWords,
    }),
    reasons: z.record(key, Words),
    rules: z.array(Rule).min(1),
    /** Why what no rule names is referred; a key of `reasons`. */
    otherwise: key,
  })
  .check(({ value, issues }) => {
    const named = [
      ...value.rules.map(({ why }, at) => [why, ['rules', at, 'why']] as const),
      [value.otherwise, ['otherwise']] as const,
    ];
    for (const [why, path] of named) {
      if (Object.hasOwn(value.reasons, why)) continue;
      const mend = 'Write it below reasons, or name one that is there.';
      issues.push({
        code: 'custom',
        input: why,
        path: [...path],
        message: `There is no reason ${why}.`,
        params: { mend },
      });
    }
  });

/** The tiers of an organization, with the exact text they were read from. */
export interface Policy extends z.infer<typeof PolicyFile> {
  /** Hex SHA-256 of the file. */
  readonly hash: string;
  /** Path below its layer. */
  readonly file: string;
}

const policyContent: ContentKind<Policy> = {
  name: 'license policy',
  folder: 'licenses',
  match: 'yaml',
  file: 'policy.yml',
  parse({ data, file, hash }) {
    const checked = checkShape(PolicyFile, data, file);
    return checked.findings ? { findings: checked.findings } : { item: { ...checked.value, file, hash }, findings: [] };
  },
};

/** Nothing is permitted by it until it is adopted. */
export const licensePolicy: Adoptable<Policy> = {
  kind: policyContent,
  nameOf: () => 'policy/licenses',
  titleOf: ({ version }) => `License policy ${version}`,
};

/** What the policy asks of a license. */
export interface PolicyQuestion {
  /** SPDX id or LicenseRef. */
  readonly id: string;
  readonly family: Family;
  readonly limits: readonly Limit[];
  readonly use: UseCase;
  readonly modified: boolean;
}

/** What the policy says to a license for a use, and why, in both languages. */
export function decideByPolicy(
  policy: Policy,
  question: PolicyQuestion,
): { readonly outcome: Outcome; readonly why: Words } {
  const rule = policy.rules.find((each) => fits(each, question));
  // Every key is there: the schema holds it.
  const reason = policy.reasons[rule?.why ?? policy.otherwise] ?? { en: '', 'zh-CN': '' };
  return { outcome: rule?.outcome ?? 'refer', why: reason };
}

function fits(rule: Rule, { id, family, limits: has, use, modified }: PolicyQuestion): boolean {
  return (
    (rule.ids?.some((pattern) => matches(pattern, id)) ?? true) &&
    (rule.families?.includes(family) ?? true) &&
    (rule.limits?.some((limit) => has.includes(limit)) ?? true) &&
    (rule.use?.includes(use) ?? true) &&
    (rule.modified === undefined || rule.modified === modified)
  );
}

function matches(pattern: string, id: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.endsWith('*') ? id.toLowerCase().startsWith(wanted.slice(0, -1)) : id.toLowerCase() === wanted;
}
