import { createRequire } from 'node:module';
import { z } from 'zod';

// Importing JSON still warns on Node 20, and the parser is CommonJS without types.
const require = createRequire(import.meta.url);

const Ids = z.array(z.string());

/** Ids of the SPDX license list that are in use. */
export const currentIds: readonly string[] = Ids.parse(require('spdx-license-ids'));

/** Ids that SPDX has withdrawn; see `replacements` in `deprecated.ts`. */
export const deprecatedIds: readonly string[] = Ids.parse(require('spdx-license-ids/deprecated'));

/** Ids of exceptions, which stand after `WITH`, without the withdrawn ones. */
export const exceptionIds: readonly string[] = Ids.parse(require('spdx-exceptions'));

/** What `spdx-expression-parse` makes of a text. */
export type Tree =
  | { readonly license: string; readonly plus?: true; readonly exception?: string }
  | { readonly left: Tree; readonly conjunction: 'and' | 'or'; readonly right: Tree };

/** @throws Error when the text is no SPDX expression; ids have to be in their official spelling */
export const parseTree: (text: string) => Tree = require('spdx-expression-parse');

const Listing = z.object({ name: z.string(), url: z.string().optional(), osiApproved: z.boolean() });

/** Name, address and OSI's approval of each SPDX id; a few of the newest ids are missing. Source: `spdx-license-list`. */
export const listed: ReadonlyMap<string, z.infer<typeof Listing>> = new Map(
  Object.entries(z.record(z.string(), Listing).parse(require('spdx-license-list/spdx.json'))),
);

const Tags = z.object({
  permissions: z.array(z.string()),
  conditions: z.array(z.string()),
  limitations: z.array(z.string()),
});

/** What a license permits, demands and limits, in the words of choosealicense.com. */
export type Tags = z.infer<typeof Tags>;

/**
 * By today's SPDX id. Source: `choosealicense-list`, whose content is CC-BY-3.0, from choosealicense.com by GitHub, Inc. and
 * contributors; see docs/adr/0015-license-facts.md. It names the GNU licenses without `-only`.
 */
export const chooseALicense: ReadonlyMap<string, Tags> = new Map(
  Object.entries(z.record(z.string(), Tags).parse(require('choosealicense-list/licenses.json'))).flatMap(
    ([id, tags]) =>
      currentIds.includes(id)
        ? [[id, tags]]
        : [
            [`${id}-only`, tags],
            [`${id}-or-later`, tags],
          ],
  ),
);

const Ratings = z.array(z.object({ name: z.string(), licenses: z.array(z.object({ id: z.string() })) }));

/** How Blue Oak Council rates the text of a permissive license. Absent means unknown, not bad. Source: `@blueoak/list`. */
export const blueOak: ReadonlyMap<string, string> = new Map(
  Ratings.parse(require('@blueoak/list')).flatMap(({ name, licenses }) =>
    licenses.map(({ id }) => [id, name] as const),
  ),
);
