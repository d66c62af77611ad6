import type { ContentItems, ContentKind } from '../core/content.ts';
import { type CompatibilityTable, compatibilityContent } from './compatibility-table.ts';
import { spellId } from './expression.ts';
import { type Exception, exceptionContent, type Facts, factsContent } from './facts.ts';
import { createLicenseReader, type LicenseMention, type LicenseNickname } from './names.ts';
import { licensePolicy, type Policy } from './policy.ts';
import { blueOak, listed } from './spdx.ts';
import { texts } from './texts.ts';

/** Everything known of licenses, in one state of the content. */
export interface Licenses {
  /** By SPDX id or LicenseRef, in any letter case. Falls back on what Blue Oak Council has rated. */
  factsOf(id: string): Facts | undefined;
  exceptionOf(id: string): Exception | undefined;
  /** The full name; the id itself where nobody gives one. */
  nameOf(id: string): string;
  readonly all: readonly Facts[];
  readonly policy: Policy | undefined;
  /** Whether the organization has taken the policy for its own. */
  readonly adopted: boolean;
  readonly table: CompatibilityTable;
  /** The licenses that a sentence names; see `createLicenseReader`. */
  mentionedIn(text: string): readonly LicenseMention[];
}

/** Knows nothing; for content without a table. */
const emptyTable: CompatibilityTable = {
  analyses: {},
  groups: {},
  reasons: {},
  conditions: {},
  waysOut: {},
  rules: [],
};

/** What licenses are judged by, as content. */
export const licenseContent: readonly ContentKind<unknown>[] = [
  factsContent,
  exceptionContent,
  licensePolicy.kind,
  compatibilityContent,
];

/**
 * @param options.isStarter whether the file at a path ships and nobody has adopted it
 * @param options.nicknames for reading questions; without them only ids are read
 */
export function createLicenses(options: {
  readonly content: ContentItems;
  readonly isStarter: (path: string) => boolean;
  readonly nicknames?: readonly LicenseNickname[];
}): Licenses {
  const { content, isStarter, nicknames = [] } = options;
  const all = content.items(factsContent);
  const exceptions = new Map(content.items(exceptionContent).map((one) => [one.id, one]));
  const [policy] = content.items(licensePolicy.kind);
  const [table = emptyTable] = content.items(compatibilityContent);
  const byId = new Map<string, Facts>();
  for (const facts of all) {
    for (const id of [...facts.ids, ...facts.aliases])
      if (!byId.has(id.toLowerCase())) byId.set(id.toLowerCase(), facts);
  }
  const factsOf = (id: string) => byId.get(id.toLowerCase()) ?? ratedFacts(spellId(id) ?? id);
  return {
    factsOf,
    exceptionOf: (id) => exceptions.get(id),
    nameOf: (id) => listed.get(id)?.name ?? factsOf(id)?.name ?? id,
    all,
    policy,
    adopted: policy !== undefined && !isStarter(policy.file),
    table,
    mentionedIn: createLicenseReader(nicknames),
  };
}

// "Lead" means that the text leaves much to be desired: such a license is only known where we have read it.
const trusted = ['Model', 'Gold', 'Silver', 'Bronze'];

/** What may be said of a license that lawyers have rated as permissive and that we have no facts of. */
function ratedFacts(id: string): Facts | undefined {
  const rating = blueOak.get(id);
  if (rating === undefined || !trusted.includes(rating)) return undefined;
  return {
    key: id,
    file: '',
    ids: [id],
    aliases: [],
    family: 'permissive',
    duties: { copy: ['notice', 'text'] },
    patents: { grant: 'unstated', retaliation: 'none' },
    limits: [],
    later: 'none',
    exceptions: [],
    notes: [{ en: texts.en.rated(rating), 'zh-CN': texts['zh-CN'].rated(rating) }],
    sources: ['https://blueoakcouncil.org/list'],
    checked: ratedOn,
  };
}

// When version 15.0.0 of the list was published.
const ratedOn = '2024-12-13';
