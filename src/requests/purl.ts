/** A package URL in its parts. */
export interface Purl {
  readonly type: string;
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  /** In canonical form. */
  readonly text: string;
  /** Type, namespace and name alone: what stays the same from version to version. */
  readonly component: string;
}

// 500 characters are far more than any registry allows for name and version together.
const longest = 500;
// Types whose namespaces and names do not distinguish case (package-url specification, known types).
const caseless: ReadonlySet<string> = new Set([
  'github',
  'bitbucket',
  'gitlab',
  'pypi',
  'composer',
  'deb',
  'alpine',
  'apk',
  'hex',
]);

/**
 * Reads a package URL (`pkg:type/namespace/name@version?qualifiers#subpath`, package-url specification and ECMA-427),
 * forgiving about slashes after the scheme and the case of what has none.
 * @returns undefined when it is none
 */
export function readPurl(text: string): Purl | undefined {
  const found = /^pkg:\/*([^?#]+)(\?[^#]*)?(#.*)?$/i.exec(text.trim());
  if (!found || text.length > longest) return undefined;
  const [, path = '', qualifiers = '', subpath = ''] = found;
  const at = path.lastIndexOf('@');
  // An @ that begins a segment is an npm scope which was not percent-encoded.
  const hasVersion = at > 0 && path[at - 1] !== '/';
  const segments = decodeAll((hasVersion ? path.slice(0, at) : path).split('/'));
  const version = hasVersion ? decode(path.slice(at + 1)) : undefined;
  if (!segments || segments.length < 2 || version === '' || (hasVersion && version === undefined)) return undefined;

  const [rawType = '', ...rest] = segments;
  const type = rawType.toLowerCase();
  if (!/^[a-z][a-z0-9.+-]*$/.test(type)) return undefined;
  const names = rest.map((one) => nameFor(type, one));
  const name = names.at(-1) ?? '';
  const namespace = names.slice(0, -1).join('/');
  const component = `pkg:${[type, ...names.map(encode)].join('/')}`;
  return {
    type,
    ...(namespace ? { namespace } : {}),
    name,
    ...(version ? { version } : {}),
    text: `${component}${version ? `@${encode(version)}` : ''}${qualifiers.length > 1 ? qualifiers : ''}${subpath.length > 1 ? subpath : ''}`,
    component,
  };
}

function nameFor(type: string, name: string): string {
  const cased = caseless.has(type) ? name.toLowerCase() : name;
  return type === 'pypi' ? cased.replaceAll('_', '-') : cased;
}

/** Segments without the empty ones; undefined when one cannot be decoded. */
function decodeAll(segments: readonly string[]): readonly string[] | undefined {
  const decoded = segments.filter((one) => one !== '').map(decode);
  return decoded.every((one) => one !== undefined && one !== '') ? decoded.map(String) : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The specification keeps colons as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':');
}
