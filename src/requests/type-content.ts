import type { Adoptable, ContentKind } from '../core/content.ts';
import { checkShape } from '../core/findings.ts';
import { organizationContent } from '../core/organization.ts';
import { RequestType, type TypeEdition } from './type.ts';
import { checkRoles, checkType } from './type-checks.ts';

/** `requests/<id>.yml`: a file is a type. One with a fatal mistake is not used; its last good version stays in force. */
export const requestContent: ContentKind<TypeEdition> = {
  name: 'requests',
  folder: 'requests',
  match: 'yaml',
  parse(raw) {
    const checked = checkShape(RequestType, raw.data, raw.file);
    if (checked.findings) return { findings: checked.findings };
    const findings = checkType(checked.value, raw.id, raw.file);
    if (findings.some(({ fatal }) => fatal)) return { findings };
    return { item: { type: checked.value, hash: raw.hash, file: raw.file }, findings };
  },
  check(editions, context) {
    const [organization] = context.items(organizationContent);
    return organization ? editions.flatMap((edition) => checkRoles(edition, organization)) : [];
  },
};

/** The types as people are offered them. */
export function inOffer(editions: readonly TypeEdition[]): readonly TypeEdition[] {
  return editions.toSorted((a, b) => a.type.order - b.type.order || (a.type.id < b.type.id ? -1 : 1));
}

/** A type counts once the open source office has adopted it: `requests/contribute`. */
export const adoptableTypes: Adoptable<TypeEdition> = {
  kind: requestContent,
  nameOf: ({ type }) => `requests/${type.id}`,
  titleOf: ({ type }) => `Request: ${type.title.en}`,
};
