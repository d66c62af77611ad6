import { dateAfter, dateAt } from '../core/business-time.ts';
import type { CheckContext } from '../core/content.ts';
import type { Finding } from '../core/findings.ts';
import { type Organization, organizationContent } from '../core/organization.ts';
import { placeholdersIn, resolvePlaceholder } from '../core/placeholders.ts';
import { inSteps, type Steps } from '../core/steps.ts';
import type { Desk, Edition } from './article.ts';
import { type ArticlePart, groupByTopic } from './article-part.ts';
import { placeName } from './variants.ts';

// Some thirty microseconds each.
const atOnce = 32;

/** Checks all articles together: languages, links between them, aliases, reviews, owners, placeholders. */
export function* checkKnowledge(
  parts: readonly ArticlePart[],
  desks: readonly Desk[],
  context: CheckContext,
): Steps<readonly Finding[]> {
  const [organization] = context.items(organizationContent);
  const ids = new Set(parts.map((part) => part.id));
  const checkAliases = aliasCheck(desks);
  const checkReview = reviewCheck(context.now);
  const findings: Finding[] = [];

  function* each<T>(items: Iterable<T>, check: (item: T) => readonly Finding[]): Steps<void> {
    yield* inSteps(items, atOnce, (item) => {
      for (const finding of check(item)) findings.push(finding);
    });
  }

  yield* each((yield* groupByTopic(parts)).values(), checkLanguages);
  yield* each(parts, (part) => checkReferences(part, ids));
  yield* each(parts, checkAliases);
  yield* each(parts, checkReview);
  if (organization) yield* each(parts, (part) => checkOrganization(part, organization));
  return findings;
}

function checkLanguages(editions: readonly ArticlePart[]): readonly Finding[] {
  const english = editions.find((part) => part.locale === 'en')?.edition;
  const chinese = editions.find((part) => part.locale === 'zh-CN')?.edition;
  if (!english)
    return about(
      chinese,
      undefined,
      'There is no English edition; the article is left out.',
      'Write it, or mend it if it is broken.',
      true,
    );
  if (!chinese) return about(english, undefined, 'There is no Chinese edition.', 'Write it.', false);
  if (editions.some(({ facts }) => facts?.standIn)) {
    const mend = 'Write it, and remove standIn.';
    return about(english, 'standIn', 'There is no English edition, only a text that says so.', mend, false);
  }
  if (chinese.reviewed >= english.reviewed) return [];
  return about(
    chinese,
    'reviewed',
    'The English edition was reviewed later.',
    'Compare the two and set the date.',
    false,
  );
}

function checkReferences({ id, edition, facts }: ArticlePart, ids: ReadonlySet<string>): readonly Finding[] {
  return (['related', 'siblings'] as const).flatMap((field) =>
    (facts?.[field] ?? [])
      .filter((other) => other === id || !ids.has(other))
      .flatMap((other) => {
        const problem = other === id ? 'The article names itself.' : `There is no article ${other}; it is not shown.`;
        return about(edition, field, problem, 'Correct the id or remove it.', false);
      }),
  );
}

/** Checks the aliases of one part after the other: an alias is whose it was first. */
function aliasCheck(desks: readonly Desk[]): (part: ArticlePart) => readonly Finding[] {
  const owners = createOwners();
  for (const desk of desks) {
    for (const alias of [...desk.aliases.en, ...desk.aliases['zh-CN']]) owners.set(fold(alias), `desk ${desk.id}`);
  }
  return ({ id, variant, edition }) => {
    const findings: Finding[] = [];
    const mine = new Set<string>();
    for (const [at, folded] of foldedAliases(edition).entries()) {
      const owner = owners.get(folded);
      // A variant is asked for in the same words as the article it varies.
      if (mine.has(folded) || (owner !== undefined && owner !== id)) {
        const where = mine.has(folded) ? 'twice here' : `also at ${owner}`;
        const problem = `"${edition.aliases[at]}" is ${where}.`;
        findings.push(...about(edition, 'aliases', problem, 'Keep it where it belongs.', false));
      }
      mine.add(folded);
      if (variant === undefined || owner === undefined) owners.set(folded, owner ?? id);
    }
    return findings;
  };
}

