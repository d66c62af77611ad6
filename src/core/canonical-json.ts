/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one spelling of a JSON value that hashes are taken of: no spaces, keys sorted by UTF-16 code units, numbers and
 * strings as JSON.stringify writes them. Source: RFC 8785, which takes both from ECMAScript.
 * @throws TypeError for what JSON cannot say exactly: undefined, NaN, Infinity, text with half a surrogate pair
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON number.`);
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : canonicalObject(value as { readonly [key: string]: Json });
    default:
      throw new TypeError(`${typeof value} is not JSON.`);
  }
}

function canonicalObject(value: { readonly [key: string]: Json }): string {
  // The default order of sort is the order of UTF-16 code units.
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${quote(key)}:${canonicalJson(value[key] as Json)}`);
  return `{${fields.join(',')}}`;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('Half a surrogate pair is no text.');
  return JSON.stringify(text);
}
