import type { Finding } from '../core/findings.ts';
import type { ShippedText } from './adoption.ts';

/** A file of the organization's own folder. */
export interface OwnFile {
  /** Path below its layer. */
  readonly file: string;
  /** Beginning of the hash of the shipped file that it was written over. */
  readonly replaces: string | undefined;
}

/**
 * What an upgrade changed under the organization's own texts: a shipped file that is not the one that was written over.
 * @param folder name of the organization's folder, for the findings
 */
export function checkOverrides(
  own: readonly OwnFile[],
  shipped: readonly ShippedText[],
  folder: string,
): readonly Finding[] {
  const beneath = new Map(shipped.map((text) => [nameIn(text.file), text]));
  return own.flatMap(({ file, replaces }) => {
    const text = beneath.get(nameIn(file));
    if (!text || (replaces !== undefined && text.hash.startsWith(replaces))) return [];
    const at = { file: `${folder}/${file}`, field: 'replaces', fatal: false };
    const version = text.hash.slice(0, 8);
    if (replaces === undefined) {
      const mend = `Add replaces: "${version}", and lint tells when an upgrade changes it.`;
      return [{ ...at, problem: 'This file replaces a shipped one and does not say which version.', mend }];
    }
    const problem = `The shipped text that this file replaces has changed since ${replaces}.`;
    return [{ ...at, problem, mend: `Compare with data/${text.file}, then set replaces: "${version}".` }];
  });
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
