import { PackageURL } from 'packageurl-js';

/** A package URL in its parts. */
export interface Purl {
  readonly name: string;
  readonly version?: string;
  /** In canonical form. */
  readonly text: string;
  /** Type, namespace and name alone: what stays the same from version to version. */
  readonly component: string;
}

// 500 characters are far more than any registry allows for name and version together.
const longest = 500;

/**
 * Reads a package URL (`pkg:type/namespace/name@version?qualifiers#subpath`, package-url specification and ECMA-427).
 * @returns undefined when it is none
 */
export function readPurl(text: string): Purl | undefined {
  // The library takes an @ without a version for no version; here it is a slip of whoever typed it.
  if (text.length > longest || /@\s*(?:[?#]|$)/.test(text)) return undefined;
  try {
    const read = PackageURL.fromString(text.trim());
    const { type, namespace, name, version } = read;
    if (!type || !name) return undefined;
    return {
      name,
      ...(version ? { version } : {}),
      text: read.toString(),
      component: new PackageURL(type, namespace, name, undefined, undefined, undefined).toString(),
    };
  } catch {
    // The library tells what is wrong only in English words; whoever asks has their own.
    return undefined;
  }
}