/** Owners of aliases, apart by length: one map of half a million halts everything when it grows. */
function createOwners() {
  const byLength = new Map<number, Map<string, string>>();
  return {
    get: (alias: string) => byLength.get(alias.length)?.get(alias),
    set(alias: string, owner: string) {
      const owners = byLength.get(alias.length) ?? new Map<string, string>();
      byLength.set(alias.length, owners.set(alias, owner));
    },
  };
}

const folded = new WeakMap<Edition, readonly string[]>();

/** Worked out once: editions stay the same objects as long as their files do not change. */
function foldedAliases(edition: Edition): readonly string[] {
  const aliases = folded.get(edition) ?? edition.aliases.map(fold);
  folded.set(edition, aliases);
  return aliases;
}

function fold(alias: string): string {
  return alias
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s?.!。？！]+/g, ' ')
    .trim();
}

/** The ISO date on which an article has to be reviewed again. */
export function reviewDue(reviewed: string, reviewEvery: string): string {
  return dateAfter(reviewed, reviewEvery);
}

function reviewCheck(now: number): (part: ArticlePart) => readonly Finding[] {
  const today = dateAt(now, 'UTC');
  // Thousands of articles have a few hundred dates, and reckoning with dates is slow.
  const known = new Map<string, string>();

  function dueOn(reviewed: string, reviewEvery: string): string {
    const key = `${reviewed} ${reviewEvery}`;
    const due = known.get(key) ?? reviewDue(reviewed, reviewEvery);
    known.set(key, due);
    return due;
  }

  return ({ edition, facts }) => {
    if (!facts) return [];
    const due = dueOn(edition.reviewed, facts.reviewEvery);
    if (due >= today) return [];
    const mend = `Ask ${facts.owner} to read it and set the date.`;
    return about(edition, 'reviewed', `The review was due on ${due}.`, mend, false);
  };
}

const named = new WeakMap<Edition, readonly string[]>();

function placeholdersOf(edition: Edition): readonly string[] {
  const paths = named.get(edition) ?? placeholdersIn(edition.body);
  named.set(edition, paths);
  return paths;
}

function checkOrganization(
  { edition, locale, facts, variant }: ArticlePart,
  organization: Organization,
): readonly Finding[] {
  return [
    ...placeholdersOf(edition)
      .filter((path) => resolvePlaceholder(organization, path, locale) === undefined)
      .flatMap((path) =>
        about(
          edition,
          undefined,
          `{{${path}}} has no value; its sentence is left out.`,
          'Set it in organization.yml.',
          false,
        ),
      ),
    ...checkPlace(variant, edition, organization),
    ...(facts && !Object.hasOwn(organization.roles, facts.owner)
      ? about(edition, 'owner', `Nobody holds the role ${facts.owner}.`, 'Add it to roles in organization.yml.', false)
      : []),
  ];
}

/** A variant is chosen by the reader's entity or office: one of neither is shown to nobody. */
function checkPlace(variant: string | undefined, edition: Edition, organization: Organization): readonly Finding[] {
  if (variant === undefined || placeName(variant, organization, 'en') !== undefined) return [];
  const problem = `There is no entity and no office ${variant}; nobody is shown this variant.`;
  return about(edition, undefined, problem, 'Add it to organization.yml, or hide the file with disabled: true.', false);
}

/** Checks that the organization says where each desk is found. */
export function checkDesks(file: string, desks: readonly Desk[], context: CheckContext): readonly Finding[] {
  const [organization] = context.items(organizationContent);
  if (!organization) return [];
  return desks.flatMap(({ id, link }) => {
    if (link === undefined || resolvePlaceholder(organization, link, 'en') !== undefined) return [];
    const problem = `${link} has no value; the answer names the desk without it.`;
    return [{ file, field: `${id}.link`, problem, mend: 'Set it in organization.yml.', fatal: false }];
  });
}

function about(
  edition: Edition | undefined,
  field: string | undefined,
  problem: string,
  mend: string,
  fatal: boolean,
): readonly Finding[] {
  return edition ? [{ file: edition.file, ...(field && { field }), problem, mend, fatal }] : [];
}
