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
