import { articleContent } from '../ask/knowledge.ts';
import type { Content } from '../content/content.ts';
import { type Organization, organizationContent } from '../core/organization.ts';
import { placeholdersIn, resolvePlaceholder } from '../core/placeholders.ts';
import { curatorRoles } from '../curating/access.ts';

/** Something that only the organization can say, and has not said. */
export interface Unfilled {
  /** Where it belongs in `organization.yml`. */
  readonly path: string;
  /** What goes without it, as a sentence. */
  readonly why: string;
}

/** Everything about the handbook that is not filled in yet, what most depends on first. */
export function unfilled(content: Content): readonly Unfilled[] {
  const [organization] = content.items(organizationContent);
  if (!organization) return [{ path: 'organization.yml', why: 'Without it nothing is answered.' }];
  return [...unfilledRoles(content, organization), ...unfilledPlaceholders(content, organization)];
}

/** Owners without people are reminded of nothing, and a review takes two. */
function unfilledRoles(content: Content, { roles, ospo }: Organization): readonly Unfilled[] {
  const owners = [...new Set(content.items(articleContent).flatMap(({ facts }) => (facts ? [facts.owner] : [])))];
  const empty = owners.filter((role) => (roles[role] ?? []).length === 0);
  const curated = curatorRoles.some((role) => (roles[role] ?? []).length > 0);
  return [
    ...(curated ? [] : [{ path: 'roles.ospo', why: 'Nobody may write, review or adopt articles.' }]),
    ...(ospo.channel
      ? []
      : [{ path: 'ospo.channel', why: 'Drafts and the weekly digest go to each person by message.' }]),
    ...empty.map((role) => ({
      path: `roles.${role}`,
      why: `The open source office is reminded of ${role}'s articles instead.`,
    })),
  ];
}

function unfilledPlaceholders(content: Content, organization: Organization): readonly Unfilled[] {
  const articles = new Map<string, Set<string>>();
  for (const { id, edition, locale } of content.items(articleContent)) {
    for (const path of placeholdersIn(edition.body)) {
      if (resolvePlaceholder(organization, path, locale) !== undefined) continue;
      articles.set(path, (articles.get(path) ?? new Set()).add(id));
    }
  }
  return [...articles]
    .toSorted(([a, many], [b, few]) => few.size - many.size || (a < b ? -1 : 1))
    .map(([path, ids]) => ({ path, why: `Left out of ${ids.size === 1 ? 'one article' : `${ids.size} articles`}.` }));
}
