import { dateAfter, dateAt } from '../core/business-time.ts';
import type { CheckContext } from '../core/content.ts';
import type { Finding } from '../core/findings.ts';
import { type Organization, organizationContent } from '../core/organization.ts';
import { placeholdersIn, resolvePlaceholder } from '../core/placeholders.ts';
import type { Desk, Edition } from './article.ts';
import { type ArticlePart, groupByTopic } from './article-part.ts';
import { placeName } from './variants.ts';

/** Checks all articles together: languages, links between them, aliases, reviews, owners, placeholders. */
export function checkKnowledge(
  parts: readonly ArticlePart[],
  desks: readonly Desk[],
  context: CheckContext,
): readonly Finding[] {
  const [organization] = context.items(organizationContent);
  return [
    ...checkLanguages(parts),
    ...checkReferences(parts),
    ...checkAliases(parts, desks),
    ...checkReviews(parts, context.now),
    ...(organization ? checkOrganization(parts, organization) : []),
  ];
}

function checkLanguages(parts: readonly ArticlePart[]): readonly Finding[] {
  return [...groupByTopic(parts).values()].flatMap((editions) => {
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
  });
}

function checkReferences(parts: readonly ArticlePart[]): readonly Finding[] {
  const ids = new Set(parts.map((part) => part.id));
  return parts.flatMap(({ id, edition, facts }) =>
    (['related', 'siblings'] as const).flatMap((field) =>
      (facts?.[field] ?? [])
        .filter((other) => other === id || !ids.has(other))
        .flatMap((other) => {
          const problem = other === id ? 'The article names itself.' : `There is no article ${other}; it is not shown.`;
          return about(edition, field, problem, 'Correct the id or remove it.', false);
        }),
    ),
  );
}

function checkAliases(parts: readonly ArticlePart[], desks: readonly Desk[]): readonly Finding[] {
  const owners = new Map<string, string>();
  for (const desk of desks) {
    for (const alias of [...desk.aliases.en, ...desk.aliases['zh-CN']]) owners.set(fold(alias), `desk ${desk.id}`);
  }
  const findings: Finding[] = [];
  for (const { id, variant, edition } of parts) {
    const mine = new Set<string>();
    for (const alias of edition.aliases) {
      const folded = fold(alias);
      const owner = owners.get(folded);
      // A variant is asked for in the same words as the article it varies.
      if (mine.has(folded) || (owner !== undefined && owner !== id)) {
        const where = mine.has(folded) ? 'twice here' : `also at ${owner}`;
        findings.push(...about(edition, 'aliases', `"${alias}" is ${where}.`, 'Keep it where it belongs.', false));
      }
      mine.add(folded);
      if (variant === undefined || owner === undefined) owners.set(folded, owner ?? id);
    }
  }
  return findings;
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

function checkReviews(parts: readonly ArticlePart[], now: number): readonly Finding[] {
  const today = dateAt(now, 'UTC');
  return parts.flatMap(({ edition, facts }) => {
    if (!facts) return [];
    const due = reviewDue(edition.reviewed, facts.reviewEvery);
    if (due >= today) return [];
    return about(
      edition,
      'reviewed',
      `The review was due on ${due}.`,
      `Ask ${facts.owner} to read it and set the date.`,
      false,
    );
  });
}

function checkOrganization(parts: readonly ArticlePart[], organization: Organization): readonly Finding[] {
  return parts.flatMap(({ edition, locale, facts, variant }) => [
    ...placeholdersIn(edition.body)
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
  ]);
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
