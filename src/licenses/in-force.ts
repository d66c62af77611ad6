import type { ContentItems } from '../core/content.ts';
import { createLicenses, type Licenses } from './licenses.ts';
import type { LicenseNickname } from './names.ts';

/** What is known of licenses at the moment; built anew when other content, other names or another adoption are in force. */
export function licensesInForce(sources: {
  content(): ContentItems;
  /** Whether the file at a path ships, and nobody has adopted it. */
  isStarter(path: string): boolean;
  nicknames(): readonly LicenseNickname[];
}): () => Licenses {
  let known: { of: ContentItems; nicknames: readonly LicenseNickname[]; licenses: Licenses } | undefined;
  return () => {
    const of = sources.content();
    const nicknames = sources.nicknames();
    if (known?.of !== of || known.nicknames !== nicknames) {
      known = { of, nicknames, licenses: createLicenses({ content: of, isStarter: sources.isStarter, nicknames }) };
    }
    return known.licenses;
  };
}
